"""Sentences of an answer, made from verdicts alone: a headline for every scenario, and what is behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios.analysis.rows import MergedVerdict, group_theories, is_alike
from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import (
    AMERICANS,
    IRAQIS,
    PRIMARY,
    SIDES,
    Direction,
    Measure,
    PairedVerdict,
    PrimaryOutcome,
)
from scenarios.report.headlines import LITTLE, OPEN, State, importance, outcomes_of, predicates, side_states
from scenarios.report.quantities import in_runs, of_hundred, size_phrase
from scenarios.text import capitalised, join_words, plain_name

TIMES_APART = 2.0  # sizes that differ by this factor are kept apart by their answers

MOST_CLAUSES = 3  # answers kept apart in one sentence; with more, theories are counted

OR_IF = " or if "

NOUNS = {
    "us_deaths": "US deaths", "attacks_on_us_sites": "attacks on US sites",
    "ladder_max": "the probability of US\N{EN DASH}Iran escalation", "attacks_on_others": "faction attacks on Iraqis",
    "isis_attacks": "ISIS attacks", "deaths_of_others": "deaths of Iraqis",
}  # fmt: skip

DEATHS = {AMERICANS: "us_deaths", IRAQIS: "deaths_of_others"}


TOO_FEW = "Too few runs to answer."


@dataclass(frozen=True)
class Finding:
    """Sentence on one outcome; `shared` is its direction if all theories agree on it."""

    outcome: str
    text: str
    shared: Direction | None


@dataclass(frozen=True)
class ScenarioAnswer:
    """What a scenario does, in sentences."""

    scenario: str
    states: tuple[State, State] | None  # of Americans and of Iraqis; None where runs are too few
    predicate: str
    sentences: tuple[str, ...]
    outcomes: tuple[str, ...]  # named in the sentences

    @property
    def title(self) -> str:
        """Name of the scenario."""
        return plain_name(self.scenario)

    @property
    def headline(self) -> str:
        """Sentence that could stand alone."""
        return f"{self.title} {self.predicate}." if self.predicate else TOO_FEW

    @property
    def body(self) -> str:
        """The sentences behind the headline as one text."""
        return " ".join(self.sentences)


def scenario_answers(family: VerdictFamily) -> dict[str, ScenarioAnswer]:
    """Answer of every scenario; of two with one headline, the one with larger changes on both sides gets `most`."""
    if family.has_too_few:
        return {name: ScenarioAnswer(name, None, "", (), ()) for name in family.scenarios}
    return {
        name: _answer(family, name, side_states(family, name), predicate)
        for name, predicate in predicates(family).items()
    }


def _answer(family: VerdictFamily, scenario: str, states: tuple[State, State], predicate: str) -> ScenarioAnswer:
    facts = [
        fact
        for side, state in zip(SIDES, states, strict=True)
        for primary in _named_of(family, scenario, side, state)
        if (fact := outcome_fact(family, scenario, primary))
    ]
    named = [fact.outcome for fact in facts]
    further = [primary for primary in PRIMARY if primary.outcome not in named]
    tails = [sentence for primary in PRIMARY for sentence in tail_sentences(family, scenario, primary)]
    sentences = [*joined_facts(facts, len(family.theories)), *_rest(family, scenario, states, further), *tails]
    sentences += [part for primary in PRIMARY for part in mean_sentences(family, scenario, primary)][:1]
    return ScenarioAnswer(scenario, states, predicate, tuple(sentences), tuple(named))


def _named_of(family: VerdictFamily, scenario: str, side: str, state: State) -> list[PrimaryOutcome]:
    """At most two outcomes of a side: the one with the largest decided change, and its deaths."""
    sizes = {primary: importance(family, scenario, primary) for primary in outcomes_of(side)}
    decided = [primary for primary in sizes if sizes[primary]]
    largest = max(decided, key=lambda primary: sizes[primary], default=None)
    deaths = next(primary for primary in sizes if primary.outcome == DEATHS[side])
    if state == LITTLE:
        return [largest] if largest else []
    named = [primary for primary in (largest, deaths) if primary is not None]
    return list(dict.fromkeys(named))


def joined_facts(facts: Sequence[Finding], theories: int) -> list[str]:
    """Facts as sentences: first what every theory agrees on, falls before rises; then each of the others."""
    falls, rises = (
        [fact.text for fact in facts if fact.shared == direction] for direction in (Direction.FEWER, Direction.MORE)
    )
    sides = [join_words(part) for part in (falls, rises) if part]
    agreed = f"{'under every theory ' if theories > 1 else ''}{', but '.join(sides)}"
    others = [fact.text for fact in facts if fact.shared is None]
    return [f"{capitalised(text)}." for text in ([agreed] if sides else []) + others]


def outcome_fact(family: VerdictFamily, scenario: str, primary: PrimaryOutcome) -> Finding | None:
    """Fact on one outcome of a scenario; None where it is undefined under every theory."""
    verdicts = family.of(scenario, primary.outcome)
    parts = _by_answer(family, verdicts)
    if not parts:
        return None
    if len(parts) == 1:
        return _agreed(primary, parts[0][1])
    if sum(condition.count(OR_IF) + 1 for condition, _ in parts) > MOST_CLAUSES:
        return Finding(primary.outcome, _counted(primary, verdicts), None)
    verbs, text = set[str](), NOUNS[primary.outcome]
    for condition, cell in parts:
        verb, size = _change_words(primary, cell)
        if cell.directions[0] == Direction.UNDECIDED:
            clause = f"; {cell.verdicts[0].pairs:,} runs cannot tell"
        elif not cell.directions[0].is_decided and verbs:
            clause = ", hardly"
        else:
            clause = f"{',' if verbs else ''} {size if verb in verbs else f'{verb} {size}'.strip()}"
        verbs.add(verb)
        text += f"{clause} if {condition}"
    return Finding(primary.outcome, text, None)


def _label(verdict: PairedVerdict) -> str:
    """What a sentence says of a verdict, sizes apart."""
    if verdict.direction in (Direction.ALIKE, Direction.IDENTICAL):
        return "hardly"
    if verdict.direction.is_decided and verdict.change == 0:
        return f"mostly equal, {verdict.direction}"
    return str(verdict.direction)


ORDER = ("hardly", str(Direction.UNDECIDED))  # labels that come last in a sentence


def _by_answer(family: VerdictFamily, verdicts: Sequence[PairedVerdict]) -> list[tuple[str, MergedVerdict]]:
    """Verdicts that a sentence keeps apart, each with its answers in words; what changes comes first."""
    kinds = [_label(verdict) for verdict in verdicts]
    if len(set(kinds)) == 1 and verdicts[0].measure != Measure.COUNT and _sizes_differ(verdicts):
        groups = group_theories(family.theories, lambda one, other: is_alike(verdicts[one], verdicts[other]))
        if len(groups) <= MOST_CLAUSES:
            return [(group.condition, _merged(verdicts, group.theories)) for group in groups]
    groups = group_theories(family.theories, lambda one, other: kinds[one] == kinds[other])
    parts = []
    for kind in sorted(dict.fromkeys(kinds), key=lambda kind: ORDER.index(kind) if kind in ORDER else -1):
        if kind == str(Direction.UNDEFINED):
            continue
        members = [group for group in groups if kinds[group.theories[0]] == kind]
        theories = [at for group in members for at in group.theories]
        parts.append((OR_IF.join(group.condition for group in members), _merged(verdicts, theories)))
    return parts


def _sizes_differ(verdicts: Sequence[PairedVerdict]) -> bool:
    sizes = [abs(verdict.change) for verdict in verdicts if verdict.direction.is_decided]
    return len(sizes) == len(verdicts) and min(sizes) > 0 and max(sizes) >= TIMES_APART * min(sizes)


def _merged(verdicts: Sequence[PairedVerdict], theories: Iterable[int]) -> MergedVerdict:
    return MergedVerdict(tuple(verdicts[at] for at in theories))


def _agreed(primary: PrimaryOutcome, cell: MergedVerdict) -> Finding:
    """Fact on which all theories agree."""
    noun, direction = NOUNS[primary.outcome], cell.directions[0]
    if direction == Direction.UNDECIDED:
        return Finding(primary.outcome, undecided(primary, cell), None)
    if set(cell.directions) == {Direction.IDENTICAL}:
        does = "does" if primary.outcome == "ladder_max" else "do"
        return Finding(primary.outcome, f"{noun} {does} not depend on it: no run differs", None)
    verb, size = _change_words(primary, cell)
    shared = direction if direction.is_decided else None
    return Finding(primary.outcome, f"{noun} {f'{verb} {size}'.strip()}", shared)


def _change_words(primary: PrimaryOutcome, cell: MergedVerdict) -> tuple[str, str]:
    """Verb and size of a change; a size alone can follow another with the same verb."""
    direction = cell.directions[0]
    single = primary.outcome == "ladder_max"
    if not direction.is_decided:
        return f"hardly change{'s' if single else ''}", ""
    if cell.range("change") == (0.0, 0.0):
        way, other = ("higher", "lower") if direction == Direction.MORE else ("lower", "higher")
        shares = f"{way} in {in_runs(cell.range(way))} and {other} in {_most(cell, other)}"
        return "", f"{'is' if single else 'are'} mostly equal, but {shares}"
    verb = {Direction.MORE: "rise", Direction.FEWER: "fall"}[direction] + ("s" if single else "")
    return verb, size_phrase(cell.range("change"), cell.measure)


def undecided(primary: PrimaryOutcome, cell: MergedVerdict, condition: str = "") -> str:
    """Sentence on an outcome of which runs cannot tell the direction."""
    pairs = max(verdict.pairs for verdict in cell.verdicts)
    ends = "rises or falls" if primary.outcome == "ladder_max" else "rise or fall"
    shares = f"higher in {of_hundred(cell.range('higher'), ' to ')}, lower in {in_runs(cell.range('lower'))}"
    return f"{pairs:,} runs cannot tell whether {NOUNS[primary.outcome]} {ends}{condition} ({shares})"


def _counted(primary: PrimaryOutcome, verdicts: Sequence[PairedVerdict]) -> str:
    """Directions of an outcome as numbers of theories, where answers are too many for a sentence."""
    words = {"hardly": "hardly change", Direction.MORE: "rise", Direction.FEWER: "fall",
             Direction.UNDECIDED: "are undecided"}  # fmt: skip
    kinds = [_label(verdict).removeprefix("mostly equal, ") for verdict in verdicts]
    known = [kind for kind in dict.fromkeys(kinds) if kind in words]
    parts = [f"{words[kind]} under {kinds.count(kind)}" for kind in known]
    return f"{NOUNS[primary.outcome].removeprefix('the probability of ')} {join_words(parts)} of {len(kinds)} theories"


def _rest(
    family: VerdictFamily, scenario: str, states: tuple[State, State], further: Sequence[PrimaryOutcome]
) -> list[str]:
    """Sentence on the outcomes of sides of which little or nothing is decided."""
    quiet = [side for side, state in zip(SIDES, states, strict=True) if state in (LITTLE, OPEN)]
    verdicts = [verdict for each in further if each.side in quiet for verdict in family.of(scenario, each.outcome)]
    directions = {verdict.direction for verdict in verdicts}
    if not directions - {Direction.UNDEFINED}:
        return []
    whose = "" if len(quiet) == len(SIDES) else f"for {quiet[0]} "
    subject = "else " if any(each.side in quiet for each in PRIMARY if each not in further) else ""
    all_of = f"{whose}all {subject}".replace("all  ", "all ")
    if directions == {Direction.IDENTICAL}:
        return [f"{capitalised(f'{all_of}is identical in every run')}."]
    if directions == {Direction.UNDECIDED}:
        return [f"{capitalised(f'{all_of}is undecided')}."]
    also = " or is undecided" if Direction.UNDECIDED in directions else ""
    return [f"{capitalised(f'{all_of}typically stays within 5 %{also}')}."]


def tail_sentences(family: VerdictFamily, scenario: str, primary: PrimaryOutcome) -> list[str]:
    """Sentence on an outcome that is typically alike and yet, where it differs, mostly in one direction."""
    alike = [verdict for verdict in family.of(scenario, primary.outcome) if verdict.direction == Direction.ALIKE]
    tails = [verdict for verdict in alike if verdict.tail]
    if not tails:
        return []
    up = tails[0].higher > tails[0].lower
    cell = MergedVerdict(tuple(verdict for verdict in alike if (verdict.higher > verdict.lower) == up))
    way, other = ("higher", "lower") if up else ("lower", "higher")
    verb = "is" if primary.outcome == "ladder_max" else "are"
    noun = capitalised(NOUNS[primary.outcome])
    return [f"{noun} {verb} {way} in {in_runs(cell.range(way))}, {other} in {_most(cell, other)}."]


def _most(cell: MergedVerdict, name: str) -> str:
    low, high = cell.range(name)
    most = of_hundred((high, high))
    return "none" if most == "0" else f"{'at most ' if low < high else ''}{most}"


def mean_sentences(family: VerdictFamily, scenario: str, primary: PrimaryOutcome) -> list[str]:
    """Sentence on an outcome that typically moves one way and on average the other."""
    verdicts = family.of(scenario, primary.outcome)
    opposed = [verdict for verdict in verdicts if verdict.mean_is_opposed]
    if not opposed:
        return []
    more = opposed[0].direction == Direction.MORE
    usual, average, why = ("more", "fewer", "avoided") if more else ("fewer", "more", "added")
    noun = NOUNS[primary.outcome].removeprefix("the probability of ")
    under = "" if len(opposed) == len(verdicts) else f" under {len(opposed)} of {len(verdicts)} theories"
    return [f"Usually {usual} {noun}, but {average} on average{under}, since a few very violent runs are {why}."]
