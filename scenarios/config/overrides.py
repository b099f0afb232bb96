"""Words of a request, KEY=VALUE: permitted keys and values, checked before Hydra reads them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import QuotedString
from hydra.errors import HydraException

from scenarios.config import fields
from scenarios.config import options as config_options
from scenarios.config.content import MISSING
from scenarios.errors import RequestError

NOBODY = ("none", "null", "None", "")

ONE_EACH = ("scenario", "start", "world", "theory", "ensemble")  # groups that a run has one option of

INTERPOLATION = "${"

LONGEST, DEEPEST = 10_000, 50  # characters of a word, nested brackets

KEY = re.compile(r"[^\W\d][\w-]*(\.[\w-]+)*")

LAUNCHER, OF_LAUNCHER = "hydra/launcher", re.compile(r"hydra\.launcher\.[a-z]\w*")

LAUNCHERS = ("basic", "joblib", "submitit_local", "submitit_slurm")

REPORTED = (
    "name",
    "code",
    "group",
    "story",
    "title",
    "claims",
    "expects",
    "needs",
    "file",
)  # by which results are reported

GROUPS = "|".join(config_options.GROUPS)

OF_OPTION = re.compile(rf"({GROUPS})\.({'|'.join(REPORTED)})(\..*)?")


class Override(NamedTuple):
    """Word of a request in its parts."""

    key: str
    value: str


def read_word(word: str, *, launches: bool = False) -> Override:
    """Key and value of a word; RequestError for one that sets nothing, or a key that no word may set.

    launches    True if Hydra launches runs, so that words may name a launcher and its keys
    """
    key, equals, value = word.partition("=")
    name = key.lstrip("+")
    if word.startswith("~"):
        raise RequestError(
            f"{shortened(word)} would remove a key; nothing of a request can be removed. Set it instead."
        )
    if not (equals and (KEY.fullmatch(name) or _is_of_hydra(name))):
        raise RequestError(f"{shortened(word)} sets nothing; write KEY=VALUE without blanks in the key, as world=calm.")
    _check_readable(word, name)
    if _is_of_hydra(name):
        _check_launcher(name, value, launches=launches)
    matched = OF_OPTION.fullmatch(name)
    if matched:
        group, field = matched[1], matched[2]
        raise RequestError(
            f"{name} cannot be set by a word: results are reported by the {field} in the file of the {group}. Write a "
            f"{group} of your own under a name of its own (docs/own-files.md)."
        )
    return Override(name, value)


def _is_of_hydra(name: str) -> bool:
    return name == "hydra" or name.startswith(("hydra.", "hydra/"))


def _check_readable(word: str, name: str) -> None:
    """Refuse words that refer to values elsewhere, and words too long or too deep to be read."""
    if INTERPOLATION in word:
        raise RequestError(f"{name} holds {INTERPOLATION}, which refers to a value elsewhere; write the value itself.")
    if len(word) > LONGEST:
        raise RequestError(
            f"{name} has {len(word):,} characters; a word has at most {LONGEST:,}. Write a file instead."
        )
    deep = 0
    for mark in word:
        deep += (mark in "[{(") - (mark in ")}]")
        if deep > DEEPEST:
            raise RequestError(f"{name} has brackets more than {DEEPEST} deep; write it flatter.")


def _check_launcher(name: str, value: str, *, launches: bool) -> None:
    """Refuse every key of Hydra's own except a launcher and its keys in a launch of several runs."""
    if launches and name == LAUNCHER:
        fields.one_of(value, LAUNCHER, LAUNCHERS)
    elif not (launches and OF_LAUNCHER.fullmatch(name)):
        raise RequestError(
            f"{name} is not for words to set; of Hydra's own keys only {LAUNCHER} and hydra.launcher.KEY are, and only "
            "in `run -m` (docs/cluster.md)."
        )


def check_override(word: str, *, many: bool) -> None:
    """Refuse a value that cannot be read, that is still to be given, or that is several without -m."""
    key = word.partition("=")[0].lstrip("+")
    try:
        override = OverridesParser.create().parse_override(word)
    except (HydraException, ValueError, OverflowError) as error:
        raise RequestError(
            f"{shortened(word)} cannot be read; write KEY=VALUE, and quote a value of more than a word: \"KEY='A B'\"."
        ) from error
    if override.is_sweep_override() and not many:
        raise RequestError(f"{shortened(word)} gives several values; give one, or several runs by run -m.")
    values = word.partition("=")[2].split(",") if override.is_sweep_override() else _leaves(override.value())
    if MISSING in values:
        raise RequestError(f"{key} is {MISSING}, which is no value; give one.")


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for name, element in value.items():
            yield from (name, *_leaves(element))
    elif isinstance(value, list):
        for element in value:
            yield from _leaves(element)
    else:
        yield value.text if isinstance(value, QuotedString) else value


def named_options(key: str, value: str, extra: Path | None, *, many: bool) -> list[str]:
    """Options of a group that a value names; RequestError for an unknown or broken one, or for none."""
    known, single = config_options.options(key, extra), config_options.composed_form(unquoted(value))
    if single not in known and (value in NOBODY or value.startswith(("[", "{")) or "(" in value):
        raise RequestError(f"{key} is {shortened(value)}; give one of {', '.join(known)}{_or_several(key)}.")
    names = (
        [single]
        if single in known
        else [config_options.composed_form(unquoted(name.strip())) for name in value.split(",")]
    )
    if len(names) > 1 and not many:
        raise RequestError(f"{key} is {shortened(value)}, several options; give one{_or_several(key)}.")
    for name in names:
        config_options.check_used(key, name, extra)
    return names


def _or_several(key: str) -> str:
    return f", or several runs by -m {key}=ONE,OTHER" if key in ONE_EACH else ""


def unquoted(value: str) -> str:
    """Text without the quotation marks around it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def shortened(text: str, most: int = 80) -> str:
    """Text in quotation marks, shortened where it is long."""
    return repr(text if len(text) <= most else f"{text[: most - 3]}...")
