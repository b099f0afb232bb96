"""A table read as pandas, or some columns of it, with units and meanings from its schema."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from scenarios.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

KEYS = ("replication", "draw", "theory", "period", "failed")
WORDS = ("unit", "meaning")


def frame(file: Path, columns: Iterable[str] | None = None) -> "pd.DataFrame":
    """A table, or some columns of it beside its keys; `attrs` has the unit and the meaning of each column."""
    schema = pq.read_schema(file)
    wanted = None if columns is None else _wanted(file, schema.names, columns)
    found = pq.read_table(file, columns=wanted).to_pandas()
    return with_words(found, described(schema))


def _wanted(file: Path, names: list[str], columns: Iterable[str]) -> list[str]:
    keys = [key for key in KEYS if key in names]
    wanted = [*keys, *(each for each in columns if each not in keys)]
    check_known(file.stem, names, wanted)
    return wanted


def check_known(table: str, names: Iterable[str], wanted: Iterable[str]) -> None:
    """Refuse a column that is not there, and name those that are."""
    known = list(names)
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise RequestError(f"{table} has no column {', '.join(unknown)}; it has {', '.join(known)}.")


def described(schema: "pa.Schema") -> dict[str, dict[str, str]]:
    """Unit and meaning of every column."""
    known = {each.name: each.metadata or {} for each in schema}
    return {name: {word: about.get(word.encode(), b"").decode() for word in WORDS} for name, about in known.items()}


def with_words(found: "pd.DataFrame", words: dict[str, dict[str, str]]) -> "pd.DataFrame":
    """A frame whose `attrs` say the unit and the meaning of each column that has one."""
    for word in WORDS:
        found.attrs[word] = {name: words[name][word] for name in found.columns if name in words}
    return found
