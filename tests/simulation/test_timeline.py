"""What enters the model from outside on each day, and how a scenario reads."""

from datetime import date
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR
from agents.setting import FREE
from scenarios.config import options
from scenarios.config.compose import composed
from scenarios.config.world import regime_path
from scenarios.errors import RequestError
from scenarios.report.terminal.catalogue import scenario_lines
from scenarios.simulation.experiment import simulate_draws, staged
from tests.requests import WITHDRAWAL, asks, refused, shock

START = date(2023, 10, 1)


def today(day, request):
    """What holds on a day of an experiment."""
    _, iraq = staged(request, Axis.crossing(range(2)))
    return iraq.course.today(SimpleNamespace(day=day, step_days=1.0, axis=iraq.axis, settled=None, luck=iraq.luck))


def test_a_world_is_left_to_chance_or_forced_and_calm_before_its_first_date():
    assert regime_path("simulated", "key", START, 100) == ((-np.inf, FREE),)
    assert regime_path("direct_war", "key", START, 100) == ((-np.inf, DIRECT_WAR),)
    dated = regime_path([["2023-10-07", "proxy_war"], [20, "simulated"]], "key", START, 100)
    assert dated == ((-np.inf, CALM), (6.0, PROXY_WAR), (20.0, FREE))


def test_a_war_path_holds_from_its_dates_on():
    request = asks(world={"regime": [[3, "proxy_war"], [9, "direct_war"], [12, "calm"]]})
    assert [int(today(day, request).regime) for day in (0, 2, 3, 8, 9, 12, 400)] == [
        CALM, CALM, PROXY_WAR, PROXY_WAR, DIRECT_WAR, CALM, CALM,
    ]  # fmt: skip


def test_a_war_that_began_before_the_start_is_on_at_the_start():
    request = asks("start=2024-01", "world=gaza_war")
    assert int(today(0, request).regime) == PROXY_WAR
    assert int(today(365, request).regime) == PROXY_WAR
    assert int(today(366, request).regime) == CALM


def test_a_shock_sets_the_regime_of_its_day():
    request = asks("world=simulated", scenario={"shocks": [{"shock": "direct_war_begins", "at": 4}]})
    assert [int(today(day, request).regime) for day in (3, 4, 5)] == [FREE, DIRECT_WAR, FREE]


@pytest.mark.parametrize("when", [{"at": 4}, {"per_year": 1}, {"when": "us_deaths >= 3 within 14 days"}])
def test_a_shock_that_begins_a_war_is_refused_in_a_world_that_has_none(when):
    message = refused("world=calm", **shock(shock="direct_war_begins", **when))
    assert "direct_war_begins" in message
    assert "cannot happen in world calm" in message
    assert "world=simulated" in message


def test_a_shock_that_begins_the_war_of_its_world_on_its_day_is_borne():
    assert asks("world=us_iran_war", "ensemble.horizon=70", **shock(shock="direct_war_begins", at=60)).scenario.shocks


def test_every_scenario_is_borne_or_refused_in_words_in_every_world_from_every_start():
    """Composed and checked, nothing simulated: a war in a calm world, and a world whose war lies beyond the horizon."""
    named = [name for name in options.options("start") if name != "file"]
    starts = {name: composed((WITHDRAWAL, f"start={name}"))["start"] for name in named}
    worlds = {name: composed((WITHDRAWAL, f"world={name}"))["world"] for name in options.options("world")}
    refusals = {}
    for name, start, world in product(options.options("scenario"), starts, worlds):
        nodes = {"scenario=": options.scenario(name), "start=": starts[start], "world=": worlds[world]}
        try:
            asks("ensemble.horizon=730", **nodes)
        except RequestError as error:
            refusals[name, start, world] = str(error)
    late = {key: message for key, message in refusals.items() if "beyond the horizon" in message}
    assert {(start, world) for _, start, world in late} == {
        (start, "gaza_war") for start in ("2019-01", "2020-08", "2021-07")
    }
    assert {(name, world) for name, _, world in refusals.keys() - late.keys()} == {
        ("bloc_war", "calm"), ("bloc_war", "gaza_war"), ("bloc_war", "lebanon_war"),
    }  # fmt: skip


def test_the_reach_of_a_war_and_an_understanding_follow_their_paths():
    request = asks(
        world={"intensity": [[0, 1], [10, 3]], "detente": [[0, 0], [10, 1]]}, scenario={"levers": {"detente": 0.3}}
    )
    assert today(5, request).intensity == pytest.approx(2.0)
    assert [float(np.max(today(day, request).levers.detente)) for day in (0, 5, 10)] == pytest.approx([0.3, 0.5, 1.0])


def test_a_war_of_the_world_is_lived_on_its_days():
    request = asks("ensemble.replications=3", "record.period=day", world={"regime": [[3, "proxy_war"], [9, "calm"]]})
    war = simulate_draws(request, range(3)).series["war_days"]
    assert war.sum(axis=0).tolist() == [6.0] * 3
    assert war[3:9].min() == 1.0


def test_the_calendar_brings_elections_and_ramadan():
    request = asks("start=2021-07")
    vote = (date(2021, 10, 10) - request.date).days
    assert [today(day, request).election for day in (vote - 1, vote, vote + 1)] == [0.0, 1.0, 0.0]
    fasting = (date(2022, 4, 2) - request.date).days
    assert [today(day, request).ramadan for day in (fasting - 1, fasting, fasting + 29, fasting + 30)] == [0, 1, 1, 0]


@pytest.mark.parametrize("name", sorted(options.options("scenario")))
def test_every_scenario_that_ships_reads_as_a_story_with_dates_and_claims(name):
    node = options.scenario(name)
    found = asks(f"start={options.natural_start(name)}", "ensemble.horizon=1300", **{"scenario=": node})
    told = "\n".join(scenario_lines(found))
    assert told.startswith(f"{name} [{node['code']}]")
    assert " ".join(node["story"].split()) in " ".join(told.split())
    assert f"as of {found.start.date}" in told
    assert f"{found.start.date}  announced troops" in told
    assert f"claims: {', '.join(node['claims'])}" in told
    assert told.endswith("A conditional exploration, not a forecast.")


def test_a_story_tells_shocks_on_their_dates_and_those_without_one_apart():
    request = asks(
        scenario={
            "shocks": [
                {"shock": "prison_break", "at": "2021-12-20"},
                {"shock": "cabinet_falls", "when": "us_deaths >= 3 within 14 days"},
            ],
            "expects": [{"outcome": "us_deaths", "direction": "down", "claims": ["S001-33"]}],
        }
    )
    told = scenario_lines(request)
    assert "  2021-12-20  ISIS frees its prisoners" in told
    assert "  any time    the cabinet falls when us deaths are at least 3 within 14 days, once" in told
    assert "  us deaths: less (S001-33)" in told
    dated = [line for line in told if line.startswith("  20")]
    assert dated == sorted(dated, key=lambda line: line[:12])
