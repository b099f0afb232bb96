"""Files received by mail: whatever they contain, they are read or refused in one line, and never hang or look up."""

import os
import subprocess
import sys
from copy import deepcopy
from datetime import date

import pytest
import yaml

from scenarios.config.compose import composed
from scenarios.config.request import request
from scenarios.errors import RequestError
from tests.requests import ROOT, TINY, WITHDRAWAL

RATE = "baseline_attack_rate"
PRIOR = {
    "prior": {"uniform": {"low": 0.2, "high": 0.4}}, "because": "I was there.", "origin": "literature", "grade": "C",
    "claims_for": ["S000-01"], "claims_against": [], "reference": "A report.",
}  # fmt: skip
BELIEFS = {"expert": "me", "priors": {RATE: PRIOR}}
START = yaml.safe_load((ROOT / "seeds" / "starts" / "2021-07.yaml").read_text(encoding="utf-8"))
STATE = ("states", "troops_anbar")
WRONG = [
    2, -1, 1.5, True, None, "", [], {}, [1], [{}], [[]], {"a": 1}, {"a": {"b": [1]}}, [None], date(2021, 1, 1),
    10**25, float("nan"), float("inf"), "${oc.env:HOME}",
]  # fmt: skip
TEXTS = ("expert", "title", "because", "reference", "grade", "origin")
LISTS = ("claims_for", "claims_against")


def places(node, at=()):
    yield at
    for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(value, (*at, name))


def put(node, at, value):
    if not at:
        return value
    copy = deepcopy(node)
    above = copy
    for name in at[:-1]:
        above = above[name]
    above[at[-1]] = value
    return copy


def requested_with(folder, key, content):
    file = folder / "mine.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return request(composed([WITHDRAWAL, *TINY, f"{key}={file}"]))


def refused(folder, key, content):
    with pytest.raises(RequestError) as error:
        requested_with(folder, key, content)
    assert "\n" not in str(error.value)
    return str(error.value)


def answer(folder, key, content):
    """Lines of the refusal of a file, empty if it is accepted; any other exception fails the test."""
    try:
        requested_with(folder, key, content)
    except RequestError as error:
        return str(error).splitlines()
    return []


OF_A_START = [at for at in places(START) if len(at) < 2 or at[: len(STATE)] == STATE]


@pytest.mark.parametrize(
    ("key", "content", "at"),
    [*(("beliefs", BELIEFS, at) for at in places(BELIEFS)), *(("start", START, at) for at in OF_A_START)],
    ids=lambda each: ".".join(map(str, each)) if isinstance(each, tuple) else "",
)
def test_no_value_at_any_key_of_a_file_is_answered_by_a_traceback(tmp_path, key, content, at):
    answers = [line for wrong in WRONG for line in answer(tmp_path, key, put(content, at, wrong))]
    assert [line for line in answers if not line.startswith(("/", "start.", "parameters."))] == []


@pytest.mark.parametrize("key", [*TEXTS, *LISTS])
@pytest.mark.parametrize("wrong", [2, True, [{}], {"a": 1}, [1], date(2021, 1, 1), 1.5], ids=str)
def test_a_value_of_the_wrong_type_is_named_by_its_key(tmp_path, key, wrong):
    if key not in ("expert", "title"):
        assert f"{RATE}.{key}" in refused(tmp_path, "beliefs", put(BELIEFS, ("priors", RATE, key), wrong))
        assert f"{STATE[-1]}.{key}" in refused(tmp_path, "start", put(START, (*STATE, key), wrong))
    elif key == "expert":
        assert "expert" in refused(tmp_path, "beliefs", put(BELIEFS, (key,), wrong))
    else:
        assert "title" in refused(tmp_path, "start", put(START, (key,), wrong))


@pytest.mark.parametrize("wrong", ["0.3", True, None, [1]], ids=str)
def test_a_number_of_a_prior_is_a_number(tmp_path, wrong):
    message = refused(tmp_path, "beliefs", put(BELIEFS, ("priors", RATE, "prior", "uniform", "low"), wrong))
    assert f"prior uniform has {wrong!r} as its low; it must be a number" in message


def test_small_numbers_are_written_with_an_exponent_too(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        f"expert: me\npriors: {{{RATE}: {{prior: {{uniform: {{low: 2e-1, high: 4.0e-1}}}}, because: x}}}}\n"
    )
    accepted = request(composed([WITHDRAWAL, *TINY, f"beliefs={tmp_path / 'mine.yaml'}"]))
    assert accepted.beliefs[RATE].prior.numbers == {"low": 0.2, "high": 0.4}


SECRET = "${oc.env:HOME}"
FILES = {
    "scenario": f"# @package _global_\nscenario: {{name: mine, story: '{SECRET}', levers: {{enablers: 0.5}}}}\n",
    "world": f"name: mine\nstory: '{SECRET}'\nregime: calm\n",
    "theory": f"isis: ['{SECRET}']\n",
    "ensemble": f"replications: 8\nseed: '{SECRET}'\nstep_days: 1\nhorizon: 7\n",
    "start": f"name: mine\nfile: '{SECRET}'\n",
    "study": f"name: mine\nstory: '{SECRET}'\ncross: {{scenario: [surge]}}\n",
    "engine": f"defaults: [slurm, _self_]\naccount: '{SECRET}'\n",
}


@pytest.mark.parametrize("group", FILES)
def test_an_interpolation_in_an_option_is_refused_with_file_and_key(command, here, group):
    file = here / "configs" / group / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(FILES[group])
    words = {
        "scenario": ("run", "+scenario=mine", *TINY), "study": ("sweep", "+study=mine"),
        "engine": ("sweep", "+study=withdrawal_by_theory", "engine=mine", "--plan"),
    }  # fmt: skip
    message = command(*words.get(group, ("run", WITHDRAWAL, *TINY[1:], f"{group}=mine"))).error
    assert f"{group}/mine.yaml: " in message
    assert "holds the interpolation '${oc.env:HOME}'" in message
    assert os.environ["HOME"] not in message.replace(str(here), "")
    assert not (here / "results").exists()


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("beliefs", put(BELIEFS, ("expert",), SECRET)),
        ("beliefs", put(BELIEFS, ("priors", RATE, "because"), f"a {SECRET} b")),
        ("start", put(START, ("title",), SECRET)),
        ("start", put(START, (*STATE, "reference"), SECRET)),
    ],
)
def test_an_interpolation_in_a_file_is_refused_with_file_and_key(tmp_path, key, content):
    message = refused(tmp_path, key, content)
    assert "mine.yaml: " in message
    assert "holds the interpolation" in message


BOMBS = {
    "laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep": "a: " + "[" * 50_000,
    "long": "a: [" + "1," * 5_000_000 + "]",
    "tag": "a: !!python/object/apply:os.system [touch hacked]\n",
    "digits": "date: " + "9" * 400,
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("word", ["start=mine.yaml", "beliefs=mine.yaml", "study=mine.yaml"])
def test_a_file_that_would_fill_the_memory_is_refused(command, here, word, bomb):
    (here / "mine.yaml").write_text(BOMBS[bomb])
    words = ("sweep", f"+{word}") if word.startswith("study") else ("run", WITHDRAWAL, *TINY, word)
    assert "mine.yaml" in command(*words).error
    assert [each.name for each in here.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize("word", ["start={}", "beliefs={}", "+study={}", "study.table={}"])
@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a device", "nothing"])
def test_what_is_no_plain_file_is_refused_and_never_waited_for(command, here, word, kind):
    makers = {
        "a pipe": lambda: os.mkfifo("mine.yaml"), "a folder": lambda: os.mkdir("mine.yaml"),
        "a device": lambda: os.symlink("/dev/zero", "mine.yaml"), "nothing": lambda: None,
    }  # fmt: skip
    makers[kind]()
    given = word.format("mine.yaml")
    words = ("run", WITHDRAWAL, *TINY, given)
    if "study" in word:
        (here / "table.yaml").write_text("table: mine.yaml\n")
        words = ("sweep", "+study=table.yaml" if "table" in word else given)
    message = command(*words).error
    assert "mine.yaml" in message
    assert ("there is no file" in message) or (kind in message)


def test_a_pipe_is_refused_in_a_process_within_its_time(tmp_path):
    os.mkfifo(tmp_path / "mine.yaml")
    ended = subprocess.run(
        [sys.executable, "-m", "scenarios", "run", WITHDRAWAL, *TINY, "beliefs=mine.yaml"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "it is a pipe" in ended.stderr
