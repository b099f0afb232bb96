"""Commands `check` and `prior` from the command line."""

from types import SimpleNamespace

import pytest

from scenarios.__main__ import main
from scenarios.validation import prior_predictive


def test_a_fact_that_cannot_be_tested_is_shown_without_a_run(capsys, tmp_path):
    assert main(["check", "p05", "P28", "--results", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "P05  cal  not testable: " in text
    assert "24.0 to 240 months: all 34.2 pass" in text
    assert "not a forecast" in text
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [(["P99"], "P99 is no stylised fact"), (["--replications", "4"], "at least 6 are needed")],
)
def test_check_refuses_what_it_cannot_do(words, message, capsys):
    assert main(["check", *words]) == 2
    assert message in capsys.readouterr().err


def test_check_simulates_a_history_once_and_shows_its_verdict_under_every_theory(tmp_path, capsys):
    words = ["check", "P07", "--replications", "6", "--workers", "1", "--results", str(tmp_path)]
    assert main(words) == 0
    assert (
        "3.00 to 3.00 regions of bases: both 3.00 pass; deter 3.00 pass; provoke 3.00 pass" in capsys.readouterr().out
    )
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")}
    assert main(words) == 0
    assert before == {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")}


def test_prior_shows_medians_at_every_start_in_every_world_that_it_bears(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(prior_predictive, "starts", lambda: ("2021-12", "2024-01"))
    monkeypatch.setattr(prior_predictive, "options", SimpleNamespace(options=lambda kind: ["calm", "gaza_war"]))
    monkeypatch.setattr(prior_predictive, "HORIZON", 14)
    assert main(["prior", "--replications", "8", "--workers", "1", "--results", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "2024-01, gaza_war" in text
    assert "2021-12, calm" in text
    assert "2021-12, gaza_war" not in text
