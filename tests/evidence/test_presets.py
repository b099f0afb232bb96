"""Theory presets are derived from the claims; the shipped files say nothing else."""

from math import prod
from pathlib import Path

import numpy as np
import pytest
import yaml

from agents.ensemble.axis import Axis
from docs.generate.__main__ import generate
from docs.generate.presets import files, preset_file
from scenarios import resources
from scenarios.config.compose import command_request, composed
from scenarios.errors import RequestError
from scenarios.evidence import weights
from scenarios.evidence.disagreements import weighed_poles
from scenarios.evidence.theories import hypotheses, strata
from scenarios.evidence.weights import count_points, leading
from scenarios.simulation.experiment import simulate_draws, staged
from tests.evidence.conftest import forget_seeds

ARTICLES = {"s000": "S000", "s001": "S001", "s002": "S002", "s003": "S003", "s004": "S004"}
NAMES = (*ARTICLES, "neutral")
RECOGNISED = {
    "s000": {"command": ["iran"], "timetable": ["embolden"]},
    "s001": {"isis": ["spent"], "pledge": ["label"]},
    "s002": {"departure": ["three_years"]},
    "s003": {"timetable": ["lull"], "displacement": ["open"]},
    "s004": {"isis": ["seam", "feuds"], "strikes": ["provoke"], "command": ["factions"]},
}


def shipped_text(name: str) -> str:
    return (resources.configs() / "theory" / f"{name}.yaml").read_text(encoding="utf-8")


def shipped(name: str) -> dict[str, list[str]]:
    poles_of = yaml.safe_load(shipped_text(name))
    return {question: [poles] if isinstance(poles, str) else poles for question, poles in poles_of.items()}


def theories_of(name: str) -> int:
    return prod(map(len, shipped(name).values()))


def test_there_is_a_preset_for_every_article_and_one_for_none():
    assert tuple(weights.presets()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_file_is_what_the_claims_give(name: str):
    assert shipped_text(name) == preset_file(name), "run `python -m docs.generate presets`"


@pytest.mark.parametrize("name", ARTICLES)
def test_a_preset_takes_the_pole_that_leads_in_its_article_both_ways_and_else_the_neutral_ones(name: str):
    for question, theory in hypotheses().items():
        number, article = theory.number, ARTICLES[name]
        ways = [leading(count_points(number, by_count=by_count, only=article)) for by_count in (False, True)]
        row = ways[0] if ways[0] == ways[1] and ways[0] in weighed_poles()[number] else None
        due = [pole.name for pole in theory.poles.values() if pole.weight_of == row] if row else list(theory.neutral)
        assert shipped(name)[question] == due, question


def test_the_neutral_preset_takes_the_neutral_poles_of_every_question():
    assert shipped("neutral") == {name: list(each.neutral) for name, each in hypotheses().items()}


def test_neutral_poles_change_nothing_or_prefer_no_side():
    for name, theory in hypotheses().items():
        if len(theory.neutral) == 1 and name not in ("outbidding", "presence"):
            assert not theory.poles[theory.neutral[0]].changes, name
    assert hypotheses()["isis"].neutral == tuple(hypotheses()["isis"].poles)


def test_the_default_names_every_question_and_is_that_of_theories_yaml():
    assert shipped("default") == {name: list(each.default) for name, each in hypotheses().items()}


@pytest.mark.parametrize("name", RECOGNISED)
def test_a_reader_of_the_article_recognises_its_world(name: str):
    assert RECOGNISED[name].items() <= shipped(name).items()


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_composed_by_its_name_and_gives_strata(name: str):
    chosen = composed(["+scenario=status_quo", f"theory={name}"])["theory"]
    assert {q: [p] if isinstance(p, str) else p for q, p in chosen.items()} == shipped(name)
    assert len(strata(chosen)) == theories_of(name)


def test_a_preset_drifts_when_a_claim_changes_sides(seeds: Path):
    file = seeds / "hypotheses.csv"
    text = file.read_text(encoding="utf-8")
    lull = "S003-02 S003-34,S003:6,0.500"
    embolden = "S000-37 S000-38,S000:6,0.500"
    assert lull in text
    assert embolden in text
    swapped = text.replace(lull, "@").replace(embolden, lull).replace("@", embolden)
    file.write_text(swapped, encoding="utf-8")
    forget_seeds()
    assert [name for name in NAMES if preset_file(name) != shipped_text(name)] == ["s000", "s003"]
    assert weights.preset("s000")["timetable"].poles == ("lull",)


def test_the_files_that_differ_are_written_and_then_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "configs" / "theory").mkdir(parents=True)
    monkeypatch.setattr(resources, "configs", lambda: tmp_path / "configs")
    assert all(line.endswith(": all of it") for line in generate(files(), check=False))
    assert all(line.endswith(": unchanged") for line in generate(files(), check=True))


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(RequestError, match=r"preset 's005' is unknown. Did you mean s00\d"):
        weights.preset("s005")


@pytest.mark.parametrize("name", NAMES)
def test_a_withdrawal_runs_in_the_world_of_every_article_under_each_of_its_theories(name: str):
    words = ("+scenario=full_withdrawal", f"theory={name}", "against=none", "ensemble.horizon=14")
    request = command_request(composed([*words, "ensemble.replications=8"])).request
    block = simulate_draws(request, range(2))
    assert len(block.outcomes["deaths"]) == 2 * theories_of(name)
    assert all(np.isfinite(block.outcomes[each]).all() for each in ("deaths", "attacks_on_us", "isis_attacks"))


def test_what_an_article_prefers_is_drawn_and_not_only_named():
    """S001 takes a pledge for a label, of which nothing is carried out; without a pole some of it is."""
    drawn = {}
    for name in ("s001", "neutral"):
        words = ["+scenario=relabel", f"theory={name}", "against=none", "ensemble.horizon=7"]
        request = command_request(composed([*words, "ensemble.replications=64"])).request
        axis = Axis.crossing(range(16), len(request.strata))
        drawn[name] = np.mean(staged(request, axis)[1].assumed.us_forces.realised_fraction_of_announced_cut)
    assert drawn["s001"] == 0 < drawn["neutral"]
