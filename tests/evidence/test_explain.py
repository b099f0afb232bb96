"""`explain NAME` leads from a name down to the lines of the texts and of the code."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest

import scenarios
from scenarios.__main__ import main
from scenarios.errors import RequestError
from scenarios.evidence.claims import claims
from scenarios.evidence.disagreements import disagreements, weighed_poles
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.priors import prior
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weights import pole_weights
from scenarios.explain import beliefs as explain_beliefs
from scenarios.explain import lookup, render
from scenarios.explain.source_code import readers

TEXT_LINE = r"seeds article 00\d_[0-9a-f]{16}\.txt line \d+ \(S00\d, \d{4}"
CODE_LINE = r"agents/\S+\.py:\d+"
WIDEST = 110


def printed(capsys: pytest.CaptureFixture[str], *names: str) -> str:
    assert main(["explain", *names]) == 0
    return capsys.readouterr().out


PAGES = [
    ("strike_deterrence_effect", ["parameter of the factions", "log rate", "0 to 1.5", r"half normal \(scale [\d.]+\)",
     r"5 %: [\d.]+, 50 %: [\d.]+, 95 %: [\d.]+", "D: assumption", "direction from literature, size from assumption",
     "M08", "claims against it: 0.917 by strength, 0.833 with every claim counted one",
     "S003: strength 2 in 1 claim, S004: strength 3 in 1 claim",
     r"seeds article 004_8fd323a46787b940.txt line 38 \(S004, 2024\)",
     "Faction.adapt, which passes it to coercion.fear_added", r"seeds/parameters/factions.yaml line \d+",
     "theory.strikes=provoke", "D7 calms, when high", "never pool theories"]),
    ("M08", ["mechanism", "raises the risk", "S000-50", TEXT_LINE, CODE_LINE, "attacks_provoked_per_strike",
     "theory.strikes"]),
    ("S004-42", ["claim", TEXT_LINE, "US forces on Iran-aligned factions", "3 of 3",
     r"strike_deterrence_effect \(against\)", r"seeds/claims.csv line \d+", "not how true it is"]),
    ("S000-02", ["used by nothing", "the model starts in 2019", "at least 18 years"]),
    ("S004", ["advisory note, 2024", "its 48 claims", "S004-42 line 38", "48: 36 of strength 3"]),
    ("S001", ["stitched together", "used by nothing: S001-01", r"> spent +0\.510  0\.565  S001 12", "silent on",
     "spent leads now, then seam", "theory.isis=spent", "not probabilities"]),
    ("D5", ["Can Iraqi forces manage", "position alone", "position dependent",
     "0.595 by strength, 0.500 with every claim counted one", "theory.army: disagreement D5",
     "carried by +theory.army=alone, theory.isis=spent", "carried by +theory.army=dependent",
     r"> dependent +0\.595  0\.500  S001 9, S003 3", "dependent by strength, a tie by count",
     r"theory=s001 +open \(undecided", "S001: strength 8 in 4 claims", TEXT_LINE, "capability_adjustment_time",
     "enablers"]),
    ("H2", ["theory.strikes", "pole provoke", "0.846", "fixed at 0", TEXT_LINE, "never pool theories"]),
    ("H1", ["theory.isis: hypothesis H1", r"without S001 +seam", r"theory=s001 +spent", "one unnamed official",
     r"weight +that of position seam", "not probabilities"]),
    ("D8", ["carried by +a high announcement_cover"]),
    ("pledge", ["theory.pledge: disagreement D3"]),
    ("realised_fraction_of_announced_cut",
     ["claims for it: 0.483 by strength", "S004: strength 5 in 2 claims", "D3 real, when high"]),
    ("enablers", ["theory.isis=enablers", "lognormal", TEXT_LINE]),
    ("isis.feuds", ["theory.isis=feuds", "isis_growth_from_exit_and_feuds"]),
    ("P11", ["stylised fact", "over 300", "8.5 to 12.5", "cal: to fit", TEXT_LINE, r"seeds/patterns.csv line \d+"]),
    ("F6", ["stylised fact", "Joel Wing", "1.07 wounded"]),
    ("2021-12", ["start, the world as of 2021-12-13", "attack_rate", TEXT_LINE]),
    ("attack_rate", ["initial state", r"seeds/starts/2020-08.yaml line \d+", TEXT_LINE, r"agents/government.py:\d+"]),
    ("badr", ["agent of the model", "origin +literature", "agents.factions.Faction", TEXT_LINE]),
    ("isis.diyala", ["ISIS in seven governorates", r"agents/isis.py:\d+"]),
    ("full_withdrawal",
     ["scenario SC10", "troops.announced", TEXT_LINE, r"configs/scenario/full_withdrawal.yaml line \d+"]),
    ("gaza_war", ["world", "proxy_war", TEXT_LINE]),
    ("phased_3y", ["realised_fraction_of_announced_cut", "Share of an announced troop cut"]),
    ("us_deaths",
     ["outcome", "Americans and coalition members killed", r"scenarios/outcomes/violence.py:\d+", "deaths"]),
    ("coercion.fear_added", ["rule of the code", r"agents/mechanisms/coercion.py:\d+", "M08"]),
    ("insurgency.spell", ["no text asserts it", "literature"]),
    ("iranian_influence_weights", [r"fixed at [\d.]+ for alignment", "D16"]),
    ("militia_violence_ceiling", ["categorical", "D6"]),
    ("target_shares_of_other_attacks", ["dirichlet", "mean shares 0.333 kurdistan"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fragments"), PAGES, ids=[name for name, _ in PAGES])
def test_a_page_shows_the_chain_down_to_file_and_line(
    capsys: pytest.CaptureFixture[str], name: str, fragments: list[str]
):
    page = printed(capsys, name)
    on_one_line = " ".join(page.split())
    for fragment in fragments:
        assert re.search(fragment, page) or re.search(fragment, on_one_line), f"{fragment!r} is not in\n{page}"


@pytest.mark.parametrize("kind", [kind for kinds in lookup.TIERS for kind in kinds], ids=lambda kind: kind.name)
def test_every_name_of_a_kind_has_a_page_that_fits_the_screen(kind: render.Kind):
    for name in kind.names():
        page = kind.page(name)
        assert page == page.strip(), name
        assert max(map(len, page.splitlines())) <= WIDEST, (name, max(page.splitlines(), key=len))


def test_the_points_of_a_prior_are_those_within_its_bounds():
    belief = beliefs()["strike_deterrence_effect"]
    even = replace(belief, prior=prior({"uniform": {"low": 0, "high": 2}}), bounds=(0.0, 1.0))
    assert explain_beliefs.describe_quantiles(even) == "5 %: 0.05, 50 %: 0.5, 95 %: 0.95"
    assert "50.0 % of it lies outside the bounds" in explain_beliefs.cut_off(even)


@pytest.mark.parametrize("name", beliefs())
def test_a_parameter_leads_to_every_claim_it_cites_and_every_function_that_reads_it(name: str):
    page = lookup.pages(name)[0]
    for claim in (*beliefs()[name].claims_for, *beliefs()[name].claims_against):
        assert claims()[claim].place in page
    for reader in readers(name):
        assert str(reader.place) in page


@pytest.mark.parametrize("number", weighed_poles())
def test_a_question_leads_to_every_claim_of_its_positions_and_shows_both_weights(number: str):
    page = lookup.pages(number)[0]
    for position, weighed in weighed_poles()[number].items():
        strong, plain = (pole_weights(number, by_count=by_count)[position] for by_count in (False, True))
        assert re.search(rf"^[> ]+{position} +{strong:.3f}  {plain:.3f}", page, re.MULTILINE)
        assert all(f"{name}  " in page and claims()[name].place in page for name in weighed.claims)
    assert "never pool theories" in " ".join(page.split())


@pytest.mark.parametrize("number", mechanisms())
def test_a_mechanism_leads_to_texts_code_and_parameters(number: str):
    page = lookup.pages(number)[0]
    assert re.search(TEXT_LINE, page)
    assert re.search(CODE_LINE, page)
    assert any(name in page for name, belief in beliefs().items() if number in belief.mechanisms)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("m08", "M08"),
        ("s004-42", "S004-42"),
        ("d5", "D5"),
        ("Badr", "badr"),
        ("h2", "H2"),
        ("s001", "S001"),
        ("source.S001", "S001"),
        ("hypothesis.H2", "strikes"),
        ("disagreement=d5", "theory.army"),
        ("theory.isis=spent", "isis.spent"),
        ("scenario=relabel", "relabel"),
    ],
)
def test_names_are_found_whatever_their_case(capsys: pytest.CaptureFixture[str], given: str, meant: str):
    assert printed(capsys, given) == printed(capsys, meant)


def test_a_name_that_two_kinds_share_is_explained_for_both_and_a_kind_picks_one(capsys: pytest.CaptureFixture[str]):
    both = printed(capsys, "isis")
    assert "theory.isis: hypothesis H1" in both
    assert "isis: agent of the model" in both
    assert "agent of the model" not in printed(capsys, "theory.isis")
    assert "initial state" not in printed(capsys, "outcome.iranian_directive")


def test_a_pole_that_several_theories_have_is_explained_for_each(capsys: pytest.CaptureFixture[str]):
    having = {name for name, each in hypotheses().items() if "open" in each.poles}
    assert {"command", "timetable", "displacement", "aims"} <= having
    assert set(re.findall(r"theory\.(\w+)=open", printed(capsys, "open"))) == having


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("strike_deterence_effect", "strike_deterrence_effect"),
        ("full_withdrawl", "full_withdrawal"),
        ("us_death", "us_deaths"),
        ("S004-99", "S004-"),
        ("H10", "H1"),
        ("realised_fraction", "realised_fraction_of_announced_cut"),
        ("kataib_hizbollah", "kataib_hezbollah"),
    ],
)
def test_an_unknown_name_ends_with_2_and_names_the_nearest(capsys: pytest.CaptureFixture[str], wrong: str, near: str):
    assert main(["explain", wrong]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "is unknown. Did you mean" in err
    assert near in err


def test_a_name_like_nothing_is_answered_with_what_can_be_explained(capsys: pytest.CaptureFixture[str]):
    assert main(["explain", "zzzzzz"]) == 2
    assert "`explain` alone lists" in capsys.readouterr().err
    assert "strike_deterrence_effect" in printed(capsys)


@pytest.mark.parametrize("name", ["strike_deterrence_effect", "M08", "S004-42", "2021-12"])
def test_only_what_is_needed_is_imported(name: str):
    code = (
        f"import sys; from scenarios.explain.lookup import pages; pages({name!r}); "
        "print([each for each in ('mesa', 'pandas', 'hydra', 'matplotlib', 'xarray') if each in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_from_python_it_shows_what_the_command_prints(capsys: pytest.CaptureFixture[str]):
    explanation = scenarios.explain("H2", "deaths")
    assert printed(capsys, "H2", "deaths") == f"{explanation}\n" == f"{explanation!r}\n"
    assert [page.partition(":")[0] for page in explanation.pages] == ["theory.strikes", "deaths"]


def test_in_a_notebook_every_character_is_shown_as_it_is():
    assert lookup.Explanation(("a < b & c",))._repr_html_() == "<pre>a &lt; b &amp; c</pre>"


@pytest.mark.parametrize(("names", "words"), [((), "needs a name"), (("deths",), "Did you mean deaths")])
def test_from_python_a_wrong_name_is_refused(names: tuple[str, ...], words: str):
    with pytest.raises(RequestError, match=words):
        scenarios.explain(*names)


def test_list_names_every_question_and_every_disagreement(capsys: pytest.CaptureFixture[str]):
    assert main(["list", "question", "disagreement", "theory"]) == 0
    listed = capsys.readouterr().out
    for name, theory in hypotheses().items():
        assert re.search(rf"^  {name} +\[{theory.number}\] .*{' . '.join(theory.poles)}$", listed, re.MULTILINE)
    for number, each in disagreements().items():
        assert re.search(rf"^  {number} +.*{' . '.join(each.positions)} \(", listed, re.MULTILINE)
    assert re.search(r"^  s001 +isis: spent, displacement: displace", listed, re.MULTILINE)
    assert re.search(r"^  neutral +no pole preferred", listed, re.MULTILINE)
