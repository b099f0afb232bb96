"""Why a number is believed: names of all kinds of pages, and the pages of a name."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.config.options import options
from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import claims, sources
from scenarios.evidence.disagreements import readings
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import beliefs, starts
from scenarios.evidence.stylised_facts import patterns
from scenarios.evidence.theories import hypotheses
from scenarios.explain.beliefs import parameter_page, start_page, state_names, state_page
from scenarios.explain.choices import outcome_names, outcome_page, scenario_page, world_page
from scenarios.explain.questions import pole_names, pole_page, question_page
from scenarios.explain.render import Kind
from scenarios.explain.texts import (
    agent_names,
    agent_page,
    claim_page,
    document_page,
    fact_page,
    mechanism_page,
    rule_names,
    rule_page,
)  # fmt: skip

TIERS = (
    (
        Kind("claim", claims, claim_page),
        Kind("mechanism", mechanisms, mechanism_page),
        Kind("stylised fact", patterns, fact_page, ("pattern",)),
        Kind("document", sources, document_page, ("source",)),
    ),
    (
        Kind("parameter", beliefs, parameter_page),
        Kind("start", starts, start_page),
        Kind("question", lambda: [*readings(), *hypotheses()], question_page, ("theory", "hypothesis", "disagreement")),
        Kind("pole", pole_names, pole_page, ("theory",)),
        Kind("scenario", lambda: options("scenario"), scenario_page),
        Kind("world", lambda: options("world"), world_page),
        Kind("agent", agent_names, agent_page, ("actor",)),
    ),
    (
        Kind("initial state", state_names, state_page, ("start",)),
        Kind("outcome", outcome_names, outcome_page),
        Kind("rule", rule_names, rule_page),
    ),
)  # a later tier counts only where no earlier one has the name


@dataclass(frozen=True, repr=False)
class Explanation:
    """Pages of plain text, one or more for each name; printing it shows them."""

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

        scenarios.explain("strike_deterrence_effect", "D5")
    """
    if not names:
        raise RequestError("explain needs a name: explain('strike_deterrence_effect').")
    return Explanation(tuple(page for name in names for page in pages(str(name))))


def pages(name: str) -> list[str]:
    """The page of a name in every kind that has it; RequestError names the nearest where none does."""
    for kinds in TIERS:
        matching = [kind.page(exact) for kind in kinds for exact in exact_names(kind, name)]
        if matching:
            return matching
    raise RequestError(f"explain: {name!r} is unknown.{_nearest_names(name)}")


def exact_names(kind: Kind, name: str) -> list[str]:
    """The name in a kind, whatever its case, with or without the kind before it; empty if the kind lacks it."""
    plain = name.lower().replace("=", ".")
    accepted = {plain, *(plain.removeprefix(f"{prefix}.") for prefix in (kind.name, *kind.prefixes))}
    return [exact for exact in kind.names() if exact.lower() in accepted][:1]


def _nearest_names(name: str) -> str:
    """A hint at the nearest names of all kinds."""
    exactly = {exact.lower(): exact for exact in explainable_names()}
    hint = nearest(name.lower(), exactly)
    for lower, exact in exactly.items():
        hint = hint.replace(f" {lower}?", f" {exact}?").replace(f" {lower} or", f" {exact} or")
    return hint if "Did you mean" in hint else " `explain` alone lists what it knows."


def explainable_names() -> Iterator[str]:
    """Every name that has a page."""
    return (name for kinds in TIERS for kind in kinds for name in kind.names())
