"""The commands `check` and `prior` as they are typed."""

import re
from types import SimpleNamespace

import pytest

from scenarios.__main__ import main
from scenarios.outcomes import OUTCOMES
from scenarios.validation import prior_predictive, tables
from scenarios.validation.checks import verdicts
from scenarios.validation.histories import Runs

PAGE = "before\n\n<!-- generated: verdicts -->\n\nold\n\n<!-- end -->\n\nafter\n"


def test_a_fact_that_cannot_be_tested_is_told_without_a_run(capsys, tmp_path):
    assert main(["check", "p05", "P28", "--results", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "P05  cal  not testable: " in said
    assert "24.0 to 240 months: all 34.2 pass" in said
    assert "not a forecast" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [(["P99"], "P99 is no stylised fact"), (["--replications", "4"], "at least 6 are needed")],
)
def test_check_refuses_what_it_cannot_do(words, said, capsys):
    assert main(["check", *words]) == 2
    assert said in capsys.readouterr().err


def test_check_lives_a_history_once_and_writes_its_table_into_the_page(tmp_path, capsys):
    page = tmp_path / "patterns.md"
    page.write_text(PAGE, encoding="utf-8")
    words = ["check", "P07", "--replications", "6", "--results", str(tmp_path / "r"), "--write", str(page)]
    assert main(words) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    rows = [line for line in text.splitlines() if line.startswith("| P07")]
    assert [re.search(r"both|deter|provoke", row)[0] for row in rows] == ["both", "deter", "provoke"]
    assert all(row.endswith("| 3.00 | pass |") for row in rows)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "r").rglob("*.parquet")}
    again = verdicts(Runs(tmp_path / "r", 6, 1), ["P07"])
    assert before == {file: file.stat().st_mtime_ns for file in (tmp_path / "r").rglob("*.parquet")}
    assert tables.verdict_table(again) in text


def test_a_page_without_the_region_is_refused_and_named(tmp_path, capsys):
    page = tmp_path / "patterns.md"
    page.write_text("nothing\n", encoding="utf-8")
    assert main(["check", "P28", "--write", str(page)]) == 2
    assert "no region for the table 'verdicts'" in capsys.readouterr().err
    assert main(["check", "P28", "--write", str(tmp_path / "absent.md")]) == 2
    assert "there is no page" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "nothing\n"


def test_prior_shows_every_outcome_at_every_start_in_every_world_that_it_bears(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(prior_predictive, "starts", lambda: ("2021-12", "2024-01"))
    monkeypatch.setattr(prior_predictive, "catalog", SimpleNamespace(options=lambda kind: ["calm", "gaza_war"]))
    monkeypatch.setattr(prior_predictive, "HORIZON", 14)
    page = tmp_path / "prior.md"
    page.write_text("".join(f"<!-- generated: start {name} -->\n<!-- end -->\n" for name in ("2021-12", "2024-01")))
    words = ["prior", "--replications", "8", "--workers", "1", "--results", str(tmp_path / "r"), "--write", str(page)]
    assert main(words) == 0
    assert "2024-01, gaza_war" in capsys.readouterr().out
    first, second = page.read_text(encoding="utf-8").split("<!-- end -->")[:2]
    assert "Not borne by this start within a year: gaza_war." in first
    assert "Not borne" not in second
    for name, outcome in OUTCOMES.items():
        assert f"| {name} | {outcome.unit} |" in first
        assert f"| {name} | {outcome.unit} |" in second
