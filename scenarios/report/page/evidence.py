"""The evidence: every quantity with its grade, linked to its claims, and those to their documents."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from scenarios.evidence import parameters
from scenarios.evidence.claims import Claim, Source, claims, sources
from scenarios.evidence.parameters import GRADES, Belief, beliefs, starts
from scenarios.explain.render import readable
from scenarios.report.page.render import Child, Markup, Section, claim_links, folded, link, paragraph, table, tag
from scenarios.runs.replay import request_of
from scenarios.runs.result import Result
from scenarios.store.identity import plain

ORIGINS = {
    "articles": "from the five texts", "literature": "from published work", "assumption": "an assumption of the model",
}  # fmt: skip


def _grades(counts: Mapping[str, int]) -> Markup:
    whole = sum(counts.values()) or 1
    rows = [[each, GRADES[each], f"{n:,}", f"{100 * n / whole:.0f} %"] for each, n in counts.items()]
    columns = ("Grade", "Meaning", "Quantities", "Share")
    return table("Quantities by grade", columns, rows, words=(0, 1), name="grades")


def _own(names: list[str]) -> Markup:
    return paragraph(
        f"Set by the analyst, or changed since the run ({len(names)}): ",
        [[", " if at else "", link(f"parameter-{name}", name)] for at, name in enumerate(names)],
        ". The grade and claims below speak for what ships, not for these; they are counted as of grade D.",
        class_="confidence",
    )


def _claims(names: Iterable[str]) -> Markup:
    rows = []
    for each in (claims()[name] for name in names):
        where = link(f"source-{each.source.name}", f"{each.source.name}, line {each.line}", class_="whole")
        said = f"{each.strength}: {STRENGTHS[each.strength]}"
        rows.append(
            [tag("span", each.name, id=f"claim-{each.name}", class_="whole"), each.says, readable(each.kind), said, where]
        )
    columns = ("Claim", "What it says", "Kind", "Strength", "Document")
    return table("Claims in our own words", columns, rows, words=range(5), name="claims")


def _sources() -> Markup:
    rows = [
        [tag("span", each.name, id=f"source-{each.name}"), each.title, each.outlet, each.date, each.leaning]
        for each in sources().values()
    ]
    columns = ("Document", "Title", "Outlet", "Date", "Leaning")
    return table("The five documents", columns, rows, words=range(5), name="sources")


@dataclass(frozen=True)
class Quantity:
    """A parameter or initial state of a run."""

    belief: Belief
    as_shipped: bool  # the run took it from seeds/, so that its grade and claims apply
    given: float | None  # a value that the user fixed


@dataclass(frozen=True)
class EvidenceSection:
    """Quantities, claims and documents."""

    actors: list[tuple[str, list[Quantity]]]
    claims: Mapping[str, Claim]
    documents: list[Source]
    changed: list[str]  # quantities that are not as they ship


def _of_actor(actor: str, found: list[Quantity]) -> Markup:
    rows = [_row(each) for each in sorted(found, key=lambda each: each.belief.name)]
    columns = ("Name", "Meaning", "Prior", "Grade and origin", "Claims for", "Claims against", "Because")
    heading = "the state at the start" if actor == "start" else readable(actor)
    heading = heading[:1].upper() + heading[1:]
    made = table(f"{heading}: what is assumed", columns, rows, words=range(7), name=f"assumed-{actor}")
    return folded(f"{heading} ({len(found)})", made)


def _row(of: Quantity) -> list[Child]:
    belief = of.belief
    unit = "" if belief.unit == "1" else f" {belief.unit}"
    prior = f"{belief.prior}{unit}" if of.given is None else f"fixed by the analyst at {of.given:g}{unit}"
    return [
        tag("span", belief.name.replace("_", " "), id=f"parameter-{belief.name}"),
        belief.meaning,
        prior,
        f"{belief.grade}, {ORIGINS[belief.origin]}",
        claim_links(belief.claims_for),
        claim_links(belief.claims_against),
        f"{belief.because} {belief.reference}".strip(),
    ]


@cache
def _shipped(start: str) -> Mapping[str, Belief]:
    states = parameters.start(start).states if start in starts() else {}
    return {**beliefs(), **states}


def quantities(result: Result) -> dict[str, Quantity]:
    """Every parameter and initial state of a run by name."""
    request, shipped = request_of(result.manifest), _shipped(result.manifest["start"])
    return {
        name: Quantity(
            belief=shipped.get(name, used),
            as_shipped=name in shipped and plain(shipped[name]) == plain(used) and name not in request.given,
            given=request.given.get(name),
        )
        for name, used in {**request.beliefs, **request.start.states}.items()
    }


def count_by_grade(used: Mapping[str, Quantity]) -> dict[str, int]:
    """Count quantities by grade; what the user set counts as the lowest, since no shipped claim supports it."""
    lowest = list(GRADES)[-1]
    counts = Counter(each.belief.grade if each.as_shipped else lowest for each in used.values())
    return {grade: counts.get(grade, 0) for grade in GRADES}
