"""Pages on the content of the texts: claims, documents, mechanisms, stylised facts, agents and rules."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from scenarios import resources
from scenarios.evidence import weights
from scenarios.evidence.actors import actors
from scenarios.evidence.claims import STRENGTHS, Claim, claims, sources, unused
from scenarios.evidence.disagreements import weighed_poles
from scenarios.evidence.mechanisms import SIGNS, mechanisms, other_rules
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.stylised_facts import USES, patterns
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weights import count_points, reversals
from scenarios.explain.coverage import uses
from scenarios.explain.questions import describe_lead, position_weights, question_of
from scenarios.explain.render import entry_place, readable
from scenarios.explain.source_code import definition, source_docstring


def claim_page(name: str) -> dict[str, Any]:
    """A claim, its place in the text, and all that rests on it."""
    coded = claims()[name]
    period = dict.fromkeys(day or "?" for day in (coded.start, coded.end)) if coded.start or coded.end else ()
    by_kind: dict[str, list[str]] = {}
    for use in uses().get(name, ()):
        by_kind.setdefault(use.kind, []).append(f"{use.name} ({readable(use.how)})" if use.how else use.name)
    return {
        "claim": coded, "number": _number(coded), "period": " to ".join(period),
        "place": entry_place(resources.seeds() / "claims.csv", name), "unused": unused().get(name, ""),
        "uses": [(kind, ", ".join(names)) for kind, names in by_kind.items()],
    }  # fmt: skip


def _number(of: Claim) -> str:
    """The number of a claim in words; units that end in _min are lower bounds, in _approx rounded."""
    words = of.unit.removesuffix("_min").removesuffix("_approx").replace("_min_", "_").replace("_", " ")
    if of.value is None:
        return words
    rounded = "about " if of.unit.endswith("_approx") else ""
    return f"{'at least ' if '_min' in of.unit else rounded}{of.value:,g} {words}"


def document_page(name: str) -> dict[str, Any]:
    """A document with its claims, what these alone assert of every question, and the preset that follows."""
    cited = [claim for claim in claims().values() if claim.source.name == name]
    strengths = Counter(claim.strength for claim in cited)
    idle = [claim.name for claim in cited if claim.name not in uses()]
    preset = weights.preset(name.lower())
    answered = [number for number in weighed_poles() if any(count_points(number, only=name).values())]
    return {
        "document": sources()[name], "place": entry_place(resources.seeds() / "sources.yaml", name),
        "claims": [(f"{claim.name} line {claim.line}", claim.text) for claim in cited],
        "strengths": ", ".join(f"{strengths[each]} of strength {each}" for each in sorted(STRENGTHS, reverse=True)),
        "idle": f"used by nothing: {', '.join(idle)}" if idle else "all used",
        "weights": {f"{number:<4}{question_of(number)}": position_weights(number, name) for number in answered},
        "silent": ", ".join(number for number in weighed_poles() if number not in answered),
        "without": list(_changed_leads(name)),
        "preset": [(f"theory.{q}={'|'.join(each.poles)}", each.reason) for q, each in preset.items() if each.decided],
    }  # fmt: skip


def _changed_leads(name: str) -> Iterable[tuple[str, str]]:
    """Questions on which something else leads once a document is left out."""
    for number in weighed_poles():
        if name in {*reversals(number), *reversals(number, by_count=True)}:
            yield number, f"{describe_lead(number)} leads now, then {describe_lead(number, name)}"


def mechanism_page(number: str) -> dict[str, Any]:
    """A cause and effect: who asserts it, which code carries it, what can be varied."""
    mechanism = mechanisms()[number]
    varied = ((name, belief) for name, belief in beliefs().items() if number in belief.mechanisms)
    theories = (theory for theory in hypotheses().values() if number in theory.mechanisms)
    return {
        "mechanism": mechanism, "sign": SIGNS[mechanism.sign], "rules": list(_defined(mechanism.rules)),
        "place": entry_place(resources.seeds() / "mechanisms.yaml", number),
        "parameters": [(f"{name} [{belief.grade}]", belief.meaning) for name, belief in varied],
        "levers": [(lever, "") for lever in mechanism.levers],
        "theories": [(f"theory.{theory.name}", f"{theory.question} ({theory.number})") for theory in theories],
    }  # fmt: skip


def _defined(paths: Iterable[str]) -> Iterable[tuple[str, str]]:
    """File and line of rules of the code."""
    return ((str(place), path) for path in paths if (place := definition(path)))


def fact_page(name: str) -> dict[str, Any]:
    """A stylised fact: number, set, claims, check."""
    fact = patterns()[name]
    return {
        "fact": fact, "period": " to ".join((fact.start or "?", fact.end or "?")), "use": USES[fact.use],
        "place": entry_place(resources.seeds() / "patterns.csv", name),
    }  # fmt: skip


def agent_page(name: str) -> dict[str, Any]:
    """An agent: why it is in the model, and what is believed of it."""
    actor = next(each for each in actors().values() if name in (each.name, *each.members))
    module = actor.kind.split(".")[-2]
    return {
        "actor": actor, "place": entry_place(resources.seeds() / "actors.yaml", actor.name),
        "code": list(_defined([actor.kind])),
        "parameters": ", ".join(name for name, belief in beliefs().items() if belief.actor == module),
    }  # fmt: skip


def rule_page(name: str) -> dict[str, Any]:
    """A rule of the code, by its dotted path or its own name."""
    path = next(path for path in _rules() if name in _names(path))
    return {
        "meaning": " ".join(source_docstring(path).split("\n\n")[0].split()), "place": definition(path),
        "mechanisms": [(number, each.name) for number, each in mechanisms().items() if path in each.rules],
        "added": other_rules().get(path),
    }  # fmt: skip


def _rules() -> list[str]:
    return list(dict.fromkeys((*(path for each in mechanisms().values() for path in each.rules), *other_rules())))


def _names(path: str) -> tuple[str, str, str]:
    """A dotted path in full, by module and name, and by name."""
    return path, ".".join(path.split(".")[-2:]), path.rpartition(".")[2]


def rule_names() -> list[str]:
    """Rules of the code, in full and by module and name."""
    return [name for path in _rules() for name in _names(path)[:2]]


def agent_names() -> list[str]:
    """Agents and groups of agents."""
    return [name for actor in actors().values() for name in (actor.name, *actor.members)]
