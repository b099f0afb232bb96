"""Imports run one way."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_run_one_way():
    ended = linted(ROOT)
    assert ended.returncode == 0, ended.stdout


def test_an_actor_that_imports_another_is_refused(tmp_path):
    for name in ("agents", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    actor = tmp_path / "agents" / "isis.py"
    actor.write_text(actor.read_text() + "\nfrom agents.iran import Iran  # a forbidden look into another's head\n")
    ended = linted(tmp_path)
    assert ended.returncode != 0
    assert "agents.isis -> agents.iran" in ended.stdout
