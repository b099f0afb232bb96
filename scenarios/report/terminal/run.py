"""Report of a finished run: the summary file, the picture, and a table by theory for the terminal."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from scenarios.analysis import estimates
from scenarios.analysis.contrasts import contrast_runs
from scenarios.analysis.sizes import are_alike, describe_sizes, sizes
from scenarios.config.user_inputs import own_lines
from scenarios.evidence.parameters import GRADES
from scenarios.evidence.theories import strata_of
from scenarios.evidence.weights import weights_lines
from scenarios.execution import to_stderr
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.report.terminal.answer import print_run
from scenarios.report.terminal.tables import TableColumn, grid
from scenarios.runs.folder import PICTURE, SUMMARY, RunFolder
from scenarios.runs.result import Result
from scenarios.store.derived import store_derived
from scenarios.text import CAVEAT, significant

WIDTH, INDENT = 110, 26

UNFOLDED = 250  # columns of the table of a run stay side by side


def conclude(folder: RunFolder, baseline: RunFolder | None, *, quiet: bool = False, full: bool = False) -> Result:
    """Write the summary and the picture of a run, print its answer unless quiet, and return its result.

    full    whether every outcome is printed, in place of the answer
    """
    result = Result(folder.path)
    result.baseline = Result(baseline.path) if baseline else None
    if result.baseline is not None:
        write_summary(result.baseline)
    write_summary(result, _picture(result))
    if not quiet:
        (print_findings if full else print_run)(result, result.baseline)
    return result


def _picture(result: Result) -> dict[str, bytes]:
    """Picture of a run and its baseline, by the name of its file; empty without a baseline."""
    if result.baseline is None:
        return {}
    from scenarios.report import pictures

    return {PICTURE: pictures.overview_png(result, result.baseline)}


def write_summary(result: Result, beside: Mapping[str, bytes] | None = None) -> None:
    """Write summary.csv, one line per theory and outcome, and other derived files."""
    table = estimates.summary(result).to_csv(index=False, float_format="%.6g").encode()
    if not store_derived(result.place, {SUMMARY: table, **(beside or {})}):
        to_stderr(f"{result.path} cannot be written; {SUMMARY} and {PICTURE} there stay as they are.")


def print_findings(result: Result, baseline: Result | None) -> None:
    """Print every headline outcome by theory and its paired difference from the baseline."""
    print("\n".join(finding_lines(result, baseline)))


def finding_lines(result: Result, baseline: Result | None) -> list[str]:
    """Format the findings of a run as lines."""
    about = result.manifest
    differences = contrast_runs(result, baseline) if baseline is not None else None
    lines = [
        "",
        f"{result.scenario} as of {about['as_of']}, world {about['world']}: {about['replications']:,} replications "
        f"over {about['request']['horizon']:g} days",
        "",
        *summary_table(estimates.summary(result, HEADLINES), differences, baseline.scenario if baseline else ""),
        "",
    ]
    if differences is not None and baseline is not None:
        lines += [*textwrap.wrap(describe_reduction(differences), WIDTH), *_of_unlike_sizes(result, baseline), ""]
    return [
        *lines,
        f"unstable draws that were drawn again: {about['rejected_draws']:,} for {about['draws']:,} kept",
        *own_lines(about),
        *textwrap.wrap(overridden(result), WIDTH),
        f"rests on {about['grades']}",
        *textwrap.wrap("; ".join(f"{grade}: {meaning}" for grade, meaning in GRADES.items()), WIDTH),
        *weight_lines(about["request"]["theories"]),
        f"Theories stand side by side and are never averaged. {CAVEAT}",
        f"folder: {result.path}",
    ]


def _of_unlike_sizes(result: Result, baseline: Result) -> list[str]:
    """Lines on the number of pairs, if one of the two runs has draws that the other lacks."""
    paired = sizes([(result.scenario, result), (baseline.scenario, baseline)], baseline.scenario)
    words = f"differences are over the pairs alone: {describe_sizes(paired)}, under every theory"
    return [] if are_alike(paired) else textwrap.wrap(words, WIDTH)


def overridden(result: Result) -> str:
    """Share of replications that events took off the announced path in the closed loop, by theory."""
    if not result.manifest["request"]["closed_loop"]:
        return ""
    shares = estimates.by_theory(result, result.outcomes)
    by_theory = (f"{(rows['overridden_days'] > 0).mean():.0%} ({theory})" for theory, rows in shares if len(rows))
    return f"replications that events took off the announced path: {', '.join(by_theory)}"


def weight_lines(theories: Sequence[Mapping[str, Any]]) -> list[str]:
    """Lines on how firmly the texts assert the theories of a run, one per question."""
    return [
        part
        for line in weights_lines(strata_of(theories))
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ")
    ]


def summary_table(summary: pd.DataFrame, differences: pd.DataFrame | None, baseline: str) -> list[str]:
    """Table of the findings with one block per outcome and one line per theory."""
    heads = [TableColumn(head, 9) for head in ("mean", "+-", "5 %", "50 %", "95 %")]
    if differences is not None:
        heads += [TableColumn(f"less {baseline}", 23), TableColumn("   5 % to 95 %", align="left")]
    return grid(heads, _rows(summary, differences), UNFOLDED, INDENT)


def _rows(summary: pd.DataFrame, differences: pd.DataFrame | None) -> Iterator[tuple[str, list[str]]]:
    for name, rows in summary.groupby("outcome", sort=False):
        yield f"{str(name).replace('_', ' ')} [{OUTCOMES[str(name)].unit}]", []
        for row in rows.to_dict("records"):
            cells = [significant(row[column]) for column in ("mean", "mc_error", "q05", "q50", "q95")]
            yield f"  {row['theory']}", [*cells, *_difference(differences, str(name), row["theory"])]


def _difference(differences: pd.DataFrame | None, outcome: str, theory: str) -> list[str]:
    """Cells of the paired difference; none without a baseline."""
    if differences is None:
        return []
    row = differences[(differences["outcome"] == outcome) & (differences["theory"] == theory)].iloc[0]
    mean = f"{significant(row['mean'], sign=True)} +- {significant(row['mc_error'])}"
    return [mean, f"   {significant(row['q05'], sign=True)} to {significant(row['q95'], sign=True)}"]


def describe_reduction(differences: pd.DataFrame) -> str:
    """Sentence on the variance reduction by pairing, by outcome, the least over theories."""
    least = differences.groupby("outcome", sort=False)["variance_reduction"].min()
    parts = ", ".join(f"{str(name).replace('_', ' ')} {significant(value)}" for name, value in least.items())
    return f"variance of differences, unpaired over paired (least over theories): {parts}"
