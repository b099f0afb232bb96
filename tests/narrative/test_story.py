"""Narratives cite their events and warn that they are one of many."""

import pytest

from scenarios.narrative import Sentence, Story
from scenarios.narrative.story import CAVEAT, event_ranges

STORY = Story(
    title="Replication 3 of <x>",
    sentences=[
        Sentence("It began.", (1,), "first"),
        Sentence("It went on.", (3, 2), "then"),
        Sentence("More.", (9,), "first"),
    ],
    numbers={"deaths": 1234.0, "attacks_per_1000_troop_years": float("nan"), "ladder_max": 4.0, "isis_resurgence": 0.0},
    notes=("Recorded.",),
)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((), ""),
        ((4,), "e4"),
        ((4, 5, 6), "e4-e6"),
        ((6, 4, 5, 5, 9), "e4-e6, e9"),
        (tuple(range(0, 14, 2)), "7 events from e0 to e12"),
    ],
)
def test_neighbours_are_cited_as_a_range_and_many_runs_by_their_number(events, words):
    assert event_ranges(events) == words


def test_a_sentence_carries_its_events():
    assert str(Sentence("It began.", (12, 15, 16, 17))) == "It began. [e12, e15-e17]"
    assert str(Sentence("It began.")) == "It began."


def test_sentences_stand_under_their_phase_in_order():
    assert [(name, [each.text for each in sentences]) for name, sentences in STORY.phases()] == [
        ("first", ["It began.", "More."]),
        ("then", ["It went on."]),
    ]


def test_the_page_ends_with_numbers_notes_and_the_caveat():
    page = str(STORY)
    assert page.index("first") < page.index("then") < page.index("Outcomes of the whole run") < page.index("Recorded.")
    assert "deaths                        1,234 deaths" in page
    assert "attacks per 1000 troop years  undefined" in page
    assert "ladder max                    4 of 7" in page
    assert "isis resurgence               no" in page
    assert " ".join(page.split()).endswith(CAVEAT)


def test_html_escapes_and_holds_the_same():
    page = STORY._repr_html_()
    assert "Replication 3 of &lt;x&gt;" in page
    assert all(each.cited in page for each in STORY.sentences)
    assert "<td>1,234 deaths</td>" in page
    assert CAVEAT in page
