"""A wrong request on the command line: exit code 2, one line that says what and how to mend it, nothing written."""

import json

import pytest

from scenarios.store.identity import digest_of
from scenarios.store.manifest import SEAL
from tests.requests import TINY, WITHDRAWAL, process, standing

RUN = ("run", WITHDRAWAL, *TINY, "workers=1")


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        (("rum",), ["'rum' is not a command", "Did you mean run?"]),
        (("run",), ["scenario is missing; give one as +scenario=full_withdrawal"]),
        (
            ("run", "+scenario=ful_withdrawal"),
            ["scenario 'ful_withdrawal' is unknown", "Did you mean full_withdrawal?"],
        ),
        (("run", "scenario=ful_withdrawal"), ["scenario 'ful_withdrawal' is unknown", "Did you mean full_withdrawal?"]),
        (("run", "+scenario=null"), ["scenario is 'null'; give one of accelerated_exit", "-m scenario=ONE,OTHER"]),
        (("run", "+scenario=[relabel,status_quo]"), ["scenario is '[relabel,status_quo]'; give one of"]),
        ((*RUN, "world="), ["world is ''; give one of", "calm, gaza_war"]),
        ((*RUN, "theory=[s000,s001]"), ["theory is '[s000,s001]'; give one of default"]),
        ((*RUN, "start=2021-11"), ["start '2021-11' is unknown", "Did you mean 2021-12"]),
        ((*RUN, "world=gazza_war"), ["world 'gazza_war' is unknown", "Did you mean gaza_war?"]),
        ((*RUN, "ensemble=quik"), ["ensemble 'quik' is unknown", "Did you mean quick?"]),
        ((*RUN, "theory=defaultt"), ["theory 'defaultt' is unknown", "Did you mean default?"]),
        ((*RUN, "theory.isis=enabler"), ["theory.isis is 'enabler'", "Did you mean enablers?"]),
        ((*RUN, "theory.isiss=spent"), ["theory.isiss is not a key of the configuration", "Did you mean isis?"]),
        ((*RUN, "against=status_qou"), ["scenario 'status_qou' is unknown", "Did you mean status_quo?"]),
        ((*RUN, "typo=1"), ["typo is not a key of the configuration", "theory"]),
        ((*RUN, "+typo=1"), ["typo is unknown", "theory"]),
        ((*RUN, "ensemble.replication=1"), ["ensemble.replication is not a key", "Did you mean replications?"]),
        ((*RUN, "+ensemble.replication=1"), ["ensemble.replication is unknown", "Did you mean replications?"]),
        ((*RUN, "+scenario.levers.troops.typo=1"), ["scenario.levers.troops.typo is unknown", "announced"]),
        ((*RUN, "+scenario.shocks=[{shock:prison_break,at:3,typo:1}]"), ["scenario.shocks[0].typo is unknown"]),
        ((*RUN, "+parameters.baseline_attack_rate=1e9"), ["is 1e+09, outside [0.05, 6] attacks/day"]),
        ((*RUN, "+parameters.baseline_attack_rate=nan"), ["is nan, outside [0.05, 6] attacks/day"]),
        ((*RUN, "+parameters.baseline_attack_rate=-inf"), ["is -inf, outside [0.05, 6] attacks/day"]),
        ((*RUN, "ensemble.replications=0"), ["ensemble.replications is 0, outside [1, 10,000,000]"]),
        ((*RUN, "ensemble.step_days=2"), ["ensemble.horizon of 7 days is not a whole number of steps of 2 days"]),
        ((*RUN, "scenario.levers.enablers=[[9,1],[3,0]]"), ["anchor 1 is day 3, before day 9 of anchor 0"]),
        ((*RUN, "+scenario.shocks=[{shock:prison_break,at:7}]"), ["outside the horizon of 7 days from 2021-12-13"]),
        ((*RUN, "+scenario.shocks=[{shock:prison_brake,at:3}]"), ["Did you mean prison_break"]),
        ((*RUN, "+scenario.shocks=[{shock:prison_break,when:'deths > 1 within 3 days'}]"), ["'deths'", "deaths"]),
        ((*RUN, "beliefs=nowhere.yaml"), ["beliefs: there is no file nowhere.yaml"]),
        ((*RUN, "start=nowhere.yaml"), ["start: there is no file nowhere.yaml"]),
        ((*RUN, "start=file"), ["start.file is missing; give a file as start=PATH.yaml"]),
        ((*RUN, "--config-dir", "nowhere"), ["--config-dir: there is no folder nowhere"]),
        ((*RUN, "--config-dir=nowhere"), ["--config-dir: there is no folder nowhere"]),
        ((*RUN, "--config-dir"), ["--config-dir needs a value"]),
        ((*RUN, "--config-dri", "x"), ["--config-dri is not a flag of run", "Did you mean --config-dir?"]),
        ((*RUN, "--cfg", "jobs"), ["--cfg is 'jobs'", "Did you mean job?"]),
        ((*RUN, "nonsense"), ["'nonsense' sets nothing; write KEY=VALUE"]),
        (("run", ""), ["'' sets nothing; write KEY=VALUE"]),
        (("run", "a b"), ["'a b' sets nothing"]),
        (("run", "a b=3"), ["'a b=3' sets nothing", "without blanks in the key"]),
        (("run", "=3"), ["'=3' sets nothing"]),
        (("run", "+=3"), ["'+=3' sets nothing"]),
        (("sweep", "=3"), ["'=3' sets nothing"]),
        (("run", "ful_withdrawal"), ["scenario 'ful_withdrawal' is unknown", "Did you mean full_withdrawal?"]),
        (("run", "relabel", "surge"), ["scenario is given twice, 'relabel' and 'surge'"]),
        (("report", "surge"), ["there is no finished run of surge in results; run it first"]),
        (("status", "withdrawal_by_theory"), ["there is no study withdrawal_by_theory in results; sweep it first"]),
        (("results", "prune"), ["there is no folder results"]),
        (("results", "purge"), ["action is 'purge'. Did you mean prune?"]),
        (("run", "scenario=3"), ["scenario '3' is unknown"]),
        (("run", "scenario={a:1}"), ["scenario is '{a:1}'; give one of"]),
        ((*RUN, "theory.isis=[spent"), ["'theory.isis=[spent' cannot be read; write KEY=VALUE"]),
        ((*RUN, "scenario=surge"), ["scenario is given twice, 'full_withdrawal' and 'surge'; give one, or several"]),
        ((*RUN, "beliefs="), ["beliefs is empty; give one, or beliefs=none"]),
        ((*RUN, "against="), ["against is empty; give one, or against=none"]),
        ((*RUN, "parameters.baseline_attack_rat=1"), ["parameters.baseline_attack_rat is unknown. Did you mean base"]),
        ((*RUN, "engine.partiton=x"), ["engine.partiton is not a key of the configuration. Did you mean partition"]),
        ((*RUN, "scenario.levers.troop.announced=1"), ["scenario.levers.troop.announced is not a key"]),
        ((*RUN, "results="), ["results is ''"]),
        (("show",), ["show needs the name of a scenario: ", "full_withdrawal"]),
        (("show", "ful_withdrawal"), ["Did you mean full_withdrawal?"]),
        (("prior", "--replications", "0"), ["ensemble.replications is 0, outside [1, 10,000,000]"]),
        (("list", "scenarioz"), ["group is 'scenarioz'", "Did you mean scenarios?"]),
        (("completion", "fish"), ["shell is 'fish'. Valid: bash, zsh."]),
    ],
    ids=lambda each: " ".join(w for w in each if w not in RUN)[:60] if isinstance(each, tuple) else "",
)
def test_a_wrong_word_is_answered_in_one_line_and_nothing_is_written(command, here, words, fragments):
    ended = command(*words).error
    for fragment in fragments:
        assert fragment in ended
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    "place", ["in_the_way", "in_the_way/below", "/proc/results", "/dev/null/results"], ids=lambda each: each
)
def test_a_results_folder_that_cannot_be_written_is_named_with_the_remedy(command, here, place):
    (here / "in_the_way").write_text("a file")
    ended = command(*RUN, f"results={place}").error
    assert ended.startswith(f"results: {place}")
    assert "cannot be written" in ended
    assert "results=PATH" in ended
    assert [each.name for each in here.iterdir()] == ["in_the_way"]


def test_a_sweep_into_a_folder_that_cannot_be_written_says_so_too(command, here):
    (here / "in_the_way").write_text("a file")
    ended = command("run", "-m", "+scenario=relabel,phased_3y", *TINY, "results=in_the_way").error
    assert "in_the_way" in ended
    assert "cannot be written" in ended


def test_whatever_file_the_system_refuses_is_named_in_one_line(command, monkeypatch):
    def refused(**arguments):
        raise PermissionError(13, "Permission denied", "results/outcomes.parquet")

    monkeypatch.setattr("scenarios.cli.options.show_command.callback", refused)
    ended = command("show", "relabel").error
    assert (
        ended
        == "results/outcomes.parquet cannot be read or written (Permission denied); see that it is there and yours."
    )


def flipped(content):
    """A file in which one bit in the middle is another."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def with_entries(**changes):
    """What changes entries of a manifest without sealing it again."""
    return lambda content: json.dumps({**json.loads(content), **changes}).encode()


def half(content):
    return content[:200]


MANIFEST, NEXT = "manifest.json", "manifest.next.json"
UNSEALED = "was altered: its own digest does not match"
BROKEN = [
    ("series.parquet", lambda content: content[:-100],
     ["series.parquet has", "bytes where its manifest says", "truncated or altered"]),
    ("outcomes.parquet", flipped, ["outcomes.parquet was altered: its digest does not match"]),
    ("events.parquet", None, ["events.parquet is missing"]),
    (MANIFEST, with_entries(schema=99), ["was written with schema 99, this version reads 1", "move it away"]),
    (MANIFEST, with_entries(draws=1_000_000), [f"{MANIFEST} {UNSEALED}"]),
    (MANIFEST, with_entries(seed=7), [f"{MANIFEST} was altered"]),
    (MANIFEST, half, [f"{MANIFEST} is not valid JSON", "truncated or altered", "run again"]),
    (MANIFEST, lambda content: b"[]", [f"{MANIFEST} contains no mapping", "run again"]),
    (NEXT, half, [f"{NEXT} is not valid JSON"]),
    (NEXT, lambda content: b'{"schema": 1}', [f"{NEXT} {UNSEALED}"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "edited", "fragments"), BROKEN)
def test_a_folder_that_is_broken_or_of_another_schema_stops_the_run_and_stays_as_it_is(
    command, here, earlier, name, edited, fragments
):
    if name == NEXT:
        (earlier / MANIFEST).rename(earlier / NEXT)
    if edited:
        (earlier / name).write_bytes(edited((earlier / name).read_bytes()))
    else:
        (earlier / name).unlink()
    before = standing(here)
    error = command(*RUN).error
    assert str(earlier.relative_to(here)) in error
    for fragment in fragments:
        assert fragment in error
    assert standing(here) == before


def test_a_manifest_that_is_whole_and_sealed_by_its_own_digest_is_accepted(command, earlier):
    manifest = json.loads((earlier / "manifest.json").read_text())
    seal = manifest.pop(SEAL)
    assert seal == digest_of(manifest)
    assert command(*RUN).code == 0


@pytest.mark.parametrize(
    ("name", "content", "fragments"),
    [
        ("beliefs", "priors: [", ["is not valid YAML"]),
        ("beliefs", "- a\n- b\n", ["holds list, not a mapping"]),
        ("beliefs", "priors: {}\n", ["beliefs.expert: is missing"]),
        ("beliefs", "expert: me\npriors: {}\n", ["priors", "name at least one parameter"]),
        ("beliefs", "expert: me\npriors: {sponsor_control: {prior: {fixed: 1}, because: x}}", ["is not a parameter"]),
        ("beliefs", "expert: me\npriors: {baseline_attack_rate: {prior: {fixed: 0.3}}}", ["because: is missing"]),
        (
            "beliefs",
            "expert: me\npriors: {baseline_attack_rate: {prior: {fixed: 99}, because: x}}",
            ["outside its bounds [0.05, 6]"],
        ),
        ("beliefs", "expert: me\npriors: {baseline_attack_rate: {prior: {fixed: .nan}, because: x}}", ["not finite"]),
        ("beliefs", "expert: me\npriors: {baseline_attack_rate: {prior: {gauss: 1}, because: x}}", ["is not one of"]),
        ("beliefs", "expert: me\nexpert: you\npriors: {}\n", ["expert", "appears twice"]),
        ("beliefs", "\x00\x01", ["is not valid YAML"]),
        ("start", "date: 2021-12-13\ntitle: mine\n", ["start.states: is missing"]),
        ("start", "date: 2021-02-30\ntitle: mine\nstates: {}\n", ["day"]),
        ("start", "date: soon\ntitle: mine\nstates: {}\n", ["states.", "is missing"]),
    ],
    ids=lambda each: each[:50].replace("\n", " ").replace("\x00", "0") if isinstance(each, str) else "",
)
def test_a_file_of_ones_own_that_is_broken_is_named_with_what_is_wrong(command, here, name, content, fragments):
    (here / "mine.yaml").write_text(content)
    ended = command(*RUN, f"{name}=mine.yaml").error
    for fragment in ["mine.yaml", *fragments]:
        assert fragment in ended
    assert [each.name for each in here.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        ("# @package _global_\nscenario: [\n", "is not valid YAML"),
        ("- scenario\n", "holds list, not a mapping of names"),
        ("\x00", "is not valid YAML"),
        ("scenario: {name: mine}\n", "the first line must be `# @package _global_`"),
        (
            "\ufeff# @package _global_\nscenario: {name: mine}\n",
            "begins with a byte order mark; save it as UTF-8 without",
        ),
        ("# @package _global_\nscenario: {name: mine, name: mine}\n", "name: appears twice (line 2 on); keep one"),
        ("# @package _global_\nscenario: {name: mine, story: one, levers: {troops: [1]}}\n", "scenario.levers.troops"),
    ],
    ids=["no end", "a list", "no text", "no package line", "a mark", "a key twice", "no plan"],
)
def test_a_scenario_of_ones_own_that_is_broken_is_named_with_what_is_wrong(command, here, content, fragment):
    (here / "configs" / "scenario").mkdir(parents=True)
    (here / "configs" / "scenario" / "mine.yaml").write_text(content)
    ended = command("run", "+scenario=mine", *TINY, "workers=1").error
    assert fragment in ended
    assert [each.name for each in here.iterdir()] == ["configs"]


def test_beliefs_under_which_nothing_is_stable_are_refused_before_anything_is_written(command, here):
    (here / "wild.yaml").write_text(
        "expert: me\npriors:\n"
        "  attacks_provoked_per_strike: {prior: {uniform: {low: 17, high: 18}}, because: a test}\n"
        "  self_excitation_branching_ratio: {prior: {uniform: {low: 0.85, high: 0.9}}, because: a test}\n"
    )
    ended = command(*RUN, "beliefs=wild.yaml").error
    assert "stay above the escalation number 0.95" in ended
    assert "attacks_provoked_per_strike" in ended
    assert [each.name for each in here.iterdir()] == ["wild.yaml"]


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("run", "+scenario=ful_withdrawal"), "Did you mean full_withdrawal?"),
        ((*RUN, "+typo=1"), "typo is unknown"),
        ((*RUN, "+parameters.baseline_attack_rate=nan"), "is nan, outside [0.05, 6]"),
        ((*RUN, "results=/proc/results"), "cannot be written"),
        (RUN, "outcomes.parquet was altered"),
    ],
    ids=lambda each: "" if isinstance(each, tuple) else each,
)
def test_a_process_ends_with_two_and_one_line_and_earlier_results_are_untouched(here, earlier, words, fragment):
    if words == RUN:
        file = earlier / "outcomes.parquet"
        file.write_bytes(flipped(file.read_bytes()))
    before = standing(here)
    ended = process(*words, cwd=here).error
    assert fragment in ended
    assert standing(here) == before
