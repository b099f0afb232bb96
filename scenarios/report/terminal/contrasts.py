"""Tables of a comparison, one column per theory: differences, shares, tails, ranks, rates, times, savings."""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis import Comparison
from scenarios.analysis.contrasts import LEAST_IN_TAIL, TAIL
from scenarios.analysis.sizes import are_alike
from scenarios.outcomes import declaration
from scenarios.outcomes.tally import FIRST_OF
from scenarios.report.terminal.tables import WIDTH, grid, heading, list_lines
from scenarios.text import brief_difference, describe_size, significant

Record = Mapping[str, Any]

Row = tuple[str, list[str]]  # name and cells


def outcome_title(outcome: str) -> str:
    """Name of an outcome with its unit and the direction that is worse."""
    return f"{outcome.replace('_', ' ')} [{declaration.unit(outcome)}], {declaration.describe_worse(outcome)}"


def by_outcome(
    comparison: Comparison, frame: pd.DataFrame, cell: Callable[[Record], str], level_row: Callable[[str], Row]
) -> list[str]:
    """Table of contrasts with a block per outcome and a row per pair of runs; then the outcomes that never differ."""
    same = unmoved_outcomes(frame)

    def rows() -> Iterator[Row]:
        for outcome, part in frame[~frame["outcome"].isin(same)].groupby("outcome", sort=False):
            yield outcome_title(str(outcome)), []
            yield level_row(str(outcome))
            for (scenario, baseline), group in part.groupby(["scenario", "baseline"], sort=False):
                less = "" if baseline == comparison.baseline_name else f" less {baseline}"
                name = f"  {scenario}{less}{pairs_of(comparison, group)}"
                yield name, [cell(record) for record in group.to_dict("records")]

    return [*grid(comparison.theories, rows()), *unmoved_lines(same)]


def pairs_of(comparison: Comparison, contrast: pd.DataFrame) -> str:
    """Number of pairs in a contrast, if runs differ in size; else nothing."""
    return "" if are_alike(comparison.sizes) else f", {describe_size(contrast['n'].tolist())}"


def unmoved_outcomes(frame: pd.DataFrame) -> list[str]:
    """Names of outcomes in which no run differs from another in any draw."""
    constant = frame["variance_reduction"].isna() & (frame["mean"] == 0) | (frame["low"] == 0) & (frame["high"] == 0)
    return [str(name) for name, part in constant.groupby(frame["outcome"], sort=False) if part.all()]


def unmoved_lines(outcomes: list[str]) -> list[str]:
    """Sentence that names the outcomes in which no run differs; nothing if there are none."""
    words = f"the same in every draw of every run under every theory: {list_lines(outcomes)}"
    return textwrap.wrap(words, WIDTH) if outcomes else []


def difference_lines(comparison: Comparison) -> list[str]:
    """Table of mean differences from the baseline with their intervals."""
    base, family = comparison.baseline_name, comparison.contrasts.attrs["family"]
    return [
        *heading(
            f"DIFFERENCES from {base}: mean [95 % interval] of paired draws; in brackets the level of {base} +- Monte "
            f"Carlo error. * : the interval excludes zero even when widened to hold for all {family:,} contrasts at "
            "once (Bonferroni). = : the same in every draw."
        ),
        *by_outcome(comparison, comparison.contrasts, difference_cell, lambda outcome: level(comparison, outcome)),
    ]


def between(comparison: Comparison) -> list[str]:
    """Table of mean differences between every two runs with their intervals."""
    frame = comparison.pairwise[comparison.pairwise["baseline"] != comparison.baseline_name]
    family = comparison.pairwise.attrs["family"]
    return [
        *heading(
            f"BETWEEN SCENARIOS: differences as above, * for all {family:,} contrasts of every two runs at once; in "
            f"brackets the level of {comparison.baseline_name}."
        ),
        *by_outcome(comparison, frame, difference_cell, lambda outcome: level(comparison, outcome)),
    ]


def level(comparison: Comparison, outcome: str) -> Row:
    """Row of the baseline's mean under each theory."""
    base = comparison.baseline_name
    levels = comparison.levels[(comparison.levels["scenario"] == base) & (comparison.levels["outcome"] == outcome)]
    cells = [f"({significant(row['mean'])} +- {significant(row['mc_error'])})" for row in levels.to_dict("records")]
    return f"  ({base}{pairs_of(comparison, levels)})", cells


def difference_cell(row: Record) -> str:
    """Format a mean difference with its interval, starred if the adjusted interval excludes zero."""
    if not np.isfinite(row["mean"]):
        return "undefined "
    if row["mean"] == 0 and row["low"] == row["high"]:
        return "= "
    star = "*" if row["adjusted_low"] > 0 or row["adjusted_high"] < 0 else " "
    return f"{brief_difference(row['mean'])} [{brief_difference(row['low'])}, {brief_difference(row['high'])}]{star}"


def shares(comparison: Comparison) -> list[str]:
    """Table of the shares of draws that are worse than the baseline and that reach a threshold."""
    base = comparison.baseline_name

    def cell(row: Record) -> str:
        if not np.isfinite(row["worse"]):
            return "undefined"
        change = f"({brief_difference(row['exceeds_difference'])})"
        return f"{row['worse']:.2f}; {row['exceeds']:.2f} {change}"

    def bounds(outcome: str) -> Row:
        sign = "<=" if declaration.worse_if(outcome) == "lower" else ">="
        return "  (threshold)", [
            f"({sign} {significant(row['threshold'], whole=True)})" for row in contrasts_by_theory(comparison, outcome)
        ]

    return [
        *heading(
            f"HOW OFTEN: share of draws worse than in {base} (higher, where neither way is worse), ties counted half; "
            f"then the share at the threshold or beyond, and its difference from {base}. "
            "Thresholds are given (above.OUTCOME=), declared for events, or the worst 5 % point of the baseline."
        ),
        *by_outcome(comparison, comparison.contrasts, cell, bounds),
    ]


def contrasts_by_theory(comparison: Comparison, outcome: str) -> list[dict[str, Any]]:
    """Contrasts of an outcome, one per theory, from which values of the baseline are read."""
    contrasts = comparison.contrasts[comparison.contrasts["outcome"] == outcome]
    return contrasts.drop_duplicates("theory").to_dict("records")


def tail_lines(comparison: Comparison) -> list[str]:
    """Table of expected shortfalls: the mean of the worst 5 per cent less that of the baseline."""
    least = round(LEAST_IN_TAIL / TAIL)
    if comparison.contrasts["tail"].isna().all():
        return heading(
            f"WORST 5 %: not reported, as a theory needs {least} draws for it and has "
            f"{comparison.contrasts['n'].max():,}; take ensemble=standard or more replications."
        )

    def cell(row: Record) -> str:
        if not np.isfinite(row["tail"]):
            return "undefined"
        low, high = brief_difference(row["tail_low"]), brief_difference(row["tail_high"])
        return f"{brief_difference(row['tail_difference'])} [{low}, {high}]"

    def worst(outcome: str) -> Row:
        cells = [f"({significant(row['tail_baseline'])})" for row in contrasts_by_theory(comparison, outcome)]
        return f"  ({comparison.baseline_name})", cells

    return [
        *heading(
            "WORST 5 %: mean of the worst twentieth of draws (expected shortfall), its difference from that of "
            f"{comparison.baseline_name} [95 % interval]; in brackets that of {comparison.baseline_name}."
        ),
        *by_outcome(comparison, comparison.contrasts, cell, worst),
    ]


def ranks(comparison: Comparison) -> list[str]:
    """Ranks of the runs by outcome, from best to worst; theories that agree share a line."""
    lines, none = [], []
    for outcome in comparison.outcomes:
        theories_of: dict[str, list[str]] = {}
        for theory, part in comparison.ranking(outcome).groupby("theory", sort=False):
            theories_of.setdefault(order(part), []).append(str(theory))
        if set(theories_of) == {""}:
            none.append(outcome)
            continue
        lines.append(outcome_title(outcome).replace("is worse", "is worse, best first"))
        for ranked, theories in theories_of.items():
            lines.append(f"  {_named(theories, comparison)}: {ranked or 'no two runs differ'}")
    head = heading(
        "RANKS that each run can have. Two runs are distinguished where the interval of their difference, widened to "
        f"hold for all {comparison.pairwise.attrs['family']:,} of every two runs at once, excludes zero; where ranks "
        "overlap nothing is ranked."
    )
    rest = textwrap.wrap(f"no two runs are distinguished by {list_lines(none)}.", WIDTH) if none else []
    return [*head, *(part for line in lines for part in textwrap.wrap(line, WIDTH, subsequent_indent="    ")), *rest]


def _named(theories: list[str], comparison: Comparison) -> str:
    return "all theories" if len(theories) == len(comparison.theories) and len(theories) > 1 else ", ".join(theories)


def order(part: pd.DataFrame) -> str:
    """Runs by the ranks that they can have; nothing if no two are distinguished."""
    if not part["better_than"].map(len).any():
        return ""
    ordered = part.sort_values(["best_rank", "worst_rank"], kind="stable")
    groups: dict[str, list[str]] = {}
    for row in ordered.to_dict("records"):
        first, last = row["best_rank"], row["worst_rank"]
        groups.setdefault(str(first) if first == last else f"{first}-{last}", []).append(row["scenario"])
    return "; ".join(f"{rank} {', '.join(names)}" for rank, names in groups.items())


def rate_lines(comparison: Comparison) -> list[str]:
    """Table of rates per thousand troop-years, undefined without troops."""

    def rows() -> Iterator[Row]:
        for event, part in comparison.rates.groupby("event", sort=False):
            yield str(event).replace("_", " "), []
            for scenario, group in part.groupby("scenario", sort=False):
                yield f"  {scenario}", [rate(row) for row in group.to_dict("records")]
        years = comparison.rates.drop_duplicates(["scenario", "theory"])
        yield "troop-years, mean of a draw", []
        for scenario, group in years.groupby("scenario", sort=False):
            yield f"  {scenario}", [significant(mean) for mean in group["troop_years"]]

    return [
        *heading(
            "RATES per 1,000 years that US troops spend in Iraq, ratios of sums +- Monte Carlo error; undefined where "
            "no troops are. A low rate may mean few attacks or many troops; the dead are of the whole coalition, and "
            "those on diplomatic sites are among them."
        ),
        *grid(comparison.theories, rows()),
    ]


def rate(row: Record) -> str:
    """Format a rate with its error; undefined without troops."""
    return (
        f"{significant(row['rate'])} +- {significant(row['mc_error'])}"
        if np.isfinite(row["rate"])
        else "undefined, no troops"
    )


def times(comparison: Comparison) -> list[str]:
    """Table of cumulative incidence at the horizon and of the median day of first events."""
    horizon = comparison.baseline.manifest["request"]["horizon"]

    def rows() -> Iterator[Row]:
        for event, words in FIRST_OF.items():
            curve = comparison.time_to_event(event)
            if not curve["share"].any():
                continue
            yield f"first {words}", []
            for scenario, group in curve.groupby("scenario", sort=False):
                curves = group.groupby("theory", sort=False)
                yield f"  {scenario}", [incidence(curves.get_group(theory)) for theory in comparison.theories]

    return [
        *heading(
            f"FIRST EVENTS: share of draws that had one within {horizon:g} days, and the day by which half of all "
            "draws had one (- : fewer than half did)."
        ),
        *grid(comparison.theories, rows()),
    ]


def incidence(curve: pd.DataFrame) -> str:
    """Format the end of a curve of cumulative incidence and its median day."""
    half = curve.loc[curve["share"] >= 0.5, "day"]
    return f"{curve['share'].iloc[-1]:.2f}, {f'day {half.iloc[0]:.0f}' if len(half) else '-'}"


def reduction_lines(comparison: Comparison) -> list[str]:
    """Table of the variance reduction by pairing, by outcome and scenario."""
    least = comparison.contrasts.pivot_table(
        index="outcome", columns="scenario", values="variance_reduction", aggfunc="min", sort=False, dropna=False
    )
    scenarios = [name for name in comparison.results if name in least.columns]
    rows = [
        (f"  {str(name).replace('_', ' ')}", [significant(float(least.loc[name, column])) for column in scenarios])
        for name in comparison.outcomes
        if name in least.index
    ]
    return [
        *heading(
            "WHAT PAIRING SAVES: variance of an unpaired difference over that of the paired one, the least over "
            "theories; below one, common random numbers cost precision. inf: the paired difference does not vary; "
            "- : nothing varies."
        ),
        *grid(scenarios, rows),
    ]
