"""Hydra composes, and stops here: from words to a checked request."""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException, OverrideParseException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

from scenarios import catalog, checking, places
from scenarios.errors import RequestError, nearest
from scenarios.evidence.cancelling import check_priors
from scenarios.evidence.parameters import beliefs
from scenarios.overrides import INTERPOLATION, NOBODY, check_value, options, read
from scenarios.schema import Asked, Request, request

ADDED = ("scenario", "study", "engine")  # groups of which nothing is taken by default
COMPLAINTS = (HydraException, OmegaConfBaseException, YAMLError)  # of whatever composes
ONE_AT_A_TIME = threading.RLock()
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|\d{4}-\d{2}")  # names that Hydra takes as they are


def asked(config: Mapping[str, Any], extra: Path | None = None) -> Asked:
    """What a composed configuration asks of `run`: the experiment, and the scenario it is set against."""
    mine = request(config, extra)
    check_priors(mine.beliefs, beliefs(), [mine.strata])
    name = "none" if config.get("against") is None else str(config["against"])
    against = request({**config, "scenario": catalog.scenario(name, extra)}, extra) if name not in NOBODY else None
    if against is not None and against.scenario == mine.scenario:
        against = None
    return Asked(request=mine, against=against, results=results_of(config), workers=workers_of(config))


def results_of(config: Mapping[str, Any]) -> Path:
    """The folder in which results are asked for."""
    return places.given(checking.text(config.get("results", "results"), "results"))


def workers_of(config: Mapping[str, Any]) -> int | None:
    """Processes that are asked for; None for one a core."""
    workers = config.get("workers")
    if workers is not None and (not isinstance(workers, int) or isinstance(workers, bool) or workers < 1):
        raise RequestError(f"workers is {workers!r}; it must be a whole number from 1, or null for one a core.")
    return workers


def plain(config: DictConfig) -> dict[str, Any]:
    """A composed configuration as plain data, without Hydra's own node."""
    found = OmegaConf.to_container(config, resolve=False, throw_on_missing=False)
    assert isinstance(found, dict)
    mine = {str(name): each for name, each in found.items() if name != "hydra"}
    _refuse_interpolation("", mine)
    return mine


def _refuse_interpolation(key: str, node: Any) -> None:
    """Refuse a text that refers to a value elsewhere: a file of somebody else's could have secrets reported."""
    if isinstance(node, str) and INTERPOLATION in node:
        raise RequestError(f"{key} holds {INTERPOLATION}, which refers to a value elsewhere; write the value itself.")
    pairs = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ()
    for name, each in pairs:
        _refuse_interpolation(f"{key}.{name}" if key else str(name), each)


def composed(words: Iterable[str], extra: Path | None = None) -> dict[str, Any]:
    """The configuration that words ask for, as the command line would compose it."""
    overrides = [*search_path(extra), *checked(words, extra)]
    try:
        return plain(_composed_by_hydra(overrides))
    except COMPLAINTS as error:
        raise RequestError(explained(error)) from error


def _composed_by_hydra(overrides: list[str]) -> DictConfig:
    """A configuration; one thread at a time, since Hydra keeps its state in one place for all, as it was before."""
    with ONE_AT_A_TIME:
        before = GlobalHydra.instance().hydra
        GlobalHydra.instance().clear()
        try:
            with initialize_config_dir(config_dir=str(places.configs()), version_base="1.3"):
                return compose("config", overrides=overrides)
        except ValueError as error:  # of a key below a list that is no number
            raise RequestError(f"the words cannot be put together ({error}); see their keys.") from error
        finally:
            GlobalHydra.instance().hydra = before


def search_path(extra: Path | None = None) -> list[str]:
    """The override by which Hydra finds a user's own ./configs, and a folder of theirs."""
    own = [quoted(f"file://{folder}") for folder in catalog.folders(extra)[:-1]]
    return [f"hydra.searchpath=[{','.join(own)}]"] if own else []


def checked(
    words: Iterable[str], extra: Path | None = None, *, launches: bool = False, many: bool = False
) -> list[str]:
    """Words as Hydra takes them; RequestError for one that is none, and for an option that is unknown or broken.

    launches    whether Hydra launches runs, so that words may name a launcher and its keys
    many        whether several runs are asked for, so that a word may give several values
    """
    catalog.check_own(extra)
    given: dict[str, str] = {}
    found = []
    for word in words:
        group, value = read(word, launches=launches)
        if group in ADDED and group in given:
            raise RequestError(
                f"{group} is given twice, {given[group]!r} and {value!r}; give one, or several runs by -m "
                f"{group}={given[group]},{value}."
            )
        given[group] = value
        taken = _taken(word, group, value, extra, many=many)
        check_value(taken[-1], many=many)
        found += taken
    return found


def _taken(word: str, key: str, value: str, extra: Path | None, *, many: bool) -> list[str]:
    """A word as Hydra takes it, its options known and in quotation marks where Hydra would read them otherwise."""
    if key in ("against", "beliefs") and not value:
        raise RequestError(f"{key} is empty; give one, or {key}=none.")
    if key not in catalog.GROUPS or (key == "start" and _is_file(value)):
        return override(word)
    names = options(key, value, extra, many=many)
    return override(f"{word.partition('=')[0]}={','.join(map(_as_name, names))}")


def _as_name(name: str) -> str:
    return name if PLAIN.fullmatch(name) else quoted(name)


def _is_file(value: str) -> bool:
    return value.endswith((".yaml", ".yml"))


def override(word: str) -> list[str]:
    """A word as Hydra takes it: some groups with a plus, `start=FILE` as a file, files that are there."""
    name, _, value = word.partition("=")
    if name in ADDED:
        return [f"+{word}"]
    if name.startswith("parameters."):
        return [f"++{word}"]
    if name == "start" and _is_file(value):
        file = places.given(value)
        if not file.is_file():
            raise RequestError(f"start: there is no file {value}; the starts in seeds/starts/ show what it must hold.")
        return ["start=file", f"start.name={quoted(file.stem)}", f"start.file={quoted(str(file.resolve()))}"]
    if name == "beliefs":
        if value in NOBODY:
            return ["beliefs=null"]
        if not places.given(value).is_file():
            raise RequestError(f"beliefs: there is no file {value}.")
        return [f"beliefs={quoted(value)}"]
    if name == "results" and value not in NOBODY:
        return [f"results={quoted(str(places.given(value)) if value.startswith('~') else value)}"]
    return [word]


def unless_said(words: Iterable[str], said: Iterable[str]) -> list[str]:
    """Words whose key is not set by others, neither itself nor the group that it stands in."""
    keys = {each.lstrip("+").partition("=")[0] for each in said}
    names = ((word, word.lstrip("+").partition("=")[0]) for word in words)
    return [word for word, name in names if not keys & {name, name.partition(".")[0]}]


def quoted(value: str) -> str:
    """A text that Hydra takes as it is, whatever stands in it; one that is quoted already is left alone."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value
    return "'" + value.replace("'", "\\'") + "'"


def explained(error: Exception) -> str:
    """Hydra's or OmegaConf's complaint in one line, with the nearest valid name where an option is unknown."""
    said = " ".join(str(error).split())
    if isinstance(error, OverrideParseException):
        return (
            f"{error.override!r} cannot be read; write KEY=VALUE, and quote a value of more than a word: \"KEY='A B'\"."
        )
    for group in catalog.GROUPS:
        marker = f"Could not find '{group}/"
        if marker in said:
            name = said.split(marker, 1)[1].split("'", 1)[0]
            return f"{group} {name!r} is unknown.{nearest(name, catalog.options(group))}"
    if "Could not override '" in said:
        key = said.split("Could not override '", 1)[1].split("'", 1)[0]
        return f"{key} is not a key of the configuration.{nearest(key.rpartition('.')[2], beside(key))}"
    return said


def beside(key: str) -> set[str]:
    """The known keys beside one that is not, by their last part; all of them in full if there are none."""
    parted = [each.rpartition(".") for each in known_keys()]
    return {last for above, _, last in parted if above == key.rpartition(".")[0]} or set(known_keys())


@cache
def known_keys() -> frozenset[str]:
    """Every key of a usual configuration, in full."""
    usual = _composed_by_hydra(["+scenario=status_quo", "+engine=slurm"])
    return frozenset(_keys("", plain(usual)))


def _keys(above: str, node: Any) -> Iterator[str]:
    for name, each in node.items() if isinstance(node, Mapping) else ():
        yield f"{above}{name}"
        yield from _keys(f"{above}{name}.", each)


def usual_request(replications: int) -> Request:
    """The neutral status quo under one theory: what `Iraq()` lives when it is given no setting."""
    one = ["theory.isis=enablers", "theory.strikes=both", f"ensemble.replications={replications}"]
    return request(composed(["+scenario=status_quo", *one]))
