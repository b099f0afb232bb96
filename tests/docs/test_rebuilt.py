"""The model built again from docs/odd.md alone behaves the same, day by day (docking, Axtell et al. 1996)."""

from dataclasses import replace

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.verbs import gathered
from scenarios.config.compose import composed
from scenarios.config.request import request
from scenarios.simulation.experiment import staged
from tests.docs.rebuilt import Rebuilt

SHOCKS = (
    {"shock": "commander_killed", "at": 20, "size": 2},
    {"shock": "lethal_attack", "at": 33},
    {"shock": "broker_killed", "at": 41},
    {"shock": "prison_break", "at": 45},
    {"shock": "budget_stop", "at": 50},
    {"shock": "army_collapse", "at": 55},
    {"shock": "cabinet_falls", "at": 60},
    {"shock": "early_election", "at": 64},
    {"shock": "oil_price", "at": 66, "size": -2},
)
WAR = {"shock": "direct_war_begins", "at": 70}  # which only a world that leaves war to chance bears
FREQUENT = {
    "expulsion_vote_rate": 1.2, "timetable_agreement_rate": 1.4, "cost_driven_early_exit_rate": 0.36,
    "surge_rate_after_lethal_attack": 0.1, "lethal_share_of_base_attacks": 0.12, "truce_switching_rate": 12,
    "crackdown_confrontation_rate": 4, "civil_war_probability_per_confrontation": 0.1, "cabinet_formation_time": 90,
    "lethal_kurdish_federal_clash_rate": 1.8, "intra_shia_clash_rate": 2.2, "major_kurdish_federal_campaign_rate": 0.8,
    "negotiation_round_gap": 60, "outbidding_effect": 0.3, "mass_casualty_probability_per_isis_attack": 0.006,
    "isis_growth_from_exit_and_feuds": 1.0, "presence_effect_on_iranian_push": 0.8, "army_collapse_rate": 0.06,
}  # fmt: skip
COURSES = {
    "a calm status quo": ("+scenario=status_quo", "start=2021-07", "world=calm"),
    "a withdrawal by chance": ("+scenario=full_withdrawal", "start=2021-12", "world=simulated"),
    "a war and a spiral": ("+scenario=retaliation_spiral", "start=2024-01", "world=gaza_war"),
    "a broken promise": ("+scenario=relabel", "start=2021-07", "world=simulated", "ensemble.step_days=2"),
    "an expulsion": ("+scenario=expel_now", "start=2020-08", "world=simulated"),
    "a disarmament": ("+scenario=disarm_militias", "start=2020-08", "world=calm", "ensemble.step_days=0.5"),
}
DRAWS = range(5, 6)


def staged_course(words, loop, busy):
    """A staged model under both theories of strikes, with every kind of shock and frequent politics if busy."""
    config = composed([*words, f"loop={loop}", "against=none", "theory.isis=[enablers,feuds]", "ensemble.seed=11"])
    shocks = [*SHOCKS, WAR] if "world=simulated" in words else list(SHOCKS)
    config["scenario"]["shocks"] = shocks if busy else []
    small = replace(request(config), given=FREQUENT if busy else {})  # beyond what a theory would let a user fix
    axis = Axis.crossing(DRAWS, len(small.strata))
    return small, staged(small, axis)[1]


def values_of(iraq, at):
    """States and events of one replication after a step."""
    us, iran, government = iraq.us_forces, iraq.iran, iraq.government
    settled = iraq.settled
    each = {
        "regime": iraq.region.regime, "oil": iraq.region.oil_price, "a7": us.recent_attacks, "k7": us.recent_lethal,
        "cost": us.cost, "progress": us.exit_progress, "surge": us.surge, "enablers": us.enablers,
        "theta": iran.directive, "felt": iran.cost_felt, "gi": iran.fresh_grievance, "gk": iran.lasting_grievance,
        "lost": iran.broker_loss, "influence": iran.influence, "visits": iran.visits, "on_us": iran.strikes_on_us,
        "on_kurds": iran.strikes_on_kurds, "paused": iraq.camp.paused, "belief": iraq.camp.belief,
        "alignment": government.alignment, "seats": government.seats, "care": government.caretaker_days,
        "pressure": government.pressure, "tcred": government.promised_credibility, "stress": government.stress,
        "loss": government.loss, "gap": government.hopes_gap, "next": government.next_round, "votes": government.votes,
        "complies": government.complies, "agrees": government.agrees, "cover": government.cover_days,
        "acap": iraq.security_forces.capability, "coord": iraq.security_forces.coordination,
        "civil": iraq.security_forces.civil_war_days, "confronted": settled.confrontations,
        "mobilised": iraq.sadrists.mobilised, "excluded": iraq.sadrists.excluded, "member": iraq.sunni_bloc.member,
        "alienation": iraq.sunni_bloc.alienation, "tension": iraq.kurdistan.tension,
        "opposition": gathered(party.opposition() for party in iraq.kurdish_parties),
        "activity": gathered(cell.activity for cell in iraq.isis_cells), "spell": iraq.isis.spell,
        "base": settled.base_attacks, "convoys": settled.convoys, "diplomatic": settled.diplomatic,
        "drones": settled.drones, "lethal": settled.lethal_attacks, "strikes": settled.strikes,
        "severity": settled.severity, "killed": settled.commanders_killed, "wounded": settled.us_wounded,
        "isis": settled.isis_attacks, "elsewhere": gathered(settled.elsewhere.T),
        **{f"troops {n}": troops for n, troops in enumerate(us.troops.T)},
        **{f"memory {each.name}": each.memory for each in iraq.factions},
        **{f"provocation {each.name}": each.provocation for each in iraq.factions},
        **{f"fear {each.name}": each.fear for each in iraq.factions},
        **{f"ground {each.name}": each.ungoverned for each in iraq.governorates},
        **{f"deaths {kind}": dead for kind, dead in settled.deaths.items()},
    }  # fmt: skip
    return {name: float(np.asarray(value)[at]) for name, value in each.items()}


def values_again(r, day):
    """The same of the model built again."""
    us = r.us
    return {
        "regime": r.w, "oil": r.oil, "a7": r.a7, "k7": us.k7, "cost": us.q, "progress": us.g, "surge": us.surge,
        "enablers": us.enablers, "theta": r.theta, "felt": r.felt, "gi": r.gi, "gk": r.gk, "lost": r.lost,
        "influence": r.ii, "visits": day.visits, "on_us": day.on_us, "on_kurds": day.on_kurds, "paused": r.paused,
        "belief": r.b, "alignment": r.al, "seats": r.seats, "care": r.care, "pressure": r.pressure, "tcred": r.tcred,
        "stress": r.fi, "loss": r.loss, "gap": r.gap, "next": r.next_round, "votes": day.votes,
        "complies": day.complies, "agrees": day.agrees, "cover": r.cover, "acap": r.acap, "coord": r.coord,
        "civil": r.civil, "confronted": day.confrontations, "mobilised": r.m, "excluded": r.excluded,
        "member": r.member, "alienation": r.alien, "tension": r.tension,
        "opposition": r.p["w_KDP"] * r.kdp + (1 - r.p["w_KDP"]) * r.puk, "activity": sum(r.j.values()),
        "spell": r.spell, "base": day.base, "convoys": day.convoys, "diplomatic": day.diplomatic,
        "drones": day.drones, "lethal": day.lethal, "strikes": day.strikes, "severity": day.severity,
        "killed": day.killed, "wounded": day.wounded, "isis": day.isis, "elsewhere": day.elsewhere,
        **{f"troops {n}": troops for n, troops in enumerate(us.n.values())},
        **{f"memory {name}": value for name, value in r.h.items()},
        **{f"provocation {name}": value for name, value in r.g.items()},
        **{f"fear {name}": value for name, value in r.f.items()},
        **{f"ground {name}": value for name, value in r.ground.items()},
        **{f"deaths {kind}": dead for kind, dead in day.deaths.items()},
    }  # fmt: skip


@pytest.mark.parametrize("words", COURSES.values(), ids=COURSES)
@pytest.mark.parametrize(("loop", "busy", "steps"), [("open", False, 40), ("closed", True, 80)])
def test_the_model_built_again_takes_the_same_course(words, loop, busy, steps):
    small, iraq = staged_course(words, loop, busy)
    again = [Rebuilt(iraq, at, small.ensemble.seed) for at in range(0, len(iraq.axis), 3)]
    for step in range(steps):
        iraq.step()
        for r in again:
            ours, theirs = values_of(iraq, r.at), values_again(r, r.step(iraq.today))
            assert ours.keys() == theirs.keys()
            apart = {n: (ours[n], theirs[n]) for n in ours if not np.isclose(ours[n], theirs[n], rtol=1e-8, atol=1e-9)}
            assert not apart, f"step {step + 1}, replication {r.at}: {apart}"
