"""Picture of the trade-off: the change of an outcome for Americans against one for Iraqis, a dot a theory."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import AMERICANS, IRAQIS, Direction, Measure, PairedVerdict, PrimaryOutcome
from scenarios.evidence.theories import hypotheses
from scenarios.report.decisive import decided_outcomes
from scenarios.report.headlines import outcomes_of
from scenarios.report.quantities import signed_number
from scenarios.text import plain_name

LEFT, RIGHT, TOP, BOTTOM = 56.0, 358.0, 20.0, 286.0  # edges of the plane [pixels]

STEPS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)  # of relative changes between ticks

MOST_TICKS = 5

MARGIN = 0.08  # of the range of an axis, left free at both ends

LABEL_HEIGHT = 17.0  # pixels between labels

ALIKE = (Direction.ALIKE, Direction.IDENTICAL)


@dataclass(frozen=True)
class Tick:
    """Tick of an axis: its place, its text, whether it is the baseline."""

    at: float
    text: str
    is_same: bool


@dataclass(frozen=True)
class TheoryMark:
    """One theory of a scenario; filled if it gives the answer that matters most."""

    x: float
    y: float
    is_filled: bool


@dataclass(frozen=True)
class ScenarioPath:
    """Marks of one scenario and the place of its name."""

    name: str
    marks: tuple[TheoryMark, ...]
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class TradeOff:
    """Everything that the picture shows."""

    x_title: str
    y_title: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    paths: tuple[ScenarioPath, ...]
    filled: str  # answer for which dots are filled; empty where they all are
    hollow: str
    words: str


def trade_off(family: VerdictFamily) -> TradeOff | None:
    """Trade-off of scenarios; None if one side is as under the baseline whatever is done, or a change is undefined."""
    across, up = (_widest(family, side) for side in (AMERICANS, IRAQIS))
    if across is None or up is None:
        return None
    question = _deciding(family, up)
    first = family.theories[0].get(question, "")
    x_axis, y_axis = (_Axis(_ratios(family, primary)) for primary in (across, up))
    paths = []
    for name in family.scenarios:
        pairs = zip(family.of(name, across.outcome), family.of(name, up.outcome), family.theories, strict=True)
        marks = [
            TheoryMark(
                x_axis.place(one.ratio, LEFT, RIGHT),
                y_axis.place(other.ratio, BOTTOM, TOP),
                poles.get(question, "") == first,
            )
            for one, other, poles in pairs
        ]
        paths.append((plain_name(name), marks))
    poles = list(dict.fromkeys(theory[question] for theory in family.theories)) if question else []
    known = hypotheses()[question].poles if question else {}
    return TradeOff(
        x_title=across.title,
        y_title=up.title,
        x_ticks=x_axis.ticks(LEFT, RIGHT),
        y_ticks=y_axis.ticks(BOTTOM, TOP),
        paths=tuple(_named(paths)),
        filled=known[first].short if question else "",
        hollow=" or ".join(known[pole].short for pole in poles[1:]),
        words=" ".join(_in_words(family, name, (across, up)) for name in family.scenarios),
    )


def _widest(family: VerdictFamily, side: str) -> PrimaryOutcome | None:
    """Outcome of a side on which scenarios are farthest apart, one that answers decide first; None if all are alike."""
    spans = {}
    for primary in outcomes_of(side):
        verdicts = [verdict for name in family.scenarios for verdict in family.of(name, primary.outcome)]
        is_shown = primary.threshold is None and all(_is_drawn(verdict) for verdict in verdicts)
        if is_shown and any(verdict.direction not in ALIKE for verdict in verdicts):
            ratios = [math.log(verdict.ratio) for verdict in verdicts]
            spans[primary] = max(0.0, *ratios) - min(0.0, *ratios)
    of_ratios = {primary: span for primary, span in spans.items() if _is_relative(family, primary)}
    by_answer = {primary: span for primary, span in of_ratios.items() if _is_decided_by_answers(family, primary)}
    chosen = by_answer or of_ratios or spans
    return max(chosen, key=lambda primary: chosen[primary]) if chosen else None


def _is_decided_by_answers(family: VerdictFamily, primary: PrimaryOutcome) -> bool:
    """True if another answer to a question gives another verdict on an outcome."""
    return any(primary.outcome in decided_outcomes(family, name) for name in family.theories[0])


def _is_relative(family: VerdictFamily, primary: PrimaryOutcome) -> bool:
    """True if the changes of an outcome are reported in per cent."""
    return family.of(family.scenarios[0], primary.outcome)[0].measure == Measure.RATIO


def _is_drawn(verdict: PairedVerdict) -> bool:
    return math.isfinite(verdict.ratio) and verdict.ratio > 0


def _deciding(family: VerdictFamily, primary: PrimaryOutcome) -> str:
    """Question whose answers set the outcome furthest apart; empty with one theory."""
    questions = [name for name in family.theories[0] if len({poles[name] for poles in family.theories}) > 1]
    deciding = [name for name in questions if primary.outcome in decided_outcomes(family, name)]
    return next(iter([*deciding, *questions]), "")


def _ratios(family: VerdictFamily, primary: PrimaryOutcome) -> list[float]:
    return [verdict.ratio for name in family.scenarios for verdict in family.of(name, primary.outcome)]


class _Axis:
    """Logarithmic axis of ratios that contains the baseline."""

    def __init__(self, ratios: Iterable[float]) -> None:
        values = [math.log(ratio) for ratio in ratios]
        low, high = min(0.0, *values), max(0.0, *values)
        free = MARGIN * (high - low) or 0.1
        self.low, self.high = low - free, high + free

    def place(self, ratio: float, start: float, end: float) -> float:
        """Place of a ratio between two edges."""
        return round(start + (math.log(ratio) - self.low) / (self.high - self.low) * (end - start), 1)

    def ticks(self, start: float, end: float) -> tuple[Tick, ...]:
        """The baseline and round changes, at most five."""
        for step in STEPS:
            changes = [number * step for number in range(-int(0.95 / step), 40) if number]
            within = [change for change in changes if self.low <= math.log1p(change) <= self.high]
            if len(within) < MOST_TICKS:
                break
        same = Tick(self.place(1.0, start, end), "same", is_same=True)
        return (
            same,
            *(Tick(self.place(1 + one, start, end), f"{signed_number(100 * one)} %", False) for one in within),
        )


def _named(paths: Sequence[tuple[str, list[TheoryMark]]]) -> list[ScenarioPath]:
    """Paths with their names beside their highest marks, moved apart where they would touch."""
    taken: list[float] = []
    named = []
    for name, marks in sorted(paths, key=lambda path: min(mark.y for mark in path[1])):
        top = min(marks, key=lambda mark: mark.y)
        y = top.y + 4.0
        while any(abs(y - other) < LABEL_HEIGHT for other in taken):
            y += LABEL_HEIGHT / 2
        taken.append(y)
        is_right = top.x > (LEFT + RIGHT) / 2
        named.append(
            ScenarioPath(name, tuple(marks), top.x + (-10 if is_right else 10), y, "end" if is_right else "start")
        )
    return named


def _in_words(family: VerdictFamily, scenario: str, primaries: Iterable[PrimaryOutcome]) -> str:
    """Ranges of the changes of a scenario, for readers who do not see the picture."""
    parts = []
    for primary in primaries:
        changes = sorted(100 * (verdict.ratio - 1) for verdict in family.of(scenario, primary.outcome))
        parts.append(f"{primary.title} {signed_number(changes[0])} to {signed_number(changes[-1])} per cent")
    return f"{plain_name(scenario)}: {', '.join(parts)}."
