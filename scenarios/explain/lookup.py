"""Why a number is believed, from the parameter down to the lines of the texts and of the code."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from scenarios.config import options
from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import known
from scenarios.evidence.parameters import beliefs
from scenarios.explain import beliefs as explain_beliefs
from scenarios.explain import render, source_code, texts
from scenarios.explain.render import Kind, Lines

BEFORE = {"pole": ("theory",), "initial state": ("start",)}  # what else may stand before a name of a kind


@dataclass(frozen=True, repr=False)
class Explanation:
    """Pages of plain text, one or more for each name asked; printing it shows them."""

    pages: tuple[str, ...]

    def __str__(self) -> str:
        return "\n\n".join(self.pages)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The same text for a notebook, spacing preserved."""
        return f"<pre>{html.escape(str(self))}</pre>"


def explain(*names: str) -> Explanation:
    """Why a number is believed: the page of every name given, as `python -m scenarios explain` prints it.

    A name is a parameter, mechanism, hypothesis, disagreement, claim, document, stylised fact, scenario, start, initial
    state, world, outcome, agent or rule; one that several share has several pages, and `kind.NAME` picks one.
    RequestError names the nearest where a name is unknown.
    """
    if not names:
        raise RequestError("explain needs a name: explain('strike_deterrence_effect').")
    return Explanation(tuple("\n".join(text) for name in names for text in pages(str(name))))


def pages(name: str) -> list[Lines]:
    """The page of a name in every kind that has it; RequestError names the nearest where none does."""
    for kinds in TIERS:
        found = [kind.page(exact) for kind in kinds for exact in matching(kind, name)]
        if found:
            return found
    raise RequestError(f"explain: {name!r} is unknown.{nearest_name(name)}")


def matching(kind: Kind, name: str) -> list[str]:
    """The exact name in a kind, whatever its case, with or without the kind before it."""
    plain = name.lower().replace("=", ".")
    asked = {plain, *(plain.removeprefix(f"{before}.") for before in (kind.name, *BEFORE.get(kind.name, ())))}
    return [each for each in kind.names() if each.lower() in asked][:1]


def nearest_name(name: str) -> str:
    """A hint at the nearest names of all kinds."""
    exactly = {each.lower(): each for each in names()}
    hint = nearest(name.lower(), exactly)
    for lower, exact in exactly.items():
        hint = hint.replace(f" {lower}?", f" {exact}?").replace(f" {lower} or", f" {exact} or")
    return hint if "Did you mean" in hint else " `explain` alone lists what it knows."


def names() -> list[str]:
    """Every name that has a page."""
    return [name for kinds in TIERS for kind in kinds for name in kind.names()]


def scenario(name: str) -> Lines:
    """A scenario: its story, levers, parameters and claims."""
    found = options.scenario(name)
    file = options.options("scenario")[name]
    start = options.natural_start(name)
    lines = render.heading(name, f"scenario {found.get('code', '')}".strip(), _story(found))
    lines += render.labelled("start", start and f"{start} by default")
    lines += render.labelled("stands in", render.standing(file, "scenario"))
    lines += render.section(
        "levers", render.items((key, _written(value)) for key, value in _flat(found.get("levers") or {}))
    )
    named = [each for each in beliefs() if each in str(found.get("levers"))]
    lines += render.section("uncertain levers", render.items((each, beliefs()[each].meaning) for each in named))
    lines += render.section("what the texts expect", render.items(_expected(found)))
    lines += render.section("claims", render.claim_lines(known(file, "claims", found.get("claims") or ())))
    return [*lines, "", *render.paragraph(f"Its timeline in words: python -m scenarios show {name}")]


def world(name: str) -> Lines:
    """A world: what nobody in the model decides, and the claims behind it."""
    found = options.option("world", name)
    file = options.options("world")[name]
    lines = render.heading(name, "world", _story(found))
    for label in ("regime", "intensity", "detente", "shocks"):
        lines += render.labelled(label, _written(found.get(label, "")))
    lines += render.labelled("stands in", render.standing(file, "name"))
    return [*lines, *render.section("claims", render.claim_lines(known(file, "claims", found.get("claims") or ())))]


def _written(value: Any) -> str:
    """A value as a configuration file has it."""
    return yaml.safe_dump(value, default_flow_style=True, width=1_000).removesuffix("...\n").strip()


def _story(found: Mapping[str, Any]) -> str:
    return " ".join(str(found.get("story", "")).split())


def _flat(levers: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in levers.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _expected(found: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for each in found.get("expects") or ():
        yield str(each.get("outcome")), f"{each.get('direction')} ({', '.join(each.get('claims', ()))})"


def outcome(name: str) -> Lines:
    """An outcome: what it measures, where, and which scenarios the texts expect it to move in."""
    from scenarios.outcomes import OUTCOMES

    found = OUTCOMES[name]
    code = found.measure.__code__
    module = found.measure.__module__.replace(".", "/") + ".py"
    kinds = {"count": "adds up over the run", "level": "averaged over the run", "total": "known at the end of the run"}
    lines = render.heading(name, "outcome", found.meaning)
    lines += render.labelled("unit", render.unit(found.unit))
    lines += render.labelled("kind", f"{found.kind}: {kinds[found.kind]}")
    lines += render.labelled(
        "only as", "contrasts between scenarios; its level means nothing" if found.contrast_only else ""
    )
    lines += render.labelled("measured at", f"{module}:{code.co_firstlineno}")
    lines += render.labelled("from", source_code.returned(module, code.co_firstlineno))
    return [*lines, *render.section("expected by the texts to move in", render.items(_expecting(name)))]


def _expecting(name: str) -> Iterable[tuple[str, str]]:
    for each in options.options("scenario"):
        for outcome, said in _expected(options.scenario(each)):
            if outcome == name:
                yield each, said


def _outcomes() -> Iterable[str]:
    from scenarios.outcomes import OUTCOMES

    return OUTCOMES


SCENARIO = Kind("scenario", lambda: options.options("scenario"), scenario)

WORLD = Kind("world", lambda: options.options("world"), world)

OUTCOME = Kind("outcome", _outcomes, outcome)

TIERS = (
    (texts.CLAIM,),
    (texts.MECHANISM,),
    (texts.DISAGREEMENT, texts.PATTERN, texts.SOURCE),
    (*explain_beliefs.KINDS, SCENARIO, WORLD, texts.ACTOR),
    (explain_beliefs.STATE, OUTCOME, texts.RULE),
)  # a later tier is asked only where no earlier one knows the name
