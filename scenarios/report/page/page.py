"""The page put together from finished runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.analysis import Comparison, compared
from scenarios.config.user_inputs import in_a_few_words
from scenarios.report.page import runs as page_runs
from scenarios.report.page.brief import brief
from scenarios.report.page.evidence import Quantity, by_grade, quantities, rests_on
from scenarios.report.page.outcomes import outcomes, pictures
from scenarios.report.page.provenance import provenance, repeated
from scenarios.report.page.question import asked
from scenarios.report.page.render import Section, page
from scenarios.report.page.runs import Gathered
from scenarios.report.page.stories import stories
from scenarios.report.page.summary import in_a_line, summary, words
from scenarios.report.page.validation import checks, counted, limits
from scenarios.store.files import write_output
from scenarios.text import GRADED, name_of, series, upper
from scenarios.validation import verdicts


@dataclass(frozen=True)
class Written:
    """A page that was written."""

    file: Path
    page_runs: tuple[str, ...]
    bytes: int


def write(runs: Gathered, file: Path) -> Written:
    """Make the page of some runs and write it: whole or not at all, if it is a file."""
    content = made(runs).encode("utf-8")
    write_output(file, content)
    return Written(file, tuple(page_runs.notices(runs)), len(content))


def made(runs: Gathered) -> str:
    """The page as text."""
    of = compared(runs.results, runs.baseline) if runs.baseline is not None else None
    return page(title(runs), under(runs), page_runs.shown(page_runs.notices(runs)), _sections(runs, of))


def _sections(runs: Gathered, of: Comparison | None) -> list[Section]:
    found, judged = _all_quantities(runs), verdicts.recorded()
    return [
        summary(runs, of, by_grade(found), counted(judged)),
        brief(runs, of, by_grade(found)),
        words(),
        asked(runs),
        outcomes(runs, of, pictures(runs, of)),
        stories(runs),
        checks(judged),
        rests_on(found, _cited(runs)),
        limits(runs),
        provenance(runs),
    ]


def title(runs: Gathered) -> str:
    """What the page is about, in one line."""
    names = upper(series(name_of(each.scenario) for each in runs.results))
    return f"{names}, set against the {name_of(runs.baseline.scenario)}" if runs.baseline else names


def under(runs: Gathered) -> list[str]:
    """What stands under the title: as of when, how much, on what."""
    about = runs.first.manifest
    return [
        in_a_line(runs),
        *(f"{upper(in_a_few_words(each))}." for each in about.get("own", ())),
        f"Rests on {about['grades']} ({GRADED}).",
    ]


def _all_quantities(runs: Gathered) -> Mapping[str, Quantity]:
    return {name: each for run in reversed(runs.everything) for name, each in quantities(run).items()}


def _cited(runs: Gathered) -> set[str]:
    """Claims that the stories of scenarios cite."""
    found = (repeated(each) for each in runs.everything)
    return {claim for each in found if each.is_whole and each.request for claim in each.request.scenario.claims}
