"""The commands about studies, as they are typed."""

import pytest

from scenarios.__main__ import main
from tests.studies.sweeps import RATE, SIZE, written


def output_of(capsys, *words):
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sweep"], ["study is missing", "+study="]),
        (["sweep", "+study=nothing"], ["study 'nothing' is unknown", "withdrawal_by_theory"]),
        (["sweep", "+study=nowhere.yaml"], ["there is no file nowhere.yaml"]),
        (["sweep", "nowhere"], ["nowhere is not the folder of a study", "it is empty or missing"]),
        (["sweep", "nowhere", "start=2021-12"], ["one FOLDER of a study with results= and workers="]),
        (["sweep", "--shar", "1/2"], ["--shar is not a flag of sweep", "Did you mean --shard"]),
        (["sweep", "+study=withdrawal_by_theory", "--shard", "3/2"], ["--shard is '3/2'", "2/8"]),
        (["sweep", "+study=withdrawal_by_theory", "--shard"], ["--shard needs a value"]),
        (["sweep", "+study=withdrawal_by_theory", "--max-failures", "x"], ["--max-failures is 'x'"]),
        (["sweep", "+study=withdrawal_by_theory", "workers=0"], ["workers is 0"]),
        (["sweep", "+study=withdrawal_by_theory", "--dry-run"], ["ask for engine=slurm"]),
        (["sweep", "+study=withdrawal_by_theory", "record.period=day"], ["record.period=day has no effect"]),
        (["sweep", "+study=withdrawal_by_theory", "engine=slur"], ["engine 'slur' is unknown", "slurm"]),
        (["status"], ["status needs NAME|FOLDER"]),
        (["status", "nowhere"], ["nowhere is not the folder of a study"]),
        (["merge"], ["merge needs FOLDER"]),
        (["merge", "nowhere"], ["nowhere is not the folder of a study"]),
        (["replay"], ["replay takes a folder and a point"]),
        (["replay", "nowhere", "1"], ["nowhere"]),
        (["diff", "one"], ["diff needs B"]),
        (["diff", "one", "two"], ["one is not a finished result"]),
        (["summarise"], ["summarise needs NAME|FOLDER"]),
        (["summarise", "nowhere"], ["nowhere is not a finished result"]),
        (["summarise", __file__], ["test_commands.py is not a finished result", "it is a file, not a folder"]),
        (["diff", __file__, "two"], ["test_commands.py is not a finished result", "it is a file, not a folder"]),
        (["replay", __file__, "0"], ["test_commands.py is not a finished result", "it is a file, not a folder"]),
        (["sweep", "+study=withdrawal_by_theory", "study.sample.pints=4"], ["sample.pints", "Did you mean points"]),
    ],
)
def test_wrong_words_are_refused_without_a_traceback(tmp_path, monkeypatch, capsys, words, expected):
    monkeypatch.chdir(tmp_path)
    code, _, err = output_of(capsys, *words)
    assert code == 2
    assert all(word in err for word in expected), err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("odd", ["world", "scenario", "theory", RATE, "levers.credibility"])
def test_a_factor_that_is_not_a_number_is_refused_with_its_name(tmp_path, capsys, odd):
    file = written(tmp_path, cross={"scenario": ["phased_3y"], odd: [float("nan")]})
    code, _, err = output_of(capsys, "sweep", f"+study={file}", *SIZE)
    assert code == 2
    assert all(word in err for word in ("point 0", f"{odd}=nan"))


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_table_that_is_not_separated_by_commas_is_reported(tmp_path, capsys, mark, name):
    (tmp_path / "points.csv").write_text(f"levers.credibility{mark}start\n0.5{mark}2021-12\n")
    file = written(tmp_path, cross={}, table="points.csv")
    code, _, err = output_of(capsys, "sweep", f"+study={file}", *SIZE)
    assert code == 2
    assert f"points.csv: columns are separated by {name}; separate them by commas" in err


def test_a_replay_of_a_run_without_a_slash_is_refused_with_how_to_write_it(tmp_path, capsys):
    import scenarios

    run = scenarios.run("status_quo", replications=4, horizon=14, results=tmp_path, against="none")
    code, _, err = output_of(capsys, "replay", run.path, "3")
    assert code == 2
    assert "is a run, which has no points; give one of its replications, as /3." in err


def test_an_impossible_point_is_named_with_its_levels(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    file = written(tmp_path, cross={"scenario": ["status_quo"], RATE: [0.1, -3.0]})
    code, _, err = output_of(capsys, "sweep", f"+study={file}", *SIZE)
    assert code == 2
    assert all(word in err for word in ("point 1", f"{RATE}=-3.0", "outside"))


@pytest.mark.parametrize("name", ["sweep", "status", "merge", "replay", "diff", "summarise"])
def test_every_command_explains_its_use(capsys, name):
    code, out, _ = output_of(capsys, name, "--help")
    assert code == 0
    assert out.startswith(f"Usage: python -m scenarios {name}")


def test_a_study_from_request_to_data(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    file = written(tmp_path)
    code, out, _ = output_of(capsys, "sweep", f"+study={file}", *SIZE, "workers=1")
    assert code == 0
    dataset = out.splitlines()[-1]
    assert dataset.startswith("dataset ")
    assert "A conditional exploration, not a forecast." in out
    folder = next((tmp_path / "results" / "small").iterdir())
    assert output_of(capsys, "sweep", folder)[1].splitlines()[-1] == dataset
    assert output_of(capsys, "sweep", folder, "results=again", "workers=1")[1].splitlines()[-1] == dataset
    assert output_of(capsys, "status", folder)[1].splitlines()[-1] == dataset
    assert output_of(capsys, "merge", folder)[1].splitlines()[-1] == dataset
    code, out, _ = output_of(capsys, "summarise", folder, "deaths", "--against", "scenario=status_quo", "-o", "d.csv")
    assert code == 0
    assert "paired difference from scenario=status_quo" in out
    assert "A conditional exploration, not a forecast." in out
    assert (tmp_path / "d.csv").read_text().startswith("point,scenario")
    code, out, _ = output_of(capsys, "replay", folder, "0/3")
    assert code == 0
    assert "the same bits as stored" in out
    assert "the same dataset" in output_of(capsys, "diff", folder, next((tmp_path / "again" / "small").iterdir()))[1]


def test_the_study_that_ships_can_be_laid_out(capsys):
    from scenarios.config.compose import composed
    from scenarios.studies.request import study_request

    about = study_request(composed(["+study=withdrawal_by_theory"]))
    assert len(about.points) == 6 * 3 * 2 * 2
    assert {len(about.layout.theories(point)) for point in about.layout.points} == {1}
