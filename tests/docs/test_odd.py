"""docs/odd.md says of the model what the model is."""

import re

import numpy as np
import pytest
from scenarios.report.odd.anatomy import phases, set_in
from scenarios.report.odd.chances import chances, matched
from scenarios.report.odd.staged import names_of, shown, small_request, unexplained
from scenarios.report.regions import REGION, drifted, filled, regions

from agents.ensemble.luck import Luck
from agents.factions import Camp
from agents.iraq import Iraq
from agents.region import Region
from scenarios.__main__ import main
from scenarios.cli import odd as command
from scenarios.errors import RequestError
from scenarios.evidence.parameters import beliefs
from scenarios.explain.source_code import public_functions
from scenarios.report.odd import page as pages
from scenarios.simulation.experiment import simulate

WIDEST = 115


@pytest.fixture(scope="module")
def tables():
    return pages.tables()


@pytest.fixture(scope="module")
def text():
    return pages.page().read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words(text):
    return REGION.sub("", text)


def test_the_page_shows_every_table_as_the_code_and_the_seeds_have_it(text, tables):
    stale = drifted(text, tables)
    assert not stale, f"run `python -m scenarios odd --write`: {stale}"


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
    told = unexplained(iraq)
    assert "Crowded.rumours has no meaning" in told
    assert "Crowded.crowd is explained and not there" in told


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
    """Over a whole run: parameters, initial states, agents, outcomes, chronicle, shocks at random."""
    drawn, uniform = set(), Luck._uniform

    def noted(self, name, count):
        drawn.add(name)
        return uniform(self, name, count)

    monkeypatch.setattr(Luck, "_uniform", noted)
    request = small_request()
    simulate(request, range(4))
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
    """Against a lived step: nothing but what the page says is replaced in `decide`."""
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


def test_check_passes_on_the_page_that_is_there(capsys):
    assert main(["odd", "--check"]) == 0
    assert "as the code and seeds/ have it" in capsys.readouterr().out


@pytest.fixture
def a_copy(tmp_path, monkeypatch, text):
    file = tmp_path / "odd.md"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(pages, "page", lambda: file)
    return file


def test_check_ends_with_exit_code_2_and_names_the_table_that_drifted_and_write_mends_it(a_copy, text, capsys):
    a_copy.write_text(text.replace("`strike_deterrence_effect`", "`strike_effect`"), encoding="utf-8")
    assert main(["odd", "--check"]) == 2
    said = capsys.readouterr().err
    assert "parameters" in said
    assert "theories" in said
    assert "levers" not in said
    assert main(["odd", "--write"]) == 0
    assert "theories, parameters written" in capsys.readouterr().out
    assert a_copy.read_text(encoding="utf-8") == text
    assert main(["odd", "--check"]) == 0


def test_odd_refuses_what_it_does_not_know():
    with pytest.raises(RequestError, match="--check, --write or nothing"):
        command.main(["--mend"])


def test_a_region_without_a_table_and_a_table_without_a_region_are_refused():
    page = "<!-- generated: one -->\n\nold\n\n<!-- end -->\n"
    assert regions(page) == {"one": "\nold\n\n"}
    assert filled(page, {"one": "new"}) == "<!-- generated: one -->\n\nnew\n\n<!-- end -->\n"
    assert filled(page, {}) == page
    with pytest.raises(RequestError, match="table 'one', which nothing makes"):
        drifted(page, {"two": "new"})
    with pytest.raises(RequestError, match="no region for the table 'two'"):
        drifted(page, {"one": "new", "two": "new"})
    with pytest.raises(RequestError, match="two regions named 'one'"):
        regions(page + page)


def test_lines_are_of_a_width_to_be_read(words):
    assert not [line for line in words.splitlines() if len(line) > WIDEST and not line.startswith("|")]


def test_every_choice_has_a_number_a_reason_and_no_gap_before_it(text):
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| R\d", line)]
    assert [row[0] for row in rows] == [f"R{number}" for number in range(1, len(rows) + 1)]
    assert all(len(row) in (4, 6) and all(row) for row in rows)
    assert len(rows) > 100
    assert f"R1 to R{len(rows)}" in text
