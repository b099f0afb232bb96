"""Conversion of plain data to typed objects; a value of another type is refused with its key."""

import math
from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from scenarios.errors import RequestError
from scenarios.store.identity import WORDS

EMPTY: Mapping[Any, Any] = {str: "", tuple: (), Mapping: {}}

NOUNS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", type(None): "null"}

LARGEST = 2**63 - 1

SHOWN = 60  # characters of a wrong value in a message


class Complete:
    """A class of which every field must be present, texts included."""


def from_plain(kind: Any, value: Any, key: str = "") -> Any:
    """Object of a type from plain data: frozen classes, tuples, mappings, scalars; omitted texts are empty."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return value
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, _mapping(value, key), key)
    if origin in (UnionType, Union):
        return _one_of(inner, value, key)
    if origin is tuple:
        return _tuple(inner, value, key)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {name: from_plain(inner[1], entry, join_key(key, name)) for name, entry in _mapping(value, key).items()}
    return _date(value, key) if kind is date else _scalar(kind, value, key)


def refuse(key: str, value: Any, should: str) -> RequestError:
    """Error for a value that is not what it must be."""
    shown = repr(value)
    return RequestError(f"{key} is {shown if len(shown) <= SHOWN else shown[:SHOWN] + '...'}; it must be {should}")


def join_key(key: str, name: object) -> str:
    """Key of an entry within another."""
    return f"{key}.{name}" if key else str(name)


def _object(kind: Any, values: Mapping[str, Any], key: str) -> Any:
    hints = get_type_hints(kind)
    words = () if issubclass(kind, Complete) else WORDS
    return kind(**{of.name: _field(of, hints[of.name], values, key, words) for of in fields(kind)})


def _field(of: Field, kind: Any, values: Mapping[str, Any], key: str, words: Collection[str]) -> Any:
    if of.name in values:
        return from_plain(kind, values[of.name], join_key(key, of.name))
    if of.default is not MISSING:
        return of.default
    if of.name not in words:
        raise RequestError(f"{join_key(key, of.name)} is missing")
    return EMPTY[get_origin(kind) or kind]


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise refuse(key, value, "a mapping")
    return value


def _tuple(inner: tuple[Any, ...], value: Any, key: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise refuse(key, value, "a list")
    kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
    if len(kinds) != len(value):
        raise refuse(key, value, f"a list of {len(kinds)}")
    return tuple(
        from_plain(kind, entry, f"{key}[{position}]")
        for position, (kind, entry) in enumerate(zip(kinds, value, strict=True))
    )


def _one_of(kinds: tuple[Any, ...], value: Any, key: str) -> Any:
    for kind in kinds[:-1]:
        try:
            return from_plain(kind, value, key)
        except RequestError:
            continue
    return from_plain(kinds[-1], value, key)


def _scalar(kind: Any, value: Any, key: str) -> Any:
    wanted = (int, float) if kind is float else kind
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
        raise refuse(key, value, NOUNS.get(kind, "of another kind"))
    if kind in (int, float) and (math.isnan(value) or (isinstance(value, int) and abs(value) > LARGEST)):
        raise refuse(key, value, f"{NOUNS[kind]} of less than 64 bits")
    return value


def _date(value: Any, key: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise refuse(key, value, "a date as 2025-01-31") from None
