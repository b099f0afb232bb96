"""Finished results read back: tables as pandas with units, arrays as xarray, only what is asked for."""

import glob
import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow.parquet as pq

from scenarios.archive.folder import MANIFEST, settled
from scenarios.errors import RequestError

if TYPE_CHECKING:
    import xarray as xr


class Result:
    """One finished experiment."""

    def __init__(self, path: Path) -> None:
        self.path, self.manifest = path, settled(path)
        self.baseline: Result | None = None  # what it was set against, if it comes fresh from a run

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return str(self.manifest["scenario"])

    @property
    def theories(self) -> list[str]:
        """Names of the theories, in the order of their numbers."""
        return list(self.manifest["theories"])

    @property
    def failures(self) -> list[dict[str, Any]]:
        """Draws that failed, each with its reason."""
        return list(self.manifest["failures"])

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Replications x outcomes, failed ones left out; units and meanings are in `attrs`."""
        frame = self.table("outcomes")
        return frame[~frame["failed"]].drop(columns="failed")

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """Replications x uncertain parameters, as drawn."""
        return self.table("parameters")

    @cached_property
    def events(self) -> pd.DataFrame:
        """Dated events of the recorded draws, each with its cause."""
        return self.table("events")

    @property
    def series(self) -> pd.DataFrame:
        """(replication, period) x outcomes; all columns, so that `table('series', [...])` is lighter."""
        return self.table("series")

    def table(self, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """One table, or some columns of it beside its keys, with units and meanings in `attrs`."""
        file = self.path / f"{name}.parquet"
        schema = pq.read_schema(file)
        keys = [key for key in ("replication", "draw", "theory", "period", "failed") if key in schema.names]
        wanted = None if columns is None else [*keys, *(each for each in columns if each not in keys)]
        unknown = set(wanted or ()) - set(schema.names)
        if unknown:
            raise RequestError(f"{name} has no column {', '.join(sorted(unknown))}; it has {', '.join(schema.names)}.")
        frame = pq.read_table(file, columns=wanted).to_pandas()
        described = {each.name: each.metadata or {} for each in schema}
        for word in ("unit", "meaning"):
            frame.attrs[word] = {each: described[each].get(word.encode(), b"").decode() for each in frame.columns}
        return frame

    def to_xarray(self, outcomes: Iterable[str] | None = None) -> "xr.Dataset":
        """Series as arrays with axes theory, draw and period, and units."""
        names = list(outcomes) if outcomes is not None else self.series_names()
        frame = self.table("series", names)
        theories = len(self.theories)
        keyed = frame.assign(theory=frame["replication"] % theories, draw=frame["replication"] // theories)
        found = keyed.drop(columns="replication").set_index(["theory", "draw", "period"]).to_xarray()
        found = found.assign_coords(theory=self.theories)
        for name in names:
            found[name].attrs = {word: frame.attrs[word][name] for word in ("unit", "meaning")}
        found.attrs = {"scenario": self.scenario, "as_of": self.manifest["as_of"], "caveat": self.manifest["caveat"]}
        return found

    def series_names(self) -> list[str]:
        """Outcomes that are known by period."""
        schema = pq.read_schema(self.path / "series.parquet")
        return [name for name in schema.names if name not in ("replication", "period")]

    @property
    def period_days(self) -> float:
        """Length of a period [days]."""
        metadata = pq.read_schema(self.path / "series.parquet").metadata
        return float(metadata[b"period_days"])

    def __repr__(self) -> str:
        about = self.manifest
        return (
            f"<Result {self.scenario} as of {about['as_of']}, world {about['world']}: "
            f"{about['replications']:,} replications, {len(self.theories)} theories, "
            f"{len(self.failures)} failures, {self.path}>"
        )


def load(where: str | Path) -> "Result | list[Result]":
    """The result in a folder, or those that a glob or a folder of folders holds; RequestError says what is wrong."""
    path = Path(where)
    if (path / MANIFEST).exists():
        return Result(path)
    matches = [path] if path.exists() else sorted(Path(each) for each in glob.glob(str(where), recursive=True))
    inside = sorted(file.parent for match in matches for file in match.rglob(MANIFEST))
    found = sorted({*inside, *(match for match in matches if (match / MANIFEST).exists())})
    if not found:
        raise RequestError(f"{where}: no finished result was found (no {MANIFEST}); {_lies_there(path)}.")
    return Result(found[0]) if len(found) == 1 else [Result(each) for each in found]


def _lies_there(path: Path) -> str:
    if path.is_dir():
        names = sorted(each.name for each in path.iterdir())[:8]
        return f"there lie {', '.join(names)}" if names else "the folder is empty"
    return "nothing is there" if not path.exists() else "it is a file, not a folder"


def manifest_of(path: Path) -> dict[str, Any]:
    """A manifest as it stands, unchecked."""
    return json.loads((path / MANIFEST).read_text(encoding="utf-8"))
