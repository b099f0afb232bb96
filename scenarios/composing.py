"""Hydra composes, and stops here: from words to a checked request."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from scenarios import catalog, places
from scenarios.errors import RequestError, nearest
from scenarios.schema import Asked, Request, request

NOBODY = ("none", "null", "None", "")


def asked(config: Mapping[str, Any], extra: Path | None = None) -> Asked:
    """What a composed configuration asks of `run`: the experiment, and the scenario it is set against."""
    mine = request(config)
    name = str(config.get("against") or "none")
    workers = config.get("workers")
    if workers is not None and (not isinstance(workers, int) or isinstance(workers, bool) or workers < 1):
        raise RequestError(f"workers is {workers!r}; it must be a whole number from 1, or null for one a core.")
    against = None
    if name not in NOBODY and name != mine.scenario.name:
        against = request({**config, "scenario": catalog.scenario(name, extra)})
    return Asked(request=mine, against=against, results=Path(str(config.get("results", "results"))), workers=workers)


def plain(config: DictConfig) -> dict[str, Any]:
    """A composed configuration as plain data, without Hydra's own node."""
    found = OmegaConf.to_container(config, resolve=True, throw_on_missing=False)
    assert isinstance(found, dict)
    return {str(name): each for name, each in found.items() if name != "hydra"}


def composed(overrides: Iterable[str]) -> dict[str, Any]:
    """The configuration that overrides ask for, as the command line would compose it."""
    before = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        with initialize_config_dir(config_dir=str(places.configs()), version_base="1.3"):
            return plain(compose("config", overrides=[*search_path(), *(with_plus(each) for each in overrides)]))
    except (HydraException, OmegaConfBaseException) as error:
        raise RequestError(explained(error)) from error
    finally:
        GlobalHydra.instance().hydra = before


def search_path() -> list[str]:
    """The override by which Hydra finds a user's own ./configs."""
    own = [str(folder) for folder in catalog.folders()[:-1]]
    return [f"hydra.searchpath=[{','.join('file://' + each for each in own)}]"] if own else []


def with_plus(override: str) -> str:
    """`scenario=NAME` works as `+scenario=NAME` does."""
    return f"+{override}" if override.startswith("scenario=") else override


def explained(error: Exception) -> str:
    """Hydra's or OmegaConf's complaint in one line, with the nearest valid name where an option is unknown."""
    said = " ".join(str(error).split())
    for group in catalog.GROUPS:
        marker = f"Could not find '{group}/"
        if marker in said:
            name = said.split(marker, 1)[1].split("'", 1)[0]
            return f"{group} {name!r} is unknown.{nearest(name, catalog.options(group))}"
    if "Could not override '" in said:
        key = said.split("Could not override '", 1)[1].split("'", 1)[0]
        return f"{key} is not a key of the configuration.{nearest(key.split('.')[-1], known_keys())}"
    return said


@cache
def known_keys() -> frozenset[str]:
    """Every key of the default configuration, by its last part."""
    with initialize_config_dir(config_dir=str(places.configs()), version_base="1.3"):
        return frozenset(_keys(plain(compose("config"))))


def _keys(node: Any) -> set[str]:
    if not isinstance(node, Mapping):
        return set()
    return {str(name) for name in node} | {key for each in node.values() for key in _keys(each)}


def usual_request(replications: int) -> Request:
    """The neutral status quo under one theory: what `Iraq()` lives when it is given no setting."""
    one = ["theory.isis=enablers", "theory.strikes=both", f"ensemble.replications={replications}"]
    return request(composed(["+scenario=status_quo", *one]))
