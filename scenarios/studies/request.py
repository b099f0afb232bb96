"""A study as asked for, from words or from a folder; what is kept suffices to repeat it."""

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
from scenarios.evidence.seed_files import yaml_mapping, yaml_value
from scenarios.store.identity import LENGTH, digest_of
from scenarios.studies.design import Settings, study
from scenarios.studies.layout import Layout, Options, laid_out, set_at
from scenarios.studies.points import settings

LONGEST, BACK = 1_000, 300  # characters of a message, and of its end

FILE = "study_file"  # key of a configuration whose study is a file

FACTORS = (("cross",), ("sample", "factors"))  # where a study has factors by name

FACTOR = ("values", "prior", "low", "high", "scale")  # keys of a sampled factor

OUTSIDE = ("study", FILE, "results", "workers", "against", "record", "engine")  # keys that do not define points


@dataclass(frozen=True)
class Asked:
    """A study: its points, and the configuration that holds wherever no factor says otherwise."""

    written: Mapping[str, Any]
    base: Mapping[str, Any]
    layout: Layout

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.written["name"])

    @cached_property
    def points(self) -> list[Settings]:
        """What its points set."""
        return [point.settings for point in self.layout.points]

    @cached_property
    def id(self) -> str:
        """Identifier, from its name and its points, but not from their number of replications."""
        return digest_of([self.name, sorted(point.id for point in self.layout.distinct)])[:LENGTH]

    @cached_property
    def draws(self) -> dict[str, range]:
        """Draws of each kind of point."""
        return {kind: range(request.draws) for kind, request in self.layout.requests.items()}

    @property
    def replications(self) -> int:
        """Replications of all distinct points."""
        layout = self.layout
        return sum(len(self.draws[point.kind]) * len(layout.request(point).strata) for point in layout.distinct)

    def folder(self, results: Path) -> Path:
        """The folder of the study below some results."""
        return results / self.name / self.id


def asked(config: Mapping[str, Any], extra: Path | None = None) -> Asked:
    """The study of a composed configuration."""
    if not config.get("study"):
        raise RequestError(
            "study is missing; give one as +study=withdrawal_by_theory (`python -m scenarios list study`)."
        )
    base = {name: deepcopy(value) for name, value in config.items() if name not in OUTSIDE}
    believed = own_beliefs(base["beliefs"]) if base.get("beliefs") else beliefs()
    with _named(config, extra):
        points = settings(study(config["study"]), believed)
        requested = Asked(dict(config["study"]), base, laid_out(points, base, Options(extra=extra)))
    check_priors(believed, beliefs(), [request.strata for request in requested.layout.requests.values()])
    return requested


@contextmanager
def _named(config: Mapping[str, Any], extra: Path | None) -> Iterator[None]:
    """Within it, what is refused of a study of the user's own is reported with its file."""
    try:
        with options.named("study", {} if FILE in config else config["study"], extra):
            yield
    except RequestError as error:
        message = str(error)
        message = message if len(message) <= LONGEST else f"{message[: LONGEST - BACK]} ... {message[-BACK:]}"
        raise RequestError(f"{message} (the study stands in {config[FILE]})" if FILE in config else message) from error


def composed_study(words: Sequence[str]) -> dict[str, Any]:
    """The configuration that words ask for; `study.sample.points=256` changes one key of its study."""
    changes = [word for word in words if word.lstrip("+").startswith("study.")]
    others, study = _with_study_file([word for word in words if word not in changes])
    config = {**composed(others), **study}
    for change in changes:
        key, value = overrides.read(change)
        if config.get("study"):
            place = _place(key)
            set_at(config, ("study", *place), yaml_value(value.strip(), key, options.TEXTS["study"], place))
    return config


def _place(key: str) -> tuple[str, ...]:
    """Where a key stands in a study: `study.cross.theory.isis` is the factor `theory.isis` of what is crossed."""
    place = tuple(key.split(".")[1:])
    within = next((len(above) for above in FACTORS if place[: len(above)] == above), len(place))
    factor = ".".join(place[within:])
    below = next((key for key in FACTOR if factor.endswith(f".{key}") and place[:1] == ("sample",)), "")
    names = (factor.removesuffix(f".{below}") if below else factor, below)
    return (*place[:within], *(name for name in names if name))


def _with_study_file(words: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Words without a study that is given as a file, and what that file says.

    A table that it names lies beside it.
    """
    files = [word for word in words if word.lstrip("+").startswith("study=") and word.endswith((".yaml", ".yml"))]
    if not files:
        return list(words), {}
    file = options.found(resources.given(files[0].partition("=")[2]))
    if not file.exists():
        raise RequestError(f"study: there is no file {file}; the designs in configs/study/ show what one holds.")
    entries = yaml_mapping(file, options.TEXTS["study"])
    study: dict[str, Any] = {"study": {"name": file.stem, **entries}, FILE: str(file)}
    if isinstance(entries.get("table"), str):
        study["study"]["table"] = str(file.parent / resources.given(entries["table"]))
    return [word for word in words if word not in files], study
