"""The constants of seeds/ that are computed from runs, computed again."""

from docs.generate import Size
from scenarios.evidence.parameters import beliefs
from scenarios.validation.histories import Runs

NORMALISER = "lethal_intent_normaliser"

REPLICATIONS = 1_000


def constants(size: Size) -> str:
    """Every derived constant beside its value in seeds/, in words."""
    value, attacks = lethal_intent_normaliser(
        Runs(size.results, size.replications or REPLICATIONS, size.workers)
    )  # fmt: skip
    in_seeds = beliefs()[NORMALISER].prior.numbers["value"]
    return (
        f"{NORMALISER}: {value:.3f}, over {attacks:,.0f} simulated attacks on bases and diplomatic sites from 2019-01 "
        f"to 2021-12, under every theory of strikes; seeds/parameters/factions.yaml has {in_seeds:g}."
    )


def lethal_intent_normaliser(runs: Runs) -> tuple[float, float]:
    """The constant by which lethal intent averages one over simulated histories, and the attacks it rests on.

    Each history counts once: its lethal attacks over those expected at intent one, times the constant in force.
    """
    result = runs.result("escalation")
    joined = result.outcomes.merge(result.parameters, on=["replication", "draw", "theory"])
    joined = joined[joined["attacks_on_us_sites"] > 0]
    expected = joined["lethal_share_of_base_attacks"] * joined["attacks_on_us_sites"]
    in_force = beliefs()[NORMALISER].prior.numbers["value"]
    return float(in_force * (joined["lethal_attacks"] / expected).mean()), float(joined["attacks_on_us_sites"].sum())
