"""Scenarios, starts and beliefs of one's own: read from their places, and never confused with what ships."""

import pytest
import yaml

from scenarios import load
from scenarios.config import options
from scenarios.evidence.parameters import beliefs
from tests.cli.completing import offered
from tests.requests import ROOT, TINY, WITHDRAWAL, asks

RUN = ("run", "+scenario=mine", *TINY, "workers=1")
MINE = """# @package _global_
# Half of the troops leave.
defaults:
  - override /start: 2021-07
scenario:
  name: {name}
  code: MY01
  story: Half of the troops leave within a week.
  claims: []
  levers:
    troops: {{announced: [[0, 1], [2021-08-06, {share}]], announced_on: [0]}}
    enablers: 5e-1
"""


def write(folder, name="mine", share=0.5, group="scenario"):
    file = folder / group / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(MINE.format(name=name, share=share))
    return file


def by_name(folder):
    return {each.scenario: each for each in load(folder / "results")}


def test_a_scenario_in_configs_of_the_working_folder_is_found_with_its_start_and_baseline(command, here):
    write(here / "configs")
    result = command(*RUN)
    assert result.code == 0, result.err
    runs = by_name(here)
    assert set(runs) == {"mine", "status_quo"}
    assert {each.manifest["start"] for each in runs.values()} == {"2021-07"}
    share = runs["mine"].to_xarray(["troops"])["troops"] / runs["status_quo"].to_xarray(["troops"])["troops"]
    assert float(share.max()) < 0.9


def test_a_scenario_by_config_dir_is_found_and_may_be_a_baseline(command, here):
    write(here / "elsewhere")
    result = command(*RUN, "--config-dir", "elsewhere")
    assert result.code == 0, result.err
    assert set(by_name(here)) == {"mine", "status_quo"}
    result = command("run", WITHDRAWAL, *TINY, "workers=1", "start=2021-07", "against=mine", "--config-dir=elsewhere")
    assert result.code == 0, result.err
    assert "full_withdrawal against mine" in result.out
    assert set(by_name(here)) == {"mine", "status_quo", "full_withdrawal"}


def test_a_baseline_of_ones_own_is_the_same_experiment_as_its_own_run(command, here):
    """Read by Hydra in the one case and without it in the other: dates and exponents included."""
    write(here / "configs")
    assert command(*RUN, "against=none").code == 0
    (folder,) = (here / "results" / "mine").iterdir()
    result = command("run", WITHDRAWAL, *TINY, "workers=1", "start=2021-07", "against=mine")
    assert result.code == 0, result.err
    assert [each.name for each in (here / "results" / "mine").iterdir()] == [folder.name]


def test_a_scenario_of_ones_own_is_listed_shown_and_completed(command, here):
    write(here / "configs")
    assert "mine" in command("list", "scenario").out
    shown = command("show", "mine").out
    assert "mine [MY01]" in shown
    assert "announced troops: from 100 % of the start to 50 % of the start by 2021-08-06" in shown
    assert offered("run", "+scenario=mi") == ["+scenario=mine"]


def test_a_scenario_by_config_dir_may_be_shown(command, here):
    write(here / "elsewhere")
    assert "mine [MY01]" in command("show", "mine", "--config-dir", "elsewhere").out


@pytest.mark.parametrize("group", ["world", "scenario"])
def test_a_file_given_where_a_name_belongs_is_refused_with_its_place(command, here, group):
    words = (f"{group}=mine.yaml",) if group == "scenario" else (WITHDRAWAL, f"{group}=mine.yaml")
    message = command("run", *words, *TINY).error
    assert f"Put the file at ./configs/{group}/mine.yaml and write {group}=mine" in message


def test_the_shipped_scenarios_remain_beside_ones_own(command, here):
    write(here / "configs")
    assert command("run", WITHDRAWAL, *TINY, "workers=1").code == 0


@pytest.mark.parametrize("where", ["configs", "elsewhere"])
def test_a_file_of_ones_own_under_a_name_that_ships_is_refused(command, here, where):
    """Else Hydra would take the one, and whatever reads files without it the other."""
    file = write(here / where, name="status_quo")
    words = () if where == "configs" else ("--config-dir", where)
    message = command("run", WITHDRAWAL, *TINY, *words).error
    assert str(file.relative_to(here)) in message
    assert "a scenario named status_quo ships; give yours a name of its own" in message
    assert command("show", "full_withdrawal", *words).error == message
    assert not (here / "results").exists()


def test_an_unaltered_copy_of_what_ships_is_no_trouble(command, here):
    write(here / "configs")
    text = (ROOT / "configs" / "scenario" / "status_quo.yaml").read_text()
    (here / "configs" / "scenario" / "status_quo.yaml").write_text(text)
    assert command(*RUN).code == 0


def test_a_configs_folder_that_is_a_package_of_another_project_does_no_harm(command, here):
    (here / "configs").mkdir()
    (here / "configs" / "__init__.py").write_text("raise RuntimeError('imported')\n")
    (here / "configs" / "config.yaml").write_text("defaults: [nothing]\n")
    result = command("run", WITHDRAWAL, *TINY, "workers=1")
    assert result.code == 0, result.err


def test_a_scenario_of_ones_own_that_is_broken_is_named(command, here):
    write(here / "configs", share=-1)
    assert "scenario.levers.troops.announced[1] is -1, outside [0, 10]" in command(*RUN).error


def test_a_file_without_a_scenario_in_it_is_named_where_it_is_a_baseline(command, here):
    write(here / "configs").write_text("# @package _global_\nstory: none\n")
    message = command("run", WITHDRAWAL, *TINY, "against=mine").error
    assert "scenario 'mine' has no `scenario:` mapping" in message
    assert "mine.yaml" in message


@pytest.fixture
def start(here):
    """A start of one's own, made of one that ships."""
    content = yaml.safe_load((ROOT / "seeds" / "starts" / "2021-07.yaml").read_text())
    content["date"] = "2022-03-01"
    content["title"] = "A spring of one's own."
    content["states"]["troops_anbar"]["prior"] = {"fixed": 4_000}

    def written(name="spring.yaml"):
        (here / name).write_text(yaml.safe_dump(content))
        return name

    return written


@pytest.mark.parametrize("name", ["spring.yaml", "my spring (2), x.yml"])
def test_a_start_of_ones_own_sets_date_and_state_for_both_scenarios(command, here, start, name):
    result = command("run", WITHDRAWAL, *TINY, "workers=1", f"start={start(name)}")
    assert result.code == 0, result.err
    assert "full_withdrawal against status_quo | 1 Mar 2022" in result.out
    for run in by_name(here).values():
        assert run.manifest["as_of"] == "2022-03-01"
        assert run.manifest["start"] == name.rpartition(".")[0]
    assert by_name(here)["status_quo"].to_xarray(["troops"])["troops"].min() > 4_000


def test_a_start_of_ones_own_may_be_shown(command, start):
    assert "as of 2022-03-01 (A spring of one's own.)" in command("show", "full_withdrawal", f"start={start()}").out


def test_beliefs_of_ones_own_take_the_place_of_the_shipped_ones_and_of_no_others(here):
    (here / "mine.yaml").write_text(
        "expert: me\npriors:\n  baseline_attack_rate: {prior: {uniform: {low: 0.2, high: 0.4}}, because: I was there}\n"
    )
    own = asks("beliefs=mine.yaml").beliefs
    assert own["baseline_attack_rate"].prior.kind == "uniform"
    assert own["baseline_attack_rate"].because == "I was there"
    assert own["baseline_attack_rate"].grade == "D"
    assert {name for name, belief in own.items() if belief != beliefs()[name]} == {"baseline_attack_rate"}


def test_beliefs_of_ones_own_are_drawn_from(command, here):
    (here / "my beliefs (1).yaml").write_text(
        "expert: me\npriors:\n  baseline_attack_rate: {prior: {uniform: {low: 0.2, high: 0.4}}, because: I was there}\n"
    )
    result = command("run", WITHDRAWAL, *TINY, "workers=1", "beliefs=my beliefs (1).yaml")
    assert result.code == 0, result.err
    for run in by_name(here).values():
        assert run.parameters["baseline_attack_rate"].between(0.2, 0.4).all()


def test_a_parameter_fixed_at_a_value_of_ones_own_is_no_longer_drawn(command, here):
    result = command("run", WITHDRAWAL, *TINY, "workers=1", "+parameters.baseline_attack_rate=0.3")
    assert result.code == 0, result.err
    assert "baseline_attack_rate" not in by_name(here)["full_withdrawal"].parameters.columns
    assert by_name(here)["full_withdrawal"].manifest["request"]["given"] == {"baseline_attack_rate": 0.3}


def test_the_catalog_knows_ones_own_folders_first(here):
    write(here / "configs")
    write(here / "elsewhere", name="theirs")
    assert options.folders(here / "elsewhere")[:2] == [here / "elsewhere", here / "configs"]
    assert {"mine", "theirs", "status_quo"} <= set(options.options("scenario", here / "elsewhere"))
    assert options.natural_start("mine") == "2021-07"
