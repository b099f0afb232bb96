"""Words for shares of replications: the scale of ICD 203, with its ends drawn to 0 and 100 per cent.

Source: Office of the Director of National Intelligence, Intelligence Community Directive 203, Analytic Standards,
2 January 2015, section D.6.e.(2)(a).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.config.request import BASELINE
from scenarios.outcomes.declaration import outcome_name
from scenarios.outcomes.escalation import RUNGS
from scenarios.text import name_of, number

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


WEAK, FAIR, FIRM = "weak", "fair", "firm"

EVIDENCE: Mapping[str, str] = {
    WEAK: "fewer than half of the quantities are of grade A or B",
    FAIR: "half of the quantities or more are of grade A or B",
    FIRM: "half of the quantities or more are of grade A",
}

CONFIDENCE_SOURCE = (
    "Mastrandrea et al. (2010), Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent "
    "Treatment of Uncertainties, figure 1"
)


def evidence(grades: Mapping[str, int]) -> str:
    """How firm the evidence is, from the number of quantities of each grade."""
    half = sum(grades.values()) / 2.0
    if not half:
        return WEAK
    if grades.get("A", 0) >= half:
        return FIRM
    return FAIR if grades.get("A", 0) + grades.get("B", 0) >= half else WEAK


def level(grades: Mapping[str, int], agreement: str) -> str:
    """The confidence in a conclusion."""
    return LEVELS[evidence(grades)][agreement]


AGREED, PARTLY, OPEN, OPPOSED, ALONE = (
    "theories agree", "theories agree in part", "theories leave it open", "theories oppose one another",
    "one theory alone",
)  # fmt: skip

LEVELS: Mapping[str, Mapping[str, str]] = {
    WEAK: {AGREED: "low", PARTLY: "very low", ALONE: "very low", OPEN: "very low", OPPOSED: "very low"},
    FAIR: {AGREED: "moderate", PARTLY: "low", ALONE: "low", OPEN: "very low", OPPOSED: "very low"},
    FIRM: {AGREED: "high", PARTLY: "moderate", ALONE: "moderate", OPEN: "low", OPPOSED: "low"},
}


def records(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame as mappings."""
    return list(frame.to_dict("records"))


def event(outcome: str, threshold: float) -> str:
    """What counts as an event, as a noun."""
    if outcome == "ladder_max":
        return f"escalation to rung {threshold:g} of {len(RUNGS) - 1} or above ({RUNGS[int(threshold)]})"
    if threshold == 1:
        return {"us_deaths": "at least one US or coalition death", "isis_resurgence": "a resurgence of ISIS"}.get(
            outcome, f"at least one of {outcome_name(outcome)}"
        )
    return f"{number(threshold)} or more {outcome_name(outcome)}"


def spoken(scenario: str) -> str:
    """A scenario within a sentence."""
    return "the status quo" if scenario == BASELINE else f"“{name_of(scenario)}”"
