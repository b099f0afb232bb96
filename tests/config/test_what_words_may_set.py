"""Words of a request: permitted keys and values, and a refusal in one line for every other."""

import pytest

import scenarios
from scenarios.cli.run import prepared
from scenarios.config import compose
from scenarios.config.compose import composed
from scenarios.errors import RequestError
from scenarios.studies.request import composed_study, study_request
from tests.requests import one_line, refused

STUDY = "+study=withdrawal_by_theory"
LONG = "9" * 400


def refusal(*words, many=False):
    """Message by which `run` refuses words before Hydra is given them."""
    with pytest.raises(RequestError) as error:
        prepared(["+scenario=relabel", *words], many=many)
    return one_line(str(error.value))


OF_HYDRA = (
    "hydra.run.dir=/tmp", "hydra.job.chdir=true", "+hydra.callbacks.x._target_=os.system", "hydra.verbose=true",
    "hydra/job_logging=default", "hydra.searchpath=[file:///tmp]", "hydra/sweeper=basic", "hydra.sweep.dir=/tmp",
    "hydra.launcher._target_=os.system", "hydra={run: {dir: x}}", "++hydra.output_subdir=x", "hydra.mode=MULTIRUN",
)  # fmt: skip

REPORTED = (
    "world.name", "++world.name", "world.story", "+world.claims", "scenario.name", "+scenario.story", "scenario.code",
    "scenario.claims", "scenario.expects", "scenario.needs", "scenario.needs.troops_at_least", "+scenario.title",
    "start.name", "start.file", "+start.title", "ensemble.name", "engine.name",
)  # fmt: skip

REFUSED = {
    "nothing of a request can be removed": ("~start=8", "~start", "~scenario.levers", "~hydra"),
    "sets nothing; write KEY=VALUE": (
        "@x=1", "start@x=2021-07", "world@_global_=calm", "a/b=1", "/a=1", "world..x=1", "=1"
    ),
    "is not for words to set": OF_HYDRA,
    "results are reported by the": tuple(f"{key}=calm" for key in REPORTED),
    "is unknown": tuple(
        f"world={value}"
        for value in ("sub/calm", "../calm", "file:calm", "calm.yaml", "8", "3.5", "calm@x", "/etc/passwd")
    ),
    "several runs by": ("world=calm,simulated", "ensemble.seed=1,2", "ensemble.seed=range(1,3)"),
    "refers to a value elsewhere; write the value itself": (
        "results=${oc.env:HOME}", "+scenario.levers={enablers: '${oc.env:X}'}", "start=${x}.yaml", "beliefs=${a}",
        "parameters.baseline_attack_rate=${ensemble.seed}", "world.regime='\\${x}'",
    ),
    "???": tuple(
        f"{key}={value}"
        for key in ("results", "beliefs", "ensemble.seed", "world", "against", "theory.isis")
        for value in ("???", "'???'")
    ),
    "is ???, which is no value": ("world.detente=[[0, ???]]", "+scenario.levers={enablers: ???}"),
    "brackets more than 50 deep": (f"theory.isis={'[' * 60}", f"theory.isis={'[' * 60}{']' * 60}"),
    "characters; a word has at most 10,000": (f"results={'x' * 10_001}",),
    "cannot be read": (f"ensemble.seed={'9' * 5_000}",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "text"),
    [(word, text) for text, words in REFUSED.items() for word in words],
    ids=lambda part: part[:50],
)
def test_a_word_that_may_not_be_is_refused_in_one_line_before_hydra_reads_it(here, word, text):
    message = refusal(word)
    assert text in message
    if text == "results are reported by the":
        field = word.partition(".")[2].partition("=")[0].partition(".")[0]
        assert f"{text} {field} in the file" in message


@pytest.mark.parametrize("word", OF_HYDRA)
def test_keys_of_hydra_are_not_set_from_python(word):
    with pytest.raises(RequestError, match="is not for words to set"):
        composed(["+scenario=relabel", word])


@pytest.mark.parametrize("value", ["8", "basicc", "[joblib]", "", "joblib,basic"])
def test_a_launcher_is_one_of_those_that_are_documented(value):
    assert f"hydra/launcher is {value!r}" in refusal(f"hydra/launcher={value}", many=True)


def test_a_launcher_and_its_keys_are_taken_where_something_is_launched():
    words = ["hydra/launcher=submitit_slurm", "hydra.launcher.partition=cpu", "hydra.launcher.timeout_min=30"]
    assert [*prepared(["+scenario=relabel,surge", *words], many=True)][-4:-1] == words
    with pytest.raises(RequestError, match="hydra/launcher is not for words to set"):
        composed(["+scenario=relabel", words[0]])


@pytest.mark.parametrize("key", ["study.name", "++study.name", "study.story", "study.claims"])
def test_names_and_stories_of_a_study_are_not_set_by_words(key):
    with pytest.raises(RequestError, match="results are reported by the"):
        composed_study([STUDY, f"{key}=calm"])


@pytest.mark.parametrize("factor", ["world.name", "world.story", "world.claims", "ensemble.name", "start.name"])
def test_names_and_stories_are_no_factors(factor):
    with pytest.raises(RequestError, match=f"{factor}'? is no factor"):
        study_request(composed_study([STUDY, f"study.cross={{{factor}: [calm]}}"]))


@pytest.mark.parametrize("group", ["scenario", "start", "world", "theory", "ensemble", "engine", "study"])
@pytest.mark.parametrize(
    "value", ["{name: x}", "[[0, 1]]", "int(3)", "glob(*)", "choice(a,b)", "null", "", "str(calm)"]
)
def test_a_group_takes_the_name_of_an_option(group, value):
    with pytest.raises(RequestError, match=f"{group} is '") as error:
        composed([*(["+scenario=relabel"] if group != "scenario" else []), f"++{group}={value}"])
    assert "give one of " in one_line(str(error.value))


@pytest.mark.parametrize("word", ["+study.cross=0", "study=withdrawal_by_theory"])
def test_a_study_is_for_sweep_alone(word):
    with pytest.raises(RequestError, match="study is for sweep"):
        compose.command_request(composed(["+scenario=relabel", word]))


@pytest.mark.parametrize("word", REFUSED["several runs by"])
def test_several_values_are_several_runs(word):
    assert prepared(["+scenario=relabel", word], many=True)[-1] == word


def test_no_word_of_a_study_and_no_argument_refers_to_a_value_elsewhere():
    with pytest.raises(RequestError, match="refers to a value elsewhere"):
        composed_study([STUDY, "study.constraints=['${oc.env:HOME}']"])
    with pytest.raises(RequestError, match="refers to a value elsewhere"):
        scenarios.run("${oc.env:HOME}")


@pytest.mark.parametrize(
    "key",
    ["ensemble.seed", "ensemble.replications", "ensemble.step_days", "ensemble.horizon", "record.events",
     "parameters.baseline_attack_rate", "scenario.levers.enablers", "world.intensity"],
)  # fmt: skip
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_of_four_hundred_digits_is_refused_in_one_short_line(key, sign):
    message = refused(f"{key}={sign}{LONG}")
    assert key in message
    assert len(message) < 200


@pytest.mark.parametrize("value", ["[[spent]]", "[{a: 1}]", "{a: 1}", "3", "[3]", "[null]", "[]", "''"])
def test_a_theory_is_a_pole_or_a_list_of_poles(value):
    assert "theory.isis is " in refused(f"theory.isis={value}")


@pytest.mark.parametrize(
    "word", ["record=0", "record=false", "parameters=0", "parameters=[]", "against=0", "against=false"]
)
def test_what_is_neither_given_nor_left_out_is_refused(word):
    assert word.partition("=")[0] in refused(word).replace("scenario '0'", "against").replace(
        "scenario 'false'", "against"
    )


@pytest.mark.parametrize("word", ["theory.isis.x=1", "world.regime.x=1", "scenario.levers.troops.announced.x=1"])
def test_a_key_below_a_list_is_refused_in_one_line(command, word):
    message = command("run", "+scenario=relabel", "start=2024-01", "world=gaza_war", word).error
    assert message


@pytest.mark.parametrize(
    "words",
    [("sweep", STUDY, "--shard", f"1/{'9' * 5_000}"), ("sweep", STUDY, "--timeout", "9" * 5_000),
     ("replay", "x", f"1/{'9' * 5_000}"), ("check", "--replications", "9" * 5_000), ("prior", "--workers", "x"),
     ("report", "x", "-o"), ("report",), ("run", "+scenario=relabel", "--resolve"), ("run", "--info", "x"),
     ("compare", "relabel", "surge", f"above.deaths={LONG}"), ("compare", "relabel", "scenario.levers.enablers=0.3")],
    ids=lambda each: " ".join(each)[:40],
)  # fmt: skip
def test_flags_and_their_values_are_refused_in_one_line(command, words):
    assert len(command(*words).error) < 400
