"""Names of options that YAML, Hydra or a terminal would read as something else: they run wherever they are given."""

import os
from unicodedata import normalize

import pytest

import scenarios
from scenarios import load
from scenarios.config.compose import composed
from scenarios.config.hydra_words import option_name
from scenarios.errors import RequestError
from tests.requests import TINY, WITHDRAWAL, process

SCENARIO = "# @package _global_\nscenario: {name: %s, story: One of my own., levers: {enablers: 0.5}}\n"
WORLD = "name: %s\nstory: A calm of my own.\nregime: calm\n"
RETYPED = ("2025", "2030", "true", "1e3", "null", "on", "1_0", "0027", "1-0", "0x1F", "no", "nan", "inf", "20250101")
LETTERS = ("été", "حرب", "हिन्दी", "ação_2", "日本")


@pytest.fixture
def own(here):
    """Write a scenario or a world of one's own under a name, as the file system has it and as the file contains it."""

    def written(group, name, within=None):
        file = here / "configs" / group / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text({"scenario": SCENARIO, "world": WORLD}[group] % (within or name), encoding="utf-8")
        return name

    return written


def ran(here):
    return {(each.scenario, each.manifest["world"]) for each in load(here / "results")}


@pytest.mark.parametrize("name", [*RETYPED, *LETTERS])
def test_a_scenario_and_a_world_of_any_name_are_composed_unchanged(own, name):
    own("scenario", name)
    own("world", name)
    config = composed([f"+scenario={name}", f"world={name}", *TINY])
    assert (config["scenario"]["name"], config["world"]["name"]) == (name, name)


@pytest.mark.parametrize("name", ["2025", "true", "été", "हिन्दी"])
def test_a_scenario_of_any_name_runs_and_is_a_baseline_of_others(command, own, here, name):
    own("scenario", name)
    own("world", "1e3")
    assert command("run", f"+scenario={name}", "world=1e3", *TINY, "workers=1").code == 0
    result = command("run", WITHDRAWAL, "world=1e3", f"against={name}", *TINY, "workers=1")
    assert f"full_withdrawal against {name}" in result.out
    assert ran(here) == {(name, "1e3"), ("status_quo", "1e3"), ("full_withdrawal", "1e3")}


def test_several_runs_take_names_that_hydra_would_read_otherwise(command, own, here):
    own("scenario", "2025")
    own("scenario", "été")
    own("world", "null")
    result = command("run", "-m", "+scenario=2025,été", "world=null,simulated", "against=none", *TINY, "workers=1")
    assert result.code == 0, result.err
    assert ran(here) == {(name, world) for name in ("2025", "été") for world in ("null", "simulated")}


def test_names_run_from_python_unchanged(own, here):
    own("scenario", "2025")
    own("world", "1e3")
    theory = {"isis": "enablers", "strikes": "both"}
    run = scenarios.run(2025, world="1e3", against="2025", replications=8, horizon=7, theory=theory)
    assert (run.scenario, run.manifest["world"]) == ("2025", "1e3")


@pytest.mark.parametrize("group", ["scenario", "world"])
@pytest.mark.parametrize(
    ("on_disk", "within", "typed"), [("NFD", "NFC", "NFC"), ("NFC", "NFD", "NFD"), ("NFD", "NFD", "NFC")]
)
def test_a_letter_is_the_same_however_it_is_coded(own, group, on_disk, within, typed):
    file, name, word = (normalize(form, "décembre") for form in (on_disk, within, typed))
    own(group, file, name)
    words = [f"+scenario={word}"] if group == "scenario" else [WITHDRAWAL, f"world={word}"]
    assert composed([*words, *TINY])[group]["name"] == normalize("NFC", "décembre")


def test_a_start_is_found_however_its_letters_are_coded(command, here):
    command("new-start", normalize("NFD", "été.yaml"), "from=2021-07")
    assert "as of 2021-07-30" in command("show", "relabel", f"start={normalize('NFC', 'été.yaml')}").out


@pytest.mark.parametrize("name", ["été", "2026", "a b", "x*", "a:b"])
def test_a_name_that_is_unknown_is_named_as_such_and_not_as_grammar(own, name):
    own("scenario", "2025")
    with pytest.raises(RequestError, match="is unknown"):
        composed([f"+scenario={name}", *TINY])


def test_a_baseline_that_is_unknown_is_named_as_such(command):
    assert "scenario 'étée' is unknown" in command("run", WITHDRAWAL, *TINY, "against=étée").error


def test_a_name_is_in_quotation_marks_where_hydra_would_read_something_else():
    assert option_name("calm") == "calm"
    assert option_name("2030") == "'2030'"
    assert option_name("a,b") == "'a,b'"
    assert option_name("null") == "'null'"
    assert option_name("glob(*)") == "'glob(*)'"


@pytest.mark.parametrize(
    "words", [("list",), ("show", "قصة"), ("explain", "قصة"), ("run", "--help")], ids=lambda w: w[0]
)
@pytest.mark.parametrize("coding", ["ascii", "latin-1"])
def test_letters_that_a_terminal_lacks_are_replaced(own, here, words, coding):
    own("scenario", "قصة")
    result = process(*words, cwd=here, PYTHONIOENCODING=coding)
    assert result.code == 0, result.err
    assert "???" in result.out
    assert "Traceback" not in result.err


DRAFTS = {
    "scenario/pipe": None,
    "scenario/bytes": b"\xff\xfe\x00",
    "scenario/laughs": b"a: &a [1]\nb: [*a, *a]\n",
    "scenario/no_list": b"# @package _global_\nscenario: {name: no_list}\ndefaults: 3\n",
    "world/deep": b"[" * 60_000,
    "world/secret": b"name: secret\nstory: ${oc.env:HOME}\nregime: calm\n",
    "world/code": b"name: !!python/name:os.system x\n",
    "ensemble/digits": b"seed: " + b"9" * 5_000,
    "theory/mapping": b"- isis\n",
    "study/large": b"name: large\nstory: " + b"x" * 2_000_000,
}


def test_drafts_that_cannot_be_read_are_named_and_all_others_listed(command, here):
    for place, content in DRAFTS.items():
        file = here / "configs" / f"{place}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            os.mkfifo(file)
        else:
            file.write_bytes(content)
    result = command("list")
    assert result.code == 0
    for place in DRAFTS:
        name = place.partition("/")[2]
        (line,) = [line for line in result.out.splitlines() if line.startswith(f"  {name} ")]
        assert "cannot be used: " in line
        assert f"{place}.yaml" in line
    assert "full_withdrawal" in result.out
    assert command("run", WITHDRAWAL, *TINY, "workers=1").code == 0


@pytest.mark.parametrize("place", [place for place in DRAFTS if not place.startswith(("ensemble", "theory", "study"))])
def test_a_draft_that_cannot_be_read_is_refused_before_hydra_opens_it(command, here, place):
    group, _, name = place.partition("/")
    for folder, flags in (("configs", ()), ("elsewhere", ("--config-dir", "elsewhere"))):
        file = here / folder / f"{place}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        if DRAFTS[place] is None:
            os.mkfifo(file)
        else:
            file.write_bytes(DRAFTS[place])
        words = (f"+scenario={name}",) if group == "scenario" else (WITHDRAWAL, f"world={name}")
        assert f"{place}.yaml" in command("run", *words, *TINY, *flags).error
        file.unlink()


def test_a_folder_of_hydras_own_groups_in_configs_is_not_read(command, here):
    file = here / "configs" / "hydra" / "launcher" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("_target_: os.abort\n")
    assert command("run", "-m", WITHDRAWAL, *TINY, "workers=1", "hydra/launcher=mine").code == 2


def test_the_start_that_a_scenario_takes_is_a_name_whatever_it_looks_like(command, own, here):
    own("world", "2030")
    own("scenario", "mine")
    file = here / "configs" / "scenario" / "mine.yaml"
    file.write_text(file.read_text() + "defaults: [{override /world: 2030}]\n")
    assert composed(["+scenario=mine", *TINY])["world"]["name"] == "2030"
