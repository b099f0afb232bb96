"""Rows of results: theories that say the same share one, named by the answers that they share; none is averaged."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from scenarios.analysis.paired_tests import Bounds
from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import ALIKE, PRIMARY, Direction, Measure, PairedVerdict, Poles, PrimaryOutcome
from scenarios.evidence.theories import hypotheses, phrase

Answers = tuple[tuple[str, tuple[str, ...]], ...]  # question and the answers to it that a group has

ALL = "all theories"

MOST_COMPARED = 64  # theories, above which they share one row


@dataclass(frozen=True)
class TheoryGroup:
    """Theories that say the same, and the answers that set them apart from the others; none if they are all."""

    theories: tuple[int, ...]
    answers: Answers

    @property
    def name(self) -> str:
        """The answers as they follow `if`; tags where there are several."""
        if len(self.answers) == 1 and len(self.answers[0][1]) == 1:
            ((question, (pole,)),) = self.answers
            return hypotheses()[question].poles[pole].short
        return self.tag

    @property
    def tag(self) -> str:
        """The answers in few characters."""
        known = hypotheses()
        parts = (" or ".join(known[question].poles[pole].tag for pole in poles) for question, poles in self.answers)
        return ", ".join(parts) or ALL

    @property
    def condition(self) -> str:
        """The answers in words, as they follow `if` in a sentence."""
        return " and ".join(" or ".join(phrase(question, pole) for pole in poles) for question, poles in self.answers)


@dataclass(frozen=True)
class MergedVerdict:
    """Verdicts of the theories of one row on one scenario: shared direction, ranges, and envelopes of intervals."""

    verdicts: tuple[PairedVerdict, ...]

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Directions in the order of the theories, each once; one unless rows had to be joined for room."""
        return tuple(dict.fromkeys(verdict.direction for verdict in self.verdicts))

    @property
    def measure(self) -> Measure:
        """Measure of the change."""
        return self.verdicts[0].measure

    @property
    def interval(self) -> Bounds:
        """Envelope of the 95 per cent intervals of the typical change."""
        return self.envelope("low", "high")

    @property
    def spread(self) -> Bounds:
        """Envelope of 9 in 10 runs."""
        return self.envelope("q05", "q95")

    def range(self, name: str) -> Bounds:
        """Least and largest of a field over the theories of the row."""
        return self.envelope(name, name)

    def envelope(self, low: str, high: str) -> Bounds:
        """Least of one field and largest of another over the theories of the row."""
        lows, highs = ([getattr(verdict, name) for verdict in self.verdicts] for name in (low, high))
        return (
            min((value for value in lows if value == value), default=math.nan),
            max((value for value in highs if value == value), default=math.nan),
        )


@dataclass(frozen=True)
class OutcomeRow:
    """Row of a table of results: an outcome, theories that say the same of it, and a verdict by scenario."""

    primary: PrimaryOutcome
    group: TheoryGroup
    cells: Mapping[str, MergedVerdict]

    @property
    def level(self) -> Bounds:
        """Range of the baseline's level over the theories of the row."""
        return next(iter(self.cells.values())).range("level")


@dataclass(frozen=True)
class LevelRow:
    """Row of a run without a baseline: an outcome, theories at about the same level, and their levels."""

    primary: PrimaryOutcome
    group: TheoryGroup
    level: Bounds  # medians; of a probability, shares
    spread: Bounds  # 9 in 10 runs; undefined for a probability


Rule = Callable[[PairedVerdict, PairedVerdict], bool]


def is_alike(one: PairedVerdict, other: PairedVerdict) -> bool:
    """True if two verdicts have one direction and about the same size."""
    if one.direction != other.direction:
        return False
    if one.direction in (Direction.IDENTICAL, Direction.ALIKE, Direction.UNDEFINED):
        return True
    if 1 / ALIKE < one.ratio / other.ratio < ALIKE:
        return True
    return one.low <= other.change <= one.high and other.low <= one.change <= other.high


def has_one_direction(one: PairedVerdict, other: PairedVerdict) -> bool:
    """True if two verdicts have one direction, of whatever size."""
    return one.direction == other.direction


RULES: tuple[Rule, ...] = (is_alike, has_one_direction, lambda one, other: True)  # from the finest


def outcome_rows(
    family: VerdictFamily, scenarios: Sequence[str] | None = None, most: int | None = None
) -> list[OutcomeRow]:
    """Rows of the primary outcomes; where they are more than `most`, theories of an outcome are joined for room."""
    shown = family.scenarios if scenarios is None else tuple(scenarios)
    levels = dict.fromkeys((primary.outcome for primary in PRIMARY), 0)
    rows = {primary.outcome: _rows(family, primary, shown, RULES[0]) for primary in PRIMARY}
    while most is not None and sum(map(len, rows.values())) > most:
        longest = max(PRIMARY, key=lambda primary: len(rows[primary.outcome]))
        if levels[longest.outcome] == len(RULES) - 1:
            break
        levels[longest.outcome] += 1
        rows[longest.outcome] = _rows(family, longest, shown, RULES[levels[longest.outcome]])
    return [row for part in rows.values() for row in part]


def _rows(family: VerdictFamily, primary: PrimaryOutcome, scenarios: Sequence[str], rule: Rule) -> list[OutcomeRow]:
    columns = {name: family.of(name, primary.outcome) for name in scenarios}
    groups = group_theories(
        family.theories,
        lambda one, other: all(rule(verdicts[one], verdicts[other]) for verdicts in columns.values()),
    )
    return [
        OutcomeRow(
            primary,
            group,
            {name: MergedVerdict(tuple(verdicts[at] for at in group.theories)) for name, verdicts in columns.items()},
        )
        for group in groups
    ]


def level_rows(frame: pd.DataFrame, theories: Sequence[Poles]) -> list[LevelRow]:
    """Levels of the primary outcomes of one run, theories within 5 per cent of one another in one row."""
    parts = [frame[frame["theory"] == theory] for theory in range(len(theories))]
    return [row for primary in PRIMARY for row in _level_rows(primary, parts, theories)]


def _level_rows(
    primary: PrimaryOutcome, parts: Sequence[pd.DataFrame], theories: Sequence[Poles]
) -> Iterator[LevelRow]:
    values = [part[primary.outcome].dropna() for part in parts]
    if primary.threshold is None:
        levels = [(part.median(), part.quantile(0.05), part.quantile(0.95)) for part in values]
    else:
        levels = [((part >= primary.threshold).mean(), math.nan, math.nan) for part in values]

    def is_alike(one: int, other: int) -> bool:
        low, high = sorted((levels[one][0], levels[other][0]))
        return bool(high <= ALIKE * low) or low != low

    for group in group_theories(theories, is_alike):
        middle, low, high = zip(*(levels[at] for at in group.theories), strict=True)
        yield LevelRow(primary, group, (min(middle), max(middle)), (min(low), max(high)))


def group_theories(theories: Sequence[Poles], is_alike: Callable[[int, int], bool]) -> list[TheoryGroup]:
    """Groups of theories that are alike pairwise, formed by one question after another.

    At each step the question is taken after which the fewest pairs in one group are unlike, then that with the fewest
    groups; answers whose theories are alike stay together.
    """
    everything = tuple(range(len(theories)))
    if len(theories) > MOST_COMPARED:
        return [TheoryGroup(everything, ())]
    unlike = {pair for pair in combinations(everything, 2) if not is_alike(*pair)}
    return _split(theories, unlike, everything, ())


Pairs = set[tuple[int, int]]


def _split(theories: Sequence[Poles], unlike: Pairs, members: tuple[int, ...], answers: Answers) -> list[TheoryGroup]:
    if not _unlike_within(unlike, members):
        order = list(theories[0])
        return [TheoryGroup(members, tuple(sorted(answers, key=lambda answer: order.index(answer[0]))))]
    questions = [name for name in theories[0] if len({theories[at][name] for at in members}) > 1]
    if not questions:
        return [TheoryGroup((at,), answers) for at in members]
    branches = {name: _branches(theories, unlike, members, name) for name in questions}

    def cost(name: str) -> tuple[int, int]:
        groups = branches[name].values()
        return sum(_unlike_within(unlike, group) for group in groups), len(groups)

    question = min(questions, key=cost)
    return [
        part
        for poles, group in branches[question].items()
        for part in _split(theories, unlike, group, (*answers, (question, poles)))
    ]


def _unlike_within(unlike: Pairs, members: Sequence[int]) -> int:
    """Number of unlike pairs among some theories."""
    return sum(pair in unlike for pair in combinations(members, 2))


def _branches(
    theories: Sequence[Poles], unlike: Pairs, members: Sequence[int], question: str
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Theories by their answers to a question; answers stay together where all their theories are alike."""
    counts = Counter(theories[at][question] for at in members)
    branches: dict[tuple[str, ...], tuple[int, ...]] = {}
    for pole in counts:
        group = tuple(at for at in members if theories[at][question] == pole)
        for poles, others in branches.items():
            if not _unlike_within(unlike, joined := tuple(sorted((*others, *group)))):
                del branches[poles]
                branches[(*poles, pole)] = joined
                break
        else:
            branches[pole,] = group
    return branches
