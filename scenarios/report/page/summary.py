"""The plain summary: what would follow if, how likely, and apart from that how much the answer can bear."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from scenarios.analysis import Comparison
from scenarios.analysis.sizes import are_alike, in_words
from scenarios.evidence.parameters import GRADES
from scenarios.evidence.theories import hypotheses, phrase
from scenarios.outcomes.declaration import outcome_name
from scenarios.report.page import calibrated_language
from scenarios.report.page.calibrated_language import spoken
from scenarios.report.page.conclusions import EVENTS, Conclusion, conclusions, in_short
from scenarios.report.page.provenance import story
from scenarios.report.page.render import Child, Markup, Section, link, listed, paragraph, table, tag
from scenarios.report.page.runs import Gathered
from scenarios.text import counted, each_of, plain_name, series, upper

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
    evidence = calibrated_language.evidence(grades)
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
    cells = [f"{calibrated_language.level(grades, each.agreement)}; {each.agreement}" for each in found]
    return [plain_name(found[0].scenario), *cells]


def words() -> Section:
    """The section."""
    rows = [[each.said, each.range] for each in calibrated_language.SCALE]
    agreed = list(calibrated_language.LEVELS[calibrated_language.WEAK])
    rules = [
        [f"{firm}: {said}", *(calibrated_language.LEVELS[firm][each] for each in agreed)]
        for firm, said in calibrated_language.EVIDENCE.items()
    ]
    content = [
        table("Likelihood: share of replications", ["Word", "Share"], rows, name="scale"),
        paragraph(
            f"Words and shares: {calibrated_language.SOURCE}; its ends are drawn to 0 and 100 per cent.", class_="note"
        ),
        table("Confidence: evidence against agreement", ["Evidence", *agreed], rules, words=range(6), name="rules"),
        paragraph(
            f"After {calibrated_language.CONFIDENCE_SOURCE}. Theories agree if all give the difference the same sign, its interval, "
            "adjusted for every contrast of this page, excluding zero, or if under all of them no replication differs; "
            "they leave it open if none gives it a sign, and oppose one another if two give it opposite signs. "
            "Of one theory alone it is not known whether others would agree.",
            class_="note",
        ),
    ]
    return Section("words", "What the words mean", content)
