"""Pages on what the texts say: claims, documents, mechanisms, disagreements, stylised facts, agents."""

from collections.abc import Iterable

from scenarios import resources
from scenarios.evidence.actors import actors
from scenarios.evidence.claims import POLARITIES, STRENGTHS, Claim, claims, sources, unused
from scenarios.evidence.disagreements import CARRIERS, Disagreement, Held, disagreements, readings
from scenarios.evidence.mechanisms import SIGNS, mechanisms, other_rules
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.stylised_facts import USES, patterns
from scenarios.evidence.theories import hypotheses
from scenarios.explain import render
from scenarios.explain.coverage import Use, uses
from scenarios.explain.render import Kind, Lines
from scenarios.explain.source_code import definition, docstring


def claim(name: str) -> Lines:
    """A claim, where it stands, and all that rests on it."""
    found = claims()[name]
    return [
        *render.heading(name, "claim", found.says),
        *coded(found),
        *render.labelled("stands in", render.standing(resources.seeds() / "claims.csv", name)),
        *render.section("used by", _used_by(name)),
        *render.section("used by nothing", render.paragraph(unused().get(name, ""))),
    ]


def coded(found: Claim) -> Lines:
    """How a claim is coded."""
    when = (
        " to ".join(dict.fromkeys(each or "?" for each in (found.start, found.end))) if found.start + found.end else ""
    )
    return [
        *render.labelled("line", found.place),
        *render.labelled(
            "who on whom", " on ".join(render.spoken(each) for each in (found.actor, found.target) if each)
        ),
        *render.labelled("topic", render.spoken(found.topic)),
        *render.labelled("kind", render.spoken(found.kind)),
        *render.labelled("number", _number(found)),
        *render.labelled("period", when),
        *render.labelled("sign", POLARITIES[found.polarity]),
        *render.labelled("strength", f"{found.strength} of 3: {STRENGTHS[found.strength]}; not how true it is"),
        *render.labelled("leaning", f"{found.source.name}: {found.source.leaning}"),
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
    return render.items((kind, ", ".join(each)) for kind, each in by_kind.items())


def _use(use: Use) -> str:
    return f"{use.name} ({render.spoken(use.how)})" if use.how else use.name


def source(name: str) -> Lines:
    """A document and every claim that it makes."""
    found = sources()[name]
    lines = render.heading(name, f"{found.kind}, {found.date}", found.title)
    for label in ("file", "author", "outlet", "language", "dated", "leaning"):
        lines += render.labelled(label, str(getattr(found, label)))
    lines += render.labelled("stands in", render.standing(resources.seeds() / "sources.yaml", name))
    said = [each for each in claims().values() if each.source.name == name]
    return [*lines, *render.section(f"its {len(said)} claims", _by_line(said))]


def _by_line(said: Iterable[Claim]) -> Lines:
    return render.items((f"{each.name} line {each.line}", each.says) for each in said)


def mechanism(number: str) -> Lines:
    """A cause and effect: who asserts it, which code carries it, what can be varied."""
    found = mechanisms()[number]
    lines = render.heading(f"{number} {found.name}", "mechanism", found.statement)
    for label, text in (
        ("who", found.who),
        ("on whom", found.whom),
        ("sign", SIGNS[found.sign]),
        ("where", found.condition),
        ("left open", found.open),
        ("field", found.field),
        ("stands in", render.standing(resources.seeds() / "mechanisms.yaml", number)),
    ):
        lines += render.labelled(label, text)
    return [
        *lines,
        *render.section("claims", render.claim_lines(found.claims)),
        *render.section("rules that carry it", render.rule_lines(found.rules)),
        *render.section("parameters", render.items(_parameters(number))),
        *render.section("levers", render.items((each, "") for each in found.levers)),
        *render.section("rival theories", render.items(_theories(number))),
    ]


def _parameters(number: str) -> Iterable[tuple[str, str]]:
    return ((f"{name} [{each.grade}]", each.meaning) for name, each in beliefs().items() if number in each.mechanisms)


def _theories(number: str) -> Iterable[tuple[str, str]]:
    asked = (each for each in hypotheses().values() if number in each.mechanisms)
    return ((f"theory.{each.name}", f"{each.question} ({each.number})") for each in asked)


def disagreement(number: str) -> Lines:
    """A question on which the texts differ, and how the model carries both sides."""
    found = disagreements()[number]
    lines = render.heading(number, "disagreement", found.question)
    lines += render.labelled("carried", found.carried)
    lines += render.labelled("stands in", render.standing(resources.seeds() / "disagreements.yaml", number))
    for name, position in found.positions.items():
        weight = render.weighed(readings()[number][name])
        head = [*render.labelled("says", position.statement), *render.labelled("weight", weight)]
        head += [*render.labelled("held by", held(position.held_by)), ""]
        lines += render.section(f"position {name}", [*head, *render.claim_lines(position.claims)])
    for carrier in CARRIERS:
        lines += render.section(carrier, render.items(_carriers(found, carrier)))
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
    lines = render.heading(name, "stylised fact", found.statement)
    for label, text in (
        ("number", found.number),
        ("period", " to ".join((found.start or "?", found.end or "?"))),
        ("counts", found.counted),
        ("reference", found.reference),
        ("check", found.check),
        ("use", f"{found.use}: {USES[found.use]}"),
        ("stands in", render.standing(resources.seeds() / "patterns.csv", name)),
    ):
        lines += render.labelled(label, text)
    return [*lines, *render.section("claims", render.claim_lines(found.claims))]


def actor(name: str) -> Lines:
    """An agent: why it is in the model, what is believed of it."""
    found = next(each for each in actors().values() if name in (each.name, *each.members))
    lines = render.heading(name, "agent of the model", found.title)
    lines += render.labelled("origin", found.origin)
    lines += render.labelled("because", found.because)
    lines += render.labelled("members", ", ".join(found.members))
    lines += render.labelled("stands in", render.standing(resources.seeds() / "actors.yaml", found.name))
    lines += render.section("lived by", render.rule_lines((found.kind,)))
    lines += render.section("claims", render.claim_lines(found.claims))
    return [*lines, *render.section("parameters", render.paragraph(", ".join(_assumed_of(found.kind))))]


def _assumed_of(kind: str) -> list[str]:
    """Parameters in the file of an agent's module."""
    module = kind.split(".")[-2]
    return [name for name, each in beliefs().items() if each.actor == module]


def other_rule(path: str) -> Lines:
    """A rule of the code, by its dotted path or its own name."""
    carried = [(number, each.name) for number, each in mechanisms().items() if path in _own_names(each.rules)]
    full = next(each for each in _rule_paths() if path in _own_names((each,)))
    lines = render.heading(path, "rule of the code", " ".join(docstring(full).split("\n\n")[0].split()))
    lines += render.labelled("defined at", str(definition(full)))
    lines += render.section("carries", render.items(carried))
    added = other_rules().get(full)
    reason = [*render.labelled("origin", added.origin), *render.labelled("because", added.because)] if added else []
    return [*lines, *render.section("no text asserts it", reason)]


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
