"""`evidence [NAME ...]` shows what the texts assert, and how far that can be trusted."""

import re
import subprocess
import sys

import pytest

from scenarios.__main__ import main
from scenarios.cli import completion, evidence
from scenarios.evidence.claims import claims, unused
from scenarios.evidence.disagreements import disagreements, readings
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weights import weighed
from scenarios.explain.coverage import coverage, reliability
from scenarios.report.terminal import run

WIDEST = 110
TWO_SCREENS = 104


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["evidence", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("flags", [(), ("--without-strength",)])
def test_the_overview_shows_every_position_both_ways_on_two_screens(capsys: pytest.CaptureFixture[str], flags: tuple):
    text = said(capsys, *flags)
    assert len(text.splitlines()) <= TWO_SCREENS
    assert max(map(len, text.splitlines())) <= WIDEST
    for question, poles in readings().items():
        for pole in poles:
            both = f"{weighed(question)[pole]:.3f} {weighed(question, each_one=True)[pole]:.3f}"
            assert re.search(rf"{pole} +{re.escape(both)} ", text), (question, pole)
    for warning in ("not probabilities", "never pool theories", "kappa 0.40", "native reader of Arabic is owed"):
        assert warning in " ".join(text.split())


def test_the_flag_counts_claims_in_the_columns_of_articles(capsys: pytest.CaptureFixture[str]):
    row = r"enablers +0.418 0.360 +\. +{} "
    assert re.search(row.format(11), said(capsys))
    assert re.search(row.format(4), said(capsys, "--without-strength"))


@pytest.mark.parametrize("name", evidence.known())
def test_every_name_has_a_page_that_fits_the_screen(name: str):
    for each_one in (False, True):
        page = evidence.page(name, each_one=each_one)
        assert page[0].strip()
        assert max(map(len, page)) <= WIDEST, max(page, key=len)


@pytest.mark.parametrize("question", readings())
def test_the_page_of_a_question_names_every_claim_with_its_strength(question: str):
    page = "\n".join(evidence.page(question))
    for reading in readings()[question].values():
        for name in reading.claims:
            assert f"{name} [{claims()[name].strength}]" in page


@pytest.mark.parametrize("name", [each for each in beliefs() if beliefs()[each].claims_for])
def test_the_page_of_a_parameter_names_every_claim_for_and_against(name: str):
    page = "\n".join(evidence.page(name))
    for claim in (*beliefs()[name].claims_for, *beliefs()[name].claims_against):
        assert f"{claim} [" in page


PAGES = [
    ("H1", ["theory.isis", r"without S001 +seam", r"theory=s001 +spent", "one unnamed official", "not probabilities"]),
    (
        "D5",
        [
            "theory.army=alone",
            "held by +theory.army=alone, theory.isis=spent",
            "dependent by strength, a tie by count",
            r"theory=s001 +open \(undecided",
        ],
    ),
    ("D8", ["held by +a high announcement_cover"]),
    ("pledge", ["D3: disagreement, theory.pledge"]),
    ("realised_fraction_of_announced_cut", ["for the stated .*: 0.483 by strength", "D3 real, when high"]),
    ("S001", ["stitched together", "says nothing on", "spent leads now, then seam", "theory.isis=spent"]),
    ("parameters", [r"strike_deterrence_effect +0.083 0.167  nothing; against 5 \(2\) S003 S004"]),
    ("reliability", [r"strength +62/90 +0.40", "not tested"]),
    ("coverage", ["claims used by nothing", "S000-02", r"agents\.mechanisms\.contagion\.excited"]),
    ("presets", [r"H3  clustering +\. +\. +\. +\. +truce +mix", "as the rule has them", "s004 presence"]),
]


@pytest.mark.parametrize(("name", "fragments"), PAGES, ids=[name for name, _ in PAGES])
def test_a_page_tells_what_is_asked(capsys: pytest.CaptureFixture[str], name: str, fragments: list[str]):
    page = said(capsys, name)
    on_one_line = " ".join(page.split())
    for fragment in fragments:
        assert re.search(fragment, page) or re.search(fragment, on_one_line), f"{fragment!r} is not in\n{page}"


@pytest.mark.parametrize(
    ("given", "meant"), [("h1", "H1"), ("isis", "H1"), ("theory.isis=spent", "H1"), ("s001", "S001")]
)
def test_names_are_found_whatever_their_case(capsys: pytest.CaptureFixture[str], given: str, meant: str):
    assert said(capsys, given) == said(capsys, meant)


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        (("H10",), ["'H10' is unknown", "Did you mean H1 or D10"]),
        (("realised_fraction",), ["is unknown", "Did you mean realised_fraction_of_announced_cut"]),
        (("S004-42",), ["explain S004-42"]),
        (("zzzzzz",), ["is unknown", "Questions: H1"]),
        (("--without-strenth",), ["is not a flag", "Did you mean --without-strength"]),
        (("H1", "--write"), ["--write goes with presets alone"]),
    ],
)
def test_what_is_unknown_ends_with_2_and_names_the_nearest(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], fragments: list[str]
):
    assert main(["evidence", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    for fragment in fragments:
        assert fragment in told.err


def test_coverage_counts_every_claim_rule_mechanism_and_parameter_once():
    found = coverage()
    otherwise = [name for names in found.claims_used_otherwise.values() for name in names]
    assert sorted((*found.claims_with_a_rule, *otherwise, *found.claims_unused)) == sorted(claims())
    assert set(found.claims_unused) == set(unused())
    assert set(found.rules_with_a_claim) == {rule for each in mechanisms().values() for rule in each.rules}
    assert {path for paths in found.rules_without.values() for path in paths} == set(other_rules())
    assert found.mechanisms_without_parameters == ()
    assert sum(found.parameters.values()) == len(beliefs())


def test_reliability_has_the_published_figures_and_knows_its_weak_field():
    found = reliability()
    assert found.weakest.field == "strength"
    assert found.weakest.kappa == 0.40
    assert found.sample.of == len(claims())
    assert {name: each.kappa for name, each in found.fields.items() if name != "strength"} == {
        "actor": 0.88, "target": 0.67, "topic": 0.70, "kind": 0.68, "polarity": 0.83,
    }  # fmt: skip


def test_list_names_every_question_and_every_disagreement(capsys: pytest.CaptureFixture[str]):
    assert main(["list", "question", "disagreement", "theory"]) == 0
    listed = capsys.readouterr().out
    for name, theory in hypotheses().items():
        assert re.search(rf"^  {name} +\[{theory.number}\] .*{' . '.join(theory.poles)}$", listed, re.MULTILINE)
    for number, each in disagreements().items():
        assert re.search(rf"^  {number} +.*{' . '.join(each.positions)} \(", listed, re.MULTILINE)
    assert re.search(r"^  s001 +isis: spent, displacement: displace", listed, re.MULTILINE)
    assert re.search(r"^  neutral +no reading preferred", listed, re.MULTILINE)


def test_completion_offers_the_names_that_evidence_knows():
    offered = set(completion.words("2", "evidence", ""))
    assert set(evidence.known()) <= offered
    assert "--without-strength" in offered
    assert completion.words("2", "evidence", "D1") == ["D1", *(f"D{n}" for n in range(10, 17))]


def test_the_weights_stand_beside_results_for_the_theories_of_a_run():
    ran = [{"poles": [["isis", pole], ["strikes", "both"]], "changes": []} for pole in ("enablers", "spent")]
    assert run.weighed(ran) == [
        "what the texts weigh, H1 isis: enablers 0.42, spent 0.46 (each claim as one 0.36, 0.52); not probabilities"
    ]
    assert run.weighed(ran[:1]) == []


def test_help_is_told_and_nothing_heavy_is_imported():
    code = (
        "import sys; from scenarios.__main__ import main; main(['evidence', '--help']); main(['evidence']); "
        "print('IMPORTED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "usage: python -m scenarios evidence" in done.stdout
    assert not {"hydra", "pandas", "matplotlib", "pyarrow"} & set(done.stdout.splitlines()[-1].split())
