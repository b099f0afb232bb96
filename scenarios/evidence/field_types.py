"""Types of fields in seeds/: texts, lists of names, dates, and numbers in the cells of a table."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo

REDUCED_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _filled(text: str) -> str:
    """Text without the blanks around it, which must not be empty."""
    if not text.strip():
        raise ValueError("is empty; write a text")
    return text.strip()


def _on_one_line(value: Any) -> Any:
    """Text, number or date as a text on one line."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float | date) else value


def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise ValueError("names something twice")
    return names


def _day(value: str) -> str:
    """Date, month or year in ISO form, or an empty text."""
    if value and not _is_date(value):
        raise ValueError(f"is {value!r}; it must be a date as 2021-12-31, 2021-12 or 2021, or empty")
    return value


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return REDUCED_DATE.fullmatch(value) is not None


def _number_or_empty(cell: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError as error:
        raise ValueError(f"is {cell!r}; it must be a number or empty") from error


def _whole(cell: str) -> int | str:
    return int(cell) if cell.isdecimal() else cell


Text = Annotated[str, AfterValidator(_filled)]


def at_least(number: int, reason: str) -> AfterValidator:
    """Refusal of a list or mapping with fewer elements, with the reason."""

    def check(content: Any) -> Any:
        if len(content) < number:
            raise ValueError(f"has {len(content) or 'none'}; {reason}")
        return content

    return AfterValidator(check)


TextOrEmpty = Annotated[str, AfterValidator(str.strip)]

Line = Annotated[Text, BeforeValidator(_on_one_line)]

LineOrEmpty = Annotated[str, BeforeValidator(_on_one_line)]

Names = Annotated[tuple[str, ...], AfterValidator(_different)]  # in a list, none twice

Day = Annotated[str, AfterValidator(_day)]

NumberInCell = Annotated[float | None, PlainValidator(_number_or_empty)]

WholeInCell = BeforeValidator(_whole)  # before the bounds of a whole number

WordsInCell = BeforeValidator(str.split)  # before the type of a list


def not_before_start(end: str, info: ValidationInfo) -> str:
    """End of a period, not before its `start` as far as the precision of both shows."""
    start = info.data.get("start", "")
    shared = min(len(start), len(end))
    if start[:shared] > end[:shared]:
        raise ValueError(f"is {end}, before its start {start}")
    return end
