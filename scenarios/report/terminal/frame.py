"""What stands around a grid on the terminal: heading, failures, paragraphs with their labels, folders."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scenarios.analysis import Comparison
from scenarios.analysis.theories import simulated_theories, varied
from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import LEAST_PAIRS
from scenarios.config import options
from scenarios.config.user_inputs import distinct_inputs, own_texts
from scenarios.report.sentences import TOO_FEW, ScenarioAnswer
from scenarios.runs.folder import PICTURE
from scenarios.runs.result import Result
from scenarios.text import CAVEAT, SMALL

LABEL = 18  # columns of a label

DAYS_A_YEAR = 365

ENOUGH = 100  # draws a theory, to which a user is referred

WORLD = "simulated"  # that is not mentioned

KEPT_TOGETHER = re.compile(r"(?<=\d) (?=%|points|of 100|runs)")

NO_BREAK = "\N{NO-BREAK SPACE}"


def fold(text: str, width: int) -> str:
    """Text folded to a width; numbers keep their units, and long words are whole."""
    kept = KEPT_TOGETHER.sub(NO_BREAK, text)
    return textwrap.fill(kept, width, break_long_words=False, break_on_hyphens=False).replace(NO_BREAK, " ")


def dim(text: str) -> Text:
    """Text that stands back."""
    return Text(text, style="dim")


def paragraph(headline: str, body: str, width: int) -> Text:
    """Headline in bold and the sentences behind it, folded."""
    text = Text(fold(f"{headline} {body}".strip(), width))
    text.stylize("bold", 0, len(headline))
    return text


def header(names: Sequence[str], baseline: str, base: Result, family: VerdictFamily) -> str:
    """What is compared, from when, how long, and on how many paired runs."""
    what = names[0] if len(names) == 1 else f"{len(names)} scenarios"
    fewest, most = family.fewest_pairs, family.most_pairs
    pairs = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    return " | ".join(
        [f"{what} against {baseline}", *conditions(base), f"{pairs} paired runs{each_theory(len(family.theories))}"]
    )


def conditions(result: Result) -> list[str]:
    """Date and horizon of a run, and its world unless war is left to chance."""
    began = date.fromisoformat(str(result.manifest["as_of"]))
    world = str(result.manifest["world"])
    when = f"{began.day} {began:%b %Y}, {span_in_words(result)}"
    return [when, *([] if world == WORLD else [f"world {world}"])]


def span_in_words(result: Result) -> str:
    """Horizon in words."""
    days = float(result.manifest["request"]["horizon"])
    years = days / DAYS_A_YEAR
    if years > 1 and years.is_integer():
        return f"{SMALL.get(int(years), f'{years:g}')} years"
    return "one year" if years == 1 else f"{days:g} days"


def each_theory(theories: int) -> str:
    """Words behind a number of runs under several theories."""
    return " a theory" if theories > 1 else ""


def failure_parts(runs: Mapping[str, Result]) -> list[RenderableType]:
    """Bold lines on the failed draws of each run."""
    return [Text(line, style="bold") for line in failure_lines(runs)]


def failure_lines(runs: Mapping[str, Result]) -> list[str]:
    """Lines on the failed draws of each run."""
    return [
        f"FAILED: {len(run.failures)} draws of {name}, the first with {run.failures[0]['error']}; they are left out, "
        "as are their partners."
        for name, run in runs.items()
        if run.failures
    ]


def too_few_parts(names: Sequence[str], base: Result, family: VerdictFamily, width: int) -> list[RenderableType]:
    """Sentences in place of an answer, with the command that gives one."""
    theories = len(family.theories)
    body = (
        f"{family.fewest_pairs} paired runs{each_theory(theories)} show that the model works; they do not say what a "
        f"policy does. Below {LEAST_PAIRS} no direction is given. For an answer:"
    )
    command = f"run {names[0]}" if len(names) == 1 else f"compare {' '.join(names)}"
    return [
        paragraph(TOO_FEW, body, width),
        f"  python -m scenarios {command} start={base.manifest['start']} ensemble.replications={ENOUGH * theories}",
    ]


def paragraphs(answers: Sequence[ScenarioAnswer], width: int, most: int | None) -> Table:
    """Answers beside the names of their scenarios, with at most so many sentences behind the headline."""
    texts = {answer.title: " ".join([f"{answer.predicate}.", *answer.sentences[:most]]) for answer in answers}
    return _beside(texts, max(map(len, texts)), width)


def labelled(labels: Mapping[str, str], width: int) -> Table:
    """Paragraphs with a bold label each; those without text are left out."""
    return _beside({label: text for label, text in labels.items() if text}, LABEL, width)


def _beside(texts: Mapping[str, str], names: int, width: int) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=names, style="bold", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ignore")
    for name, text in texts.items():
        table.add_row(name, fold(text, width - names - 1))
    return table


def origins(comparison: Comparison) -> dict[str, str]:
    """Starts to which scenarios belong that begin elsewhere here."""
    start = comparison.baseline.manifest["start"]
    known = [name for name in comparison.results if name in options.options("scenario")]
    return {name: own for name in known if (own := options.natural_start(name)) not in ("", start)}


def own_label(runs: Mapping[str, Result]) -> dict[str, str]:
    """Paragraph on the user's own inputs, theories held fixed and the loop; none where all is as it ships."""
    about: dict[str, Any] = dict(next(iter(runs.values())).manifest)
    texts = own_texts({**about, "own": distinct_inputs(run.manifest for run in runs.values())})
    return {"Your own": "; ".join(texts)} if texts else {}


def next_line(result: Result, width: int) -> str:
    """Where more is: every outcome, the question that theories differ on first if it fits, the page."""
    questions = varied(simulated_theories(result))
    explained = f"; `explain {questions[0]}`" if questions else ""
    first, last = "--full for all outcomes", "; `report FOLDER` for the page"
    room = width - LABEL - 1 - len(first) - len(last)
    return f"{first}{explained if len(explained) <= room else ''}{last}"


def folder_line(result: Result) -> str:
    """Folder of a run, with its picture."""
    return f"{result.path}{f' ({PICTURE})' if (result.path / PICTURE).exists() else ''}"


def caveat(family: VerdictFamily) -> str:
    """What stands beneath every answer."""
    return f"{CAVEAT}{' Theories are never averaged.' if len(family.theories) > 1 else ''}"
