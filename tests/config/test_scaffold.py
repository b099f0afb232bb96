"""Templates of files of one's own: as written they equal what ships; changed, they report it; wrong, they fail."""

import re

import pytest
import yaml

from scenarios import load
from scenarios.config.request import line
from scenarios.errors import RequestError
from scenarios.evidence.parameters import beliefs, starts
from scenarios.simulation.experiment import simulate_draws
from scenarios.store.identity import determinants, identify
from tests.requests import TINY, WITHDRAWAL, asks, refused

ONE = "strike_deterrence_effect"
SHARES = "faction_attack_share"


@pytest.fixture
def changed(command, here):
    """Change one place of a fresh template and return its name."""

    def written(kind, old, new, *names):
        file = here / "mine.yaml"
        assert command(f"new-{kind}", "mine.yaml", *names).code == 0
        text = file.read_text()
        assert text.count(old) >= 1, f"{old!r} is not in the template"
        file.write_text(text.replace(old, new, 1))
        return str(file)

    return written


@pytest.mark.parametrize("name", starts())
def test_a_start_as_the_template_has_it_is_the_start_that_ships(command, here, name):
    result = command("new-start", "mine.yaml", f"from={name}")
    assert (result.code, result.err) == (0, "")
    assert f"the start {name} as it ships" in result.out
    own, shipped = asks(f"start={here / 'mine.yaml'}"), asks(f"start={name}")
    assert determinants(own) == determinants(shipped)
    assert identify(own) == identify(shipped)
    assert line(own) == line(shipped)
    assert not any(difference.changed for difference in own.own)


def test_a_template_as_written_gives_the_same_bits(command, here):
    command("new-start", "start.yaml", "from=2021-12")
    command("new-beliefs", "beliefs.yaml")
    own = asks(f"start={here / 'start.yaml'}", f"beliefs={here / 'beliefs.yaml'}", of=TINY)
    left, right = (simulate_draws(each, range(8)).outcomes for each in (own, asks("start=2021-12", of=TINY)))
    assert all(left[name].tobytes() == right[name].tobytes() for name in right)


def test_beliefs_as_the_template_has_them_are_those_that_ship_labels_included(command, here):
    uncertain = [name for name, each in beliefs().items() if not each.prior.is_fixed]
    labelled = [name for name, each in beliefs().items() if each.labels]
    for names, due in (((), uncertain), (tuple(labelled), labelled)):
        file = here / f"{len(names)}.yaml"
        assert command("new-beliefs", file.name, *names).code == 0
        own = asks(f"beliefs={file}")
        assert list(yaml.safe_load(file.read_text())["priors"]) == due
        assert {name: each.prior for name, each in own.beliefs.items()} == {n: e.prior for n, e in beliefs().items()}
        assert line(own) == line(asks())


def test_every_quantity_of_a_template_has_meaning_unit_bounds_and_reason(command, here):
    command("new-start", "mine.yaml")
    text = " ".join((here / "mine.yaml").read_text().replace("#", "").split())
    for name, state in asks(f"start={here / 'mine.yaml'}").start.states.items():
        low, high = (f"{each:,.10g}" for each in state.bounds)
        unit = "A number without a unit" if state.unit == "1" else f"Unit: {state.unit}"
        assert f"{' '.join(state.meaning.split())} {unit}, {low} to {high}. {name}: prior:" in text
    assert text.count("because: >-") == len(asks().start.states)


@pytest.mark.parametrize("kind", ["start", "beliefs"])
def test_a_template_never_overwrites_a_file(command, here, kind):
    (here / "mine.yaml").write_text("mine")
    assert "mine.yaml exists already and is not overwritten" in command(f"new-{kind}", "mine.yaml").error
    assert (here / "mine.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("new-start", "a.yaml", "from=2024-02"), "from is '2024-02', which is not valid. Did you mean 2024-01"),
        (("new-start", "a.yaml", "form=2024-01"), "new-start does not know 'form'. Did you mean from?"),
        (("new-start", "a.txt"), "a.txt must end in .yaml"),
        (("new-start", "nowhere/a.yaml"), "nowhere/a.yaml cannot be written (No such file or directory)"),
        (("new-beliefs", "a.yaml", "strike_deterence_effect"), "Did you mean strike_deterrence_effect"),
    ],
)
def test_a_template_that_cannot_be_is_refused_and_nothing_is_written(command, here, words, fragment):
    assert fragment in command(*words).error
    assert not list(here.iterdir())


@pytest.mark.parametrize("name", ["new-start", "new-beliefs"])
def test_a_template_without_a_file_says_how_it_is_used(command, name):
    assert command(name).out.startswith(f"Usage: python -m scenarios {name} FILE.yaml")


def test_a_start_of_ones_own_is_in_the_manifest_and_in_the_table(command, changed, here):
    file = changed("start", "prior: {uniform: {low: 0.45, high: 1.05}}", "prior: {fixed: 2}")
    result = command("run", WITHDRAWAL, *TINY, "workers=1", f"start={file}")
    assert result.code == 0, result.err
    shown = "with own start mine.yaml: 1 state changed from start 2024-01: attack_rate fixed at 2, shipped uniform"
    assert shown in " ".join(result.out.split())
    for run in load(here / "results"):
        (own,) = run.manifest["own"]
        assert (own["kind"], own["file"], own["beside"]) == ("start", "mine.yaml", "start 2024-01")
        assert re.fullmatch("[0-9a-f]{64}", own["digest"])
        assert own["changed"] == {"attack_rate": ["uniform (low 0.45, high 1.05)", "fixed at 2"]}


def test_values_and_beliefs_of_ones_own_stand_side_by_side_in_the_table(command, changed):
    file = changed("beliefs", "half_normal: {scale: 0.45}", "uniform: {low: 0.2, high: 0.8}", ONE)
    result = command("run", WITHDRAWAL, *TINY, "workers=1", f"beliefs={file}", "+parameters.baseline_attack_rate=0.3")
    shown = " ".join(result.out.split())
    assert (
        "with own beliefs mine.yaml: 1 prior changed from the priors that ship: strike_deterrence_effect unif" in shown
    )
    assert "with own values: 1 parameter fixed: baseline_attack_rate fixed at 0.3, shipped" in shown


def test_a_run_of_what_ships_reports_nothing_of_ones_own(command):
    assert "with own" not in command("run", WITHDRAWAL, *TINY, "workers=1").out


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("  attack_rate:", "  atack_rate:", "states.atack_rate: is unknown. Did you mean attack_rate"),
        (
            "  attack_rate:",
            "  fear: {prior: {fixed: 1}, origin: assumption, grade: D, because: x}\n  attack_rate:",
            "states.fear: is unknown",
        ),
        ("{fixed: 6}", "{fixed: 2001}", "days_since_round.prior: fixed at 2001 is outside its bounds [0, 2000]"),
        ("{fixed: 6}", "{uniform: {low: 0, high: 4000}}", "at most 1 % may be cut off"),
        ("{fixed: 6}", "{fixt: 6}", "is not one of lognormal"),
        ("prior: {fixed: 6}", "prior: 6", "days_since_round.prior: 6 is not one of lognormal"),
        ("prior: {fixed: 6}", "prior:", "days_since_round.prior: None is not one of lognormal"),
        ("prior: {fixed: 6}", "prior: [1, 2]", "as {fixed: 2} or {normal: {mean: 1, sd: 2}}"),
        ("{fixed: 6}", "{fixed: lots}", "prior fixed has 'lots' as its value; it must be a number"),
        ("{fixed: 6}", "{dirichlet: {}}", "prior dirichlet takes {LABEL: ..., OTHER: ...}, not nothing"),
        ("{fixed: 6}", "{fixed: {1: 2}}", "days_since_round.prior: has 1, but needs no labels"),
        ("{fixed: 6}", "{categorical: {no: 1.5, yes: -0.5}}", "prior categorical has a share below zero: -0.5"),
        ("{fixed: 6}", "{normal: 6}", "prior normal takes {mean: ..., sd: ...}, not 6"),
        ("{fixed: 6}", "{normal: {mean: 6}}", "prior normal takes {mean: ..., sd: ...}, not mean"),
        ("[S004-02]", "[S004-99]", "cites S004-99, which is not a claim. Did you mean S004-"),
        ("based_on: '2024-01'", "based_on: 2024-02", "is '2024-02', which is not valid. Did you mean 2024-01"),
        ("prior: {fixed: 1}", "prior: {fixed: 0.5}", "regional_war.prior: fixed at 0.5 gives values between 0 and 2"),
        ("prior: {fixed: 1}", "prior: {uniform: {low: 0, high: 2}}", "fix a whole number, or give shares"),
        ("date: 2024-01-31", "date: 2024-13-31", "mine.yaml"),
        ("date: 2024-01-31", "date: 1999-01-31", "start.date is 1999-01-31, with 28 days from there; elections, US vo"),
        ("date: 2024-01-31", "date: 2028-12-10", "are known from 2019-01-01 to 2028-12-31, and a run must lie within"),
        ("date: 2024-01-31", "date: soon", "start.date is 'soon'; it must be a date"),
        ("origin: articles", "origin: rumour", "origin: is 'rumour', which is not valid. Valid: articles, assumption"),
    ],
)
def test_a_start_of_ones_own_that_is_wrong_is_refused_by_file_key_and_bound(changed, old, new, fragment):
    message = refused(f"start={changed('start', old, new)}")
    assert fragment in message
    assert "mine.yaml" in message or "start.date" in message


@pytest.mark.parametrize(
    ("name", "old", "new", "fragment"),
    [
        (ONE, f"  {ONE}:", "  strike_deterence:", f"priors.strike_deterence: is unknown. Did you mean {ONE}"),
        (ONE, "scale: 0.45", "scale: -1", "needs scale above zero, not -1"),
        (ONE, "scale: 0.45", "scale: 40", "of its mass outside [0, 1.5]"),
        (ONE, "S004-42", "S009-42", "cites S009-42, which is not a claim"),
        (ONE, "expert: an analyst", "expert: ''", "expert: is empty; write a text"),
        (SHARES, "badr: 0.05", "badr: 0.5", "adds up to 1.45; these are shares and must add up to one"),
        (SHARES, "badr: 0.05", "bader: 0.05", "but needs kataib_hezbollah"),
        (SHARES, "{fixed: {kataib", "{dirichlet: {kataib", "is not one number for each label"),
        ("vanguard_flag", "{fixed: {kata", "{fixed: 1} #", "is not one number for each label"),
    ],
)
def test_beliefs_of_ones_own_that_are_wrong_are_refused_by_file_key_and_bound(changed, name, old, new, fragment):
    message = refused(f"beliefs={changed('beliefs', old, new, name)}")
    assert "mine.yaml" in message
    assert fragment in message


def test_beliefs_under_which_attacks_and_replies_explode_are_refused_before_anything_is_written(command, changed, here):
    file = changed("beliefs", "prior: {", "prior: {fixed: 0.95} # {", "self_excitation_branching_ratio")
    message = command("run", WITHDRAWAL, "start=2024-01", *TINY, "ensemble.replications=64", f"beliefs={file}").error
    assert "beliefs and parameters give no state of the world" in message
    assert "stay above the escalation number" in message
    assert not (here / "results").exists()


def test_a_categorical_state_of_ones_own_is_drawn_in_whole_numbers(changed):
    file = changed("start", "prior: {fixed: 1}", "prior: {categorical: {calm: 0.5, proxy_war: 0.5}}")
    request = asks(f"start={file}", of=TINY)
    assert set(simulate_draws(request, range(8)).parameters["regional_war"]) <= {0.0, 1.0}


def test_a_request_error_is_what_is_raised_from_python_too(changed):
    from scenarios.api import run

    with pytest.raises(RequestError, match=r"mine\.yaml: states\.days_since_round\.prior"):
        run("full_withdrawal", start=changed("start", "{fixed: 6}", "{fixed: -1}"))
