"""Kinds of manifests, and the files of each."""

from collections.abc import Mapping
from typing import Any

from scenarios.store.tables import TABLES

RUN, STUDY = "run", "study"  # kinds of a manifest

OF_STUDY = ("points.parquet", "outcomes.parquet", "summary.parquet")

OF_RUN = tuple(f"{name}.parquet" for name in TABLES)

DERIVED = ("summary.csv", "overview.png")  # computed from the tables of a run and stored beside them


def kind_of(manifest: Mapping[str, Any]) -> str:
    """Kind of a manifest: run or study."""
    return STUDY if manifest.get("kind") == STUDY else RUN


def stamped(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Size and digest of every file in a manifest: tables and files computed from them."""
    return {**manifest["files"], **manifest.get("derived", {})}
