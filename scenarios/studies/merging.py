"""Merging of the shards of one study."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError
from scenarios.studies.folder import StudyFolder
from scenarios.studies.stored_request import stored_study


def merge_studies(folders: Sequence[Path], results: Path | None) -> tuple[Path, Mapping[str, Any]]:
    """Finish a study from the results in several folders; return its folder and its manifest.

    RequestError if they are of different studies. What is in no folder is reported as missing.
    """
    studies = [stored_study(folder) for folder in folders]
    for folder, study in zip(folders, studies, strict=True):
        if (study.id, study.replications) != (studies[0].id, studies[0].replications):
            raise RequestError(
                f"{folder} is of {study.name} {study.id} with {study.replications:,} replications, {folders[0]} of "
                f"{studies[0].name} {studies[0].id} with {studies[0].replications:,}; merge only shards of one study."
            )
    path = studies[0].folder(results) if results else folders[0]
    others = tuple(folder for folder in folders if folder.resolve() != path.resolve())
    target = StudyFolder(studies[0], path, others).open()
    missing = target.missing(target.store())
    if missing == studies[0].replications:
        raise RequestError(f"{', '.join(map(str, folders))}: nothing is simulated yet; run the sweep first.")
    return path, target.finish({})
