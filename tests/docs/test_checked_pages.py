"""docs/patterns.md, docs/prior.md and docs/variance.md describe the model as it is, and explain every failure."""

import re

import pytest

from docs.generate.regions import DOCS, REGION, regions
from scenarios.evidence.parameters import beliefs, starts
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.validation.checks import FAIL, criteria
from scenarios.validation.tables import REFERENCE

PAGES = ("patterns.md", "prior.md", "variance.md")


def text(name):
    return (DOCS / name).read_text(encoding="utf-8")


def by_hand(name):
    """A page without its generated regions."""
    return REGION.sub("", text(name))


def rows(table):
    """Cells of every row of a Markdown table, head left out."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"][2:]


@pytest.fixture(scope="module")
def patterns():
    return regions(text("patterns.md"))


def test_every_stylised_fact_has_its_verdict_with_the_band_of_the_seeds(patterns):
    judged = rows(patterns["verdicts"])
    assert {cells[0] for cells in judged} == set(criteria()), "run `python -m docs.generate patterns`"
    for cells in judged:
        if entry := criteria()[cells[0]].statistic:
            assert entry == cells[2], cells[0]
        else:
            assert cells[-1] == f"not testable: {criteria()[cells[0]].not_testable}"


def test_every_fact_that_fails_under_the_shipped_priors_is_explained_in_words(patterns):
    failed = {cells[0] for cells in rows(patterns["verdicts"]) if cells[5] == REFERENCE and cells[-1] == FAIL}
    explained = re.findall(r"^\*\*([PF]\d+),", by_hand("patterns.md"), re.MULTILINE)
    assert failed == set(explained)
    under_poles = {cells[0] for cells in rows(patterns["verdicts"]) if cells[-1] == FAIL} - failed
    explanations = by_hand("patterns.md").split("### Facts that fail under a pole")[1].split("###")[0]
    assert under_poles == set(re.findall(r"[PF]\d+", explanations))


def test_every_expectation_that_fails_is_explained_in_words(patterns):
    explanations = by_hand("patterns.md").split("### The expectations that fail")[1]
    for cells in rows(patterns["predictions"]):
        if any(cell.endswith(FAIL) for cell in cells[3:]):
            assert f"**{cells[0]}" in explanations, cells[0]


def test_every_testable_fact_that_may_guide_a_prior_passes_under_the_shipped_priors(patterns):
    judged = [cells for cells in rows(patterns["verdicts"]) if cells[1] == "cal" and cells[5] in (REFERENCE, "all")]
    assert len(judged) > 10
    assert not [cells[0] for cells in judged if cells[-1] == FAIL]


@pytest.mark.parametrize("name", starts())
def test_the_prior_page_has_every_outcome_at_every_start(name):
    shown = {cells[0] for cells in rows(regions(text("prior.md"))[f"start {name}"])}
    assert shown == set(OUTCOMES), "run `python -m docs.generate prior`"


@pytest.mark.parametrize("name", ["full_withdrawal", "relabel"])
def test_the_variance_page_has_every_headline_and_shares_that_add_up(name):
    table = regions(text("variance.md"))[name]
    split = [cells for cells in rows(table) if cells[0] in HEADLINES]
    assert {cells[0] for cells in split} == set(HEADLINES) - {"attacks_per_1000_troop_years"}
    sums = [float(cells[-1].split()[0]) for cells in split if cells[-1] != "-"]
    assert len(sums) > len(HEADLINES)
    assert all(98 <= each <= 102 for each in sums)
    assert table.count("less status_quo") == 1


@pytest.mark.parametrize("name", PAGES)
def test_the_words_name_what_there_is(name):
    """A parameter or an outcome that is named in code type exists."""
    known = {*beliefs(), *OUTCOMES}
    named = re.findall(r"`([a-z]+(?:_[a-z]+){2,})`", by_hand(name))
    assert not [each for each in named if each not in known]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_that_it_is_no_forecast(name):
    assert re.search(r"conditional\s+exploration,\s+not\s+a\s+forecast", text(name))
