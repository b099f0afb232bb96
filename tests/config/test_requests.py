"""A request is checked once: what is wrong with it is named with key, value, bound and remedy."""

import math
import pickle

import pytest

from scenarios.config.request import request
from scenarios.errors import RequestError
from scenarios.evidence.parameters import beliefs
from tests.requests import asks, asks_all, config, levers, refused, shock, troops

NAN, INF = math.nan, math.inf

REQUEST = [
    ("typo", 1, " is unknown. Valid: against, beliefs, ensemble, loop, parameters, record, results, scenario,"),
    ("ensembel", {}, " is unknown. Did you mean ensemble?"),
    ("ensemble.replication", 8, " is unknown. Did you mean replications?"),
    ("record.perid", "day", " is unknown. Did you mean period?"),
    ("start.nam", "x", " is unknown. Did you mean name?"),
    ("world.regim", "calm", " is unknown. Did you mean regime?"),
    ("theory.isiss", "spent", " is unknown. Did you mean isis?"),
    ("scenario.lever", {}, " is unknown. Did you mean levers?"),
    ("scenario.needs.troops", 5, " is unknown. Valid: troops_at_least"),
    ("parameters.baseline_attack_rat", 1, " is unknown. Did you mean baseline_attack_rate"),
    ("ensemble.replications", 0, " is 0, outside [1, 10,000,000]"),
    ("ensemble.replications", -3, " is -3, outside [1, 10,000,000]"),
    ("ensemble.replications", 1.5, " is 1.5; it must be a whole number in [1, 10,000,000]"),
    ("ensemble.replications", "many", " is 'many'; it must be a whole number in [1, 10,000,000]"),
    ("ensemble.replications", None, " is missing"),
    ("ensemble.replications", True, " is True; it must be a whole number in [1, 10,000,000]"),
    ("ensemble.seed", -1, " is -1, outside [0, 9,223,372,036,854,775,807]"),
    ("ensemble.horizon", 6, " is 6, outside [7, 1,300] days"),
    ("ensemble.horizon", 1301, " is 1,301, outside [7, 1,300] days"),
    ("ensemble.step_days", 0.1, " is 0.1, outside [0.25, 7] days"),
    ("ensemble.step_days", NAN, " is nan, outside [0.25, 7] days"),
    ("ensemble.step_days", INF, " is inf, outside [0.25, 7] days"),
    ("ensemble.step_days", 3, "! ensemble.horizon of 28 days is not a whole number of steps of 3 days; change one"),
    ("ensemble=", 5, " is 5; it must be a mapping of names to values"),
    ("parameters.baseline_attack_rate", 1000000000.0, " is 1e+09, outside [0.05, 6] attacks/day"),
    ("parameters.baseline_attack_rate", NAN, " is nan, outside [0.05, 6] attacks/day"),
    ("parameters.baseline_attack_rate", INF, " is inf, outside [0.05, 6] attacks/day"),
    ("parameters.baseline_attack_rate", "high", " is 'high'; it must be a number in [0.05, 6] attacks/day"),
    ("parameters.faction_attack_share", 0.3, " has kataib_hezbollah, nujaba, ... it in a beliefs file instead"),
    ("parameters=", 3, " is 3; it must be a mapping of names to values"),
    ("world.intensity", 9, " is 9, outside [0, 4]"),
    ("world.detente", NAN, " is nan, outside [0, 1]"),
    ("record.events", -1, " is -1, outside [0, 10,000,000] draws"),
    ("workers", 0, " is 0; it must be a whole number from 1, or null for one a core"),
    ("workers", "two", " is 'two'; it must be a whole number from 1, or null for one a core"),
    ("results", None, " is None; it must be a text"),
    ("results", " ", " is ' '; it must be a text"),
    ("start.name", "2021-11", "! start is '2021-11', which is not valid. Did you mean 2021-12 or 2024-01?"),
    ("theory.isis", "enabler", " is 'enabler', which is not a pole of it. Did you mean enablers?"),
    ("theory.isis", ["spent", "enabler"], " is 'enabler', which is not a pole of it. Did you mean enablers?"),
    ("theory.isis", [], " is []; give one pole or a list of different ones: enablers, spent, seam, feuds"),
    ("theory.isis", ["spent", "spent"], " is ['spent', 'spent']; give one ... enablers, spent, seam, feuds"),
    ("theory.isis", None, " is None; give one pole or a list of different ones: enablers, spent, seam, feuds"),
    ("theory.isis", 3, " is 3; give one pole or a list of different ones: enablers, spent, seam, feuds"),
    ("loop", "opened", " is 'opened', which is not valid. Did you mean open?"),
    ("against", "status_qou", "! scenario 'status_qou' is unknown. Did you mean status_quo?"),
    ("record.period", "month", " is 'month', which is not valid. Valid: day, week"),
    ("record.outcomes", ["death"], "[0] is 'death', which is not valid. Did you mean deaths or us_deaths?"),
    ("world.regime", "wars", " is 'wars', which is not valid. Valid: calm, direct_war, proxy_war, simulated"),
    ("scenario.name", "../elsewhere", " is '../elsewhere'; it names a folder, so use only letters, digits, _ and -"),
    ("scenario.story", "", " is ''; it must be a text"),
    ("scenario.claims", 3, " is 3; it must be a list"),
    ("scenario.claims", ["S001-99"], "[0] is 'S001-99', which is not a claim. Did you mean S001-59 or S001-49?"),
    ("world.claims", ["S009-01"], "[0] is 'S009-01', which is not a claim. Did you mean S004-01 or S003-01?"),
    ("scenario.expects", [{"outcome": "deaths"}], "[0].direction is missing"),
    ("scenario.needs.troops_at_least", "many", " is 'many'; it must be a number"),
    ("scenario.needs.troops_at_least", 100000.0, "! scenario full_withdrawal needs ... start or another scenario"),
    ("world.regime", [[5, "calm"], [2, "proxy_war"]], " is out of order: anchor 1 is ... anchors in order of time"),
    ("world.regime", [["2024-01-01", "proxy_war"]], " begins on day 749, beyond the ... or world=simulated"),
    ("world.regime", [[5]], "[0] is [5]; it must be a pair of a day (or date) and a value, as [0, simulated]"),
    ("world.regime", [], " is empty; give one value, or pairs as [[0, simulated], ...]"),
    ("world.regime", [[-5, "proxy_war"]], "[0] is day -5, outside [0, 1,300]; ... that began before the start"),
    ("world.regime", [[0, "calm"], [5000, "proxy_war"]], "[1] is day 5000, outside ... began before the start"),
    ("world.intensity", [[0, "baseline_attack_rate"]], "[0] is 'baseline_attack_rate', neither"),
    ("scenario.shocks=", 3, " is 3; it must be a list"),
    ("scenario.shocks=", [3], "[0] is 3; it must be a mapping of names to values"),
    ("world.shocks=", [{"shock": "earthquake", "at": 3}], "[0].shock is 'earthquake', ... war_ends"),
]  # fmt: skip

LEVERS = [
    ("enabler", 1, " is unknown. Did you mean enablers?"),
    ("troops.anounced", 1, " is unknown. Did you mean announced or announced_on?"),
    ("troops.sites.anbr", 1, " is unknown. Did you mean anbar?"),
    ("enablers", 2, " is 2, outside [0, 1.1]"),
    ("retaliation", -9, " is -9, outside [-3, 3]"),
    ("sanctions", NAN, " is nan, outside [0, 1]"),
    ("detente", [[0, 0], [5, INF]], "[1] is inf, outside [0, 1]"),
    ("troops.announced", [[0, 1], [10, -0.1]], "[1] is -0.1, outside [0, 10]"),
    ("troops.realised", 1.5, " is 1.5, outside [0, 1]"),
    ("troops.delay", 0, " is 0, outside [0.1, 10]"),
    ("troops.order", "sideways", " is 'sideways', which is not valid. Valid: federal_first, together"),
    ("role", "advisers", " is 'advisers', which is not valid. Did you mean advise_train?"),
    ("legal_basis", [[0, "invited"]], "[0] is 'invited', which is not valid. ... none, revoked, technical_team"),
    ("troops.announced", [[10, 1], [5, 0]], " is out of order: anchor 1 is day ... put anchors in order of time"),
    ("troops.announced", [["2022-06-01", 1], ["2022-01-01", 0]], " is out of order: ... in order of time"),
    ("troops.announced", [["2020-01-01", 1], [10, 0]], "[0] is day -712, before the ... levers begin on day 0"),
    ("troops.announced", [[0, 1], ["2021-13-45", 0]], "[1] is '2021-13-45'; it must ... or a date as 2025-01-31"),
    ("troops.announced", [[0, 1], [NAN, 0]], "[1] is nan; it must be a finite number of days after the start"),
    ("troops.announced", [[0, 1], [10]], "[1] is [10]; it must be a pair of a day (or date) and a value, as [0, 1]"),
    ("troops.announced", [], " is empty; give one value, or pairs as [[0, 1], ...]"),
    ("troops.announced", "slowly", " is 'slowly', neither a number nor a parameter. Valid:"),
    ("troops.announced.slowly", 1, "! scenario.levers.troops.announced is ... value, or pairs as [[0, 1], ...]"),
    ("enablers", None, " is None; it must be one value, or pairs as [[0, 1], ...]"),
    ("troops.announced", [[0, 1], ["timetable_duratio", 0]], "[1] is ... timetable_end_share?"),
    ("troops.announced", [[0, 1], ["timetable_end_share", 0]], "[1] is ... give a day or a date"),
    ("troops.announced", [[0, 1], [9, "timetable_end_shar"]], "[1] is ... timetable_duration?"),
    ("enablers", [[0, 1], [9, "timetable_duration"]], "[1] is timetable_duration, ... one number in [0, 1.1]"),
    ("enablers", [[0, 1], [9, "faction_attack_share"]], "[1] is faction_attack_share, ... one number in [0, 1.1]"),
    ("troops.announced_on", 0, " is 0; it must be a list"),
    ("troops.announced_on", [-5], "[0] is day -5, before the start 2021-12-13; levers begin on day 0"),
    ("troops.announced_on", [5000], "[0] is day 5000, outside [0, 1,300]; no run is that long"),
    ("troops.deadlines", 5, " is 5; it must be a list"),
    ("troops.deadlines", ["timetable_duratio"], "[0] is 'timetable_duratio', ... or timetable_end_share?"),
    ("role", [[0]], "[0] is [0]; it must be a pair of a day (or date) and a value, as [0, combat]"),
    ("role", [[5, "combat"], [1, "none"]], " is out of order: anchor 1 is day ... put anchors in order of time"),
]  # fmt: skip

SHOCKS = [
    ({"at": 3, "sise": 1}, ".sise is unknown. Did you mean size?"),
    ({"at": 28}, ".at is 28 (day 28), outside the horizon of 28 ... move it, or set ensemble.horizon"),
    ({"at": INF}, ".at is inf; it must be a finite number of days after the start"),
    ({"at": -1}, ".at is -1 (day -1), outside the horizon of 28 ... move it, or set ensemble.horizon"),
    ({"at": "2030-01-01"}, ".at is 2030-01-01 (day 2941), outside the ... move it, or set ensemble.horizon"),
    ({"shock": "comander_killed", "at": 3}, ".shock is 'comander_killed', which ... or broker_killed?"),
    ({}, " has no time; give one of at, per_year or when"),
    ({"at": 3, "per_year": 2}, " has at and per_year; give one of at, per_year or when"),
    ({"per_year": 99}, ".per_year is 99, outside [0, 50]"),
    ({"at": 3, "size": 99}, ".size is 99, outside [0, 10] commanders"),
    ({"at": 3, "size": -1}, ".size is -1, outside [0, 10] commanders"),
    ({"at": 3, "size": NAN}, ".size is nan, outside [0, 10] commanders"),
    ({"per_year": 2, "again_after": 9}, " has again_after, which has no ... it goes with when. Leave it out"),
    ({"at": 3, "size": 0}, ".size is 0: nothing would happen; leave the shock out, or give it a size"),
    ({"at": 3, "because": ""}, ".because is ''; it must be a text"),
    ({"when": "us_deaths >= -3 within 14 days"}, ".when is 'us_deaths >= -3 within ... 0; give another number"),
    ({"when": "us_deaths < 0 within 14 days"}, ".when is 'us_deaths < 0 within 14 ... 0; give another number"),
    ({"when": "deaths > 1 within 9 days", "again_after": 0}, ".again_after is 0, outside [1, 10000] days"),
    ({"when": "us_death >= 3 within 14 days"}, ".when refers to 'us_death', which ... mean us_deaths or deaths?"),
    ({"when": "ladder >= 3 within 14 days"}, ".when refers to 'ladder', which is not a counted outcome. Valid:"),
    ({"when": "us_deaths about three"}, ".when is 'us_deaths about three'; ... 'us_deaths >= 3 within 14 days'"),
    ({"when": "us_deaths >= 1.2.3 within 14 days"}, ".when is 'us_deaths >= 1.2.3 ... >= 3 within 14 days'"),
    ({"when": "us_deaths >= 3 within 0 days"}, ".when is 'us_deaths >= 3 within 0 ... outside [1, 3,650] days"),
]  # fmt: skip


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


def nested(place, value):
    """Change of a configuration at a place."""
    for name in reversed(place.split(".")):
        value = {name: value}
    return value


def refuse(changes, key, text):
    """Check a refusal: its key and the text that follows, or (!) the text alone; a part may be left out ( ... )."""
    with pytest.raises(RequestError) as error:
        asks_all(**changes)
    first, _, last = (text[2:] if text.startswith("! ") else key + text).partition(" ... ")
    message = str(error.value).splitlines()[0]
    assert message.startswith(first)
    assert last in message


@pytest.mark.parametrize(("key", "value", "text"), REQUEST)
def test_a_request_is_refused_with_key_value_bound_and_nearest_name(key, value, text):
    refuse(nested(key, value), key.removesuffix("="), text)


@pytest.mark.parametrize(("lever", "value", "text"), LEVERS)
def test_a_lever_is_refused_with_key_value_bound_and_nearest_name(lever, value, text):
    refuse(levers(**nested(lever, value)), f"scenario.levers.{lever}", text)


@pytest.mark.parametrize(("values", "text"), SHOCKS)
def test_a_shock_is_refused_with_key_value_bound_and_nearest_name(values, text):
    refuse(shock(**values), "scenario.shocks[0]", text)


def test_all_faults_of_a_request_are_reported_at_once():
    with pytest.raises(RequestError) as error:
        asks_all(**levers(enablers=2, role="x"), world={"intensity": 9}, theory={"isis": "x", "strikes": "y"})
    keys = [line.partition(" is ")[0] for line in str(error.value).splitlines()]
    levers_named = ["scenario.levers.enablers", "scenario.levers.role"]
    assert keys == [*levers_named, "world.intensity", "theory.isis", "theory.strikes"]
    with pytest.raises(RequestError) as error:
        asks_all(ensemble={"seed": -1, "horizon": 3}, loop="x", record={"events": -1}, parameters={"x": 1, "y": 2})
    assert len(str(error.value).splitlines()) == 6


def test_a_refusal_keeps_its_text_on_its_way_from_another_process():
    with pytest.raises(RequestError) as error:
        asks(ensemble={"seed": -1, "horizon": 3})
    received = pickle.loads(pickle.dumps(error.value))
    assert isinstance(received, RequestError)
    assert str(received) == str(error.value)


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
