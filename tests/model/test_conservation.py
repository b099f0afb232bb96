"""What is counted twice agrees: sites, factions, governorates, kinds of death, weeks, troops."""

import numpy as np
import pytest

from agents.ensemble.verbs import DAYS_PER_YEAR
from agents.roster import CELLS, FACTIONS, GOVERNORATES, OTHER_TARGETS, SITES
from scenarios.outcomes import COUNT, OUTCOMES, Tally
from tests.model.models import one_theory, staged_under

DAYS = 110
SHARES = {
    "iran": ("broker_loss", "influence", "understanding"), "camp": ("paused", "belief"),
    "government": ("credibility",), "security_forces": ("coordination",), "sadrists": ("mobilised", "excluded"),
    "sunni_bloc": ("alienation", "fear", "member"), "us_forces": ("surge", "exit_progress", "embassy"),
}  # fmt: skip
STOCKS = {
    "us_forces": ("troops", "recent_attacks", "recent_lethal", "cost"), "iran": ("cost_felt", "fresh_grievance"),
    "government": ("pressure", "caretaker_days", "cover_days", "hopes_days"), "security_forces": ("capability",),
}  # fmt: skip


@pytest.fixture(scope="module")
def history():
    """A violent withdrawal with a disarmament drive: every day as it was settled, and all of it added up."""
    request = one_theory(
        "scenario=full_withdrawal", "start=2024-01", "world=gaza_war", "+scenario.levers.disarmament=1",
        "+scenario.levers.retaliation=2", f"ensemble.horizon={DAYS}",
    )  # fmt: skip
    iraq = staged_under(request, range(50))
    tally, days, factions, states = Tally(iraq, DAYS, 7), [], [], []
    for _ in range(DAYS):
        iraq.step()
        tally.count()
        days.append(iraq.settled)
        factions.append([(each.attacks, each.attacks_elsewhere) for each in iraq.factions])
        states.append(
            {f"{actor}.{name}": getattr(getattr(iraq, actor), name)
             for group in (SHARES, STOCKS) for actor, names in group.items() for name in names}
            | {"directive": iraq.iran.directive, "alignment": iraq.government.alignment}
        )  # fmt: skip
    outcomes, series = tally.outcomes(iraq.axis.full(0.0)), tally.periods()
    return {
        "iraq": iraq, "days": days, "factions": factions, "states": states, "outcomes": outcomes, "series": series,
    }  # fmt: skip


def test_the_days_looked_at_are_violent_enough_to_tell(history):
    for outcome in ("attacks_on_diplomatic_sites", "us_strikes", "major_us_strikes", "commanders_killed", "us_deaths",
                    "confrontations", "attacks_on_others", "drone_attacks"):  # fmt: skip
        assert history["outcomes"][outcome].sum() > 5, outcome


def test_attacks_of_factions_add_up_to_attacks_on_sites_and_on_others(history):
    for settled, factions in zip(history["days"], history["factions"], strict=True):
        np.testing.assert_array_equal(sum(on_us for on_us, _ in factions), settled.by_site)
        np.testing.assert_array_equal(sum(elsewhere for _, elsewhere in factions), settled.elsewhere)
        assert len(factions) == len(FACTIONS)


def test_attacks_on_sites_add_up_to_attacks_on_us(history):
    for settled in history["days"]:
        np.testing.assert_array_equal(settled.by_site.sum(axis=1), settled.attacks_on_us)
        np.testing.assert_array_equal(settled.by_site[:, SITES.index("convoy")], settled.convoys)
        np.testing.assert_array_equal(settled.base_attacks + settled.convoys, settled.attacks_on_us)
        np.testing.assert_array_equal(settled.troop_sites + settled.diplomatic, settled.base_attacks)
        assert (settled.diplomatic <= settled.by_site[:, SITES.index("baghdad")]).all()
        assert (settled.drones <= settled.base_attacks).all()
        assert (settled.lethal_attacks <= settled.base_attacks).all()


def test_attacks_in_governorates_add_up_to_all_attacks(history):
    outcomes = history["outcomes"]
    by_place = sum(outcomes[f"attacks_in_{name}"] for name in GOVERNORATES)
    by_target = sum(outcomes[f"attacks_on_{name}"] for name in OTHER_TARGETS)
    everything = outcomes["isis_attacks"] + outcomes["attacks_on_us"] + outcomes["attacks_on_others"]
    np.testing.assert_allclose(by_place, everything, rtol=1e-9)
    np.testing.assert_array_equal(by_target, outcomes["attacks_on_others"])


def test_attacks_of_cells_add_up_to_attacks_by_isis(history):
    assert len(history["iraq"].isis_cells) == len(CELLS)
    np.testing.assert_array_equal(
        sum(cell.attacks for cell in history["iraq"].isis_cells), history["days"][-1].isis_attacks
    )


def test_each_strike_hits_one_faction_of_the_vanguard_and_none_is_hit_without(history):
    vanguard = {each.name: each.vanguard for each in history["iraq"].factions}
    for settled in history["days"]:
        hit = sum(settled.struck.values())
        np.testing.assert_array_equal(hit, 1.0 * (settled.strikes > 0))
        np.testing.assert_array_equal(settled.limited_strikes + settled.major_strikes, settled.strikes)
        assert (settled.commanders_killed <= settled.strikes).all()
        assert ((settled.severity > 0) == (settled.strikes > 0)).all()
        assert not any(settled.struck[name].any() for name, member in vanguard.items() if not member)


def test_deaths_by_kind_add_up_to_all_deaths(history):
    outcomes = history["outcomes"]
    kinds = set(history["days"][0].deaths)
    assert {f"deaths_{kind}" for kind in kinds} <= set(OUTCOMES)
    np.testing.assert_array_equal(sum(outcomes[f"deaths_{kind}"] for kind in kinds), outcomes["deaths"])
    np.testing.assert_array_equal(outcomes["us_deaths"] + outcomes["deaths_of_others"], outcomes["deaths"])
    outside = sum(settled.outside_deaths for settled in history["days"])
    np.testing.assert_array_equal(outcomes["deaths"] + outside, outcomes["deaths_with_turkey_and_pkk"])


def test_nobody_dies_of_what_did_not_happen(history):
    for settled in history["days"]:
        deaths = settled.deaths
        for kind, cause in (
            ("us_in_attacks", settled.lethal_attacks), ("militants_in_us_strikes", settled.strikes),
            ("civilians_in_us_strikes", settled.strikes), ("isis_attacks", settled.isis_attacks),
            ("isis_members", settled.isis_attacks), ("confrontations", settled.confrontations),
            ("iraqis_beside_us_targets", settled.attacks_on_us),
            ("attacks_on_other_targets", settled.elsewhere.sum(axis=1)),
        ):  # fmt: skip
            assert not deaths[kind][cause == 0].any(), kind
        assert (deaths["us_in_attacks"] >= settled.lethal_attacks).all()
        assert (deaths["militants_in_us_strikes"] >= settled.strikes).all()
        for kind, number in deaths.items():
            assert (number >= 0).all(), kind
            assert (number == np.floor(number)).all(), kind


def test_weeks_add_up_to_the_whole_run(history):
    for name, each in OUTCOMES.items():
        if each.kind == COUNT:
            weekly = history["series"][name].astype(float).sum(axis=0)
            np.testing.assert_allclose(weekly, history["outcomes"][name], rtol=1e-5, err_msg=name)


def test_every_day_is_spent_on_one_rung_of_the_ladder(history):
    days = sum(history["outcomes"][f"days_at_level_{rung}"] for rung in range(8))
    np.testing.assert_array_equal(days, np.full(50, float(DAYS)))


def test_troops_follow_the_announced_path_at_every_site(history):
    us = history["iraq"].us_forces
    for day, state in enumerate(history["states"]):
        path = us.troops_at_start * (1.0 - day / 365.0)
        np.testing.assert_allclose(state["us_forces.troops"], path, rtol=1e-12)
    whole = sum(state["us_forces.troops"].sum(axis=1) for state in history["states"]) / DAYS_PER_YEAR
    np.testing.assert_allclose(history["outcomes"]["troop_years"], whole, rtol=1e-9)


def test_shares_stay_shares_and_stocks_are_never_negative(history):
    for state in history["states"]:
        for actor, names in SHARES.items():
            for name in names:
                value = state[f"{actor}.{name}"]
                assert ((value >= 0) & (value <= 1)).all(), (actor, name)
        for actor, names in STOCKS.items():
            for name in names:
                assert (state[f"{actor}.{name}"] >= 0).all(), (actor, name)
        for signed in ("directive", "alignment"):
            assert (np.abs(state[signed]) <= 1).all(), signed
