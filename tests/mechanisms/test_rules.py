"""Rules of the mechanisms as sentences: exact values, the direction of every cause, and what exceeds what."""

import numpy as np
import pytest

from agents.mechanisms import (
    bargaining,
    coercion,
    communities,
    contagion,
    exposure,
    insurgency,
    politics,
    sponsorship,
)  # fmt: skip

STEPS = np.linspace(0.0, 1.0, 11)
YEAR = 365.25
OFFICE = {"effect": 2.5, "war_override": 0.8}
LULL, EMBOLDEN = ({"effect": effect, "war_discount": 0.5} for effect in (0.5, -0.5))
LIMITED = {"scale": 3.7e-4, "elasticity": 2.1, "ceiling": 0.3}
MAJOR = {"response": 0.25, "ceiling": 2.0}
SEVERE = {"major_adds": 1.5, "commander_adds": 1.5}
FEAR = {"deterrence": 0.4, "spillover": 0.3}
IN_FORCE = {"ceiling": 3.0, "war_discount": 0.7}
LEAVE = {"base": 0.03, "sensitivity": 0.5, "ceiling": 3.0}
ALIENATION = {"intercept": -1.0, "warmth_effect": 1.2, "member_effect": 1.0, "caretaker_effect": 0.5}
TENSION = {"mediation": 0.8, "coordination_effect": 0.5, "budget_effect": 0.3}
UNMEDIATED = {**TENSION, "mediation": 0.0}
STREET = {"intercept": -1.5, "exclusion_effect": 0.8, "distress_effect": 0.8}
CLASHES = {"base": YEAR, "full_cabinet": 0.3, "caretaker_adds": 2.0, "idle_share": 0.5}
REACH = np.array([[0.3, 0.2, 0.0, 0.1, 0.4]])
PULLS = np.array([[1.0, 0.5, 2.0, 0.0, 0.7]])
DRONES = {"initial": -2.5, "growth": 0.9, "spread": 0.3}
INTENT = {"directive_effect": 0.8, "war_effect": 0.4, "normaliser": 1.25}
FALL = {"base": YEAR * 0.001, "pressure_effect": 0.6, "stress_effect": 0.8, "cover_effect": 0.3}
VOTE = {"base": YEAR * 0.002, "pressure_effect": 1.2, "veto_effect": 0.5}
TIMETABLE = {"base": YEAR * 0.001, "pressure_effect": 0.8}
COLLAPSE = {"base": YEAR * 1e-5, "politicisation_effect": 2.0}
RESTRAINT = {"effect": 1.2, "timetable_weight": 0.5}
DIRECT = {"grievance_effect": 2.0, "war_effect": 3.0, "deterrence": 0.5}
VISIT = {"highest": YEAR * 0.02, "slope": 4.0, "offset": -1.0}

PAUSE = {
    "fear_effect": 0.8, "timetable_effect": 0.5, "war_against": 1.5, "war_for_ending": 1.5, "directive_for_ending": 0.5,
}  # fmt: skip
GROUND = {"gap_effect": 0.3, "alienation_effect": 0.2}
CAUSES = {
    "trend": -0.2, "lost_capability": 0.3, "ungoverned_excess": 0.1, "crowding": 0.2, "caretaker": 0.0, "at_odds": 0.6,
    "stress": 0.1,
}  # fmt: skip
EFFECTS = {
    "enabler_effect": 0.9, "exit_and_feuds": 0.5, "ground_effect": 0.6, "caretaker_effect": 0.2, "stress_effect": 0.2,
    "crowding_effect": 0.8,
}  # fmt: skip
FEUDS = {"enabler_effect": 0.0, "exit_and_feuds": 1.5}  # hypothesis H1, claim S004-38


def intensity(motive=0.3, contagious=0.2, provoked=0.1, fear=0.0, opportunity=1.0, capacity=1e9):
    return contagion.attack_intensity(motive, contagious, provoked, fear, opportunity, capacity)


def growth(causes=None, **effects):
    return insurgency.yearly_growth(*{**CAUSES, **(causes or {})}.values(), **{**EFFECTS, **effects})


def grown(activity, years, rate=-0.3):
    return insurgency.grown(activity, rate, 0.0, 0.0, years, volatility=0.25, floor=1e-4)


excited, remembered, rivalry = contagion.excited, contagion.remembered, contagion.rivalry
escalation, pauses = contagion.escalation_number, contagion.pause_rates
ungoverned, discord = insurgency.ungoverned, insurgency.discord
by_site, diplomatic, displaced = exposure.by_site, exposure.diplomatic_share, exposure.displaced_share
drones, elsewhere, lethal = exposure.drone_share, exposure.other_attacks, exposure.lethal_intent
pull, opportunity, reachable = exposure.pull, exposure.opportunity, exposure.reachable
office, believed, hopes = bargaining.office_restraint, bargaining.exit_restraint, bargaining.hopes_gap
carried_out, slippage = bargaining.announced_cut_carried_out, bargaining.slippage
limited, major, severity = coercion.limited_strike_hazard, coercion.major_strike_hazard, coercion.severity
fear, deterrence, leave = coercion.fear_added, coercion.deterrence, coercion.early_exit_rate
vacuum, alienated, tension = communities.fear_of_vacuum, communities.alienation_target, communities.tension
street, shia = communities.mobilisation, communities.intra_shia_rate
fall, vote, veto, comply = (
    politics.cabinet_fall_rate, politics.expulsion_vote_rate, politics.veto, politics.compliance_probability,
)  # fmt: skip
timetable, fiscal = politics.timetable_rate, politics.fiscal_target
confrontation, collapse = politics.confrontation_rate, politics.collapse_rate
intention, restraint, push, control = (
    sponsorship.intention, sponsorship.restraint, sponsorship.push, sponsorship.control,
)  # fmt: skip
strike, visit, influence = sponsorship.direct_strike_rate, sponsorship.visit_rate, sponsorship.influence

VALUES = {  # what a rule gives, and what it should
    "a hostile cabinet restrains nobody": lambda: (office(0.0, 0.7, 0.0, **OFFICE), 0),
    "nobody without a stake is restrained by office": lambda: (office(0.9, 0.0, 0.0, **OFFICE), 0),
    "a warm cabinet restrains in full at full stake": lambda: (office(1.0, 1.0, 0.0, **OFFICE), 2.5),
    "office restrains by the root of the stake": lambda: (office(0.8, 0.25, 0.0, **OFFICE), 2.5 * 0.8 * 0.5),
    "a war sets most of office aside": lambda: (office(1.0, 1.0, 1.0, **OFFICE), 0.2 * 2.5),
    "and all of it at full override": lambda: (office(1.0, 1.0, 1.0, effect=2.5, war_override=1.0), 0),
    "an exit that nobody believes changes nothing": lambda: (believed(0.0, 0.0, **LULL), 0),
    "an exit lulls or emboldens by one parameter (H5)": lambda: (
        believed(STEPS, 0.0, **EMBOLDEN), -believed(STEPS, 0.0, **LULL)),
    "a war discounts a believed exit": lambda: (believed(STEPS, 1.0, **LULL), 0.5 * believed(STEPS, 0.0, **LULL)),
    "a promise not yet due leaves no slippage": lambda: (slippage(0.0, 1.0, 0.5), 0),
    "a promise kept leaves no slippage": lambda: (slippage(1.0, 0.0, 0.5), 0),
    "slippage is what is missing of a promise": lambda: (slippage(0.4, 1.0, 0.5), 0.2),
    "of no announced cut nothing is carried out": lambda: (carried_out(np.array([1.0, 0.5, 0.0]), np.ones(3)), [0] * 3),
    "nor of an announced rise": lambda: (carried_out(np.array([1.0, 0.5, 1.8]), np.full(3, 1.8)), [0] * 3),
    "an announced cut shows in proportion": lambda: (
        carried_out(np.array([1.0, 0.75, 0.5, 0.25]), np.full(4, 0.5)), [0.0, 0.5, 1.0, 1.5]),
    "a whole exit shows as the troops that went": lambda: (carried_out(STEPS, np.zeros(11)), 1 - STEPS),
    "hopes are dashed in full without a credible exit": lambda: (hopes(0.0), 1),
    "hopes are not dashed with a credible exit": lambda: (hopes(1.0), 0),
    "no attack brings no limited strike": lambda: ([limited(np.zeros(3), p, **LIMITED) for p in (-3, 0, 3)],
                                                   np.zeros((3, 3))),
    "no lethal attack brings no major strike": lambda: ([major(np.zeros(3), p, **MAJOR) for p in (-3, 0, 3)],
                                                        np.zeros((3, 3))),
    "limited strikes reach their ceiling": lambda: (limited(np.array([1e6]), 3.0, **LIMITED), 0.3),
    "major strikes answer in proportion up to a number": lambda: (
        major(np.array([0.5, 1.0, 2.0, 50.0]), 0.0, **MAJOR), [0.125, 0.25, 0.5, 0.5]),
    "a posture multiplies major strikes": lambda: (major(1.0, np.log(3), **MAJOR), 0.75),
    "no strike is not severe": lambda: (severity(0, 0, 0, **SEVERE), 0),
    "a limited strike counts once": lambda: (severity(2, 0, 0, **SEVERE), 2),
    "a major strike counts for more": lambda: (severity(0, 1, 0, **SEVERE), 2.5),
    "commanders add": lambda: (severity(1, 1, 2, major_adds=1.5, commander_adds=0.5), 1 + 2.5 + 1),
    "fear falls on the struck and spills over": lambda: (fear(2.0, np.array([1.0, 0.0]), **FEAR), [1.04, 0.24]),
    "nobody fears strikes that only provoke": lambda: (fear(5.0, 1.0, deterrence=0.0, spillover=1.0), 0),
    "nobody fears without strikes": lambda: (fear(0.0, 1.0, deterrence=0.4, spillover=1.0), 0),
    "fear in force has a ceiling": lambda: (deterrence(np.array([0, 1, 3, 80.0]), 0.0, **IN_FORCE), [0, 1, 3, 3]),
    "a direct war discounts it": lambda: (deterrence(np.array([0, 1, 3, 80.0]), 1.0, **IN_FORCE), [0, 0.3, 0.9, 0.9]),
    "an early exit without cost comes at its base rate": lambda: (leave(np.zeros(1), **LEAVE), 0.03),
    "its cost counts up to a ceiling": lambda: (leave(np.array([99.0]), **LEAVE), leave(np.array([3.0]), **LEAVE)),
    "cost moves no Washington that does not care": lambda: (
        leave(np.array([0.0, 1.0, 99.0]), **{**LEAVE, "sensitivity": 0.0}), [0.03] * 3),
    "fear of a vacuum is whole without troops": lambda: (vacuum(0.8, 0.0, 0.3), 0.8),
    "part of it is felt ahead": lambda: (vacuum(0.8, 1.0, 0.3), 0.24),
    "troops beyond reference calm no further": lambda: (vacuum(0.8, 5.0, 0.3), vacuum(0.8, 1.0, 0.3)),
    "who would lose nothing fears no vacuum": lambda: (vacuum(0.0, 0.0, 0.3), 0),
    "tension is one where all is well": lambda: (tension(1.0, 1.0, 0.0, **TENSION), 1),
    "and with more troops than usual": lambda: (tension(9.0, 1.0, 0.0, **TENSION), 1),
    "troops that do not mediate calm nobody (H7)": lambda: (np.ptp(tension(STEPS, 0.5, 0.2, **UNMEDIATED)), 0),
    "Shia groups clash by the street and the cabinet": lambda: (
        [shia(m, c, **CLASHES) for m, c in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))], [0.15, 0.45, 3.45]),
    "and not at a base of zero": lambda: (shia(1.0, 1.0, **{**CLASHES, "base": 0.0}), 0),
    "a site at reference draws one and an empty one nothing": lambda: (
        [pull(np.array([[1.0, 0.0]]), np.array([e]))[0] for e in (0.0, 0.5, 1.0)], [[1, 0]] * 3),
    "everything at reference is one target": lambda: (reachable(np.ones((1, 5)), REACH), 1),
    "nothing to hit is no target": lambda: (reachable(np.zeros((1, 5)), REACH), 0),
    "without a target there is no opportunity": lambda: ([opportunity(np.zeros(1), x)[0] for x in STEPS], [0] * 11),
    "at reference substitution changes nothing": lambda: ([opportunity(np.ones(1), x)[0] for x in STEPS], [1] * 11),
    "attacks vanish with a site without substitution (H6)": lambda: (opportunity(np.array([0.25]), 0.0), 0.25),
    "or all move to what remains": lambda: (opportunity(np.array([0.25]), 1.0), 1.0),
    "attacks by site add up and fall within reach": lambda: (
        by_site(np.array([3.0]), PULLS, REACH, reachable(PULLS, REACH))[0], 3.0 * np.array([30, 10, 0, 0, 28]) / 68),
    "no attack falls where there is nothing": lambda: (
        by_site(np.array([3.0]), np.zeros((1, 5)), REACH, np.zeros(1))[0], np.zeros(5)),
    "violence moves by one share while troops are there": lambda: (displaced(1.0, 0.2, 0.6), 0.2),
    "and with more than usual": lambda: (displaced(3.0, 0.2, 0.6), 0.2),
    "and by the other without them": lambda: (displaced(0.0, 0.2, 0.6), 0.6),
    "without quarrels or displacement others are left alone": lambda: (elsewhere(0.0, 0.0, 0.0, 0.5), 0),
    "quarrels and displaced attacks add up": lambda: (elsewhere(0.03, 0.1, 0.0, 0.5), 0.13),
    "fear that does not count there changes nothing": lambda: (np.ptp(elsewhere(0.03, 0.1, STEPS, 0.0)), 0),
    "diplomats are all that is left without troops": lambda: (
        diplomatic(np.full(3, 0.5), np.array([0.0, 0.5, 1.5])), [1.0, 0.5, 0.25]),
    "and nobody without an embassy": lambda: (diplomatic(np.zeros(2), np.array([0.0, 1.0])), [0, 0]),
    "lethal intent is normalised in ordinary times": lambda: (lethal(0.0, 0.0, **INTENT), 1 / 1.25),
    "a cabinet without pressure falls at its base rate": lambda: (fall(0.0, 0.0, 0.0, **FALL), 0.001),
    "and never at a base of zero": lambda: (fall(3.0, 1.0, 0.0, **{**FALL, "base": 0.0}), 0),
    "an announcement shields a cabinet": lambda: (
        fall(0.5, 0.2, 1.0, **FALL), fall(0.5, 0.2, 0.0, **FALL) * np.exp(-0.3)),
    "Kurds alone have no veto": lambda: (veto(1.0, 0.0, 0.0, 0.3), 0),
    "Sunnis alone have no veto": lambda: (veto(0.0, 1.0, 0.0, 0.3), 0),
    "together they have": lambda: (veto(1.0, 1.0, 0.0, 0.3), 1),
    "and it is whole at most": lambda: (veto(1.0, 1.0, 1.0, 0.3), 1),
    "Sadrists add to it": lambda: (veto(0.5, 0.5, 1.0, 0.3), 0.55),
    "parliament votes at its base rate": lambda: (vote(0.0, 0.0, **VOTE), 0.002),
    "and never against a whole veto": lambda: (vote(3.0, 1.0, **{**VOTE, "veto_effect": 1.0}), 0),
    "compliance without reasons is even": lambda: (comply([0.0, 0.0]), 0.5),
    "a timetable comes at its base rate": lambda: (timetable(0.0, **TIMETABLE), 0.001),
    "a budget under no sanctions is not strained": lambda: (fiscal(0.0, 0.6, 0.0, 0.2), 0),
    "sanctions strain it": lambda: (fiscal(1.0, 0.6, 0.0, 0.2), 0.6),
    "deals relieve it": lambda: (fiscal(0.0, 0.6, 1.0, 0.2), -0.2),
    "without a drive to disarm nobody is confronted": lambda: (confrontation(0.0, 4.4), 0),
    "a full drive confronts at its base rate": lambda: (confrontation(1.0, YEAR), 1),
    "an army collapses at its base rate": lambda: (collapse(0.5, 1.0, **COLLAPSE), 1e-5),
    "no later where ISIS has shrunk": lambda: (collapse(0.5, 0.1, **COLLAPSE), 1e-5),
    "sooner where it has grown": lambda: (collapse(0.5, 3.0, **COLLAPSE), 3e-5),
    "Iran without a motive tolerates": lambda: (intention([0.0]), 0),
    "and with motives that cancel out": lambda: (intention([1.0, -1.0]), 0),
    "many motives push no further than a push": lambda: (intention([50.0, 9.0]), 1),
    "nor restrain further than restraint": lambda: (intention([-50.0]), -1),
    "motives for and against are alike": lambda: (intention([10 * STEPS - 5]), -intention([5 - 10 * STEPS])),
    "no friend and no exit restrain nobody": lambda: (restraint(0.0, 0.0, 0.0, **RESTRAINT), 0),
    "a friendly cabinet restrains Iran": lambda: (restraint(1.0, 0.0, 0.0, **RESTRAINT), 1.2),
    "a war sets the cabinet aside": lambda: (restraint(1.0, 1.0, 0.0, **RESTRAINT), 0),
    "a credible exit restrains it in war too": lambda: (restraint(0.0, 1.0, 1.0, **RESTRAINT), 0.6),
    "who follows nobody is not pushed": lambda: (push(1.0, 0.0, 1.2), 0),
    "nobody is pushed who is tolerated": lambda: (push(0.0, 1.0, 1.2), 0),
    "restraint is a push the other way": lambda: (push(-1.0, 0.5, 1.2), -0.6),
    "the vanguard follows": lambda: (control(1.0, 0.6, 0.2, 0.0), 0.6),
    "parochial factions follow less": lambda: (control(0.0, 0.6, 0.2, 0.0), 0.4),
    "nobody less than not at all": lambda: (control(0.0, 0.1, 0.2, 0.0), 0),
    "and nobody without the broker": lambda: (control(1.0, 0.6, 0.2, 1.0), 0),
    "Iran strikes at its base rate": lambda: (strike(YEAR * 0.001, 0.0, 0.0, 1.0, **DIRECT), 0.001),
    "and never at a base of zero, whatever happens": lambda: (strike(0.0, 4.0, 1.0, 0.0, **DIRECT), 0),
    "the envoy comes at half his rate at the middle": lambda: (visit(0.25, **VISIT), 0.01),
    "and never where the highest rate is zero": lambda: (visit(2 * STEPS - 1, **{**VISIT, "highest": 0.0}), [0] * 11),
    "influence without terms is half": lambda: (influence([0.0] * 6), 0.5),
    "the memory of a steady stream is its rate": lambda: (excited(0.7, 0.7 * 0.5, 4.0, 0.5), 0.7),
    "memory without events fades": lambda: (excited(2.0, 0.0, 4.0, 4.0), 2.0 * np.exp(-1)),
    "and never below nothing": lambda: (excited(0.0, 0.0, 4.0, 1.0), 0),
    "a recent event fades to a third in the memory time": lambda: (remembered(3.0, 0.0, 6.0, 6.0), 3 * np.exp(-1)),
    "two half steps count recent events as one": lambda: (
        remembered(remembered(2.0, 1.5, 6.0, 1.0), 1.5, 6.0, 1.0), remembered(2.0, 3.0, 6.0, 2.0)),
    "with nothing to hit there is no attack": lambda: (intensity(opportunity=0.0), 0),
    "nor where nobody wants one": lambda: (intensity(motive=0.0, contagious=0.0, provoked=0.0, capacity=30.0), 0),
    "an intensity is at most the capacity": lambda: (intensity(motive=1e9, capacity=30.0), 30),
    "far below it causes add up": lambda: (intensity(capacity=1e12), 0.6),
    "fear divides": lambda: (intensity(fear=np.log(2), capacity=1e12), 0.3),
    "a small motive is the rate": lambda: (intensity(1e-9, 0.0, 0.0, capacity=30.0), 1e-9),
    "more targets draw more of one's own attacks": lambda: (intensity(0.3, 0.0, 0.0, 0.0, 10.0, 1e12), 3),
    "but make none more contagious": lambda: (intensity(0.0, 0.2, 0.1, 0.0, np.array([1, 10.0]), 1e12), [0.3, 0.3]),
    "escalation is contagion where strikes provoke nothing": lambda: (escalation(0.9 * STEPS, 0, 0.4), 0.9 * STEPS),
    "or never come": lambda: (escalation(0.9 * STEPS, 3.0, 0.0), 0.9 * STEPS),
    "a pause begins and ends at one rate when nothing moves it": lambda: (pauses(2.0, 0, 0, 0, 0, **PAUSE), [2, 2]),
    "and never at a rate of zero": lambda: (pauses(0.0, 3.0, 1.0, 1.0, 1.0, **PAUSE), [0, 0]),
    "rivals impress nobody who does not outbid": lambda: (rivalry(3 * STEPS, 0.0, 2.0), [0] * 11),
    "and others up to a ceiling": lambda: (rivalry(np.array([0.0, 2.0, 3.0]), 0.1, 2.0), [0, 0.2, 0.2]),
    "ground that is not disputed is governed as it was": lambda: (ungoverned(1.0, 0.0, 0.0, 0.0, **GROUND), 1),
    "whatever forces do": lambda: (np.ptp(ungoverned(1.0, 0.0, STEPS, 0.5, **GROUND)), 0),
    "disputed ground without coordination is least governed": lambda: (ungoverned(1.0, 1.0, 0.0, 1.0, **GROUND), 1.5),
    "Iraqis are at odds under a caretaker": lambda: (discord(1.0, 1.0, 0.0), 1),
    "and not in full concord": lambda: (discord(0.0, 1.0, 0.0), 0),
    "and wholly without coordination": lambda: (discord(0.0, 0.0, 0.0), 1),
    "lost enablers change nothing where ISIS is spent (H1)": lambda: (
        np.ptp(growth({"lost_capability": STEPS}, enabler_effect=0.0, exit_and_feuds=0.0)), 0),
    "nor alone where exit and feuds count together": lambda: (
        growth({"lost_capability": 1.0, "at_odds": 0.0}, **FEUDS), growth({"lost_capability": 0.0}, **FEUDS)),
    "and together they do": lambda: (
        growth({"lost_capability": 1.0, "at_odds": 1.0}, **FEUDS), growth({"lost_capability": 0.0}, **FEUDS) + 1.5),
    "feuds alone change nothing": lambda: (np.ptp(growth({"lost_capability": 0.0, "at_odds": STEPS}, **FEUDS)), 0),
    "activity grows as its rate": lambda: (grown(2.0, 1.0), 2.0 * np.exp(-0.3)),
    "and over two half years as over one": lambda: (grown(grown(2.0, 0.5), 0.5), grown(2.0, 1.0)),
    "a good year lifts activity by its volatility": lambda: (
        insurgency.grown(2.0, 0.1, 1.5, 0.0, 0.25, volatility=0.4, floor=1e-3), 2.0 * np.exp(0.025 + 0.4 * 0.5 * 1.5)),
    "a good spell lifts growth": lambda: (
        insurgency.spell(0.2, 1.0, 365.0, 0.4, 30.0),
        0.2 * np.exp(-30 / 365) + 0.4 * np.sqrt(1 - np.exp(-60 / 365))),
    "activity stays above its floor": lambda: (
        insurgency.grown(1e-4, -9.0, -5.0, -3.0, 1.0, volatility=0.6, floor=1e-3), 1e-3),
    "activity takes in what comes from abroad": lambda: (
        insurgency.grown(1.0, 0.0, 0.0, 0.5, 0.2, volatility=0.3, floor=1e-3), 1.1),
}  # fmt: skip

RISES = {  # a rule of one cause that goes from zero to one: it rises, or falls where the sign is -1
    "office by warmth": (1, lambda x: office(x, 0.5, 0.0, **OFFICE)),
    "office by stake": (1, lambda x: office(0.5, x, 0.0, **OFFICE)),
    "a believed exit by belief": (1, lambda x: believed(x, 0.0, **LULL)),
    "dashed hopes by credibility": (-1, hopes),
    "limited strikes by attacks": (1, lambda x: limited(40 * x, 0.0, **LIMITED)),
    "an early exit by cost": (1, lambda x: leave(3 * x, **LEAVE)),
    "fear of a vacuum by troops": (-1, lambda x: vacuum(0.8, x, 0.3)),
    "alienation by warmth": (1, lambda x: alienated(x, 1.0, 0.0, **ALIENATION)),
    "tension by troops": (-1, lambda x: tension(x, 0.5, 0.0, **TENSION)),
    "tension by coordination": (-1, lambda x: tension(0.5, x, 0.0, **TENSION)),
    "tension by the budget": (1, lambda x: tension(0.5, 0.5, x, **TENSION)),
    "the street by distress": (1, lambda x: street(0.0, 8 * x - 4, **STREET)),
    "pull by exposure": (1, lambda x: pull(4 * x[:, np.newaxis], np.full(11, 0.6))[:, 0]),
    "pull by less than in proportion": (-1, lambda x: np.diff(pull(4 * x[:, np.newaxis], np.full(11, 0.6))[:, 0])),
    "opportunity by substitution": (1, lambda x: opportunity(np.full(11, 0.25), x)),
    "violence that moves by troops": (-1, lambda x: displaced(x, 0.2, 0.6)),
    "attacks on others by what is displaced": (1, lambda x: elsewhere(0.03, x, 1.0, 0.5)),
    "attacks on others by fear": (-1, lambda x: elsewhere(0.03, 0.1, x, 0.5)),
    "drones by years": (1, lambda x: drones(9 * x - 1, 0.0, **DRONES)),
    "lethal intent by push": (1, lambda x: lethal(2 * x - 1, 0.0, **INTENT)),
    "lethal intent by war": (1, lambda x: lethal(0.3, x, **INTENT)),
    "falls of cabinets by pressure": (1, lambda x: fall(x, 0.0, 0.0, **FALL)),
    "falls of cabinets by stress": (1, lambda x: fall(0.5, x, 0.0, **FALL)),
    "votes by pressure": (1, lambda x: vote(x, 0.3, **VOTE)),
    "votes by opposition": (-1, lambda x: vote(0.5, x, **VOTE)),
    "timetables by pressure": (1, lambda x: timetable(x, **TIMETABLE)),
    "confrontations by disarmament": (1, lambda x: confrontation(x, 0.5)),
    "collapse by politicisation": (1, lambda x: collapse(x, 1.0, **COLLAPSE)),
    "a push by the directive": (1, lambda x: push(2 * x - 1, 0.5, 1.2)),
    "control by the loss of the broker": (-1, lambda x: control(1.0, 0.6, 0.2, x)),
    "Iran's strikes by grievance": (1, lambda x: strike(0.2, x, 0.0, 1.0, **DIRECT)),
    "Iran's strikes by war": (1, lambda x: strike(0.2, 0.5, x, 1.0, **DIRECT)),
    "Iran's strikes by presence": (-1, lambda x: strike(0.2, 0.5, 0.0, x, **DIRECT)),
    "visits by intention": (1, lambda x: visit(2 * x - 1, **VISIT)),
    "influence by a term": (1, lambda x: influence([4 * x - 2, 0.3])),
    "intensity by motive": (1, lambda x: intensity(motive=0.1 + 5 * x, fear=0.5, capacity=30.0)),
    "intensity by contagion": (1, lambda x: intensity(contagious=0.1 + 5 * x, fear=0.5, capacity=30.0)),
    "intensity by provocation": (1, lambda x: intensity(provoked=0.1 + 5 * x, fear=0.5, capacity=30.0)),
    "intensity by fear": (-1, lambda x: intensity(fear=0.1 + 5 * x, capacity=30.0)),
    "intensity by opportunity": (1, lambda x: intensity(opportunity=0.1 + 5 * x, fear=0.5, capacity=30.0)),
    "intensity by capacity": (1, lambda x: intensity(capacity=0.1 + 5 * x, fear=0.5)),
    "rivalry below its ceiling": (1, lambda x: rivalry(2 * x, 0.1, 2.0)),
    "ungoverned ground by coordination": (-1, lambda x: ungoverned(1.0, 0.5, x, 0.5, **GROUND)),
    "ungoverned ground by alienation": (1, lambda x: ungoverned(1.0, 0.5, 0.5, x, **GROUND)),
    "discord by coordination": (-1, lambda x: discord(0.0, x, 0.3)),
    "discord by alienation": (1, lambda x: discord(0.0, 0.6, x)),
    "growth by trend": (1, lambda x: growth({"trend": x})),
    "growth by lost capability": (1, lambda x: growth({"lost_capability": x})),
    "growth by ungoverned ground": (1, lambda x: growth({"ungoverned_excess": x})),
    "growth by crowding": (-1, lambda x: growth({"crowding": x})),
    "growth by a caretaker": (1, lambda x: growth({"caretaker": x})),
    "growth by discord": (1, lambda x: growth({"at_odds": x})),
    "growth by fiscal stress": (1, lambda x: growth({"stress": x})),
}  # fmt: skip

ORDERS = {  # each is less than the next
    "a hawkish posture brings more limited strikes": lambda: [limited(9.0, p, **LIMITED) for p in (0.0, 1.1)],
    "limited strikes stay below their ceiling": lambda: [0, *limited(40 * STEPS[1:], 1.1, **LIMITED), 0.3],
    "a seat in the coalition wins Sunnis, a caretaker loses them": lambda: [
        alienated(0.5, 1.0, 0.0, **ALIENATION), alienated(0.5, 1.0, 1.0, **ALIENATION)],
    "a seat wins them": lambda: [alienated(0.5, member, 0.0, **ALIENATION) for member in (1.0, 0.0)],
    "alienation is a share": lambda: [0, alienated(1.0, 0.0, 1.0, **ALIENATION), 1],
    "exclusion brings Sadrists to the street": lambda: [street(excluded, 0.0, **STREET) for excluded in (0.0, 1.0)],
    "the street is a share": lambda: [0, street(1.0, 4.0, **STREET), 1],
    "drones begin rare and end common": lambda: [
        0, drones(-1, 0.0, **DRONES), 0.05, 0.9, drones(8, 0.0, **DRONES), 1],
    "a deviation makes drones more common": lambda: [drones(2.0, deviation, **DRONES) for deviation in (-1.0, 1.0)],
    "every reason shifts compliance its own way": lambda: [comply([-2.5, reason]) for reason in (-1.0, 0.0, 1.0)],
    "compliance is a probability": lambda: [0, comply([-20.0, -10.0]), comply([20.0]), 1 + 1e-15],
    "a timetable that emboldens lifts restraint (H5)": lambda: [
        restraint(0.5, 0.0, x, effect=1.2, timetable_weight=-0.5) for x in (1.0, 0.0)],
    "visits stay below their highest rate": lambda: [visit(-1.0, **VISIT), visit(1.0, **VISIT), 0.02],
    "a recent event counts in full at first": lambda: [3.0 - 3e-6, remembered(0.0, 3.0, 6.0, 1e-6), 3.0],
    "a recent event counts nearly whole for a day": lambda: [0.9 * 3.0, remembered(0.0, 3.0, 6.0, 1.0), 3.0],
    "great fear leaves next to nothing": lambda: [-1e-300, intensity(fear=800.0, capacity=30.0), 1e-12],
    "influence is an index": lambda: [0, influence([-9.0, -9.0]), 0.01],
}  # fmt: skip


@pytest.mark.parametrize("pair", VALUES.values(), ids=VALUES)
def test_a_rule_has_its_value(pair):
    value, expected = pair()
    np.testing.assert_allclose(np.squeeze(value), expected, rtol=1e-9, atol=0)


def test_a_few_attacks_are_answered_as_the_scale_says_far_below_the_ceiling():
    np.testing.assert_allclose(limited(np.array([0.01]), 0.0, **LIMITED), 3.7e-4 * (1.01**2.1 - 1), rtol=1e-3)


@pytest.mark.parametrize(("sign", "rule"), RISES.values(), ids=RISES)
def test_a_rule_moves_one_way_with_its_cause(sign, rule):
    assert (sign * np.diff(rule(STEPS)) > 0).all()


@pytest.mark.parametrize("values", ORDERS.values(), ids=ORDERS)
def test_each_is_less_than_the_next(values):
    assert (np.diff(np.array(values(), dtype=float)) > 0).all()
