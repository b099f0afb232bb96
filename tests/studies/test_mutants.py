"""Hundreds of malformed studies: each is carried out or refused, in a line for each fault, and with its file."""

import pytest
import yaml

from scenarios.config.compose import composed
from scenarios.errors import RequestError
from scenarios.studies.request import composed_study, study_request
from scenarios.studies.writer import point_columns
from tests.studies.mutants import broken, mutant
from tests.studies.sweeps import SIZE

ALIKE = 20  # seeds of one test


@pytest.fixture(scope="module")
def base():
    return composed(SIZE)


def why_refused(ask):
    """Error of a study that is refused; empty if its points can be simulated and stored."""
    try:
        layout = study_request(ask()).layout
        point_columns(layout.points)
    except RequestError as error:
        return str(error)
    return ""


def is_readable(message):
    return len(message) < 1_500 and all(line.isprintable() for line in message.split("\n"))


@pytest.mark.parametrize("first", range(0, 200, ALIKE))
def test_a_study_with_entries_of_any_kind_is_carried_out_or_refused_in_lines(base, first):
    for seed in range(first, first + ALIKE):
        message = why_refused(lambda seed=seed: {**base, "study": mutant(seed)})
        assert is_readable(message), (seed, message)


@pytest.mark.parametrize("seed", range(1_000, 1_100, ALIKE))
def test_the_file_of_a_malformed_study_is_named(tmp_path, base, seed, monkeypatch):
    monkeypatch.setattr("scenarios.studies.request.composed", lambda words: base)
    for number in range(seed, seed + ALIKE):
        file = tmp_path / f"mine{number}.yaml"
        text = broken(number) if number % 2 else yaml.safe_dump(mutant(number), sort_keys=False)
        file.write_text(text, encoding="utf-8")
        message = why_refused(lambda file=file: composed_study([f"+study={file}"]))
        assert is_readable(message), (number, message)
        assert not message or str(file) in message, (number, message)


def test_some_mutants_are_carried_out_and_some_are_refused(base):
    refusals = {bool(why_refused(lambda seed=seed: {**base, "study": mutant(seed)})) for seed in range(60)}
    assert refusals == {True, False}
