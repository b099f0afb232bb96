"""Three replications in sentences: typical ones with few, middling and many deaths."""

from dataclasses import dataclass

from scenarios.narrative import Medoid, Story, medoids, narrate_all
from scenarios.runs.result import Result


@dataclass(frozen=True)
class StoriesSection:
    """Typical replications under one theory, each with its narrative."""

    scenario: str
    theory: str
    further_theories: int
    replications: list[tuple[Medoid, Story]]


def section(result: Result) -> StoriesSection | None:
    """Narrate replications under the first theory that has any; None where every replication failed."""
    for theory in result.theories:
        if typical := medoids(result, theory):
            narrated = narrate_all(result, [medoid.replication for medoid in typical])
            pairs = list(zip(typical, narrated, strict=True))
            return StoriesSection(result.scenario, theory, len(result.theories) - 1, pairs)
    return None
