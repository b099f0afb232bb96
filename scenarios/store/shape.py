"""Kinds of manifests, and the files of each."""

from collections.abc import Mapping
from typing import Any

from scenarios.store.tables import TABLES
from scenarios.store.typed import refuse

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


def check_files(manifest: Mapping[str, Any]) -> None:
    """Refuse a manifest that lacks a table of its kind, or names other files than those of its kind."""
    is_study = kind_of(manifest) == STUDY
    tables = OF_STUDY if is_study else OF_RUN
    for key, required, known in (("files", tables, tables), ("derived", (), () if is_study else DERIVED)):
        files = manifest.get(key, {})
        if not isinstance(files, Mapping) or not set(required) <= set(files) <= set(known):
            names = list(files) if isinstance(files, Mapping) else files
            raise refuse(key, names, f"a mapping of {', '.join(known) or 'nothing'}, and of no other files")
