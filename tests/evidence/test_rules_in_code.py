"""A belief leads to the code that implements it."""

from pathlib import Path

import pytest

import agents
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.explain import source_code

ROOT = Path(agents.__path__[0]).parent
PATHS = sorted({path for each in mechanisms().values() for path in each.rules} | set(other_rules()))


@pytest.mark.parametrize("path", PATHS)
def test_the_line_of_a_rule_is_the_line_where_it_is_defined(path):
    place = source_code.definition(path)
    line = (ROOT / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    assert line.strip().startswith((f"def {path.rpartition('.')[2]}(", f"class {path.rpartition('.')[2]}("))


@pytest.mark.parametrize("path", ["agents.factions.Faction.sing", "agents.nowhere.rule", "agents", ""])
def test_a_rule_that_is_not_there_has_no_place(path):
    assert source_code.definition(path) is None


def test_a_parameter_leads_to_where_it_is_read_and_to_the_mechanism_that_gets_it():
    readers = {(each.place.name, each.passed_to) for each in source_code.readers("strike_deterrence_effect")}
    assert readers == {("Faction.adapt", "coercion.fear_added")}


def test_a_parameter_leads_to_what_reads_it_by_a_composed_name():
    assert "Faction.__init__" in {each.place.name for each in source_code.readers("site_reach_of_badr")}


def test_a_parameter_leads_to_what_reads_it_by_a_quoted_name():
    assert "setting" in {each.place.name for each in source_code.readers("us_election_decision_freeze")}


def test_an_initial_state_is_not_mistaken_for_an_attribute_of_the_same_name():
    readers = {str(each.place.name) for each in source_code.readers_of_state("caretaker_days")}
    assert "Government.__init__" in readers
    assert "Government.shows" not in readers


def test_a_name_that_nothing_reads_has_no_readers():
    assert source_code.readers("weight_of_the_moon") == ()
