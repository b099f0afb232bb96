"""`compare` from the command line and from Python, on small real runs."""

import pandas as pd
import pytest

import scenarios
from scenarios.analysis.comparison import COMPARED
from scenarios.analysis.theories import CENTRE
from tests.analysis.conftest import SMALL, THEORY

PAIR = ("full_withdrawal", "phased_3y")


def test_names_are_compared_with_what_every_table_must_say(command):
    output = command(*PAIR, *SMALL, "--full")
    assert output.code == 0
    for words in (
        "full_withdrawal, phased_3y against status_quo, as of 2021-12-13, world simulated, 14 days",
        "start 2021-12 for all; phased_3y belongs to 2020-08",
        "n = 4 draws under each of 2 theories, with common random numbers (seed 1)",
        "for all 56 contrasts at once",
        "[attacks], more is worse",
        "HOW OFTEN",
        "a theory needs 100 draws for it and has 4",
        "RANKS that each run can have",
        "RATES per 1,000 years",
        "FIRST EVENTS",
        "SWITCH POINTS",
        "WHAT PAIRING SAVES",
        "IN SHORT",
        "rests on",
        "weights in the texts, H1 isis",
        "Theories stand side by side and are never averaged. A conditional exploration, not a forecast.",
    ):
        assert words in output.out
    for name in COMPARED:
        assert name.replace("_", " ") in output.out


def test_what_is_there_already_is_not_run_again(command):
    assert command(*PAIR, *SMALL).err == ""


def test_names_take_the_natural_start_of_the_first_unless_another_is_given(place, monkeypatch):
    monkeypatch.chdir(place)
    sizes = {"theory": THEORY, "replications": 4, "horizon": 7, "workers": 1}
    first = scenarios.compare("phased_3y", "full_withdrawal", **sizes)
    assert {point.manifest["start"] for point in first.runs.values()} == {"2020-08"}
    given = scenarios.compare("phased_3y", "full_withdrawal", start="2021-07", **sizes)
    assert {run.manifest["start"] for run in given.runs.values()} == {"2021-07"}


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("phased_3y", *SMALL, "start=2021-12"), "phased_3y against status_quo"),
        (("status_quo", "phased_3y", *SMALL, "start=2021-12"), "phased_3y against status_quo"),
        (("FULL_WITHDRAWAL", "PHASED_3Y"), "against status_quo"),
        (("PHASED_3Y", "full_withdrawal"), "2 scenarios against status_quo | 13 Dec 2021"),
        ((*PAIR, *SMALL, "against=none"), "phased_3y against full_withdrawal"),
        ((*PAIR, *SMALL, "--pairwise", "outcomes=attacks_on_us,deaths"), "full_withdrawal less phased_3y"),
    ],
    ids=["one", "baseline among them", "folders", "a folder and a name", "no baseline", "among themselves"],
)
def test_names_and_folders_find_their_baseline_without_a_run(command, folder, words, fragment):
    output = command(*(folder(word.lower()) if word.isupper() else word for word in words))
    assert (output.code, output.err) == (0, "")
    assert fragment in output.out


def test_a_glob_stands_for_every_folder_that_it_matches(command, folder):
    value = command(folder("full_withdrawal"), folder("phased_3y"))
    globs = (f"{folder(name)[:-4]}*" for name in PAIR)
    assert command(*globs).out == value.out


def test_a_threshold_of_ones_own_is_counted(comparison, place):
    result = scenarios.compare(*PAIR, theory=THEORY, replications=8, horizon=14, above={"deaths": 20}, workers=1)
    contrasts = result.contrasts.query("scenario == 'phased_3y' and outcome == 'deaths'")
    values = result.results["phased_3y"].outcomes
    shares = [(values.loc[values["theory"] == value, "deaths"] >= 20).mean() for value in (0, 1)]
    assert contrasts["exceeds"].tolist() == pytest.approx(shares)
    assert (contrasts["threshold"] == 20).all()


def test_contrasts_written_as_csv_are_those_of_python(command, comparison, tmp_path):
    assert command(*PAIR, *SMALL, "-o", str(tmp_path / "contrasts.csv")).code == 0
    written = pd.read_csv(tmp_path / "contrasts.csv")
    assert len(written) == len(comparison.contrasts) == 2 * 2 * len(COMPARED)
    assert written["mean"].to_numpy() == pytest.approx(comparison.contrasts["mean"].to_numpy(), nan_ok=True, rel=1e-4)
    assert written.loc[0, "caveat"] == "A conditional exploration, not a forecast."
    assert written.loc[0, "as_of"] == "2021-12-13"
    assert "full_withdrawal:" in written.loc[0, "runs"]


def test_a_folder_takes_every_table(command, tmp_path):
    output = command(*PAIR, *SMALL, "-o", str(tmp_path / "all"))
    names = {file.stem for file in (tmp_path / "all").glob("*.csv")}
    assert names == {
        "contrasts", "pairwise", "levels", "rates", "exceedance", "time_to_event", "ranking", "signs", "theory_table",
        "switch_points",
    }  # fmt: skip
    assert all(len(pd.read_csv(file)) or file.stem == "switch_points" for file in (tmp_path / "all").glob("*.csv"))
    assert output.out.count("written: ") == 10


def test_parquet_holds_the_same_contrasts(command, comparison, tmp_path):
    command(*PAIR, *SMALL, "-o", str(tmp_path / "contrasts.parquet"))
    read = pd.read_parquet(tmp_path / "contrasts.parquet")
    assert read["mean"].to_numpy() == pytest.approx(comparison.contrasts["mean"].to_numpy(), nan_ok=True)


def test_a_comparison_says_what_it_is(comparison):
    assert repr(comparison) == (
        "<Comparison of full_withdrawal, phased_3y with status_quo as of 2021-12-13, world simulated: 4 draws under "
        "each of 2 theories, 14 outcomes; a conditional exploration, not a forecast>"
    )


def test_by_theory_every_pole_is_simulated_with_as_many_draws(command, place, monkeypatch):
    output = command("full_withdrawal", "--by-theory", *SMALL, "ensemble.replications=6", "ensemble.horizon=7")
    assert output.code == 0
    assert "n = 3 draws under each of 19 theories" in output.out
    assert "H2 strikes: deter, provoke, both" in output.out
    assert "of 19" in output.out
    assert "centre, the same theory under every question: isis enablers, strikes both" in output.out
    size = {"replications": 6, "horizon": 7, "workers": 1}
    comparison = scenarios.compare("full_withdrawal", theory=THEORY, by_theory=True, **size)
    assert comparison.theories[0] == CENTRE
    assert "outbidding present" in comparison.theories
    assert comparison.theory_table["theories"].unique().tolist() == [19]
    one = scenarios.compare(
        "full_withdrawal", theory={"isis": "enablers", "strikes": "both"}, replications=3, horizon=7, workers=1
    )
    alone, star = (run.contrasts.query("outcome == 'attacks_on_us_sites'").iloc[0]["mean"] for run in (one, comparison))
    assert alone == star  # the centre has the numbers that it has alone


def test_help_says_how_without_loading_anything_heavy(command):
    output = command("--help")
    assert output.code == 0
    assert "--by-theory" in output.out
