"""Verdicts, counts and expectations as lines for the terminal."""

from collections.abc import Sequence
from itertools import groupby

from scenarios.text import significant
from scenarios.validation.counts import CountComparison
from scenarios.validation.expectations import Prediction
from scenarios.validation.verdicts import Verdict

REFERENCE = "both"  # the theory under which the priors are as shipped


def verdict_lines(verdicts: Sequence[Verdict]) -> str:
    """Format two lines per stylised fact: the comparison, then the statistic and verdict under every theory."""
    lines = []
    for name, group in groupby(verdicts, key=lambda verdict: verdict.name):
        first, *rest = group
        if not first.theory:
            lines.append(f"{name:4} {first.use:3}  not testable: {first.reason}")
            continue
        where = f"{first.run}: {first.where}" if first.start else "priors"
        low, high = (significant(number) for number in first.band)
        by_theory = "; ".join(f"{one.theory} {significant(one.statistic)} {one.verdict}" for one in (first, *rest))
        lines += [
            f"{name:4} {first.use:3}  {first.counted} ({where})",
            f"           {low} to {high} {first.unit}: {by_theory}",
        ]
    return "\n".join(lines)


def tally_lines(tallies: Sequence[CountComparison]) -> str:
    """Format two lines per count: its definition, then the simulated counts and the verdict under every theory."""
    lines = []
    ordered = sorted(tallies, key=_count)
    for _, group in groupby(ordered, key=_count):
        first, *rest = group
        fact, bound = first.fact, first.fact.bound.replace("_", " ")
        verdicts = "; ".join(f"{one.theory} {_simulated(one)} {one.verdict}" for one in (first, *rest))
        lines += [
            f"{fact.start} to {fact.end}  {fact.what}",
            f"           {bound} {significant(fact.value)}: {verdicts}",
        ]
    return "\n".join(lines)


def _count(tally: CountComparison) -> tuple[str, str, str, str]:
    return tally.fact.table, tally.fact.what, tally.fact.start, tally.fact.end


def _simulated(tally: CountComparison) -> str:
    """Format the 5, 50 and 95 per cent points of a simulated count and the share of replications below the count."""
    return f"{', '.join(significant(value) for value in tally.simulated)} ({tally.share_below:.2f} below)"


def prediction_lines(predictions: Sequence[Prediction]) -> str:
    """Format two lines per expectation: the expectation, then the difference and the verdict under every theory."""
    lines = []
    keyed = groupby(predictions, key=lambda one: (one.scenario, one.start, one.world, str(one.expectation)))
    for (scenario, start, world, expectation), group in keyed:
        cells = (f"{one.theory} {one.estimate} {one.verdict}" for one in group)
        lines += [f"{scenario} ({start}, {world}): {expectation}", f"           {'; '.join(cells)}"]
    return "\n".join(lines)
