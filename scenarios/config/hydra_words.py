"""Words as Hydra's grammar takes them: names in any letters, and text that stays as it is written."""

import re
from typing import Any

from hydra.core.override_parser.types import Quote, QuotedString

from scenarios.config import options
from scenarios.errors import RequestError
from scenarios.evidence.seed_files import refuse_interpolation, yaml_value

PLAIN = re.compile(r"(?!(?:null|true|false|inf|nan)\Z)[a-z_][\w-]*\Z", re.ASCII | re.IGNORECASE)

KEY = re.compile(r"[a-z_][\w-]*\Z", re.ASCII | re.IGNORECASE)

OPEN = ("environment", "options")  # of the engine: mappings that take any name

LISTED = ("setup",)  # of the engine: lists of text

NAMED = ("partition", "account", "qos", "constraint", "python")  # of the engine: one text each

NULL = "null"


def quoted(value: str) -> str:
    """A text that Hydra takes as it is, whatever stands in it; one that is quoted already is left alone."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value
    return literal(value)


def literal(value: str) -> str:
    """A text in quotation marks."""
    return QuotedString(value, Quote.single).with_quotes()


def option_name(name: str) -> str:
    """The name of an option, in quotation marks where Hydra would read something else."""
    return name if PLAIN.match(name) else literal(name)


def engine(key: str, value: str) -> list[str]:
    """The overrides of one key of the engine whose values are text as it is written."""
    refuse_interpolation(value, f"engine.{key}")
    group, _, name = key.partition(".")
    if name and group in OPEN:
        return [_set(group, name, value)]
    if key in OPEN:
        return [_set(key, str(each), said) for each, said in _mapping(key, value).items()]
    if key in LISTED and value[:1] == "[":
        return [f"engine.{key}=[{','.join(literal(str(each)) for each in _value(key, value))}]"]
    return [f"engine.{key}={value if value in ('', NULL) or key not in NAMED else quoted(value)}"]


def _set(group: str, name: str, value: str | None) -> str:
    if not KEY.match(name):
        raise RequestError(f"engine.{group}: {name!r} is no name; a name has letters of a to z, digits, _ and - alone.")
    return f"++engine.{group}.{name}={NULL if value in (None, NULL) else quoted(str(value))}"


def _mapping(key: str, value: str) -> dict[str, str]:
    found = _value(key, value)
    if not isinstance(found, dict) or not all(isinstance(each, str | None) for each in found.values()):
        raise RequestError(f"engine.{key} is {value!r}; it must be a mapping, as {{exclude: n7}}, or {key}.NAME=TEXT.")
    return found


def _value(key: str, value: str) -> Any:
    return yaml_value(value, f"engine.{key}", options.TEXTS["engine"], [key])
