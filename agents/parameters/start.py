"""The state of the world at the as-of date of a run; values, spread and evidence in seeds/starts/*.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class StartState(Parameters):
    """Initial states, each uncertain like a parameter; what is not listed starts at its equilibrium."""

    troops_anbar: Quantity = parameter("US troops in Anbar.", unit="troops", bounds=(0, 20_000))
    troops_baghdad: Quantity = parameter("US troops in and around Baghdad.", unit="troops", bounds=(0, 20_000))
    troops_north: Quantity = parameter("US troops in the federal north.", unit="troops", bounds=(0, 20_000))
    troops_erbil: Quantity = parameter("US troops in Erbil.", unit="troops", bounds=(0, 20_000))
    regional_war: Quantity = parameter(
        "Regional regime: 0 calm, 1 proxy war, 2 direct war.", unit="level", bounds=(0, 2)
    )
    oil_price: Quantity = parameter(
        "Oil price: log Brent, standardised over 2010-22.", unit="standard deviation", bounds=(-4, 4)
    )
    iranian_directive: Quantity = parameter(
        "What Iran asks of the factions: -1 restrain, 0 tolerate, 1 push.", unit="1", bounds=(-1, 1)
    )
    iranian_cost_felt: Quantity = parameter("Cost that Iran feels from US strikes.", unit="1", bounds=(0, 5))
    fresh_commander_grievance: Quantity = parameter(
        "Fresh grievance of Iran over killed commanders.", unit="1", bounds=(0, 5)
    )
    lasting_commander_grievance: Quantity = parameter(
        "Long grievance over killed commanders, in killings not yet faded.", unit="killings", bounds=(0, 10)
    )
    broker_control_loss: Quantity = parameter(
        "Share of Iran's control over the factions still missing with its chief broker.", unit="1", bounds=(0, 1)
    )
    attack_rate: Quantity = parameter(
        "Attacks on US targets in Iraq of late, convoys included.", unit="attacks/day", bounds=(0, 10)
    )
    faction_fear: Quantity = parameter("Fear of US strikes among the factions.", unit="log rate", bounds=(0, 5))
    vanguard_paused: Quantity = parameter("Whether the vanguard pauses its campaign.", unit="0/1", bounds=(0, 1))
    cabinet_alignment: Quantity = parameter(
        "Alignment of the cabinet with the factions' camp: -1 hostile, 1 of the camp.", unit="1", bounds=(-1, 1)
    )
    seats_alignment: Quantity = parameter(
        "Alignment that the seats of the last election imply.", unit="1", bounds=(-1, 1)
    )
    caretaker_days: Quantity = parameter(
        "Days until a new cabinet is formed; none under a full cabinet.", unit="day", bounds=(0, 2_000)
    )
    expulsion_pressure: Quantity = parameter("Pressure to expel US troops.", unit="1", bounds=(0, 6))
    timetable_credibility: Quantity = parameter("Credibility of an exit timetable.", unit="1", bounds=(0, 1))
    days_since_round: Quantity = parameter("Time since the last negotiation round.", unit="day", bounds=(0, 2_000))
    isis_activity: Quantity = parameter(
        "Attacks by ISIS in all of Iraq, true count.", unit="attacks/day", bounds=(0, 60)
    )
    isis_growth_spell: Quantity = parameter(
        "Yearly growth of ISIS activity of late, in excess of its long-run growth.", unit="1/year", bounds=(-2, 2)
    )
    sadrists_excluded: Quantity = parameter("Whether the Sadrists are outside parliament.", unit="0/1", bounds=(0, 1))
    sunni_member: Quantity = parameter("Whether the Sunni bloc sits in the coalition.", unit="0/1", bounds=(0, 1))
