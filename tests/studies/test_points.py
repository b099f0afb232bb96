import numpy as np

from scenarios.simulation.batch import Variant, shape, simulate_together
from scenarios.simulation.experiment import simulate_draws
from scenarios.store.identity import identify
from scenarios.studies.chunks import chunks
from tests.studies.sweeps import RATE, study

LEVERS = {"scenario": ["phased_3y"], "levers.credibility": [0.1, 0.9], "levers.troops.realised": [0.3, 1.0]}


def test_a_point_has_the_same_bits_in_company_as_a_run_of_it_alone():
    layout = study(cross={**LEVERS, RATE: [0.1, 0.4]}).layout
    first, draws = layout.points[0], range(3, 7)
    alike = [point for point in layout.points if point.kind == first.kind]
    outcomes = simulate_together(layout.request(first), [point.variant for point in alike], draws)
    for place, point in enumerate(alike):
        alone = simulate_draws(layout.alone(point), draws).outcomes
        for name, values in alone.items():
            np.testing.assert_array_equal(outcomes[name][place], values, err_msg=name)


def test_a_point_is_called_as_a_run_of_it_alone_is():
    layout = study(cross={**LEVERS, RATE: [0.1, 0.4]}, words=["theory.isis=spent"]).layout
    assert [point.id for point in layout.points] == [identify(layout.alone(point)) for point in layout.points]
    assert len({point.id for point in layout.points}) == len(layout.points)


def test_points_that_differ_in_numbers_alone_are_simulated_together_and_others_are_not():
    layout = study(
        cross={"scenario": ["status_quo", "phased_3y"], "world": ["calm", "simulated"], RATE: [0.1, 0.2]},
        words=["ensemble.horizon=7"],
    ).layout
    by_kind = {}
    for point in layout.points:
        by_kind.setdefault(point.kind, []).append(point.settings)
    assert all(len({point["world"] for point in alike}) == 1 for alike in by_kind.values())
    assert all(len({point[RATE] for point in alike}) == 2 for alike in by_kind.values())


def test_a_policy_of_another_shape_is_not_simulated_together():
    one, other = (study(cross={"scenario": [name]}).layout.points[0].variant for name in ("status_quo", "phased_3y"))
    assert shape(one) != shape(other)
    assert shape(one) != shape(Variant(one.policy, {"baseline_attack_rate": 0.1}))


def test_chunks_hold_every_draw_of_every_point_once_and_none_is_larger_than_a_block(tmp_path):
    about = study(words=["ensemble.replications=1500"])
    every = chunks(about, tmp_path, about.layout.distinct)
    stored = [(point, draw) for chunk in every for point in chunk.ids for draw in chunk.draws]
    assert len(stored) == len(set(stored)) == len(about.layout.points) * 375
    assert max(chunk.replications for chunk in every) <= 1_000


def test_small_points_share_a_chunk(tmp_path):
    about = study(words=["ensemble.replications=4"])
    kinds = {point.kind for point in about.layout.points}
    assert len(chunks(about, tmp_path, about.layout.distinct)) == len(kinds)
