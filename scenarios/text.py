"""Names and numbers as a reader who does not know the code says them."""

import math
import re
from collections.abc import Iterable, Sequence

SMALL = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
}  # fmt: skip


def plain_name(name: str) -> str:
    """A scenario as a title."""
    return upper(name_of(name))


def upper(text: str) -> str:
    """A text with a capital at its start, all else as it is."""
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, small numbers in words."""
    return f"{SMALL.get(number, f'{number:,}')} {one if number == 1 else many}"


def number(value: float) -> str:
    """A number with a true minus."""
    return shown(value).replace("-", MINUS) if value < 0 else shown(value)


def count(value: float) -> str:
    """What was counted in one replication: whole if it is."""
    return f"{value:,.0f}" if value == round(value) else number(value)


def difference(value: float) -> str:
    """A difference with its sign."""
    return signed(value).replace("-", MINUS) if value < 0 else signed(value)


def span(low: float, high: float) -> str:
    """An interval of differences; one number where both ends read alike."""
    return _ends(difference(low), difference(high))


def ranging(values: Iterable[float]) -> str:
    """From the least to the largest of some numbers."""
    known = [each for each in values if each == each]
    return _ends(number(min(known)), number(max(known))) if known else "undefined"


def _ends(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def series(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence."""
    found: Sequence[str] = list(words)
    return f"{', '.join(found[:-1])} {last} {found[-1]}" if len(found) > 1 else "".join(found)


DECIMALS = ((100.0, 0), (1.0, 1), (0.01, 2), (0.001, 3), (0.0, 4))  # of a brief number, by the least size that has them


def shown(value: float | None) -> str:
    """Three significant digits, no exponent, a dash for what is undefined."""
    if value is None or not math.isfinite(value):
        return "-" if value is None or math.isnan(value) else "inf"
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(digits, 3)}f}"


def signed(value: float) -> str:
    """A difference, with its sign."""
    return f"+{shown(value)}" if value > 0 and math.isfinite(value) else shown(value)


def brief(value: float) -> str:
    """A difference with its sign, no longer than a crowded table needs: whole from 100 on, two decimals below one."""
    if not math.isfinite(value) or value == 0:
        return shown(value)
    digits = next(digits for least, digits in DECIMALS if abs(value) >= least)
    return f"{value:+,.{digits}f}"


def whole(value: float) -> str:
    """A bound: without decimals where it has none."""
    return f"{value:,.0f}" if math.isfinite(value) and value == round(value) else shown(value)


CAVEAT = "A conditional exploration, not a forecast."

PROPER = {
    "us": "US", "isis": "ISIS", "iran": "Iran", "iranian": "Iranian", "iraqi": "Iraqi", "kurdish": "Kurdish",
    "shia": "Shia", "sunni": "Sunni", "kurdistan": "Kurdistan", "anbar": "Anbar", "baghdad": "Baghdad",
    "erbil": "Erbil",
}  # fmt: skip

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"

GRADED = "A backtested, B published or counted, C direction from texts, D assumed"


def name_of(name: str) -> str:
    """An outcome, a scenario or an actor as one reads it."""
    return proper(name.replace("_", " "))


def proper(text: str) -> str:
    """A text whose places and peoples have their capitals."""
    return re.sub(r"\w+", lambda found: PROPER.get(found[0], found[0]), text)


def counts(numbers: Sequence[int]) -> str:
    """How many replications stand behind something: one number, or its range."""
    least, most = min(numbers, default=0), max(numbers, default=0)
    return f"n = {least:,}" if least == most else f"n = {least:,} to {most:,}"


def each_of(theories: int) -> str:
    """Under how many theories something was run."""
    return "one theory" if theories == 1 else f"each of {theories} theories"


def short(value: float) -> str:
    """A number in few characters; a dash for what is undefined."""
    if not math.isfinite(value):
        return DASH
    size = abs(value)
    said = f"{value:,.0f}" if size >= 100 else f"{value:.3g}" if size >= 0.001 or value == 0 else f"{value:.1e}"
    return said.replace("-", MINUS)
