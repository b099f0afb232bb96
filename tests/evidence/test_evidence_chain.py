"""seeds/ and the code hold together, both ways."""

import re

import pytest

from agents.iraq import Iraq
from scenarios import resources
from scenarios.evidence.actors import actors
from scenarios.evidence.claims import claims, sources
from scenarios.evidence.disagreements import disagreements, weights
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.stylised_facts import patterns
from scenarios.evidence.theories import hypotheses
from scenarios.explain import beliefs as explain_beliefs
from scenarios.explain import source_code
from scenarios.explain.coverage import uses

CLAIMS = {"S000": 52, "S001": 65, "S002": 36, "S003": 55, "S004": 48}
ARABIC = re.compile("[\u0600-\u06ff]")


def test_the_256_claims_are_numbered_without_gaps_in_each_of_the_five_documents():
    assert list(sources()) == list(CLAIMS)
    assert list(claims()) == [f"{name}-{n:02}" for name, count in CLAIMS.items() for n in range(1, count + 1)]
    assert len(claims()) == 256


def test_mechanisms_disagreements_hypotheses_and_patterns_are_all_there():
    assert list(mechanisms()) == [f"M{n:02}" for n in range(1, 31)]
    assert list(disagreements()) == [f"D{n}" for n in range(1, 17)]
    numbers = [each.number for each in hypotheses().values()]
    assert numbers[:9] == [f"H{n}" for n in range(1, 10)]
    assert set(numbers[9:]) < set(disagreements())
    assert len(set(numbers)) == len(numbers)
    assert list(patterns()) == [f"P{n:02}" for n in range(1, 38)] + [f"F{n}" for n in range(1, 9)]


def test_what_a_parameter_cites_is_also_found_from_the_claim():
    for name, belief in beliefs().items():
        for how, cited in (("for", belief.claims_for), ("against", belief.claims_against)):
            for claim in cited:
                assert any((use.kind, use.name, use.how) == ("parameter", name, how) for use in uses()[claim])


@pytest.mark.parametrize("name", beliefs())
def test_every_parameter_leads_to_a_text_a_publication_a_table_or_a_stated_assumption(name):
    belief = beliefs()[name]
    says_so = "assumption" in (belief.origin, belief.size_from)
    assert belief.claims_for or belief.claims_against or belief.reference or says_so
    assert not {*belief.claims_for} & {*belief.claims_against}


@pytest.mark.parametrize("name", [each for each in beliefs() if each != "iraqi_share_of_two_theatre_attacks"])
def test_every_parameter_is_read_by_the_code_or_named_by_a_scenario(name):
    assert source_code.readers(name) or explain_beliefs.scenarios_naming(name)


def test_every_disagreement_is_carried_by_a_parameter_or_a_theory():
    assert all(each.parameters or each.theories for each in disagreements().values())


def test_a_pole_that_no_text_speaks_for_keeps_the_weight_of_the_prior():
    assert weights({"on": 0, "off": 0}) == {"on": 0.5, "off": 0.5}
    assert weights({"enablers": 11, "spent": 12, "seam": 3})["enablers"] == pytest.approx(0.418)


def test_the_agents_of_a_running_model_are_those_of_the_seeds():
    coded = {agent.name: f"{type(agent).__module__}.{type(agent).__name__}" for agent in Iraq(replications=1).agents}
    seeded = {name: actor.kind for actor in actors().values() for name in actor.agents}
    assert coded == seeded


def test_agents_that_no_article_names_do_not_claim_to_come_from_articles():
    for name in ("sayyid_al_shuhada", "badr", "democratic_party", "patriotic_union"):
        assert actors()[name].origin != "articles"


def test_no_sentence_of_the_texts_is_copied_in_their_language():
    for file in resources.seeds().rglob("*.*"):
        if file.suffix in (".yaml", ".csv", ".md"):
            assert not ARABIC.search(file.read_text(encoding="utf-8")), file
