"""Why a number is believed, from the parameter down to the lines of the texts and of the code."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from scenarios import catalog
from scenarios.errors import RequestError, nearest
from scenarios.evidence import belief_pages, page, rules, text_pages
from scenarios.evidence.claims import known
from scenarios.evidence.page import Kind, Lines
from scenarios.evidence.parameters import beliefs

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
    found = catalog.scenario(name)
    file = catalog.options("scenario")[name]
    start = catalog.natural_start(name)
    lines = page.heading(name, f"scenario {found.get('code', '')}".strip(), _story(found))
    lines += page.labelled("start", start and f"{start} by default")
    lines += page.labelled("stands in", page.standing(file, "scenario"))
    lines += page.section(
        "levers", page.items((key, _written(value)) for key, value in _flat(found.get("levers") or {}))
    )
    named = [each for each in beliefs() if each in str(found.get("levers"))]
    lines += page.section("uncertain levers", page.items((each, beliefs()[each].meaning) for each in named))
    lines += page.section("what the texts expect", page.items(_expected(found)))
    lines += page.section("claims", page.claim_lines(known(file, "claims", found.get("claims") or ())))
    return [*lines, "", *page.paragraph(f"Its timeline in words: python -m scenarios show {name}")]


def world(name: str) -> Lines:
    """A world: what nobody in the model decides, and the claims behind it."""
    found = catalog.option("world", name)
    file = catalog.options("world")[name]
    lines = page.heading(name, "world", _story(found))
    for label in ("regime", "intensity", "detente", "shocks"):
        lines += page.labelled(label, _written(found.get(label, "")))
    lines += page.labelled("stands in", page.standing(file, "name"))
    return [*lines, *page.section("claims", page.claim_lines(known(file, "claims", found.get("claims") or ())))]


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
    lines = page.heading(name, "outcome", found.meaning)
    lines += page.labelled("unit", page.unit(found.unit))
    lines += page.labelled("kind", f"{found.kind}: {kinds[found.kind]}")
    lines += page.labelled(
        "only as", "contrasts between scenarios; its level means nothing" if found.contrast_only else ""
    )
    lines += page.labelled("measured at", f"{module}:{code.co_firstlineno}")
    lines += page.labelled("from", rules.returned(module, code.co_firstlineno))
    return [*lines, *page.section("expected by the texts to move in", page.items(_expecting(name)))]


def _expecting(name: str) -> Iterable[tuple[str, str]]:
    for each in catalog.options("scenario"):
        for outcome, said in _expected(catalog.scenario(each)):
            if outcome == name:
                yield each, said


def _outcomes() -> Iterable[str]:
    from scenarios.outcomes import OUTCOMES

    return OUTCOMES


SCENARIO = Kind("scenario", lambda: catalog.options("scenario"), scenario)
WORLD = Kind("world", lambda: catalog.options("world"), world)
OUTCOME = Kind("outcome", _outcomes, outcome)
TIERS = (
    (text_pages.CLAIM,),
    (text_pages.MECHANISM,),
    (text_pages.DISAGREEMENT, text_pages.PATTERN, text_pages.SOURCE),
    (*belief_pages.KINDS, SCENARIO, WORLD, text_pages.ACTOR),
    (belief_pages.STATE, OUTCOME, text_pages.RULE),
)  # a later tier is asked only where no earlier one knows the name
