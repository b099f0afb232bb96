"""Every recipe of docs/how-to.md does, applied as written, what it promises."""

import ast
import json

import pytest

from tests.docs.recipes import HOW_TO, applied, python, recipes

LONGEST = 40
TITLES = ("An actor", "A mechanism", "A scenario", "An outcome")
RUN = """
import json, numpy as np
import agents, scenarios
from agents.ensemble.axis import Axis
from scenarios.config.compose import command_request, composed
from tests.evidence.consistency import check_all
from scenarios.simulation.experiment import simulate, staged
from docs.generate.odd.staged import unexplained
check_all()
def simulated(*words, draws=16):
    few = (f"ensemble.replications={draws}", "theory.isis=enablers", "theory.strikes=both", "against=none")
    request = command_request(composed([*few, *words])).request
    axis = Axis.crossing(range(draws))
    iraq = staged(request, axis)[1]
    for _ in range(request.ensemble.steps):
        iraq.step()
    return request, iraq
"""


def printed(title, folder, code):
    """What a script prints on a copy of the project with a recipe applied: one JSON value."""
    ended = python(applied(title, folder), RUN + code)
    assert ended.code == 0, ended.err[-3000:]
    assert str(folder) in ended.out, "the copy was not run"
    return json.loads(ended.out.splitlines()[0])


PLACE = "\nprint(agents.__path__[0])\n"


def test_the_page_has_the_four_recipes_each_with_its_code():
    assert tuple(recipes()) == TITLES
    assert all(recipes().values())


@pytest.mark.parametrize("title", TITLES)
def test_a_recipe_is_short(title):
    lines = sum(len(edit.code.strip("\n").splitlines()) for edit in recipes()[title])
    assert lines <= LONGEST, f"{title} takes {lines} lines"


@pytest.mark.parametrize("title", TITLES)
def test_the_code_of_a_recipe_is_code_and_every_block_of_it_is_applied(title):
    blocks = HOW_TO.read_text(encoding="utf-8").split(f"## {title}")[1].split("\n## ")[0]
    assert blocks.count("```python") + blocks.count("```yaml") == len(recipes()[title])
    for edit in recipes()[title]:
        if edit.file.endswith(".py") and edit.how == "new":
            ast.parse(edit.code)


def test_an_actor_as_written_is_simulated_and_leaves_in_a_civil_war(tmp_path):
    code = """
war = ("+parameters.civil_war_probability_per_confrontation=0.1", "+parameters.crackdown_confrontation_rate=4.4")
ceiling = ("theory.ceiling=wide", "loop=closed")
_, calm = simulated("+scenario=status_quo", "ensemble.horizon=14")
_, torn = simulated("+scenario=disarm_militias", "ensemble.horizon=90", *ceiling, *war, draws=64)
names = [name for name in unexplained(calm)]
print(json.dumps([calm.un_mission.present.tolist(), float(torn.un_mission.present.mean()), names]))
"""
    calm, torn, unexplained = printed("An actor", tmp_path, code + PLACE)
    assert calm == [1.0] * 16
    assert torn < 1.0
    assert not unexplained


def test_a_mechanism_as_written_acts_by_its_parameter_and_is_absent_at_zero(tmp_path):
    code = """
words = ("+scenario=expel_now", "ensemble.horizon=28")
at = lambda value: simulated(*words, f"+parameters.expulsion_pressure_effect_on_rallies={value}")[1].sadrists
without, much = at(0), at(1)
plain = without.on_the_street(without.model.observe().region.distress)
print(json.dumps([float(without.mobilised.mean()), float(much.mobilised.mean())]))
"""
    without, much = printed("A mechanism", tmp_path, code + PLACE)
    assert without < much <= 1.0


def test_a_scenario_as_written_is_shown_in_words_and_runs(tmp_path):
    code = """
request, iraq = simulated("+scenario=pause_and_go", "ensemble.horizon=210")
from scenarios.report.terminal.catalogue import scenario_lines
left = iraq.us_forces.troops.sum(axis=1) / iraq.us_forces.troops_at_start.sum(axis=1)
print(json.dumps([request.start.name, scenario_lines(request), float(left.mean())]))
"""
    start, shown, left = printed("A scenario", tmp_path, code + PLACE)
    assert start == "2021-12"
    assert "pause_and_go [none]" in shown[0]
    assert any("50 %" in line for line in shown)
    assert left < 0.9


def test_an_outcome_as_written_is_counted_with_unit_and_meaning(tmp_path):
    code = """
from scenarios.outcomes import OUTCOMES
request, _ = simulated("+scenario=status_quo", "ensemble.horizon=14")
block = simulate(request, range(4))
print(json.dumps([OUTCOMES["quiet_days"].unit, OUTCOMES["quiet_days"].meaning, block.outcomes["quiet_days"].tolist(),
                  block.series["quiet_days"].shape]))
"""
    unit, meaning, days, shape = printed("An outcome", tmp_path, code + PLACE)
    assert (unit, meaning) == ("days", "Days without an attack on a base or a diplomatic site.")
    assert all(0 <= each <= 14 for each in days)
    assert shape == [2, 4]
