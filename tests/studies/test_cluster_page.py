"""What docs/cluster.md shows is what the commands print."""

import re
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.studies.plan import planned
from tests.studies.sweeps import study

PAGE = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text(encoding="utf-8")


def shown(language, beginning):
    """The block of the page that begins with some words."""
    return re.search(rf"```{language}\n({re.escape(beginning)}.*?)```", PAGE, re.DOTALL)[1]


def test_the_script_on_the_page_is_what_a_dry_run_prints(tmp_path, monkeypatch, capsys):
    pytest.importorskip("submitit")
    own = tmp_path / "configs" / "engine" / "delta.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(shown("yaml", "# configs/engine/delta.yaml"))
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", "+study=withdrawal_by_theory", "engine=delta", "engine.qos=short", "--dry-run"]) == 0
    printed = re.sub(r"(?<=withdrawal_by_theory/)\w+", "ID", capsys.readouterr().out)
    printed = re.sub(r"\S*/bin/python\S*", ".venv/bin/python", printed)
    assert printed.replace(f"{tmp_path}/", "").strip() == shown("sh", "#!/bin/bash").strip()


def test_the_plan_on_the_page_is_laid_out_as_plans_are(tmp_path):
    about = study()
    report = planned(about, about.folder(tmp_path), about.layout.distinct, 2)
    assert _layout(report) == _layout(shown("text", "withdrawal_by_theory").strip())


def _layout(plan):
    """A plan without its numbers, units of time and names."""
    without = re.sub(r"(?m)\d[\d.,e-]*( (?:s|min|h)(?= with))?|^\w+(?=:)|(?<=points, in ).*$", "#", plan)
    return re.sub(r" +", " ", without)
