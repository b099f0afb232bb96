"""Words for shares of replications: the scale of ICD 203, with its ends drawn to 0 and 100 per cent.

Source: Office of the Director of National Intelligence, Intelligence Community Directive 203, Analytic Standards,
2 January 2015, section D.6.e.(2)(a).
"""

from collections.abc import Iterable
from dataclasses import dataclass

SOURCE = (
    "Office of the Director of National Intelligence, Intelligence Community Directive 203: Analytic Standards "
    "(2 January 2015), section D.6.e.(2)(a)"
)

PERCENT = "\N{NO-BREAK SPACE}%"


@dataclass(frozen=True)
class Word:
    """A word of the scale and the shares it stands for, upper end included."""

    said: str
    above: float
    up_to: float

    @property
    def predicate(self) -> str:
        """The word as it follows `would`."""
        return f"have {self.said}" if self.said.endswith(("chance", "odds")) else f"be {self.said}"

    @property
    def range(self) -> str:
        """The shares in words."""
        return f"{100 * self.above:.0f} to {100 * self.up_to:.0f}{PERCENT}"


SCALE = (
    Word("almost no chance", 0.00, 0.05),
    Word("very unlikely", 0.05, 0.20),
    Word("unlikely", 0.20, 0.45),
    Word("roughly even odds", 0.45, 0.55),
    Word("likely", 0.55, 0.80),
    Word("very likely", 0.80, 0.95),
    Word("almost certain", 0.95, 1.00),
)


def word(share: float) -> Word:
    """The word for a share of replications between 0 and 1."""
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a share of replications is {share:g}; it must lie between 0 and 1")
    return next(each for each in SCALE if share <= each.up_to)


def percent(share: float) -> str:
    """A share in per cent, in tenths near either end; what is neither none nor all is never rounded to it."""
    if 0.0 < share < 0.001:
        return f"under 0.1{PERCENT}"
    if 0.999 < share < 1.0:
        return f"over 99.9{PERCENT}"
    near = min(share, 1.0 - share)
    return f"{100 * share:.{1 if 0.0 < near < 0.01 else 0}f}{PERCENT}"


def percents(shares: Iterable[float]) -> str:
    """From the least to the largest of some shares that are known."""
    known = sorted(each for each in shares if each == each)
    if not known:
        return "undefined"
    low, high = percent(known[0]), percent(known[-1])
    return low if low == high else f"{low.removesuffix(PERCENT)} to {high}"
