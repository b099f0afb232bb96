"""Plain data read back as objects of a type: what is of another type is refused, by its key."""

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

SHOWN = 60  # letters of a wrong value that are told


class Complete:
    """A class whose words are written with it, so that none may be missing."""


def read(kind: Any, said: Any, key: str = "") -> Any:
    """Plain data turned back into an object of a type: frozen classes, tuples, mappings; words left out are empty."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return said
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, _mapping(said, key), key)
    if origin in (UnionType, Union):
        return _one_of(inner, said, key)
    if origin is tuple:
        return _tuple(inner, said, key)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {name: read(inner[1], value, joined(key, name)) for name, value in _mapping(said, key).items()}
    return _date(said, key) if kind is date else _scalar(kind, said, key)


def refuse(key: str, said: Any, should: str) -> RequestError:
    """What is reported of a value that is not what it should be."""
    shown = repr(said)
    return RequestError(f"{key} is {shown if len(shown) <= SHOWN else shown[:SHOWN] + '...'}; it must be {should}")


def joined(key: str, name: object) -> str:
    """The key of an entry within another."""
    return f"{key}.{name}" if key else str(name)


def _object(kind: Any, said: Mapping[str, Any], key: str) -> Any:
    hints = get_type_hints(kind)
    words = () if issubclass(kind, Complete) else WORDS
    return kind(**{each.name: _field(each, hints[each.name], said, key, words) for each in fields(kind)})


def _field(of: Field, kind: Any, said: Mapping[str, Any], key: str, words: Collection[str]) -> Any:
    if of.name in said:
        return read(kind, said[of.name], joined(key, of.name))
    if of.default is not MISSING:
        return of.default
    if of.name not in words:
        raise RequestError(f"{joined(key, of.name)} is missing")
    return EMPTY[get_origin(kind) or kind]


def _mapping(said: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(said, Mapping):
        raise refuse(key, said, "a mapping")
    return said


def _tuple(inner: tuple[Any, ...], said: Any, key: str) -> tuple[Any, ...]:
    if not isinstance(said, list | tuple):
        raise refuse(key, said, "a list")
    kinds = [inner[0]] * len(said) if inner[-1] is Ellipsis else list(inner)
    if len(kinds) != len(said):
        raise refuse(key, said, f"a list of {len(kinds)}")
    return tuple(
        read(each, value, f"{key}[{place}]") for place, (each, value) in enumerate(zip(kinds, said, strict=True))
    )


def _one_of(kinds: tuple[Any, ...], said: Any, key: str) -> Any:
    for kind in kinds[:-1]:
        try:
            return read(kind, said, key)
        except RequestError:
            continue
    return read(kinds[-1], said, key)


def _scalar(kind: Any, said: Any, key: str) -> Any:
    wanted = (int, float) if kind is float else kind
    if not isinstance(said, wanted) or (isinstance(said, bool) and kind is not bool):
        raise refuse(key, said, NOUNS.get(kind, "of another kind"))
    if kind in (int, float) and (math.isnan(said) or (isinstance(said, int) and abs(said) > LARGEST)):
        raise refuse(key, said, f"{NOUNS[kind]} of less than 64 bits")
    return said


def _date(said: Any, key: str) -> date:
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError):
        raise refuse(key, said, "a date as 2025-01-31") from None
