"""What decides an answer: questions on which theories differ, mixes of theories, scenarios beside one another."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from scenarios.analysis.rows import group_theories, is_alike
from scenarios.analysis.verdict_family import Reversal, VerdictFamily
from scenarios.analysis.verdicts import AMERICANS, IRAQIS, PRIMARY, SIDES, Direction, PairedVerdict, PrimaryOutcome
from scenarios.evidence.theories import hypotheses, phrase
from scenarios.report.headlines import outcomes_of
from scenarios.report.sentences import NOUNS
from scenarios.text import SMALL, capitalised, count_noun, join_words, plain_name

MOST_LISTED = 2  # reversals, and open contrasts between scenarios, in a sentence

MOST_OUTCOMES = 3  # that a question decides, named one by one

MOST_QUESTIONS = 3  # named one by one

SAME = (Direction.ALIKE, Direction.IDENTICAL)

NO_WORSE = (Direction.FEWER, *SAME)


def flip_sentences(family: VerdictFamily) -> list[str]:
    """What each question decides, and whether a mix of theories reverses a direction."""
    return [*question_sentences(family), *mix_sentences(family)]


def question_sentences(family: VerdictFamily) -> list[str]:
    """What each question on which theories differ decides."""
    if len(family.theories) == 1:
        return ["One theory alone; what another answer would change is not known. Give several: theory.QUESTION=[A,B]."]
    questions = [name for name in family.theories[0] if len({poles[name] for poles in family.theories}) > 1]
    return _on_questions(family, {question: decided_outcomes(family, question) for question in questions})


def decided_outcomes(family: VerdictFamily, question: str) -> dict[str, list[str]]:
    """Scenarios by outcome in which another answer to a question gives another verdict; undecided ones do not count."""
    decided: dict[str, list[str]] = {}
    for primary in PRIMARY:
        for scenario in family.scenarios:
            verdicts = family.of(scenario, primary.outcome)
            kinds = [{_kind(verdicts[one]), _kind(verdicts[other])} for one, other in _apart(family, question)]
            if any(len(pair - {Direction.UNDECIDED}) == 2 for pair in kinds):
                decided.setdefault(primary.outcome, []).append(scenario)
    return decided


def _kind(verdict: PairedVerdict) -> Direction:
    """Direction of a verdict, those without one taken together."""
    if verdict.direction.is_decided:
        return verdict.direction
    return Direction.ALIKE if verdict.direction in SAME else Direction.UNDECIDED


def _apart(family: VerdictFamily, question: str) -> Iterator[tuple[int, int]]:
    """Pairs of theories that differ in one question alone."""
    for one, other in combinations(range(len(family.theories)), 2):
        first, second = family.theories[one], family.theories[other]
        if [name for name in first if first[name] != second[name]] == [question]:
            yield one, other


def _changes_sizes(family: VerdictFamily, question: str) -> bool:
    return any(
        not is_alike(verdicts[one], verdicts[other])
        for scenario in family.scenarios
        for primary in PRIMARY
        for verdicts in [family.of(scenario, primary.outcome)]
        for one, other in _apart(family, question)
    )


def _on_questions(family: VerdictFamily, decided: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    """Sentence on each question; of many, on those that decide something."""
    deciding = [question for question, outcomes in decided.items() if outcomes]
    others = [question for question in decided if question not in deciding]
    topics = {question: capitalised(hypotheses()[question].topic) for question in deciding[:MOST_QUESTIONS]}
    sentences = [
        f"{topic} decides {_outcomes_in_words(decided[question], family.scenarios)}."
        for question, topic in topics.items()
    ]
    further = len(deciding) - MOST_QUESTIONS
    sentences += (
        [f"{capitalised(count_noun(further, 'more decides', 'more decide'))} a verdict."] if further > 0 else []
    )
    if len(decided) > MOST_QUESTIONS:
        return [*sentences, *([f"The other {len(others)} questions change sizes at most."] if others else [])]
    sizes = [question for question in others if _changes_sizes(family, question)]
    nothing = [question for question in others if question not in sizes]
    return [*sentences, *_together(sizes, "sizes only"), *_together(nothing, "nothing here")]


def _together(questions: Sequence[str], what: str) -> list[str]:
    """Sentence on questions that change the same."""
    topics = join_words(hypotheses()[question].topic for question in questions)
    return [f"{capitalised(topics)} change{'s' if len(questions) == 1 else ''} {what}."] if questions else []


def _outcomes_in_words(decided: Mapping[str, Sequence[str]], scenarios: Sequence[str]) -> str:
    """Outcomes that a question decides, with the scenarios if it is not all of them; of many, their number."""
    by_scenarios: dict[tuple[str, ...], list[str]] = {}
    for outcome, names in decided.items():
        by_scenarios.setdefault(tuple(names), []).append(NOUNS[outcome])
    if len(decided) > MOST_OUTCOMES or len(by_scenarios) > MOST_LISTED:
        return f"{SMALL[len(decided)]} of the {SMALL[len(PRIMARY)]} outcomes"
    parts = []
    for names, outcomes in by_scenarios.items():
        whose = f" for {join_words(map(plain_name, names))}" if len(names) < len(scenarios) else ""
        parts.append(f"{join_words(outcomes)}{whose}")
    return join_words(parts)


def mix_sentences(family: VerdictFamily) -> list[str]:
    """Probabilities of an answer at which a direction turns, the decided first."""
    if len(family.theories) == 1:
        return []
    reversals = sorted(family.reversals, key=lambda reversal: not reversal.mix.decided)
    if not reversals:
        return ["No mix of these theories reverses an arrow."]
    several = len(family.scenarios) > 1
    sentences = [describe_reversal(reversal, several=several) for reversal in reversals[:MOST_LISTED]]
    further = len(reversals) - MOST_LISTED
    if further > 0:
        sentences.append(f"{capitalised(count_noun(further, 'more turns', 'more turn'))} likewise (--full).")
    return sentences


def describe_reversal(reversal: Reversal, *, several: bool = False) -> str:
    """Switching probability of an answer in words."""
    mix, verbs = reversal.mix, ("rises", "falls") if reversal.outcome == "ladder_max" else ("rise", "fall")
    whose = f" under {plain_name(reversal.scenario)}" if several else ""
    answer = phrase(reversal.question, reversal.answer)
    held = join_words(phrase(question, pole) for question, pole in reversal.held)
    where = f", where {held}" if held else ""
    interval = f" ({100 * mix.low:.0f} to {100 * mix.high:.0f} %)" if mix.decided else ""
    return (
        f"{capitalised(NOUNS[reversal.outcome])}{whose} {verbs[0]} rather than {verbs[1]} if it is more than "
        f"{100 * mix.point:.0f} %{interval} likely that {answer}{where}, with these two answers alone in play."
    )


def between_sentences(family: VerdictFamily) -> list[str]:
    """Which scenario does best and worst for either side, and what is open between them."""
    if len(family.scenarios) < 2 or family.has_too_few:
        return []
    americans, iraqis = (side_ranks(family, side) for side in SIDES)
    first = f"For {AMERICANS} {_ranks_in_words(americans)}"
    number = SMALL[len(iraqis)]
    shared = len(set(americans)) == len(set(iraqis)) == 1 and all(americans[0]) and all(iraqis[0])
    if shared and iraqis[0] == americans[0][::-1]:
        ranks = [f"{first}; for {IRAQIS} it is the reverse on all {number}."]
    elif shared and iraqis[0] == americans[0]:
        ranks = [f"{first}; for {IRAQIS} it is the same on all {number}."]
    else:
        ranks = [f"{first}; for {IRAQIS} {_ranks_in_words(iraqis)}."]
    return [*ranks, *_open_in_words(family)]


Rank = tuple[str, str]  # best and worst scenario on an outcome, empty where there is none


def side_ranks(family: VerdictFamily, side: str) -> list[Rank]:
    """Scenario that is decidedly best, and worst, on every outcome of a side, whatever the theory."""
    ranks = []
    for primary in outcomes_of(side):
        better = {
            (one, other)
            for one in family.scenarios
            for other in family.scenarios
            if one != other and _is_better(family, one, other, primary)
        }
        others = len(family.scenarios) - 1
        best = [name for name in family.scenarios if sum(one == name for one, _ in better) == others]
        worst = [name for name in family.scenarios if sum(other == name for _, other in better) == others]
        ranks.append((best[0] if best else "", worst[0] if worst else ""))
    return ranks


def _is_better(family: VerdictFamily, one: str, other: str, primary: PrimaryOutcome) -> bool:
    """Whether one scenario has fewer than another under some theory, and more under none."""
    forward = (one, other, primary.outcome)
    if forward in family.between:
        directions = {verdict.direction for verdict in family.between[forward]}
    else:
        directions = {verdict.direction.opposite for verdict in family.between[other, one, primary.outcome]}
    return Direction.FEWER in directions and directions <= set(NO_WORSE)


def _ranks_in_words(ranks: Sequence[Rank]) -> str:
    """Best and worst of the outcomes of one side, as they follow its name."""
    number, clauses = len(ranks), []
    for at, word in enumerate(("best", "worst")):
        names = [rank[at] for rank in ranks if rank[at]]
        for name in dict.fromkeys(names):
            count = names.count(name)
            on = f"all {SMALL[number]}" if count == number else f"{SMALL[count]} of {SMALL[number]}"
            clauses.append((plain_name(name), word, f"{on} outcomes"))
    if not clauses:
        return "no scenario is decidedly best or worst"
    places = {place for *_, place in clauses}
    if len(places) == 1:
        joined = join_words(f"{name} {'does ' if at == 0 else ''}{word}" for at, (name, word, _) in enumerate(clauses))
        return f"{joined} on {places.pop()}"
    return join_words(f"{name} does {word} on {place}" for name, word, place in clauses)


def _open_in_words(family: VerdictFamily) -> list[str]:
    """Sentence on contrasts between scenarios that are undecided."""
    listed = []
    for (first, second, outcome), verdicts in family.between.items():
        undecided = [verdict.direction == Direction.UNDECIDED for verdict in verdicts]
        if not any(undecided):
            continue
        listed.append(f"{NOUNS[outcome]}, {plain_name(first)} against {plain_name(second)}{_where(family, undecided)}")
    if not listed:
        return []
    further = len(listed) - MOST_LISTED
    return [f"Open: {'; '.join(listed[:MOST_LISTED])}{f'; and {further} more' if further > 0 else ''}."]


def _where(family: VerdictFamily, flags: Sequence[bool]) -> str:
    """Answers under which a flag is set, as a clause; empty where they are all, or many."""
    groups = group_theories(family.theories, lambda one, other: flags[one] == flags[other])
    conditions = [group.condition for group in groups if flags[group.theories[0]] and group.answers]
    return f", if {' or if '.join(conditions)}" if 0 < len(conditions) <= MOST_LISTED else ""
