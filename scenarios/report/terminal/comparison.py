"""A comparison carried out and reported: missing runs, then tables, what holds, and a caveat."""

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from scenarios.analysis import Comparison, compared
from scenarios.analysis.comparison import COMPARED
from scenarios.analysis.sizes import in_words
from scenarios.compare import Configure, Given, asked_for
from scenarios.config import options
from scenarios.config.user_inputs import brought, own_lines
from scenarios.errors import SomeFailedError
from scenarios.execution.progress import Progress
from scenarios.outcomes import declaration
from scenarios.report.terminal import contrasts, theories
from scenarios.report.terminal.run import weighed, write_summary
from scenarios.report.terminal.tables import WIDTH
from scenarios.runs.result import Result
from scenarios.text import CAVEAT, each_of


def compare_runs(
    given: Sequence[Given],
    configure: Configure,
    *,
    extra: Path | None = None,
    outcomes: Sequence[str] | None = None,
    above: Mapping[str, float] | None = None,
    by_theory: bool = False,
    pairwise: bool = False,
    quiet: bool = True,
) -> Comparison:
    """Run what is missing of a comparison, alike, and print what it found unless quiet."""
    chosen = COMPARED if outcomes is None else outcomes
    declaration.known([*chosen, *(above or {})])
    wanted = asked_for(given, configure, extra=extra, by_theory=by_theory)
    with Progress(shown=not quiet) as progress:
        results, base = wanted.carried_out(progress)
    read = [each for each in wanted.given if isinstance(each, Result)]
    for each in (*results, base):
        if each not in read:
            write_summary(each)
    found = compared(results, base, chosen, above)
    if not quiet:
        print("\n".join(told(found, by_theory=by_theory, pairwise=pairwise)))
    return found


def told(found: Comparison, *, by_theory: bool = False, pairwise: bool = False) -> list[str]:
    """A comparison as lines; by theory it is the signs alone, else all tables."""
    body = [theories.signs(found)] if by_theory else _tables(found)
    if pairwise and len(found.results) > 1:
        body.append(contrasts.between(found))
    if len(found.theories) > 1:
        body.append(theories.switch_points(found))
    body += [contrasts.reductions(found), contrasts.judged(found)]
    return [*header(found), *(line for part in body for line in part), *footer(found)]


def _tables(found: Comparison) -> list[list[str]]:
    tables = contrasts
    parts = (tables.differences, tables.shares, tables.tails, tables.ranks, tables.rates, tables.times)
    return [part(found) for part in parts]


def header(found: Comparison) -> list[str]:
    """What is compared, under which conditions, and, first, what is missing of it."""
    about = found.baseline.manifest
    lines = [
        *failed(found),
        f"{', '.join(found.results)} against {found.baseline_name}, as of {about['as_of']}, world {about['world']}, "
        f"{about['request']['horizon']:g} days",
        f"start {about['start']}{belonging(found)}",
        f"n = {in_words(found.sizes)} under {each_of(len(found.theories))}, every run on the same luck "
        f"(seed {about['seed']})",
        *loops(found),
        *alone(found),
    ]
    return ["", *(part for line in lines for part in textwrap.wrap(line, WIDTH))]


def loops(found: Comparison) -> list[str]:
    """Which runs closed the loop, where only some did."""
    closed = [name for name, run in found.runs.items() if run.manifest["request"]["closed_loop"]]
    if len(closed) in (0, len(found.runs)):
        return []
    return [f"loop: closed in {', '.join(closed)}, so that events may override the path; open in the others"]


def failed(found: Comparison) -> list[str]:
    """Draws that failed, by run."""
    return [
        f"FAILED: {len(run.failures)} draws of {name}, the first with {run.failures[0]['error']}; they are left out, "
        "and with them their partners."
        for name, run in found.runs.items()
        if run.failures
    ]


def alone(found: Comparison) -> list[str]:
    """Replications that are left out for want of a partner."""
    counts = found.contrasts.drop_duplicates("scenario").set_index("scenario")["without_partner"]
    return [
        f"left out: {count:,} replications of {name} or {found.baseline_name} that only one of the two has"
        for name, count in counts.items()
        if count
    ]


def belonging(found: Comparison) -> str:
    """Which of the runs belong to another start by their story."""
    start = found.baseline.manifest["start"]
    known = [name for name in found.results if name in options.options("scenario")]
    others = {name: own for name in known if (own := options.natural_start(name)) not in ("", start)}
    if not others:
        return ""
    return f" for all; {', '.join(f'{name} belongs to {own}' for name, own in others.items())}"


def footer(found: Comparison) -> list[str]:
    """What the numbers rest on, and what they are not."""
    about = found.baseline.manifest
    return [
        "",
        *own_lines({**about, "own": brought(each.manifest for each in found.runs.values())}),
        f"rests on {about['grades']}",
        *weighed(about["request"]["theories"]),
        f"Theories stand side by side and are never averaged. {CAVEAT}",
        *(f"{name}: {run.path}" for name, run in found.runs.items()),
    ]


def raise_failures(found: Comparison) -> None:
    """SomeFailedError if draws of some run failed; called once everything is reported and written."""
    lost = {name: len(run.failures) for name, run in found.runs.items() if run.failures}
    if lost:
        counts = ", ".join(f"{number} draws of {name}" for name, number in lost.items())
        raise SomeFailedError(f"{counts} failed; their partners are left out, too.")
