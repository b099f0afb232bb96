"""`derive NAME`: the constants that are computed from runs, computed again."""

from collections.abc import Sequence
from pathlib import Path

from scenarios.cli.words import counted
from scenarios.errors import DONE, RequestError
from scenarios.evidence.parameters import beliefs
from scenarios.validation.histories import Runs

NORMALISER = "lethal_intent_normaliser"

USUAL_REPLICATIONS = 1_000


def main(arguments: Sequence[str]) -> int:
    """Print a derived constant beside what seeds/ has."""
    if not arguments or arguments[0] != NORMALISER or len(arguments) > 2:
        raise RequestError(f"derive knows one constant: `python -m scenarios derive {NORMALISER} [replications]`.")
    size = USUAL_REPLICATIONS
    if len(arguments) > 1:
        size = counted(arguments[1], "replications", 8, 1_000_000)
    value, attacks = lethal_intent_normaliser(Runs(Path("results/checks"), size, None))
    stands = beliefs()[NORMALISER].prior.numbers["value"]
    print(
        f"{NORMALISER}: {value:.3f}, over {attacks:,.0f} simulated attacks on bases and diplomatic sites from 2019-01 "
        f"to 2021-12, under every theory of strikes; seeds/parameters/factions.yaml has {stands:g}."
    )
    return DONE


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
