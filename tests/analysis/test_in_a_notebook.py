"""A comparison as it is shown in a notebook."""

import html
import re

import scenarios
from scenarios.analysis.comparison import Comparison
from scenarios.report.terminal import contrasts


def read(page):
    """The text of a page, without tags and pictures."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_it_says_what_is_compared_theory_by_theory_and_what_it_is_not(comparison):
    said = read(comparison._repr_html_())
    assert said.startswith("full withdrawal, phased 3y against status quo A conditional exploration, not a forecast.")
    assert "4 draws under each of 2 theories" in said
    assert "n = 4" in html.unescape(comparison._repr_html_()), "the picture says so to those who do not see it"
    assert f"Rests on {comparison.baseline.manifest['grades']}." in said
    assert all(theory in said for theory in comparison.theories)


def test_its_numbers_are_those_of_the_table(comparison):
    said = read(comparison._repr_html_())
    moved = comparison.contrasts[~comparison.contrasts["outcome"].isin(contrasts.unmoved(comparison.contrasts))]
    assert len(moved)
    assert all(contrasts.difference(row).strip() in said for row in moved.to_dict("records"))


def test_of_many_theories_it_shows_under_how_many_each_sign_stands(place, monkeypatch):
    monkeypatch.chdir(place)
    found = scenarios.compare("full_withdrawal", replications=8, horizon=14, workers=1, by_theory=True)
    said = read(found._repr_html_())
    assert all(agreement in said for agreement in found.theory_table["agreement"])


def test_what_failed_is_said_before_any_number(comparison, monkeypatch):
    lost = {**comparison.baseline.manifest, "failures": [{"draw": 1, "error": "a <b> & c"}]}
    monkeypatch.setattr(comparison.baseline, "manifest", lost)
    page = Comparison(comparison.results, (comparison.baseline_name, comparison.baseline))._repr_html_()
    assert read(page).startswith("Read this first status_quo: 1 of 4 draws failed under all 2 theories")
    assert "a &lt;b&gt; &amp; c" in page
