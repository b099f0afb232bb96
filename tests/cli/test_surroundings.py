"""Where a user calls from changes nothing: names in the folder, daemons, closed streams, long paths, switches."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import util
from pathlib import Path
from types import SimpleNamespace

import pytest

from scenarios import packages, streams
from scenarios.__main__ import main
from scenarios.execution import Done, pool, to_stderr
from scenarios.execution.pool import Pool, parallel
from scenarios.execution.progress import Progress
from scenarios.execution.serial import Serial
from scenarios.outcomes import OUTCOMES
from scenarios.resources import docstring
from tests.execution import jobs
from tests.requests import ONE_THEORY, ROOT, process, script

RUN = ("run", "+scenario=relabel", *ONE_THEORY, "against=none", "ensemble.replications=600", "ensemble.horizon=14",
       "workers=2")  # fmt: skip
API = (
    "import scenarios; print(scenarios.run('relabel', theory={'isis': 'enablers', 'strikes': 'both'}, against='none', "
    "replications=600, horizon=14, workers=2).path.name)"
)
NOT_OURS = "raise RuntimeError('this is not ours')\n"
LIBRARIES = ("random", "yaml", "numpy", "statistics", "pandas", "typing", "warnings", "logging", "hydra", "joblib",
             "submitit", "cloudpickle", "tests", "configs", "seeds")  # fmt: skip


def ran(folder: Path) -> set[str]:
    """Identifiers of the runs in a folder."""
    return {file.parent.name for file in folder.glob("results/relabel/*/manifest.json")}


@pytest.fixture(scope="module")
def same():
    """The identifier of the run, wherever it is made."""
    from scenarios.config.compose import composed
    from scenarios.config.request import request
    from scenarios.store.identity import identify

    return identify(request(composed(RUN[1:-1])))


def put(folder: Path, kind: str) -> None:
    """Something of the user's that is called as a package of ours, or of others."""
    if kind == "a module agents":
        (folder / "agents.py").write_text(NOT_OURS)
    elif kind == "a package agents":
        (folder / "agents").mkdir()
        (folder / "agents" / "__init__.py").write_text(NOT_OURS)
    elif kind == "another version of agents":
        shutil.copytree(ROOT / "agents", folder / "agents", ignore=shutil.ignore_patterns("__pycache__"))
        with (folder / "agents" / "factions.py").open("a") as file:
            file.write("\nNUMBER = 1\n")
    elif kind == "folders":
        for name in ("agents", "scenarios"):
            (folder / name).mkdir()
            (folder / name / "mine.yaml").touch()
    else:
        for name in LIBRARIES:
            (folder / f"{name}.py").write_text(NOT_OURS)


KINDS = ("a module agents", "a package agents", "another version of agents", "folders", "libraries")


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_user_keeps_in_the_working_folder_does_not_change_a_run_of_the_module(tmp_path, same, kind):
    put(tmp_path, kind)
    ended = process(*RUN, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert ran(tmp_path) == {same}


@pytest.mark.parametrize("kind", [*KINDS, "a module scenarios"])
def test_nor_a_run_of_the_script_nor_its_workers(tmp_path, same, kind):
    command = Path(sys.executable).with_name("scenarios")
    if not command.exists():
        pytest.skip("the package is not installed")
    if kind == "a module scenarios":
        (tmp_path / "scenarios.py").write_text(NOT_OURS)
    else:
        put(tmp_path, kind)
    ended = subprocess.run([command, *RUN], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ran(tmp_path) == {same}


@pytest.mark.parametrize("kind", KINDS[:3])
def test_nor_a_run_from_python(tmp_path, same, kind):
    put(tmp_path, kind)
    ended = script("-c", API, cwd=tmp_path)
    assert ended.out.split() == [same], ended.err


def test_a_script_elsewhere_runs_in_a_folder_with_a_module_scenarios(tmp_path, same):
    """Its own folder is on the path of the script, and the working folder on that of the server of its workers."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.py").write_text(API)  # without a guard of its main module
    (tmp_path / "scenarios.py").write_text(NOT_OURS)
    ended = script("elsewhere/mine.py", cwd=tmp_path)
    assert ended.out.split() == [same], ended.err


@pytest.mark.parametrize("launcher", ["joblib", "submitit_local"])
def test_launchers_start_our_packages_too(tmp_path, same, launcher):
    pytest.importorskip(f"hydra_plugins.hydra_{launcher.partition('_')[0]}_launcher", reason="the extra `cluster`")
    put(tmp_path, "a module agents")
    put(tmp_path, "libraries")
    words = [word for word in RUN[1:] if not word.startswith("workers")]
    ended = process("run", "-m", *words, "workers=1", f"hydra/launcher={launcher}", cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert ran(tmp_path) == {same}


def test_another_agents_that_was_imported_before_is_named(tmp_path):
    (tmp_path / "agents.py").write_text("MINE = True\n")
    ended = script("-c", "import agents, scenarios", cwd=tmp_path)
    assert ended.code == 1
    last = ended.err.strip().splitlines()[-1]
    assert last.startswith(f"ImportError: {tmp_path / 'agents.py'} was imported as 'agents' in place of ")


def test_a_command_and_its_workers_share_one_home():
    ended = script("-c", "import agents, scenarios; print(agents.__file__, scenarios.__file__)", cwd=Path("/"))
    assert {str(Path(file).parents[1]) for file in ended.out.split()} == {packages.HOME} == {str(ROOT)}


def run_here(number: int) -> tuple[str, int]:
    """A run with two workers requested, inside whatever process calls it."""
    results = list(parallel(2).results(jobs.process_of, range(3)))
    return type(parallel(2)).__name__, len({done.value[0] for done in results})


def test_a_daemon_works_by_itself_alone():
    with multiprocessing.get_context("spawn").Pool(2) as workers:
        assert set(workers.map(run_here, range(2))) == {("Serial", 1)}


def test_a_process_that_is_no_daemon_has_workers_of_its_own():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as workers:
        assert workers.submit(run_here, 0).result()[0] == "Pool"


def test_a_whole_run_inside_a_pool_has_the_same_identifier(tmp_path, same):
    (tmp_path / "many.py").write_text(
        "import multiprocessing\n"
        f"def one(number):\n    {API}\n"
        "if __name__ == '__main__':\n    with multiprocessing.Pool(1) as workers:\n        workers.map(one, range(1))\n"
    )
    ended = script("many.py", cwd=tmp_path)
    assert ended.out.split() == [same], ended.err


def test_pools_in_many_threads_leave_the_main_module_and_the_environment_as_they_were():
    main_module, before = sys.modules["__main__"], dict(os.environ)
    results: list[Done] = []

    def work() -> None:
        results.extend(Pool(2).results(jobs.doubled, range(3)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done.value for done in results) == sorted([0, 2, 4] * 4)
    assert sys.modules["__main__"] is main_module
    assert dict(os.environ) == before


def test_a_long_path_for_temporary_files_is_no_obstacle(tmp_path, same):
    long = tmp_path / ("x" * 130)
    long.mkdir()
    ended = process(*RUN, cwd=tmp_path, TMPDIR=str(long))
    assert ended.code == 0, ended.err
    assert ran(tmp_path) == {same}
    assert not any(long.iterdir())


@pytest.mark.parametrize(("length", "method"), [(10, "forkserver"), (70, "forkserver"), (90, "spawn"), (200, "spawn")])
def test_workers_are_forked_from_a_server_where_its_socket_has_room(monkeypatch, length, method):
    monkeypatch.setattr(util, "get_temp_dir", lambda: "/" + "x" * (length - 1))
    assert pool._context().get_start_method() == method


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
def test_a_run_whose_streams_are_closed_is_made(tmp_path, same, closed):
    command = " ".join([f"'{sys.executable}'", "-m", "scenarios", *RUN])
    ended = subprocess.run(["sh", "-c", f"{command} {closed}"], cwd=tmp_path, check=False, capture_output=True)
    assert ended.returncode == 0, ended.stderr
    assert ran(tmp_path) == {same}


@pytest.mark.parametrize(
    ("words", "code"), [("list", 0), ("explain deaths", 0), ("nonsense", 2), ("run +scenario=x", 2)]
)
def test_commands_without_streams_end_with_their_own_code(tmp_path, words, code):
    command = f"'{sys.executable}' -m scenarios {words} <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == code


@pytest.mark.parametrize("streams_that_lack", [("stderr",), ("stdout",), ("stdin", "stdout", "stderr")])
def test_a_command_within_a_process_that_has_no_streams_goes_on(monkeypatch, streams_that_lack):
    for name in streams_that_lack:
        monkeypatch.setattr(sys, name, None)
    assert main(["list"]) == 0
    assert main(["no-such-command"]) == 2
    assert all(getattr(sys, name) is not None for name in streams.NAMES)


def test_without_a_terminal_progress_is_a_line_every_ten_seconds(monkeypatch, capsys):
    clock = iter([0.0, 0.0, 4.0, 11.0, 15.0, 22.0])
    monkeypatch.setattr("scenarios.execution.progress.time", SimpleNamespace(monotonic=lambda: next(clock)))
    with Progress() as progress:
        for done in (0, 10, 20, 30, 40):
            progress(done, 40)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["0 of 40 replications", "20 of 40 replications in 11.0 s", "40 of 40 replications in 22.0 s"]


@pytest.mark.parametrize("closed", [False, True])
def test_progress_and_messages_are_dropped_where_there_is_no_standard_error(monkeypatch, capsys, tmp_path, closed):
    file = (tmp_path / "closed").open("w")
    file.close()
    monkeypatch.setattr(sys, "stderr", file if closed else None)
    with Progress() as progress:
        progress(0, 10)
        progress(10, 10)
    to_stderr("a message")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("switch", ["-O", "-OO"])
def test_a_python_without_docstrings_and_assertions_makes_the_same_run(tmp_path, same, switch):
    ended = script(switch, "-m", "scenarios", *RUN, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert ran(tmp_path) == {same}


@pytest.mark.parametrize(
    "words",
    [
        "scenarios list", "scenarios explain ladder_max", "scenarios check --help", "scenarios report --help",
        "docs.generate odd --check",
    ],
)  # fmt: skip
def test_commands_say_the_same_without_docstrings(words):
    plain = script("-m", *words.split(), cwd=ROOT)
    assert plain.code == 0, plain.err
    assert script("-OO", "-m", *words.split(), cwd=ROOT) == plain


def test_meanings_of_outcomes_are_those_of_the_source_without_docstrings(tmp_path):
    code = "from scenarios.outcomes import OUTCOMES\nfor each in OUTCOMES.values(): print(each.name, each.meaning)"
    ended = script("-OO", "-c", code, cwd=tmp_path)
    assert ended.out.splitlines() == [f"{each.name} {each.meaning}" for each in OUTCOMES.values()], ended.err


@pytest.mark.parametrize("switch", ["-O", "-OO"])
def test_docstrings_of_modules_classes_and_functions_are_read_alike(tmp_path, switch):
    code = (
        "from scenarios import streams\nfrom scenarios.execution.serial import Serial\n"
        "from scenarios.resources import docstring\n"
        "for thing in (streams, Serial, Serial.results, streams.stand_in): print(docstring(thing))"
    )
    expected = "\n".join(map(docstring, (streams, Serial, Serial.results, streams.stand_in)))
    ended = script(switch, "-c", code, cwd=tmp_path)
    assert ended.out == f"{expected}\n", ended.err
