"""Text in the description of a site: exported and given to sbatch as written, in files and on the command line."""

import pytest

from scenarios.errors import RequestError
from scenarios.execution.slurm.site import site
from scenarios.studies.request import composed_study

RETYPED = (
    "1:30:00", "20:30", "0027", "on", "yes", "NO", "1_000", "0x1F", "2021-01-01", ".inf", "1e3", "1.10", "true", "~x",
)  # fmt: skip


@pytest.fixture
def own(here):
    """Site that a file and words describe."""

    def described(text="", *words):
        file = here / "configs" / "engine" / "mine.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"defaults: [slurm, _self_]\n{text}")
        return site(composed_study(["+study=withdrawal_by_theory", "engine=mine", *words])["engine"])

    return described


@pytest.mark.parametrize("text", RETYPED)
def test_what_a_file_gives_is_taken_as_it_is_written(own, text):
    taken = own(
        f"partition: {text}\naccount: {text}\nqos: {text}\nconstraint: {text}\npython: {text}\nsetup: [{text}]\n"
        f"options: {{time: {text}}}\nenvironment: {{FLAG: {text}, ON: {text}}}\n"
    )
    texts = {taken.partition, taken.account, taken.qos, taken.constraint, taken.python, *taken.setup}
    assert texts == {text}
    assert taken.options == {"time": text}
    assert taken.environment | {"FLAG": text, "ON": text} == taken.environment
    assert f"export FLAG={text}" in [each.replace("'", "") for each in taken.prepared]


@pytest.mark.parametrize(
    "text", [*RETYPED, "123456", "a b", "n[1-3]", "it's", 'say "x"', "a\\b", "x,y", "{a}", "a=b", "été"]
)
def test_what_a_word_gives_is_taken_as_it_is_written(own, text):
    taken = own("", f"engine.account={text}", f"engine.options.time={text}", f"engine.environment.UMASK={text}")
    assert (taken.account, taken.options["time"], taken.environment["UMASK"]) == (text, text, text)


def test_open_mappings_and_lists_are_set_by_words_as_documented(own):
    taken = own(
        "options: {exclude: n1, nice: 5}\nsetup: [module purge]\n",
        "engine.options={exclude: n7, mail-type: FAIL, begin: 20:30}",
        "engine.environment.A=b",
        "+engine.environment.B=0022",
        "engine.setup=[module load a, ulimit -s 0100]",
    )
    assert taken.options == {"exclude": "n7", "nice": "5", "mail-type": "FAIL", "begin": "20:30"}
    assert taken.environment == {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "A": "b", "B": "0022"}
    assert taken.setup == ("module load a", "ulimit -s 0100")


def test_words_that_mean_nothing_elsewhere_are_text_in_quotes(own):
    taken = own("environment: {N: 'null', EMPTY: ''}\n", "engine.environment.M='null'")
    assert [taken.environment[name] for name in ("N", "M", "EMPTY")] == ["null", "null", ""]


def test_a_default_of_the_scheduler_is_requested_by_null(own):
    taken = own("partition: cpu\n", "engine.partition=null")
    assert (taken.partition, taken.account) == (None, None)


@pytest.mark.parametrize(
    ("text", "words", "fragment"),
    [
        ("environment: {N: null}\n", (), 'N is null, which is no text; write it in quotes, as N: "null"'),
        ("environment: {N: }\n", (), "engine.environment.N is null"),
        ("", ("engine.environment.N=null",), "engine.environment.N is null"),
        ("options: {time: [1]}\n", (), "engine.options.time is [1], which is no text"),
        ("options: {a: {b: c}}\n", (), "engine.options.a is {b: c}, which is no text"),
        ("partition: [a]\n", (), "engine.partition is [a], which is no text"),
        ("setup: [[a]]\n", (), "engine.setup[0] is [a], which is no text"),
        ("environment: {A B: c}\n", (), "engine.environment.A B is not a name"),
        ("environment: {'X; ls': c}\n", (), "engine.environment.X; ls is not a name"),
        ('options: {comment: "a\\nb"}\n', (), "it must be a text on one line"),
        ("time_minutes: 1:30:00\n", (), "engine.time_minutes is '1:30:00'; it must be a whole number"),
        ("account: ${oc.env:HOME}\n", (), "account: holds the interpolation"),
        ("", ("engine.account=${oc.env:HOME}",), "engine.account holds ${"),
        ("", ("engine.options={a: ${oc.env:HOME}}",), "engine.options holds ${"),
        ("", ("engine.options=[a]",), "engine.options is '[a]'; it must be a mapping, as {exclude: n7}"),
        ("", ("engine.options=a",), "it must be a mapping"),
        ("", ("engine.options={a: [b]}",), "it must be a mapping"),
        ("", ("engine.environment.A B=c",), "without blanks in the key"),
    ],
    ids=lambda each: each[:40].replace("\n", " ") if isinstance(each, str) else "",
)  # fmt: skip
def test_what_is_no_text_is_refused_with_the_quotes_to_use(own, text, words, fragment):
    with pytest.raises(RequestError) as error:
        own(text, *words)
    assert fragment in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", [123456, 1.5, True, ["a"]])
def test_an_error_in_a_site_that_a_program_describes_shows_the_quotes(value):
    with pytest.raises(RequestError, match=r"which is no text; write it in quotes, as account: .* on the command line"):
        site({"name": "slurm", "account": value})
