"""Answers on the terminal: lines, widths, letters and colours, and runs that are few, failed or alone."""

import re
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from scenarios.analysis import compared_runs
from scenarios.analysis.verdict_family import result_family
from scenarios.analysis.verdicts import PRIMARY
from scenarios.report.terminal.answer import print_comparison, print_run
from scenarios.report.terminal.frame import fold
from scenarios.report.terminal.grid import answer_console, in_letters
from tests.analysis.families import CROSSED, ONE
from tests.analysis.runs import run as made_up

TITLES = [primary.title for primary in PRIMARY]

SIXTEEN = tuple(
    {"isis": isis, "command": command, "pledge": pledge}
    for isis in ("enablers", "spent", "seam", "feuds")
    for command in ("iran", "factions")
    for pledge in ("real", "label")
)


def simulated(scenario="mine", factor=1.0, draws=60, theories=CROSSED, spread=0.0, **columns):
    """A made-up run whose outcomes are those of the status quo times a factor, which may differ by theory."""
    luck = np.random.default_rng(5)
    base = 100 * luck.lognormal(0, 0.5, (draws, len(theories)))
    moved = base * np.asarray(factor) * np.exp(spread * luck.normal(size=base.shape))
    usual = {primary.outcome: moved for primary in PRIMARY} | {"us_deaths": np.round(moved / 20)}
    ladder = np.where(np.arange(draws)[:, None] < 30 * np.broadcast_to(factor, (draws, len(theories))), 6.0, 2.0)
    result = made_up(scenario, theories, **{**usual, "ladder_max": ladder, **columns})
    result.path = Path("results") / scenario / "0e2a7802b304"
    result.manifest["grades"] = "300 quantities, 126 of them uncertain; by grade 0 A, 33 B, 110 C, 157 D"
    return result


class Letters(StringIO):
    """A text file that says in which letters it is written."""

    encoding = "utf-8"


def console(width=100, encoding="utf-8", *, colours=False):
    file = Letters()
    file.encoding = encoding
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False, force_terminal=colours,
                   color_system="truecolor" if colours else None)  # fmt: skip


def of_run(result, baseline, **settings):
    shown = console(**settings)
    print_run(result, baseline, shown)
    return shown.file.getvalue()


def of_comparison(results, baseline, **settings):
    shown = console(**settings)
    print_comparison(compared_runs(results, baseline), shown)
    return shown.file.getvalue()


BASE = simulated("status_quo")
LEAVES = simulated("full_withdrawal", [0.5, 0.4, 0.5, 0.4])
MOVES = simulated("relabel", [1.3, 1.3, 1.01, 1.01])
THIRD = simulated("surge", [1.3, 0.8, 1.1, 1.0], spread=0.3)
FOURTH = simulated("defer", [1.3, 1.3, 1.1, 1.1])


@pytest.mark.parametrize("result", [LEAVES, MOVES, THIRD], ids=lambda result: result.scenario)
@pytest.mark.parametrize(("width", "lines"), [(100, 25), (80, 29)])
def test_a_run_fits_a_screen(result, width, lines):
    text = of_run(result, BASE, width=width)
    assert len(text.splitlines()) <= lines
    assert max(map(len, text.splitlines())) <= width
    assert all(title in text for title in TITLES)
    assert text.splitlines()[0].startswith(f"{result.scenario} against status_quo | 13 Dec 2021, 100 days | 60 paired")
    assert text.rstrip().endswith("A conditional exploration, not a forecast. Theories are never averaged.")


@pytest.mark.parametrize("theories", [1, 2, 4, 8, 16])
def test_a_run_fits_a_screen_under_any_number_of_theories(theories):
    poles = SIXTEEN[:theories]
    base = simulated("status_quo", theories=poles)
    mine = simulated("mine", 1 + 0.7 * np.sin(np.arange(theories)), theories=poles, spread=0.1)
    assert len(of_run(mine, base).splitlines()) <= 25
    assert len(of_comparison([mine], base).splitlines()) <= 40


@pytest.mark.parametrize(("third", "width", "lines"), [(THIRD, 100, 40), (FOURTH, 100, 40), (FOURTH, 80, 52)])
def test_three_scenarios_fit_a_screen(third, width, lines):
    text = of_comparison([LEAVES, MOVES, third], BASE, width=width)
    assert len(text.splitlines()) <= lines
    assert max(map(len, text.splitlines()[:-4])) <= width
    for label in ("Between them", "What would flip it", "How far to trust", "Next"):
        assert f"\n{label:18} " in text


@pytest.mark.parametrize("number", range(1, 10))
def test_further_scenarios_have_grids_of_their_own_and_headlines_alone(number):
    runs = [simulated(f"run_{at}", 1 + 0.1 * at) for at in range(number)]
    text = of_comparison(runs, BASE)
    grids = [line for line in text.splitlines() if line.startswith("typical change")]
    assert [line.count("Run ") for line in grids] == [min(3, number - at) for at in range(0, number, 3)]
    assert ("Under every theory" in text) == (2 <= number <= 3)


def test_narrow_grids_leave_columns_out_and_shorten_names():
    assert "9 in 10 runs" in of_run(LEAVES, BASE)
    assert "9 in 10 runs" not in of_run(LEAVES, BASE, width=80)
    wide, narrow = (of_comparison([LEAVES, MOVES], BASE, width=width) for width in (100, 80))
    assert " status quo " in wide
    assert " status quo " not in narrow.replace("the status quo", "")


def test_numbers_stay_with_their_units():
    assert fold("rises by 4 % in 9 runs of all", 12) == "rises by 4 %\nin 9 runs of\nall"
    assert not re.search(r"\n *(%|pts)", of_run(LEAVES, BASE, width=61))


def test_colours_are_the_only_difference_that_a_pipe_makes():
    plain, coloured = of_run(LEAVES, BASE), of_run(LEAVES, BASE, colours=True)
    assert "\x1b[1;38;2;0;114;178m▼" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_no_colour_and_a_dumb_terminal_keep_every_symbol(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert "▼" in of_run(LEAVES, BASE)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "unheard-of"])
def test_a_console_without_the_symbols_has_plain_letters(encoding):
    plain = of_comparison([LEAVES, MOVES, THIRD], BASE, encoding=encoding)
    assert plain.isascii()
    whole = of_comparison([LEAVES, MOVES, THIRD], BASE)
    assert [len(line) for line in plain.splitlines()] == [len(line) for line in whole.splitlines()]
    assert "v -5" in plain
    assert "^ more  v fewer  ~ within 5 % of the status quo  ? undecided  = identical in every run" in plain


def test_letters_that_a_console_has_are_kept():
    assert in_letters("▼ −55 %", "utf-8") == "▼ −55 %"
    assert in_letters("▼ −55 % é", "ascii") == "v -55 % ?"


def test_a_pipe_is_a_hundred_columns_wide_and_a_terminal_at_most(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert answer_console().width == 100
    assert answer_console(72).width == 72


@pytest.mark.parametrize("width", [100, 80])
def test_too_few_runs_have_no_direction_and_the_command_for_more(width):
    base, few = simulated("status_quo", draws=25), simulated("full_withdrawal", [0.5, 0.4, 0.5, 0.4], draws=25)
    for text in (of_run(few, base, width=width), of_comparison([few], base, width=width)):
        assert "Too few runs to answer. 25 paired runs a theory show that the model works" in text
        assert "full_withdrawal start=2021-12 ensemble.replications=400" in text.replace("\n", " ")
        assert not set("▲▼≈○") & set(text)
        assert "may change sign with more runs." in text.replace("\n", " ")
    assert "of 25" in of_run(few, base)


def test_one_theory_has_no_column_of_theories():
    text = of_run(simulated("full_withdrawal", 0.5, theories=ONE), simulated("status_quo", theories=ONE))
    assert "60 paired runs\n" in text
    assert re.search(r"\nover 100 days +status quo +typical change", text)
    assert "One theory alone" in text
    assert "never averaged" not in text


def test_a_run_without_a_baseline_has_levels_and_no_answer():
    text = of_run(LEAVES, None)
    assert "Nothing follows about policy: no status quo beside it." in text
    assert len(text.splitlines()) <= 25
    assert all(title in text for title in TITLES)
    assert not set("▲▼≈○") & set(text)


def test_failed_draws_come_before_the_answer():
    lost = simulated("full_withdrawal", [0.5, 0.4, 0.5, 0.4])
    lost.outcomes = lost.outcomes[lost.outcomes["draw"] >= 3]
    lost.failures = [{"draw": draw, "error": "ValueError: it burst"} for draw in range(3)]
    for text in (of_run(lost, BASE), of_comparison([lost], BASE)):
        assert text.splitlines()[0].endswith("57 paired runs a theory")
        assert text.splitlines()[1].startswith(
            "FAILED: 3 draws of full_withdrawal, the first with ValueError: it burst"
        )
    gone = simulated("full_withdrawal")
    gone.outcomes = gone.outcomes[:0]
    assert "Too few runs to answer. 0 paired runs" in of_run(gone, BASE)


def test_ones_own_inputs_are_named():
    own = simulated("full_withdrawal", 0.5)
    own.manifest["request"]["closed_loop"] = True
    text = of_run(own, BASE)
    assert "Your own           loop closed: events may override the announced path" in text


def test_a_comparison_and_a_run_of_one_scenario_say_the_same():
    run, compared = (" ".join(text.split()) for text in (of_run(LEAVES, BASE), of_comparison([LEAVES], BASE)))
    sentences = re.search(r"Full withdrawal .*? over 100 days", run)[0].removesuffix(" over 100 days")
    assert sentences in compared
    together = compared_runs([LEAVES, MOVES, THIRD], BASE).family
    alone = result_family({"full_withdrawal": LEAVES}, ("status_quo", BASE))
    assert together.all_of("full_withdrawal") == alone.all_of("full_withdrawal")
