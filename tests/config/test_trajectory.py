"""Levers over time: anchors joined by straight lines, uncertain where a parameter is given."""

from datetime import date

import numpy as np
import pytest

from scenarios.config.dated import Context, Trajectory
from scenarios.config.trajectory import describe_path
from scenarios.evidence.parameters import beliefs
from scenarios.simulation import timeline

START = date(2021, 12, 13)
LONG, SHARE = np.array([100.0, 200.0]), np.array([0.2, 0.4])
DRAWN = {"timetable_duration": LONG, "timetable_end_share": SHARE}


def written(anchors, high=10.0):
    return Trajectory(0.0, high).read(anchors, Context(start=START, horizon=1_000, parameters=beliefs()))


def bound(anchors, delay=1.0):
    return timeline.bound(written(anchors), DRAWN.__getitem__, delay)


def words(anchors):
    return describe_path("troops", written(anchors), START, str)


def test_a_path_holds_its_first_value_before_its_first_anchor_and_its_last_after_its_last():
    of = bound([[10, 0.8], [20, 0.3]])
    assert [of.at(day) for day in (0, 5, 10)] == [0.8] * 3
    assert [of.at(day) for day in (20, 21, 5_000)] == pytest.approx([0.3] * 3, abs=1e-15)


def test_a_path_goes_straight_from_anchor_to_anchor():
    of = bound([[0, 1], [100, 0], [200, 0.5]])
    assert [of.at(day) for day in (25, 50, 75, 100, 150)] == pytest.approx([0.75, 0.5, 0.25, 0.0, 0.25])


def test_two_anchors_on_a_day_are_a_step_that_holds_from_that_day_on():
    of = bound([[0, 1], [10, 1], [10, 0.4], [20, 0.4]])
    assert [of.at(day) for day in (0, 9.99, 10, 15, 30)] == pytest.approx([1, 1, 0.4, 0.4, 0.4])


def test_a_step_on_the_first_day_holds_at_once():
    assert bound([[0, 1], [0, 0.4]]).at(0) == pytest.approx(0.4)


def test_a_plain_number_holds_for_all_time():
    of = written(0.7)
    assert of.is_constant
    assert of.first == of.last == 0.7
    assert [timeline.bound(of, DRAWN.__getitem__).at(day) for day in (0, 1e4)] == [0.7, 0.7]


def test_a_parameter_may_hold_for_all_time():
    of = written("timetable_end_share")
    assert of.is_constant
    assert [timeline.bound(of, DRAWN.__getitem__).at(day).tolist() for day in (0, 1e4)] == [[0.2, 0.4]] * 2


@pytest.mark.parametrize("seed", range(20))
def test_a_path_never_leaves_the_range_of_its_anchors_and_meets_each(seed):
    luck = np.random.default_rng(seed)
    days = np.cumsum(luck.uniform(1, 50, 6))
    values = luck.uniform(0, 3, 6)
    of = bound(list(map(list, zip(days.tolist(), values.tolist(), strict=True))))
    assert [of.at(day) for day in days] == pytest.approx(values)
    within = [of.at(day) for day in np.linspace(0, days[-1] + 10, 300)]
    assert min(within) >= min(values) - 1e-12
    assert max(within) <= max(values) + 1e-12


def test_an_anchor_at_an_uncertain_day_and_value_is_met_by_every_draw_at_its_own():
    of = bound([[0, 1], ["timetable_duration", "timetable_end_share"]])
    assert of.at(50) == pytest.approx([1 - 0.5 * 0.8, 1 - 0.25 * 0.6])
    assert of.at(100) == pytest.approx([0.2, 1 - 0.5 * 0.6])
    assert of.at(1_000) == pytest.approx([0.2, 0.4])


def test_a_delay_stretches_every_date_and_no_value():
    of = bound([[0, 1], [100, 0]], delay=np.array([1.0, 2.0]))
    assert of.at(100) == pytest.approx([0.0, 0.5])
    assert of.at(200) == pytest.approx([0.0, 0.0])


def test_dates_are_days_after_the_start():
    assert written([["2021-12-13", 1], ["2022-12-13", 0]]).anchors == ((0.0, 1.0), (365.0, 0.0))
    assert written([[date(2021, 12, 13), 1], [date(2021, 12, 15), 0]]).anchors == ((0.0, 1.0), (2.0, 0.0))


def test_a_constant_path_is_described_in_one_sentence():
    assert words(1) == [(0.0, "troops: 1.0 throughout")]
    assert words([[0, 1], [5, 1]]) == [(0.0, "troops: 1.0 throughout")]


def test_a_path_that_changes_at_once_is_described_by_both_values_and_the_date():
    assert words([[0, 1], [365, 0]]) == [(0.0, "troops: from 1.0 to 0.0 by 2022-12-13")]


def test_a_step_is_described_on_its_day_and_a_constant_stretch_is_not():
    assert words([[0, 1], [180, 1], [180, 0]]) == [(0.0, "troops: 1.0"), (180.0, "troops: from 1.0 to 0.0")]


def test_an_uncertain_date_is_described_by_its_name():
    message = words([[0, 1], ["timetable_duration", "timetable_end_share"]])
    assert message[-1] == (0.0, "troops: from 1.0 to timetable_end_share within the timetable duration")
