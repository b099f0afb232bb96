"""The ladder of escalation on histories written by hand: it reaches every rung, and it forgets."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.mechanisms.war import CALM, DIRECT_WAR
from scenarios.outcomes import OUTCOMES
from scenarios.outcomes.escalation import RUNGS
from scenarios.outcomes.observer import TOP, Observer

KINDS = ("base_attacks", "strikes", "us_wounded", "commanders_killed")
DEATHS = ("us_in_attacks", "us_in_iranian_strikes", "militants_in_us_strikes")


class History:
    """Days without events except those written, one history a replication."""

    def __init__(self, histories, days, step_days=1.0, rate_before=0.0):
        self.histories, self.days, self.step = histories, days, step_days
        size = len(histories)
        self.iraq = SimpleNamespace(
            axis=Axis.crossing(range(size)),
            step_days=step_days,
            start=SimpleNamespace(attack_rate=np.full(size, rate_before)),
            us_forces=SimpleNamespace(shows=lambda: None),
            factions=[SimpleNamespace(lately_on_bases=lambda us: np.full(size, 0.5), memory=np.ones(size))],
            region=SimpleNamespace(regime=np.full(size, CALM)),
            iran=SimpleNamespace(strikes_on_us=np.zeros(size)),
            settled=None,
        )

    def levels(self):
        """Rung of every day, (days, replications)."""
        watch = Observer(self.iraq)
        rungs = []
        for day in np.arange(0, self.days, self.step):
            happened = [history.get(day, {}) for history in self.histories]
            column = {
                name: np.array([float(each.get(name, 0)) for each in happened])
                for name in (*KINDS, *DEATHS, "iranian_strikes")
            }
            self.iraq.settled = SimpleNamespace(
                **{name: column[name] for name in KINDS}, deaths={name: column[name] for name in DEATHS}
            )
            self.iraq.iran.strikes_on_us = column["iranian_strikes"]
            at_war = [any(since <= day < until for since, until in each.get("war", [])) for each in self.histories]
            self.iraq.region.regime = np.where(at_war, DIRECT_WAR, CALM)
            watch.remember()
            rungs.append(watch.level)
        return np.array(rungs)


def levels(history, days=40, **rest):
    return History([history], days, **rest).levels()[:, 0].tolist()


CLIMB = {
    0: {},
    1: {5: {"base_attacks": 1}},
    2: {5: {"base_attacks": 1}, 9: {"base_attacks": 1}},
    3: {5: {"strikes": 1}},
    4: {5: {"us_in_attacks": 1}},
    5: {5: {"commanders_killed": 1}},
    6: {5: {"iranian_strikes": 1}},
    7: {5: {"base_attacks": 50}, "war": [(0, 20)]},
}


@pytest.mark.parametrize("rung", range(TOP + 1))
def test_every_rung_is_reached_by_its_own_history(rung):
    rungs = levels(CLIMB[rung])
    assert max(rungs) == rung
    assert rungs[:5] == [0] * 5


def test_histories_do_not_meet():
    together = History(list(CLIMB.values()), 40).levels()
    for rung, history in CLIMB.items():
        assert together[:, rung].tolist() == levels(history)


@pytest.mark.parametrize(
    ("history", "rung", "days"),
    [
        ({5: {"base_attacks": 1}}, 1, 30),
        ({5: {"base_attacks": 2}}, 2, 7),
        ({5: {"strikes": 1}}, 3, 14),
        ({5: {"us_wounded": 5}}, 3, 14),
        ({5: {"us_in_attacks": 1}}, 4, 14),
        ({5: {"us_in_iranian_strikes": 1}}, 4, 14),
        ({5: {"militants_in_us_strikes": 8}}, 4, 14),
        ({5: {"commanders_killed": 1}}, 5, 14),
        ({5: {"strikes": 3}}, 5, 14),
        ({5: {"iranian_strikes": 1}}, 6, 14),
        ({5: {"base_attacks": 50}, "war": [(0, 60)]}, 7, 7),
    ],
    ids=lambda each: str(each) if isinstance(each, dict) else "",
)
def test_a_rung_lasts_for_its_days_and_is_then_forgotten(history, rung, days):
    rungs = levels(history, days=60)
    assert [day for day, level in enumerate(rungs) if level == rung] == list(range(5, 5 + days))
    assert rungs[-1] == 0


@pytest.mark.parametrize(
    ("history", "below"),
    [
        ({5: {"us_wounded": 4}}, 3), ({5: {"militants_in_us_strikes": 7}}, 4), ({5: {"strikes": 2}}, 5),
        ({5: {"base_attacks": 49}, "war": [(0, 60)]}, 7), ({5: {"base_attacks": 50}}, 7),
        ({5: {"base_attacks": 1}, 12: {"base_attacks": 1}}, 2), ({5: {"strikes": 2}, 19: {"strikes": 1}}, 5),
    ],
    ids=lambda each: str(each) if isinstance(each, dict) else "",
)  # fmt: skip
def test_what_falls_short_of_a_rung_by_one_does_not_reach_it(history, below):
    assert max(levels(history)) < below


def test_the_highest_rung_that_holds_is_the_one_that_counts():
    rungs = levels({5: {"base_attacks": 2, "strikes": 1}, 6: {"us_in_attacks": 1}, 8: {"iranian_strikes": 1}})
    assert rungs[4:9] == [0, 3, 4, 4, 6]
    assert rungs[21] == 6
    assert rungs[22] == 1


def test_attacks_before_the_start_are_remembered_at_their_rate_on_bases():
    rungs = levels({}, rate_before=1.0)  # half of one attack a day fell on bases
    assert rungs[0] == 2  # three in the last six days
    assert rungs[3:29] == [1] * 26
    assert rungs[29:] == [0] * 11
    assert levels({}, rate_before=0.0) == [0] * 40


def test_the_windows_are_days_whatever_the_step():
    history = {4: {"base_attacks": 1, "us_in_attacks": 1}}
    for step in (0.5, 1.0, 2.0):
        rungs = levels(history, step_days=step)
        days_at = {rung: sum(step for each in rungs if each == rung) for rung in (1, 4)}
        assert days_at == {4: 14.0, 1: 16.0}, step


def test_the_ladder_is_declared_rung_by_rung():
    assert len(RUNGS) == TOP + 1
    for rung, words in enumerate(RUNGS):
        declared = OUTCOMES[f"days_at_level_{rung}"]
        assert declared.unit == "days"
        assert words in declared.meaning
