"""The one-page brief: signs by theory, whose risk, one switch point, three indicators."""

from collections.abc import Mapping
from typing import Any

from scenarios.analysis import Comparison
from scenarios.analysis.indicators import ACROSS, DAYS, LADDER, described, indicators, telling
from scenarios.analysis.theories import HIGHER, LOWER, SAME
from scenarios.errors import RequestError
from scenarios.evidence.theories import phrase
from scenarios.outcomes.declaration import outcome_name
from scenarios.report.indicators import CONFIDENT, sentence
from scenarios.report.page import calibrated_language
from scenarios.report.page.calibrated_language import AGREED, PARTLY, percent, records, spoken
from scenarios.report.page.render import Child, Markup, Section, joined, link, listed, paragraph, table, tag
from scenarios.report.page.runs import Gathered
from scenarios.report.page.summary import in_a_line, key
from scenarios.runs.result import Result
from scenarios.text import CAVEAT, MINUS, difference, name_of, plain_name, series, upper

WHOSE = {"us_deaths": "US and coalition", "deaths_of_others": "Everyone else"}

SPOKEN = {HIGHER: ("more", "up"), LOWER: ("fewer", "down"), SAME: ("the same", None)}

MARKS = {HIGHER: "+", LOWER: MINUS, SAME: "="}

FUTURES = ("deaths", "us_deaths", "isis_attacks", LADDER)  # what the indicators of the brief are to tell

TOLD = 3  # indicators


def brief(runs: Gathered, of: Comparison | None, grades: Mapping[str, int]) -> Section:
    """The section."""
    if of is None:
        return Section("brief", "Brief", [paragraph("A brief needs a baseline; none was found.")])
    against = name_of(of.baseline_name)
    content = [
        paragraph(f"{CAVEAT} {in_a_line(runs)} {key(of, runs)}"),
        paragraph(
            f"In brackets stand mean paired differences from the {against} over the whole run. Undecided is what has "
            "an interval of 95 %, adjusted for every difference of this page, that includes zero. ",
            link("outcomes", "Intervals"),
            f". {_sure(grades)} ",
            link("words", "What the words mean"),
            ".",
        ),
        _signs(of),
        _whose(of),
        tag("h3", "One switch point"),
        _switch(of),
        tag("h3", "Three indicators to watch"),
        _watched(runs.first),
    ]
    return Section("brief", "Brief", content)


def _sure(grades: Mapping[str, int]) -> str:
    """How much a sign can bear."""
    firm = calibrated_language.evidence(grades)
    levels = calibrated_language.LEVELS[firm]
    return (
        f"The evidence is {firm}: confidence in a sign is {levels[AGREED]} where all theories agree on it, and at most "
        f"{levels[PARTLY]} elsewhere."
    )


def _signs(of: Comparison) -> Markup:
    """Scenario by theory: the sign of the difference in all deaths."""
    signs = _by_cell(of, "deaths")
    rows = [[_whole(plain_name(name)), *(_sign(signs[name, theory]) for theory in of.theories)] for name in of.results]
    caption = f"All deaths, whoever dies: more or fewer than under the {name_of(of.baseline_name)}, by theory"
    return table(caption, ["If", *of.theories], rows, words=range(len(of.theories) + 1), name="brief-signs")


def _by_cell(of: Comparison, outcome: str) -> dict[tuple[str, str], Mapping[str, Any]]:
    signs = of.signs[of.signs["outcome"] == outcome]
    return {(row["scenario"], row["theory"]): row for row in records(signs)}


def _sign(row: Mapping[str, Any]) -> Child:
    said, direction = SPOKEN.get(row["after_adjusting"], ("undecided", None))
    mark = MARKS.get(row["after_adjusting"], "?")
    return [tag("strong", f"{mark} {said}", class_=direction), f" ({difference(row['mean'])})"]


def _whose(of: Comparison) -> Markup:
    """US risk beside the risk of everyone else."""
    cells = {outcome: _by_cell(of, outcome) for outcome in WHOSE}
    rows = [
        [_whole(plain_name(name)), _whole(who), *(_sign(cells[outcome][name, each]) for each in of.theories)]
        for name in of.results
        for outcome, who in WHOSE.items()
    ]
    caption = "Whose risk: deaths of US and coalition forces beside those of everyone else (Iraqis, nearly all)"
    return table(caption, ["If", "Who", *of.theories], rows, words=range(len(of.theories) + 2), name="brief-whose")


def _whole(name: str) -> Markup:
    """A name that is not broken over lines."""
    return tag("span", name, class_="whole")


def _switch(of: Comparison) -> Markup:
    """The first decided switch point, of all deaths if there is one."""
    found = records(of.switch_points)
    decided = [row for row in found if row["decided"]]
    ordered = sorted(decided, key=lambda row: row["outcome"] != "deaths")
    if len(of.theories) == 1:
        return paragraph("One theory was run; where an answer turns from one to another is not known.")
    if not ordered:
        return paragraph(
            "No answer turns on one question alone: no two theories that differ in one question give a difference "
            "opposite signs beyond noise."
        )
    row = ordered[0]
    held = (
        f"; this given that {series(phrase(*each.split(' ', 1)) for each in row['held'].split(', '))}"
        if row["held"]
        else ""
    )
    return joined(
        [
            paragraph(
                f"If {spoken(row['scenario'])} were carried out, {outcome_name(row['outcome'])} would be higher "
                f"on average than under {spoken(row['baseline'])} for someone who gives a probability above ",
                tag("strong", f"{row['point']:.2f}"),
                f" ({row['low']:.2f} to {row['high']:.2f}) to the reading that "
                f"{phrase(row['question'], row['pole'])}, the rest going to: "
                f"{phrase(row['question'], row['other_pole'])}; and lower for someone below it{held}.",
            ),
            paragraph(
                f"Mean difference {difference(row['mean'])} under the one reading and {difference(row['other_mean'])} "
                f"under the other, {row['n']:,} draws. The number is the reader's own to give; the model has none.",
                class_="note",
            ),
        ]
    )


def _watched(result: Result) -> Markup:
    """The indicators that tell most about the rest of a run, each of another quantity, or why there are none."""
    try:
        rows = _indicators(result)
    except RequestError as error:
        return paragraph(f"None can be given: {error}")
    if not rows:
        draws = f"{result.manifest['draws']:,} draws under each theory"
        return paragraph(f"Of what could be observed in {DAYS:g} days nothing tells what comes after, with {draws}.")
    first = f"Seen in the first {rows[0]['days']:g} days if {spoken(result.scenario)} is carried out. "
    how = (
        "Thresholds were chosen on one half of the draws, the numbers come from the other half, with 95 % intervals. "
        "Odds times: by how much what is seen multiplies the odds. Area: how often the quantity ranks a replication "
        "with that future before one without; 0.5 is no better than chance."
    )
    told = [[tag("strong", _future(row)), " ", sentence(row)] for row in rows]
    return joined([paragraph(first, how, class_="note"), listed(told, ordered=True)])


def _future(row: Mapping[str, Any]) -> str:
    future = upper(described(row["future"], row["exceeds"]))
    return f"{future} in the days after, under {row['theory']}: {percent(row['share'])} of futures."


def _indicators(result: Result) -> list[Mapping[str, Any]]:
    found = records(telling(indicators(result, outcomes=FUTURES)))
    sure = [row for row in found if row["adjusted"] < CONFIDENT and row["theory"] != ACROSS]
    best: dict[str, Mapping[str, Any]] = {}
    for row in sure:
        best.setdefault(row["indicator"], row)
    return list(best.values())[:TOLD]
