"""Theory by theory: the sign of every contrast under every pole, and where it would change."""

import textwrap
from collections.abc import Iterator

import pandas as pd

from scenarios.analysis import Comparison
from scenarios.analysis.theories import HIGHER, LOWER, centre_of, lived, varied
from scenarios.evidence.theories import hypotheses
from scenarios.report.terminal.contrasts import listed, said, title, unmoved
from scenarios.report.terminal.tables import WIDTH, grid

Block = tuple[str, list[tuple[str, int]]]  # a question, and its poles with the number of the theory that has each

SHOWN, NEAR = 12, 4  # switch points on the terminal, decided and not; all stand in the table


def columns(found: Comparison) -> list[Block]:
    """Theories by question: its poles with the number of the theory that has each, the centre under every question."""
    strata = lived(found.baseline)
    at = centre_of(strata)
    if at is None:
        return [("theory", [(name, number) for number, name in enumerate(found.theories)])]
    centre, known = strata[at], hypotheses()
    blocks = []
    for name in varied(strata):
        number = {each[name]: k for k, each in enumerate(strata) if each[name] != centre[name]} | {centre[name]: at}
        poles = [(pole, number[pole]) for pole in known[name].poles if pole in number]
        blocks.append((f"{known[name].number} {name}", poles))
    return blocks


def signs(found: Comparison) -> list[str]:
    """The table of theories by scenarios: one sign per pole, and how many theories agree."""
    blocks, number = columns(found), len(found.theories)
    heads = [name.split()[0] for name, _ in blocks]
    key = "; ".join(f"{name}: {', '.join(pole for pole, _ in poles)}" for name, poles in blocks)
    same = unmoved(found.contrasts)
    never = f"the same in every draw of every run under every theory: {listed(same)}" if same else ""
    return [
        *said(
            f"THEORY BY SCENARIO: sign of the difference from {found.baseline_name} under each of {number} theories, "
            "never pooled. + higher and - lower where the 95 % interval excludes zero; ? undecided, it holds zero; = "
            "the same in every draw; x undefined. Theories that agree are counted; `firm` counts signs that hold for "
            "the whole table at once (Bonferroni)."
        ),
        *textwrap.wrap(f"columns: {key}", WIDTH),
        *_centre(found),
        *grid(["agree", "firm", *heads], _rows(found, blocks, same)),
        *textwrap.wrap(never, WIDTH),
    ]


def _rows(found: Comparison, blocks: list[Block], same: list[str]) -> Iterator[tuple[str, list[str]]]:
    """One block per outcome that differs at all, one row per scenario."""
    table = found.theory_table.set_index(["scenario", "outcome"])
    moving = found.signs[~found.signs["outcome"].isin(same)]
    for outcome, part in moving.groupby("outcome", sort=False):
        yield title(str(outcome)), []
        for scenario, mine in part.groupby("scenario", sort=False):
            told = mine["sign"].tolist()
            row = table.loc[(scenario, outcome)]
            cells = [" ".join(told[number] or "x" for _, number in poles) for _, poles in blocks]
            firm = agree(row["higher_adjusted"], row["lower_adjusted"])
            yield f"  {scenario}", [f"{agree(row['higher'], row['lower'])} of {row['theories']}", firm, *cells]


def agree(higher: int, lower: int) -> str:
    """Counts of the two signs: `- 7`, or `+ 3, - 2` where the sign turns."""
    counts = [f"{sign} {number}" for sign, number in ((HIGHER, higher), (LOWER, lower)) if number]
    return ", ".join(counts) or "0"


def _centre(found: Comparison) -> list[str]:
    """The theory from which every other departs by one pole."""
    strata = lived(found.baseline)
    at = centre_of(strata)
    if at is None:
        return []
    poles = ", ".join(f"{name} {strata[at][name]}" for name in varied(strata))
    return textwrap.wrap(
        f"centre, the same theory under every question: {poles}. One pole is varied at a time, so what two poles do "
        "together is not seen; move the centre by theory.QUESTION=POLE.",
        WIDTH,
    )


def switch_points(found: Comparison) -> list[str]:
    """Where contrasts change sign, in words: the decided switch points, and the best located of the others."""
    points = found.switch_points
    decided, loose = points[points["decided"]], points[~points["decided"]]
    near = loose.assign(width=loose["high"] - loose["low"]).dropna(subset="width").sort_values("width", kind="stable")
    head = said(
        "SWITCH POINTS: how probable a reading must be for a difference to turn its sign, all weight being on two "
        "poles of one question (95 % interval, Fieller). Decided where both poles' signs are decided and opposite."
    )
    rest = (
        f"not decided, as the interval reaches beyond 0 or 1 and there may be no such point: {len(loose):,}; the best "
        "located of them:"
    )
    return [
        *head,
        *(_in_words(found, decided.head(SHOWN)) or ["  none is decided"]),
        *([f"  and {len(decided) - SHOWN:,} more in the files of -o"] if len(decided) > SHOWN else []),
        *(textwrap.wrap(rest, WIDTH, initial_indent="  ", subsequent_indent="  ") if len(near) else []),
        *_in_words(found, near.head(NEAR)),
    ]


def _in_words(found: Comparison, points: pd.DataFrame) -> list[str]:
    lines: list[str] = []
    for row in points.to_dict("records"):
        held = f"; with {row['held']}" if row["held"] and not is_centred(found) else ""
        lines += textwrap.wrap(f"  {row['sentence']}{held}; n = {row['n']:,}", WIDTH, subsequent_indent="    ")
    return lines


def is_centred(found: Comparison) -> bool:
    """Whether the theories lie around a centre."""
    return centre_of(lived(found.baseline)) is not None
