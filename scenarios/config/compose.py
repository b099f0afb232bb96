"""Composition by Hydra, from words to a checked request."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException, OverrideParseException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

from scenarios import resources
from scenarios.config import fields
from scenarios.config import options as config_options
from scenarios.config.hydra_words import engine, option_name, quoted
from scenarios.config.overrides import NOBODY, check_override, named_options, read_word, unquoted
from scenarios.config.own_source import address
from scenarios.config.request import CommandRequest, Request, request
from scenarios.errors import RequestError, nearest
from scenarios.evidence.cancelling import check_priors
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.seed_files import refuse_interpolation

ADDED = ("scenario", "study", "engine")  # groups without a default option

COMPLAINTS = (HydraException, OmegaConfBaseException, YAMLError)  # errors of composition

Poles = str | Sequence[str]

ONE_AT_A_TIME = threading.RLock()


def command_request(config: Mapping[str, Any], extra: Path | None = None) -> CommandRequest:
    """Experiment, baseline and destination that a composed configuration requests of `run`."""
    if config.get("study") is not None:
        raise RequestError("study is for sweep: python -m scenarios sweep +study=NAME; leave it out, or sweep.")
    experiment = request(config, extra)
    check_priors(experiment.beliefs, beliefs(), [experiment.strata])
    name = "none" if config.get("against") is None else str(config["against"])
    baseline = (
        request({**config, "scenario": config_options.scenario(name, extra)}, extra) if name not in NOBODY else None
    )
    if baseline is not None and baseline.scenario == experiment.scenario:
        baseline = None
    return CommandRequest(request=experiment, against=baseline, results=results_of(config), workers=workers_of(config))


def results_of(config: Mapping[str, Any]) -> Path:
    """Folder in which results are to be stored."""
    return resources.given(fields.text(config.get("results", "results"), "results"))


def workers_of(config: Mapping[str, Any]) -> int | None:
    """Number of processes requested; None for one a core."""
    workers = config.get("workers")
    if workers is not None and (not isinstance(workers, int) or isinstance(workers, bool) or workers < 1):
        raise RequestError(f"workers is {workers!r}; it must be a whole number from 1, or null for one a core.")
    return workers


def as_plain(config: DictConfig) -> dict[str, Any]:
    """Composed configuration as plain data, without Hydra's own node."""
    container = OmegaConf.to_container(config, resolve=False, throw_on_missing=False)
    assert isinstance(container, dict)
    own_keys = {str(name): value for name, value in container.items() if name != "hydra"}
    refuse_interpolation(own_keys, "the request")
    return own_keys


def composed(words: Iterable[str], extra: Path | None = None) -> dict[str, Any]:
    """Configuration that words request, as the command line would compose it."""
    overrides = [*search_path(extra), *checked(words, extra)]
    try:
        return as_plain(_composed_by_hydra(overrides))
    except COMPLAINTS as error:
        raise RequestError(describe_error(error)) from error


def _composed_by_hydra(overrides: list[str]) -> DictConfig:
    """Configuration composed by Hydra, one thread at a time; the state that Hydra keeps for all is restored."""
    with ONE_AT_A_TIME:
        previous = GlobalHydra.instance().hydra
        GlobalHydra.instance().clear()
        try:
            with initialize_config_dir(config_dir=str(resources.configs()), version_base="1.3"):
                return compose("config", overrides=overrides)
        except ValueError as error:  # from a key below a list that is not a number
            raise RequestError(f"the words cannot be combined ({error}); check their keys.") from error
        finally:
            GlobalHydra.instance().hydra = previous


def configuration(
    words: Mapping[str, Any],
    sizes: Mapping[str, Any],
    rest: Mapping[str, Any],
    theory: Mapping[str, Poles] | None = None,
    parameters: Mapping[str, float] | None = None,
    like: Iterable[str] = (),
) -> dict[str, Any]:
    """Configuration as the command line would compose it; None keeps the default, or the value in `like`."""
    given = [f"{name}={value}" for name, value in words.items() if value is not None]
    config = composed([*without_replaced(like, given), *given])
    config["ensemble"].update(_given(sizes))
    config["theory"].update(theory or {})
    config["parameters"] = {**config["parameters"], **(parameters or {})}
    return fields.bare({**config, **_given(rest)})


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that are not None, paths as text."""
    known = {name: value for name, value in values.items() if value is not None}
    return {name: str(value) if isinstance(value, Path) else value for name, value in known.items()}


def search_path(extra: Path | None = None) -> list[str]:
    """Override by which Hydra searches a user's own ./configs, and a folder that they give."""
    own = [quoted(address(folder)) for folder in config_options.folders(extra)[:-1]]
    return [f"hydra.searchpath=[{','.join(own)}]"] if own else []


def checked(
    words: Iterable[str], extra: Path | None = None, *, launches: bool = False, many: bool = False
) -> list[str]:
    """Words in Hydra's form; RequestError for one that sets nothing, and for an option that is unknown or broken.

    launches    True if Hydra launches runs, so that words may name a launcher and its keys
    many        True if several runs are requested, so that a word may give several values
    """
    config_options.check_own(extra)
    given: dict[str, str] = {}
    overrides = []
    for word in words:
        group, value = read_word(word, launches=launches)
        if group in ADDED and group in given:
            raise RequestError(
                f"{group} is given twice, {given[group]!r} and {value!r}; give one, or several runs by -m "
                f"{group}={given[group]},{value}."
            )
        given[group] = value
        taken = _taken(word, group, value, extra, many=many)
        for part in taken:
            check_override(part, many=many)
        overrides += taken
    return overrides


def _taken(word: str, key: str, value: str, extra: Path | None, *, many: bool) -> list[str]:
    """Word in Hydra's form, its options checked and in quotation marks where Hydra would read something else."""
    if key in ("against", "beliefs") and not value:
        raise RequestError(f"{key} is empty; give one, or {key}=none.")
    if key == "against" and value not in NOBODY:
        return [f"against={option_name(config_options.composed_form(unquoted(value)))}"]
    if key not in config_options.GROUPS or (key == "start" and _is_file(value)):
        return override(word)
    names = named_options(key, value, extra, many=many)
    return override(f"{word.partition('=')[0]}={','.join(map(option_name, names))}")


def _is_file(value: str) -> bool:
    return value.endswith((".yaml", ".yml"))


def override(word: str) -> list[str]:
    """Word in Hydra's form: some groups with a plus, files that exist, text of an engine as it is written."""
    written, _, value = word.partition("=")
    name = written.lstrip("+")
    if name == "start" and _is_file(value):
        return _own_start(value)
    if name in ADDED:
        return [f"+{name}={value}"]
    if name.startswith("engine."):
        return engine(name.removeprefix("engine."), value)
    if name.startswith("parameters."):
        return [f"++{name}={value}"]
    if name == "beliefs":
        return _own_beliefs(value)
    if name == "results" and value not in NOBODY:
        return [f"results={quoted(str(resources.given(value)) if value.startswith('~') else value)}"]
    return [word]


def _own_start(value: str) -> list[str]:
    file = config_options.file_named(resources.given(value))
    if not file.exists():
        raise RequestError(f"start: there is no file {value}; the starts in seeds/starts/ show what it must hold.")
    resources.check_plain(file)
    return [
        "start=file",
        f"start.name={quoted(config_options.composed_form(file.stem))}",
        f"start.file={quoted(str(file.resolve()))}",
    ]


def _own_beliefs(value: str) -> list[str]:
    if value in NOBODY:
        return ["beliefs=null"]
    file = config_options.file_named(resources.given(value))
    if not file.exists():
        raise RequestError(f"beliefs: there is no file {value}.")
    resources.check_plain(file)
    return [f"beliefs={quoted(str(file))}"]


def without_replaced(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """Words whose key is set by no others, neither itself nor the group to which it belongs."""
    keys = {word.lstrip("+").partition("=")[0] for word in others}
    names = ((word, word.lstrip("+").partition("=")[0]) for word in words)
    return [word for word, name in names if not keys & {name, name.partition(".")[0]}]


def describe_error(error: Exception) -> str:
    """Error of Hydra or OmegaConf in one line, with the nearest valid name where an option is unknown."""
    message = " ".join(str(error).split())
    if isinstance(error, OverrideParseException):
        return (
            f"{error.override!r} cannot be read; write KEY=VALUE, and quote a value of more than a word: \"KEY='A B'\"."
        )
    for group in config_options.GROUPS:
        marker = f"Could not find '{group}/"
        if marker in message:
            name = message.split(marker, 1)[1].split("'", 1)[0]
            return f"{group} {name!r} is unknown.{nearest(name, config_options.options(group))}"
    if "Could not override '" in message:
        key = message.split("Could not override '", 1)[1].split("'", 1)[0]
        return f"{key} is not a key of the configuration.{nearest(key.rpartition('.')[2], sibling_keys(key))}"
    return message


def sibling_keys(key: str) -> set[str]:
    """Known keys at the level of an unknown one, by their last part; all in full if there are none."""
    split_keys = [known.rpartition(".") for known in known_keys()]
    return {last for above, _, last in split_keys if above == key.rpartition(".")[0]} or set(known_keys())


@cache
def known_keys() -> frozenset[str]:
    """Every key of a default configuration, in full."""
    usual = _composed_by_hydra(["+scenario=status_quo", "+engine=slurm"])
    return frozenset(_keys("", as_plain(usual)))


def _keys(above: str, node: Any) -> Iterator[str]:
    for name, value in node.items() if isinstance(node, Mapping) else ():
        yield f"{above}{name}"
        yield from _keys(f"{above}{name}.", value)


def usual_request(replications: int) -> Request:
    """Status quo in the neutral world under one theory, which `Iraq()` simulates when it is given no setting."""
    words = ["theory.isis=enablers", "theory.strikes=both", f"ensemble.replications={replications}"]
    return request(composed(["+scenario=status_quo", *words]))
