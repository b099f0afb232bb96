"""The tables of a comparison, one column per theory: differences, shares, tails, ranks, rates, times, savings."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis import Comparison
from scenarios.analysis.contrasts import LEAST_IN_TAIL, TAIL
from scenarios.analysis.sizes import are_alike
from scenarios.analysis.theories import HIGHER, LOWER, WORDS
from scenarios.outcomes import declaration
from scenarios.outcomes.tally import FIRST_OF
from scenarios.report.terminal.tables import WIDTH, grid
from scenarios.text import brief, counts, shown, whole

Row = Mapping[str, Any]

Rows = Iterator[tuple[str, list[str]]]


def title(outcome: str) -> str:
    """An outcome with its unit and the direction that is worse."""
    return f"{outcome.replace('_', ' ')} [{declaration.unit(outcome)}], {declaration.in_words(outcome)}"


def by_outcome(
    found: Comparison, frame: pd.DataFrame, cell: Callable[[Row], str], head: Callable[[str], tuple[str, list[str]]]
) -> list[str]:
    """A table of contrasts: a block per outcome, a row per pair of runs, a column per theory; then what is the same."""
    same = unmoved(frame)

    def rows() -> Rows:
        for outcome, part in frame[~frame["outcome"].isin(same)].groupby("outcome", sort=False):
            yield title(str(outcome)), []
            yield head(str(outcome))
            for _, mine in part.groupby(["scenario", "baseline"], sort=False):
                row = mine.iloc[0]
                less = "" if row["baseline"] == found.baseline_name else f" less {row['baseline']}"
                name = f"  {row['scenario']}{less}{pairs_of(found, mine)}"
                yield name, [cell(each) for each in mine.to_dict("records")]

    words = f"the same in every draw of every run under every theory: {listed(same)}"
    never = textwrap.wrap(words, WIDTH) if same else []
    return [*grid(found.theories, rows()), *never]


def pairs_of(found: Comparison, contrast: pd.DataFrame) -> str:
    """How many pairs enter a contrast, where runs are not of one size."""
    return "" if are_alike(found.sizes) else f", {counts(contrast['n'].tolist())}"


def unmoved(frame: pd.DataFrame) -> list[str]:
    """Outcomes in which no run differs from another in any draw."""
    moved = frame["variance_reduction"].isna() & (frame["mean"] == 0) | (frame["low"] == 0) & (frame["high"] == 0)
    return [str(name) for name, part in moved.groupby(frame["outcome"], sort=False) if part.all()]


def differences(found: Comparison) -> list[str]:
    """Mean differences from the baseline with their intervals."""
    base, family = found.baseline_name, found.contrasts.attrs["family"]
    return [
        *said(
            f"DIFFERENCES from {base}: mean [95 % interval] of paired draws; in brackets the level of {base} +- Monte "
            f"Carlo error. * : the interval excludes zero even when widened to hold for all {family:,} contrasts at "
            "once (Bonferroni). = : the same in every draw."
        ),
        *by_outcome(found, found.contrasts, difference, lambda outcome: level(found, outcome)),
    ]


def between(found: Comparison) -> list[str]:
    """Mean differences of every two runs with their intervals."""
    frame = found.pairwise[found.pairwise["baseline"] != found.baseline_name]
    family = found.pairwise.attrs["family"]
    return [
        *said(
            f"BETWEEN SCENARIOS: differences as above, * for all {family:,} contrasts of every two runs at once; in "
            f"brackets the level of {found.baseline_name}."
        ),
        *by_outcome(found, frame, difference, lambda outcome: level(found, outcome)),
    ]


def level(found: Comparison, outcome: str) -> tuple[str, list[str]]:
    """The baseline's own level under each theory."""
    base = found.baseline_name
    levels = found.levels[(found.levels["scenario"] == base) & (found.levels["outcome"] == outcome)]
    cells = [f"({shown(row['mean'])} +- {shown(row['mc_error'])})" for row in levels.to_dict("records")]
    return f"  ({base}{pairs_of(found, levels)})", cells


def difference(row: Row) -> str:
    """A mean difference with its interval, starred where it holds for the whole family."""
    if not np.isfinite(row["mean"]):
        return "undefined "
    if row["mean"] == 0 and row["low"] == row["high"]:
        return "= "
    star = "*" if row["adjusted_low"] > 0 or row["adjusted_high"] < 0 else " "
    return f"{brief(row['mean'])} [{brief(row['low'])}, {brief(row['high'])}]{star}"


def shares(found: Comparison) -> list[str]:
    """How often a scenario is worse than the baseline, and how often an outcome reaches a threshold."""

    def cell(row: Row) -> str:
        if not np.isfinite(row["worse"]):
            return "undefined"
        change = f"({brief(row['exceeds_difference'])})"
        return f"{row['worse']:.2f}; {row['exceeds']:.2f} {change}"

    def bounds(outcome: str) -> tuple[str, list[str]]:
        rows = found.contrasts[found.contrasts["outcome"] == outcome].drop_duplicates("theory").to_dict("records")
        sign = "<=" if declaration.worse_if(outcome) == "lower" else ">="
        return "  (threshold)", [f"({sign} {whole(row['threshold'])})" for row in rows]

    return [
        *said(
            f"HOW OFTEN: share of draws worse than in {found.baseline_name} (higher, where neither way is worse), ties "
            f"counted half; then the share at the threshold or beyond, and its difference from {found.baseline_name}. "
            "Thresholds are given (above.OUTCOME=), declared for events, or the worst 5 % point of the baseline."
        ),
        *by_outcome(found, found.contrasts, cell, bounds),
    ]


def tails(found: Comparison) -> list[str]:
    """The mean of the worst 5 per cent, and its difference from the baseline's."""
    least = round(LEAST_IN_TAIL / TAIL)
    if found.contrasts["tail"].isna().all():
        return said(
            f"WORST 5 %: not told, a theory needs {least} draws for it and has {found.contrasts['n'].max():,}; "
            "take ensemble=standard or more replications."
        )

    def cell(row: Row) -> str:
        if not np.isfinite(row["tail"]):
            return "undefined"
        low, high = brief(row["tail_low"]), brief(row["tail_high"])
        return f"{brief(row['tail_difference'])} [{low}, {high}]"

    def worst(outcome: str) -> tuple[str, list[str]]:
        rows = found.contrasts[found.contrasts["outcome"] == outcome].drop_duplicates("theory").to_dict("records")
        return f"  ({found.baseline_name})", [f"({shown(row['tail_baseline'])})" for row in rows]

    return [
        *said(
            "WORST 5 %: mean of the worst twentieth of draws (expected shortfall), its difference from that of "
            f"{found.baseline_name} [95 % interval]; in brackets that of {found.baseline_name}."
        ),
        *by_outcome(found, found.contrasts, cell, worst),
    ]


def ranks(found: Comparison) -> list[str]:
    """Distinguishable runs by outcome, from best to worst; theories that agree share a line."""
    lines, none = [], []
    for outcome in found.outcomes:
        said_by: dict[str, list[str]] = {}
        for theory, part in found.ranking(outcome).groupby("theory", sort=False):
            said_by.setdefault(order(part), []).append(str(theory))
        if set(said_by) == {""}:
            none.append(outcome)
            continue
        lines.append(title(outcome).replace("is worse", "is worse, best first"))
        lines += [f"  {_whose(whose, found)}: {words or 'nothing is told apart'}" for words, whose in said_by.items()]
    family = found.pairwise.attrs["family"]
    head = said(
        "TOLD APART: the ranks that each run can have. Two runs are told apart where the interval of their difference, "
        f"widened to hold for all {family:,} of every two runs at once, excludes zero; where ranks overlap nothing is "
        "ranked."
    )
    rest = textwrap.wrap(f"no two runs are told apart by {listed(none)}.", WIDTH) if none else []
    return [*head, *(part for line in lines for part in textwrap.wrap(line, WIDTH, subsequent_indent="    ")), *rest]


def _whose(theories: list[str], found: Comparison) -> str:
    return "all theories" if len(theories) == len(found.theories) and len(theories) > 1 else ", ".join(theories)


def order(part: pd.DataFrame) -> str:
    """Runs by the ranks that they can have; nothing where no two are told apart."""
    if not part["better_than"].map(len).any():
        return ""
    ordered = part.sort_values(["best_rank", "worst_rank"], kind="stable")
    groups: dict[str, list[str]] = {}
    for row in ordered.to_dict("records"):
        first, last = row["best_rank"], row["worst_rank"]
        groups.setdefault(str(first) if first == last else f"{first}-{last}", []).append(row["scenario"])
    return "; ".join(f"{rank} {', '.join(names)}" for rank, names in groups.items())


def rates(found: Comparison) -> list[str]:
    """Rates per thousand troop-years, undefined without troops."""

    def rows() -> Rows:
        for event, part in found.rates.groupby("event", sort=False):
            yield str(event).replace("_", " "), []
            for scenario, mine in part.groupby("scenario", sort=False):
                yield f"  {scenario}", [rate(row) for row in mine.to_dict("records")]
        years = found.rates.drop_duplicates(["scenario", "theory"])
        yield "troop-years, mean of a draw", []
        for scenario, mine in years.groupby("scenario", sort=False):
            yield f"  {scenario}", [shown(each) for each in mine["troop_years"]]

    return [
        *said(
            "RATES per 1,000 years that US troops spend in Iraq, ratios of sums +- Monte Carlo error; undefined where "
            "no troops are. A low rate may mean few attacks or many troops; the dead are of the whole coalition, and "
            "those on diplomatic sites are among them."
        ),
        *grid(found.theories, rows()),
    ]


def rate(row: Row) -> str:
    """A rate with its error, or that there are no troops."""
    return f"{shown(row['rate'])} +- {shown(row['mc_error'])}" if np.isfinite(row["rate"]) else "undefined, no troops"


def times(found: Comparison) -> list[str]:
    """By when first events come: the share of draws by the horizon, and the day by which half of them had one."""
    horizon = found.baseline.manifest["request"]["horizon"]

    def rows() -> Rows:
        for event, words in FIRST_OF.items():
            curve = found.time_to_event(event)
            if not curve["share"].any():
                continue
            yield f"first {words}", []
            for scenario, mine in curve.groupby("scenario", sort=False):
                parts = mine.groupby("theory", sort=False)
                yield f"  {scenario}", [came(parts.get_group(theory)) for theory in found.theories]

    return [
        *said(
            f"FIRST EVENTS: share of draws that had one within {horizon:g} days, and the day by which half of all "
            "draws had one (- : fewer than half did)."
        ),
        *grid(found.theories, rows()),
    ]


def came(curve: pd.DataFrame) -> str:
    """The end of a curve, and its median."""
    half = curve.loc[curve["share"] >= 0.5, "day"]
    return f"{curve['share'].iloc[-1]:.2f}, {f'day {half.iloc[0]:.0f}' if len(half) else '-'}"


def reductions(found: Comparison) -> list[str]:
    """How many times fewer draws the pairing needs, by outcome and scenario."""
    least = found.contrasts.pivot_table(
        index="outcome", columns="scenario", values="variance_reduction", aggfunc="min", sort=False, dropna=False
    )
    scenarios = [name for name in found.results if name in least.columns]
    rows = [(f"  {str(name).replace('_', ' ')}", [shown(float(least.loc[name, each])) for each in scenarios])
            for name in found.outcomes if name in least.index]  # fmt: skip
    return [
        *said(
            "WHAT PAIRING SAVES: variance of an unpaired difference over that of the paired one, the least over "
            "theories; below one, common draws cost precision. inf: the paired difference does not vary; - : nothing "
            "varies."
        ),
        *grid(scenarios, rows),
    ]


def said(words: str) -> list[str]:
    """A heading, folded."""
    return ["", *textwrap.wrap(words, WIDTH)]


def judged(found: Comparison) -> list[str]:
    """What holds by scenario: for all contrasts at once, or each taken by itself."""
    head = said(
        f"IN SHORT, what differs from {found.baseline_name}, and under how many of {len(found.theories)} theories: "
        "first what holds for all contrasts at once, then what does only where each is taken by itself."
    )
    lines = []
    for scenario, mine in found.signs.groupby("scenario", sort=False):
        firm = _told(mine, "after_adjusting")
        rest = [each for each in _told(mine, "sign") if each not in firm]
        lines += textwrap.wrap(f"  {scenario}: {listed(firm)}", WIDTH, subsequent_indent="    ")
        lines += textwrap.wrap(f"    by itself: {listed(rest)}", WIDTH, subsequent_indent="      ")
    return [*head, *lines]


def _told(signs: pd.DataFrame, column: str) -> list[str]:
    """Outcomes with a sign, and under how many theories."""
    by_outcome = signs.groupby("outcome", sort=False)[column]
    parts = (
        (str(outcome), sign, int((part == sign).sum())) for outcome, part in by_outcome for sign in (HIGHER, LOWER)
    )
    return [f"{name.replace('_', ' ')} {WORDS[sign]} ({number})" for name, sign, number in parts if number]


def listed(names: Iterable[str]) -> str:
    """Names in words, or that there are none."""
    return ", ".join(each.replace("_", " ") for each in names) or "nothing"
