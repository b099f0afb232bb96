"""Words in Hydra's grammar: names in any letters, and text that is kept as written."""

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
    """Text that Hydra takes literally, whatever it contains; one that is quoted already is unchanged."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value
    return literal(value)


def literal(value: str) -> str:
    """Text in quotation marks."""
    return QuotedString(value, Quote.single).with_quotes()


def option_name(name: str) -> str:
    """Name of an option, in quotation marks where Hydra would read something else."""
    return name if PLAIN.match(name) else literal(name)


def engine(key: str, value: str) -> list[str]:
    """Overrides of one key of the engine whose values are text as written."""
    refuse_interpolation(value, f"engine.{key}")
    group, _, name = key.partition(".")
    if name and group in OPEN:
        return [_set(group, name, value)]
    if key in OPEN:
        return [_set(key, str(element), text) for element, text in _mapping(key, value).items()]
    if key in LISTED and value[:1] == "[":
        return [f"engine.{key}=[{','.join(literal(str(element)) for element in _value(key, value))}]"]
    return [f"engine.{key}={value if value in ('', NULL) or key not in NAMED else quoted(value)}"]


def _set(group: str, name: str, value: str | None) -> str:
    if not KEY.match(name):
        raise RequestError(f"engine.{group}: {name!r} is not a name; use only letters of a to z, digits, _ and -.")
    return f"++engine.{group}.{name}={NULL if value in (None, NULL) else quoted(str(value))}"


def _mapping(key: str, value: str) -> dict[str, str]:
    parsed = _value(key, value)
    if not isinstance(parsed, dict) or not all(isinstance(text, str | None) for text in parsed.values()):
        raise RequestError(f"engine.{key} is {value!r}; it must be a mapping, as {{exclude: n7}}, or {key}.NAME=TEXT.")
    return parsed


def _value(key: str, value: str) -> Any:
    return yaml_value(value, f"engine.{key}", options.TEXTS["engine"], [key])
