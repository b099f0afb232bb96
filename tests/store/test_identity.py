"""A result is called by what determines its numbers: no more, and no less."""

import json
import shutil

import pytest

from scenarios import resources
from scenarios.config import options
from scenarios.config.compose import composed
from scenarios.config.request import request
from scenarios.store.identity import LENGTH, code_digest, determinants, digest_of, identify
from tests.requests import ONE_THEORY, ROOT, SMALL, asks, asks_all

BELIEFS = "expert: {}\npriors:\n  baseline_attack_rate: {{prior: {{fixed: {}}}, because: {}}}\n"


def lever(**values):
    return asks(scenario={"levers": values})


DIFFERENT = {
    "as it is": lambda: asks(),
    "enablers": lambda: lever(enablers=0.9),
    "troops": lambda: lever(troops={"announced": [[0, 1], [300, 0]]}),
    "realised": lambda: asks(scenario={"levers": {"troops": {"realised": 0.5}}}),
    "shock": lambda: asks(scenario={"shocks": [{"shock": "prison_break", "at": 3}]}),
    "shock later": lambda: asks(scenario={"shocks": [{"shock": "prison_break", "at": 4}]}),
    "shock called forth": lambda: asks(
        scenario={"shocks": [{"shock": "prison_break", "when": "us_deaths > 1 within 3 days"}]}
    ),
    "start": lambda: asks("start=2021-07"),
    "world": lambda: asks("world=calm"),
    "intensity": lambda: asks(world={"intensity": 2}),
    "seed": lambda: asks("ensemble.seed=2"),
    "step": lambda: asks("ensemble.step_days=2"),
    "horizon": lambda: asks("ensemble.horizon=35"),
    "theory": lambda: asks("theory.isis=spent"),
    "two theories": lambda: asks("theory.isis=[enablers,spent]"),
    "theories in another order": lambda: asks("theory.isis=[spent,enablers]"),
    "a theory that is not varied": lambda: asks("theory.clustering=contagion"),
    "loop": lambda: asks("loop=closed"),
    "a parameter": lambda: asks(parameters={"baseline_attack_rate": 0.3}),
    "another value": lambda: asks(parameters={"baseline_attack_rate": 0.4}),
    "grain": lambda: asks("record.period=day"),
    "series": lambda: asks("record.outcomes=[deaths]"),
}


def test_whatever_changes_a_number_changes_the_id():
    ids = {name: identify(make()) for name, make in DIFFERENT.items()}
    assert len(set(ids.values())) == len(ids), ids


def test_an_id_is_short_and_made_of_hexadecimal_digits():
    name = identify(asks())
    assert len(name) == LENGTH
    assert set(name) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "words",
    [
        (), ("ensemble.replications=999",), ("ensemble=full", *SMALL), ("workers=1",), ("results=elsewhere",),
        ("record.events=0",), ("against=none",), ("ensemble.step_days=1.0",),
    ],
)  # fmt: skip
def test_what_changes_no_number_leaves_the_id(words):
    assert identify(asks(*words)) == identify(asks())


def test_texts_of_a_scenario_leave_the_id():
    texts = {"story": "Another story.", "claims": ["S001-01"], "code": "SC99", "needs": {"troops_at_least": 100}}
    expects = [{"outcome": "deaths", "direction": "down", "claims": []}]
    assert identify(asks(scenario={**texts, "expects": expects})) == identify(asks())
    assert identify(asks(world={"story": "Another story.", "claims": []})) == identify(asks())


def test_reasons_for_a_belief_leave_the_id_and_its_prior_does_not(tmp_path):
    ids = []
    for number, (expert, value, because) in enumerate([("me", 0.3, "x"), ("you", 0.3, "y"), ("me", 0.4, "x")]):
        file = tmp_path / f"{number}.yaml"
        file.write_text(BELIEFS.format(expert, value, because))
        ids.append(identify(asks(beliefs=str(file))))
    assert ids[0] == ids[1]
    assert ids[2] != ids[0]
    assert identify(asks()) not in ids


@pytest.mark.parametrize("name", sorted(options.options("scenario")))
def test_a_scenario_that_hydra_reads_is_the_one_that_is_read_without_it(name):
    """As what another is set against a scenario is read from its file; both ways must lead to the same id."""
    configuration = composed([f"+scenario={name}", *ONE_THEORY, "ensemble.horizon=1300"])
    assert request(configuration) == request({**configuration, "scenario": options.scenario(name)})


def test_a_baseline_has_the_id_that_it_has_on_its_own():
    baseline = request(composed(["+scenario=status_quo", "start=2020-08", *SMALL]))
    assert identify(asks_all("start=2020-08").against) == identify(baseline)


def test_the_determinants_are_plain_data_that_survive_being_written():
    parts = determinants(asks())
    assert digest_of(json.loads(json.dumps(parts))) == digest_of(parts)
    assert set(parts) >= {"scenario", "start", "world", "theories", "beliefs", "given", "calendar", "seed", "horizon"}


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert digest_of({"a": 1, "b": [2, 3]}) == digest_of({"b": [2, 3], "a": 1})
    assert digest_of({"b": [2, 3]}) != digest_of({"b": [3, 2]})


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the code that the digest then reads, and the digest."""
    for name in ("agents", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(resources, "packages", lambda: {name: tmp_path / name for name in ("agents", "scenarios")})
    return tmp_path, code_digest.__wrapped__


def rewritten(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_the_code_digest_of_a_copy_is_that_of_the_code(copied):
    _, digest = copied
    assert digest() == code_digest()


def test_the_code_digest_ignores_docstrings_comments_and_layout(copied):
    folder, digest = copied
    before = digest()
    factions = folder / "agents" / "factions.py"
    text = factions.read_text()
    opening = text.index('"""')
    factions.write_text('"""Other words."""\n# a comment\n\n' + text[text.index('"""', opening + 3) + 3 :])
    timeline = folder / "scenarios" / "simulation" / "timeline.py"
    rewritten(timeline, '"""Shocks of a run: those that strike in a step."""', '"""Watches."""')
    rewritten(
        timeline,
        "def at(self, day: float)",
        "def at(  # a lever\n        self, day: float\n    )",
    )
    assert digest() == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("agents/factions.py", "self.", "self.other_"),
        ("agents/mechanisms/contagion.py", "return ", "return 2.0 * "),
        ("agents/parameters/factions.py", "bounds=(0.4, 35)", "bounds=(0.4, 36)"),
        ("scenarios/outcomes/tally.py", "LEAST_TROOP_YEARS = 1.0", "LEAST_TROOP_YEARS = 2.0"),
        ("scenarios/simulation/sampling.py", "MOST_ATTEMPTS = 60", "MOST_ATTEMPTS = 61"),
        ("scenarios/evidence/priors.py", "0.5 * u", "0.4 * u"),
        ("scenarios/simulation/timeline.py", "1e-9", "1e-8"),
        ("scenarios/simulation/batch.py", "0.0", "1.0"),
        ("scenarios/config/shocks.py", "operator.ge", "operator.gt"),
        ("scenarios/config/world.py", "since <= day", "since < day"),
        ("scenarios/evidence/calendar.py", "DAYS_PER_YEAR = 365.25", "DAYS_PER_YEAR = 365.0"),
    ],
)
def test_the_code_digest_knows_a_change_of_code_that_computes(copied, file, old, new):
    folder, digest = copied
    before = digest()
    rewritten(folder / file, old, new)
    assert digest() != before


def test_the_code_digest_knows_a_new_file_and_a_new_name(copied):
    folder, digest = copied
    seen = {digest()}
    (folder / "agents" / "newcomer.py").write_text("NUMBER = 1\n")
    seen.add(digest())
    (folder / "agents" / "newcomer.py").rename(folder / "agents" / "stranger.py")
    seen.add(digest())
    assert len(seen) == 3


@pytest.mark.parametrize(
    "file", ["scenarios/plots/time_series.py", "scenarios/cli/run.py", "scenarios/analysis/estimates.py"]
)
def test_the_code_digest_does_not_know_how_results_are_shown(copied, file):
    folder, digest = copied
    before = digest()
    (folder / file).write_text((folder / file).read_text() + "\nNUMBER = 1\n")
    assert digest() == before
