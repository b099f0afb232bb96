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
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.priors import prior
from scenarios.evidence.theories import hypotheses
from scenarios.explain import beliefs as explain_beliefs
from scenarios.explain import lookup, render
from scenarios.explain.source_code import readers

TEXT_LINE = r"seeds article 00\d_[0-9a-f]{16}\.txt line \d+ \(S00\d, \d{4}"
CODE_LINE = r"agents/\S+\.py:\d+"
WIDEST = 110


def said(capsys: pytest.CaptureFixture[str], *names: str) -> str:
    assert main(["explain", *names]) == 0
    return capsys.readouterr().out


PAGES = [
    (
        "strike_deterrence_effect",
        [
            "parameter of the factions",
            "log rate",
            "0 to 1.5",
            r"half normal \(scale [\d.]+\)",
            r"5 %: [\d.]+, 50 %: [\d.]+, 95 %: [\d.]+",
            "D: assumption",
            "neither direction nor size",
            "M08",
            "claims against it",
            r"seeds article 004_8fd323a46787b940.txt line 38 \(S004, 2024\)",
            "Faction.adapt, which hands it to coercion.fear_added",
            r"seeds/parameters/factions.yaml line \d+",
            "theory.strikes=provoke",
            "D7",
        ],
    ),
    (
        "M08",
        [
            "mechanism",
            "raises the risk",
            "S000-50",
            TEXT_LINE,
            CODE_LINE,
            "attacks_provoked_per_strike",
            "theory.strikes",
        ],
    ),
    (
        "S004-42",
        [
            "claim",
            TEXT_LINE,
            "US forces on Iran-aligned factions",
            "3 of 3",
            r"strike_deterrence_effect \(against\)",
            r"seeds/claims.csv line \d+",
            "not how true it is",
        ],
    ),
    ("S000-02", ["used by nothing", "the model starts in 2019", "at least 18 years"]),
    ("S004", ["advisory note, 2024", "its 48 claims", "S004-42 line 38"]),
    (
        "D5",
        [
            "Can Iraqi forces manage",
            "position alone",
            "position dependent",
            "0.595 by strength, 0.500 with every claim counted one",
            "held by +theory.army=dependent",
            TEXT_LINE,
            "capability_adjustment_time",
            "enablers",
        ],
    ),
    ("H2", ["theory.strikes", "pole provoke", "0.846", "fixed at 0", TEXT_LINE, "never pool theories"]),
    ("enablers", ["theory.isis=enablers", "lognormal", TEXT_LINE]),
    ("isis.feuds", ["theory.isis=feuds", "isis_growth_from_exit_and_feuds"]),
    ("P11", ["stylised fact", "over 300", "8.5 to 12.5", "cal: to fit", TEXT_LINE, r"seeds/patterns.csv line \d+"]),
    ("F6", ["stylised fact", "Joel Wing", "1.07 wounded"]),
    ("2021-12", ["start, the world as of 2021-12-13", "attack_rate", TEXT_LINE]),
    ("attack_rate", ["initial state", r"seeds/starts/2020-08.yaml line \d+", TEXT_LINE, r"agents/government.py:\d+"]),
    ("badr", ["agent of the model", "origin +literature", "agents.factions.Faction", TEXT_LINE]),
    ("isis.diyala", ["ISIS in seven governorates", r"agents/isis.py:\d+"]),
    (
        "full_withdrawal",
        ["scenario SC10", "troops.announced", TEXT_LINE, r"configs/scenario/full_withdrawal.yaml line \d+"],
    ),
    ("gaza_war", ["world", "proxy_war", TEXT_LINE]),
    ("phased_3y", ["realised_fraction_of_announced_cut", "Share of an announced troop cut"]),
    (
        "us_deaths",
        ["outcome", "Americans and coalition members killed", r"scenarios/outcomes/violence.py:\d+", "deaths"],
    ),
    ("coercion.fear_added", ["rule of the code", r"agents/mechanisms/coercion.py:\d+", "M08"]),
    ("insurgency.spell", ["no text asserts it", "literature"]),
    ("iranian_influence_weights", [r"fixed at [\d.]+ for alignment", "D16"]),
    ("militia_violence_ceiling", ["categorical", "D6"]),
    ("target_shares_of_other_attacks", ["dirichlet", "mean shares 0.333 kurdistan"]),
]


@pytest.mark.parametrize(("name", "fragments"), PAGES, ids=[name for name, _ in PAGES])
def test_a_page_tells_the_chain_down_to_file_and_line(
    capsys: pytest.CaptureFixture[str], name: str, fragments: list[str]
):
    page = said(capsys, name)
    for fragment in fragments:
        assert re.search(fragment, page), f"{fragment!r} is not in\n{page}"


@pytest.mark.parametrize("kind", [kind for kinds in lookup.TIERS for kind in kinds], ids=lambda kind: kind.name)
def test_every_name_of_a_kind_has_a_page_that_fits_the_screen(kind: render.Kind):
    for name in kind.names():
        page = kind.page(name)
        assert page[0].strip(), name
        assert max(map(len, page)) <= WIDEST, (name, max(page, key=len))


def test_the_points_of_a_prior_are_those_within_its_bounds():
    believed = beliefs()["strike_deterrence_effect"]
    even = replace(believed, prior=prior({"uniform": {"low": 0, "high": 2}}), bounds=(0.0, 1.0))
    assert explain_beliefs.points(even) == "5 %: 0.05, 50 %: 0.5, 95 %: 0.95"
    assert "50.0 % of it lies outside the bounds" in "\n".join(explain_beliefs.quantity(even))


@pytest.mark.parametrize("name", beliefs())
def test_a_parameter_leads_to_every_claim_it_cites_and_every_function_that_reads_it(name: str):
    page = "\n".join(lookup.pages(name)[0])
    for claim in (*beliefs()[name].claims_for, *beliefs()[name].claims_against):
        assert claims()[claim].place in page
    for reader in readers(name):
        assert str(reader.place) in page


@pytest.mark.parametrize("number", mechanisms())
def test_a_mechanism_leads_to_texts_code_and_parameters(number: str):
    page = "\n".join(lookup.pages(number)[0])
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
        ("theory.isis=spent", "isis.spent"),
        ("scenario=relabel", "relabel"),
    ],
)
def test_names_are_found_whatever_their_case(capsys: pytest.CaptureFixture[str], given: str, meant: str):
    assert said(capsys, given) == said(capsys, meant)


def test_a_name_that_two_kinds_share_is_explained_for_both_and_a_kind_picks_one(capsys: pytest.CaptureFixture[str]):
    both = said(capsys, "isis")
    assert "theory.isis: hypothesis H1" in both
    assert "isis: agent of the model" in both
    assert "agent of the model" not in said(capsys, "theory.isis")
    assert "initial state" not in said(capsys, "outcome.iranian_directive")


def test_a_pole_that_several_theories_have_is_explained_for_each(capsys: pytest.CaptureFixture[str]):
    having = {name for name, each in hypotheses().items() if "open" in each.poles}
    assert {"command", "timetable", "displacement", "aims"} <= having
    assert set(re.findall(r"theory\.(\w+)=open", said(capsys, "open"))) == having


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("strike_deterence_effect", "strike_deterrence_effect"),
        ("full_withdrawl", "full_withdrawal"),
        ("us_death", "us_deaths"),
        ("S004-99", "S004-"),
        ("kataib_hizbollah", "kataib_hezbollah"),
    ],
)
def test_an_unknown_name_ends_with_2_and_names_the_nearest(capsys: pytest.CaptureFixture[str], wrong: str, near: str):
    assert main(["explain", wrong]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "is unknown. Did you mean" in told.err
    assert near in told.err


def test_a_name_like_nothing_is_answered_with_what_can_be_explained(capsys: pytest.CaptureFixture[str]):
    assert main(["explain", "zzzzzz"]) == 2
    assert "`explain` alone lists" in capsys.readouterr().err
    assert "strike_deterrence_effect" in said(capsys)


@pytest.mark.parametrize("name", ["strike_deterrence_effect", "M08", "S004-42", "2021-12"])
def test_only_what_is_needed_is_imported(name: str):
    code = (
        f"import sys; from scenarios.explain.lookup import pages; pages({name!r}); "
        "print([each for each in ('mesa', 'pandas', 'hydra', 'matplotlib', 'xarray') if each in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_from_python_it_says_what_the_command_prints(capsys: pytest.CaptureFixture[str]):
    found = scenarios.explain("H2", "deaths")
    assert said(capsys, "H2", "deaths") == f"{found}\n" == f"{found!r}\n"
    assert [page.partition(":")[0] for page in found.pages] == ["theory.strikes", "deaths"]


def test_in_a_notebook_every_character_is_shown_as_it_is():
    assert lookup.Explanation(("a < b & c",))._repr_html_() == "<pre>a &lt; b &amp; c</pre>"


@pytest.mark.parametrize(("names", "words"), [((), "needs a name"), (("deths",), "Did you mean deaths")])
def test_from_python_a_wrong_name_is_refused(names: tuple[str, ...], words: str):
    with pytest.raises(RequestError, match=words):
        scenarios.explain(*names)
