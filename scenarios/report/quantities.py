"""Numbers of verdicts as readers see them: three significant digits, whole per cents, points, `of 100`, ranges."""

import math
from collections.abc import Iterable

from scenarios.analysis.paired_tests import Bounds
from scenarios.analysis.rows import MergedVerdict
from scenarios.analysis.verdicts import Direction, Measure
from scenarios.text import DASH, MINUS, SMALL

SYMBOLS = {
    Direction.MORE: "▲", Direction.FEWER: "▼", Direction.ALIKE: "≈", Direction.UNDECIDED: "○",
    Direction.IDENTICAL: "=", Direction.TOO_FEW: "", Direction.UNDEFINED: "",
}  # fmt: skip

UNITS = {Measure.RATIO: " %", Measure.POINTS: " pts", Measure.COUNT: ""}

BRIEF = (("+", "+"), (MINUS, MINUS), ("0", "+"))  # signs of a range that need not be repeated

DOUBLE, TRIPLE, MANIFOLD = 0.9, 1.8, 2.6  # relative changes from which a size is written in words

NEAR = 2.0  # per cents or points within which the ends of a range are read as one number


def symbols(cell: MergedVerdict) -> str:
    """Symbols of the directions of a cell, one unless rows had to be joined for room."""
    return "".join(SYMBOLS[direction] for direction in cell.directions)


def as_shown(value: float, measure: Measure) -> float:
    """A change, or an end of an interval, in the unit in which it is shown."""
    return value if measure == Measure.COUNT else 100.0 * value


def rounded(value: float) -> float:
    """A number of three significant digits, whole, or of one decimal where it is half a case."""
    if not math.isfinite(value):
        return value
    whole = float(f"{value:.3g}")
    return whole if abs(whole) < 10 and (2 * whole).is_integer() else float(round(whole))


def unsigned(value: float) -> str:
    """A rounded number without its sign."""
    if not math.isfinite(value):
        return DASH if math.isnan(value) else "∞"
    return f"{abs(rounded(value)):,.1f}".removesuffix(".0")


def signed_number(value: float) -> str:
    """A rounded number with its sign; zero has none."""
    if math.isnan(value) or rounded(value) == 0:
        return unsigned(value)
    return f"{'+' if value > 0 else MINUS}{unsigned(value)}"


def level_cell(bounds: Bounds, measure: Measure) -> str:
    """Level of the status quo, or its range."""
    return span([unsigned(100.0 * end if measure == Measure.POINTS else end) for end in bounds], measure, levels=True)


def span(ends: Iterable[str], measure: Measure, *, levels: bool = False) -> str:
    """Range with a dash; one number where both ends read alike."""
    unit = " %" if levels and measure == Measure.POINTS else "" if levels else UNITS[measure]
    return f"{DASH.join(dict.fromkeys(ends))}{unit}"


def change_cell(cell: MergedVerdict, *, brief: bool = False) -> str:
    """Symbol and typical change, or its range from the smaller to the larger; brief: with a dash where signs agree."""
    ends = sorted((as_shown(end, cell.measure) for end in cell.range("change")), key=abs)
    words = list(dict.fromkeys(signed_number(end) for end in ends))
    text = " to ".join(words)
    if brief and len(words) == 2 and (words[0][0], words[1][0]) in BRIEF:
        text = f"{words[0]}{DASH}{words[1][1:]}"
    return f"{symbols(cell)} {text}{UNITS[cell.measure]}".strip()


def spread_cell(cell: MergedVerdict) -> str:
    """9 in 10 runs; nothing for a probability."""
    if cell.measure == Measure.POINTS or math.isnan(cell.spread[0]):
        return ""
    ends = (as_shown(end, cell.measure) for end in cell.spread)
    return f"{' to '.join(signed_number(round(end)) for end in ends)}{UNITS[cell.measure]}"


def of_hundred(bounds: Bounds, joint: str = DASH) -> str:
    """Shares of runs as numbers of 100."""
    return joint.join(dict.fromkeys(DASH if math.isnan(end) else f"{100 * end:.0f}" for end in bounds))


def counted_number(value: float) -> str:
    """A number of cases in a sentence, halves rounded up, small ones in words."""
    number = math.floor(abs(value) + 0.5)
    return SMALL.get(number, "none" if number == 0 else unsigned(number))


def size_phrase(changes: Bounds, measure: Measure) -> str:
    """Size of a change after its verb: `by about 63 %`, `by one to three`, `to about double`."""
    small, large = sorted(changes, key=abs)
    if measure == Measure.COUNT:
        return f"by {' to '.join(dict.fromkeys(counted_number(end) for end in (small, large)))}"
    if measure == Measure.RATIO and small >= DOUBLE and manifold(small) == manifold(large):
        return f"to {manifold(small)}"
    ends = [round(100.0 * abs(end)) for end in (small, large)]
    unit = " points" if measure == Measure.POINTS else " %"
    near = ends[1] - ends[0] <= NEAR
    return f"by {'about ' if near else ''}{unsigned(ends[0])}{'' if near else f' to {unsigned(ends[1])}'}{unit}"


def manifold(change: float) -> str:
    """A large relative rise in words."""
    if change < TRIPLE:
        return "about double"
    return "about triple" if change < MANIFOLD else f"about {round(1.0 + change)} times as many"


def in_runs(bounds: Bounds) -> str:
    """Shares of runs in a sentence: `15 to 23 of 100 runs`."""
    return f"{of_hundred(bounds, ' to ')} of 100 runs"
