"""Errors of pydantic in one kind of sentence: the key in full, the value, its bounds, the nearest valid name."""

from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError, ValidationInfo, field_validator

from scenarios.evidence.validation_errors import NAME, Bounds, Checked, OneOf, describe, with_names


class Inner(Checked):
    share: Annotated[float, Bounds(0, 1, "a year")] = 0.5
    size: Annotated[float, Bounds(unit="days")] = 1.0
    number: Annotated[int, Bounds(1, 1_000)] = 1
    text: str = ""

    @field_validator("text")
    @classmethod
    def _check_text(cls, text: str, info: ValidationInfo) -> str:
        if text == "{odd}":
            raise ValueError("is {odd}, which is not even")
        return text


class Outer(Checked):
    kind: Annotated[str, OneOf(("alpha", "beta", ""))] = Field(alias="class")
    inner: Inner = Inner()
    several: tuple[Inner, ...] = ()
    by_name: dict[str, Inner] = Field(default_factory=dict)
    flag: bool = False


REFUSED = [
    ({}, "top.class is missing."),
    (3, "top is 3; it must be a mapping of names to values."),
    ({"class": "alpa"}, "top.class is 'alpa', which is not valid. Did you mean alpha?"),
    ({"class": []}, "top.class is [], which is not valid. Valid: alpha, beta."),
    ({"class": "", "iner": 1}, "top.iner is unknown. Did you mean inner?"),
    ({"class": "", "kind": ""}, "top.kind is unknown. Valid: by_name, class, flag, inner, several."),
    ({"class": "", "flag": "perhaps"}, "top.flag is 'perhaps'; it is not accepted: "),
    ({"class": "", "several": 3}, "top.several is 3; it must be a list."),
    ({"class": "", "several": [{"shar": 1}]}, "top.several[0].shar is unknown. Did you mean share?"),
    ({"class": "", "by_name": {"a": 1}}, "top.by_name.a is 1; it must be a mapping of names to values."),
    ({"class": "", "by_name": {1: {}}}, "top.by_name[1] is 1; it must be a text, in quotes if it looks like something"),
    *(({"class": "", "inner": {key: value}}, f"top.inner.{key} {reason}") for key, value, reason in [
        ("share", 2, "is 2, outside [0, 1] a year."),
        ("share", float("nan"), "is nan, outside [0, 1] a year."),
        ("share", "0.5", "is '0.5'; it must be a number in [0, 1] a year."),
        ("share", True, "is True; it must be a number in [0, 1] a year."),
        ("share", 10**400, "is 1e400 or more; it must be a number in [0, 1] a year."),
        ("size", float("inf"), "is inf; it must be a finite number of days."),
        ("number", 2_000, "is 2,000, outside [1, 1,000]."),
        ("number", -(10**400), "is -1e400 or more, outside [1, 1,000]."),
        ("number", 1.0, "is 1.0; it must be a whole number in [1, 1,000]."),
        ("text", 4, "is 4; it must be a text, in quotes if it looks like something else."),
        ("text", ["a" * 500], f"is ['{'a' * 58}...; it must be a text"),
        ("text", "{odd}", "is {odd}, which is not even."),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "sentence"), REFUSED, ids=[sentence[:60] for _, sentence in REFUSED])
def test_a_refused_value_is_described_by_key_value_and_bound(written: Any, sentence: str):
    with pytest.raises(ValidationError) as raised:
        Outer.model_validate(written)
    assert [line[: len(sentence)] for line in describe(raised.value, "top")] == [sentence]


def test_an_entry_cannot_give_itself_a_name():
    class Named(Checked):
        name: str = Field(alias=NAME)

    assert Named.model_validate(with_names({"a": {}})["a"]).name == "a"
    with pytest.raises(ValidationError) as raised:
        Named.model_validate(with_names({"a": {NAME: "b"}})["a"])
    assert describe(raised.value) == ["<name>  is unknown."]


def test_every_fault_is_described_at_once_in_the_order_of_the_fields():
    with pytest.raises(ValidationError) as raised:
        Outer.model_validate({"inner": {"share": 2, "number": 0}, "clas": "alpha"})
    keys = [line.split()[0] for line in describe(raised.value)]
    assert keys == ["class", "inner.share", "inner.number", "clas"]
