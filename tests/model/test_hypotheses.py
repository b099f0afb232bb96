"""Each pole of H1 to H9 moves what it speaks of, in the direction that it says, with common random numbers."""

from functools import cache

import numpy as np

from scenarios.simulation.experiment import simulate_draws
from tests.model.models import requested

DRAWS = 40
OTHERWISE = {"isis": "enablers", "strikes": "both"}
CALM = ("world=calm", "ensemble.horizon=602", "ensemble.step_days=7")
LEAVE, STAY = ("scenario=full_withdrawal", *CALM), ("scenario=status_quo", *CALM)
DAILY = ("scenario=status_quo", "world=calm", "ensemble.horizon=150")
SHORT = ("scenario=status_quo", "start=2024-01", "ensemble.horizon=120", "ensemble.step_days=4")
WAR, PEACE = (*SHORT, "world=gaza_war"), (*SHORT, "world=calm")
SPIRAL = ("scenario=retaliation_spiral", "world=calm", "ensemble.horizon=240", "ensemble.step_days=4")


@cache
def simulated(question, words):
    """Outcomes of every pole of a question, each (draws,), and the series of attacks by day."""
    poles = [f"theory.{name}={pole}" for name, pole in OTHERWISE.items() if name != question[0]]
    request = requested(
        *words, *poles, f"theory.{question[0]}=[{','.join(question[1:])}]", "against=none",
        "record={period: day, outcomes: [attacks_on_us], events: 0}",
    )  # fmt: skip
    block = simulate_draws(request, range(DRAWS))
    names = [dict(each.poles)[question[0]] for each in request.strata]
    return {
        name: {outcome: values[column :: len(names)] for outcome, values in block.outcomes.items()}
        | {"by_day": block.series["attacks_on_us"][:, column :: len(names)]}
        for column, name in enumerate(names)
    }


def mean(question, words, outcome):
    """Mean of an outcome under each pole, in the order of the question's poles."""
    outcomes = simulated(question, words)
    return [outcomes[pole][outcome].mean() for pole in question[1:]]


def test_h1_lost_enablers_bring_isis_back_and_are_missed_by_nobody_where_it_is_spent():
    question = ("isis", "spent", "seam", "enablers", "feuds")
    after = mean(question, LEAVE, "isis_activity")
    before = mean(question, STAY, "isis_activity")
    spent, seam, enablers, feuds = np.array(after) / before
    assert 1.0 < spent < seam
    assert enablers > 1.0 + 2.0 * (spent - 1.0)
    assert feuds > 1.0 + 2.0 * (spent - 1.0)


def test_h2_strikes_that_provoke_bring_attacks_and_strikes_that_deter_spare_them():
    deter, both, provoke = mean(("strikes", "deter", "both", "provoke"), SPIRAL, "attacks_on_us")
    assert deter < both < provoke


def test_h3_pauses_are_the_truce_s_and_bursts_of_a_day_the_frailty_s():
    question = ("clustering", "contagion", "frailty", "truce", "mix")
    contagion, frailty, truce, mix = mean(question, DAILY, "pause_days")
    assert contagion == frailty == 0.0
    assert truce > 3.0
    assert mix > 3.0
    by_day = {pole: simulated(question, DAILY)[pole]["by_day"] for pole in question[1:]}
    within_a_day = {pole: days.var(axis=0).mean() / days.mean() for pole, days in by_day.items()}
    assert within_a_day["frailty"] > 1.05 * within_a_day["truce"]
    assert _from_day_to_day(by_day["contagion"]) > _from_day_to_day(by_day["frailty"]) + 0.05


def _from_day_to_day(days):
    """Covariance of attacks with those of the day after, over their variance, all replications together."""
    apart = days - days.mean(axis=0)
    return (apart[1:] * apart[:-1]).sum() / (apart**2).sum()


def test_h4_where_tehran_commands_a_push_brings_more_attacks():
    question = ("command", "factions", "open", "iran")
    factions, between, iran = np.array(mean(question, WAR, "attacks_on_us")) / mean(question, PEACE, "attacks_on_us")
    assert factions < between < iran


def test_h5_an_exit_that_is_believed_lulls_or_emboldens():
    lull, between, embolden = mean(("timetable", "lull", "open", "embolden"), LEAVE, "attacks_on_us")
    assert lull < between < embolden


def test_h6_violence_ends_with_the_exit_or_turns_on_others():
    question = ("displacement", "vanish", "open", "displace")
    vanish, between, displace = mean(question, LEAVE, "attacks_on_others")
    assert vanish < between < displace


def test_h7_an_exit_strains_kurds_and_baghdad_only_where_americans_mediate():
    question = ("mediation", "no_effect", "mediates")
    leave, stay = (simulated(question, words) for words in (LEAVE, STAY))
    strained = {pole: leave[pole]["kurdish_tension"] - stay[pole]["kurdish_tension"] for pole in question[1:]}
    assert np.abs(strained["no_effect"]).max() < 1e-9
    assert strained["mediates"].min() > 0.0


def test_h8_factions_that_outbid_one_another_attack_more():
    absent, present = mean(("outbidding", "absent", "present"), WAR, "attacks_on_us")
    assert present > absent


def test_h9_an_exit_frees_iran_where_presence_deterred_it_and_calms_it_where_presence_provoked():
    question = ("presence", "provokes", "neither", "deters")
    leave, stay = (simulated(question, words) for words in (LEAVE, STAY))
    push = {pole: leave[pole]["iranian_directive"] - stay[pole]["iranian_directive"] for pole in question[1:]}
    assert push["provokes"].mean() < push["neither"].mean() < push["deters"].mean()
    assert (push["deters"] > push["provokes"]).mean() > 0.95
