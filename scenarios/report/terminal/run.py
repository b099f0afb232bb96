"""What a run reports when it is done: a table by theory, a picture, a caveat, a folder."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scenarios.analysis import estimates
from scenarios.analysis.sizes import are_alike, in_words, sizes
from scenarios.config.user_inputs import own_lines
from scenarios.evidence.parameters import GRADES
from scenarios.evidence.theories import strata_of
from scenarios.evidence.weights import weights_lines
from scenarios.execution import to_stderr
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.runs.folder import PICTURE, SUMMARY, Folder
from scenarios.runs.result import Result
from scenarios.store.derived import keep
from scenarios.text import CAVEAT, shown, signed

WIDTH, INDENT = 110, 26


def conclude(mine: Folder, base: Folder | None, *, quiet: bool = False) -> Result:
    """Write summary.csv and the picture of a run, print what it found unless quiet, and return it."""
    result = Result(mine.path)
    result.baseline = Result(base.path) if base else None
    if result.baseline is not None:
        write_summary(result.baseline)
    write_summary(result, _picture(result))
    if not quiet:
        print_findings(result, result.baseline)
    return result


def _picture(result: Result) -> dict[str, bytes]:
    """The picture of a run beside its baseline, by the name of its file; none where nothing can be drawn."""
    if result.baseline is None:
        return {}
    from scenarios.plots.time_series import drawn, overview

    return {PICTURE: overview(result, result.baseline)} if drawn(result) else {}


def write_summary(result: Result, beside: Mapping[str, bytes] | None = None) -> None:
    """Write summary.csv, one line per theory and outcome, and what else stands beside the tables."""
    written = estimates.summary(result).to_csv(index=False, float_format="%.6g").encode()
    if not keep(result.place, {SUMMARY: written, **(beside or {})}):
        to_stderr(f"{result.path} cannot be written; {SUMMARY} and {PICTURE} there stay as they are.")


def print_findings(result: Result, baseline: Result | None) -> None:
    """Every headline outcome by theory, and its paired difference from the baseline."""
    print("\n".join(told(result, baseline)))


def told(result: Result, baseline: Result | None) -> list[str]:
    """The findings as lines."""
    about = result.manifest
    differences = estimates.contrast(result, baseline) if baseline is not None else None
    lines = [
        "",
        f"{result.scenario} as of {about['as_of']}, world {about['world']}: {about['replications']:,} replications "
        f"over {about['request']['horizon']:g} days",
        "",
        *table(estimates.summary(result, HEADLINES), differences, baseline.scenario if baseline else ""),
        "",
    ]
    if differences is not None and baseline is not None:
        lines += [*textwrap.wrap(reductions(differences), WIDTH), *_of_unlike_sizes(result, baseline), ""]
    return [
        *lines,
        f"unstable draws that were drawn again: {about['rejected_draws']:,} for {about['draws']:,} kept",
        *own_lines(about),
        *textwrap.wrap(overridden(result), WIDTH),
        f"rests on {about['grades']}",
        *textwrap.wrap("; ".join(f"{grade}: {meaning}" for grade, meaning in GRADES.items()), WIDTH),
        *weighed(about["request"]["theories"]),
        f"Theories stand side by side and are never averaged. {CAVEAT}",
        f"folder: {result.path}",
    ]


def _of_unlike_sizes(result: Result, baseline: Result) -> list[str]:
    """How many pairs enter the differences, where one of the two has draws that the other lacks."""
    found = sizes([(result.scenario, result), (baseline.scenario, baseline)], baseline.scenario)
    words = f"differences are over the pairs alone: {in_words(found)}, under every theory"
    return [] if are_alike(found) else textwrap.wrap(words, WIDTH)


def overridden(result: Result) -> str:
    """In the closed loop, the share of replications that events took off the announced path, by theory."""
    if not result.manifest["request"]["closed_loop"]:
        return ""
    shares = estimates.by_theory(result, result.outcomes)
    told = (f"{(rows['overridden_days'] > 0).mean():.0%} ({theory})" for theory, rows in shares if len(rows))
    return f"replications that events took off the announced path: {', '.join(told)}"


def weighed(theories: Sequence[Mapping[str, Any]]) -> list[str]:
    """How firmly the texts assert the theories that ran side by side, one line per question."""
    return [
        part
        for line in weights_lines(strata_of(theories))
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ")
    ]


def table(summary: pd.DataFrame, differences: pd.DataFrame | None, baseline: str) -> list[str]:
    """The findings as a table: one block per outcome, one line per theory."""
    head = f"{'':{INDENT}}{'mean':>9} {'+-':>8} {'5 %':>8} {'50 %':>8} {'95 %':>8}"
    if differences is not None:
        head += f"   {f'less {baseline}':>20}   5 % to 95 %"
    lines = [head.rstrip()]
    for name, rows in summary.groupby("outcome", sort=False):
        lines.append(f"{str(name).replace('_', ' ')} [{OUTCOMES[str(name)].unit}]")
        for row in rows.to_dict("records"):
            numbers = [
                f"{shown(row['mean']):>9}",
                *(f"{shown(row[each]):>8}" for each in ("mc_error", "q05", "q50", "q95")),
            ]
            line = f"  {row['theory']:{INDENT - 2}}{' '.join(numbers)}"
            lines.append((line + _difference(differences, str(name), row["theory"])).rstrip())
    return lines


def _difference(differences: pd.DataFrame | None, outcome: str, theory: str) -> str:
    if differences is None:
        return ""
    row = differences[(differences["outcome"] == outcome) & (differences["theory"] == theory)].iloc[0]
    mean = f"{signed(row['mean'])} +- {shown(row['mc_error'])}"
    return f"   {mean:>20}   {signed(row['q05'])} to {signed(row['q95'])}"


def reductions(differences: pd.DataFrame) -> str:
    """How much pairing saves, by outcome, at least over theories."""
    least = differences.groupby("outcome", sort=False)["variance_reduction"].min()
    parts = ", ".join(f"{str(name).replace('_', ' ')} {shown(value)}" for name, value in least.items())
    return f"variance of differences, unpaired over paired (least over theories): {parts}"
