"""A study as asked for, from words or from a folder; what is kept suffices to repeat it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios import catalog
from scenarios.archive.disk import write_whole
from scenarios.archive.identity import LENGTH, code_digest, digest_of
from scenarios.composing import composed
from scenarios.errors import RequestError
from scenarios.evidence.beliefs import own_beliefs
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.plain_yaml import MOST_BYTES, dumped
from scenarios.evidence.reading import yaml_mapping, yaml_value
from scenarios.evidence.tables import written
from scenarios.sweeping.design import Settings, cell_of, settings, table
from scenarios.sweeping.layout import Layout, Options, laid_out, set_at
from scenarios.sweeping.study import study

if TYPE_CHECKING:
    import pandas as pd

ASKED, DESIGN, INPUTS = "study.yaml", "design.csv", "inputs"
KEYS = {"id": str, "draws": int, "theories": int}  # columns of the design beside its factors, and their kinds
SAID = {"study": dict, "config": dict, "options": dict, "id": str, "code": str, "replications": int}  # in study.yaml
FACTORS = (("cross",), ("sample", "factors"))  # where a study has factors by name
FACTOR = ("values", "prior", "low", "high", "scale")  # keys of a sampled factor
OUTSIDE = ("study", "results", "workers", "against", "record", "engine")  # keys that do not define points


@dataclass(frozen=True)
class Asked:
    """A study: its points, and the configuration that holds wherever no factor says otherwise."""

    written: Mapping[str, Any]
    points: Sequence[Settings]
    base: Mapping[str, Any]
    options: Options

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.written["name"])

    @cached_property
    def layout(self) -> Layout:
        """Its points, checked and identified."""
        return laid_out(self.points, self.base, self.options)

    @cached_property
    def id(self) -> str:
        """Identifier, from its name and its points, but not from their number of replications."""
        return digest_of([self.name, sorted(point.id for point in self.layout.distinct)])[:LENGTH]

    @cached_property
    def draws(self) -> dict[str, range]:
        """Draws of each kind of point."""
        return {kind: range(each.draws) for kind, each in self.layout.requests.items()}

    @property
    def replications(self) -> int:
        """Replications of all distinct points."""
        layout = self.layout
        return sum(len(self.draws[each.kind]) * len(layout.request(each).strata) for each in layout.distinct)

    def folder(self, results: Path) -> Path:
        """The folder of the study below some results."""
        return results / self.name / self.id


def asked(config: Mapping[str, Any], extra: Path | None = None) -> Asked:
    """The study of a composed configuration."""
    if not config.get("study"):
        raise RequestError(
            "study is missing; give one as +study=withdrawal_by_theory (`python -m scenarios list study`)."
        )
    base = {name: deepcopy(each) for name, each in config.items() if name not in OUTSIDE}
    believed = own_beliefs(base["beliefs"]) if base.get("beliefs") else beliefs()
    with catalog.named("study", config["study"], extra):
        points = settings(study(config["study"]), believed)
    return Asked(dict(config["study"]), points, base, Options(extra=extra))


def composed_study(words: Sequence[str]) -> dict[str, Any]:
    """The configuration that words ask for; `study.sample.points=256` changes one key of its study."""
    changes = [word for word in words if word.lstrip("+").startswith("study.")]
    others, study = _with_study_file([word for word in words if word not in changes])
    config = {**composed(others), **study}
    for change in changes if config.get("study") else ():
        key, _, value = change.lstrip("+").partition("=")
        place = _place(key)
        set_at(config, ("study", *place), yaml_value(value.strip(), key, catalog.TEXTS["study"], place))
    return config


def _place(key: str) -> tuple[str, ...]:
    """Where a key stands in a study: `study.cross.theory.isis` is the factor `theory.isis` of what is crossed."""
    place = tuple(key.split(".")[1:])
    within = next((len(above) for above in FACTORS if place[: len(above)] == above), len(place))
    factor = ".".join(place[within:])
    below = next((each for each in FACTOR if factor.endswith(f".{each}") and place[:1] == ("sample",)), "")
    names = (factor.removesuffix(f".{below}") if below else factor, below)
    return (*place[:within], *(name for name in names if name))


def _with_study_file(words: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Words without a study that is given as a file, and what that file says.

    A table that it names lies beside it.
    """
    files = [word for word in words if word.lstrip("+").startswith("study=") and word.endswith((".yaml", ".yml"))]
    if not files:
        return list(words), {}
    file = catalog.found(Path(files[0].partition("=")[2]))
    if not file.exists():
        raise RequestError(f"study: there is no file {file}; the designs in configs/study/ show what one holds.")
    found = yaml_mapping(file, catalog.TEXTS["study"])
    study = {"study": {"name": file.stem, **found}}
    if isinstance(found.get("table"), str):
        study["study"]["table"] = str(file.parent / found["table"])
    return [word for word in words if word not in files], study


def store_asked(of: Asked, folder: Path) -> None:
    """Write what is asked for into the folder of the study, with the user's own files that it needs."""
    used = of.layout.options.used
    kept: dict[str, Any] = deepcopy({"study": of.written, "config": dict(of.base), "options": used})
    for node, key in _own_files(kept):
        node[key] = _copied(node[key], folder)
    kept |= {"id": of.id, "code": code_digest(), "replications": of.replications, "points": len(of.points)}
    kept["study"] |= {"table": DESIGN} if kept["study"].get("table") else {}
    content = dumped(kept).encode()
    if len(content) > MOST_BYTES:
        raise RequestError(
            f"study {of.name} takes {len(content):,} bytes in {ASKED}, of which at most {MOST_BYTES:,} are read; "
            "give its points as a table (study.table), or make fewer studies of one."
        )
    write_whole(folder / DESIGN, written(_design(of)).encode())
    write_whole(folder / ASKED, content)


def _design(of: Asked) -> Iterator[list[str]]:
    """The points as a table: identifier, draws and theories to run, and factors, each cell as it is read back."""
    layout = of.layout
    factors = list(dict.fromkeys(name for settings in of.points for name in settings))
    yield [*KEYS, *factors]
    for point, its in zip(layout.points, of.points, strict=True):
        sizes = (str(len(of.draws[point.kind])), str(len(layout.request(point).strata)))
        yield [point.id, *sizes, *(cell_of(its[name], name) for name in factors)]


def _own_files(of: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where a study as kept names files of the user's own: the mapping and its key."""
    starts = of["options"].get("start", {})
    for node in [of["config"].get("start"), *(starts.values() if isinstance(starts, dict) else ())]:
        if isinstance(node, dict) and node.get("file"):
            yield node, "file"
    if of["config"].get("beliefs"):
        yield of["config"], "beliefs"


def _input(folder: Path, name: Any) -> Path:
    """A file that was copied into a study; RequestError for any other place."""
    file = folder / INPUTS / Path(str(name)).name
    if not isinstance(name, str) or Path(name).parts != (INPUTS, file.name) or file.is_symlink():
        raise _altered(folder / ASKED, f"it names {name!r}, which is no file in {INPUTS}")
    return file


def _copied(file: str, folder: Path) -> str:
    """Copy a user's own file into the study under a unique name; its path there."""
    content = Path(file).read_bytes()
    mark = f"-{hashlib.blake2b(content, digest_size=4).hexdigest()}"
    name = f"{Path(file).stem.removesuffix(mark)}{mark}{Path(file).suffix}"
    (folder / INPUTS).mkdir(exist_ok=True)
    write_whole(folder / INPUTS / name, content)
    return f"{INPUTS}/{name}"


def read_asked(folder: Path) -> dict[str, Any]:
    """What a folder says was asked, unchecked."""
    file = folder / ASKED
    if not file.is_file():
        there = ", ".join(sorted(each.name for each in folder.iterdir())[:8]) if folder.is_dir() else ""
        lies = f"there lie {there}" if there else "nothing lies there"
        raise RequestError(f"{folder} is no folder of a study: no {ASKED} was found and {lies}.")
    found = _as_kept(file)
    sound = all(isinstance(found.get(key), kind) for key, kind in SAID.items())
    if not sound or not all(isinstance(each, dict) for each in found["options"].values()):
        raise _altered(file, "it does not say what was asked")
    return found


def _as_kept(file: Path) -> dict[str, Any]:
    try:
        return yaml_mapping(file)
    except RequestError as error:
        raise _altered(file, error.__cause__ or error) from error


def _altered(file: Path, why: object) -> RequestError:
    """What is said of a file of a study that is not as it was written."""
    said = " ".join(str(why).split())
    return RequestError(f"{file} was altered: {said}. Restore it, or give the sweep anew with +study=.")


def asked_in(folder: Path, rows: Sequence[int] | None = None) -> Asked:
    """The study in a folder, to be continued or repeated; only some of its points if rows are given."""
    found = read_asked(folder)
    for node, key in _own_files(found):
        node[key] = str(_input(folder, node[key]))
    ids, points = identifiers(folder), table(folder / DESIGN, beside=[*KEYS], comments=False)
    chosen = range(len(ids)) if rows is None else rows
    asked = Asked(found["study"], [points[row] for row in chosen], found["config"], Options(found["options"]))
    _check_unaltered(asked, found, folder, [ids[row] for row in chosen])
    return asked


def _check_unaltered(asked: Asked, found: Mapping[str, Any], folder: Path, ids: Sequence[str]) -> None:
    """Refuse a folder whose code or points are no longer those that were asked for."""
    if found.get("code") != code_digest():
        raise RequestError(
            f"{folder} was asked with code {str(found.get('code'))[:8]}, this is {code_digest()[:8]}: the same points "
            "would give other numbers. Install that version, or sweep anew with +study=."
        )
    if [point.id for point in asked.layout.points] != ids:
        raise RequestError(
            f"{folder}: {ASKED}, {DESIGN} or what lies in {INPUTS} was altered: the points are not those that were "
            "asked. Restore them, or sweep anew with +study=."
        )


def identifiers(folder: Path) -> list[str]:
    """Identifiers of the points of a study, in order."""
    return read_design(folder)["id"].tolist()


def read_design(folder: Path) -> "pd.DataFrame":
    """Identifier, draws and theories of every point of a study, in order; RequestError if they cannot be read."""
    import pandas as pd

    file = folder / DESIGN
    if not file.is_file():
        raise RequestError(f"{file} is missing. Restore it, or give the sweep anew with +study=.")
    try:
        return pd.read_csv(file, usecols=[*KEYS], dtype=KEYS, keep_default_na=False)
    except (ValueError, OverflowError, OSError) as error:
        raise _altered(file, error) from error
