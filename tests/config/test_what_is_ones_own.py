"""Differences from what ships are reported with results: of scenario, world, levers and shocks, by file or word."""

import pandas as pd
import pytest

import scenarios
from scenarios.config.compose import composed
from scenarios.config.request import request
from scenarios.config.user_inputs import own_texts
from scenarios.plots.captions import caption
from scenarios.report.notebook_pages import result_page
from scenarios.studies.request import composed_study, study_request
from tests.requests import TINY, asks

SMALL = {"replications": 4, "horizon": 7, "theory": {"isis": "spent", "strikes": "both"}}
HALF = """\
# @package _global_
scenario:
  name: half
  story: Half of them go.
  levers: {enablers: 0.5}
  shocks: [{shock: prison_break, at: 3}]
"""
WAR = "name: war\nstory: A war throughout.\nregime: proxy_war\n"
SHIPPED = "[[0, 0.2], [180, 0.2], [180, 0]]"


@pytest.fixture
def own(here):
    """A scenario and a world of one's own."""
    for group, name, text in (("scenario", "half", HALF), ("world", "war", WAR)):
        (here / "configs" / group).mkdir(parents=True)
        (here / "configs" / group / f"{name}.yaml").write_text(text)
    return here


def changed(*words, **changes):
    """Changes of a request from what ships, by kind, file and the shipped counterpart."""
    inputs = asks("world=simulated", *words, of=(*TINY,), **changes).own
    return {(entry.kind, entry.file, entry.beside): dict(entry.changed) for entry in inputs}


@pytest.mark.parametrize(
    ("word", "setting", "pair"),
    [
        ("scenario.levers.credibility=0.9", "credibility", ("0.8", "0.9")),
        ("+scenario.levers.troops.realised=0.5", "troops.realised", ("1", "0.5")),
        ("+scenario.levers.troops.delay=2", "troops.delay", ("1", "2")),
        ("+scenario.levers.troops.sites={erbil: 1}", "troops in erbil", ("-", "1")),
        ("scenario.levers.role=combat", "role", ("[[0, advise_train], [365, none]]", "combat")),
        ("+scenario.levers.sanctions=1", "sanctions", ("0", "1")),
        ("+scenario.shocks=[{shock: prison_break, at: 3}]", "shocks", ("none", "ISIS frees its prisoners on day 3")),
        ("+scenario.shocks=[{shock: prison_break, per_year: 2}]", "shocks",
         ("none", "ISIS frees its prisoners, at random 2 times a year")),
    ],
)  # fmt: skip
def test_a_scenario_that_words_change_is_compared_with_the_one_that_ships(word, setting, pair):
    assert changed(word) == {("scenario", "", "scenario full_withdrawal"): {setting: pair}}


@pytest.mark.parametrize(
    ("word", "setting", "pair"),
    [
        ("world.regime=proxy_war", "regime", ("simulated", "proxy_war")),
        ("world.intensity=2", "intensity", ("1", "2")),
        ("world.detente=[[0,0],[9,1]]", "detente", ("0", "[[0, 0], [9, 1]]")),
        ("world.shocks=[{shock: oil_price, at: 3, size: -2}]", "shocks",
         ("none", "the oil price jumps (negative: falls) (-2 standard deviations) on day 3")),
    ],
)  # fmt: skip
def test_a_world_that_words_change_is_compared_with_the_one_that_ships(word, setting, pair):
    assert changed(word) == {("world", "", "world simulated"): {setting: pair}}


def test_the_same_numbers_written_otherwise_are_no_change():
    changes = changed("scenario.levers.enablers=[[0,1.0],[365,0.15]]", "world.intensity=[[0,1]]")
    assert not any(changes.values())


@pytest.mark.parametrize("name", ["relabel", "bloc_war", "electoral_turn", "timetable_bilateral", "neutrality_bargain"])
def test_what_ships_is_nobodys_own(name):
    assert request(composed([f"+scenario={name}"])).own == ()


def test_files_of_ones_own_are_compared_with_the_usual_ones(own):
    settings = changed("world=war")
    assert settings == {("world", "war.yaml", "world simulated"): {"regime": ("simulated", "proxy_war")}}
    result = scenarios.run("half", world="war", against="none", **SMALL)
    assert own_texts({"own": result.manifest["own"]}) == [
        "with own scenario half.yaml: 2 settings changed from scenario status_quo: enablers 0.5, shipped 1; shocks "
        "ISIS frees its prisoners on day 3, shipped none",
        "with own world war.yaml: 1 setting changed from world simulated: regime proxy_war, shipped simulated",
    ]


def test_table_picture_and_manifest_report_it(command, here):
    words = ("scenario.levers.credibility=0.9", "world.regime=calm")
    message = command("run", "+scenario=relabel", *TINY, "workers=1", *words).out
    message = " ".join(message.split())
    assert f"with own settings of scenario relabel: 1 changed: credibility 0.9, shipped {SHIPPED}" in message
    assert "with own settings of world simulated: 1 changed: regime calm, shipped simulated" in message
    result = scenarios.load(here / "results" / "relabel")
    assert [each["beside"] for each in result.manifest["own"]] == ["scenario relabel", "world simulated"]
    assert "With own settings of scenario relabel: 1 changed." in caption(result)
    assert "with own settings of scenario relabel: 1 changed" in result_page(result)


def test_shocks_given_from_python_are_reported(here):
    result = scenarios.run("relabel", shocks=[{"shock": "prison_break", "at": 3}], **SMALL)
    (own,) = result.manifest["own"]
    assert own["changed"] == {"shocks": ["none", "ISIS frees its prisoners on day 3"]}
    assert result.baseline.manifest["own"] == []


def test_a_comparison_reports_what_any_of_its_runs_has(command, own):
    message = command("compare", "relabel", "half", *TINY, "workers=1", "-o", "compared.csv").out
    message = " ".join(message.split())
    assert "with own scenario half.yaml: 2 settings changed from scenario status_quo" in message
    assert set(pd.read_csv("compared.csv")["own"]) == {
        "with own scenario half.yaml: 2 settings changed from scenario status_quo"
    }


def test_a_study_reports_files_and_words_but_not_its_factors(own):
    (own / "mine.yaml").write_text(
        "cross: {scenario: [half, relabel], world: [war, calm], levers.credibility: [0.1, 0.2], world.intensity: [1]}"
    )
    inputs = study_request(composed_study(["+study=mine.yaml", *TINY])).layout.own
    assert [(entry["file"], entry["beside"]) for entry in inputs] == [
        ("half.yaml", "scenario status_quo"),
        ("war.yaml", "world simulated"),
    ]
    (own / "one.yaml").write_text("cross: {loop: [open]}")
    words = ["+study=one.yaml", "+scenario=relabel", "scenario.levers.credibility=0.9", *TINY]
    (only,) = study_request(composed_study(words)).layout.own
    assert only["changed"] == {"credibility": (SHIPPED, "0.9")}
