"""A configuration file from a stranger: it is its option and nothing else, or it is refused unread."""

import pytest

from tests.requests import TINY, WITHDRAWAL

HEAD = "# @package _global_\n"
NODE = "scenario: {name: mine, story: One of my own., levers: {enablers: 0.5}}\n"
WORLD = "name: mine\nstory: A war throughout.\nregime: proxy_war\n"
THEORY = "isis: spent\nstrikes: both\n"
ENSEMBLE = "name: mine\nreplications: 8\nseed: 1\nstep_days: 1\nhorizon: 7\n"
STUDY = "name: mine\ncross: {scenario: [relabel]}\n"
CALLBACK = "hydra: {callbacks: {mine: {_target_: subprocess.Popen, args: [touch, broken_into]}}}\n"
TEXTS = {"world": WORLD, "theory": THEORY, "ensemble": ENSEMBLE, "study": STUDY}


@pytest.fixture
def refused(command, here):
    """Refusal of a file in ./configs by every command that would read it; nothing may come of it."""

    def refusal(group, text, words=None):
        file = here / "configs" / group / "mine.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        commands = {"scenario": ("run", "scenario=mine", *TINY), "study": ("sweep", "study=mine")}
        message = command(*(words or commands.get(group, ("run", WITHDRAWAL, f"{group}=mine")))).error
        assert [path.name for path in here.iterdir()] == ["configs"]
        return message

    return refusal


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (CALLBACK, "hydra"),
        ("hydra: {run: {dir: elsewhere}}\n", "hydra"),
        ("results: elsewhere\n", "results"),
        ("against: none\n", "against"),
        ("loop: closed\n", "loop"),
        ("parameters: {baseline_attack_rate: 1}\n", "parameters"),
        ("beliefs: theirs.yaml\n", "beliefs"),
        ("record: {events: 0}\n", "record"),
        ("workers: 99\n", "workers"),
        ("job_logging: {version: 1}\n", "job_logging"),
        ("study: {name: mine}\n", "study"),
        ("engine: {name: slurm, setup: [touch broken_into]}\n", "engine"),
    ],
    ids=lambda each: each.partition(":")[0],
)
@pytest.mark.parametrize("words", [("run",), ("show", "mine"), ("compare", "mine", "relabel"), ("watch", "mine")])
def test_a_scenario_file_holds_a_scenario_and_what_it_takes_alone(refused, line, name, words):
    command_words = ("run", "scenario=mine", *TINY) if words == ("run",) else words
    assert f"mine.yaml: {name} is not a key at the top of a scenario file" in refused(
        "scenario", HEAD + line + NODE, command_words
    )


@pytest.mark.parametrize("group", ["start", "world", "theory", "ensemble"])
def test_a_scenario_file_changes_no_option_of_another_group(refused, group):
    assert f"{group} appears beside `scenario:`" in refused("scenario", f"{HEAD}{NODE}{group}: {{name: mine}}\n")


@pytest.mark.parametrize(
    "entry",
    [
        "override /hydra/launcher: joblib",
        "override hydra/job_logging: default",
        "/hydra/callbacks: mine",
        "override /start@hydra: 2021-07",
        "override /world: [calm, simulated]",
        "override /world: null",
        "override /world: ../secret",
        "optional /world: calm",
        "/world@elsewhere: calm",
        "override /study: withdrawal_by_theory",
        "relabel",
        "/scenario/relabel",
        "override /start: 2021-07, override /world: calm",
        "start: 2021-07",
    ],
)
def test_a_scenario_takes_options_of_known_groups_by_their_names_alone(refused, entry):
    written = f"{{{entry}}}" if ":" in entry else entry
    message = refused("scenario", f"{HEAD}defaults: [{written}]\n{NODE}")
    assert "mine.yaml: defaults[0] is " in message
    assert "`override /start: NAME`" in message


def test_a_scenario_may_take_every_known_group_and_itself(command, here):
    (here / "configs" / "scenario").mkdir(parents=True)
    taken = (
        "{override /start: 2021-07}, {override /world: calm}, {override /theory: neutral}, {override /ensemble: quick}"
    )
    (here / "configs" / "scenario" / "mine.yaml").write_text(f"{HEAD}defaults: [{taken}, _self_]\n{NODE}")
    result = command("show", "mine")
    assert result.code == 0, result.err
    assert "world: calm" in result.out


@pytest.mark.parametrize("group", TEXTS)
@pytest.mark.parametrize("base", ["[quick, _self_]", "[{override /hydra/launcher: joblib}]", "[_self_]", "null"])
def test_other_files_take_nothing_of_others(refused, group, base):
    assert f"a {group} file takes nothing of other files" in refused(group, f"{TEXTS[group]}defaults: {base}\n")


@pytest.mark.parametrize("group", TEXTS)
@pytest.mark.parametrize("head", ["# @package hydra", "# @package _global_", "#@package x", "\n  # @mode x"])
def test_no_file_but_a_scenario_names_its_package(refused, group, head):
    assert "would put it in another place of the configuration" in refused(group, f"{head}\n{TEXTS[group]}")
    assert "would put it in another place of the configuration" in refused(group, f"# Mine.\n{head}\n{TEXTS[group]}")


def test_a_scenario_names_its_package_once(refused):
    assert "'# @package hydra' would put it in another place" in refused("scenario", f"{HEAD}# @package hydra\n{NODE}")


@pytest.mark.parametrize("group", TEXTS)
def test_a_value_that_is_still_to_be_given_is_named(refused, group):
    message = refused(group, TEXTS[group] + "x: [1, {y: '???'}]\n")
    assert "mine.yaml: x[1].y is ???, which is no value; give one" in message


@pytest.mark.parametrize("words", [("run", WITHDRAWAL), ("list",), ("sweep", "study=withdrawal_by_theory")])
def test_a_folder_that_would_configure_hydra_is_refused(command, here, words):
    (here / "configs" / "hydra" / "launcher").mkdir(parents=True)
    (here / "configs" / "hydra" / "launcher" / "joblib.yaml").write_text(
        "_target_: subprocess.Popen\nargs: [touch, x]\n"
    )
    result = command(*words)
    assert result.code == 2
    assert "configs/hydra would configure Hydra itself" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("base", "fragment"),
    [("mine", "'mine' is built on 'mine'"), ("slurmm", "engine 'slurmm' is unknown. Did you mean slurm?")],
)
def test_an_engine_is_built_on_engines_that_are_there_alone(refused, base, fragment):
    words = ("sweep", "study=withdrawal_by_theory", "engine=mine")
    assert fragment in refused("engine", f"defaults: [{base}, _self_]\npartition: cpu\n", words)


def test_an_engine_takes_no_other_group(refused):
    words = ("sweep", "study=withdrawal_by_theory", "engine=mine")
    message = refused("engine", "defaults: [slurm, {/hydra/callbacks: x}]\n", words)
    assert "defaults[1] is {'/hydra/callbacks': 'x'}; it must be the name of an engine or _self_" in message
