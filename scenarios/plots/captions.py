"""What a figure says in words: names, units, numbers of replications, the caption."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scenarios.config.user_inputs import brought, in_a_few_words
from scenarios.text import CAVEAT, GRADED, counts

if TYPE_CHECKING:
    from scenarios.runs.result import Result
    from scenarios.studies.dataset import Dataset


def several(results: "Result | Sequence[Result]") -> "list[Result]":
    """Results as a list, however many are given."""
    return list(results) if isinstance(results, Sequence) else [results]


def known(result: "Result") -> int:
    """Draws under each theory that did not fail."""
    return int(result.manifest["draws"]) - len(result.manifest["failures"])


def caption(results: "Result | Sequence[Result]", *said: str) -> str:
    """What a reader must know: caveat, as-of date, world, n, seed, runs, failures, own files, grades."""
    of = [each.manifest for each in several(results)]
    lost = sum(len(each["failures"]) for each in of)
    parts = [
        *said,
        CAVEAT,
        f"As of {_each(of, 'as_of')}, world {_each(of, 'world')}, {_draws(of)}, seed {_each(of, 'seed')}, "
        f"run {_each(of, 'id')}.",
        f"{lost:,} draws failed and are left out." if lost else "",
        *_own(of),
        _rests_on(_each(of, "grades")),
    ]
    return _together(parts)


def caption_of_study(study: "Dataset", *said: str) -> str:
    """What a reader must know of the points of a study: the same as of a run, but for its factors."""
    about, lost = study.manifest, len(study.failures)
    dates, worlds, seeds, grades = (
        " / ".join(map(str, about.get(each, ()))) for each in ("as_of", "worlds", "seeds", "grades")
    )
    parts = [
        *said,
        CAVEAT,
        f"As of {dates}, {f'world {worlds}, ' if worlds else ''}{about['points']:,} points, seed {seeds}, "
        f"dataset {about['dataset'][:12]}.",
        f"{lost:,} points failed or are missing; failed draws are left out." if lost else "",
        *_own([about]),
        _rests_on(grades) if grades else "",
    ]
    return _together(parts)


def _own(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is an analyst's own, in a few words each."""
    return [f"{own[:1].upper()}{own[1:]}." for own in map(in_a_few_words, brought(manifests))]


def _rests_on(grades: str) -> str:
    return f"Rests on {grades} ({GRADED})."


def _together(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _each(manifests: Sequence[dict[str, Any]], key: str) -> str:
    return " / ".join(dict.fromkeys(str(each[key]) for each in manifests))


def _draws(manifests: Sequence[dict[str, Any]]) -> str:
    return f"{counts([each['draws'] - len(each['failures']) for each in manifests])} draws under each theory"
