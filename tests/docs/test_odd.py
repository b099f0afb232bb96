"""docs/odd.md describes the model as it is."""

import re

import numpy as np
import pytest

from agents.ensemble.luck import Luck
from agents.factions import Camp
from agents.iraq import Iraq
from agents.region import Region
from docs.generate.odd import page as pages
from docs.generate.odd.anatomy import phases, set_in
from docs.generate.odd.chances import chances, matched
from docs.generate.odd.staged import names_of, shown, small_request, unexplained
from docs.generate.regions import DOCS, REGION, changed_regions, filled
from scenarios.evidence.parameters import beliefs
from scenarios.explain.source_code import public_functions
from scenarios.simulation.experiment import simulate_draws

WIDEST = 115


@pytest.fixture(scope="module")
def tables():
    return pages.tables()


@pytest.fixture(scope="module")
def text():
    return (DOCS / "odd.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words(text):
    return REGION.sub("", text)


def test_the_page_shows_every_table_as_the_code_and_the_seeds_have_it(text, tables):
    stale = changed_regions(text, filled(text, tables))
    assert not stale, f"run `python -m docs.generate odd`: {stale}"


def test_every_state_has_a_meaning_and_every_meaning_a_state():
    assert not unexplained(shown().iraq)


class Crowded(Region):
    """A region with something that nobody explains, and an explanation of nothing.

    crowd   [people]  who are not there
    """

    def adapt(self, seen, settled):
        super().adapt(seen, settled)
        self.rumours = self.none()


def test_a_state_that_nobody_explains_is_named():
    class Elsewhere(Iraq):
        def cast(self):
            super().cast()
            self.crowd = Crowded(self)

    iraq = Elsewhere(replications=2)
    iraq.crowd.rumours = iraq.crowd.none()
    faults = unexplained(iraq)
    assert "Crowded.rumours has no meaning" in faults
    assert "Crowded.crowd is explained and not there" in faults


@pytest.mark.parametrize("path", sorted(public_functions("agents.mechanisms")))
def test_the_page_names_every_rule(words, path):
    rule = ".".join(path.split(".")[-2:])
    function = rule.split(".")[1]
    assert rule in words or re.search(rf"`[^`]*\.{function}`", words), f"docs/odd.md does not name {rule}"


@pytest.mark.parametrize("name", beliefs())
def test_the_page_uses_every_parameter(words, name):
    symbol = beliefs()[name].symbol
    assert re.search(rf"(?<!\w){re.escape(symbol)}(?!\w)", words), f"docs/odd.md has no rule with {symbol} ({name})"


def test_the_page_names_every_address_of_luck(words):
    missing = [chance.address for chance, _ in shown().chances if chance.address not in words]
    assert not [address for address in missing if address != "region.<trait>"], missing
    assert "`region.attacks`" in words
    assert "`region.push`" in words


def test_every_place_that_draws_luck_is_known_and_draws():
    assert not shown().strangers
    assert not [chance.address for chance, drawn in shown().chances if not drawn]


def test_no_luck_is_drawn_at_an_address_that_the_page_does_not_have(monkeypatch):
    """Over a whole run: parameters, initial states, agents, outcomes, event log, shocks at random."""
    drawn, uniform = set(), Luck._uniform

    def noted(self, name, count):
        drawn.add(name)
        return uniform(self, name, count)

    monkeypatch.setattr(Luck, "_uniform", noted)
    request = small_request()
    simulate_draws(request, range(4))
    places = chances(names_of(Iraq(replications=1)))
    assert not [name for name in sorted(drawn) if matched(places, name) is None]
    known = {*beliefs(), *request.start.states}
    of_parameters = {name.split(".")[1] for name in drawn if name.startswith("parameter.")}
    assert of_parameters <= known
    assert {"regional_war_onset_rate", "troops_anbar"} <= of_parameters


def test_what_is_set_in_a_phase_is_read_from_the_code():
    assert phases("Camp")["adapt"] == ("adapt",)
    assert set_in("Camp", "turns") == ("start", "decide")
    assert set_in("Camp", "paused") == ("start", "adapt")
    assert set_in("Government", "falls") == ("start", "decide", "adapt")
    assert set_in("Faction", "reach") == ("start",)
    assert Camp.__doc__


def test_what_is_set_in_a_phase_is_what_changes_in_it():
    """Against a simulated step: nothing but what the page lists is replaced in `decide`."""
    iraq = Iraq(replications=3)
    iraq.step()
    before = {(agent, name): value for agent in iraq.agents for name, value in vars(agent).items()}
    iraq.luck.turn_to(iraq.steps + 1)
    iraq.agents.do("decide", iraq.observe())
    replaced = {
        (type(agent).__name__, name)
        for (agent, name), value in before.items()
        if isinstance(value, np.ndarray) and getattr(agent, name) is not value
    }
    assert replaced
    assert all("decide" in set_in(*each) for each in replaced), replaced


def test_lines_are_of_a_width_to_be_read(words):
    assert not [line for line in words.splitlines() if len(line) > WIDEST and not line.startswith("|")]


def test_every_choice_has_a_number_a_reason_and_no_gap_before_it(text):
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| R\d", line)]
    assert [row[0] for row in rows] == [f"R{number}" for number in range(1, len(rows) + 1)]
    assert all(len(row) in (4, 6) and all(row) for row in rows)
    assert len(rows) > 100
    assert f"R1 to R{len(rows)}" in text
