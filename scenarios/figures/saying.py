"""What a figure says in words: names, units, numbers of replications, the caption."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scenarios.evidence.own import in_a_few_words
from scenarios.outcomes import OUTCOMES

if TYPE_CHECKING:
    from scenarios.results import Result

PROPER = {
    "us": "US", "isis": "ISIS", "iran": "Iran", "iranian": "Iranian", "iraqi": "Iraqi", "kurdish": "Kurdish",
    "shia": "Shia", "sunni": "Sunni", "kurdistan": "Kurdistan", "baghdad": "Baghdad", "erbil": "Erbil",
}  # fmt: skip
DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
CAVEAT = "A conditional exploration, not a forecast."


def several(results: "Result | Sequence[Result]") -> "list[Result]":
    """Results as a list, however many are given."""
    return list(results) if isinstance(results, Sequence) else [results]


def known(result: "Result") -> int:
    """Draws under each theory that did not fail."""
    return int(result.manifest["draws"]) - len(result.manifest["failures"])


def name_of(outcome: str) -> str:
    """An outcome or an actor as one reads it."""
    return " ".join(PROPER.get(word, word) for word in outcome.split("_"))


def with_unit(outcome: str, span: str = "") -> str:
    """An outcome with its unit, and the time it is counted over."""
    return f"{name_of(outcome)}{f', {span}' if span else ''} [{OUTCOMES[outcome].unit}]"


def counts(numbers: Sequence[int]) -> str:
    """How many replications stand behind something: one number, or its range."""
    least, most = min(numbers, default=0), max(numbers, default=0)
    return f"n = {least:,}" if least == most else f"n = {least:,} to {most:,}"


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
        *dict.fromkeys(
            f"{own[:1].upper()}{own[1:]}." for each in of for own in map(in_a_few_words, each.get("own", ()))
        ),
        f"Rests on {_each(of, 'grades')} (A backtested, B published or counted, C direction from texts, D assumed).",
    ]
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
