"""Days, dates and numbers as people and their tools write them: dates are not numbers, NumPy's are plain ones."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import scenarios
from scenarios.errors import RequestError
from scenarios.store.identity import identify
from scenarios.studies.request import composed_study, study_request
from tests.requests import asks, levers, one_line, refused, shock, troops

SMALL = {"replications": 4, "horizon": 7, "theory": {"isis": "spent", "strikes": "both"}, "against": "none"}
PLACES = {
    "announced": lambda day: troops(announced=[[0, 1], [day, 0.5]]),
    "sites": lambda day: troops(sites={"erbil": [[0, 1], [day, 0.5]]}),
    "deadlines": lambda day: troops(deadlines=[day]),
    "announced_on": lambda day: troops(announced_on=[day]),
    "enablers": lambda day: levers(enablers=[[0, 1], [day, 0.5]]),
    "credibility": lambda day: levers(credibility=[[day, 0.5]]),
    "role": lambda day: levers(role=[[0, "combat"], [day, "none"]]),
    "legal_basis": lambda day: levers(legal_basis=[[day, "revoked"]]),
    "shocks": lambda day: shock(at=day),
    "regime": lambda day: {"world": {"regime": [[0, "calm"], [day, "proxy_war"]]}},
    "intensity": lambda day: {"world": {"intensity": [[0, 1], [day, 2]]}},
    "detente": lambda day: {"world": {"detente": [[0, 0], [day, 1]]}},
    "world.shocks": lambda day: {"world": {"shocks": [{"shock": "prison_break", "at": day}]}},
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("day", "date"),
    [(20220601, "2022-06-01"), (20220601.0, "2022-06-01"), (202206, "2022-06-01"), (2022, "2022-01-01"),
     (np.int64(20251231), "2025-12-31")],
)  # fmt: skip
def test_a_date_written_as_a_number_is_refused_with_the_date(place, day, date):
    message = refused(**PLACES[place](day))
    assert place.rpartition(".")[2] in message
    assert f"beyond the horizon; did you mean {date}?" in message


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "moment",
    [dt.datetime(2022, 1, 5), dt.datetime(2022, 1, 5, 12), dt.datetime(2022, 1, 5, tzinfo=dt.UTC),
     pd.Timestamp("2022-01-05"), "2022-01-05 12:00:00", "2022-01-05T00:00", "2022-01-05 00:00:00+00:00",
     np.datetime64("2022-01-05T12:00"), np.datetime64("2022-01-05", "ns")],
    ids=repr,
)  # fmt: skip
def test_a_moment_is_no_date(place, moment):
    message = refused(**PLACES[place](moment))
    assert place.rpartition(".")[2] in message
    assert (
        "must be a number of days after the start or a date as" in message
        or "it must be a date as 2022-01-05" in message
    )


@pytest.mark.parametrize("text", ["2022", "202206"])
def test_a_text_that_is_part_of_a_date_is_refused_with_the_date(text):
    assert "did you mean 2022-0" in refused(**levers(enablers=[[0, 1], [text, 0.5]]))


@pytest.mark.parametrize("day", [44_713, 1_654_041_600, 20_221_301, 10_001])
def test_a_day_beyond_every_plan_is_refused(day):
    assert "outside [0, 10,000] days after the start" in refused(**levers(enablers=[[0, 1], [day, 0.5]]))


@pytest.mark.parametrize("day", [731, 1_825, 1_300, 1_980, 5_000])
def test_a_path_may_be_slower_than_any_run(day):
    assert asks(**levers(enablers=[[0, 1], [day, 0.5]])).scenario.policy.levers["enablers"].anchors[1] == (day, 0.5)


def test_a_moment_in_the_file_of_a_baseline_is_refused_as_in_that_of_a_scenario(command, here):
    file = here / "configs" / "scenario" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "# @package _global_\nscenario:\n  name: mine\n  story: Mine.\n  levers: {}\n"
        "  shocks: [{shock: prison_break, at: 2021-12-20 12:00:00}]\n"
    )
    for words in (
        ("run", "+scenario=mine"),
        ("run", "+scenario=relabel", "against=mine"),
        ("compare", "relabel", "mine"),
    ):
        assert "scenario.shocks[0].at is " in command(*words, "start=2021-12").error


@pytest.mark.parametrize("level", ["[[0, 1], [20220601, 0.5]]", "[[0, 1], [2021-12-20 12:00:00, 0.5]]"])
def test_so_it_is_in_a_study_and_its_table(here, level):
    (here / "mine.yaml").write_text(f"cross: {{levers.enablers: [{level}]}}")
    (here / "table.csv").write_text(f'levers.enablers\n"{level}"\n')
    (here / "tabled.yaml").write_text("table: table.csv")
    for study in ("mine.yaml", "tabled.yaml"):
        with pytest.raises(RequestError, match=r"levers\.enablers") as error:
            study_request(composed_study([f"+study={study}", "+scenario=relabel"]))
        one_line(str(error.value))


def test_the_date_of_a_start_is_written_with_hyphens(command, here):
    command("new-start", "mine.yaml", "from=2021-07")
    text = (here / "mine.yaml").read_text()
    for written in ("20220601", "'20220601'", "2022-06-01 12:00:00"):
        (here / "mine.yaml").write_text(text.replace("date: 2021-07-30", f"date: {written}"))
        error = command("show", "relabel", "start=mine.yaml").error
        assert "date" in error
        assert "; it must be a date as 2025-01-31" in error


def test_numpy_scalars_are_equal_to_plain_numbers(here, pictures):
    plain = {"seed": 3, "replications": 4, "horizon": 14, "step_days": 0.5, "parameters": {"baseline_attack_rate": 0.5}}
    numpy = {
        "seed": np.int64(3), "replications": np.uint8(4), "horizon": np.array(14), "step_days": np.float32(0.5),
        "parameters": {"baseline_attack_rate": np.float32(0.5)}, "workers": np.int64(1),
        "theory": {"isis": np.array(["spent"]), "strikes": np.str_("both")}, "record": {"events": np.int16(5)},
        "shocks": [{"shock": "prison_break", "at": np.int64(3), "size": np.float64(1)}],
    }  # fmt: skip
    shocks = [{"shock": "prison_break", "at": 3, "size": 1}]
    plain_run = scenarios.run("relabel", **{**SMALL, **plain, "shocks": shocks})
    assert scenarios.run("relabel", **{**SMALL, **numpy}).manifest["id"] == plain_run.manifest["id"]


@pytest.mark.parametrize("name", ["seed", "replications", "horizon"])
@pytest.mark.parametrize(
    "value", [True, np.bool_(True), 7.5, np.float64(7.5), np.float64(7.0), "7", np.array([7])], ids=repr
)
def test_what_is_no_whole_number_is_refused_from_python(name, value):
    for call in (scenarios.run, lambda name, **rest: scenarios.simulate({}, scenario=name, **rest)):
        with pytest.raises(RequestError, match=f"ensemble.{name} is .*; it must be a whole number"):
            call("relabel", **{"replications": 4, "horizon": 7, name: value})


def test_that_holds_after_a_call_with_the_like_number():
    scenarios.simulate({}, scenario="relabel", replications=1, seed=1, horizon=7, outcomes=["deaths"])
    with pytest.raises(RequestError, match=r"seed is True"):
        scenarios.simulate({}, scenario="relabel", replications=1, seed=True, horizon=7, outcomes=["deaths"])


@pytest.mark.parametrize("value", [True, np.bool_(False), "0.5", None, [0.5], np.array([0.5]), 10**400])
def test_a_parameter_is_a_number(value):
    with pytest.raises(RequestError, match="baseline_attack_rate is ") as error:
        scenarios.simulate({"baseline_attack_rate": value}, scenario="relabel", replications=4, horizon=7)
    assert len(one_line(str(error.value))) < 200


@pytest.mark.parametrize("value", [np.float32(0.5), np.array(0.5), np.float64(0.5)], ids=repr)
def test_parameters_and_levers_of_a_simulation_may_be_numpy_scalars(value):
    sizes = {"scenario": "relabel", "outcomes": ["deaths"], "replications": np.int64(4), "horizon": np.int64(7)}
    plain = scenarios.simulate({"baseline_attack_rate": 0.5, "levers.credibility": 0.5}, **sizes)
    assert scenarios.simulate({"baseline_attack_rate": value, "levers.credibility": value}, **sizes) == plain


def test_thresholds_of_a_comparison_may_be_numpy_scalars(here, pictures):
    rest = {"replications": 4, "horizon": 7, "theory": {"isis": "spent", "strikes": "both"}}
    plain = scenarios.compare("relabel", "surge", above={"deaths": 5}, **rest)
    assert scenarios.compare("relabel", "surge", above={"deaths": np.float32(5)}, **rest).contrasts.equals(
        plain.contrasts
    )
    for wrong in (True, np.bool_(True), "5", np.nan):
        with pytest.raises(RequestError, match=r"above\.deaths is "):
            scenarios.compare("relabel", "surge", above={"deaths": wrong}, **rest)


def test_identifiers_know_no_numpy():
    given = {"baseline_attack_rate": np.float64(0.5)}
    assert identify(asks(parameters=given)) == identify(asks(parameters={"baseline_attack_rate": 0.5}))
