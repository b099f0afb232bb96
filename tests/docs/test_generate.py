"""`python -m docs.generate` writes what is made from code, seeds and runs, or names what would change."""

import re
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from docs.generate import Size, evidence, patterns, prior, regions
from docs.generate.__main__ import READ, TARGETS, generate, main
from docs.generate.coverage import coverage, reliability
from docs.generate.regions import changed_regions, filled, table
from scenarios.errors import RequestError
from scenarios.evidence.claims import claims, unused
from scenarios.evidence.disagreements import weighed_poles
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weights import pole_weights
from scenarios.outcomes import OUTCOMES
from scenarios.validation import prior_predictive
from scenarios.validation.histories import Runs


def run(*words):
    return CliRunner().invoke(main, words)


@pytest.fixture
def docs(tmp_path, monkeypatch):
    """A copy of the pages that a test may change."""
    for page in regions.DOCS.glob("*.md"):
        (tmp_path / page.name).write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(regions, "DOCS", tmp_path)
    return tmp_path


def test_what_is_read_from_code_and_seeds_is_as_the_clone_has_it():
    checked = run("--check")
    assert checked.exit_code == 0, checked.output
    assert [line for line in checked.output.splitlines() if not line.endswith(": unchanged")] == []
    assert "docs/odd.md: unchanged" in checked.output
    assert "docs/evidence.md: unchanged" in checked.output
    assert "configs/theory/s003.yaml: unchanged" in checked.output


def test_a_check_ends_with_2_and_names_the_regions_that_differ_and_without_it_they_are_written(docs):
    page = docs / "odd.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("`strike_deterrence_effect`", "`strike_effect`"), encoding="utf-8")
    checked = run("odd", "--check")
    assert checked.exit_code == 2
    assert re.search(
        r"error: no longer as .*odd.md: theories, parameters\. Run `python -m docs.generate", checked.output
    )
    assert page.read_text(encoding="utf-8") != text
    written = run("odd")
    assert written.exit_code == 0
    assert written.output.endswith("odd.md: theories, parameters\n")
    assert page.read_text(encoding="utf-8") == text


def test_a_page_that_is_missing_is_named(docs):
    (docs / "evidence.md").unlink()
    ended = run("evidence")
    assert ended.exit_code == 2
    assert f"error: there is no page {docs / 'evidence.md'}; restore it" in ended.output


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("od",), f"'od' is not one of {', '.join(map(repr, TARGETS))}"),
        (("--write",), "No such option"),
        (("prior", "--replications", "2"), "2 is not in the range x>=8"),
    ],
)
def test_what_it_does_not_know_is_refused(words, fragment):
    ended = run(*words)
    assert ended.exit_code == 2
    assert fragment in ended.output


def test_help_names_every_target():
    text = run("--help").output
    assert all(f"  {name} " in text for name in (*READ, "patterns", "prior", "variance", "constants"))


def test_a_file_that_is_not_there_is_written(tmp_path):
    file = tmp_path / "new.yaml"
    assert list(generate({file: "a: 1\n"}, check=False)) == [f"{file}: all of it"]
    assert file.read_text(encoding="utf-8") == "a: 1\n"
    assert list(generate({file: "a: 1\n"}, check=True)) == [f"{file}: unchanged"]
    with pytest.raises(RequestError, match=r"new\.yaml: all of it"):
        list(generate({file: "a: 2\n"}, check=True))


def test_a_region_without_a_table_and_a_table_without_a_region_are_refused():
    page = "<!-- generated: one -->\n\nold\n\n<!-- end -->\n"
    assert regions.regions(page) == {"one": "\nold\n\n"}
    new = filled(page, {"one": "new"})
    assert new == "<!-- generated: one -->\n\nnew\n\n<!-- end -->\n"
    assert changed_regions(page, new) == ["one"]
    assert changed_regions(page, page) == []
    with pytest.raises(RequestError, match="table 'one', which nothing makes"):
        filled(page, {"two": "new"})
    with pytest.raises(RequestError, match="no region for the table 'two'"):
        filled(page, {"one": "new", "two": "new"})
    with pytest.raises(RequestError, match="two regions named 'one'"):
        regions.regions(page + page)


def test_cells_of_a_table_neither_end_it_nor_break_its_lines():
    assert table(("a", "b"), [("x|y", "1\n2")]) == "| a | b |\n|---|---|\n| x\\|y | 1 2 |"


def test_every_position_is_shown_with_both_weights_and_what_each_article_has_for_it():
    text = evidence.positions("H") + evidence.positions("D")
    for number, positions in weighed_poles().items():
        for name in positions:
            both = [f"{pole_weights(number, by_count=by_count)[name]:.3f}" for by_count in (False, True)]
            assert re.search(rf"\| (\*\*)?{name}(\*\*)? \| {both[0]} \| {both[1]} \|", text), (number, name)
    assert "| enablers | 0.418 | 0.360 | . | 11 (4) | . | . | . | S001: seam |" in text
    assert "S001: dependent by count; S003: alone by count" in text


def test_presets_are_shown_with_what_strength_alone_would_have_decided():
    assert "| H3 clustering | . | . | . | . | truce | mix |" in evidence.presets()
    assert "| H1 isis | . | spent | . | . | seam, feuds | all |" in evidence.presets()
    assert "| H9 presence | provokes | ? | ? | . | ? | neither |" in evidence.presets()
    assert "| s004 | presence | provokes | deters 2 (1), provokes 3 (1) |" in evidence.by_strength_alone()
    assert all(name in evidence.presets() for name in hypotheses())


def test_parameters_on_which_a_text_speaks_are_shown_with_what_is_against_them():
    assert "| `strike_deterrence_effect` | 0.083 | 0.167 |  | 5 (2) S003 S004 |" in evidence.parameters()
    shown = re.findall(r"^\| `(\w+)`", evidence.parameters(), re.MULTILINE)
    assert shown == [name for name, each in beliefs().items() if each.claims_for or each.claims_against]


def test_coverage_counts_every_claim_rule_mechanism_and_parameter_once():
    counted = coverage()
    otherwise = [name for names in counted.claims_used_otherwise.values() for name in names]
    assert sorted((*counted.claims_with_a_rule, *otherwise, *counted.claims_unused)) == sorted(claims())
    assert set(counted.claims_unused) == set(unused())
    assert set(counted.rules_with_a_claim) == {rule for each in mechanisms().values() for rule in each.rules}
    assert {path for paths in counted.rules_without.values() for path in paths} == set(other_rules())
    assert counted.mechanisms_without_parameters == ()
    assert sum(counted.parameters.values()) == len(beliefs())
    assert "`agents.mechanisms.contagion.excited`" in evidence.left_out()
    assert "`S000-02`" in evidence.left_out()


def test_reliability_has_the_published_figures_and_knows_its_weak_field():
    published = reliability()
    assert published.weakest.field == "strength"
    assert published.weakest.kappa == 0.40
    assert published.sample.of == len(claims())
    assert {name: each.kappa for name, each in published.fields.items() if name != "strength"} == {
        "actor": 0.88, "target": 0.67, "topic": 0.70, "kind": 0.68, "polarity": 0.83,
    }  # fmt: skip
    assert "| strength | 62/90 | 0.40 | 0.21 to 0.56 |" in evidence.agreement()
    assert "Not tested: how the texts were cut into claims" in evidence.agreement()


def test_patterns_are_judged_on_runs_that_are_kept_and_written_into_page_and_record(docs, tmp_path, monkeypatch):
    monkeypatch.setattr(patterns, "criteria", lambda: ["P07"])
    monkeypatch.setattr(patterns, "compare_counts", lambda runs: [])
    monkeypatch.setattr(patterns, "predictions", lambda *request: [])
    page, record = patterns.files(Size(6, 1, tmp_path / "runs")).values()
    assert page.startswith((docs / "patterns.md").read_text(encoding="utf-8")[:500])
    rows = [line for line in page.splitlines() if line.startswith("| P07")]
    assert [re.search(r"both|deter|provoke", row)[0] for row in rows] == ["both", "deter", "provoke"]
    assert all(row.endswith("| 3.00 | pass |") for row in rows)
    assert [line.split(",")[0] for line in record.splitlines()] == ["name", "P07", "P07", "P07"]
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "runs").rglob("*.parquet")}
    again = patterns.verdicts(Runs(tmp_path / "runs", 6, 1), ["P07"])
    assert before == {file: file.stat().st_mtime_ns for file in (tmp_path / "runs").rglob("*.parquet")}
    assert patterns.verdict_table(again) in page


def test_the_page_of_the_prior_has_every_outcome_at_every_start_in_every_world_that_it_allows(tmp_path, monkeypatch):
    monkeypatch.setattr(prior_predictive, "starts", lambda: ("2021-12", "2024-01"))
    monkeypatch.setattr(prior_predictive, "options", SimpleNamespace(options=lambda kind: ["calm", "gaza_war"]))
    monkeypatch.setattr(prior_predictive, "HORIZON", 14)
    first, second = prior_predictive.distributions(tmp_path / "runs", 8, 1).values()
    assert "Excluded at this start within a year: gaza_war." in prior.prior_table(first)
    assert "Excluded at" not in prior.prior_table(second)
    for name, outcome in OUTCOMES.items():
        assert f"| {name} | {outcome.unit} |" in prior.prior_table(first)
        assert f"| {name} | {outcome.unit} |" in prior.prior_table(second)
