"""Contrasts theory by theory: their signs under every pole, and the switching values."""

import textwrap
from collections.abc import Iterator

import pandas as pd

from scenarios.analysis import Comparison
from scenarios.analysis.theories import HIGHER, LOWER, centre_of, simulated_theories, varied
from scenarios.evidence.theories import hypotheses
from scenarios.report.terminal.contrasts import outcome_title, unmoved_lines, unmoved_outcomes
from scenarios.report.terminal.tables import WIDTH, grid, heading

Block = tuple[str, list[tuple[str, int]]]  # a question and its poles, each with the number of its theory

SHOWN, NEAR = 12, 4  # switch points printed, decided and not; the table has all


def columns(comparison: Comparison) -> list[Block]:
    """Questions with their poles, each with the number of its theory; the centre stands under every question."""
    strata = simulated_theories(comparison.baseline)
    at = centre_of(strata)
    if at is None:
        return [("theory", [(name, number) for number, name in enumerate(comparison.theories)])]
    centre, known = strata[at], hypotheses()
    blocks = []
    for name in varied(strata):
        number = {stratum[name]: k for k, stratum in enumerate(strata) if stratum[name] != centre[name]} | {
            centre[name]: at
        }
        poles = [(pole, number[pole]) for pole in known[name].poles if pole in number]
        blocks.append((f"{known[name].number} {name}", poles))
    return blocks


def sign_lines(comparison: Comparison) -> list[str]:
    """Table of signs, one per scenario and pole, with the number of theories that agree."""
    blocks, number = columns(comparison), len(comparison.theories)
    heads = [name.split()[0] for name, _ in blocks]
    key = "; ".join(f"{name}: {', '.join(pole for pole, _ in poles)}" for name, poles in blocks)
    same = unmoved_outcomes(comparison.contrasts)
    return [
        *heading(
            f"THEORY BY SCENARIO: sign of the difference from {comparison.baseline_name} under each of {number} "
            "theories, never pooled. + higher and - lower where the 95 % interval excludes zero; ? undecided, it "
            "includes zero; = the same in every draw; x undefined. Theories that agree are counted; `firm` counts "
            "signs that hold for the whole table at once (Bonferroni)."
        ),
        *textwrap.wrap(f"columns: {key}", WIDTH),
        *_centre(comparison),
        *grid(["agree", "firm", *heads], _rows(comparison, blocks, same)),
        *unmoved_lines(same),
    ]


def _rows(comparison: Comparison, blocks: list[Block], same: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Blocks of the outcomes that differ at all, one row per scenario."""
    table = comparison.theory_table.set_index(["scenario", "outcome"])
    moving = comparison.signs[~comparison.signs["outcome"].isin(same)]
    for outcome, part in moving.groupby("outcome", sort=False):
        yield outcome_title(str(outcome)), []
        for scenario, group in part.groupby("scenario", sort=False):
            sign_of = group["sign"].tolist()
            row = table.loc[(scenario, outcome)]
            cells = [" ".join(sign_of[number] or "x" for _, number in poles) for _, poles in blocks]
            firm = agree(row["higher_adjusted"], row["lower_adjusted"])
            yield f"  {scenario}", [f"{agree(row['higher'], row['lower'])} of {row['theories']}", firm, *cells]


def agree(higher: int, lower: int) -> str:
    """Format the counts of the two signs: `- 7`, or `+ 3, - 2` if both occur."""
    counts = [f"{sign} {number}" for sign, number in ((HIGHER, higher), (LOWER, lower)) if number]
    return ", ".join(counts) or "0"


def _centre(comparison: Comparison) -> list[str]:
    """Lines on the theory from which every other differs by one pole."""
    strata = simulated_theories(comparison.baseline)
    at = centre_of(strata)
    if at is None:
        return []
    poles = ", ".join(f"{name} {strata[at][name]}" for name in varied(strata))
    return textwrap.wrap(
        f"centre, the same theory under every question: {poles}. One pole is varied at a time, so what two poles do "
        "together is not seen; move the centre by theory.QUESTION=POLE.",
        WIDTH,
    )


def switching_lines(comparison: Comparison) -> list[str]:
    """Sentences on the decided switch points and on the most precise of the others."""
    points = comparison.switch_points
    decided, loose = points[points["significant"]], points[~points["significant"]]
    near = loose.assign(width=loose["high"] - loose["low"]).dropna(subset="width").sort_values("width", kind="stable")
    head = heading(
        "SWITCH POINTS: how probable a pole must be for a difference to change its sign, all weight being on two "
        "poles of one question (95 % interval, Fieller). Decided where both poles' signs are decided and opposite."
    )
    rest = (
        f"not decided, as the interval reaches beyond 0 or 1 and there may be no such point: {len(loose):,}; the most "
        "precise of them:"
    )
    return [
        *head,
        *(_in_words(comparison, decided.head(SHOWN)) or ["  none is decided"]),
        *([f"  and {len(decided) - SHOWN:,} more in the files of -o"] if len(decided) > SHOWN else []),
        *(textwrap.wrap(rest, WIDTH, initial_indent="  ", subsequent_indent="  ") if len(near) else []),
        *_in_words(comparison, near.head(NEAR)),
    ]


def _in_words(comparison: Comparison, points: pd.DataFrame) -> list[str]:
    lines: list[str] = []
    for row in points.to_dict("records"):
        fixed = f"; with {row['conditional_on']}" if row["conditional_on"] and not is_centred(comparison) else ""
        lines += textwrap.wrap(f"  {row['sentence']}{fixed}; n = {row['n']:,}", WIDTH, subsequent_indent="    ")
    return lines


def is_centred(comparison: Comparison) -> bool:
    """Return True if the theories lie around a centre."""
    return centre_of(simulated_theories(comparison.baseline)) is not None
