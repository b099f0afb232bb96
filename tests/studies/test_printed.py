"""What is printed of studies and runs: theory by theory, with errors, and with what is the analyst's own."""

import numpy as np
import pytest
import yaml

import scenarios
from scenarios.__main__ import main
from scenarios.studies.dataset import Dataset
from scenarios.studies.diff import describe_differences as difference
from tests.studies.sweeps import RATE, SIZE, swept, written

ONE = {"cross": {"scenario": ["status_quo"], RATE: [0.4, 0.8]}}
BELIEFS = {
    "expert": "an analyst",
    "priors": {"strike_deterrence_effect": {
        "prior": {"uniform": {"low": 0.2, "high": 0.8}}, "origin": "assumption", "grade": "D", "because": "To see."
    }},
}  # fmt: skip


def output_of(capsys, *words):
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_a_replay_reports_every_theory_by_itself_with_monte_carlo_errors(tmp_path, capsys):
    folder, _ = swept(tmp_path, words=["ensemble.replications=80", "ensemble.horizon=60"], **ONE)
    lines = output_of(capsys, "replay", folder.path, "1").splitlines()
    study = Dataset(folder.path)
    rows = study.summarised(["us_deaths"]).query("point == 1")
    names = list(rows["theory"])
    assert any(all(name in line for name in names) for line in lines)
    cells = next(line for line in lines if line.startswith("  us deaths")).removeprefix("  us deaths").split()
    assert [float(cell) for cell in cells[::2]] == pytest.approx(rows["mean"], rel=0.01)
    assert [float(cell.removeprefix("±")) for cell in cells[1::2]] == pytest.approx(rows["mc_error"], rel=0.01)


def test_a_replay_of_one_replication_names_its_theory(tmp_path, capsys):
    folder, _ = swept(tmp_path, **ONE)
    out = output_of(capsys, "replay", folder.path, "0/2")
    assert "spent / deter" in out
    assert "enablers" not in out
    assert "±" not in out


def test_diff_of_runs_reports_means_by_theory(tmp_path):
    words = {"replications": 40, "horizon": 60, "results": tmp_path, "against": "none"}
    runs = [scenarios.run("status_quo", seed=seed, **words) for seed in (1, 2)]
    lines = difference(*(run.path for run in runs))
    assert len([line for line in lines if "of 10 replications differ" in line]) == 4
    frames = [run.outcomes.groupby("theory")["deaths"] for run in runs]
    for number, theory in enumerate(runs[0].theories):
        at = next(place for place, line in enumerate(lines) if line.startswith(f"    {theory}:"))
        row = next(line for line in lines[at:] if line.startswith("      deaths:"))
        for frame, part in zip(frames, row.partition("mean ")[2].split(" | "), strict=True):
            values, (mean, error) = frame.get_group(number), part.split(" ±")
            assert float(mean) == pytest.approx(values.mean(), rel=1e-3)
            assert float(error) == pytest.approx(values.std() / np.sqrt(len(values)), rel=0.1)


def test_diff_of_runs_sets_each_theory_against_the_same_one(tmp_path):
    words = {"replications": 8, "horizon": 14, "results": tmp_path, "against": "none"}
    every, spent = (scenarios.run("status_quo", **words, **more) for more in ({}, {"theory": {"isis": "spent"}}))
    text = "\n".join(difference(every.path, spent.path))
    assert len(spent.theories) == 2
    assert "4 replications are in both, of 8 and 8" in text
    assert "the same to the last bit" in text


def test_own_beliefs_and_values_stand_in_every_table_of_a_study(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(BELIEFS))
    own = ["beliefs=mine.yaml", "+parameters.army_collapse_rate=0.01"]
    out = output_of(capsys, "sweep", f"+study={written(tmp_path, **ONE)}", *SIZE, *own, "workers=1")
    folder = next((tmp_path / "results" / "small").iterdir())
    for table in (out, output_of(capsys, "summarise", folder), output_of(capsys, "replay", folder, "0")):
        assert "with own beliefs mine" in table
        assert "shipped half normal (scale 0.45)" in " ".join(table.split())
        assert "with own values: 1 parameter fixed" in table


def test_a_study_of_what_ships_speaks_of_nothing_own(tmp_path, capsys):
    folder, about = swept(tmp_path, **ONE)
    assert about["own"] == []
    assert "with own" not in output_of(capsys, "summarise", folder.path)
