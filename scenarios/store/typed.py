"""Typed objects from plain data by pydantic; a value that does not fit is refused with its key."""

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from scenarios.errors import RequestError

NOUNS = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "model_type": "a mapping",
    "dataclass_type": "a mapping",
    "mapping_type": "a mapping",
    "dict_type": "a mapping",
    "tuple_type": "a list",
    "string_pattern_mismatch": "a digest or identifier of hexadecimal digits",
}  # by the type of an error of pydantic

BRANCHES = ("float", "str")  # of a union, which pydantic appends to the place of an error

SHOWN = 60  # characters of a wrong value in a message


class Stored(BaseModel):
    """Plain data in a file; keys that this version does not know are ignored."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


def from_plain(kind: Any, value: Any, key: str = "") -> Any:
    """Object of a type from plain data: models, frozen classes, tuples, mappings and scalars, none converted."""
    try:
        written = json.dumps(value, ensure_ascii=False).encode(errors="replace")
        return _adapter(kind).validate_json(written, strict=True)
    except ValidationError as error:
        raise RequestError(_described(error, key)) from None
    except RecursionError:
        raise RequestError(f"{key or 'it'} is nested too deeply") from None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def refuse(key: str, value: Any, should: str) -> RequestError:
    """Error for a value that is not what it must be."""
    shown = repr(value)
    return RequestError(f"{key} is {shown if len(shown) <= SHOWN else shown[:SHOWN] + '...'}; it must be {should}")


def join_key(key: str, name: object) -> str:
    """Key of an entry within another."""
    if isinstance(name, int):
        return f"{key}[{name}]"
    return f"{key}.{name}" if key else str(name)


def _described(error: ValidationError, key: str) -> str:
    """The first fault in a line: its key, the value, and what it must be."""
    faults = error.errors(include_url=False)
    if faults[0]["type"] == "json_invalid":
        return f"{key or 'it'} is nested too deeply"
    place = _place(faults[0]["loc"])
    for name in place:
        key = join_key(key, name)
    alike = [fault for fault in faults if _place(fault["loc"]) == place]
    cause = alike[0].get("ctx", {}).get("error")
    if isinstance(cause, RequestError):
        return str(cause)
    if cause or alike[0]["type"] == "missing":
        return f"{key}: {cause}" if cause else f"{key} is missing"
    return str(refuse(key, alike[-1]["input"], " or ".join(map(_noun, alike))))


def _place(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return loc[:-1] if loc and loc[-1] in BRANCHES else loc


def _noun(fault: Any) -> str:
    if fault["type"] == "too_long":
        return f"a list of {fault['ctx']['max_length']}"
    return NOUNS.get(fault["type"]) or str(fault["msg"]).removeprefix("Input should be ")
