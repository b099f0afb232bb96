"""Facts are dated, sourced and not taken from the years that are withheld."""

import pytest

from scenarios.evidence.calendar import FIRST_KNOWN, LAST_KNOWN, calendar
from scenarios.evidence.claims import claims
from scenarios.evidence.stylised_facts import LAST_YEAR, facts, patterns

ALL = [pytest.param(fact, id=f"{table}-{n}") for table, rows in facts().items() for n, fact in enumerate(rows)]


@pytest.mark.parametrize("fact", ALL)
def test_a_fact_is_dated(fact):
    assert fact.start or fact.end


def numbers_of_one_claim() -> list[tuple[float, float]]:
    pairs = [(fact, claims()[fact.claims[0]]) for rows in facts().values() for fact in rows if len(fact.claims) == 1]
    return [(fact.value, claim.value) for fact, claim in pairs if fact.value is not None and claim.value is not None]


def test_a_number_that_a_claim_gives_is_the_number_of_the_claim():
    assert len(numbers_of_one_claim()) >= 5
    assert all(fact == claim for fact, claim in numbers_of_one_claim())


def test_the_tables_that_runs_need_are_there():
    assert {"troops", "events", "attacks_on_us_forces", "us_strikes", "isis_attacks", "press_incidents"} <= set(facts())


def test_attacks_are_counted_in_tables_of_one_unit_each():
    assert {fact.unit for fact in facts()["attacks_on_us_forces"]} == {"attacks"}
    assert {fact.unit for fact in facts()["troops"] if fact.unit != "per cent"} == {"troops"}


@pytest.mark.parametrize("name", patterns())
def test_a_pattern_that_reaches_beyond_2022_rests_on_the_texts(name):
    fact = patterns()[name]
    assert int((fact.end or fact.start or "0")[:4]) <= LAST_YEAR or fact.claims


def test_patterns_that_are_held_back_and_patterns_that_are_fitted_both_exist():
    used = [each.use for each in patterns().values()]
    assert used.count("cal") > 10
    assert used.count("val") > 10


def test_the_calendars_hold_every_vote_and_every_ramadan_of_the_years_in_which_a_run_may_lie():
    known = calendar(FIRST_KNOWN)
    years = set(range(FIRST_KNOWN.year, LAST_KNOWN.year + 1))
    assert {first.year for first, _ in known.ramadan} == years
    assert {each.year for each in known.us_presidential_votes} == {year for year in years if year % 4 == 0}
    assert max(known.iraqi_elections) > LAST_KNOWN
    assert max(known.us_inaugurations) > LAST_KNOWN
