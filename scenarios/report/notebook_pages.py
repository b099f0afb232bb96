"""Results, comparisons and studies as notebook pages: what failed first, then request, estimates, a figure, grades."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pandas as pd

from scenarios import plots
from scenarios.analysis import Comparison, estimates
from scenarios.config.user_inputs import distinct_inputs, own_texts
from scenarios.outcomes import HEADLINES
from scenarios.plots.points import factor_name
from scenarios.plots.time_series import date_of, drawn
from scenarios.plots.timeline import timeline_events
from scenarios.report.templating import render_html
from scenarios.report.terminal import contrasts
from scenarios.report.terminal.comparison import loops, origin_lines, unpaired_lines
from scenarios.report.terminal.theories import is_centred
from scenarios.runs.result import Result, Results, apart
from scenarios.studies.dataset import Dataset
from scenarios.text import name_of, significant

Paired = tuple[str, str, list[str]]  # a run, its pairs where runs have unlike numbers, its differences by theory

MOST_RESULTS = 4  # that are shown in full

MOST_ROWS = 24  # of a table of means

MOST_REASONS = 3  # of failures

MOST_LEVELS = 6  # of a factor

ESTIMATED = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks", "ladder_max")  # of several results or points

DRAWN = ("attacks_on_us_sites", "deaths")


def result_page(result: Result) -> str:
    """Render the page of one result."""
    return results_page(Results([result], result.troubles))


def results_page(results: Results) -> str:
    """Render the page of several results."""
    rows = list(_rows_of_results(results)) if len(results) > 1 else []
    return render_html(
        "notebook_results.html.j2",
        warnings=[*_unreadable(results.troubles), *(line for result in results for line in _failures(result))],
        results=list(results),
        headings=[f"{name_of(result.scenario)} as of {result.manifest['as_of']}" for result in results],
        outcomes=ESTIMATED,
        rows=rows[:MOST_ROWS],
        number=len(rows),
        shown=[_details(result) for result in results[:MOST_RESULTS]],
    )


def _unreadable(troubles: Sequence[str]) -> list[str]:
    return [f"Could not be read and is left out: {trouble}" for trouble in troubles]


def _failures(result: Result) -> Iterator[str]:
    """What failed in a result, and what follows for its numbers."""
    if result.failures:
        reasons = list(dict.fromkeys(str(failure["error"]) for failure in result.failures))
        more = (
            f"; and {len(reasons) - MOST_REASONS} more reasons in manifest.json" if len(reasons) > MOST_REASONS else ""
        )
        yield (
            f"{result.scenario}: {len(result.failures):,} of {result.manifest['draws']:,} draws failed under all "
            f"{len(result.theories)} theories and are left out of every number; those that failed may not be like the "
            f"rest. Reasons: {'; '.join(reasons[:MOST_REASONS])}{more}."
        )


def _rows_of_results(results: Results) -> Iterator[list[str]]:
    """Means by result and theory."""
    for label, result in zip(apart([each.manifest for each in results]), results, strict=True):
        levels = estimates.summary(result, ESTIMATED).set_index(["theory", "outcome"])
        yield from ([name_of(label), theory, *_means(levels.loc[theory])] for theory in result.theories)


def _means(levels: pd.DataFrame) -> list[str]:
    """Mean and Monte Carlo error by outcome, then the number of replications."""
    cells = [
        f"{significant(levels.loc[name, 'mean'])} ± {significant(levels.loc[name, 'mc_error'])}" for name in ESTIMATED
    ]
    return [*cells, f"{levels['n'].max():,.0f}"]


def _details(result: Result) -> dict[str, Any]:
    """What the page of a result shows beside its manifest."""
    levels = estimates.summary(result, HEADLINES).set_index(["outcome", "theory"])
    sizes = levels.groupby("theory")["n"].max()
    together = [result] if result.baseline is None else [result, result.baseline]
    return {
        "result": result,
        "own": own_texts(result.manifest),
        "timeline": [(date_of(result, day), event) for day, event in timeline_events(result)],
        "theories": [f"{theory}, n = {sizes[theory]:,}" for theory in result.theories],
        "headlines": [(name, [_level(levels.loc[(name, each)]) for each in result.theories]) for name in HEADLINES],
        "figure": plots.bands(together, drawn(result)) if drawn(result) else None,
    }


def _level(row: pd.Series) -> str:
    if not row["n"]:
        return "undefined"
    return f"{significant(row['mean'])} ({significant(row['q05'])} to {significant(row['q95'])})"


def comparison_page(comparison: Comparison) -> str:
    """Render the page of a comparison; of many theories, one varied at a time, their signs instead of their numbers."""
    pictured = [name for name in DRAWN if name in comparison.outcomes] or comparison.outcomes[: len(DRAWN)]
    centred, same = is_centred(comparison), contrasts.unmoved_outcomes(comparison.contrasts)
    return render_html(
        "notebook_comparison.html.j2",
        warnings=[*(line for run in comparison.runs.values() for line in _failures(run)), *unpaired_lines(comparison)],
        comparison=comparison,
        other_starts=origin_lines(comparison),
        own=[*loops(comparison), *own_texts(_manifest(comparison))],
        agreements=comparison.theory_table.to_dict("records") if centred else [],
        outcomes=[] if centred else list(_differences(comparison, same)),
        unmoved=same,
        figure=(plots.sign_grid if centred else plots.forest)(comparison, pictured),
    )


def _manifest(comparison: Comparison) -> dict[str, Any]:
    """The baseline's manifest with everything of the user's own in any of the runs."""
    return {**comparison.baseline.manifest, "own": distinct_inputs(run.manifest for run in comparison.runs.values())}


def _differences(comparison: Comparison, same: Sequence[str]) -> Iterator[tuple[str, list[str], list[Paired]]]:
    """Outcomes with the baseline's levels and the mean differences of every run, by theory."""
    frame = comparison.contrasts
    for outcome, part in frame[~frame["outcome"].isin(same)].groupby("outcome", sort=False):
        runs = [
            (
                str(run),
                contrasts.pairs_of(comparison, group),
                [contrasts.difference_cell(row).strip() for row in group.to_dict("records")],
            )
            for run, group in part.groupby("scenario", sort=False)
        ]
        yield str(outcome), contrasts.level(comparison, str(outcome))[1], runs


def study_page(study: Dataset) -> str:
    """Render the page of a study."""
    levels = study.summarised(ESTIMATED).groupby(["point", "theory"], sort=False)
    return render_html(
        "notebook_study.html.j2",
        warnings=[*_unreadable(study.troubles), *_failed_points(study)],
        study=study,
        factors=[(factor_name(factor), _settings(study, factor)) for factor in study.factors],
        own=own_texts(study.manifest),
        outcomes=ESTIMATED,
        keys=["point", *map(factor_name, study.factors), "theory"],
        rows=[
            [point, *map(_setting, study.points.loc[point, study.factors]), theory, *_means(part.set_index("outcome"))]
            for (point, theory), part in islice(levels, MOST_ROWS)
        ],
        number=levels.ngroups,
        figure=plots.design_points(study, DRAWN[0]),
    )


def _failed_points(study: Dataset) -> Iterator[str]:
    """How many points failed or are missing, and why."""
    failures = study.failures
    if len(failures):
        reasons = list(dict.fromkeys(failures["reason"]))[:MOST_REASONS]
        yield (
            f"{len(failures):,} of {len(study.points):,} points failed or are missing; their failed draws are left out "
            f"of every number, and those that failed may not be like the rest. Reasons: {'; '.join(reasons)}."
        )


def _settings(study: Dataset, factor: str) -> str:
    """The settings of a factor, or how many there are between its ends."""
    distinct = study.points[factor].drop_duplicates()
    unit = f" [{study.points.attrs['unit'][factor]}]" if pd.api.types.is_numeric_dtype(distinct) else ""
    if len(distinct) <= MOST_LEVELS:
        return f"{', '.join(map(_setting, distinct))}{unit}"
    ends = f" from {significant(distinct.min())} to {significant(distinct.max())}{unit}" if unit else ""
    return f"{len(distinct):,} values{ends}"


def _setting(value: Any) -> str:
    return significant(value) if isinstance(value, float) else name_of(str(value))
