"""Names and numbers as a reader who does not know the code says them."""

from collections.abc import Iterable, Sequence

from scenarios.figures.saying import MINUS, name_of
from scenarios.outcomes import OUTCOMES
from scenarios.report.numbers import shown, signed

SMALL = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
}  # fmt: skip
NAMES = {
    "deaths": "deaths in all", "us_deaths": "US and coalition deaths", "deaths_of_others": "deaths of everyone else",
    "us_strikes": "US strikes", "attacks_on_us_sites": "attacks on US sites",
    "attacks_per_1000_troop_years": "attacks per 1,000 troop-years", "isis_attacks": "attacks by ISIS",
    "isis_resurgence": "resurgence of ISIS", "ladder_max": "highest rung of escalation",
    "kurdish_clashes": "clashes of Kurdish with federal forces", "intra_shia_clashes": "clashes among Shia groups",
    "attacks_on_others": "attacks of factions on others", "expulsion_votes": "votes to expel US troops",
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


def outcome_name(name: str) -> str:
    """An outcome as a noun."""
    return NAMES.get(name, name_of(name))


def with_unit(name: str) -> str:
    """An outcome with its unit where the name does not say it."""
    unit = OUTCOMES[name].unit
    said = outcome_name(name)
    return said if unit == "1" or unit in said else f"{said} ({unit})"


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
