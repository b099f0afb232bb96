"""Tables read from the code and from a small simulated model: who, what, when, by which luck."""

import re
from collections.abc import Iterator

from agents.iraq import Iraq
from docs.generate.odd.anatomy import called_in_order, classes_in, first_paragraph, methods_in, of_class
from docs.generate.odd.chances import Chance, placeholder
from docs.generate.odd.staged import Shown, shown, states
from docs.generate.regions import code, table
from scenarios.config.policy import LEVERS
from scenarios.config.shocks import KINDS
from scenarios.evidence.actors import actors
from scenarios.explain.source_code import module_source
from scenarios.outcomes import OUTCOMES

Rows = Iterator[tuple[object, ...]]

FIELD = re.compile(r"^    (?P<name>\w+): [^#]*?(?:  # (?P<comment>.*))?$")

CLASS = re.compile(r"^class (?P<name>\w+)[:(]")

PHASES = ("before the start", "start", "observe", "decide", "settle", "adapt", "after the step")


def agents() -> str:
    """The agents: names, count, class, what they carry from day to day, and their origin."""
    return table(("agent", "n", "class", "who", "carries from day to day", "origin"), _agents())


def _agents() -> Rows:
    carried: dict[str, list[str]] = {}
    for state in states(shown().iraq):
        if "adapt" in state.set_in:
            carried.setdefault(state.owner, []).append(state.name)
    for name, actor in actors().items():
        kind = actor.kind.rpartition(".")[2]
        states_carried = ", ".join(code(each) for each in carried.get(kind, ())) or "nothing"
        yield code(name), len(actor.agents), code(kind), actor.title, states_carried, actor.origin


def state_variables() -> str:
    """Every array of every class of agents: what it is, in which phases it is set, its shape beyond replications."""
    rows = [
        (
            code(state.owner),
            code(state.name),
            state.unit,
            state.columns,
            ", ".join(phase for phase in state.set_in if phase != "start") or "the start alone",
            state.meaning,
        )
        for state in states(shown().iraq)
    ]
    return table(("class", "state", "unit", "columns", "set in", "meaning"), rows)


def processes() -> str:
    """What happens in a step, phase by phase, in the words of the code."""
    return table(("phase", "who", "rule", "what"), _processes())


def _processes() -> Rows:
    model = {each.name: each for each in methods_in("agents/iraq.py") if each.owner == Iraq.__name__}
    yield (
        "observe",
        "the course of the run",
        code("Timeline.today"),
        meaning_of("scenarios/simulation/timeline.py", "Timeline.today"),
    )
    yield "observe", "the model", code("Iraq.observe"), model["observe"].meaning
    yield from _by_agents("decide")
    for path in ("agents/settlement.py", "agents/toll.py"):
        for method in methods_in(path):
            if not method.owner:
                yield (
                    "settle",
                    "all together",
                    code(f"{path.split('/')[1].removesuffix('.py')}.{method}"),
                    method.meaning,
                )
    yield from _by_agents("adapt")


def _by_agents(phase: str) -> Rows:
    for kind in shown().names:
        methods = of_class(kind)
        yield phase, code(kind), code(f"{kind}.{phase}"), methods[phase].meaning
        for name in called_in_order(methods[phase]):
            yield phase, code(kind), code(f"{kind}.{name}"), methods[name].meaning


def meaning_of(path: str, name: str) -> str:
    """The first paragraph of what a function or method says of itself."""
    return next(each.meaning for each in methods_in(path) if str(each) == name)


def decisions() -> str:
    """Every chance event: its address, how many there are, and what is made of the uniform number."""
    example = shown()
    rows = [_decision(each, drawn) for each, drawn in sorted(example.chances, key=_order)]
    head = ("address", "names", "counter", "phase", "distribution", "made of u", "drawn in")
    return "\n\n".join([table(head, rows), _legend(example)])


def _order(entry: tuple[Chance, int]) -> int:
    return PHASES.index(entry[0].phase)


def _decision(of: Chance, drawn: int) -> tuple[object, ...]:
    names = "as recorded" if of.method.path.startswith("scenarios/simulation/events") else drawn
    becomes = code(of.made_of_it) if of.made_of_it else "-"
    return code(of.address), names, of.counts, of.phase, of.distribution, becomes, code(str(of.method))


def _legend(of: Shown) -> str:
    lines = [
        f"- `{placeholder(kind)}`: {', '.join(code(name) for name in names)}"
        for kind, names in of.names.items()
        if any(placeholder(kind) in each.address for each, _ in of.chances)
    ]
    return "\n".join(lines)


def seen() -> str:
    """What all see of yesterday when they decide."""
    pictures: dict[str, list[str]] = {}
    for picture, field, comment in _fields("agents/seen.py"):
        pictures.setdefault(picture, []).append(f"{code(field)} {comment}".strip())
    of = {each.name: first_paragraph(each) for each in classes_in("agents/seen.py")}
    rows = [(code(name), of[name], "; ".join(fields)) for name, fields in pictures.items()]
    return table(("picture", "of", "what is seen"), rows)


def given() -> str:
    """What enters from outside on a day."""
    rows = [
        (code(picture), code(field), comment or "by name")
        for picture, field, comment in _fields("agents/setting.py")
        if picture in ("Levers", "Today")
    ]
    return table(("part", "field", "meaning"), rows)


def _fields(path: str) -> Iterator[tuple[str, str, str]]:
    """Class, name and comment of every field that a module declares."""
    owner = ""
    for line in module_source(path).splitlines():
        if declared := CLASS.match(line):
            owner = declared["name"]
        elif field := FIELD.match(line):
            yield owner, field["name"], field["comment"] or ""


def levers() -> str:
    """What a scenario may set, beside troops, role and legal basis."""
    rows = [
        (code(name), each.words, each.unit, f"{each.low:g} to {each.high:g}", f"{each.usual:g}")
        for name, each in LEVERS.items()
    ]
    return table(("lever", "what it sets", "unit", "bounds", "where it is not set"), rows)


def shocks() -> str:
    """What nobody in the model decides."""
    rows = [(code(name), each.meaning, each.unit, f"{each.largest:g}") for name, each in KINDS.items()]
    return table(("shock", "meaning", "unit of its size", "largest"), rows)


def outcomes() -> str:
    """Everything that is measured."""
    rows = [(code(name), each.unit, each.kind, each.meaning) for name, each in OUTCOMES.items()]
    return table(("outcome", "unit", "kind", "meaning"), rows)
