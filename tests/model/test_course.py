"""Where events may take the troops off the announced path, and where they may not."""

import numpy as np
import pytest

from agents.ensemble.verbs import across
from tests.model.models import one_theory, staged_under

DAYS = 300
UPROAR = {
    "timetable": {"timetable_agreement_rate": 1.4, "timetable_duration": 180.0, "timetable_delay_multiplier": 1.0,
                  "expulsion_vote_rate": 0.008, "cost_driven_early_exit_rate": 0.002, "us_cost_sensitivity": 0.0,
                  "surge_rate_after_lethal_attack": 0.001, "timetable_end_share": 0.5,
                  "war_acceleration_of_exit": 0.0},
    "expulsion": {"expulsion_vote_rate": 1.2, "expulsion_compliance_intercept": 0.6, "timetable_agreement_rate": 0.01,
                  "private_wish_weight_in_compliance": 0.0, "sanctions_weight_in_compliance": 0.0,
                  "isis_threat_weight_in_compliance": 0.0, "minority_veto_weight_in_compliance": 0.0,
                  "surge_rate_after_lethal_attack": 0.001},
    "surge": {"lethal_share_of_base_attacks": 0.12, "surge_rate_after_lethal_attack": 0.1, "surge_size": 2.0,
              "expulsion_vote_rate": 0.008, "timetable_agreement_rate": 0.01, "cost_driven_early_exit_rate": 0.002,
              "us_cost_sensitivity": 0.0},
    "costly": {"cost_driven_early_exit_rate": 0.36, "us_cost_sensitivity": 1.7, "expulsion_vote_rate": 0.008,
               "timetable_agreement_rate": 0.01, "surge_rate_after_lethal_attack": 0.001},
    "nothing": {"expulsion_vote_rate": 0.008, "timetable_agreement_rate": 0.01, "cost_driven_early_exit_rate": 0.002,
                "us_cost_sensitivity": 0.0, "surge_rate_after_lethal_attack": 0.001},
}  # fmt: skip
NAMES = tuple(UPROAR)


def simulated(loop):
    """Every day of each variant: what was decided, and the troops that followed, (days, replications)."""
    request = one_theory(
        "scenario=status_quo", "start=2024-01", "world=calm", f"loop={loop}", "+scenario.levers.pressure=2",
        f"ensemble.horizon={DAYS}",
    )  # fmt: skip
    iraq = staged_under(request, range(50), UPROAR)
    record = {
        name: [] for name in ("level", "agreed", "complied", "leaves", "reinforces", "votes", "overridden", "stress")
    }
    for _ in range(DAYS):
        iraq.step()
        us, settled = iraq.us_forces, iraq.settled
        today = (
            across(us.troops) / across(us.troops_at_start), settled.timetable_agreed, settled.complied,
            us.leaves_early, us.reinforces, settled.votes, us.overridden, iraq.government.stress,
        )  # fmt: skip
        for name, value in zip(record, today, strict=True):
            record[name].append(np.array(value))
    return {name: np.array(values) for name, values in record.items()}


@pytest.fixture(scope="module")
def closed():
    return simulated("closed")


def under(record, variant):
    return {name: value[:, NAMES.index(variant) :: len(NAMES)] for name, value in record.items()}


def test_where_nothing_happens_the_closed_loop_keeps_to_the_announced_path(closed):
    record = under(closed, "nothing")
    calm = ~(record["agreed"] | record["complied"] | record["leaves"] | record["reinforces"]).any(axis=0)
    assert calm.sum() > 30
    assert not record["overridden"][:, calm].any()
    np.testing.assert_array_equal(record["level"][:, calm], 1.0)


def test_an_agreed_timetable_takes_the_troops_to_its_end_in_its_time_and_no_further(closed):
    record = under(closed, "timetable")
    only = ~(record["complied"] | record["leaves"] | record["reinforces"]).any(axis=0)
    agreed = record["agreed"].any(axis=0) & only
    assert agreed.sum() > 15
    for column in np.flatnonzero(agreed):
        day = record["agreed"][:, column].argmax()
        level = record["level"][:, column]
        assert (level[:day] == 1.0).all()
        expected = np.maximum(1.0 - 0.5 * np.arange(1, DAYS - day + 1) / 180.0, 0.5)
        np.testing.assert_allclose(level[day:], expected, rtol=1e-9)
        assert record["overridden"][day:, column].all()


def test_an_expulsion_that_is_carried_out_leaves_no_troops_and_brings_sanctions(closed):
    record = under(closed, "expulsion")
    gone = [column for column in range(50) if record["complied"][: DAYS - 181, column].any()]
    assert len(gone) > 10
    for column in gone:
        day = record["complied"][:, column].argmax()
        assert record["votes"][day, column]
        assert record["level"][day + 180, column] == pytest.approx(0.0, abs=1e-12)
        assert (np.diff(record["level"][day:, column]) <= 1e-12).all()
        assert record["stress"][-1, column] > record["stress"][day, column]


def test_dead_americans_bring_reinforcements_that_leave_again(closed):
    record = under(closed, "surge")
    only = ~(record["agreed"] | record["complied"] | record["leaves"]).any(axis=0)
    reinforced = record["reinforces"].any(axis=0) & only
    assert reinforced.sum() > 10
    assert record["level"][:, reinforced].max() > 1.8
    assert record["level"][:, reinforced].max() <= 2.0
    assert (record["level"][:, ~record["reinforces"].any(axis=0) & only] == 1.0).all()


def test_where_staying_costs_too_much_washington_leaves(closed):
    record = under(closed, "costly")
    leaves = record["leaves"].any(axis=0)
    assert leaves.sum() > 10
    assert (record["level"][-1, leaves] < 1.0).all()


def test_the_open_loop_keeps_to_the_announced_path_whatever_happens():
    record = simulated("open")
    for decided in ("agreed", "complied", "leaves", "reinforces"):
        assert record[decided].any(), decided
    np.testing.assert_array_equal(record["level"], 1.0)
    assert not record["overridden"].any()
