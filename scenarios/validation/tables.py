"""The checks as lines for the terminal."""

from collections.abc import Sequence
from itertools import groupby

from scenarios.text import shown, signed
from scenarios.validation.checks import Verdict
from scenarios.validation.counts import Tally
from scenarios.validation.expectations import Prediction

REFERENCE = "both"  # the theory that leaves the priors as they are shipped


def verdict_lines(found: Sequence[Verdict]) -> str:
    """Two lines per stylised fact: what is compared with what, then every theory's number and verdict."""
    lines = []
    for name, group in groupby(found, key=lambda each: each.name):
        each, *rest = group
        if not each.theory:
            lines.append(f"{name:4} {each.use:3}  not testable: {each.reason}")
            continue
        where = f"{each.run}: {each.start}, {each.world}" if each.start else "priors"
        low, high = (shown(number) for number in each.observed)
        told = "; ".join(f"{one.theory} {shown(one.statistic)} {one.verdict}" for one in (each, *rest))
        lines += [f"{name:4} {each.use:3}  {each.counted} ({where})", f"           {low} to {high} {each.unit}: {told}"]
    return "\n".join(lines)


def tally_lines(found: Sequence[Tally]) -> str:
    """Two lines per count: what is counted, then the simulated counts and the verdict under every theory."""
    lines = []
    ordered = sorted(found, key=_count)
    for _, group in groupby(ordered, key=_count):
        first, *rest = group
        fact, bound = first.fact, first.fact.bound.replace("_", " ")
        verdicts = "; ".join(f"{one.theory} {_simulated(one)} {one.verdict}" for one in (first, *rest))
        lines += [f"{fact.start} to {fact.end}  {fact.what}", f"           {bound} {shown(fact.value)}: {verdicts}"]
    return "\n".join(lines)


def _count(of: Tally) -> tuple[str, str, str, str]:
    return of.fact.table, of.fact.what, of.fact.start, of.fact.end


def _simulated(of: Tally) -> str:
    """The 5, 50 and 95 per cent points of a simulated count, and the share of replications below the count."""
    return f"{', '.join(shown(value) for value in of.simulated)} ({of.share_below:.2f} below)"


def prediction_lines(found: Sequence[Prediction]) -> str:
    """Two lines per expectation: what the texts expect, then the difference and the verdict under every theory."""
    lines = []
    keyed = groupby(found, key=lambda each: (each.scenario, each.start, each.world, str(each.expectation)))
    for (scenario, start, world, expectation), group in keyed:
        cells = (f"{one.theory} {signed(one.difference)} +- {shown(one.error)} {one.verdict}" for one in group)
        lines += [f"{scenario} ({start}, {world}): {expectation}", f"           {'; '.join(cells)}"]
    return "\n".join(lines)
