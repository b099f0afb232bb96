"""Comparison of runs on the terminal: simulation of missing runs, tables, a summary and the caveat."""

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from scenarios.analysis import Comparison, compared_runs
from scenarios.analysis.comparison import COMPARED
from scenarios.analysis.sizes import describe_sizes
from scenarios.compare import Configure, Given, plan_comparison
from scenarios.config.user_inputs import distinct_inputs, own_lines
from scenarios.errors import SomeFailedError
from scenarios.execution.progress import Progress
from scenarios.outcomes import declaration
from scenarios.report.terminal import contrasts, theories
from scenarios.report.terminal.answer import print_comparison
from scenarios.report.terminal.frame import failure_lines, origins
from scenarios.report.terminal.in_short import in_short
from scenarios.report.terminal.run import weight_lines, write_summary
from scenarios.report.terminal.tables import WIDTH
from scenarios.text import CAVEAT, count_theories


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
    full: bool = False,
) -> Comparison:
    """Simulate the missing runs of a comparison under one configuration, and print the answer unless quiet.

    full    whether every table is printed, in place of the answer; so it is where tables or outcomes are chosen
    """
    chosen = COMPARED if outcomes is None else outcomes
    declaration.known_outcomes([*chosen, *(above or {})])
    plan = plan_comparison(given, configure, extra=extra, by_theory=by_theory)
    with Progress(shown=not quiet) as progress:
        results, base = plan.carried_out(progress)
    for result in (*results, base):
        if result not in plan.given:
            write_summary(result)
    comparison = compared_runs(results, base, chosen, above)
    if not quiet and (full or by_theory or pairwise or outcomes is not None or above):
        print("\n".join(report_lines(comparison, by_theory=by_theory, pairwise=pairwise)))
    elif not quiet:
        print_comparison(comparison)
    return comparison


def report_lines(comparison: Comparison, *, by_theory: bool = False, pairwise: bool = False) -> list[str]:
    """Format a comparison as lines, with all tables or, by theory, with the signs alone."""
    body = [theories.sign_lines(comparison)] if by_theory else _tables(comparison)
    if pairwise and len(comparison.results) > 1:
        body.append(contrasts.between(comparison))
    if len(comparison.theories) > 1:
        body.append(theories.switching_lines(comparison))
    body += [contrasts.reduction_lines(comparison), in_short(comparison)]
    return [*full_header(comparison), *(line for part in body for line in part), *footer(comparison)]


def _tables(comparison: Comparison) -> list[list[str]]:
    tables = (
        contrasts.difference_lines,
        contrasts.shares,
        contrasts.tail_lines,
        contrasts.ranks,
        contrasts.rate_lines,
        contrasts.times,
    )
    return [table(comparison) for table in tables]


def full_header(comparison: Comparison) -> list[str]:
    """Lines on failed draws, the runs compared and the conditions that they share."""
    about = comparison.baseline.manifest
    lines = [
        *failure_lines(comparison.runs),
        f"{', '.join(comparison.results)} against {comparison.baseline_name}, as of {about['as_of']}, "
        f"world {about['world']}, {about['request']['horizon']:g} days",
        f"start {about['start']}{origin_lines(comparison)}",
        f"n = {describe_sizes(comparison.sizes)} under {count_theories(len(comparison.theories))}, with common random "
        f"numbers (seed {about['seed']})",
        *loops(comparison),
        *unpaired_lines(comparison),
    ]
    return ["", *(part for line in lines for part in textwrap.wrap(line, WIDTH))]


def loops(comparison: Comparison) -> list[str]:
    """Line that names the runs with a closed loop, if others have an open one."""
    closed = [name for name, run in comparison.runs.items() if run.manifest["request"]["closed_loop"]]
    if len(closed) in (0, len(comparison.runs)):
        return []
    return [f"loop: closed in {', '.join(closed)}, so that events may override the path; open in the others"]


def unpaired_lines(comparison: Comparison) -> list[str]:
    """Lines on the replications that have no partner and are left out."""
    counts = comparison.contrasts.drop_duplicates("scenario").set_index("scenario")["without_partner"]
    return [
        f"left out: {count:,} replications of {name} or {comparison.baseline_name} that only one of the two has"
        for name, count in counts.items()
        if count
    ]


def origin_lines(comparison: Comparison) -> str:
    """Clause that names the runs whose scenario belongs to another start."""
    others = origins(comparison)
    if not others:
        return ""
    return f" for all; {', '.join(f'{name} belongs to {own}' for name, own in others.items())}"


def footer(comparison: Comparison) -> list[str]:
    """Lines on the user's own inputs, grades of evidence, weights, the caveat and the folders."""
    about = comparison.baseline.manifest
    return [
        "",
        *own_lines({**about, "own": distinct_inputs(run.manifest for run in comparison.runs.values())}),
        f"rests on {about['grades']}",
        *weight_lines(about["request"]["theories"]),
        f"Theories stand side by side and are never averaged. {CAVEAT}",
        *(f"{name}: {run.path}" for name, run in comparison.runs.items()),
    ]


def raise_failures(comparison: Comparison) -> None:
    """Raise SomeFailedError if draws of a run failed, once everything is printed and written."""
    lost = {name: len(run.failures) for name, run in comparison.runs.items() if run.failures}
    if lost:
        counts = ", ".join(f"{number} draws of {name}" for name, number in lost.items())
        raise SomeFailedError(f"{counts} failed; their partners are left out as well.")
