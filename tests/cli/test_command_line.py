"""The commands as a user types them."""

import re

import pytest

import scenarios
from agents.roster import OTHER_TARGETS, SITES
from scenarios import load
from scenarios.cli import COMMANDS, GROUP, TASKS
from scenarios.cli.options import SINGULAR
from scenarios.cli.run import prepared
from scenarios.config import options
from scenarios.config.compose import override
from scenarios.config.hydra_words import quoted
from scenarios.config.policy import LEVERS
from scenarios.config.shocks import KINDS
from scenarios.errors import RequestError, nearest
from scenarios.evidence.disagreements import disagreements
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import hypotheses
from scenarios.outcomes import OUTCOMES
from scenarios.outcomes.escalation import RUNGS
from tests.requests import TINY, WITHDRAWAL, process, script

HEAVY = (
    "numpy", "scipy", "pandas", "pyarrow", "xarray", "mesa", "networkx", "hydra", "omegaconf", "matplotlib", "rich",
    "pydantic",
)  # fmt: skip
RUN = ("run", WITHDRAWAL, *TINY, "workers=1")
IMPORTED = (
    "import sys; from scenarios.__main__ import main; code = main(sys.argv[1:]); "
    "print('IMPORTED', *sorted({name.split('.')[0] for name in sys.modules})); sys.exit(code)"
)


@pytest.mark.parametrize(
    "words", [("--help",), ("help",), (), ("list",), ("list", "scenario"), ("run", "--help"), ("completion", "bash")]
)
def test_help_and_list_import_nothing_heavy(here, words):
    ended = script("-c", IMPORTED, *words, cwd=here)
    assert ended.code == 0, ended.err
    imported = ended.out.strip().splitlines()[-1].split()
    assert imported[0] == "IMPORTED"
    assert "yaml" in imported or words[:1] != ("list",)
    assert not set(HEAVY) & set(imported)


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",), ()])
def test_help_names_every_command_and_every_exit_code(command, words):
    ended = command(*words)
    assert ended.code == 0
    text = " ".join(ended.out.split())
    for name, listed in COMMANDS.items():
        assert f"{name} {listed.meaning}" in text
    assert all(f"{task}:" in ended.out for task in TASKS)
    assert re.search(r"0 done; 2 the request is wrong; 3 finished.*130 interrupted", text)
    assert "not a forecast" in text


def test_help_of_run_names_the_options_on_offer(command):
    ended = command("run", "--help")
    assert ended.code == 0
    for group in ("scenario", "start", "world", "ensemble"):
        for name in options.options(group):
            assert name in ended.out
    assert "theory.QUESTION=POLE" in ended.out


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("words", [("{}", "--help"), ("{}", "-h"), ("help", "{}")], ids=" ".join)
def test_every_command_has_a_page_of_help(command, name, words):
    page = command(*(word.format(name) for word in words))
    assert (page.code, page.err) == (0, "")
    assert page.out.startswith(f"Usage: python -m scenarios {name} ")
    assert COMMANDS[name].meaning[1:] in " ".join(page.out.split())
    assert "-h, --help" in page.out
    assert "\nExamples:\n  python -m scenarios " in page.out


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_of_help_can_be_parsed(name):
    command = GROUP.get_command(None, name)
    for example in command.examples:
        first, *words = example.split()
        assert first == name
        assert command.make_context(name, words).params


@pytest.mark.parametrize("width", [80, 120])
def test_help_is_wrapped_to_the_terminal(command, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = command("run", "--help").out.partition("Examples:")[0].splitlines()
    assert max(map(len, lines)) <= width + 1
    assert any(line.startswith("                          ") for line in lines)


def test_the_version_is_that_of_the_package(command):
    assert command("--version").out == f"scenarios {scenarios.__version__}\n"
    assert {"run", "compare", "load", "explain", "simulate", "__version__"} == set(dir(scenarios))


@pytest.mark.parametrize("name", ["explain", "watch", "explain-run", "new-start", "new-beliefs", "completion"])
def test_a_command_that_needs_words_shows_its_help_without_any(command, name):
    assert command(name) == command(name, "--help")


GROUPS = ("scenario", "start", "world", "theory", "ensemble", "study")


def test_the_first_page_of_list_names_every_option_by_what_happens_to_troops(command):
    ended = command("list")
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 100
    for name in (name for group in GROUPS if group != "theory" for name in options.options(group) if name != "file"):
        assert re.search(rf"  {re.escape(name)}\b", ended.out), name
    for course in options.COURSES:
        assert f"  {course}" in ended.out


def test_a_scenario_of_ones_own_is_listed_apart_unless_it_names_a_group(command, here):
    (here / "configs" / "scenario").mkdir(parents=True)
    for name, group in (("mine", ""), ("yours", "  group: all stay\n")):
        (here / "configs" / "scenario" / f"{name}.yaml").write_text(
            f"# @package _global_\nscenario:\n  name: {name}\n{group}  story: One.\n  levers: {{}}\n"
        )
    lines = {line[2:17].strip(): line for line in command("list").out.splitlines()}
    assert "mine" in lines["others"]
    assert "yours" not in lines["others"]


@pytest.mark.parametrize("group", GROUPS)
def test_list_of_a_kind_has_a_line_about_each_option_and_no_other(command, group):
    kind = SINGULAR[group]
    ended = command("list", kind)
    assert ended == command("list", group)
    names = [line.split()[0] for line in ended.out.splitlines() if line.startswith("  ")]
    assert names == list(options.options(group))


@pytest.mark.parametrize(
    ("kind", "known"),
    [("outcomes", OUTCOMES), ("parameters", beliefs()), ("levers", ["troops", *LEVERS]), ("shocks", KINDS),
     ("sites", [*SITES, *OTHER_TARGETS]), ("questions", hypotheses()), ("disagreements", disagreements())],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_list_names_everything_that_may_be_set_or_is_measured(command, kind, known):
    lines = command("list", kind).out.splitlines()
    assert lines[0].startswith(f"{kind}:")
    assert sorted(line.split()[0] for line in lines[1:]) == sorted(known)


def test_explain_ladder_prints_the_rungs_from_the_top(command):
    lines = command("explain", "ladder").out.splitlines()
    shown = [line for line in lines if re.match(r"  \d  ", line)]
    assert [line[2] for line in shown] == [str(level) for level in reversed(range(len(RUNGS)))]
    assert all(meaning in line for meaning, line in zip(reversed(RUNGS), shown, strict=True))
    assert "counts as an event" in shown[2]


def test_show_describes_a_scenario_and_takes_overrides(command):
    ended = command("show", "full_withdrawal", "start=2019-01", "world=calm")
    assert ended.code == 0
    assert ended.out.startswith("full_withdrawal [SC10]")
    assert "as of 2019-01-01" in ended.out
    assert "world: calm" in ended.out
    assert "2019-01-01  the change is announced" in ended.out


@pytest.mark.parametrize("word", ["+scenario=full_withdrawal", "scenario=full_withdrawal"])
def test_a_scenario_is_requested_with_the_plus_and_without_it(command, here, word):
    ended = command("run", word, *TINY, "workers=1")
    assert ended.code == 0, ended.err
    assert {each.scenario for each in load(here / "results")} == {"full_withdrawal", "status_quo"}


def test_a_run_prints_findings_by_theory_with_caveat_grades_date_and_folder(command, here):
    ended = command(*RUN, "theory.isis=[enablers,spent]", "ensemble.replications=16")
    assert ended.code == 0
    folder = next((here / "results" / "full_withdrawal").iterdir())
    for words in (
        "full_withdrawal as of 2021-12-13, world simulated: 16 replications over 7 days", "less status_quo",
        "attacks on us sites [attacks]", "  enablers", "  spent", "variance of differences", "by grade",
        "never averaged", "not a forecast", f"folder: {folder.relative_to(here)}",
    ):  # fmt: skip
        assert words in ended.out, words
    assert {each.name for each in folder.iterdir()} >= {"manifest.json", "summary.csv", "overview.png"}
    assert ended.err.splitlines()[0] == "0 of 32 replications"
    assert ended.err.splitlines()[1].startswith("32 of 32 replications in")


def test_the_summary_is_a_line_for_every_outcome_and_theory(command, here):
    import pandas as pd

    from scenarios.outcomes import OUTCOMES

    command(*RUN)
    frame = pd.read_csv(next((here / "results" / "full_withdrawal").glob("*/summary.csv")))
    assert sorted(frame["outcome"]) == sorted(OUTCOMES)
    assert list(frame.columns) == ["theory", "outcome", "unit", "mean", "mc_error", "q05", "q50", "q95", "n"]


def test_the_same_command_again_shows_the_same_and_computes_nothing(command):
    first, again = command(*RUN), command(*RUN)
    assert again.out == first.out
    assert again.err == ""


def test_against_none_runs_the_scenario_alone(command, here):
    ended = command(*RUN, "against=none")
    assert ended.code == 0
    assert load(here / "results").scenario == "full_withdrawal"
    assert "less status_quo" not in ended.out
    assert not list(here.rglob("overview.png"))


def test_a_run_may_be_set_against_any_scenario(command, here):
    ended = command(*RUN, "against=relabel")
    assert "less relabel" in ended.out
    assert {each.scenario for each in load(here / "results")} == {"full_withdrawal", "relabel"}


def test_a_sweep_runs_each_of_several_values(command, here):
    ended = command(
        "run", "-m", "+scenario=full_withdrawal,relabel", "world=calm,simulated", "start=2021-12", *TINY, "workers=1"
    )
    assert ended.code == 0, ended.err
    runs = [(run.scenario, run.manifest["world"]) for run in load(here / "results")]
    scenarios = ("full_withdrawal", "relabel", "status_quo")
    assert sorted(runs) == [(scenario, world) for scenario in scenarios for world in ("calm", "simulated")]
    assert ended.out.count("folder: ") == 4


def test_a_job_of_a_sweep_that_is_wrong_ends_the_sweep_with_two(command):
    ended = command("run", "-m", WITHDRAWAL, *TINY, "workers=1", "against=none", "ensemble.horizon=7,5")
    assert ended.code == 2
    assert "ensemble.horizon is 5, outside [7, 1,300] days" in ended.err
    assert "Traceback" not in ended.err


def test_cfg_job_prints_the_composed_configuration_and_stops(command, here):
    import yaml

    ended = command(*RUN, "--cfg", "job")
    assert ended.code == 0
    config = yaml.safe_load(ended.out)
    assert config["scenario"]["name"] == "full_withdrawal"
    assert config["ensemble"]["replications"] == 8
    assert list(here.iterdir()) == []


def test_flags_may_stand_anywhere_among_the_words(command):
    printed = command(*RUN, "--cfg", "job", "world=calm")
    assert printed.code == 0
    assert command("run", "--cfg=job", *RUN[1:], "-cd", ".", "world=calm").out == printed.out


def test_nothing_of_hydra_is_left_behind_in_the_working_folder(command, here):
    command(*RUN)
    assert [each.name for each in here.iterdir()] == ["results"]
    assert sorted(each.name for each in (here / "results").iterdir()) == ["full_withdrawal", "status_quo"]


@pytest.mark.parametrize("name", ["results (1)", "a, b", "it's = mine", "50% [x]", "ünïcode {y}"])
def test_results_may_lie_in_a_folder_of_any_name(command, here, name):
    ended = command(*RUN, f"results={name}", "against=none")
    assert ended.code == 0, ended.err
    assert load(here / name).scenario == "full_withdrawal"


def test_words_are_quoted_for_hydra_once():
    assert quoted("a b") == "'a b'"
    assert quoted("'a b'") == "'a b'"
    assert quoted("it's") == r"'it\'s'"
    assert override("scenario=x") == ["+scenario=x"]
    assert override("+scenario=x") == ["+scenario=x"]
    assert override("theory.isis=[a,b]") == ["theory.isis=[a,b]"]
    assert override("results=a b") == ["results='a b'"]


def test_a_working_folder_of_any_name_may_hold_configurations_of_ones_own(tmp_path, monkeypatch):
    folder = tmp_path / "my project (2), x=y's"
    (folder / "configs" / "scenario").mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert any("my project" in word for word in prepared([WITHDRAWAL]))
    from scenarios.config.compose import composed

    assert composed([WITHDRAWAL])["scenario"]["name"] == "full_withdrawal"


def test_a_reader_that_stops_reading_is_no_error(here):
    import subprocess
    import sys

    with subprocess.Popen([sys.executable, "-m", "scenarios", "list"], cwd=here, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        process.stdout.close()
        error = process.stderr.read()
    assert b"Traceback" not in error


def test_the_nearest_name_is_offered_or_all_of_a_few():
    assert nearest("ful_withdrawal", ["full_withdrawal", "relabel"]) == " Did you mean full_withdrawal?"
    assert nearest("x", ["aaa", "bbb"]) == " Valid: aaa, bbb."
    assert nearest("x", []) == ""
    assert nearest("x", [f"long_{number}" for number in range(20)]).endswith(", ...")


def test_a_module_run_as_a_process_does_the_whole_sentence(here):
    ended = process("run", WITHDRAWAL, *TINY, cwd=here)
    assert ended.code == 0, ended.err
    assert "full_withdrawal as of 2021-12-13" in ended.out
    assert len(load(here / "results")) == 2


def test_a_wrong_group_is_refused(command):
    with pytest.raises(RequestError, match="scenario 'nobody' is unknown"):
        options.scenario("nobody")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check", "--replications=x"), "--replications is 'x'; it must be a whole number from 0"),
        (("check", "--nothing"), "--nothing is not a flag of check. Valid: --help, --replications, --results"),
        (("prior", "--workers"), "--workers needs a value; see `python -m scenarios prior --help`"),
        (("prior", "--workers", "0"), "--workers is '0'; it must be a whole number from 1"),
        (("prior", "12"), "prior: Got unexpected extra argument (12); see `python -m scenarios prior --help`"),
        (("report",), "report needs NAME|FOLDER"),
        (("compare", "relabel", "--pairwise=3"), "--pairwise takes no value"),
        (("--verbose", "list"), "--verbose is not a flag of scenarios"),
        (("list", "-x"), "-x is not a flag of list"),
        (("completion", "fish"), "shell is 'fish'. Valid: bash, zsh."),
        (("explain-run", "x", "²"), "'²' is not the number of a replication"),
        (("explain-run", "x", "--3"), "--3 is not a flag of explain-run"),
        (("explain-run", "x", "9" * 5_000), "is not the number of a replication"),
        (("sweep", "+study=withdrawal_by_theory", "--shard", f"1/{'9' * 5_000}"), "it must be I/N with I from 1 to N"),
        (("sweep", "+study=withdrawal_by_theory", "--timeout", "9" * 400), "--timeout is '999"),
        (("run", WITHDRAWAL, "--resolve"), "--resolve goes with --cfg"),
        (("run", WITHDRAWAL, "--info", "x"), "--info is 'x'"),
        (("run", WITHDRAWAL, "--info", "plugin"), "--info is 'plugin'. Did you mean plugins?"),
        (("run", WITHDRAWAL, "--version"), "--version is not a flag of run"),
        (("run", WITHDRAWAL, "-m", "--cfg", "job"), "-m and --cfg do not go together"),
        (("replay", "x", "/²"), "the replication is '²'; it must be a whole number from 0"),
    ],
)
def test_arguments_that_a_command_cannot_read_are_refused_in_one_line(command, words, message):
    assert message in command(*words).error
