"""Command `explain-run`: a narrative, every event, or the exemplars; errors are reported in one line."""

import re
import shutil
from importlib import import_module

import pytest

from scenarios.__main__ import main
from scenarios.narrative import medoids, narrate
from tests.narrative.conftest import DRAWS


@pytest.fixture
def explained(result, capsys):
    def explain(*words, folder=result.path):
        capsys.readouterr()
        code = main(["explain-run", *([str(folder)] if folder else []), *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return explain


def test_a_number_gives_its_story(result, explained):
    assert explained("1") == (0, f"{narrate(result, 1)}\n", "")


def test_all_gives_every_event_with_its_cause(result, explained):
    code, out, _ = explained("1", "--all")
    events = result.events[result.events["replication"] == 1]
    lines = [line for line in out.splitlines() if line.startswith("e")]
    assert code == 0
    assert len(lines) == len(events)
    assert lines[0].split()[:2] == ["e0", "2024-01-31"]
    caused = events[events["cause"].notna()].iloc[-1]
    assert f"<- e{caused['cause']:.0f} {caused['reason']}" in lines[int(caused["event"])]
    assert "not a forecast" in out


def test_no_number_gives_the_typical_replications(result, explained):
    code, out, _ = explained(f"theory={result.theories[0]}")
    exemplars = medoids(result, result.theories[0])
    assert code == 0
    assert len(exemplars) == 3
    for each in exemplars:
        assert re.search(rf"{100 * each.quantile:.0f} % +{each.replication} ", out)
    assert f"explain-run {result.path} {exemplars[0].replication}\n" in out


@pytest.mark.parametrize("outcome", ["us_deaths", "iraqi_capability"])
def test_the_worst_by_an_outcome_are_listed_by_theory(result, explained, outcome):
    code, out, _ = explained(f"worst={outcome}")
    assert code == 0
    rows = [line.split() for line in out.splitlines() if line.startswith("  ")][1:]
    assert len(rows) == len(result.theories)
    values = result.outcomes.set_index("replication")[outcome]
    extreme = {"us_deaths": max, "iraqi_capability": min}[outcome]
    for number, row in enumerate(rows):
        replication = next(int(cell) for cell in row if cell.isdecimal())
        assert values[replication] == extreme(values[number :: len(result.theories)])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("many",), "'many' is not the number of a replication"),
        (("-1",), f"it has 0 to {2 * DRAWS - 1}"),
        ((str(2 * DRAWS),), f"it has 0 to {2 * DRAWS - 1}"),
        (("1", "2"), "one replication"),
        (("1", "--everything"), "--everything is not a flag"),
        (("--all",), "give its number"),
        (("theory=none",), "theory 'none' is not in"),
        (("worst=us_death",), "'us_death' is not an outcome. Did you mean us_deaths"),
        (("worst=us_deaths", "theory=none"), "theory 'none' is not in"),
    ],
)
def test_errors_are_reported_in_one_line(explained, words, message):
    code, out, err = explained(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.strip().splitlines()) == 1


def test_a_folder_that_holds_nothing_is_refused(explained, tmp_path):
    code, _, err = explained(folder=tmp_path)
    assert code == 2
    assert "no finished result was found" in err


def test_a_folder_of_several_results_names_them(explained, result, tmp_path):
    for name in ("one", "other"):
        shutil.copytree(result.path, tmp_path / name)
    code, _, err = explained("1", folder=tmp_path)
    assert code == 2
    assert f"holds 2 results; give one of {tmp_path / 'one'}, {tmp_path / 'other'}." in err


def test_a_study_is_not_one_result(explained, monkeypatch):
    monkeypatch.setattr(import_module("scenarios.load"), "load", lambda where: object())
    code, _, err = explained("1")
    assert code == 2
    assert "is a study of many points, not one result" in err


def test_help_lists_the_arguments(explained):
    for words in ((), ("--help",)):
        code, out, _ = explained(*words, folder=None)
        assert code == 0
        assert "explain-run NAME|FOLDER [REPLICATION]" in out
