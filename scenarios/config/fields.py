"""Types of the values that a user writes, and checks of single values."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from re import compile
from typing import Annotated, Any, TypeVar
from unicodedata import category

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from scenarios.config.faults import FaultsError, in_lines
from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import claims
from scenarios.evidence.validation_errors import Bounds, Checked, OneOf, describe, faults, refusal, shown

WORD = compile(r"[^\W_][\w-]*\Z")

MARKS = ("Mn", "Mc")  # Unicode categories of signs that complete a letter, such as vowels in Arabic and Hindi

T = TypeVar("T")

S = TypeVar("S", bound="Spec")


class Spec(Checked):
    """Mapping as a user writes it; a required key without a value is missing."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, written: Any) -> Any:
        if not isinstance(written, Mapping):
            return written
        required = {name for name, field in cls.model_fields.items() if field.is_required()}
        return {str(name): value for name, value in written.items() if value is not None or name not in required}


def validated(kind: type[S], written: Any, key: str, context: object = None) -> S:
    """Mapping as written, checked; FaultsError with all of its faults."""
    try:
        return kind.model_validate(bare(written), context=context)
    except ValidationError as error:
        raise FaultsError(faults(error, (key,)), describe(error, key)) from None


def entries_with_faults(read: Callable[[Any], T], entries: Iterable[Any]) -> list[T]:
    """Entries of a list, each read by a function; ValidationError with the faults of all."""
    values, wrong = list[T](), list[InitErrorDetails]()
    for number, entry in enumerate(entries):
        try:
            values.append(read(entry))
        except ValueError as error:
            wrong.append(InitErrorDetails(type=refusal(str(error)), loc=(number,), input=entry))
    if wrong:
        raise ValidationError.from_exception_data("list", wrong)
    return values


def bare(value: Any) -> Any:
    """Value without NumPy: scalars as plain numbers and arrays as lists, at any depth of lists and mappings."""
    if isinstance(value, Mapping):
        return {name: bare(element) for name, element in value.items()}
    if isinstance(value, list | tuple):
        return [bare(element) for element in value]
    numpy = sys.modules.get("numpy")  # not imported by `list`; until then no value has a type of NumPy
    if numpy is None:
        return value
    if isinstance(value, numpy.datetime64):
        return value.item() if numpy.datetime_data(value)[0] == "D" else str(value)  # a moment is no day
    return bare(value.tolist()) if isinstance(value, numpy.generic | numpy.ndarray) else value


def read_text(value: Any) -> str:
    """Text that is not empty, without the blanks around it."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"is {shown(value)}; it must be a text")
    return value.strip()


def read_name(value: Any) -> str:
    """Text that can name a folder."""
    written = read_text(value)
    letters = "".join(sign for sign in written if category(sign) not in MARKS)
    if not WORD.match(letters) or category(written[0]) in MARKS:
        raise ValueError(f"is {shown(value)}; it names a folder, so use only letters, digits, _ and -")
    return written


def read_claim(value: Any) -> str:
    """Claim that exists."""
    if not isinstance(value, str) or value not in claims():
        raise ValueError(f"is {shown(value)}, which is not a claim.{nearest(value, claims())}")
    return value


def none_as_empty(value: Any) -> Any:
    """List; an empty one if nothing is given."""
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(read_text), Field(min_length=1)]

Word = Annotated[str, BeforeValidator(read_name), Field(json_schema_extra={"pattern": r"^[^\W_][\w-]*$"})]

Claim = Annotated[str, BeforeValidator(read_claim), Field(json_schema_extra={"pattern": r"^S\d{3}-\d{2}$"})]

Claims = Annotated[
    tuple[Claim, ...], BeforeValidator(none_as_empty), Field(description="claims of the texts, as S001-07")
]


def number(value: Any, key: str, low: float = -float("inf"), high: float = float("inf"), unit: str = "") -> float:
    """Finite number within its bounds."""
    return check_value(Bounds(low, high, unit).number, value, key)


def whole(value: Any, key: str, low: int, high: int, unit: str = "") -> int:
    """Whole number within its bounds."""
    return check_value(Bounds(low, high, unit).whole, value, key)


def text(value: Any, key: str) -> str:
    """Text that is not empty."""
    return check_value(read_text, value, key)


def word(value: Any, key: str) -> str:
    """Text that can name a folder."""
    return check_value(read_name, value, key)


def one_of(value: Any, key: str, valid: Iterable[str]) -> str:
    """Name that is one of the valid ones."""
    return check_value(OneOf(list(valid)).check, value, key)


def sequence(value: Any, key: str) -> list[Any]:
    """List of values."""
    return check_value(_read_list, value, key)


def texts(value: Any, key: str) -> tuple[str, ...]:
    """List of texts."""
    return tuple(text(element, f"{key}[{number}]") for number, element in enumerate(sequence(value, key)))


def claim_ids(written: Any, key: str) -> tuple[str, ...]:
    """Claims that a request cites, all of which must exist."""
    return tuple(
        check_value(lambda entries: entries_with_faults(read_claim, _read_list(none_as_empty(entries))), written, key)
    )


def mapping(value: Any, key: str, known: Iterable[str], required: Iterable[str] = ()) -> dict[str, Any]:
    """Mapping whose keys are all known."""
    if not isinstance(value, Mapping):
        raise RequestError(f"{key} is {shown(value)}; it must be a mapping of names to values.")
    names, above = set(known), f"{key}." if key else ""
    unknown = [f"{above}{name} is unknown.{nearest(name, names)}" for name in value if name not in names]
    missing = [f"{above}{name} is missing." for name in required if value.get(name) is None]
    if unknown or missing:
        raise RequestError(in_lines([*unknown, *missing], str))
    return {str(name): element for name, element in value.items()}


def check_value(read: Callable[[Any], T], value: Any, key: str) -> T:
    """Value as a function reads it; RequestError with the key where it is refused."""
    try:
        return read(bare(value))
    except ValidationError as error:
        raise RequestError(in_lines(describe(error, key), str)) from None
    except ValueError as error:
        wrong = ValidationError.from_exception_data(key, [InitErrorDetails(type=refusal(str(error)), input=value)])
        raise RequestError(*describe(wrong, key)) from None


def _read_list(value: Any) -> list[Any]:
    if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
        raise ValueError(f"is {shown(value)}; it must be a list")
    return list(value)
