"""Pages on what the texts have for one question, one parameter, or what one article has for all questions."""

from collections import Counter
from collections.abc import Iterable

from scenarios.evidence import page, presets, weight_table
from scenarios.evidence.belief_pages import done
from scenarios.evidence.claims import STRENGTHS, Claim, claims, sources
from scenarios.evidence.disagreements import Reading, disagreements, readings
from scenarios.evidence.page import Lines
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.text_pages import held
from scenarios.evidence.theories import Hypothesis, changes_of, hypotheses
from scenarios.evidence.uses import uses
from scenarios.evidence.weighing import AGAINST, FOR, counted, directions, points, turns

WARNING = (
    "Weights say how firmly five texts assert a position, not how likely it is: they are not probabilities, do not "
    "come from independent sources, and never pool theories. 'str.' counts claims by their strength (1-3), which is "
    "coded with low reliability, 'count' counts every claim one; read nothing into what only one of them shows."
)


def question(number: str, *, each_one: bool = False) -> Lines:
    """A hypothesis or disagreement: its weights, and every claim behind each pole."""
    theories = [each for each in hypotheses().values() if each.number == number]
    switch = f", theory.{theories[0].name}" if theories else ""
    kind = "hypothesis" if number.startswith("H") else "disagreement"
    lines = page.heading(number, f"{kind}{switch}", weight_table.asked(number))
    lines += [*weight_table.head("question", each_one=each_one), *weight_table.rows(number, each_one=each_one)]
    for reading in readings()[number].values():
        lines += page.section(f"position {reading.pole}", one_pole(number, reading, theories))
    lines += page.section("leading pole without one article", without(number, each_one=each_one))
    lines += page.section("what presets take", page.items(_taken(theories)))
    return [*lines, "", *page.paragraph(WARNING)]


def one_pole(number: str, reading: Reading, theories: Iterable[Hypothesis]) -> Lines:
    """One pole: what it says, its weights, what stands for it in the model, its claims by article."""
    lines = page.labelled("says", reading.statement)
    lines += page.labelled("weight", page.weighed(reading))
    for theory in theories:
        for pole in (each for each in theory.poles.values() if each.weight_of == reading.pole):
            sets = "; ".join(f"{change.parameter}: {done(change)}" for change in pole.changes)
            lines += page.labelled("switch", f"theory.{theory.name}={pole.name} ({sets or 'every prior as it stands'})")
    if number in disagreements():
        lines += page.labelled("held by", held(disagreements()[number].positions[reading.pole].held_by))
    return [*lines, *by_article(reading.claims)]


def by_article(names: Iterable[str]) -> Lines:
    """Claims under the article that makes them, with strength and paraphrase."""
    cited = [claims()[name] for name in names]
    lines: Lines = []
    for article, strength in points(each.name for each in cited).items():
        mine = [each for each in cited if each.source.name == article]
        lines.append(f"  {article}: strength {strength} in {len(mine)} {'claim' if len(mine) == 1 else 'claims'}")
        lines += page.items((f"  {each.name} [{each.strength}]", _told(each)) for each in mine)
    return lines or ["  no claim"]


def _told(claim: Claim) -> str:
    return f"{claim.says} ({page.spoken(claim.kind)}, line {claim.line})"


def without(number: str, *, each_one: bool) -> Lines:
    """What leads when one article is left out; only articles that matter are named."""
    articles = dict.fromkeys((*turns(number, each_one=each_one), *turns(number, each_one=not each_one)))
    found = [("with all", _both(number)), *((f"without {article}", _both(number, article)) for article in articles)]
    return page.items(found if articles else [*found, ("without any one", "the same")])


def _both(number: str, article: str = "") -> str:
    strong, plain = (weight_table.led(number, each_one=each_one, without=article) for each_one in (False, True))
    return strong if strong == plain else f"{strong} by strength, {plain} by count"


def _taken(theories: Iterable[Hypothesis]) -> Iterable[tuple[str, str]]:
    for theory in theories:
        for name, article in presets.presets().items():
            found = presets.choice(theory, article)
            yield f"theory={name}", f"{', '.join(found.poles)}" + (f" ({found.reason})" if found.reason else "")


def parameter(name: str) -> Lines:
    """A parameter: which claims speak for its stated sign or size, which against, and how firmly."""
    belief = beliefs()[name]
    lines = page.heading(name, f"parameter of {page.spoken(belief.actor)}", belief.meaning)
    lines += page.labelled("grade", f"{belief.grade}, origin {belief.origin}")
    lines += page.labelled("because", belief.because)
    if not belief.claims_for and not belief.claims_against:
        return [*lines, "", "no claim of the texts speaks for or against it"]
    for way, cited in ((FOR, belief.claims_for), (AGAINST, belief.claims_against)):
        strong, plain = (directions(belief, each_one=ones)[way] for ones in (False, True))
        title = f"{way} the stated sign or size: {strong:.3f} by strength, {plain:.3f} with every claim counted one"
        lines += page.section(title, by_article(cited))
    lines += page.section("changed by", page.items(_changes(name)))
    lines += page.section("stands for positions", page.items(_positions(name)))
    return [*lines, "", *page.paragraph(WARNING)]


def _changes(name: str) -> Iterable[tuple[str, str]]:
    return ((f"theory.{theory.name}={pole.name}", done(change)) for theory, pole, change in changes_of(name))


def _positions(name: str) -> Iterable[tuple[str, str]]:
    for number, each in disagreements().items():
        for position in each.positions.values():
            for way in ("high", "low"):
                if name in getattr(position.held_by, way):
                    yield f"{number} {position.name}, when {way}", position.statement


def article(name: str, *, each_one: bool = False) -> Lines:
    """An article: what it has for every question that it speaks to, by its claims alone, and its preset."""
    found = sources()[name]
    said = [each for each in claims().values() if each.source.name == name]
    lines = page.heading(name, f"{found.kind}, {found.date}", found.title)
    lines += page.labelled("leaning", found.leaning)
    lines += page.labelled("claims", f"{len(said)}: {_strengths(said)}; {_used(said)}")
    asked = [number for number in readings() if any(counted(number, only=name).values())]
    head = weight_table.head("by its claims alone", each_one=each_one)
    lines += ["", *(line.removesuffix("  without") for line in head)]
    lines += [line for number in asked for line in weight_table.rows(number, each_one=each_one, only=name)]
    silent = ", ".join(each for each in readings() if each not in asked)
    lines += page.section("says nothing on", page.paragraph(silent))
    lines += page.section("without it, of all texts", page.items(_turned(name)))
    taken = presets.preset(name.lower())
    spoken = ((f"theory.{q}={'|'.join(each.poles)}", each.reason) for q, each in taken.items() if each.spoken)
    lines += page.section(f"what theory={name.lower()} takes; the rest is neutral", page.items(spoken))
    return [*lines, "", *page.paragraph(WARNING)]


def _strengths(said: Iterable[Claim]) -> str:
    found = Counter(each.strength for each in said)
    return ", ".join(f"{found[strength]} of strength {strength}" for strength in sorted(STRENGTHS, reverse=True))


def _used(said: Iterable[Claim]) -> str:
    idle = [each.name for each in said if each.name not in uses()]
    return f"used by nothing: {', '.join(idle)}" if idle else "all used"


def _turned(name: str) -> Iterable[tuple[str, str]]:
    for number in readings():
        if name in {*turns(number), *turns(number, each_one=True)}:
            yield number, f"{_both(number)} leads now, then {_both(number, name)}"
