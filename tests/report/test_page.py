"""The page as a document: valid, whole in itself, in a sensible order, every value escaped."""

from collections import Counter
from itertools import pairwise

from scenarios.report.page.page import made
from scenarios.report.page.render import POLICY
from scenarios.report.page.runs import gathered
from tests.report.reading import read

ORDER = (
    "summary", "brief", "words", "asked", "outcomes", "stories", "checks", "beliefs", "limits", "provenance",
)  # fmt: skip
NASTY = "\"><script>alert('x')</script>&lt;img src=x onerror=y>"


def test_the_page_is_valid_html(seen):
    assert seen.declared == "DOCTYPE html"
    assert seen.wrong == []


def test_no_two_elements_share_an_id_and_every_link_within_the_page_leads_somewhere(seen):
    ids = Counter(each.attributes["id"] for each in seen.elements if "id" in each.attributes)
    assert {name for name, number in ids.items() if number > 1} == set()
    links = [each.attributes["href"] for each in seen.named("a")]
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)
    labels = {each.attributes["aria-labelledby"] for each in seen.elements if "aria-labelledby" in each.attributes}
    assert labels <= set(ids)


def test_nothing_is_loaded_from_elsewhere(seen):
    policy = next(each for each in seen.named("meta") if each.attributes.get("http-equiv"))
    assert policy.attributes["content"] == POLICY
    assert "default-src 'none'" in POLICY
    assert all(each.attributes["src"].startswith("data:image/png;base64,") for each in seen.named("img"))
    assert not seen.named("link", "script", "iframe", "object", "form")
    assert "url(" not in seen.named("style")[0].text
    assert not [name for each in seen.elements for name in each.attributes if name.startswith("on")]


def test_headings_go_down_one_level_at_a_time(seen):
    levels = [int(each.name[1]) for each in seen.named("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_sections_stand_in_the_order_in_which_they_are_listed(seen):
    sections = [each.attributes["id"] for each in seen.named("section")]
    assert [each for each in sections if each != "notices"] == list(ORDER)
    assert [each.attributes["href"][1:] for each in seen.named("a") if "nav" in each.inside] == list(ORDER)


def test_every_table_has_a_caption_and_headers_that_say_what_they_head(seen):
    assert seen.named("table")
    for each in seen.named("table"):
        assert each.children == ["caption", "thead", "tbody"]
    assert all(each.attributes.get("scope") in ("col", "row") for each in seen.named("th"))
    assert all(each.text.strip() for each in seen.named("th", "caption", "h1", "h2", "h3", "h4", "summary"))


def test_tables_scroll_in_a_box_that_the_keyboard_reaches(seen):
    boxes = [each for each in seen.named("div") if each.attributes.get("class") == "scrolls"]
    assert len(boxes) == len(seen.named("table"))
    assert all(each.attributes["tabindex"] == "0" and each.attributes["role"] == "region" for each in boxes)


def test_every_picture_says_in_words_what_it_shows(seen):
    words = [each.attributes["alt"] for each in seen.named("img")]
    assert len(words) >= 5
    assert all(len(each) > 80 and "not a forecast" in each for each in words)
    assert len(set(words)) == len(words)


def test_a_value_of_a_manifest_is_never_taken_for_markup(lived, monkeypatch):
    runs = gathered([next((lived / "status_quo").iterdir())])
    about = runs.first.manifest
    for key in ("world", "grades", "finished", "start"):
        monkeypatch.setitem(about, key, NASTY)
    monkeypatch.setitem(about["provenance"], "commit", NASTY)
    monkeypatch.setitem(about, "theories", [f"{NASTY}{number}" for number in range(2)])
    page = made(runs)
    assert page.count("alert(") > 5
    assert "<script" not in page
    assert "<img src=x" not in page
    assert read(page).wrong == []


def test_every_parameter_leads_to_its_claims_and_every_claim_to_its_document(seen):
    links = {each.attributes["href"] for each in seen.named("a")}
    named = [str(each.attributes["id"]) for each in seen.named("span") if "id" in each.attributes]
    claims = {f"#{name}" for name in named if name.startswith("claim-")}
    assert len(claims) > 100
    assert claims <= links
    assert {f"#source-S00{number}" for number in range(5)} <= links
    parameters = [name for name in named if name.startswith("parameter-")]
    assert len(parameters) > 250


def test_the_page_is_the_same_bytes_when_it_is_made_again(runs, page):
    assert made(runs) == page
