"""A comparison as a page of a notebook: what is missing first, what is compared, differences by theory, a picture."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scenarios import plots
from scenarios.analysis.sizes import in_words
from scenarios.config.user_inputs import brought, own_texts
from scenarios.outcomes import declaration
from scenarios.outcomes.declaration import with_unit
from scenarios.report.notebook import boxed, caveat, failures, picture, table
from scenarios.report.page.render import Child, Markup, folded, listed, paragraph, tag
from scenarios.report.terminal.comparison import alone, belonging, loops
from scenarios.report.terminal.contrasts import difference, level, pairs_of, unmoved
from scenarios.report.terminal.theories import is_centred
from scenarios.text import each_of, name_of

if TYPE_CHECKING:
    from scenarios.analysis import Comparison

DRAWN = ("attacks_on_us_sites", "deaths")

INSET = "padding-left: 1.2em; font-weight: normal;"


def page(found: "Comparison") -> Markup:
    """A page about a comparison; of many theories, one varied at a time, their signs instead of their numbers."""
    heading = f"{', '.join(map(name_of, found.results))} against {name_of(found.baseline_name)}"
    body = _signs(found) if is_centred(found) else _differences(found)
    return tag("div", boxed(_missing(found)), tag("h3", heading), _about(found), list(body), _rests_on(found))


def _missing(found: "Comparison") -> list[str]:
    return [*(line for run in found.runs.values() for line in failures(run)), *alone(found)]


def _about(found: "Comparison") -> list[Markup]:
    about = found.baseline.manifest
    return [
        caveat(),
        paragraph(
            f"{in_words(found.sizes)} under {each_of(len(found.theories))}, every run on the same luck, "
            f"{about['request']['horizon']:g} days from {about['as_of']}, world {about['world']}, seed "
            f"{about['seed']}, start {about['start']}{belonging(found)}."
        ),
        *map(
            paragraph,
            [*loops(found), *own_texts({**about, "own": brought(each.manifest for each in found.runs.values())})],
        ),
    ]


def _differences(found: "Comparison") -> Iterator[Markup]:
    """Mean differences by outcome, run and theory, below the level of the baseline."""
    frame, rows = found.contrasts, list[list[Child]]()
    same = unmoved(frame)
    for outcome, part in frame[~frame["outcome"].isin(same)].groupby("outcome", sort=False):
        rows.append([_title(str(outcome)), *level(found, str(outcome))[1]])
        for run, mine in part.groupby("scenario", sort=False):
            cells = [difference(each).strip() for each in mine.to_dict("records")]
            rows.append([tag("span", f"{name_of(str(run))}{pairs_of(found, mine)}", style=INSET), *cells])
    yield table([f"({name_of(found.baseline_name)} +- error), difference [95 %]", *found.theories], rows)
    yield paragraph(
        f"* excludes zero even when widened to hold for all {frame.attrs['family']:,} contrasts at once; = the same in "
        f"every draw{', and so throughout: ' + ', '.join(map(name_of, same)) if same else ''}."
    )
    yield picture(plots.forest(found, _drawn(found)))


def _signs(found: "Comparison") -> Iterator[Markup]:
    """Under how many theories each sign stands, and which."""
    yield paragraph("Higher or lower where the 95 per cent interval of the mean difference excludes zero:")
    yield listed(
        [tag("strong", f"{name_of(row['scenario'])}: {_title(row['outcome'])}"), ": ", row["agreement"]]
        for row in found.theory_table.to_dict("records")
    )
    yield picture(plots.signs(found, _drawn(found)))


def _drawn(found: "Comparison") -> Sequence[str]:
    return [name for name in DRAWN if name in found.outcomes] or found.outcomes[: len(DRAWN)]


def _title(outcome: str) -> str:
    return f"{with_unit(outcome)}, {declaration.in_words(outcome)}"


def _rests_on(found: "Comparison") -> list[Markup]:
    folders = listed([name, ": ", tag("code", str(run.path))] for name, run in found.runs.items())
    return [paragraph(f"Rests on {found.baseline.manifest['grades']}."), folded("Folders", folders)]
