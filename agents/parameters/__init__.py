"""Assumptions about each actor: one class for an actor, one field a parameter; `Assumed` holds them all."""

from dataclasses import dataclass

from agents.parameters.factions import FactionsParameters
from agents.parameters.government import GovernmentParameters
from agents.parameters.governorates import GovernoratesParameters
from agents.parameters.iran import IranParameters
from agents.parameters.isis import IsisParameters
from agents.parameters.kurdistan import KurdistanParameters
from agents.parameters.measurement import MeasurementParameters
from agents.parameters.region import RegionParameters
from agents.parameters.sadrists import SadristsParameters
from agents.parameters.security_forces import SecurityForcesParameters
from agents.parameters.sunni_bloc import SunniBlocParameters
from agents.parameters.us_forces import UsForcesParameters


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """Every parameter of one ensemble, by actor."""

    region: RegionParameters
    us_forces: UsForcesParameters
    iran: IranParameters
    factions: FactionsParameters
    government: GovernmentParameters
    security_forces: SecurityForcesParameters
    sadrists: SadristsParameters
    kurdistan: KurdistanParameters
    sunni_bloc: SunniBlocParameters
    isis: IsisParameters
    governorates: GovernoratesParameters
    measurement: MeasurementParameters
