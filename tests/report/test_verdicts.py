"""The verdicts of `check` as they ship: complete, on the page, the same as in docs/patterns.md."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from docs.generate.patterns import recorded
from scenarios.report.page.validation import describe_failures, section
from scenarios.report.templating import render_html
from scenarios.store.identity import code_digest
from scenarios.text import format_number
from scenarios.validation import verdicts
from scenarios.validation.checks import criteria
from scenarios.validation.verdicts import NOT_TESTABLE, Verdict
from tests.requests import ROOT

FAILED = Verdict(
    name="P11", use="cal", statement="S", counted="a count", run="wave", start="2021-12", world="calm", theory="deter",
    unit="attacks", band=(1.0, 2.0), simulated=(0.5, 3.0, np.nan), statistic=3.0, verdict="fail", reason="r, \"s\"",
)  # fmt: skip


def test_every_stylised_fact_has_a_verdict_on_record():
    assert {each.name for each in verdicts.recorded_verdicts()} == set(criteria())


def test_the_verdicts_on_record_are_those_of_the_page_of_patterns():
    lines = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| [PF]\d+ \|", line)
    ]
    written = {(row[0], row[5]): row[9].split(":")[0] for row in cells if len(row) == 10}
    assert written == {(each.name, each.theory): each.verdict for each in verdicts.recorded_verdicts()}


def test_bands_on_record_are_those_that_are_required_now():
    for each in verdicts.recorded_verdicts():
        assert each.band == pytest.approx(criteria()[each.name].band, nan_ok=True), each.name


def test_a_verdict_comes_back_as_it_was_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verdicts, "files", lambda _: tmp_path)
    untested = replace(FAILED, name="P04", theory="", verdict=NOT_TESTABLE, statistic=np.nan)
    (tmp_path / verdicts.FILE).write_text(recorded([FAILED, untested], 42), encoding="utf-8")
    verdicts.recorded_verdicts.cache_clear()
    first, second = verdicts.recorded_verdicts()
    verdicts.recorded_verdicts.cache_clear()
    assert (first.name, first.reason, first.band, first.replications) == ("P11", 'r, "s"', (1.0, 2.0), 42)
    assert np.isnan(first.simulated[2])
    assert first.code == code_digest()
    assert second.verdict == NOT_TESTABLE


def test_the_page_shows_every_failure_with_its_numbers(document):
    text = document.by_id("trust").text
    failed = [each for each in verdicts.recorded_verdicts() if each.verdict == verdicts.FAIL]
    assert failed
    assert section(verdicts.recorded_verdicts()).failed == failed
    for each in failed:
        assert each.counted in text
        assert format_number(each.statistic) in text
    assert describe_failures(verdicts.recorded_verdicts()) in document.by_id("trust").text


def test_without_a_record_the_page_says_so_and_nothing_else():
    assert describe_failures(()) == ""
    assert section(()) is None
    assert "No verdict is on record" in render_html("validation.html.j2", data=None)


def test_what_the_page_is_read_from_ships_in_the_wheel():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "verdicts.csv" in settings["package-data"]["scenarios.validation"]
    assert {"*.j2", "page.css", "sort.js"} <= set(settings["package-data"]["scenarios.report.templates"])
    assert {"scenarios.report.page", "scenarios.report.templates"} <= set(settings["packages"])
