"""Pages on what the texts say: claims, documents, mechanisms, disagreements, stylised facts, agents."""

from collections.abc import Iterable

from scenarios import places
from scenarios.evidence import page
from scenarios.evidence.cast import actors
from scenarios.evidence.claims import POLARITIES, STRENGTHS, Claim, claims, sources, unused
from scenarios.evidence.disagreements import CARRIERS, Disagreement, Held, disagreements, readings
from scenarios.evidence.mechanisms import SIGNS, mechanisms, other_rules
from scenarios.evidence.page import Kind, Lines
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.patterns import USES, patterns
from scenarios.evidence.rules import definition, docstring
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.uses import Use, uses


def claim(name: str) -> Lines:
    """A claim, where it stands, and all that rests on it."""
    found = claims()[name]
    return [
        *page.heading(name, "claim", found.says),
        *coded(found),
        *page.labelled("stands in", page.standing(places.seeds() / "claims.csv", name)),
        *page.section("used by", _used_by(name)),
        *page.section("used by nothing", page.paragraph(unused().get(name, ""))),
    ]


def coded(found: Claim) -> Lines:
    """How a claim is coded."""
    when = (
        " to ".join(dict.fromkeys(each or "?" for each in (found.start, found.end))) if found.start + found.end else ""
    )
    return [
        *page.labelled("line", found.place),
        *page.labelled("who on whom", " on ".join(page.spoken(each) for each in (found.actor, found.target) if each)),
        *page.labelled("topic", page.spoken(found.topic)),
        *page.labelled("kind", page.spoken(found.kind)),
        *page.labelled("number", _number(found)),
        *page.labelled("period", when),
        *page.labelled("sign", POLARITIES[found.polarity]),
        *page.labelled("strength", f"{found.strength} of 3: {STRENGTHS[found.strength]}; not how true it is"),
        *page.labelled("leaning", f"{found.source.name}: {found.source.leaning}"),
    ]


def _number(found: Claim) -> str:
    """The number of a claim in words; units that end in _min are lower bounds, in _approx rounded."""
    words = found.unit.removesuffix("_min").removesuffix("_approx").replace("_min_", "_").replace("_", " ")
    if found.value is None:
        return words
    rounded = "about " if found.unit.endswith("_approx") else ""
    return f"{'at least ' if '_min' in found.unit else rounded}{found.value:,g} {words}"


def _used_by(name: str) -> Lines:
    by_kind: dict[str, list[str]] = {}
    for use in uses().get(name, ()):
        by_kind.setdefault(use.kind, []).append(_use(use))
    return page.items((kind, ", ".join(each)) for kind, each in by_kind.items())


def _use(use: Use) -> str:
    return f"{use.name} ({page.spoken(use.how)})" if use.how else use.name


def source(name: str) -> Lines:
    """A document and every claim that it makes."""
    found = sources()[name]
    lines = page.heading(name, f"{found.kind}, {found.date}", found.title)
    for label in ("file", "author", "outlet", "language", "dated", "leaning"):
        lines += page.labelled(label, str(getattr(found, label)))
    lines += page.labelled("stands in", page.standing(places.seeds() / "sources.yaml", name))
    said = [each for each in claims().values() if each.source.name == name]
    return [*lines, *page.section(f"its {len(said)} claims", _by_line(said))]


def _by_line(said: Iterable[Claim]) -> Lines:
    return page.items((f"{each.name} line {each.line}", each.says) for each in said)


def mechanism(number: str) -> Lines:
    """A cause and effect: who asserts it, which code carries it, what can be varied."""
    found = mechanisms()[number]
    lines = page.heading(f"{number} {found.name}", "mechanism", found.statement)
    for label, text in (
        ("who", found.who),
        ("on whom", found.whom),
        ("sign", SIGNS[found.sign]),
        ("where", found.condition),
        ("left open", found.open),
        ("field", found.field),
        ("stands in", page.standing(places.seeds() / "mechanisms.yaml", number)),
    ):
        lines += page.labelled(label, text)
    return [
        *lines,
        *page.section("claims", page.claim_lines(found.claims)),
        *page.section("rules that carry it", page.rule_lines(found.rules)),
        *page.section("parameters", page.items(_parameters(number))),
        *page.section("levers", page.items((each, "") for each in found.levers)),
        *page.section("rival theories", page.items(_theories(number))),
    ]


def _parameters(number: str) -> Iterable[tuple[str, str]]:
    return ((f"{name} [{each.grade}]", each.meaning) for name, each in beliefs().items() if number in each.mechanisms)


def _theories(number: str) -> Iterable[tuple[str, str]]:
    asked = (each for each in hypotheses().values() if number in each.mechanisms)
    return ((f"theory.{each.name}", f"{each.question} ({each.number})") for each in asked)


def disagreement(number: str) -> Lines:
    """A question on which the texts differ, and how the model carries both sides."""
    found = disagreements()[number]
    lines = page.heading(number, "disagreement", found.question)
    lines += page.labelled("carried", found.carried)
    lines += page.labelled("stands in", page.standing(places.seeds() / "disagreements.yaml", number))
    for name, position in found.positions.items():
        weight = page.weighed(readings()[number][name])
        head = [*page.labelled("says", position.statement), *page.labelled("weight", weight)]
        head += [*page.labelled("held by", held(position.held_by)), ""]
        lines += page.section(f"position {name}", [*head, *page.claim_lines(position.claims)])
    for carrier in CARRIERS:
        lines += page.section(carrier, page.items(_carriers(found, carrier)))
    return lines


def held(by: Held) -> str:
    """What in the model stands for a position, in words."""
    poles = [f"theory.{pole.replace('.', '=')}" for pole in by.poles]
    ways = [f"a {way} {name}" for way in ("high", "low") for name in getattr(by, way)]
    return ", ".join([*poles, *ways, *(f"lever {lever}" for lever in by.levers)])


def _carriers(found: Disagreement, carrier: str) -> Iterable[tuple[str, str]]:
    says = {
        "theories": lambda name: hypotheses()[name].question,
        "parameters": lambda name: beliefs()[name].meaning,
        "levers": lambda name: "",
    }[carrier]
    return ((name, says(name)) for name in getattr(found, carrier))


def pattern(name: str) -> Lines:
    """A stylised fact: number, set, claims, check."""
    found = patterns()[name]
    lines = page.heading(name, "stylised fact", found.statement)
    for label, text in (
        ("number", found.number),
        ("period", " to ".join((found.start or "?", found.end or "?"))),
        ("counts", found.counted),
        ("reference", found.reference),
        ("check", found.check),
        ("use", f"{found.use}: {USES[found.use]}"),
        ("stands in", page.standing(places.seeds() / "patterns.csv", name)),
    ):
        lines += page.labelled(label, text)
    return [*lines, *page.section("claims", page.claim_lines(found.claims))]


def actor(name: str) -> Lines:
    """An agent: why it is in the model, what is believed of it."""
    found = next(each for each in actors().values() if name in (each.name, *each.members))
    lines = page.heading(name, "agent of the model", found.title)
    lines += page.labelled("origin", found.origin)
    lines += page.labelled("because", found.because)
    lines += page.labelled("members", ", ".join(found.members))
    lines += page.labelled("stands in", page.standing(places.seeds() / "actors.yaml", found.name))
    lines += page.section("lived by", page.rule_lines((found.kind,)))
    lines += page.section("claims", page.claim_lines(found.claims))
    return [*lines, *page.section("parameters", page.paragraph(", ".join(_assumed_of(found.kind))))]


def _assumed_of(kind: str) -> list[str]:
    """Parameters in the file of an agent's module."""
    module = kind.split(".")[-2]
    return [name for name, each in beliefs().items() if each.actor == module]


def other_rule(path: str) -> Lines:
    """A rule of the code, by its dotted path or its own name."""
    carried = [(number, each.name) for number, each in mechanisms().items() if path in _own_names(each.rules)]
    full = next(each for each in _rule_paths() if path in _own_names((each,)))
    lines = page.heading(path, "rule of the code", " ".join(docstring(full).split("\n\n")[0].split()))
    lines += page.labelled("defined at", str(definition(full)))
    lines += page.section("carries", page.items(carried))
    added = other_rules().get(full)
    reason = [*page.labelled("origin", added.origin), *page.labelled("because", added.because)] if added else []
    return [*lines, *page.section("no text asserts it", reason)]


def _own_names(paths: Iterable[str]) -> set[str]:
    return {name for path in paths for name in (path, path.rpartition(".")[2], ".".join(path.split(".")[-2:]))}


def _rule_paths() -> tuple[str, ...]:
    return (*(path for each in mechanisms().values() for path in each.rules), *other_rules())


def _rule_names() -> list[str]:
    return [name for path in dict.fromkeys(_rule_paths()) for name in (path, ".".join(path.split(".")[-2:]))]


def _agents() -> list[str]:
    return [name for each in actors().values() for name in dict.fromkeys((each.name, *each.members))]


CLAIM = Kind("claim", lambda: claims(), claim)
SOURCE = Kind("source", lambda: sources(), source)
MECHANISM = Kind("mechanism", lambda: mechanisms(), mechanism)
DISAGREEMENT = Kind("disagreement", lambda: disagreements(), disagreement)
PATTERN = Kind("pattern", lambda: patterns(), pattern)
ACTOR = Kind("actor", _agents, actor)
RULE = Kind("rule", _rule_names, other_rule)
