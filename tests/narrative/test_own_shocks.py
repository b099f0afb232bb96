"""Scenario of a user with shocks of every kind, from its file to the events of its run."""

import pytest

from scenarios.__main__ import main
from scenarios.config.fields import validated
from scenarios.config.specs import ShockSpec
from scenarios.load import load
from scenarios.outcomes import countable_outcomes
from scenarios.simulation.events.causes import COUNTED, of_shock
from scenarios.simulation.events.log import EventLog

OWN = """\
# @package _global_
scenario:
  name: shaken
  story: Shocks of every kind.
  levers: {}
  shocks:
    - {shock: lethal_attack, at: 2022-01-02}
    - {shock: lethal_attack, at: 25}
    - {shock: cabinet_falls, when: us_deaths >= 1 within 14 days, again_after: 30}
    - {shock: budget_stop, per_year: 12}
"""
WORDS = (
    "ensemble.replications=6", "ensemble.horizon=56", "record.events=6", "theory.isis=enablers", "theory.strikes=both",
    "against=none", "workers=1",
)  # fmt: skip


@pytest.fixture
def own(tmp_path, monkeypatch):
    (tmp_path / "configs" / "scenario").mkdir(parents=True)
    (tmp_path / "configs" / "scenario" / "shaken.yaml").write_text(OWN)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "configs" / "scenario" / "shaken.yaml"


def test_shocks_go_from_the_file_to_events_with_causes(own, capsys):
    assert main(["run", "+scenario=shaken", *WORDS]) == 0
    events = load("results/shaken").events
    dated = events[events["kind"] == "shock_lethal_attack"]
    assert set(dated["day"]) == {20.0, 25.0}
    assert len(dated) == 12
    called = events[events["kind"] == "shock_cabinet_falls"]
    assert len(called) >= 6
    assert called["cause"].notna().all()
    assert set(called["reason"]) == {"us_deaths >= 1 within 14 days"}
    random = events[events["kind"] == "shock_budget_stop"]
    assert 1 <= len(random) < 40  # 6 x 56 days at 12 a year: 11 expected
    assert set(random["reason"]) == {"shock at random"}


def test_shocks_are_shown_in_words(own, capsys):
    assert main(["show", "shaken"]) == 0
    shown = capsys.readouterr().out
    assert "2022-01-02  an attack on a base kills Americans" in shown
    assert "the cabinet falls when us deaths are at least 1 within 14 days, again after 30 days" in shown
    assert "Baghdad stops the Region's budget, at random 12 times a year" in shown


@pytest.mark.parametrize("name", sorted(set(countable_outcomes()) - {"troop_years", "overridden_days"}))
def test_every_condition_goes_back_to_events_that_it_counts(name):
    log = EventLog(0)
    for day, kind in enumerate(sorted(kind for kinds in COUNTED.values() for kind in kinds), start=1):
        log.record(float(day), kind, "someone", 0, "x")
    shock = validated(ShockSpec, {"shock": "oil_price", "when": f"{name} >= 1 within 7 days"}, "shock").planned()
    cause, reason = of_shock(log, shock)
    assert cause > 0
    assert reason == f"{name} >= 1 within 7 days"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{shock: lethal_atack, at: 3}", "lethal_attack"),
        ("{shock: lethal_attack, at: 3, per_year: 2}", "give one of at, per_year or when"),
        ("{shock: lethal_attack, when: us_death >= 3 within 14 days}", "us_deaths"),
        ("{shock: lethal_attack, when: us_deaths is high}", "write it as"),
        ("{shock: lethal_attack, at: 2030-01-01}", "outside the horizon"),
        ("{shock: lethal_attack, per_year: 400}", "per_year"),
    ],
)
def test_an_invalid_shock_is_refused_with_a_remedy(own, capsys, line, message):
    own.write_text(OWN.replace("{shock: budget_stop, per_year: 12}", line))
    assert main(["run", "+scenario=shaken", *WORDS]) == 2
    err = capsys.readouterr().err
    assert "scenario.shocks[3]" in err
    assert message in err
