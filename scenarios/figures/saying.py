"""What a figure says in words: names, units, numbers of replications, the caption."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scenarios.caveat import CAVEAT
from scenarios.evidence.own import in_a_few_words
from scenarios.outcomes import OUTCOMES
from scenarios.own import brought

if TYPE_CHECKING:
    from scenarios.datasets import Dataset
    from scenarios.results import Result

PROPER = {
    "us": "US", "isis": "ISIS", "iran": "Iran", "iranian": "Iranian", "iraqi": "Iraqi", "kurdish": "Kurdish",
    "shia": "Shia", "sunni": "Sunni", "kurdistan": "Kurdistan", "anbar": "Anbar", "baghdad": "Baghdad",
    "erbil": "Erbil",
}  # fmt: skip
DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
GRADED = "A backtested, B published or counted, C direction from texts, D assumed"


def several(results: "Result | Sequence[Result]") -> "list[Result]":
    """Results as a list, however many are given."""
    return list(results) if isinstance(results, Sequence) else [results]


def known(result: "Result") -> int:
    """Draws under each theory that did not fail."""
    return int(result.manifest["draws"]) - len(result.manifest["failures"])


def name_of(name: str) -> str:
    """An outcome, a scenario or an actor as one reads it."""
    return proper(name.replace("_", " "))


def proper(text: str) -> str:
    """A text whose places and peoples have their capitals."""
    return re.sub(r"\w+", lambda found: PROPER.get(found[0], found[0]), text)


def with_unit(outcome: str, span: str = "") -> str:
    """An outcome with its unit, and the time it is counted over."""
    return f"{name_of(outcome)}{f', {span}' if span else ''} [{OUTCOMES[outcome].unit}]"


def counts(numbers: Sequence[int]) -> str:
    """How many replications stand behind something: one number, or its range."""
    least, most = min(numbers, default=0), max(numbers, default=0)
    return f"n = {least:,}" if least == most else f"n = {least:,} to {most:,}"


def each_of(theories: int) -> str:
    """Under how many theories something was run."""
    return "one theory" if theories == 1 else f"each of {theories} theories"


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


def short(value: float) -> str:
    """A number in few characters; a dash for what is undefined."""
    if not math.isfinite(value):
        return DASH
    size = abs(value)
    said = f"{value:,.0f}" if size >= 100 else f"{value:.3g}" if size >= 0.001 or value == 0 else f"{value:.1e}"
    return said.replace("-", MINUS)
