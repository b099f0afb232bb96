"""Assumptions about the region around Iraq: priors and evidence in seeds/parameters/region.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class RegionParameters(Parameters):
    """Assumptions about the region around Iraq."""

    regional_war_onset_rate: Quantity = parameter(
        "Rate at which a calm region falls into a war that pits Iran's partners against Israel or the United States.",
        unit="1/year",
        bounds=(0.06, 1.5),
    )
    direct_share_of_war_onsets: Quantity = parameter(
        "Share of regional war onsets that are a direct war with Iran from the first day.", unit="1", bounds=(0.05, 0.6)
    )
    direct_war_onset_rate: Quantity = parameter(
        "Rate at which a proxy war turns into direct war between Iran and the United States or Israel.",
        unit="1/year",
        bounds=(0.07, 3.2),
    )
    proxy_war_mean_duration: Quantity = parameter("Mean length of a regional proxy war.", unit="day", bounds=(10, 770))
    direct_war_mean_duration: Quantity = parameter(
        "Mean length of a direct war with Iran.", unit="day", bounds=(1, 240)
    )
    oil_price_shock_persistence: Quantity = parameter(
        "Share of a month's oil price shock that lasts into the next month.", unit="1", bounds=(0.8, 0.99)
    )
