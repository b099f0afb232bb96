"""Headlines: what a scenario does to Americans and to Iraqis, in one sentence by a table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import PRIMARY, SIDES, Direction, Measure, PairedVerdict, PrimaryOutcome
from scenarios.text import join_words, plain_name

SMALL_CHANGE = 0.10  # below which every decided change of a side makes little


class State(StrEnum):
    """What a scenario does to one side."""

    BETTER = "better"
    WORSE = "worse"
    LITTLE = "little"
    MIXED = "mixed"
    OPEN = "open"


BETTER, WORSE, LITTLE, MIXED, OPEN = State

HEADLINES: Mapping[tuple[State, State], str] = {
    (BETTER, BETTER): "lowers harm on both sides",
    (BETTER, WORSE): "moves risk from Americans to Iraqis",
    (BETTER, LITTLE): "makes Americans safer at little cost to Iraqis",
    (BETTER, MIXED): "makes Americans safer; for Iraqis it depends",
    (BETTER, OPEN): "makes Americans safer; for Iraqis it is undecided",
    (WORSE, BETTER): "moves risk from Iraqis to Americans",
    (WORSE, WORSE): "raises harm on both sides",
    (WORSE, LITTLE): "puts Americans at risk for little",
    (WORSE, MIXED): "puts Americans at risk; for Iraqis it depends",
    (WORSE, OPEN): "puts Americans at risk; for Iraqis it is undecided",
    (LITTLE, BETTER): "makes Iraqis safer, Americans hardly less so",
    (LITTLE, WORSE): "puts Iraqis at risk for little",
    (LITTLE, LITTLE): "changes little",
    (LITTLE, MIXED): "changes little for Americans; for Iraqis it depends",
    (LITTLE, OPEN): "changes little for Americans; for Iraqis it is undecided",
    (MIXED, BETTER): "makes Iraqis safer; for Americans it depends",
    (MIXED, WORSE): "puts Iraqis at risk; for Americans it depends",
    (MIXED, LITTLE): "changes little for Iraqis; for Americans it depends",
    (MIXED, MIXED): "helps or harms both sides, depending on the answers",
    (MIXED, OPEN): "helps or harms Americans, depending on the answers; for Iraqis it is undecided",
    (OPEN, BETTER): "makes Iraqis safer; for Americans it is undecided",
    (OPEN, WORSE): "puts Iraqis at risk; for Americans it is undecided",
    (OPEN, LITTLE): "changes little for Iraqis; for Americans it is undecided",
    (OPEN, MIXED): "helps or harms Iraqis, depending on the answers; for Americans it is undecided",
    (OPEN, OPEN): "is undecided on both sides",
}

MOST_OF_KIND: Mapping[tuple[State, State], str] = {
    (BETTER, BETTER): "lowers harm on both sides most",
    (BETTER, WORSE): "moves most risk from Americans to Iraqis",
    (WORSE, BETTER): "moves most risk from Iraqis to Americans",
    (WORSE, WORSE): "raises harm on both sides most",
}


def predicates(family: VerdictFamily) -> dict[str, str]:
    """Predicate of every scenario; of those with one headline, that with larger changes on both sides gets `most`."""
    states = {name: side_states(family, name) for name in family.scenarios}
    words = {}
    for name, state in states.items():
        rivals = [other for other in family.scenarios if other != name and states[other] == state]
        most = rivals and state in MOST_OF_KIND and all(_is_larger(family, name, other) for other in rivals)
        words[name] = (MOST_OF_KIND if most else HEADLINES)[state]
    return words


def side_states(family: VerdictFamily, scenario: str) -> tuple[State, State]:
    """State of both sides under a scenario."""
    americans, iraqis = (
        side_state([verdict for primary in outcomes_of(side) for verdict in family.of(scenario, primary.outcome)])
        for side in SIDES
    )
    return americans, iraqis


def outcomes_of(side: str) -> list[PrimaryOutcome]:
    """Primary outcomes of a side."""
    return [primary for primary in PRIMARY if primary.side == side]


def side_state(verdicts: Iterable[PairedVerdict]) -> State:
    """State of a side: all outcomes are worse when more."""
    verdicts = list(verdicts)
    decided = [verdict for verdict in verdicts if verdict.direction.is_decided]
    if not decided:
        return OPEN if any(verdict.direction == Direction.UNDECIDED for verdict in verdicts) else LITTLE
    if all(relative_size(verdict) < SMALL_CHANGE for verdict in decided):
        return LITTLE
    directions = {verdict.direction for verdict in decided}
    if len(directions) > 1:
        return MIXED
    return WORSE if directions == {Direction.MORE} else BETTER


def relative_size(verdict: PairedVerdict) -> float:
    """Size of a typical change relative to the status quo; of a probability, its difference."""
    return abs(verdict.change if verdict.measure == Measure.POINTS else verdict.ratio - 1.0)


def _is_larger(family: VerdictFamily, scenario: str, other: str) -> bool:
    """Whether a scenario has larger decided changes on both sides than another."""
    return all(_largest(family, scenario, side) > _largest(family, other, side) for side in SIDES)


def _largest(family: VerdictFamily, scenario: str, side: str) -> float:
    return max((importance(family, scenario, primary) for primary in outcomes_of(side)), default=0.0)


def importance(family: VerdictFamily, scenario: str, primary: PrimaryOutcome) -> float:
    """Largest decided change of an outcome, as a log ratio's size would order it."""
    decided = [verdict for verdict in family.of(scenario, primary.outcome) if verdict.direction.is_decided]
    return max((max(verdict.ratio, 1.0 / verdict.ratio) for verdict in decided), default=0.0)


def joint_headline(states: Mapping[str, tuple[State, State]]) -> str:
    """Headline of several scenarios by name; those of one kind share it."""
    parts = []
    for state in dict.fromkeys(states.values()):
        titles = [plain_name(name) for name, other in states.items() if other == state]
        parts.append(f"{join_words(titles)} {HEADLINES[state] if len(titles) == 1 else _plural(HEADLINES[state])}")
    return f"{'; '.join(parts)}."


def _plural(predicate: str) -> str:
    verb, _, rest = predicate.partition(" ")
    plural = "are" if verb == "is" else verb.removesuffix("s")
    return f"{plural} {rest.replace(' or harms ', ' or harm ')}"
