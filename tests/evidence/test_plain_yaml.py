"""YAML as people mean it: text as it is written, and nothing that grows, nests or builds."""

import os
import random
import time
from datetime import date

import pytest
import yaml

from scenarios.errors import RequestError
from scenarios.evidence.plain_yaml import MOST_BYTES, UnwantedError, dumped, parsed, quoted_text, scalar, value
from scenarios.evidence.seed_files import refuse_interpolation, yaml_mapping
from scenarios.resources import read_plain

LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
LETTERS = "aé日ق#:*&!|>%@`'\"[]{},?-~=<>\\ \t\n\x00\x85\u2028\u0301\ufeff019eE_.+onyesTrue"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (LAUGHS, "line 1 has an anchor or alias"),
        ("a: &a [*a]", "anchor or alias"),
        ("a: 1\nb: &b 2\n", "line 2 has an anchor or alias"),
        ("[" * 100_000, "nested deeper than 50 levels"),
        ("{a: " * 5_000, "nested deeper than 50 levels"),
        ("- " * 5_000 + "a", "nested deeper than 50 levels"),
        ("\n".join(" " * depth + "a:" for depth in range(400)), "line 51 is nested deeper than 50 levels"),
        ("[" + "1," * 5_000_000 + "]", "has 10,000,002 bytes; at most 1,000,000 are read"),
        ("[" + "1," * 400_000 + "]", "has more than 100,000 values"),
        ("a: !!python/object/apply:os.system [ls]", "has the tag tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: !!int '3'", "has the tag"),
        ("a: ! b", "has the tag !"),
        ("seed: " + "9" * 400, "holds a number of 400 digits"),
        ("seed: " + "9" * 5_000, "holds a number of 5000 digits"),
        ("seed: " + "9" * 400 + ".5", "a number beyond all bounds"),
        ("seed: 1e999", "holds 1e999, a number beyond all bounds"),
        ("a: {b: 1, b: 2}", "b: appears twice"),
    ],
    ids=lambda each: each[:30].replace("\n", " "),
)
def test_what_grows_nests_or_builds_is_refused_within_a_second(written, message):
    began = time.process_time()
    with pytest.raises(UnwantedError, match=None) as error:
        parsed(written)
    assert message in str(error.value)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text", ["0027", "1:30:00", "20:30", "yes", "No", "on", "OFF", "0x1F", "0b1", "0o7", "1e", "=", "<<", "2021-1-1"]
)
def test_text_that_old_yaml_retypes_stays_text(text):
    assert scalar(text) == text
    assert parsed(f"a: {text}") == {"a": text}
    assert parsed(f"{text}: a") == {text: "a"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("null", None), ("~", None), ("", None), ("true", True), ("False", False), ("12", 12), ("-3", -3),
        ("1_000", 1000), ("1e-3", 0.001), ("5e-1", 0.5), ("1.5e+3", 1500.0), (".5", 0.5), ("-.inf", float("-inf")),
        ("2022-06-01", date(2022, 6, 1)),
    ],
)  # fmt: skip
def test_numbers_truths_dates_and_nothing_are_read_as_such(text, meant):
    assert scalar(text) == meant
    assert parsed(f"a: {text}") == {"a": meant}


def test_a_date_that_does_not_exist_is_refused_where_no_text_belongs():
    with pytest.raises(ValueError, match="day is out of range"):
        parsed("a: 2021-02-30")
    assert parsed("name: 2021-02-30", ["name"]) == {"name": "2021-02-30"}


@pytest.mark.parametrize("text", ["0027", "1e3", "1_0", "true", "on", ".inf", "2021-01-01", "12", "0x1F", "1:30:00"])
def test_a_place_of_text_takes_whatever_looks_like_something_else(text):
    texts = ["name", "options/*?", "names/*"]
    content = parsed(f"name: {text}\noptions: {{a: {text}}}\nnames: [{text}]\nelse: {{name: 12}}", texts)
    assert content == {"name": text, "options": {"a": text}, "names": [text], "else": {"name": 12}}


def test_a_place_of_text_may_take_null_as_text_or_as_nothing():
    assert parsed("a: null\nb: null\nc: 'null'", ["a", "b?", "c?"]) == {"a": "null", "b": None, "c": "null"}


def test_a_cell_is_one_value_unless_it_is_a_list_a_mapping_or_a_quoted_text():
    cells = {
        "x #2": "x #2", "a: b": "a: b", "*": "*", "&a [*a]": "&a [*a]", "- z": "- z", "[1, a]": [1, "a"], "'1'": "1",
        '"on"': "on", "0.5": 0.5, "!!int x": "!!int x", "# a": "# a",
    }  # fmt: skip
    assert {cell: value(cell) for cell in cells} == cells


def texts(number, seed=20):
    rng = random.Random(seed)
    return ["".join(rng.choices(LETTERS, k=rng.randint(0, 8))) for _ in range(number)]


def nested(rng, depth=3):
    kind = rng.randrange(9 if depth else 6)
    if kind > 5:
        size = rng.randrange(4)
        if kind == 6:
            return {texts(1, rng.random())[0]: nested(rng, depth - 1) for _ in range(size)}
        return [nested(rng, depth - 1) for _ in range(size)]
    number = rng.choice([rng.random(), 10 ** rng.uniform(-320, 308), 1e16, 1e-5, 2.0])
    return [
        None,
        rng.random() < 0.5,
        rng.randint(-(10**18), 10**18),
        number,
        *texts(1, rng.random()),
        date(2021, 1, 2),
    ][kind]


def test_whatever_is_written_is_read_back_as_itself():
    rng = random.Random(8)
    for each in [*texts(3_000), *(nested(rng) for _ in range(1_000))]:
        assert parsed(dumped([each])) == [each]
        assert parsed(dumped([each], in_a_line=True)) == [each]
        assert "\n" not in dumped([each], in_a_line=True)


def test_a_text_in_quotation_marks_is_a_value_of_one_line():
    for each in texts(2_000):
        assert value(quoted_text(each)) == each
        assert "\n" not in quoted_text(each)


def test_no_value_is_written_as_an_alias():
    shared = [date(2021, 1, 1)]
    assert "&" not in dumped({"a": shared, "b": shared})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"a": {"b": ["x", "${oc.env:HOME}"]}}, "f.yaml: a.b[1]: holds the interpolation '${oc.env:HOME}'"),
        ("${a}", "f.yaml: holds the interpolation"),
        ({"${now:}": 1}, "f.yaml: holds the interpolation '${now:}'"),
        ([{"a": "x${b}y" * 100}], "f.yaml: [0].a: holds"),
    ],
)
def test_an_interpolation_is_refused_wherever_it_stands(data, message):
    with pytest.raises(RequestError) as error:
        refuse_interpolation(data, "f.yaml")
    assert message in str(error.value)
    assert len(str(error.value)) < 250


def test_money_and_shell_variables_are_no_interpolation():
    refuse_interpolation({"a": "$HOME costs $5", "b": "{x}", "c": 3, "d": None}, "f.yaml")


def test_a_file_that_is_no_plain_file_or_too_large_is_refused_unread(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    (tmp_path / "large.yaml").write_text("a: " + "b" * 2_000_000)
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    messages = {
        "pipe": "it is a pipe", "folder": "it is a folder", "device": "it is a device", "large": "at most 1,000,000",
        "loop": "cannot be read", "none": "No such file",
    }  # fmt: skip
    for name, reason in messages.items():
        with pytest.raises(RequestError, match=reason) as error:
            yaml_mapping(tmp_path / f"{name}.yaml")
        assert "not valid YAML" not in str(error.value)
        with pytest.raises(RequestError, match=f"{name}.yaml"):
            read_plain(tmp_path / f"{name}.yaml", MOST_BYTES)


def test_shipped_files_read_as_before_but_for_what_was_retyped():
    from scenarios.resources import configs, seeds

    for file in sorted([*configs().rglob("*.yaml"), *seeds().rglob("*.yaml")]):
        assert yaml_mapping(file, interpolated=True) == _as_text_keys(yaml.safe_load(file.read_text(encoding="utf-8")))


def _as_text_keys(node):
    if isinstance(node, dict):
        return {str(name): _as_text_keys(each) for name, each in node.items()}
    if isinstance(node, list):
        return [_as_text_keys(each) for each in node]
    if isinstance(node, str):
        return scalar(node) if node[:1].isdigit() and "e" in node else node
    return node
