"""Results as a page of a notebook: what is wrong first, what was asked, the headlines by theory, a picture, grades."""

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from scenarios import plots
from scenarios.analysis import estimates
from scenarios.config.user_inputs import own_texts
from scenarios.evidence.parameters import GRADES
from scenarios.outcomes import HEADLINES
from scenarios.outcomes.declaration import with_unit
from scenarios.plots.time_series import drawn, when
from scenarios.plots.timeline import timeline
from scenarios.report.page.render import Child, Markup, folded, listed, paragraph, tag
from scenarios.runs import result as runs_result
from scenarios.text import CAVEAT, each_of, name_of, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from scenarios.runs.result import Result

WHOLE = 4  # results that are shown in full; further ones are named

ROWS = 24  # of a table of means

REASONS = 3  # of failures, that are told

SHOWN = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks", "ladder_max")  # of several results or points

BOX = "border: 2px solid #b35000; padding: 0.2em 1em;"

LEFT, NUMBER, ONE_LINE = "text-align: left;", "text-align: right;", "white-space: nowrap;"


def page(results: "Sequence[Result]", troubles: Sequence[str]) -> Markup:
    """A page about one result or several; every value is escaped."""
    alone = len(results) == 1
    parts: list[Child] = [_warnings(results, troubles)]
    if not alone:
        parts += [tag("h3", f"{len(results)} results"), caveat(), _overview(results), list(_means(results))]
    for each in results[:WHOLE]:
        heading = f"{name_of(each.scenario)} as of {each.manifest['as_of']}"
        parts.append([tag("h3", heading), *_about(each)] if alone else folded(heading, *_about(each)))
    if len(results) > WHOLE:
        parts.append(paragraph(f"The first {WHOLE} can be unfolded; show another by its number, as results[{WHOLE}]."))
    return tag("div", parts)


def _warnings(results: "Sequence[Result]", troubles: Sequence[str]) -> Child:
    """What could not be read and what failed, before anything else."""
    said = [f"Could not be read and is left out: {each}" for each in troubles]
    said += [line for each in results for line in failures(each)]
    return boxed(said)


def boxed(said: Sequence[str]) -> Child:
    """What has to be read before any number; nothing where there is nothing to say."""
    return tag("div", tag("strong", "Read this first"), listed(said), style=BOX) if said else []


def failures(result: "Result") -> Iterator[str]:
    """What failed in a result, and what that means for its numbers."""
    lost = result.failures
    if lost:
        reasons = list(dict.fromkeys(str(each["error"]) for each in lost))
        more = f"; and {len(reasons) - REASONS} more reasons in manifest.json" if len(reasons) > REASONS else ""
        yield (
            f"{result.scenario}: {len(lost):,} of {result.manifest['draws']:,} draws failed under all "
            f"{len(result.theories)} theories and are left out of every number; those that failed may not be like the "
            f"rest. Reasons: {'; '.join(reasons[:REASONS])}{more}."
        )


def _overview(results: "Sequence[Result]") -> Markup:
    rows: list[Sequence[Child]] = [
        (each.scenario, each.manifest["as_of"], each.manifest["world"], f"{each.manifest['replications']:,}",
         f"{len(each.theories)}", f"{len(each.failures):,}", str(each.path))
        for each in results
    ]  # fmt: skip
    columns = ("scenario", "as of", "world", "replications", "theories", "failed draws", "folder")
    return table(columns, rows, words=(1, 2, 6))


def caveat() -> Markup:
    """What every page says of itself."""
    return paragraph(tag("strong", CAVEAT), " Theories stand side by side and are never averaged.")


def _means(results: "Sequence[Result]") -> Iterator[Child]:
    """Some headlines of several results, a row a theory."""
    rows: list[Sequence[Child]] = []
    for name, each in zip(runs_result.apart([each.manifest for each in results]), results, strict=True):
        found = estimates.summary(each, SHOWN).set_index(["theory", "outcome"])
        rows += [(name_of(name), theory, *means(found.loc[theory])) for theory in each.theories]
    yield table_of_means(("scenario", "theory"), rows[:ROWS], len(rows))


def table_of_means(keys: Sequence[str], rows: Sequence[Sequence[Child]], number: int) -> Markup:
    """What rows are, and means of some headlines; of a number of rows, those that are given."""
    said = f"; the first {len(rows)} of {number:,} rows" if number > len(rows) else ""
    made = table((*keys, *map(with_unit, SHOWN), "n"), rows, words=range(len(keys)))
    return tag("div", paragraph(f"Mean ± Monte Carlo standard error{said}:"), made)


def means(levels: pd.DataFrame) -> list[str]:
    """Mean and Monte Carlo error of some headlines, and n; `levels` by outcome."""
    cells = [f"{shown(levels.loc[name, 'mean'])} ± {shown(levels.loc[name, 'mc_error'])}" for name in SHOWN]
    return [*cells, f"{levels['n'].max():,.0f}"]


def _about(result: "Result") -> Iterator[Child]:
    about = result.manifest
    yield caveat()
    yield paragraph(
        f"{about['draws']:,} draws under {each_of(len(result.theories))}, {about['request']['horizon']:g} days "
        f"from {about['as_of']}, world {about['world']}, seed {about['seed']}, run {about['id']}."
    )
    yield from map(paragraph, own_texts(about))
    yield folded("Timeline", listed(f"{when(result, day)}  {said}" for day, said in timeline(result)))
    yield _headlines(result)
    yield from _picture(result)
    yield paragraph(f"Rests on {about['grades']}. {'; '.join(f'{grade} {words}' for grade, words in GRADES.items())}.")
    yield paragraph("Folder: ", tag("code", str(result.path)))


def _headlines(result: "Result") -> Markup:
    """Headline outcomes by theory: mean, and 5 to 95 per cent of replications."""
    found = estimates.summary(result, HEADLINES).set_index(["outcome", "theory"])
    numbers = found.groupby("theory")["n"].max()
    columns = ["mean (5 to 95 %)", *(f"{each}, n = {numbers[each]:,}" for each in result.theories)]
    rows = [[with_unit(name), *(_cell(found.loc[(name, each)]) for each in result.theories)] for name in HEADLINES]
    return table(columns, rows)


def _cell(row: pd.Series) -> str:
    if not row["n"]:
        return "undefined"
    return f"{shown(row['mean'])} ({shown(row['q05'])} to {shown(row['q95'])})"


def _picture(result: "Result") -> Iterator[Markup]:
    outcomes = drawn(result)
    if outcomes:
        together = [result] if result.baseline is None else [result, result.baseline]
        yield picture(plots.bands(together, outcomes))


def picture(made: "Figure") -> Markup:
    """A figure that the page holds, in words for those who do not see it."""
    return tag("img", src=plots.data_uri(made), alt=plots.in_words(made), style="max-width: 100%;")


def table(columns: Sequence[str], rows: Sequence[Sequence[Child]], words: Container[int] = ()) -> Markup:
    """A table whose first column names its rows; those numbered in `words` hold text and not numbers."""
    styles = [NUMBER if at and at not in words else LEFT for at in range(len(columns))]
    head = tag("tr", [tag("th", each, scope="col", style=style) for each, style in zip(columns, styles, strict=True)])
    body = [
        tag("tr", tag("th", first, scope="row", style=LEFT),
            [tag("td", each, style=f"{style} {ONE_LINE}") for each, style in zip(others, styles[1:], strict=True)])
        for first, *others in rows
    ]  # fmt: skip
    return tag("table", tag("thead", head), tag("tbody", body))
