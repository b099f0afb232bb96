"""The checks as lines for the terminal and as tables for docs/patterns.md."""

from collections.abc import Sequence
from itertools import groupby

from scenarios.text import shown, signed
from scenarios.validation.checks import NOT_TESTABLE, Verdict
from scenarios.validation.counts import Tally, start_of
from scenarios.validation.expectations import Prediction

REFERENCE = "both"  # the theory that leaves the priors as they are shipped

VERDICT_COLUMNS = (
    "id", "use", "what is compared", "history", "start, world", "theory", "observed", "simulated 5, 50, 95 %",
    "statistic", "verdict",
)  # fmt: skip

TALLY_COLUMNS = (
    "from", "to", "counted", "bound", "what", "start", "simulated 5, 50, 95 %", "share below", "verdict", "under poles",
)  # fmt: skip


def head(columns: Sequence[str]) -> list[str]:
    """The first two lines of a Markdown table."""
    return [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]


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


def verdict_table(found: Sequence[Verdict]) -> str:
    """One line per stylised fact and theory."""
    return "\n".join([*head(VERDICT_COLUMNS), *(_verdict(each) for each in found)])


def _verdict(of: Verdict) -> str:
    if of.verdict == NOT_TESTABLE and not of.theory:
        return f"| {of.name} | {of.use} | {of.counted} | | | | | | | not testable: {of.reason} |"
    band = f"{shown(of.observed[0])} to {shown(of.observed[1])} {of.unit}"
    simulated = ", ".join(shown(each) for each in of.simulated)
    where = f"{of.start}, {of.world}" if of.start else "priors"
    return (
        f"| {of.name} | {of.use} | {of.counted} | {of.run or '-'} | {where} | {of.theory} | {band} | {simulated} | "
        f"{shown(of.statistic)} | {of.verdict} |"
    )


def tally_table(found: Sequence[Tally]) -> str:
    """One line per count, under the priors as shipped, with the verdicts under the poles."""
    ordered = sorted(found, key=lambda each: (each.fact.table, each.fact.what, each.fact.start, each.fact.end))
    keyed = groupby(ordered, key=lambda each: (each.fact.table, each.fact.what, each.fact.start, each.fact.end))
    return "\n".join([*head(TALLY_COLUMNS), *(_tally(list(group)) for _, group in keyed)])


def _tally(group: Sequence[Tally]) -> str:
    main = next((each for each in group if each.theory == REFERENCE), group[0])
    fact, simulated = main.fact, ", ".join(shown(each) for each in main.simulated)
    poles = ", ".join(f"{each.theory} {each.verdict}" for each in group if each is not main)
    assert fact.value is not None
    return (
        f"| {fact.start} | {fact.end} | {shown(fact.value)} | {fact.bound.replace('_', ' ')} | {fact.what} | "
        f"{start_of(main)} | {simulated} | {main.share_below:.2f} | {main.verdict} | {poles} |"
    )


def prediction_table(found: Sequence[Prediction]) -> str:
    """One line per expectation, with the verdict under each theory."""
    lines = [
        "| scenario | start, world | the texts expect | " + " | ".join(each.theory for each in _first(found)) + " |",
        "|---|---|---|" + "---|" * len(_first(found)),
    ]
    keyed = groupby(found, key=lambda each: (each.scenario, each.start, each.world, str(each.expectation)))
    for (scenario, start, world, expectation), group in keyed:
        cells = " | ".join(f"{signed(each.difference)} +- {shown(each.error)}: {each.verdict}" for each in group)
        lines.append(f"| {scenario} | {start}, {world} | {expectation} | {cells} |")
    return "\n".join(lines)


def _first(found: Sequence[Prediction]) -> list[Prediction]:
    return [each for each in found if each.scenario == found[0].scenario and each.expectation == found[0].expectation]
