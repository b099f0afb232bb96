"""Words that a command takes: paths, numbers, names and KEY=VALUE, each with what may stand at the cursor."""

import re
from collections.abc import Callable, Iterable, Sequence
from glob import escape, glob
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from scenarios import resources
from scenarios.cli import MOST_SHOWN
from scenarios.config import options
from scenarios.errors import RequestError, nearest
from scenarios.evidence.seed_files import yaml_mapping

HIGHEST, LONGEST = 1_000_000_000, 30  # of a number: its value and digits

CHOICES = {"loop": ("open", "closed"), "record.period": ("week", "day"), "scale": ("log", "raw")}


class UserPath(click.Path):
    """A path as a user gives it, `~` standing for the home folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Convert a word to a path."""
        return resources.given(value)


class WholeNumber(click.ParamType):
    """A whole number within bounds, of a length that can be meant."""

    name = "N"

    def __init__(self, low: int = 1, high: int = HIGHEST) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Convert a word to a number; RequestError if it is none, or outside the bounds."""
        return value if isinstance(value, int) else whole_number(value, flag_of(param), self.low, self.high)


class KnownChoice(click.Choice[str]):
    """One of several names."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check a word; RequestError with the nearest name if it is none of them."""
        if value not in self.choices:
            name = flag_of(param) if isinstance(param, click.Option) else param and param.name
            raise RequestError(f"{name} is {value[:MOST_SHOWN]!r}.{nearest(value, self.choices)}")
        return str(value)


class NameOrOverride(click.ParamType):
    """The name of an option of a group, a folder, or KEY=VALUE: one of the command's own, or of a request."""

    name = "word"

    def __init__(self, group: str = "", own: Sequence[str] = (), *, requests: bool = True) -> None:
        self.group, self.own, self.requests = group, own, requests

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer names, keys, and values after `key=`, `key=one,` or `key=[one,`; files where nothing fits."""
        key, is_value, written = incomplete.partition("=")
        if is_value:
            done = incomplete[: len(incomplete) - len(re.split(r"[\[,]", written)[-1])]
            return completions((f"{done}{name}" for name in values(key.lstrip("+"))), incomplete)
        names = options.options(self.group) if self.group else ()
        keys = [f"+{self.group}=", *(f"{name}=" for name in request_keys())] if self.requests else []
        fitting = completions([*names, *self.own, *keys], incomplete)
        paths = [f"{path}/" if Path(path).is_dir() else path for path in sorted(glob(f"{escape(incomplete)}*"))]
        return [*fitting, *map(CompletionItem, paths)] if fitting else [CompletionItem(incomplete, type="file")]


def completions(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Names that begin as what is typed so far."""
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def values(key: str) -> Sequence[str]:
    """What a key may be set to, where that is one of several names."""
    if key in options.GROUPS:
        return list(options.options(key))
    if key == "against":
        return [*options.options("scenario"), "none"]
    if key.startswith("theory."):
        theories = yaml_mapping(resources.seeds() / "theories.yaml")
        return list(theories.get(key.removeprefix("theory."), {}).get("poles", ()))
    return CHOICES.get(key, ())


def request_keys() -> list[str]:
    """Keys of a request that may be set, in full."""
    seeds = resources.seeds()
    config = yaml_mapping(resources.configs() / "config.yaml", interpolated=True)
    top = [name for name in config if name not in ("defaults", "hydra", "record")]
    ensemble = [f"ensemble.{name}" for name in ("replications", "seed", "step_days", "horizon")]
    theories = [f"theory.{name}" for name in yaml_mapping(seeds / "theories.yaml")]
    groups = [name for name in options.GROUPS if name not in ("scenario", "study")]
    files = sorted((seeds / "parameters").glob("*.yaml"))
    parameters = [f"+parameters.{name}" for file in files for name in yaml_mapping(file)]
    return [*groups, *top, *ensemble, *theories, *parameters, "record.period", "record.events", "hydra/launcher"]


def flag_of(parameter: click.Parameter | None) -> str:
    """The name by which a user knows a parameter: its longest flag, or the name of an argument in help."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return str(parameter.metavar if parameter and parameter.metavar else "an argument")


def whole_number(word: str, name: str, low: int, high: int = HIGHEST) -> int:
    """A whole number that a word gives; RequestError if it gives none, or one outside the bounds."""
    is_number = word.isascii() and word.isdecimal() and len(word) <= LONGEST
    if not is_number or not low <= int(word) <= high:
        raise RequestError(f"{name} is {word[:LONGEST]!r}; it must be a whole number from {low:,} to {high:,}.")
    return int(word)


def words_argument(metavar: str, group: str = "scenario", *own: str, requests: bool = True) -> Callable[[Any], Any]:
    """Declare the words of a command: names of a group, folders, KEY=VALUE of its own, and of a request."""
    return click.argument("words", metavar=metavar, nargs=-1, type=NameOrOverride(group, own, requests=requests))


def _existing_folder(ctx: click.Context, parameter: click.Parameter, folder: Path | None) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise RequestError(f"--config-dir: there is no folder {folder}.")
    return folder


config_dir_option = click.option("--config-dir", "-cd", "extra", type=UserPath(), metavar="FOLDER",
                                 callback=_existing_folder, help="a folder of configuration of your own")  # fmt: skip


def own_words(words: Sequence[str], *keys: str) -> tuple[dict[str, str], list[str]]:
    """Values of a command's own KEY=VALUE words, and the words that remain."""
    parted = [(word, *word.partition("=")) for word in words]
    own = {key: value for _, key, equals, value in parted if equals and key in keys}
    return own, [word for word, key, equals, _ in parted if not (equals and key in keys)]
