"""Tables of results: Arrow schemas with unit and meaning of every column, frames of journals, and pandas tables."""

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.config.request import Request
from scenarios.errors import RequestError
from scenarios.evidence.parameters import Belief
from scenarios.evidence.theories import labels
from scenarios.outcomes import OUTCOMES
from scenarios.simulation.experiment import Block
from scenarios.text import CAVEAT

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("parameters", "outcomes", "series", "events")

WORDS = ("unit", "meaning")  # metadata of a column

KEYS = {
    "replication": ("1", "Number of the replication: draw times theories plus theory."),
    "draw": ("1", "Draw of luck and of uncertain parameters; the same draw pairs theories and scenarios."),
    "theory": ("1", "Number of the theory of the replication; names are in the file's metadata."),
    "period": ("1", "Number of the period, counted from the start."),
    "failed": ("1", "Whether the replication failed; its outcomes are then empty."),
}

EVENT_COLUMNS = {
    "event": ("1", "Number of the event within its replication."),
    "replication": KEYS["replication"],
    "day": ("day", "Day after the start on which the event falls."),
    "kind": ("1", "What happened."),
    "actor": ("1", "Who did it."),
    "place": ("1", "Where: a site region, a governorate, or empty."),
    "size": ("1", "How many, or how large."),
    "cause": ("1", "Number of the event that caused it; empty if none did."),
    "reason": ("1", "Why it happened, in a word: the event's cause, a standing motive, chance or a lever."),
}

EVENT_TYPES = {
    "event": pa.int32(), "replication": pa.int64(), "day": pa.float32(), "kind": pa.string(), "actor": pa.string(),
    "place": pa.string(), "size": pa.float32(), "cause": pa.int32(), "reason": pa.string(),
}  # fmt: skip


def tables(block: Block, request: Request) -> dict[str, pa.Table]:
    """Tables of a block."""
    size = len(block.axis)
    keys = {"replication": block.replications, "draw": block.axis.draw, "theory": block.axis.theory.astype(np.int16)}
    failed = {"failed": np.full(size, block.failed)}
    return {
        "parameters": pa.table({**keys, **block.parameters}, schema=parameter_schema(request, block.parameters)),
        "outcomes": pa.table({**keys, **failed, **block.outcomes}, schema=outcome_schema(request, block.outcomes)),
        "series": series_table(block, request),
        "events": pa.table({name: block.events.get(name, []) for name in EVENT_TYPES}, schema=event_schema(request)),
    }


def series_table(block: Block, request: Request) -> pa.Table:
    """Outcomes by replication and period, the period varying fastest."""
    periods = next(iter(block.series.values())).shape[0]
    columns: dict[str, Any] = {
        "replication": np.repeat(block.replications, periods),
        "period": np.tile(np.arange(periods, dtype=np.int32), len(block.axis)),
    }
    columns.update({name: values.T.ravel() for name, values in block.series.items()})
    return pa.table(columns, schema=series_schema(request, block.series))


def parameter_schema(request: Request, names: Mapping[str, Any]) -> pa.Schema:
    """Columns of parameters.parquet."""
    known: dict[str, Belief] = {**request.beliefs, **request.start.states}
    described = [(name, pa.float64(), known[name.split(".")[0]]) for name in names]
    columns = [_field(name, kind, belief.unit, belief.meaning) for name, kind, belief in described]
    return _schema([*_key_fields("replication", "draw", "theory"), *columns], request)


def outcome_schema(request: Request, names: Mapping[str, Any]) -> pa.Schema:
    """Columns of outcomes.parquet."""
    columns = [_field(name, pa.float64(), OUTCOMES[name].unit, OUTCOMES[name].meaning) for name in names]
    return _schema([*_key_fields("replication", "draw", "theory", "failed"), *columns], request)


def series_schema(request: Request, names: Mapping[str, Any]) -> pa.Schema:
    """Columns of series.parquet."""
    columns = [_field(name, pa.float32(), OUTCOMES[name].unit, OUTCOMES[name].meaning) for name in names]
    return _schema([*_key_fields("replication", "period"), *columns], request)


def event_schema(request: Request) -> pa.Schema:
    """Columns of events.parquet."""
    return _schema([_field(name, kind, *EVENT_COLUMNS[name]) for name, kind in EVENT_TYPES.items()], request)


def _key_fields(*names: str) -> list[pa.Field]:
    kinds = {"theory": pa.int16(), "period": pa.int32(), "failed": pa.bool_()}
    return [_field(name, kinds.get(name, pa.int64()), *KEYS[name]) for name in names]


def _field(name: str, kind: pa.DataType, unit: str, meaning: str) -> pa.Field:
    return pa.field(name, kind, metadata={"unit": unit, "meaning": meaning})


def _schema(columns: list[pa.Field], request: Request) -> pa.Schema:
    about = {
        "scenario": request.scenario.name,
        "as_of": request.start.date,
        "theories": json.dumps(labels(request.strata)),
        "period_days": f"{request.period_days:g}",
        "caveat": CAVEAT,
    }
    return pa.schema(columns, metadata=about)


def packed(content: Mapping[str, pa.Table], about: Mapping[str, Any]) -> bytes:
    """One frame of bytes: tables and a note about them."""
    parts = {name: _ipc(table) for name, table in content.items()}
    head = json.dumps({"about": dict(about), "sizes": {name: len(part) for name, part in parts.items()}}).encode()
    return len(head).to_bytes(8, "little") + head + b"".join(parts.values())


def about(frame: bytes) -> dict[str, Any]:
    """The note of a frame; ValueError if it has none."""
    return _head(io.BytesIO(frame), len(frame))["about"]


def about_at(file: BinaryIO, offset: int, length: int) -> dict[str, Any]:
    """The note of a frame in a journal, without its tables; ValueError if it has none."""
    file.seek(offset)
    return _head(file, length)["about"]


def _head(file: BinaryIO, length: int) -> dict[str, Any]:
    """Head of a frame: its note and the sizes of its tables."""
    size = int.from_bytes(file.read(8), "little")
    if size > length - 8:
        raise ValueError("its head is longer than itself")
    try:
        head = json.loads(file.read(size))
    except RecursionError as error:
        raise ValueError("its head is nested too deeply") from error
    if not isinstance(head, dict) or not all(isinstance(head.get(part), dict) for part in ("about", "sizes")):
        raise ValueError("its head has no note")
    return head


def unpacked(frame: bytes, names: Iterable[str] = TABLES) -> dict[str, pa.Table]:
    """Tables of a frame; ValueError unless they have the given names and are valid."""
    file = io.BytesIO(frame)
    sizes = _head(file, len(frame))["sizes"]
    if list(sizes) != list(names) or not all(type(size) is int and size >= 0 for size in sizes.values()):
        raise ValueError(f"its tables are {list(sizes)!r:.80}")
    return {name: _sound(file.read(size)) for name, size in sizes.items()}


def _sound(part: bytes) -> pa.Table:
    """A table with validated buffers, which Arrow itself does not check; ValueError if they are invalid."""
    try:
        table = pa.ipc.open_stream(part).read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, MemoryError) as error:
        raise ValueError(f"a table is broken: {error}") from error
    return table


def _ipc(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def frame(file: Path, columns: Iterable[str] | None = None) -> "pd.DataFrame":
    """A table, or its keys and some columns; `attrs` has the unit and the meaning of each column."""
    schema = pq.read_schema(file)
    wanted = None if columns is None else _wanted(file, schema.names, columns)
    table = pq.read_table(file, columns=wanted).to_pandas()
    return with_words(table, describe_columns(schema))


def _wanted(file: Path, names: list[str], columns: Iterable[str]) -> list[str]:
    keys = [key for key in KEYS if key in names]
    wanted = [*keys, *(each for each in columns if each not in keys)]
    check_known(file.stem, names, wanted)
    return wanted


def check_known(table: str, names: Iterable[str], wanted: Iterable[str]) -> None:
    """Refuse an unknown column; RequestError names the known ones."""
    known = list(names)
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise RequestError(f"{table} has no column {', '.join(unknown)}; it has {', '.join(known)}.")


def describe_columns(schema: pa.Schema) -> dict[str, dict[str, str]]:
    """Unit and meaning of every column."""
    known = {each.name: each.metadata or {} for each in schema}
    return {name: {word: about.get(word.encode(), b"").decode() for word in WORDS} for name, about in known.items()}


def with_words(table: "pd.DataFrame", words: dict[str, dict[str, str]]) -> "pd.DataFrame":
    """A frame with the unit and the meaning of its columns in `attrs`."""
    for word in WORDS:
        table.attrs[word] = {name: words[name][word] for name in table.columns if name in words}
    return table
