"""Three replications told: typical ones with few, middling and many deaths."""

from collections.abc import Sequence

from scenarios.narrative import Medoid, Story, all_narrated, exemplars
from scenarios.outcomes.declaration import outcome_name
from scenarios.report.page.calibrated_language import spoken
from scenarios.report.page.render import Markup, Section, joined, listed, paragraph, tag
from scenarios.report.page.runs import Gathered
from scenarios.runs.result import Result
from scenarios.text import count, counted, upper

HEADS = {0.1: "Few deaths", 0.5: "A middling number of deaths", 0.9: "Many deaths"}

NUMBERS = ("deaths", "us_deaths", "attacks_on_us_sites", "us_strikes", "ladder_max")


def stories(runs: Gathered) -> Section:
    """The section: three of the first scenario, under its first theory."""
    result = runs.first
    theory = next((each for each in result.theories if exemplars(result, each)), None)
    if theory is None:
        return Section("stories", "Three worlds told", [paragraph("Every replication failed; there is none to tell.")])
    chosen = exemplars(result, theory)
    told = all_narrated(result, [each.replication for each in chosen])
    content = [
        paragraph(_how_chosen(result, theory)),
        [_told(medoid, story) for medoid, story in zip(chosen, told, strict=True)],
    ]
    return Section("stories", "Three worlds told", content)


def _how_chosen(result: Result, theory: str) -> str:
    others = len(result.theories) - 1
    rest = f"The other {counted(others, 'theory', 'theories')}: python -m scenarios explain-run FOLDER theory=NAME."
    how = f" {rest}" if others else ""
    return (
        f"Three replications of {spoken(result.scenario)} under the theory {theory}, chosen by rule and "
        "not for their drama: of the replications around the 10, 50 and 90 per cent points of all deaths, the one that "
        f"is most like the others in every headline outcome.{how} What is told happened in one simulated world and is "
        "no prediction."
    )


def _told(medoid: Medoid, story: Story) -> Markup:
    head = HEADS.get(medoid.quantile, f"The {100 * medoid.quantile:g} per cent point of deaths")
    numbers = "; ".join(f"{outcome_name(name)} {count(story.numbers[name])}" for name in NUMBERS)
    return joined(
        [
            tag("h3", f"{head}: replication {medoid.replication:,}", id=f"story-{medoid.replication}"),
            paragraph(tag("strong", f"{upper(numbers)}.")),
            [_phase(phase, [each.text for each in said]) for phase, said in story.phases()],
            [paragraph(each, class_="note") for each in story.notes],
        ]
    )


def _phase(name: str, said: Sequence[str]) -> Markup:
    return joined([tag("h4", name or "What happened"), listed(said)])
