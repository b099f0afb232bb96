"""Replay of a point or replication of a study, compared with the stored results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.errors import RequestError, nearest
from scenarios.evidence.theories import labels
from scenarios.outcomes import OUTCOMES
from scenarios.runs.replay import differing
from scenarios.simulation.batch import simulate_together
from scenarios.store import regular, search
from scenarios.store.manifest import MANIFEST, PENDING
from scenarios.studies.folder import siblings
from scenarios.studies.index import COLUMNS, DATA, Numbers, Store
from scenarios.studies.request import StudyRequest
from scenarios.studies.stored_request import DESIGN, identifiers, read_request, stored_study
from scenarios.studies.trusting import sound
from scenarios.studies.writer import digest_of_rows


@dataclass(frozen=True)
class Replayed:
    """Results of the replay, and those stored."""

    what: str
    values: Numbers  # (replications, columns); empty if it failed
    stored: Numbers
    theories: tuple[str, ...]  # alternating in the rows of both
    own: Sequence[Mapping[str, Any]]  # the user's own files and values, as in a manifest
    error: Exception | None = None

    @property
    def digest(self) -> str:
        """Digest of the new values."""
        return digest_of_rows(self.values)

    @property
    def differing(self) -> list[str]:
        """Names of outcomes that differ, bit for bit, from those stored."""
        now, stored = (dict(zip(COLUMNS, rows.T, strict=True)) for rows in (self.values, self.stored))
        return differing({name: values[: len(self.stored)] for name, values in now.items()}, stored)


def replay(folder: Path, point: str, replication: int | None) -> Replayed:
    """Simulate a point of a study again, or one replication of it; `error` is an error of the model."""
    study, number, name = _point(folder, point)
    shared = study.layout.points[0]
    request, draws = study.layout.request(shared), study.draws[shared.kind]
    names = labels(request.strata)
    theories = len(names)
    if replication is not None and not 0 <= replication < len(draws) * theories:
        raise RequestError(f"point {name} has replications 0 to {len(draws) * theories - 1:,}, not {replication}.")
    chosen = draws if replication is None else range(replication // theories, replication // theories + 1)
    what = f"point {name} (number {number})" + ("" if replication is None else f", replication {replication}")
    stored = _stored(folder).values(name, chosen, theories)
    try:
        simulated = simulate_together(request, [shared.variant], chosen)
    except Exception as error:  # reported to the user, whatever it is
        return Replayed(what, stored[:0], stored, names, study.layout.own, error)
    values = np.column_stack([*(simulated[outcome][0] for outcome in OUTCOMES), np.zeros(len(chosen) * theories)])
    if replication is not None:
        values, stored = values[[replication % theories]], stored[replication % theories :][:1]
        names = names[replication % theories :][:1]
    return Replayed(what, values, stored, names, study.layout.own)


def _stored(folder: Path) -> Store:
    """Stored results of a study; RequestError if its tables are there without their manifest."""
    if regular.name_exists(folder / DATA) and not any(
        regular.name_exists(folder / name) for name in (MANIFEST, PENDING)
    ):
        raise RequestError(
            f"{folder} has {DATA} but no {MANIFEST}, so that it cannot be checked. Restore {MANIFEST}, or "
            "give the sweep again."
        )
    return Store(folder, siblings(folder)).refresh()


def _point(folder: Path, point: str) -> tuple[StudyRequest, int, str]:
    """Study reduced to one point, named by its identifier, the beginning of it, or its number."""
    read_request(folder)
    ids = identifiers(folder)
    places = [place for place, identifier in enumerate(ids) if identifier.startswith(point)]
    if point.isdecimal() and int(point) < len(ids) and point not in ids:
        places = [int(point)]
    if len({ids[place] for place in places}) != 1:
        problem = "is not one of its points" if not places else f"names {len(places)} of its points"
        raise RequestError(f"{folder}: {point!r} {problem}.{nearest(point, ids)}")
    study = stored_study(folder, rows=[places[0]])
    return study, places[0], ids[places[0]]


def locate(results: Path, name: str) -> tuple[Path, str]:
    """Folder of the run or point whose identifier begins with a name, and the point, if it is one."""
    runs = [(folder, "") for folder in search.finished(results, [MANIFEST]) if folder.name.startswith(name)]
    studies = sound(search.finished(results, [DESIGN]), identifiers)
    points = [(study, point) for study in studies for point in identifiers(study) if point.startswith(name)]
    fitting = list(dict.fromkeys([*(run for run in runs if not (run[0] / DESIGN).exists()), *points]))
    if len({point or str(folder) for folder, point in fitting}) != 1:
        problem = "nothing has" if not fitting else f"{len(fitting)} runs and points have"
        raise RequestError(f"{results}: {problem} an identifier that begins with {name!r}; give folder and point.")
    return fitting[0]
