"""A seeded tenth of `make fuzz`, and tests that the fuzz finds planted faults."""

import os
import sys
import time
from pathlib import Path

import pytest

from scenarios.cli.options import list_command
from tests.fuzz.__main__ import CASES
from tests.fuzz.carrying_out import PATIENCE
from tests.fuzz.cases import Case, Change, Edit
from tests.fuzz.running import AREAS, Fuzz
from tests.fuzz.words import BASE

SEED = 20211213
LIST = Case("commands", ("list",))


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory):
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.fuzz
@pytest.mark.parametrize("area", AREAS)
def test_what_strangers_send_is_refused_in_a_line_or_does_as_it_says(fuzz, area):
    fuzz.run(area, CASES // 10, SEED)


@pytest.fixture
def answers(monkeypatch, fuzz):
    """Faults of a case whose command does something else."""

    def answers(does, case=LIST):
        monkeypatch.setattr(list_command, "callback", lambda group: does(group))
        return fuzz.faults(case)

    return answers


def test_a_sound_answer_has_no_fault(answers):
    assert answers(list_command.callback) == []


def test_an_exception_that_escapes_is_a_fault(answers):
    def fails(words):
        raise ValueError("what\nis this")

    assert answers(fails) == ["escapes: ValueError: what is this (__init__.py, in main)"]
    assert answers(lambda words: sys.exit(2)) == ["escapes: SystemExit: 2 (__init__.py, in main)"]


def test_a_code_that_means_nothing_is_a_fault_and_so_is_a_refusal_without_a_word(answers):
    assert answers(lambda words: 1) == ["ends with 1"]
    assert answers(lambda words: 2) == ["ends with 2 and says ''"]


def test_a_printed_traceback_is_a_fault(answers):
    def prints(words):
        print("Traceback (most recent call last):", file=sys.stderr)
        return 0

    assert answers(prints) == ["prints a traceback"]


def test_a_write_outside_the_working_folder_is_a_fault(answers, tmp_path):
    assert answers(lambda words: ((tmp_path / "x").write_text("") and 0) or 0) == [
        f"touches what lies outside: open {tmp_path / 'x'}"
    ]
    assert answers(lambda words: os.mkdir(tmp_path / "y") or 0) == [
        f"touches what lies outside: os.mkdir {tmp_path / 'y'}"
    ]


def test_a_change_in_the_home_folder_is_a_fault_whoever_makes_it(answers):
    faults = answers(lambda words: os.utime(Path.home() / ".config" / "mine", (0, 0)) or 0)
    assert faults == ["touches what lies outside: changed: home"]


def test_a_program_that_is_started_is_a_fault(answers):
    assert answers(lambda words: os.system("true"))[0].startswith("touches what lies outside: os.system")


def test_a_refusal_that_writes_is_a_fault_and_so_is_a_reader_that_does(answers):
    def refuses(words):
        Path("x").touch()
        print("error: no", file=sys.stderr)
        return 2

    assert answers(refuses) == ["refuses, and yet changes x"]
    assert answers(lambda words: Path("x").touch() or 0) == ["reads, and yet changes x"]


def test_a_case_that_hangs_is_a_fault_after_minutes(monkeypatch, tmp_path):
    monkeypatch.setattr(list_command, "callback", lambda group: time.sleep(PATIENCE))
    assert Fuzz(tmp_path / "fuzz", patience=0.01).faults(LIST) == ["escapes: it hangs"]


def test_a_key_that_is_passed_over_is_a_fault_unless_it_says_what_stands_there_already(fuzz, monkeypatch):
    def seed(value):
        return Case(
            "requests", (*BASE, f"ensemble.seed={value}"), change=Change("ensemble.seed", value, Case("requests", BASE))
        )

    assert fuzz.faults(seed("2")) == fuzz.faults(seed("1")) == []
    from scenarios.config import compose

    checked = compose.checked
    monkeypatch.setattr(compose, "checked", lambda words, extra, **many: [
        each for each in checked(words, extra, **many) if not each.startswith("ensemble.seed")
    ])  # fmt: skip
    assert fuzz.faults(seed("3")) == ["passes over ensemble.seed = 3"]


def test_a_case_tells_its_words_and_what_lies_in_the_folder():
    case = Case("files", ("run", "a b"), (Edit("x.yaml", "write", b"a: 1"), Edit("y", "remove")))
    assert str(case) == "[files] 'run' 'a b'\n    write x.yaml: b'a: 1'\n    remove y"
