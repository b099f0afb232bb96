"""A study as asked for, from words or from a folder; what is kept suffices to repeat it."""

import hashlib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from scenarios import catalog, places
from scenarios.archive.disk import write_whole
from scenarios.archive.identity import LENGTH, code_digest, digest_of
from scenarios.catalog import Loader
from scenarios.composing import composed
from scenarios.errors import RequestError
from scenarios.evidence.beliefs import own_beliefs
from scenarios.evidence.cancelling import check_priors
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.reading import yaml_mapping
from scenarios.overrides import read
from scenarios.sweeping.design import Settings, framed, settings, table, value_of
from scenarios.sweeping.layout import Layout, Options, laid_out, set_key
from scenarios.sweeping.study import study

if TYPE_CHECKING:
    import pandas as pd

ASKED, DESIGN, INPUTS = "study.yaml", "design.csv", "inputs"
KEYS = {"id": str, "draws": int, "theories": int}  # columns of the design beside its factors, and their kinds
SAID = {"study": dict, "config": dict, "options": dict, "id": str, "code": str, "replications": int}  # in study.yaml
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
    made = Asked(dict(config["study"]), points, base, Options(extra=extra))
    check_priors(believed, beliefs(), [each.strata for each in made.layout.requests.values()])
    return made


def composed_study(words: Sequence[str]) -> dict[str, Any]:
    """The configuration that words ask for; `study.sample.points=256` changes one key of its study."""
    changes = [word for word in words if word.lstrip("+").startswith("study.")]
    others, study = _with_study_file([word for word in words if word not in changes])
    config = {**composed(others), **study}
    for change in changes:
        key, value = read(change)
        if config.get("study"):
            set_key(config, key, value_of(value, key))
    return config


def _with_study_file(words: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Words without a study that is given as a file, and what that file says.

    A table that it names lies beside it.
    """
    files = [word for word in words if word.lstrip("+").startswith("study=") and word.endswith((".yaml", ".yml"))]
    if not files:
        return list(words), {}
    file = places.given(files[0].partition("=")[2])
    if not file.is_file():
        raise RequestError(f"study: there is no file {file}; the designs in configs/study/ show what one holds.")
    found = yaml_mapping(file, Loader)
    study = {"study": {"name": file.stem, **found}}
    if isinstance(found.get("table"), str):
        study["study"]["table"] = str(file.parent / places.given(found["table"]))
    return [word for word in words if word not in files], study


def store_asked(of: Asked, folder: Path) -> None:
    """Write what is asked for into the folder of the study, with the user's own files that it needs."""
    used = of.layout.options.used
    kept: dict[str, Any] = deepcopy({"study": of.written, "config": dict(of.base), "options": used})
    for node in [kept["config"]["start"], *kept["options"].get("start", {}).values()]:
        if node.get("file"):
            node["file"] = _copied(node["file"], folder)
    if kept["config"].get("beliefs"):
        kept["config"]["beliefs"] = _copied(kept["config"]["beliefs"], folder)
    kept |= {"id": of.id, "code": code_digest(), "replications": of.replications, "points": len(of.points)}
    kept["study"] |= {"table": DESIGN} if kept["study"].get("table") else {}
    write_whole(folder / DESIGN, _design(of).to_csv(index=False).encode())
    write_whole(folder / ASKED, yaml.safe_dump(kept, sort_keys=False, allow_unicode=True).encode())


def _design(of: Asked) -> "pd.DataFrame":
    """The points as a table: identifier, draws and theories to run, and factors."""
    layout = of.layout
    frame = framed(of.points)
    frame.insert(0, "id", [point.id for point in layout.points])
    frame.insert(1, "draws", [len(of.draws[point.kind]) for point in layout.points])
    frame.insert(2, "theories", [len(layout.request(point).strata) for point in layout.points])
    return frame


def _copied(file: str, folder: Path) -> str:
    """Copy a user's own file into the study under a unique name; its path there."""
    content = places.given(file).read_bytes()
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
    try:
        found = yaml.load(file.read_bytes(), Loader=Loader)
    except (yaml.YAMLError, ValueError, OSError) as error:
        raise _altered(file, error) from error
    if not isinstance(found, dict) or not all(isinstance(found.get(key), kind) for key, kind in SAID.items()):
        raise _altered(file, "it does not say what was asked")
    return found


def _altered(file: Path, why: object) -> RequestError:
    """What is said of a file of a study that is not as it was written."""
    said = " ".join(str(why).split())
    return RequestError(f"{file} was altered: {said}. Restore it, or give the sweep anew with +study=.")


def asked_in(folder: Path, rows: Sequence[int] | None = None) -> Asked:
    """The study in a folder, to be continued or repeated; only some of its points if rows are given."""
    found = read_asked(folder)
    for node in [found["config"]["start"], *found["options"].get("start", {}).values()]:
        if node.get("file"):
            node["file"] = str(folder / node["file"])
    if found["config"].get("beliefs"):
        found["config"]["beliefs"] = str(folder / found["config"]["beliefs"])
    ids, points = identifiers(folder), table(folder / DESIGN, beside=[*KEYS])
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
    except (ValueError, OSError) as error:
        raise _altered(file, error) from error
