"""What the page cannot say."""

from collections.abc import Iterator

from scenarios.report.page.frame import Section
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.markup import listed

STANDING = (
    "When or whether anything will happen. It says what would follow if a policy, a war path and a theory held.",
    "Shares of replications are not probabilities of events in the world: they say how often something happens in the "
    "model, over what is assumed about parameters and luck.",
    "What only one theory would tell you. If the theories disagree, so should the reader.",
    "How large an effect is where only its direction comes from the texts (grade C) or it is assumed (grade D).",
    "Anything on the economy beyond oil and sanctions; Syria and Turkey stand only as streams from outside.",
    "Anything about named persons, places finer than a governorate, or how to attack or defend anything. Every death "
    "counts alike.",
    "What the five texts and the literature cited did not know; of facts after 2022 only those that the texts tell are "
    "used.",
)


def limits(runs: Gathered) -> Section:
    """The section."""
    return Section("limits", "What this cannot say", listed([*STANDING, *_of(runs)]))


def _of(runs: Gathered) -> Iterator[str]:
    said = runs.first.manifest["request"]
    if not said["closed_loop"]:
        yield (
            "How events would bend the policy: its path is imposed, so that votes, costs and deaths change no plan. "
            "loop=closed lets them."
        )
    yield f"Anything beyond {said['horizon']:g} days."
    redrawn = sum(each.manifest["rejected_draws"] for each in runs.everything)
    if redrawn:
        kept = sum(each.manifest["draws"] for each in runs.everything)
        yield (
            f"Worlds in which violence feeds on itself without bound: {redrawn:,} such draws of parameters were drawn "
            f"again for {kept:,} kept."
        )
