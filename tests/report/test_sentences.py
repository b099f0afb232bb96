"""Sentences of an answer: the table of headlines, every template, sizes in words, what decides, how far to trust."""

import math
from itertools import product

import pytest

from scenarios.analysis.rows import MergedVerdict
from scenarios.analysis.switching_values import Mix
from scenarios.analysis.verdict_family import Reversal
from scenarios.analysis.verdicts import LEAST_PAIRS, PRIMARY, Measure
from scenarios.report.decisive import between_sentences, flip_sentences
from scenarios.report.headlines import HEADLINES, State, joint_headline, side_states
from scenarios.report.quantities import change_cell, level_cell, of_hundred, size_phrase, spread_cell
from scenarios.report.sentences import TOO_FEW as TOO_FEW_RUNS
from scenarios.report.sentences import scenario_answers
from scenarios.report.trust import (
    MISSES,
    describe_grades,
    describe_moves,
    graded,
    heavy_runs,
    judgement_stamp,
    trust_sentences,
    worst_miss,
)
from scenarios.validation.verdicts import FAIL, Verdict, recorded_verdicts
from tests.analysis.families import (
    ALIKE,
    CROSSED,
    FEWER,
    IDENTICAL,
    MORE,
    NAMES,
    ONE,
    TOO_FEW,
    UNDECIDED,
    UNDEFINED,
    family,
    made,
)

ATTACKS, OTHERS, DEATHS = "attacks_on_us_sites", "attacks_on_others", "deaths_of_others"

BETTER, WORSE, LITTLE, MIXED, OPEN = State

SIDE_OF = {
    BETTER: (FEWER, -0.5), WORSE: (MORE, 0.5), LITTLE: (MORE, 0.05), OPEN: (UNDECIDED, 0.1),
    MIXED: [(MORE, 0.5), (MORE, 0.5), (FEWER, -0.5), (FEWER, -0.5)],
}  # fmt: skip

CELLS = {
    (BETTER, BETTER): "Mine lowers harm on both sides.",
    (BETTER, WORSE): "Mine moves risk from Americans to Iraqis.",
    (BETTER, LITTLE): "Mine makes Americans safer at little cost to Iraqis.",
    (BETTER, MIXED): "Mine makes Americans safer; for Iraqis it depends.",
    (BETTER, OPEN): "Mine makes Americans safer; for Iraqis it is undecided.",
    (WORSE, BETTER): "Mine moves risk from Iraqis to Americans.",
    (WORSE, WORSE): "Mine raises harm on both sides.",
    (WORSE, LITTLE): "Mine puts Americans at risk for little.",
    (WORSE, MIXED): "Mine puts Americans at risk; for Iraqis it depends.",
    (WORSE, OPEN): "Mine puts Americans at risk; for Iraqis it is undecided.",
    (LITTLE, BETTER): "Mine makes Iraqis safer, Americans hardly less so.",
    (LITTLE, WORSE): "Mine puts Iraqis at risk for little.",
    (LITTLE, LITTLE): "Mine changes little.",
    (LITTLE, MIXED): "Mine changes little for Americans; for Iraqis it depends.",
    (LITTLE, OPEN): "Mine changes little for Americans; for Iraqis it is undecided.",
    (MIXED, BETTER): "Mine makes Iraqis safer; for Americans it depends.",
    (MIXED, WORSE): "Mine puts Iraqis at risk; for Americans it depends.",
    (MIXED, LITTLE): "Mine changes little for Iraqis; for Americans it depends.",
    (MIXED, MIXED): "Mine helps or harms both sides, depending on the answers.",
    (MIXED, OPEN): "Mine helps or harms Americans, depending on the answers; for Iraqis it is undecided.",
    (OPEN, BETTER): "Mine makes Iraqis safer; for Americans it is undecided.",
    (OPEN, WORSE): "Mine puts Iraqis at risk; for Americans it is undecided.",
    (OPEN, LITTLE): "Mine changes little for Iraqis; for Americans it is undecided.",
    (OPEN, MIXED): "Mine helps or harms Iraqis, depending on the answers; for Americans it is undecided.",
    (OPEN, OPEN): "Mine is undecided on both sides.",
}  # fmt: skip


def answer(outcomes, theories=CROSSED, **fields):
    return scenario_answers(family({"mine": outcomes}, theories, **fields))["mine"]


def body(outcomes, theories=CROSSED, **fields):
    return answer(outcomes, theories, **fields).body


def test_the_table_of_headlines_is_whole():
    assert set(HEADLINES) == set(CELLS) == set(product(State, State))
    assert len(set(HEADLINES.values())) == len(HEADLINES)


@pytest.mark.parametrize(("americans", "iraqis"), CELLS)
def test_every_cell_of_the_table_of_headlines(americans, iraqis):
    found = answer({ATTACKS: SIDE_OF[americans], OTHERS: SIDE_OF[iraqis]})
    assert found.states == (americans, iraqis)
    assert found.headline == CELLS[americans, iraqis]
    assert found.body


def test_of_scenarios_with_one_headline_the_larger_gets_most():
    small, large = ({ATTACKS: (FEWER, -size), OTHERS: (MORE, size)} for size in (0.3, 0.6))
    found = scenario_answers(family({"small": small, "large": large, "mixed": {**large, OTHERS: (MORE, 0.2)}}))
    assert found["large"].headline == "Large moves risk from Americans to Iraqis."  # no larger for Americans than mixed
    found = scenario_answers(family({"small": small, "large": large}))
    assert found["large"].headline == "Large moves most risk from Americans to Iraqis."
    assert found["small"].headline == "Small moves risk from Americans to Iraqis."


def test_scenarios_of_one_kind_share_a_headline():
    leaving = {ATTACKS: (FEWER, -0.5), OTHERS: (MORE, 0.5)}
    found = family({"expel_now": leaving, "full_withdrawal": leaving, "relabel": {}})
    states = {name: side_states(found, name) for name in found.scenarios}
    assert joint_headline(states) == (
        "Expel now and Full withdrawal move risk from Americans to Iraqis; Relabel changes little."
    )


def test_what_all_theories_agree_on_comes_first_falls_before_rises():
    sizes = [(FEWER, -0.55), (FEWER, -0.64), (FEWER, -0.55), (FEWER, -0.64)]
    assert body({OTHERS: (MORE, 0.63), ATTACKS: sizes, DEATHS: (MORE, 0.2)}).startswith(
        "Under every theory attacks on US sites fall by 55 to 64 %, but faction attacks on Iraqis rise by about 63 % "
        "and deaths of Iraqis rise by about 20 %."
    )
    assert body({ATTACKS: (FEWER, -0.55)}, ONE).startswith("Attacks on US sites fall by about 55 %.")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            [(MORE, 0.12), (MORE, 0.14), (ALIKE, 0.0), (ALIKE, 0.01)],
            "Deaths of Iraqis rise by about 12 % if US support holds ISIS down, hardly if ISIS is spent.",
        ),
        (
            [(MORE, 0.36), (MORE, 0.39), (MORE, 0.08), (MORE, 0.08)],
            "Deaths of Iraqis rise by 36 to 39 % if US support holds ISIS down, by about 8 % if ISIS is spent.",
        ),
        (
            [(MORE, 0.3), (FEWER, -0.3), (MORE, 0.3), (FEWER, -0.3)],
            "Deaths of Iraqis rise by about 30 % if strikes deter, fall by about 30 % if strikes provoke.",
        ),
        (
            [(MORE, 0.3), (MORE, 0.3), (UNDECIDED, 0.1), (UNDECIDED, 0.1)],
            "Deaths of Iraqis rise by about 30 % if US support holds ISIS down; 100 runs cannot tell if ISIS is spent.",
        ),
        (
            [(MORE, 0.3), (ALIKE, 0.0), (ALIKE, 0.0), (ALIKE, 0.0)],
            "Deaths of Iraqis rise by about 30 % if US support holds ISIS down and strikes deter, hardly if",
        ),
        (
            [(MORE, 0.3), (FEWER, -0.3), (UNDECIDED, 0.1), (ALIKE, 0.0)],
            "Deaths of Iraqis rise under 1, fall under 1, are undecided under 1 and hardly change under 1 of 4",
        ),
    ],
)  # fmt: skip
def test_answers_that_decide_an_outcome_are_named(cells, sentence):
    assert sentence in body({DEATHS: cells})


def test_what_is_undecided_says_in_how_many_runs_it_is_higher_and_lower():
    found = body({DEATHS: (UNDECIDED, 0.1), "us_deaths": (UNDECIDED, 0.0)}, higher=0.31, lower=0.24)
    assert (
        "100 runs cannot tell whether deaths of Iraqis rise or fall (higher in 31, lower in 24 of 100 runs)." in found
    )
    assert "100 runs cannot tell whether US deaths rise or fall" in found


def test_what_is_identical_is_said_to_be_so():
    everything = dict.fromkeys(NAMES, (IDENTICAL, 0.0))
    assert (answer(everything).headline, body(everything)) == ("Mine changes little.", "All is identical in every run.")
    left = {**dict.fromkeys(NAMES, (IDENTICAL, 0.0)), ATTACKS: (FEWER, -0.5), "us_deaths": (IDENTICAL, 0.0)}
    assert "US deaths do not depend on it: no run differs." in body(left)


def test_what_stays_within_five_per_cent_is_said_once_with_its_tail():
    found = family({"mine": {ATTACKS: (MORE, 0.04), "ladder_max": (UNDECIDED, 0.01)}})
    key = ("mine", "status_quo", "us_deaths")
    tailed = tuple(
        made("us_deaths", ALIKE, higher=up, lower=down, tail=tail, scenario="mine", theory=at)
        for at, (up, down, tail) in enumerate([(0.15, 0.03, False), (0.23, 0.0, True)] * 2)
    )
    found.against[key] = tailed
    assert scenario_answers(found)["mine"].sentences == (
        "Under every theory attacks on US sites rise by about 4 %.",
        "All else typically stays within 5 % or is undecided.",
        "US deaths are higher in 15 to 23 of 100 runs, lower in at most 3.",
    )


def test_a_quiet_side_is_said_to_be_quiet():
    assert "For Americans all typically stays within 5 %." in body({OTHERS: (MORE, 0.5)})
    assert "For Iraqis all else is undecided." in body(
        {ATTACKS: (MORE, 0.5), **dict.fromkeys((OTHERS, "isis_attacks", DEATHS), (UNDECIDED, 0.1))}
    )


def test_a_direction_that_most_runs_do_not_show_is_told_by_its_runs():
    found = body({"us_deaths": (FEWER, 0.0)}, ONE, higher=0.05, lower=0.4, measure=None)
    assert "US deaths are mostly equal, but lower in 40 of 100 runs and higher in 5." in found


def test_a_mean_that_goes_the_other_way_is_said():
    found = body({DEATHS: (MORE, 0.3)}, ONE, mean_direction=FEWER)
    assert found.endswith(
        "Usually more deaths of Iraqis, but fewer on average, since a few very violent runs are avoided."
    )
    found = body({DEATHS: (FEWER, -0.3)}, ONE, mean_direction=MORE)
    assert found.endswith(
        "Usually fewer deaths of Iraqis, but more on average, since a few very violent runs are added."
    )


def test_too_few_runs_have_no_answer():
    found = answer(dict.fromkeys(NAMES, (TOO_FEW, 0.1)), pairs=LEAST_PAIRS - 1)
    assert (found.headline, found.body, found.states) == (TOO_FEW_RUNS, "", None)


def test_what_is_undefined_is_left_out():
    assert "deaths of Iraqis" not in body({ATTACKS: (FEWER, -0.5), DEATHS: (UNDEFINED, math.nan)}).lower()


@pytest.mark.parametrize("number", range(1, 10))
def test_an_answer_does_not_depend_on_the_scenarios_beside_it(number):
    told = {f"run {at}": {ATTACKS: (FEWER, -0.1 * at), OTHERS: (MORE, 0.1 * at)} for at in range(1, 10)}
    shown = scenario_answers(family(dict(list(told.items())[:number])))
    alone = scenario_answers(family({"run 1": told["run 1"]}))
    assert shown["run 1"] == alone["run 1"]


@pytest.mark.parametrize("number", range(1, 17))
def test_sentences_hold_for_any_number_of_theories(number):
    poles = list(product(("enablers", "spent", "seam", "feuds"), ("deter", "provoke"), ("iran", "factions")))[:number]
    theories = [dict(zip(("isis", "strikes", "command"), each, strict=True)) for each in poles]
    cells = [((MORE, 0.3), (FEWER, -0.3), (ALIKE, 0.0), (UNDECIDED, 0.1))[at % 4] for at in range(number)]
    found = family({"mine": dict.fromkeys((DEATHS, ATTACKS), cells)}, theories)
    assert len(scenario_answers(found)["mine"].body) < 900
    assert len(" ".join(flip_sentences(found))) < 700


@pytest.mark.parametrize(
    ("changes", "measure", "words"),
    [
        ((-0.55, -0.64), Measure.RATIO, "by 55 to 64 %"),
        ((0.63, 0.64), Measure.RATIO, "by about 63 %"),
        ((0.12, 0.14), Measure.RATIO, "by about 12 %"),
        ((0.95, 1.7), Measure.RATIO, "to about double"),
        ((1.85, 2.0), Measure.RATIO, "to about triple"),
        ((4.9, 5.1), Measure.RATIO, "to about 6 times as many"),
        ((0.8, 1.2), Measure.RATIO, "by 80 to 120 %"),
        ((-1.0, -3.0), Measure.COUNT, "by one to three"),
        ((-0.5, -0.5), Measure.COUNT, "by one"),
        ((-12.0, -12.0), Measure.COUNT, "by 12"),
        ((-0.20, -0.21), Measure.POINTS, "by about 20 points"),
        ((-0.20, -0.31), Measure.POINTS, "by 20 to 31 points"),
    ],
)
def test_sizes_in_words(changes, measure, words):
    assert size_phrase(changes, measure) == words


@pytest.mark.parametrize(
    ("cells", "measure", "long", "brief"),
    [
        ([(FEWER, -0.55)], Measure.RATIO, "▼ −55 %", "▼ −55 %"),
        ([(MORE, 0.63), (MORE, 0.64)], Measure.RATIO, "▲ +63 to +64 %", "▲ +63–64 %"),
        ([(FEWER, -0.20), (FEWER, -0.21)], Measure.POINTS, "▼ −20 to −21 pts", "▼ −20–21 pts"),
        ([(ALIKE, 0.0), (ALIKE, 0.01)], Measure.RATIO, "≈ 0 to +1 %", "≈ 0–1 %"),
        ([(ALIKE, 0.0), (ALIKE, -0.01)], Measure.RATIO, "≈ 0 to −1 %", "≈ 0 to −1 %"),
        ([(UNDECIDED, -0.02), (UNDECIDED, 0.03)], Measure.RATIO, "○ −2 to +3 %", "○ −2 to +3 %"),
        ([(FEWER, -3.5)], Measure.COUNT, "▼ −3.5", "▼ −3.5"),
        ([(IDENTICAL, 0.0)], Measure.COUNT, "= 0", "= 0"),
        ([(MORE, 12.345)], Measure.RATIO, "▲ +1,230 %", "▲ +1,230 %"),
        ([(TOO_FEW, 0.11)], Measure.RATIO, "+11 %", "+11 %"),
        ([(UNDEFINED, math.nan)], Measure.RATIO, "– %", "– %"),
        ([(MORE, 0.5), (ALIKE, 0.0)], Measure.RATIO, "▲≈ 0 to +50 %", "▲≈ 0–50 %"),
    ],
)
def test_cells_of_changes(cells, measure, long, brief):
    cell = MergedVerdict(tuple(made(ATTACKS, *each, measure=measure) for each in cells))
    assert (change_cell(cell), change_cell(cell, brief=True)) == (long, brief)


def test_cells_of_levels_spreads_and_shares():
    assert level_cell((1_822.0, 1_919.0), Measure.RATIO) == "1,820–1,920"
    assert level_cell((4.5, 4.5), Measure.COUNT) == "4.5"
    assert level_cell((0.71, 0.73), Measure.POINTS) == "71–73 %"
    wide = MergedVerdict((made(ATTACKS, MORE, 0.5, q05=-0.15, q95=6.18),))
    assert spread_cell(wide) == "−15 to +618 %"
    assert spread_cell(MergedVerdict((made("ladder_max", MORE, 0.1, q05=math.nan, q95=math.nan),))) == ""
    assert (of_hundred((0.93, 0.95)), of_hundred((0.5, 0.5))) == ("93–95", "50")


def test_a_question_that_decides_is_told_from_one_that_changes_sizes():
    told = {DEATHS: [(MORE, 0.12), (MORE, 0.3), (ALIKE, 0.0), (ALIKE, 0.0)]}
    assert flip_sentences(family({"mine": told})) == [
        "What holds ISIS down decides deaths of Iraqis.",
        "What US strikes do changes sizes only.",
        "No mix of these theories reverses an arrow.",
    ]
    assert flip_sentences(family({"mine": told, "other": {}}))[0] == (
        "What holds ISIS down decides deaths of Iraqis for Mine."
    )
    assert flip_sentences(family({"mine": {}}))[0] == "What holds ISIS down and what US strikes do change nothing here."
    assert flip_sentences(family({"mine": {}}, ONE))[0].startswith("One theory alone")


def test_what_is_undecided_under_another_answer_decides_nothing():
    told = {DEATHS: [(MORE, 0.12), (MORE, 0.12), (UNDECIDED, 0.0), (UNDECIDED, 0.0)]}
    assert flip_sentences(family({"mine": told}))[0] == "What holds ISIS down changes sizes only."


def test_a_switching_probability_is_told_with_its_interval_where_it_is_decided():
    reversal = Reversal("mine", DEATHS, "isis", "enablers", "spent", (), Mix(0.34, 0.25, 0.45, 100))
    found = flip_sentences(family({"mine": {}}, reversals=[reversal]))[-1]
    assert found == (
        "Deaths of Iraqis rise rather than fall if it is more than 34 % (25 to 45 %) likely that US support holds ISIS "
        "down, with these two answers alone in play."
    )
    held = Reversal("mine", DEATHS, "isis", "enablers", "spent", (("strikes", "deter"),), Mix(0.34, 0.25, 0.45, 100))
    assert (
        "holds ISIS down, where strikes deter, with these" in flip_sentences(family({"mine": {}}, reversals=[held]))[-1]
    )
    loose = Reversal("mine", DEATHS, "isis", "enablers", "spent", (), Mix(0.34, -0.2, 0.45, 100))
    sentences = flip_sentences(family({"mine": {}, "other": {}}, reversals=[loose, loose, loose]))
    assert "under Mine rise rather than fall if it is more than 34 % likely" in sentences[-2]
    assert sentences[-1] == "One more turns likewise (--full)."


def test_scenarios_are_set_against_one_another():
    directions = {primary.outcome: FEWER if primary.side == "Americans" else MORE for primary in PRIMARY}
    pairs = [("best", "middle"), ("best", "worst"), ("middle", "worst")]
    between = {(*pair, name): [way] * 4 for pair in pairs for name, way in directions.items()}
    told = {"best": {}, "middle": {}, "worst": {}}
    assert between_sentences(family(told, between=between)) == [
        "For Americans Best does best and Worst worst on all three outcomes; for Iraqis it is the reverse on all three."
    ]
    open_one = {**between, ("best", "middle", DEATHS): [MORE, MORE, UNDECIDED, UNDECIDED]}
    ranks, undecided = between_sentences(family(told, between=open_one))
    assert "for Iraqis Best does worst on two of three outcomes" in ranks or "two of three" in ranks
    assert undecided == "Open: deaths of Iraqis, Best against Middle, if ISIS is spent."
    assert between_sentences(family({"best": {}})) == []
    assert between_sentences(family(told))[0].startswith(
        "For Americans no scenario is decidedly best or worst; for Iraqis"
    )


def test_the_grades_are_counted_and_the_stamp_follows_from_them():
    counted = graded({"grades": "300 quantities, 126 of them uncertain; by grade 0 A, 33 B, 110 C, 157 D"})
    assert counted == {"A": 0, "B": 33, "C": 110, "D": 157}
    assert describe_grades(counted) == (
        "Low confidence, judgement-led: none of 300 inputs is fitted and tested, 267 are judgement."
    )
    learnt = {"A": 12, "B": 188, "C": 50, "D": 50}
    assert describe_grades(learnt) == (
        "Moderate confidence, learnt in part: 12 of 300 inputs are fitted and tested, 100 are judgement."
    )
    assert (describe_grades({"A": 3}), judgement_stamp({"A": 3})) == (
        "High confidence: all 3 inputs are fitted and tested.",
        "",
    )
    assert "not known" in describe_grades(graded({"grades": "nothing"}))


def miss(name, statistic, theory="provoke", verdict=FAIL, band=(40.0, 55.0)):
    words = dict.fromkeys(("use", "statement", "counted", "run", "start", "world", "unit", "reason", "code"), "")
    return Verdict(name=name, theory=theory, band=band, simulated=(0.0, 0.0, 0.0), statistic=statistic,
                           verdict=verdict, replications=900, **words)  # fmt: skip


def test_the_worst_known_miss_of_an_outcome_in_the_sentence_is_named():
    recorded = [
        miss("P12", 60.0, "deter"),
        miss("P12", 99.9),
        miss("P24", 9.0, band=(0.0, 2.0)),
        miss("P26", 50.0, verdict="pass"),
    ]
    found = family({"mine": {}})
    assert worst_miss(recorded, [ATTACKS], found) == [
        "Attacks of the Gaza war come out above the record (99.9 for 40 to 55)."
    ]
    assert worst_miss(recorded, [ATTACKS, "us_deaths"], found)[0].startswith("US deaths for 100 attacks come out above")
    assert worst_miss([miss("P12", 10.0)], [ATTACKS], found)[0].startswith("Attacks of the Gaza war come out below")
    assert worst_miss(recorded, [DEATHS], found) == []
    assert worst_miss(recorded, [ATTACKS], family({"mine": {}}, ONE)) == []  # strikes neither deter nor provoke alone


def test_checks_that_bear_on_an_outcome_are_on_record():
    assert set(MISSES) <= {verdict.name for verdict in recorded_verdicts()}
    assert {outcome for outcome, _ in MISSES.values()} <= set(NAMES)


def test_trust_names_one_theory_moves_and_few_runs():
    about = {"start": "2021-12", "grades": "by grade 0 A, 1 B, 1 C, 1 D"}
    found = trust_sentences(
        family({"mine": {DEATHS: (MORE, 0.3)}}, ONE, carried=0.59), about, [], [], {"relabel": "2021-07"}
    )
    assert found[1:] == [
        "One theory alone.",
        "Relabel was written for July 2021; it begins in December 2021 here.",
        "Means lean on few runs: 5 of 100 carry up to 59 % of a mean change.",
    ]
    both = describe_moves({"relabel": "2021-07", "expel_now": "own.yaml"}, "2021-12")
    assert both == ["Relabel was written for July 2021 and Expel now for own.yaml; all begin in December 2021 here."]
    assert heavy_runs(family({"mine": {}})) == []
