"""Captions of figures: caveat, as-of date, world, numbers of draws, seed, runs, own inputs and grades."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scenarios.config.user_inputs import distinct_inputs, summarise_inputs
from scenarios.text import CAVEAT, GRADED, describe_size

if TYPE_CHECKING:
    from scenarios.runs.result import Result
    from scenarios.studies.dataset import Dataset


def several(results: "Result | Sequence[Result]") -> "list[Result]":
    """Wrap one result into a list; return several as a list."""
    return list(results) if isinstance(results, Sequence) else [results]


def draws_known(result: "Result") -> int:
    """Number of draws under each theory that did not fail."""
    return int(result.manifest["draws"]) - len(result.manifest["failures"])


def caption(results: "Result | Sequence[Result]", *notes: str) -> str:
    """Compose a caption of notes, caveat, as-of date, world, n, seed, runs, failures, own inputs and grades."""
    manifests = [result.manifest for result in several(results)]
    lost = sum(len(manifest["failures"]) for manifest in manifests)
    parts = [
        *notes,
        CAVEAT,
        f"As of {_values(manifests, 'as_of')}, world {_values(manifests, 'world')}, {_draws(manifests)}, "
        f"seed {_values(manifests, 'seed')}, run {_values(manifests, 'id')}.",
        f"{lost:,} draws failed and are left out." if lost else "",
        *_own_inputs(manifests),
        _rests_on(_values(manifests, "grades")),
    ]
    return _together(parts)


def caption_of_study(study: "Dataset", *notes: str) -> str:
    """Compose the caption of a study from notes and the same facts as for a run."""
    about, lost = study.manifest, len(study.failures)
    dates, worlds, seeds, grades = (
        " / ".join(map(str, about.get(key, ()))) for key in ("as_of", "worlds", "seeds", "grades")
    )
    parts = [
        *notes,
        CAVEAT,
        f"As of {dates}, {f'world {worlds}, ' if worlds else ''}{about['points']:,} points, seed {seeds}, "
        f"dataset {about['dataset'][:12]}.",
        f"{lost:,} points failed or are missing; failed draws are left out." if lost else "",
        *_own_inputs([about]),
        _rests_on(grades) if grades else "",
    ]
    return _together(parts)


def _own_inputs(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sentences on the user's own inputs."""
    return [f"{own[:1].upper()}{own[1:]}." for own in map(summarise_inputs, distinct_inputs(manifests))]


def _rests_on(grades: str) -> str:
    return f"Rests on {grades} ({GRADED})."


def _together(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _values(manifests: Sequence[dict[str, Any]], key: str) -> str:
    return " / ".join(dict.fromkeys(str(manifest[key]) for manifest in manifests))


def _draws(manifests: Sequence[dict[str, Any]]) -> str:
    known = [manifest["draws"] - len(manifest["failures"]) for manifest in manifests]
    return f"{describe_size(known)} draws under each theory"
