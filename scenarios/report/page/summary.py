"""The plain summary: what would follow if, how likely, and apart from that how much the answer can bear."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from scenarios.comparing import Comparison
from scenarios.comparing.sizes import are_alike, in_words
from scenarios.comparing.wording import phrase
from scenarios.evidence.parameters import GRADES
from scenarios.evidence.theories import hypotheses
from scenarios.figures.saying import each_of
from scenarios.report.page import confidence
from scenarios.report.page.conclusions import EVENTS, Conclusion, conclusions, in_short, spoken
from scenarios.report.page.frame import Section
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.markup import Child, Markup, link, listed, paragraph, tag
from scenarios.report.page.repeating import story
from scenarios.report.page.tabled import table
from scenarios.report.page.wording import counted, outcome_name, plain_name, series, upper

CORE = ("deaths", *EVENTS)
IN_SHORT = ("deaths", "us_deaths", "deaths_of_others")
DAYS_A_YEAR = 365
UNDECIDED = "Undecided: this number of replications cannot tell the sign of the mean difference from noise."


def summary(runs: Gathered, of: Comparison | None, grades: Mapping[str, int], checks: str) -> Section:
    """The section; without a baseline it says only that there is nothing to set the run against."""
    if of is None:
        said = (
            "There is no run of a baseline to set this one against, so that nothing can be said of what a policy does."
        )
        return Section(
            "summary", "Summary", [paragraph(said), paragraph("Levels stand under ", link("outcomes", "Outcomes"), ".")]
        )
    found, whole = conclusions(of, CORE), conclusions(of, IN_SHORT)
    told = {each.scenario: story(each) for each in runs.results}
    content = [
        paragraph(_question(runs), class_="lead"),
        listed([upper(in_short(whole, name)) for name in IN_SHORT], class_="lead"),
        paragraph(key(of, runs), f" {UNDECIDED} ", link("asked", "What was asked"), "."),
        [
            _of_scenario(name, told.get(name, ""), list(each))
            for name, each in groupby(found, lambda each: each.scenario)
        ],
        tag("h3", "Confidence, apart from likelihood"),
        *_confidence(found, grades, checks),
    ]
    return Section("summary", "Summary", content)


def _question(runs: Gathered) -> str:
    about = runs.first.manifest
    names = series((spoken(each.scenario) for each in runs.results), "or")
    assert runs.baseline is not None, "a summary is of runs with a baseline"
    return (
        f"From {about['as_of']}, what would follow over the next {span_of(about['request']['horizon'])} if US policy "
        f"took the course of {names}, rather than of {spoken(runs.baseline.scenario)}? The sentences below are "
        "conditional: if the policy, the state of the world at the start and a theory hold, then this happens in the "
        "stated share of replications."
    )


def span_of(days: float) -> str:
    """A number of days in words."""
    years = days / DAYS_A_YEAR
    return f"{years:g} years" if years == int(years) and years > 1 else f"{days:g} days"


def in_a_line(runs: Gathered) -> str:
    """As of when, over what time, in which world, how often and with which seed."""
    about = runs.first.manifest
    replications = f"{about['replications']:,} replications a scenario " if are_alike(runs.sizes) else "replications "
    return (
        f"As of {about['as_of']}; {span_of(about['request']['horizon'])}; world “{about['world']}”; "
        f"{replications}({in_words(runs.sizes)} under {each_of(len(runs.theories))}); seed {about['seed']}."
    )


def key(of: Comparison, runs: Gathered) -> str:
    """What the names of the theories mean."""
    lived = [dict(each["poles"]) for each in runs.first.manifest["request"]["theories"]]
    poles = {name: list(dict.fromkeys(each[name] for each in lived if name in each)) for name in hypotheses()}
    said = [
        f"“{pole}” holds that {phrase(name, pole)}" for name, found in poles.items() if len(found) > 1 for pole in found
    ]
    shared = series(
        f"that {phrase(name, found[0])}"
        for name, found in poles.items()
        if len(found) == 1 and tuple(found) != hypotheses()[name].default
    )
    if not said:
        return f"One theory was run{f': it holds {shared}' if shared else ''}."
    number = upper(counted(len(of.theories), "theory", "rival theories"))
    held = f" All hold {shared}." if shared else ""
    return f"{number} were run side by side and are never averaged: {'; '.join(said)}.{held}"


def _of_scenario(scenario: str, story: str, found: Sequence[Conclusion]) -> list[Markup]:
    return [
        tag("h3", f"If {spoken(scenario)} were carried out"),
        paragraph(story, class_="note") if story else Markup(),
        listed([[tag("strong", _head(each)), " ", upper(str(each))] for each in found]),
    ]


def _head(of: Conclusion) -> str:
    heads = {"deaths": "All deaths.", "us_deaths": "US risk.", "ladder_max": "Escalation.", "isis_resurgence": "ISIS."}
    return heads.get(of.outcome, f"{outcome_name(of.outcome)}.")


def _confidence(found: Sequence[Conclusion], grades: Mapping[str, int], checks: str) -> list[Markup]:
    evidence = confidence.evidence(grades)
    graded = ", ".join(f"{number} {grade}" for grade, number in grades.items())
    meanings = "; ".join(f"{grade} {meaning}" for grade, meaning in GRADES.items())
    rows = [_confidence_row(list(group), grades) for _, group in groupby(found, key=lambda each: each.scenario)]
    heads = [_head(each).removesuffix(".") for each in found[: len(rows[0]) - 1]]
    caption = "Confidence in the direction of each difference, and whether the theories agree on it"
    return [
        paragraph(
            f"Likelihood says how often something happens within the model. Confidence says how much the model can "
            f"bear. The evidence is {evidence}: of {sum(grades.values())} quantities, {graded} ({meanings}). {checks} ",
            *(link("words", "What the words mean"), ", ", link("beliefs", "what it rests on"), ", "),
            *(link("checks", "what failed"), "."),
            class_="confidence",
        ),
        table(caption, ["Scenario", *heads], rows, words=range(len(heads) + 1), name="confidence"),
    ]


def _confidence_row(found: Sequence[Conclusion], grades: Mapping[str, int]) -> list[Child]:
    cells = [f"{confidence.level(grades, each.agreement)}; {each.agreement}" for each in found]
    return [plain_name(found[0].scenario), *cells]
