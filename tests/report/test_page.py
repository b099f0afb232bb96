"""The page as a document: valid, self-contained, in a sensible order, every value escaped, small."""

from collections import Counter
from itertools import pairwise

from scenarios.report.page.page import render_page
from scenarios.report.page.runs import collect_runs
from tests.report.reading import read_html

ORDER = (
    "summary", "words", "question", "outcomes", "stories", "checks", "beliefs", "limits", "provenance",
)  # fmt: skip
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
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
    labels = {each.attributes["aria-labelledby"] for each in document.elements if "aria-labelledby" in each.attributes}
    assert labels <= set(ids)


def test_nothing_is_loaded_from_elsewhere(document):
    policy = next(each for each in document.named("meta") if each.attributes.get("http-equiv"))
    assert policy.attributes["content"] == POLICY
    assert all(each.attributes["src"].startswith("data:image/png;base64,") for each in document.named("img"))
    assert not document.named("link", "script", "iframe", "object", "form")
    assert "url(" not in document.named("style")[0].text
    assert not [name for each in document.elements for name in each.attributes if name.startswith("on")]


def test_headings_go_down_one_level_at_a_time(document):
    levels = [int(each.name[1]) for each in document.named("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_sections_stand_in_the_order_in_which_they_are_listed(document):
    sections = [each.attributes["id"] for each in document.named("section")]
    assert [each for each in sections if each != "notices"] == list(ORDER)
    assert [each.attributes["href"][1:] for each in document.named("a") if "nav" in each.inside] == list(ORDER)


def test_every_table_has_a_caption_and_headers_with_a_scope(document):
    assert document.named("table")
    for each in document.named("table"):
        assert each.children == ["caption", "thead", "tbody"]
    assert all(each.attributes.get("scope") in ("col", "row") for each in document.named("th"))
    assert all(each.text.strip() for each in document.named("th", "caption", "h1", "h2", "h3", "h4", "summary"))


def test_tables_scroll_in_a_box_that_the_keyboard_reaches(document):
    boxes = [each for each in document.named("div") if each.attributes.get("class") == "scrolls"]
    assert len(boxes) == len(document.named("table"))
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
    assert "<script" not in page
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
