"""Names, numbers and lists as readers see them; the caveat beneath every result."""

import math
import re
from collections.abc import Iterable, Sequence

CAVEAT = "A conditional exploration, not a forecast."

GRADED = "A backtested, B published or counted, C direction from texts, D assumed"

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"

SMALL = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
}  # fmt: skip

DECIMALS = ((100.0, 0), (1.0, 1), (0.01, 2), (0.001, 3), (0.0, 4))  # of a brief number, by its least size

PROPER = {
    "us": "US", "isis": "ISIS", "iran": "Iran", "iranian": "Iranian", "iraqi": "Iraqi", "kurdish": "Kurdish",
    "shia": "Shia", "sunni": "Sunni", "kurdistan": "Kurdistan", "anbar": "Anbar", "baghdad": "Baghdad",
    "erbil": "Erbil", "americans": "Americans", "iraqis": "Iraqis", "turkey": "Turkey", "pkk": "PKK",
}  # fmt: skip


def plain_name(name: str) -> str:
    """Name of a scenario as a title."""
    return capitalised(name_of(name))


def name_of(name: str) -> str:
    """Name of an outcome, a scenario or an actor as readers see it."""
    return proper(name.replace("_", " "))


def proper(text: str) -> str:
    """Text in which places and peoples have their capitals."""
    return re.sub(r"\w+", lambda matched: PROPER.get(matched[0], matched[0]), text)


def capitalised(text: str) -> str:
    """Text with a capital first letter, the rest unchanged."""
    return text[:1].upper() + text[1:]


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def count_noun(number: int, one: str, many: str) -> str:
    """Number with its noun, small numbers in words."""
    return f"{SMALL.get(number, f'{number:,}')} {one if number == 1 else many}"


def describe_size(numbers: Sequence[int]) -> str:
    """Number of replications behind a figure, or its range."""
    least, most = min(numbers, default=0), max(numbers, default=0)
    return f"n = {least:,}" if least == most else f"n = {least:,} to {most:,}"


def count_theories(theories: int) -> str:
    """Number of theories under which something was simulated."""
    return "one theory" if theories == 1 else f"each of {theories} theories"


def significant(value: float | None, *, sign: bool = False, whole: bool = False) -> str:
    """Number of three significant digits, without exponent; a dash where undefined.

    sign    mark positive numbers, too
    whole   write whole numbers without decimals
    """
    if value is None or not math.isfinite(value):
        return "-" if value is None or math.isnan(value) else "inf"
    if value == 0:
        return "0"
    digits = 0 if whole and value == round(value) else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:{'+' if sign else ''},.{min(digits, 3)}f}"


def format_number(value: float, *, sign: bool = False, whole: bool = False) -> str:
    """Number as `significant`, with a true minus sign."""
    written = significant(value, sign=sign, whole=whole)
    return written.replace("-", MINUS) if value < 0 else written


def compact_number(value: float, *, sign: bool = False) -> str:
    """Number in few characters; a dash where undefined."""
    if not math.isfinite(value):
        return DASH
    size, plus = abs(value), "+" if sign and value > 0 else ""
    written = f"{value:,.0f}" if size >= 100 else f"{value:.3g}" if size >= 0.001 or value == 0 else f"{value:.1e}"
    return plus + written.replace("-", MINUS)


def brief_difference(value: float) -> str:
    """Difference with its sign for crowded tables: no decimals from 100 on, two below one."""
    if not math.isfinite(value) or value == 0:
        return significant(value)
    digits = next(digits for least, digits in DECIMALS if abs(value) >= least)
    return f"{value:+,.{digits}f}"


def format_interval(low: float, high: float) -> str:
    """Interval of differences; one number where both ends read alike."""
    return _ends(format_number(low, sign=True), format_number(high, sign=True))


def format_range(values: Iterable[float]) -> str:
    """Range from the least to the largest of some numbers."""
    known = [value for value in values if value == value]
    return _ends(format_number(min(known)), format_number(max(known))) if known else "undefined"


def _ends(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
