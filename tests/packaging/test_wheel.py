"""The wheel, installed in a fresh environment: it carries all it needs and finds it from any folder."""

import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

from scenarios import load
from scenarios.store.identity import identify
from tests.requests import ROOT, TINY, WITHDRAWAL, asks, assert_same_content, carried_out

PARTS = ("agents", "scenarios", "configs", "seeds", "pyproject.toml", "README.md", "LICENSE")
SETUPTOOLS_THAT_KNOWS_OUR_METADATA = 77


class Installed(NamedTuple):
    """A fresh environment that holds the wheel alone, and sees the dependencies of this one."""

    python: Path
    wheel: Path

    def runs(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        return subprocess.run([self.python, *words], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def finished(*words, cwd=None):
    ended = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def built(folder: Path) -> Path:
    """The wheel, built from a copy so that nothing is left behind in the clone."""
    source = folder / "source"
    source.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    here = [int(each.version.split(".")[0]) for each in metadata.distributions(name="setuptools")]
    how = ["--no-build-isolation"] if here and here[0] >= SETUPTOOLS_THAT_KNOWS_OUR_METADATA else []
    finished(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *how, "-w", str(folder), str(source))
    (wheel,) = folder.glob("*.whl")
    return wheel


def environment(folder: Path) -> None:
    """A fresh environment with the wheel alone, from which the dependencies of this one can be seen."""
    wheel = built(folder)
    finished(sys.executable, "-m", "venv", "--without-pip", str(folder / "fresh"))
    (site,) = (folder / "fresh").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = str(folder / "fresh" / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    finished(*pip, "--ignore-installed", str(wheel))
    (folder / "ready").touch()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Made once, whichever of several test processes is the first to ask."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "wheel"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            environment(folder)
    (wheel,) = folder.glob("*.whl")
    return Installed(folder / "fresh" / "bin" / "python", wheel)


@pytest.fixture
def elsewhere(tmp_path):
    """An otherwise empty folder with a package `configs` and a package `seeds` of its own."""
    for name in ("configs", "seeds"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('this is not ours')\n")
    return tmp_path


def test_the_wheel_holds_every_module_configuration_and_seed_and_nothing_else(installed):
    names = {name for name in zipfile.ZipFile(installed.wheel).namelist() if ".dist-info/" not in name}
    expected = set()
    for folder, target in (("agents", "agents"), ("scenarios", "scenarios"),
                           ("configs", "scenarios/configs"), ("seeds", "scenarios/seeds")):  # fmt: skip
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                expected.add(f"{target}/{file.relative_to(ROOT / folder)}")
    assert names == expected


def test_the_package_is_imported_from_where_it_was_installed(installed, elsewhere):
    code = "import agents, scenarios; from scenarios import resources; print(agents.__file__, scenarios.__file__)"
    ended = installed.runs("-c", f"{code}; print(resources.configs(), resources.seeds())", cwd=elsewhere)
    assert ended.returncode == 0, ended.stderr
    home = str(installed.python.parent.parent)
    assert all(line.startswith(home) for line in ended.stdout.split())


def test_the_sentence_runs_from_an_empty_folder_that_has_a_configs_package_of_its_own(installed, elsewhere, tmp_path):
    ended = installed.runs("-m", "scenarios", "run", WITHDRAWAL, *TINY, cwd=elsewhere)
    assert ended.returncode == 0, ended.stderr
    assert "full_withdrawal as of 2021-12-13" in ended.stdout
    assert {each.name for each in elsewhere.iterdir()} == {"configs", "seeds", "results"}
    runs = {run.scenario: run for run in load(elsewhere / "results")}
    assert set(runs) == {"full_withdrawal", "status_quo"}
    result = runs["full_withdrawal"]
    assert result.manifest["id"] == identify(asks(of=TINY))
    assert result.manifest["provenance"]["commit"] is None
    assert_same_content(result.path, carried_out(asks(of=TINY), tmp_path / "clone"))


def test_the_script_lists_shows_and_explains_from_any_folder(installed, elsewhere):
    script = str(installed.python.parent / "scenarios")
    for words, expected in [
        (("list",), "full_withdrawal"),
        (("show", "relabel"), "relabel [SC08]"),
        (("explain", "baseline_attack_rate"), "attacks/day"),
    ]:
        ended = installed.runs(script, *words, cwd=elsewhere)
        assert ended.returncode == 0, ended.stderr
        assert expected in ended.stdout
    assert {each.name for each in elsewhere.iterdir()} == {"configs", "seeds"}


def test_an_installed_iraq_steps_without_a_setting(installed, elsewhere):
    ended = installed.runs(
        "-c", "from agents.iraq import Iraq; iraq = Iraq(); iraq.step(); print(iraq.steps)", cwd=elsewhere
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "1"


def test_a_wrong_word_ends_with_two_in_an_installed_package_too(installed, elsewhere):
    ended = installed.runs("-m", "scenarios", "run", "+scenario=ful_withdrawal", cwd=elsewhere)
    assert ended.returncode == 2
    assert ended.stderr == "error: scenario 'ful_withdrawal' is unknown. Did you mean full_withdrawal?\n"
