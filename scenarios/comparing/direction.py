"""Which direction of an outcome is worse, and from which value it counts as an event."""

import numpy as np

from scenarios.outcomes import OUTCOMES

FIRST = "days_to_first_"
GOOD = frozenset({"coordination", "days_at_level_0", "iraqi_capability", "pause_days"})
NEITHER = frozenset(
    {
        "cabinet_alignment", "coalition_troops", "election_lost", "envoy_visits", "exit_belief", "expulsion_votes",
        "expulsions_complied", "iranian_directive", "iranian_influence", "kurdish_opposition", "negotiation_rounds",
        "overridden_days", "round_ahead_days", "sunni_opposition", "timetables_agreed", "troop_years", "troops",
    }
)  # fmt: skip
EVENTS = {
    "us_deaths": 1.0, "isis_resurgence": 1.0, "kurdish_clashes": 1.0, "kurdish_campaigns": 1.0,
    "intra_shia_clashes": 1.0, "expulsion_votes": 1.0, "commanders_killed": 1.0, "iranian_strikes_on_us": 1.0,
    "army_collapses": 1.0, "civil_war_days": 1.0, "cabinet_falls": 1.0,
    "ladder_max": 5.0,  # a commander killed or three US strikes in two weeks
}  # fmt: skip
RARE = 0.05  # approximate share of the baseline beyond a threshold taken from it
SIGNS = {"higher": 1.0, "lower": -1.0}


def worse_if(outcome: str) -> str:
    """The direction in which an outcome is worse: lower for times to an event and for good outcomes, else higher."""
    return "lower" if outcome.startswith(FIRST) or outcome in GOOD else "higher"


def is_judged(outcome: str) -> bool:
    """Whether either direction of an outcome is better at all; if not, `worse` means no more than higher."""
    return outcome not in NEITHER


def sign(outcome: str) -> float:
    """1 where more is worse, -1 where less is."""
    return SIGNS[worse_if(outcome)]


def threshold(outcome: str, baseline: np.ndarray, given: float | None = None) -> float:
    """Value from which an outcome counts as an event: as given, as declared, or the baseline's worst 5 % point."""
    if given is not None:
        return given
    if outcome in EVENTS:
        return EVENTS[outcome]
    if not baseline.size:
        return float("nan")
    return float(sign(outcome) * np.quantile(sign(outcome) * baseline, 1.0 - RARE, method="inverted_cdf"))


def reached(outcome: str, values: np.ndarray, bound: float) -> np.ndarray:
    """In which replications an outcome is at a threshold or beyond it, on the bad side."""
    return sign(outcome) * values >= sign(outcome) * bound


def in_words(outcome: str) -> str:
    """The direction in words, for a heading."""
    if not is_judged(outcome):
        return "neither way worse"
    return "less is worse" if worse_if(outcome) == "lower" else "more is worse"


def unit(outcome: str) -> str:
    """Unit of an outcome."""
    return OUTCOMES[outcome].unit
