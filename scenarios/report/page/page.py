"""The page: its sections in their order, rendered and written whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scenarios.analysis import Comparison, compared_runs
from scenarios.config.user_inputs import summarise_inputs
from scenarios.report.page import (
    answer,
    calibrated_language,
    conditions,
    dots,
    evidence,
    expectations,
    outcomes,
    provenance,
    question,
    severity,
    stories,
    timing,
    validation,
)
from scenarios.report.page.evidence import Quantity
from scenarios.report.page.question import describe_theories, simulated_sentences
from scenarios.report.page.runs import PageRuns, notices
from scenarios.report.templating import render_html, sorting_script
from scenarios.report.terminal.frame import origins, span_in_words
from scenarios.report.trust import graded, judgement_stamp
from scenarios.store.files import write_output
from scenarios.text import GRADED, capitalised, count_noun, plain_name
from scenarios.validation import verdicts


@dataclass(frozen=True)
class Section:
    """A part of the page: its heading, the anchor that links lead to, a word on it, and what its template shows."""

    anchor: str
    title: str
    template: str
    about: str
    data: object = field(repr=False)
    is_folded: bool = False  # on the screen, and left out in print
    flows: bool = False  # on from the section before it in print


def write_page(runs: PageRuns, file: Path, *, brief: bool = False) -> int:
    """Render the page of some runs, write it (whole or not at all, if it is a file), and return its size in bytes."""
    content = render_page(runs, brief=brief).encode("utf-8")
    write_output(file, content)
    return len(content)


def render_page(runs: PageRuns, *, brief: bool = False) -> str:
    """Render the page as text; only its first screen if it is to be brief."""
    used = {name: quantity for run in reversed(runs.all_runs) for name, quantity in evidence.quantities(run).items()}
    grades = evidence.count_by_grade(used)
    level = calibrated_language.evidence_level(grades)
    repetitions = {run.scenario: provenance.repetition(run) for run in runs.all_runs}
    as_shipped = [each.request.scenario for each in repetitions.values() if each.request and each.is_exact]
    comparison = compared_runs(runs.results, runs.baseline) if runs.baseline is not None else None
    recorded = verdicts.recorded_verdicts()
    first = answer.section(comparison, recorded, origins(comparison) if comparison else {})
    cited = {claim for scenario in as_shipped for claim in scenario.claims}
    script, digest = sorting_script()
    return render_html(
        "base.html.j2",
        script=script,
        script_digest=digest,
        title=first.headline if first else _kicker(runs),
        kicker=_kicker(runs),
        answer=first,
        span=span_in_words(runs.results[0]),
        simulated=simulated_sentences(runs),
        dot_scale=dots.scale(),
        stamp=judgement_stamp(graded(runs.manifest)),
        conditions=_conditions(runs),
        notices=notices(runs),
        runs=runs,
        theories=describe_theories(runs),
        grades=grades,
        evidence=level,
        confidence=calibrated_language.CONFIDENCE[level],
        repetitions=repetitions,
        sections=[] if brief else sections(runs, comparison, used, cited),
    )


def sections(
    runs: PageRuns, comparison: Comparison | None, used: Mapping[str, Quantity], cited: Iterable[str]
) -> list[Section]:
    """Collect the data of every section."""
    recorded = verdicts.recorded_verdicts()
    repetitions = {run.scenario: provenance.repetition(run) for run in runs.all_runs}
    return [
        Section("time", "When it happens", "timing", "what changes by quarter, and the first US death",
                timing.section(comparison)),
        Section("risk", "How bad it can get", "severity", "the worst run in twenty beside the typical one",
                severity.section(comparison)),
        Section("texts", "What the five texts expect", "expectations", "each expectation beside the result",
                expectations.section(runs, repetitions)),
        Section("conditions", "What would change the answer", "conditions",
                "theories one by one, switching probabilities, the inputs that matter", conditions.section(comparison)),
        Section("stories", "Three runs as stories", "stories", "a calm, a middling and a violent one, with causes",
                stories.section(runs.results[0])),
        Section("trust", "How far to trust it", "validation", "what the model gets wrong, what is judgement",
                validation.section(recorded)),
        Section("method", "What was simulated", "question", "timeline in words, rival theories",
                question.section(runs)),
        Section("words", "What the words mean", "calibrated_language", "likelihood and confidence",
                calibrated_language.section(), flows=True),
        Section("limits", "Limits", "limits", "what this cannot say", None, flows=True),
        Section("provenance", "How to repeat it", "provenance", "one command, ids, seed, versions",
                provenance.section(runs), flows=True),
        Section("outcomes", "All outcomes", "outcomes", "every contrast with mean, error and interval",
                outcomes.section(runs, comparison), is_folded=True),
        Section("beliefs", "What it rests on", "evidence", "every input with its claims",
                evidence.section(used, cited), is_folded=True),
    ]  # fmt: skip


def _kicker(runs: PageRuns) -> str:
    """What was simulated, from when and how long, in one line."""
    began = date.fromisoformat(runs.manifest["as_of"])
    when = f"from {began.day} {began:%B %Y} over {span_in_words(runs.results[0])}"
    if runs.baseline is None:
        return f"{plain_name(runs.results[0].scenario)}, {when}."
    postures = capitalised(count_noun(len(runs.results), "US posture", "US postures"))
    return f"{postures} against the {plain_name(runs.baseline.scenario).lower()}, {when}."


def _conditions(runs: PageRuns) -> list[str]:
    """Date and size, the user's own inputs, grades of evidence."""
    own = (f"{capitalised(summarise_inputs(inputs))}." for inputs in runs.manifest.get("own", ()))
    return [question.describe_runs(runs), *own, f"Rests on {runs.manifest['grades']} ({GRADED})."]
