"""A request is checked once: what is wrong with it is named with key, value, bound and remedy."""

import math

import pytest

from scenarios.config.request import request
from scenarios.errors import RequestError
from scenarios.evidence.parameters import beliefs
from tests.requests import asks, asks_all, config, levers, refused, shock, troops

NAN, INFINITE = math.nan, math.inf


def test_a_request_as_it_ships_is_accepted_and_frozen():
    request = asks()
    assert request.ensemble.replications == 8
    assert request.ensemble.steps == 28
    assert request.start.name == "2021-12"
    with pytest.raises(AttributeError):
        request.closed_loop = True


def test_a_request_without_a_scenario_is_refused_with_the_remedy():
    with pytest.raises(RequestError, match=r"scenario is missing; give one as \+scenario=full_withdrawal"):
        request({name: each for name, each in config().items() if name != "scenario"})


@pytest.mark.parametrize(
    ("changes", "fragments"),
    [
        ({"typo": 1}, ["typo is unknown", "theory"]),
        ({"ensembel": {}}, ["ensembel is unknown", "Did you mean ensemble?"]),
        ({"ensemble": {"replication": 8}}, ["ensemble.replication is unknown", "Did you mean ensemble.replications?"]),
        ({"record": {"perid": "day"}}, ["record.perid is unknown", "period"]),
        ({"start": {"nam": "x"}}, ["start.nam is unknown", "name"]),
        ({"world": {"regim": "calm"}}, ["world.regim is unknown", "regime"]),
        ({"theory": {"isiss": "spent"}}, ["theory.isiss is unknown", "Did you mean isis?"]),
        ({"scenario": {"lever": {}}}, ["scenario.lever is unknown", "levers"]),
        ({"scenario": {"needs": {"troops": 5}}}, ["scenario.needs.troops is unknown", "troops_at_least"]),
        (levers(enabler=1), ["scenario.levers.enabler is unknown", "enablers"]),
        (troops(anounced=1), ["scenario.levers.troops.anounced is unknown", "announced"]),
        (troops(sites={"anbr": 1}), ["scenario.levers.troops.sites.anbr is unknown", "anbar"]),
        (shock(at=3, sise=1), ["scenario.shocks[0].sise is unknown", "size"]),
        (
            {"parameters": {"baseline_attack_rat": 1}},
            ["parameters.baseline_attack_rat is unknown", "baseline_attack_rate"],
        ),
    ],
    ids=lambda each: str(each)[:60] if isinstance(each, dict) else "",
)
def test_an_unknown_key_at_any_depth_is_named_with_the_nearest_valid_one(changes, fragments):
    message = refused(**changes)
    for fragment in fragments:
        assert fragment.replace("ensemble.replications?", "replications?") in message


@pytest.mark.parametrize(
    ("changes", "fragments"),
    [
        ({"ensemble": {"replications": 0}}, ["ensemble.replications is 0, outside [1, 10,000,000]"]),
        ({"ensemble": {"replications": -3}}, ["ensemble.replications is -3, outside [1,"]),
        ({"ensemble": {"replications": 1.5}}, ["ensemble.replications is 1.5; it must be a whole number"]),
        ({"ensemble": {"replications": "many"}}, ["ensemble.replications is 'many'; it must be a whole number in [1,"]),
        ({"ensemble": {"replications": None}}, ["ensemble.replications is missing"]),
        ({"ensemble": {"replications": True}}, ["ensemble.replications is True; it must be a whole number"]),
        ({"ensemble": {"seed": -1}}, ["ensemble.seed is -1, outside [0,"]),
        ({"ensemble": {"horizon": 6}}, ["ensemble.horizon is 6, outside [7, 1,300] days"]),
        ({"ensemble": {"horizon": 1301}}, ["ensemble.horizon is 1,301, outside [7, 1,300] days"]),
        ({"ensemble": {"step_days": 0.1}}, ["ensemble.step_days is 0.1, outside [0.25, 7] days"]),
        ({"ensemble": {"step_days": NAN}}, ["ensemble.step_days is nan, outside [0.25, 7] days"]),
        ({"ensemble": {"step_days": INFINITE}}, ["ensemble.step_days is inf, outside [0.25, 7] days"]),
        (
            {"ensemble": {"step_days": 3}},
            ["ensemble.horizon of 28 days is not a whole number of steps of 3 days", "change one"],
        ),
        ({"ensemble=": 5}, ["ensemble is 5; it must be a mapping"]),
        (
            {"parameters": {"baseline_attack_rate": 1e9}},
            ["parameters.baseline_attack_rate is 1e+09, outside [0.05, 6] attacks/day"],
        ),
        (
            {"parameters": {"baseline_attack_rate": NAN}},
            ["parameters.baseline_attack_rate is nan, outside [0.05, 6] attacks/day"],
        ),
        ({"parameters": {"baseline_attack_rate": INFINITE}}, ["parameters.baseline_attack_rate is inf, outside"]),
        ({"parameters": {"baseline_attack_rate": "high"}}, ["'high'; it must be a number in [0.05, 6] attacks/day"]),
        ({"parameters": {"faction_attack_share": 0.3}}, ["has kataib_hezbollah, nujaba", "give it in a beliefs file"]),
        ({"parameters=": 3}, ["parameters is 3; it must be a mapping"]),
        (levers(enablers=2), ["scenario.levers.enablers is 2, outside [0, 1.1]"]),
        (levers(retaliation=-9), ["scenario.levers.retaliation is -9, outside [-3, 3]"]),
        (levers(sanctions=NAN), ["scenario.levers.sanctions is nan, outside [0, 1]"]),
        (levers(detente=[[0, 0], [5, INFINITE]]), ["scenario.levers.detente[1] is inf, outside [0, 1]"]),
        (troops(announced=[[0, 1], [10, -0.1]]), ["scenario.levers.troops.announced[1] is -0.1, outside [0, 10]"]),
        (troops(realised=1.5), ["scenario.levers.troops.realised[0] is 1.5, outside [0, 1]"]),
        (troops(delay=0), ["scenario.levers.troops.delay[0] is 0, outside [0.1, 10]"]),
        ({"world": {"intensity": 9}}, ["world.intensity is 9, outside [0, 4]"]),
        ({"world": {"detente": NAN}}, ["world.detente is nan, outside [0, 1]"]),
        ({"record": {"events": -1}}, ["record.events is -1, outside [0,"]),
        ({"workers": 0}, ["workers is 0; it must be a whole number from 1"]),
        ({"workers": "two"}, ["workers is 'two'; it must be a whole number from 1"]),
        ({"results": None}, ["results is None; it must be a text"]),
        ({"results": " "}, ["results is ' '; it must be a text"]),
    ],
    ids=lambda each: str(each)[:70] if isinstance(each, dict) else "",
)
def test_a_value_out_of_bounds_or_of_the_wrong_kind_is_named_with_its_bounds(changes, fragments):
    message = refused(**changes)
    for fragment in fragments:
        assert fragment in message


@pytest.mark.parametrize(
    ("changes", "fragments"),
    [
        ({"start": {"name": "2021-11"}}, ["start is '2021-11'", "Did you mean 2021-12"]),
        ({"theory": {"isis": "enabler"}}, ["theory.isis is 'enabler', which is not a pole", "Did you mean enablers?"]),
        ({"theory": {"isis": ["spent", "enabler"]}}, ["'enabler', which is not a pole"]),
        ({"theory": {"isis": []}}, ["theory.isis is []; give one pole or a list", "enablers, spent"]),
        ({"theory": {"isis": ["spent", "spent"]}}, ["theory.isis is ['spent', 'spent']; give one pole or a list"]),
        ({"theory": {"isis": None}}, ["theory.isis is None; give one pole or a list"]),
        ({"theory": {"isis": 3}}, ["theory.isis is 3; give one pole or a list"]),
        ({"loop": "opened"}, ["loop is 'opened'", "Did you mean open?"]),
        ({"against": "status_qou"}, ["scenario 'status_qou' is unknown", "Did you mean status_quo?"]),
        ({"record": {"period": "month"}}, ["record.period is 'month'", "day, week"]),
        ({"record": {"outcomes": ["death"]}}, ["record.outcomes is 'death'", "Did you mean deaths"]),
        ({"world": {"regime": "wars"}}, ["world.regime is 'wars'", "calm, direct_war, proxy_war, simulated"]),
        (troops(order="sideways"), ["scenario.levers.troops.order is 'sideways'", "federal_first, together"]),
        (levers(role="advisers"), ["scenario.levers.role is 'advisers'", "advise_train"]),
        (levers(legal_basis=[[0, "invited"]]), ["scenario.levers.legal_basis is 'invited'", "invitation"]),
        (
            {"scenario": {"name": "../elsewhere"}},
            ["scenario.name is '../elsewhere'; it names a folder", "letters, digits"],
        ),
        ({"scenario": {"story": ""}}, ["scenario.story is ''; it must be a text"]),
        ({"scenario": {"claims": 3}}, ["scenario.claims is 3; it must be a list"]),
        (
            {"scenario": {"claims": ["S001-99"]}},
            ["scenario.claims cites S001-99, which is not a claim", "Did you mean"],
        ),
        ({"world": {"claims": ["S009-01"]}}, ["world.claims cites S009-01, which is not a claim"]),
        ({"scenario": {"expects": [{"outcome": "deaths"}]}}, ["scenario.expects[0].direction is missing"]),
        ({"scenario": {"needs": {"troops_at_least": "many"}}}, ["scenario.needs.troops_at_least is 'many'"]),
        (
            {"scenario": {"needs": {"troops_at_least": 1e5}}},
            ["needs at least 100,000 US troops", "2021-12 has about 2,500", "Take another"],
        ),
    ],
    ids=lambda each: str(each)[:70] if isinstance(each, dict) else "",
)
def test_a_name_that_nobody_knows_is_answered_with_the_nearest_or_all_valid_ones(changes, fragments):
    message = refused(**changes)
    for fragment in fragments:
        assert fragment in message


def test_values_at_their_bounds_are_accepted():
    low, high = beliefs()["baseline_attack_rate"].bounds
    for value in (low, high):
        assert asks(parameters={"baseline_attack_rate": value}).given == {"baseline_attack_rate": value}
    assert asks(**shock(at=27.9)).scenario.shocks[0].at == 27.9
    assert asks(ensemble={"horizon": 7}).ensemble.horizon == 7
    assert asks(**troops(announced=[[0, 10], [0, 0]])).scenario.policy.troops.announced.last == 0


@pytest.mark.parametrize("nobody", ["none", None, "full_withdrawal"])
def test_a_run_may_have_no_baseline_and_is_never_its_own(nobody):
    assert asks_all(against=nobody).against is None


def test_a_baseline_has_the_same_start_luck_world_and_theories():
    experiment = asks_all("start=2020-08", "world=calm", "theory.isis=seam", "ensemble.seed=5")
    assert experiment.against.scenario.name == "status_quo"
    for same in ("start", "world", "strata", "ensemble", "given", "beliefs", "closed_loop", "record"):
        assert getattr(experiment.request, same) == getattr(experiment.against, same)


def test_a_start_of_the_users_choice_overrides_the_one_that_a_scenario_belongs_to():
    assert asks("start=2019-01").start.name == "2019-01"


def test_replications_are_rounded_up_to_whole_draws_under_every_theory():
    four = asks("theory.isis=[enablers,spent]", "theory.strikes=[deter,provoke]", "ensemble.replications=10")
    assert (four.draws, len(four.strata)) == (3, 4)


def test_the_name_of_an_ensemble_is_a_text():
    assert "ensemble.name is {}; it must be a text" in refused(ensemble={"name": {}})
