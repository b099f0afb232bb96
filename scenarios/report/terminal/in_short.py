"""Outcomes that differ from the baseline, in a line per scenario."""

import textwrap

import pandas as pd

from scenarios.analysis import Comparison
from scenarios.analysis.theories import HIGHER, LOWER, WORDS
from scenarios.report.terminal.tables import WIDTH, heading, list_lines


def in_short(comparison: Comparison) -> list[str]:
    """Outcomes that differ from the baseline, by scenario: for all contrasts at once, or each by itself."""
    head = heading(
        f"IN SHORT, what differs from {comparison.baseline_name}, and under how many of {len(comparison.theories)} "
        "theories: first what holds for all contrasts at once, then what does only where each is taken by itself."
    )
    lines = []
    for scenario, group in comparison.signs.groupby("scenario", sort=False):
        firm = _signed_outcomes(group, "after_adjusting")
        rest = [words for words in _signed_outcomes(group, "sign") if words not in firm]
        lines += textwrap.wrap(f"  {scenario}: {list_lines(firm)}", WIDTH, subsequent_indent="    ")
        lines += textwrap.wrap(f"    by itself: {list_lines(rest)}", WIDTH, subsequent_indent="      ")
    return [*head, *lines]


def _signed_outcomes(signs: pd.DataFrame, column: str) -> list[str]:
    """Outcomes with a decided sign and the number of theories under which they have it."""
    by_outcome = signs.groupby("outcome", sort=False)[column]
    parts = (
        (str(outcome), sign, int((part == sign).sum())) for outcome, part in by_outcome for sign in (HIGHER, LOWER)
    )
    return [f"{name.replace('_', ' ')} {WORDS[sign]} ({number})" for name, sign, number in parts if number]
