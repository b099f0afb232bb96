"""The page as a document: valid, self-contained, in a sensible order, every value escaped, small."""

from base64 import b64encode
from collections import Counter
from hashlib import sha256
from itertools import pairwise

from scenarios.report.page.page import render_page
from scenarios.report.page.runs import collect_runs
from tests.report.reading import read_html

ORDER = (
    "answer", "time", "risk", "texts", "conditions", "stories", "trust", "method", "words", "limits", "provenance",
    "outcomes", "beliefs",
)  # fmt: skip
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
MOST_WORDS = 7_000
NASTY = "\"><script>alert('x')</script>&lt;img src=x onerror=y>"


def test_the_page_is_valid_html(document):
    assert document.declared == "DOCTYPE html"
    assert document.errors == []


def test_the_page_is_small_enough_to_be_mailed(page):
    assert len(page.encode()) < 2e6


def test_no_two_elements_share_an_id_and_every_link_within_the_page_leads_somewhere(document):
    ids = Counter(each.attributes["id"] for each in document.elements if "id" in each.attributes)
    assert {name for name, number in ids.items() if number > 1} == set()
    links = [each.attributes["href"] for each in document.named("a")]
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)
    named = [each.attributes["aria-labelledby"] for each in document.elements if "aria-labelledby" in each.attributes]
    labels = {label for names in named for label in names.split()}
    assert labels <= set(ids)


def test_nothing_is_loaded_from_elsewhere(document):
    policy = next(each for each in document.named("meta") if each.attributes.get("http-equiv"))
    (script,) = document.named("script")
    digest = b64encode(sha256(script.source.encode()).digest()).decode()
    assert policy.attributes["content"] == POLICY.format(digest=digest)
    assert all(each.attributes["src"].startswith("data:image/png;base64,") for each in document.named("img"))
    assert not document.named("link", "iframe", "object", "form")
    assert "url(" not in document.named("style")[0].text
    assert not [name for each in document.elements for name in each.attributes if name.startswith("on")]


def test_headings_go_down_one_level_at_a_time(document):
    levels = [int(each.name[1]) for each in document.named("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_sections_stand_in_the_order_in_which_they_are_listed(document):
    sections = [each.attributes["id"] for each in document.named("section") if "id" in each.attributes]
    assert [each for each in sections if each != "notices"] == list(ORDER)
    contents = [
        each.attributes["href"][1:] for each in document.named("a") if "li" in each.inside and "nav" in each.inside
    ]
    assert contents == list(ORDER)


def test_every_table_has_a_caption_and_headers_with_a_scope(document):
    assert document.named("table")
    for each in document.named("table"):
        assert each.children[:3] == ["caption", "thead", "tbody"]
    assert all(each.attributes.get("scope") in ("col", "row", "rowgroup") for each in document.named("th"))
    assert all(each.text.strip() for each in document.named("th", "caption", "h1", "h2", "h3", "h4", "summary"))


def test_tables_scroll_in_a_box_that_the_keyboard_reaches(document):
    boxes = [each for each in document.named("div") if each.attributes.get("class") == "scrolls"]
    assert len(boxes) == len([each for each in document.named("table") if each.attributes.get("class") != "grid"])
    assert all(each.attributes["tabindex"] == "0" and each.attributes["role"] == "region" for each in boxes)


def test_every_picture_says_in_words_what_it_shows(document):
    words = [each.attributes["alt"] for each in document.named("img")]
    assert len(words) >= 5
    assert all(len(each) > 80 and "not a forecast" in each for each in words)
    assert len(set(words)) == len(words)


def test_a_value_of_a_manifest_is_never_taken_for_markup(results, monkeypatch):
    runs = collect_runs([next((results / "status_quo").iterdir())])
    manifest = runs.manifest
    for key in ("world", "grades", "finished", "start"):
        monkeypatch.setitem(manifest, key, NASTY)
    monkeypatch.setitem(manifest["provenance"], "commit", NASTY)
    monkeypatch.setitem(manifest, "theories", [f"{NASTY}{number}" for number in range(2)])
    page = render_page(runs)
    assert page.count("alert(") > 5
    assert page.count("<script") == 1
    assert "<img src=x" not in page
    assert read_html(page).errors == []


def test_every_parameter_leads_to_its_claims_and_every_claim_to_its_document(document):
    links = {each.attributes["href"] for each in document.named("a")}
    named = [str(each.attributes["id"]) for each in document.named("span") if "id" in each.attributes]
    claims = {f"#{name}" for name in named if name.startswith("claim-")}
    assert len(claims) > 100
    assert claims <= links
    assert {f"#source-S00{number}" for number in range(5)} <= links
    assert len([name for name in named if name.startswith("parameter-")]) > 250


def test_the_page_is_the_same_bytes_when_it_is_rendered_again(runs, page):
    assert render_page(runs) == page


def test_the_page_is_read_in_seven_thousand_words(document):
    shown = [each for each in document.elements if "details" not in each.inside and each.name != "details"]
    own = [
        each for each in shown if each.name in ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "figcaption", "caption")
    ]
    assert sum(len(each.text.split()) for each in own) <= MOST_WORDS


def test_the_brief_page_is_the_first_screen_alone(runs):
    document = read_html(render_page(runs, brief=True))
    assert document.errors == []
    sections = [each.attributes["id"] for each in document.named("section") if "id" in each.attributes]
    assert [each for each in sections if each != "notices"] == ["answer"]
