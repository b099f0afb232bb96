"""What was asked: scenarios, start, world and theories in words, each with its timeline."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from scenarios.analysis.sizes import are_alike, in_words
from scenarios.config.request import Request
from scenarios.config.world import timeline
from scenarios.evidence.theories import Hypothesis, hypotheses
from scenarios.report.page.provenance import repeated
from scenarios.report.page.render import (
    Child,
    Markup,
    Section,
    claim_links,
    folded,
    joined,
    listed,
    paragraph,
    table,
    tag,
)
from scenarios.report.page.runs import Gathered
from scenarios.runs.replay import request_of
from scenarios.runs.result import Result
from scenarios.text import each_of, plain_name, proper


def asked(runs: Gathered) -> Section:
    """The section."""
    about = runs.first.manifest
    alike = f"Each scenario below was run {about['draws']:,} times"
    unlike = f"The scenarios below were run unlike numbers of times ({in_words(runs.sizes)})"
    content = [
        paragraph(
            f"{alike if are_alike(runs.sizes) else unlike} under {each_of(len(runs.theories))}, over "
            f"{about['request']['horizon']:g} days from {about['as_of']}, in the world “{about['world']}”. In every "
            "scenario and under every theory the same draws of parameters and the same luck were used, so that a "
            "difference between two scenarios comes from the policy."
        ),
        paragraph(_of_start_and_world(runs.first)),
        [_scenario(each) for each in runs.everything],
        tag("h3", "Rival theories"),
        *_theories(about["request"]["theories"]),
    ]
    return Section("asked", "What was asked", content)


def _of_start_and_world(result: Result) -> str:
    found = repeated(result)
    if found.request is None or not found.is_whole:
        return ""
    return f"At the start: {found.request.start.title} The world: {found.request.world.story}"


def _scenario(result: Result) -> Markup:
    found = repeated(result)
    shipped = found.request if found.is_whole else None
    lived = request_of(result.manifest)
    shocks = [*lived.scenario.shocks, *lived.world.shocks]
    lines = timeline(lived.scenario.policy, shocks, date.fromisoformat(result.manifest["as_of"]))
    return joined(
        [
            tag("h3", plain_name(result.scenario), id=f"asked-{result.scenario}"),
            *(_story(shipped) if shipped else [paragraph(_of_ones_own(found.differs), class_="note")]),
            tag("h4", "Timeline"),
            _dated(lines),
        ]
    )


def _story(shipped: Request) -> list[Markup]:
    claimed = paragraph("Claims: ", claim_links(shipped.scenario.claims), class_="note")
    return [paragraph(shipped.scenario.story), claimed]


def _of_ones_own(differs: Sequence[str]) -> str:
    return (
        "This run differs from what ships under its name today, or was asked for with files of one's own "
        f"({', '.join(differs)}); the timeline is read from its manifest."
    )


def _dated(lines: Sequence[str]) -> Markup:
    """The sentences of a timeline, a list item a date."""
    parted = [line.split(maxsplit=1) if line[:1].isdigit() else ["any time", line] for line in lines]
    by_date = groupby(parted, key=lambda each: each[0])
    return listed([tag("strong", when), " ", proper("; ".join(said for _, said in each))] for when, each in by_date)


def _theories(strata: Sequence[Mapping[str, Any]]) -> list[Markup]:
    """The questions on which theories differ as a table, the others folded."""
    lived = [dict(each["poles"]) for each in strata]
    poles = {name: list(dict.fromkeys(each[name] for each in lived if name in each)) for name in hypotheses()}
    varied = {name: found for name, found in poles.items() if len(found) > 1}
    fixed = {name: found for name, found in poles.items() if len(found) == 1}
    said = (
        "They stand side by side and are never averaged: which of them holds is not known, and answers can hang on it."
    )
    rest = [_assumed(hypotheses()[name], found[0]) for name, found in fixed.items()]
    return [
        paragraph(said),
        _readings(varied) if varied else paragraph("One reading of every question was run."),
        folded(f"{len(fixed)} further questions on which one reading was run", listed(rest)),
    ]


def _readings(varied: Mapping[str, Sequence[str]]) -> Markup:
    rows = [
        [_numbered(hypotheses()[name]), pole, hypotheses()[name].poles[pole].statement]
        for name, found in varied.items()
        for pole in found
    ]
    columns = ("Question", "Theory", "What it holds")
    return table("Questions on which the theories of this page differ", columns, rows, words=range(3), name="readings")


def _assumed(of: Hypothesis, pole: str) -> Child:
    return [f"{_numbered(of)} ", tag("strong", pole), f": {of.poles[pole].statement}"]


def _numbered(of: Hypothesis) -> str:
    return f"{of.question} ({of.number})"
