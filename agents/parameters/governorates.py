"""Assumptions about the governorates: priors and evidence in seeds/parameters/governorates.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter
from agents.roster import CONVOY_ROADS, GOVERNORATES, KURDISTAN, NORTH


@dataclass(frozen=True, kw_only=True)
class GovernoratesParameters(Parameters):
    """Assumptions about the governorates."""

    ungoverned_space_index: Quantity = parameter(
        "Index of ungoverned space in each governorate at the start.", unit="1", bounds=(0, 2), labels=GOVERNORATES
    )
    disputed_share: Quantity = parameter(
        "Share of each governorate that is disputed between Baghdad and Erbil.",
        unit="1",
        bounds=(0, 1),
        labels=GOVERNORATES,
    )
    coordination_gap_effect_on_ungoverned_space: Quantity = parameter(
        "Rise of the ungoverned index in disputed areas when forces do not coordinate.", unit="1", bounds=(0, 1)
    )
    alienation_effect_on_ungoverned_space: Quantity = parameter(
        "Rise of the ungoverned index with Sunni alienation.", unit="1", bounds=(0, 1)
    )
    north_attack_shares: Quantity = parameter(
        "Shares of the attacks on sites in the federal north that fall in each governorate.",
        unit="1",
        bounds=(0, 1),
        labels=NORTH,
    )
    convoy_attack_shares: Quantity = parameter(
        "Shares of the attacks on convoys that fall in each governorate.", unit="1", bounds=(0, 1), labels=CONVOY_ROADS
    )
    kurdistan_attack_shares: Quantity = parameter(
        "Shares of the attacks on the Kurdistan Region that fall in each governorate.",
        unit="1",
        bounds=(0, 1),
        labels=KURDISTAN,
    )
