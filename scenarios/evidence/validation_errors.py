"""Sentences on what pydantic refuses: the key in full, the value, its bounds and the nearest valid name.

Models derive from `Checked`. A number is `Annotated[float, Bounds(0, 1, "days")]`, a name `Annotated[str, OneOf(...)]`.
A validator raises `ValueError` with the reason alone, as "is 3, which is odd"; `describe` puts the key before it.
Avoid unions of types, of which pydantic reports every member: write one validator function instead.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from scenarios.errors import nearest
from scenarios.evidence.seed_files import FileError

LARGEST = 10**18  # number that is still written out

LONGEST = 60  # characters of a value in an error

NAME: Final = "<name>"  # alias of the field that takes the name under which an entry is listed; see `with_names`

NO_STEPS = ("[key]", NAME)  # ends of a place where a key or name itself is refused

UNKNOWN, REASON = "extra_forbidden", "reason"

REASONS = {
    "missing": "is missing",
    UNKNOWN: "is unknown",
    "bool_type": "it must be true or false",
    "date_type": "it must be a date as 2025-01-31",
    "dict_type": "it must be a mapping of names to values",
    "float_type": "it must be a number",
    "int_type": "it must be a whole number",
    "list_type": "it must be a list",
    "model_type": "it must be a mapping of names to values",
    "string_type": "it must be a text, in quotes if it looks like something else",
    "tuple_type": "it must be a list",
}  # by pydantic's type of error; those that begin with "it must" follow the value


class Fault(NamedTuple):
    """Refused value: where it is, and the reason, which begins with a verb."""

    place: tuple[str | int, ...]
    reason: str

    @property
    def key(self) -> str:
        """Place in full, as `levers.troops[0]`."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place if step not in NO_STEPS)
        return "".join(steps).removeprefix(".")


def describe(error: ValidationError, where: str | Sequence[str | int] = ()) -> list[str]:
    """Sentence on every fault of an error; `where` is the key of the validated value, empty at the top."""
    above = (where,) if isinstance(where, str) and where else tuple(where)
    return [_sentence(f"{fault.key} {fault.reason}".strip()) for fault in faults(error, above)]


def faults(error: ValidationError, above: Sequence[str | int] = ()) -> list[Fault]:
    """Every fault of an error, in the order of the fields; `above` is the place of the validated value."""
    return [Fault((*above, *detail["loc"]), _reason(detail)) for detail in error.errors(include_url=False)]


def _reason(detail: Any) -> str:
    """Reason in place of pydantic's own words; those of the validators of a model stay as they are."""
    if detail["type"] == REASON:
        return str(detail["msg"])
    if detail["type"] in ("value_error", "assertion_error"):
        if isinstance(detail["ctx"]["error"], FileError):  # of another file, which a validator reads
            raise detail["ctx"]["error"]
        return str(detail["ctx"]["error"])
    reason = REASONS.get(detail["type"], f"it is not accepted: {detail['msg']}")
    return f"is {shown(detail['input'])}; {reason}" if reason.startswith("it ") else reason


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "...")) else f"{text}."


def shown(value: Any) -> str:
    """Value as an error quotes it, cut where it would fill a line."""
    if isinstance(value, int) and abs(value) >= LARGEST:
        return f"{'-' * (value < 0)}1e{int(math.log10(abs(value)))} or more"
    written = repr(value)
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}..."


class Checked(BaseModel):
    """Frozen model without unknown keys, of which each is reported with the nearest valid one."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="wrap")
    @classmethod
    def _hint(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            details = [cls._with_hint(detail) for detail in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(error.title, details) from None

    @classmethod
    def _with_hint(cls, detail: Any) -> InitErrorDetails:
        reason = _reason(detail)
        if detail["type"] == UNKNOWN and len(detail["loc"]) == 1:
            reason += f".{nearest(detail['loc'][0], model_keys(cls))}"
        return InitErrorDetails(type=refusal(reason), loc=detail["loc"], input=detail["input"])


def model_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Keys of a model as they are written, in order."""
    aliases = (field.alias or name for name, field in model.model_fields.items())
    return tuple(alias for alias in aliases if alias != NAME)


def with_names(entries: Any) -> Any:
    """Entries of a mapping, each with the name under which it is listed; what is no mapping is left for the model."""
    if not isinstance(entries, Mapping):
        return entries
    return {name: _with_name(entry, name) if isinstance(entry, Mapping) else entry for name, entry in entries.items()}


def _with_name(entry: Mapping[Any, Any], name: Any) -> dict[Any, Any]:
    """Entry with its name; a key of the user's that is spelled like `NAME` stays an unknown one."""
    return {**{f"{key} " if key == NAME else key: value for key, value in entry.items()}, NAME: name}


ByName = BeforeValidator(with_names)  # before the type of a mapping of entries


def refusal(reason: str) -> PydanticCustomError:
    """Error of pydantic with a reason of one's own."""
    return PydanticCustomError(REASON, "{reason}", {"reason": reason})


@dataclass(frozen=True)
class Bounds:
    """Bounds of a finite number or, for `int`, of a whole one; texts and truth values are no numbers."""

    low: float = -math.inf
    high: float = math.inf
    unit: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Schema of a number within the bounds."""
        limits: dict[str, Any] = {"ge": self.low, "le": self.high} if self._is_closed else {}
        check, kind = (self.whole, core_schema.int_schema) if source is int else (self.number, core_schema.float_schema)
        return core_schema.no_info_plain_validator_function(check, json_schema_input_schema=kind(**limits))

    def number(self, value: Any) -> float:
        """Finite number within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float) or _is_endless(value):
            raise refusal(f"is {shown(value)}; it must be a number{self._between()}")
        if not math.isfinite(value) and not self._is_closed:
            raise refusal(f"is {value:g}; it must be a finite number{f' of {self.unit}' if self.unit else ''}")
        if not self.low <= value <= self.high:
            raise refusal(f"is {value:g}, outside [{self.low:g}, {self.high:g}]{self._unit}")
        return float(value)

    def whole(self, value: Any) -> int:
        """Whole number within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise refusal(f"is {shown(value)}; it must be a whole number{self._between()}")
        if not self.low <= value <= self.high:
            size = f"{value:,}" if abs(value) < LARGEST else shown(value)
            raise refusal(f"is {size}, outside [{self.low:,}, {self.high:,}]{self._unit}")
        return value

    @property
    def _is_closed(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def _unit(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def _between(self) -> str:
        return (f" in [{self.low:,.10g}, {self.high:,.10g}]" if self._is_closed else "") + self._unit


def _is_endless(value: float) -> bool:
    return isinstance(value, int) and abs(value) > LARGEST


@dataclass(frozen=True)
class OneOf:
    """Valid names of a text, or a function that gives them when a value is validated."""

    names: Iterable[str] | Callable[[], Iterable[str]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Schema of a text that is one of the names."""
        names = core_schema.str_schema() if callable(self.names) else core_schema.literal_schema(list(self.names))
        return core_schema.no_info_plain_validator_function(self.check, json_schema_input_schema=names)

    def check(self, value: Any) -> str:
        """Valid name; the nearest ones are in the error."""
        names = tuple(self.names() if callable(self.names) else self.names)
        if not isinstance(value, str) or value not in names:
            raise refusal(f"is {shown(value)}, which is not valid.{nearest(value, filter(None, names))}")
        return value
