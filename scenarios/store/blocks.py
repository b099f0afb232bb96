"""Blocks in the journals of a run: notes and tables, validated against the request."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from scenarios.config.request import MOST_REPLICATIONS, Request
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES, periodic
from scenarios.store.journal import Frame
from scenarios.store.tables import about, event_schema, outcome_schema, parameter_schema, series_schema, unpacked
from scenarios.store.typed import Stored, from_plain
from scenarios.store.written import Count, Failure, Seconds

KEYS = 3  # of the parameters: replication, draw and theory


class BlockNote(Stored):
    """The note of a block."""

    draws: tuple[int, int]
    rejected: Count
    seconds: Seconds
    failures: tuple[Failure, ...]


def block_note(frame: bytes) -> dict[str, Any]:
    """The note of a block; ValueError if it is none."""
    note = about(frame)
    check_draws(from_plain(BlockNote, note).draws)
    return note


def check_draws(draws: tuple[int, int]) -> None:
    """Refuse a range of draws that is empty or beyond every ensemble."""
    first, stop = draws
    if not 0 <= first < stop <= MOST_REPLICATIONS:
        raise RequestError(f"draws is {[first, stop]}; they must be between 0 and {MOST_REPLICATIONS:,}")


def tables_of(frame: Frame, request: Request) -> Mapping[str, pa.Table]:
    """Tables of a block; RequestError unless they have the requested columns and replications."""
    try:
        tables = unpacked(frame.read())
        _check_columns(tables, request)
        _check_keys(tables, range(*frame.about["draws"]), len(request.strata))
    except (ValueError, KeyError) as error:
        raise frame.refused(error) from error
    return tables


def _check_columns(tables: Mapping[str, pa.Table], request: Request) -> None:
    series = dict.fromkeys(request.record.outcomes or periodic())
    names = tables["parameters"].schema.names[KEYS:]
    should = {
        "parameters": parameter_schema(request, dict.fromkeys(names)),
        "outcomes": outcome_schema(request, dict.fromkeys(OUTCOMES)),
        "series": series_schema(request, series),
        "events": event_schema(request),
    }
    for name, schema in should.items():
        if not tables[name].schema.equals(schema):
            raise ValueError(f"the columns of its {name} are not those of the request")


def _check_keys(tables: Mapping[str, pa.Table], draws: range, theories: int) -> None:
    """Refuse tables whose replications are not those of the draws in the note."""
    expected = np.arange(draws.start * theories, draws.stop * theories)
    for name in ("parameters", "outcomes"):
        if not np.array_equal(tables[name]["replication"].to_numpy(), expected):
            raise ValueError(f"the replications of its {name} are not those of draws {draws.start} to {draws.stop - 1}")
