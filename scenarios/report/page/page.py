"""The page: its sections in their order, rendered and written whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.analysis import compared_runs
from scenarios.config.user_inputs import summarise_inputs
from scenarios.report.page import (
    calibrated_language,
    evidence,
    outcomes,
    provenance,
    question,
    stories,
    summary,
    validation,
)
from scenarios.report.page.evidence import Quantity
from scenarios.report.page.runs import PageRuns, notices
from scenarios.report.templating import render_html
from scenarios.store.files import write_output
from scenarios.text import GRADED, capitalised, join_words, name_of
from scenarios.validation import verdicts


@dataclass(frozen=True)
class Section:
    """A part of the page with its heading, the anchor that links lead to, and what its template shows."""

    anchor: str
    title: str
    template: str
    data: object


def write_page(runs: PageRuns, file: Path) -> int:
    """Render the page of some runs, write it (whole or not at all, if it is a file), and return its size in bytes."""
    content = render_page(runs).encode("utf-8")
    write_output(file, content)
    return len(content)


def render_page(runs: PageRuns) -> str:
    """Render the page as text."""
    used = {name: quantity for run in reversed(runs.all_runs) for name, quantity in evidence.quantities(run).items()}
    grades = evidence.count_by_grade(used)
    level = calibrated_language.evidence_level(grades)
    repetitions = {run.scenario: provenance.repetition(run) for run in runs.all_runs}
    as_shipped = [each.request.scenario for each in repetitions.values() if each.request and each.is_exact]
    return render_html(
        "base.html.j2",
        title=_title(runs),
        conditions=_conditions(runs),
        notices=notices(runs),
        runs=runs,
        theories=summary.describe_theories(runs),
        grades=grades,
        evidence=level,
        confidence=calibrated_language.CONFIDENCE[level],
        repetitions=repetitions,
        sections=sections(runs, used, {claim for scenario in as_shipped for claim in scenario.claims}),
    )


def sections(runs: PageRuns, used: Mapping[str, Quantity], cited: Iterable[str]) -> list[Section]:
    """Collect the data of every section."""
    comparison = compared_runs(runs.results, runs.baseline) if runs.baseline is not None else None
    recorded = verdicts.recorded_verdicts()
    return [
        Section("summary", "Summary", "summary", summary.section(runs, comparison, recorded)),
        Section("words", "What the words mean", "calibrated_language", calibrated_language.section()),
        Section("question", "What was simulated", "question", question.section(runs)),
        Section("outcomes", "Outcomes and differences, by theory", "outcomes", outcomes.section(runs, comparison)),
        Section("stories", "Three replications in sentences", "stories", stories.section(runs.results[0])),
        Section("checks", "What failed in check", "validation", validation.section(recorded)),
        Section("beliefs", "What it rests on", "evidence", evidence.section(used, cited)),
        Section("limits", "What this cannot say", "limits", None),
        Section("provenance", "Where it comes from", "provenance", provenance.section(runs)),
    ]


def _title(runs: PageRuns) -> str:
    """What the page is about, in one line."""
    names = capitalised(join_words(name_of(run.scenario) for run in runs.results))
    return f"{names}, set against the {name_of(runs.baseline.scenario)}" if runs.baseline else names


def _conditions(runs: PageRuns) -> list[str]:
    """Lines under the title: date, size, the user's own inputs, grades of evidence."""
    own = (f"{capitalised(summarise_inputs(inputs))}." for inputs in runs.manifest.get("own", ()))
    return [summary.describe_runs(runs), *own, f"Rests on {runs.manifest['grades']} ({GRADED})."]
