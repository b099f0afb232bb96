"""Request of a study, composed from words: its design, its points, and the configuration they share."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.config import options, overrides
from scenarios.config.compose import composed
from scenarios.config.user_inputs import own_beliefs
from scenarios.errors import RequestError
from scenarios.evidence.cancelling import check_priors
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.plain_yaml import position
from scenarios.evidence.seed_files import yaml_mapping, yaml_value
from scenarios.store.identity import LENGTH, digest_of
from scenarios.studies.design import Settings, StudyError, study
from scenarios.studies.layout import Layout, Options, laid_out, set_at
from scenarios.studies.points import settings

LONGEST, BACK = 1_000, 300  # characters of a message, and of its end if it is shortened

FILE = "study_file"  # key of the file that a study was read from

FACTORS = (("cross",), ("sample", "factors"))  # paths to factors by name

FACTOR = ("values", "prior", "low", "high", "scale")  # keys of a sampled factor

OUTSIDE = ("study", FILE, "results", "workers", "against", "record", "engine")  # keys that do not define points


@dataclass(frozen=True)
class StudyRequest:
    """Requested study: its points, and the configuration of all that no factor sets."""

    written: Mapping[str, Any]
    base: Mapping[str, Any]
    layout: Layout

    @property
    def name(self) -> str:
        """Name of the study."""
        return str(self.written["name"])

    @cached_property
    def points(self) -> list[Settings]:
        """Settings of its points."""
        return [point.settings for point in self.layout.points]

    @cached_property
    def id(self) -> str:
        """Identifier, from name and points, but not from the number of replications."""
        return digest_of([self.name, sorted(point.id for point in self.layout.distinct)])[:LENGTH]

    @cached_property
    def draws(self) -> dict[str, range]:
        """Draws by kind of point."""
        return {kind: range(request.draws) for kind, request in self.layout.requests.items()}

    @property
    def replications(self) -> int:
        """Number of replications of all distinct points."""
        layout = self.layout
        return sum(len(self.draws[point.kind]) * len(layout.request(point).strata) for point in layout.distinct)

    def folder(self, results: Path) -> Path:
        """Folder of the study below a results folder."""
        return results / self.name / self.id


def study_request(config: Mapping[str, Any], extra: Path | None = None) -> StudyRequest:
    """Check the study of a composed configuration."""
    if not config.get("study"):
        raise RequestError(
            "study is missing; give one as +study=withdrawal_by_theory (`python -m scenarios list study`)."
        )
    base = {name: deepcopy(value) for name, value in config.items() if name not in OUTSIDE}
    believed = own_beliefs(base["beliefs"]) if base.get("beliefs") else beliefs()
    with _named(config, extra):
        points = settings(study(config["study"]), believed)
        requested = StudyRequest(dict(config["study"]), base, laid_out(points, base, Options(extra=extra)))
    check_priors(believed, beliefs(), [request.strata for request in requested.layout.requests.values()])
    return requested


@contextmanager
def _named(config: Mapping[str, Any], extra: Path | None) -> Iterator[None]:
    """Add the file of the study to errors, and to those in its description the line and column."""
    try:
        with options.named("study", {} if FILE in config else config["study"], extra):
            try:
                yield
            except StudyError as error:
                raise RequestError(_located(error, config, extra)) from error
    except RequestError as error:
        message = str(error)
        message = message if len(message) <= LONGEST else f"{message[: LONGEST - BACK]} ... {message[-BACK:]}"
        raise RequestError(f"{message} (the study is in {config[FILE]})" if FILE in config else message) from error


def _located(error: StudyError, config: Mapping[str, Any], extra: Path | None) -> str:
    """Faults with line and column in the file of the study, unless the value was given by a word."""
    study = config["study"]
    name = study.get("name") if isinstance(study, Mapping) else None
    file = config.get(FILE) or options.options("study", extra).get(str(name))
    if file is None:
        return str(error)
    content, written = yaml_mapping(Path(file), options.TEXTS["study"]), Path(file).read_text(encoding="utf-8-sig")
    lines = []
    for fault, place in error.places.items():
        line, column = position(written, place)
        where = f" (line {line}, column {column})" if _at(content, place) == _at(study, place) else ""
        lines.append(f"{fault}{where}")
    return "\n".join(lines)


def _at(content: Any, place: Sequence[str | int]) -> Any:
    """Value at a place; None if there is none."""
    for step in place:
        try:
            content = content[step]
        except (LookupError, TypeError):
            return None
    return content


def composed_study(words: Sequence[str]) -> dict[str, Any]:
    """Compose the configuration of words; `study.sample.points=256` changes one key of its study."""
    changes = [word for word in words if word.lstrip("+").startswith("study.")]
    others, study = _with_study_file([word for word in words if word not in changes])
    config = {**composed(others), **study}
    for change in changes:
        key, value = overrides.read_word(change)
        if config.get("study"):
            place = _place(key)
            set_at(config, ("study", *place), yaml_value(value.strip(), key, options.TEXTS["study"], place))
    return config


def _place(key: str) -> tuple[str, ...]:
    """Path of a key in a study: `study.cross.theory.isis` is the crossed factor `theory.isis`."""
    place = tuple(key.split(".")[1:])
    within = next((len(above) for above in FACTORS if place[: len(above)] == above), len(place))
    factor = ".".join(place[within:])
    below = next((key for key in FACTOR if factor.endswith(f".{key}") and place[:1] == ("sample",)), "")
    names = (factor.removesuffix(f".{below}") if below else factor, below)
    return (*place[:within], *(name for name in names if name))


def _with_study_file(words: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Words without the file of a study, and the contents of that file.

    The path of a table is relative to the file.
    """
    files = [word for word in words if word.lstrip("+").startswith("study=") and word.endswith((".yaml", ".yml"))]
    if not files:
        return list(words), {}
    file = options.file_named(resources.given(files[0].partition("=")[2]))
    if not file.exists():
        raise RequestError(f"study: there is no file {file}; the designs in configs/study/ are examples.")
    entries = yaml_mapping(file, options.TEXTS["study"])
    study: dict[str, Any] = {"study": {"name": file.stem, **entries}, FILE: str(file)}
    if isinstance(entries.get("table"), str):
        study["study"]["table"] = str(file.parent / resources.given(entries["table"]))
    return [word for word in words if word not in files], study
