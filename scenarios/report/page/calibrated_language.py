"""Calibrated terms: likelihood after ICD 203, section D.6.e.(2)(a), and confidence after the IPCC guidance note.

The ends of the scale of likelihood are drawn to 0 and 100 per cent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scenarios.config.scenario import BASELINE
from scenarios.outcomes.declaration import outcome_name
from scenarios.outcomes.escalation import RUNGS
from scenarios.text import format_number, name_of

PERCENT = "\N{NO-BREAK SPACE}%"


@dataclass(frozen=True)
class Term:
    """A term of likelihood and the shares that it stands for, upper end included."""

    name: str
    above: float
    up_to: float

    @property
    def predicate(self) -> str:
        """The term as it follows `would`."""
        return f"have {self.name}" if self.name.endswith(("chance", "odds")) else f"be {self.name}"

    @property
    def range(self) -> str:
        """The shares in words."""
        return f"{100 * self.above:.0f} to {100 * self.up_to:.0f}{PERCENT}"


SCALE = (
    Term("almost no chance", 0.00, 0.05),
    Term("very unlikely", 0.05, 0.20),
    Term("unlikely", 0.20, 0.45),
    Term("roughly even odds", 0.45, 0.55),
    Term("likely", 0.55, 0.80),
    Term("very likely", 0.80, 0.95),
    Term("almost certain", 0.95, 1.00),
)

WEAK, FAIR, FIRM = "weak", "fair", "firm"

EVIDENCE = {
    WEAK: "fewer than half of the quantities are of grade A or B",
    FAIR: "half of the quantities or more are of grade A or B",
    FIRM: "half of the quantities or more are of grade A",
}

AGREED, PARTLY, OPEN, OPPOSED, ALONE = (
    "theories agree", "theories agree in part", "theories leave it open", "theories oppose one another",
    "one theory alone",
)  # fmt: skip

CONFIDENCE = {
    WEAK: {AGREED: "low", PARTLY: "very low", ALONE: "very low", OPEN: "very low", OPPOSED: "very low"},
    FAIR: {AGREED: "moderate", PARTLY: "low", ALONE: "low", OPEN: "very low", OPPOSED: "very low"},
    FIRM: {AGREED: "high", PARTLY: "moderate", ALONE: "moderate", OPEN: "low", OPPOSED: "low"},
}


@dataclass(frozen=True)
class LanguageSection:
    """Both scales."""

    likelihood: tuple[Term, ...]
    evidence: Mapping[str, str]  # meaning by level
    confidence: Mapping[str, Mapping[str, str]]  # by level of evidence and agreement of the theories


def section() -> LanguageSection:
    """Collect both scales."""
    return LanguageSection(SCALE, EVIDENCE, CONFIDENCE)


def likelihood(share: float) -> Term:
    """Return the term for a share of replications between 0 and 1."""
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a share of replications is {share:g}; it must lie between 0 and 1")
    return next(term for term in SCALE if share <= term.up_to)


def evidence_level(grades: Mapping[str, int]) -> str:
    """How firm the evidence is, from the number of quantities of each grade."""
    half, best = sum(grades.values()) / 2.0, grades.get("A", 0)
    if half and best >= half:
        return FIRM
    return FAIR if half and best + grades.get("B", 0) >= half else WEAK


def percent(share: float) -> str:
    """Format a share in per cent, in tenths near either end; what is neither 0 nor 1 is never rounded to it."""
    if 0.0 < share < 0.001:
        return f"under 0.1{PERCENT}"
    if 0.999 < share < 1.0:
        return f"over 99.9{PERCENT}"
    near = min(share, 1.0 - share)
    return f"{100 * share:.{1 if 0.0 < near < 0.01 else 0}f}{PERCENT}"


def percent_range(shares: Iterable[float]) -> str:
    """Format the least and the largest of the shares that are defined."""
    defined = sorted(share for share in shares if share == share)
    if not defined:
        return "undefined"
    low, high = percent(defined[0]), percent(defined[-1])
    return low if low == high else f"{low.removesuffix(PERCENT)} to {high}"


def in_words(shares: Iterable[float]) -> str:
    """Terms of the least and the largest share, with the per cents: `unlikely (35 to 40 %)`."""
    defined = sorted(min(max(share, 0.0), 1.0) for share in shares if share == share)
    if not defined:
        return "undefined"
    names = dict.fromkeys(likelihood(share).name for share in (defined[0], defined[-1]))
    return f"{' to '.join(names)} ({percent_range(defined)})"


def event_phrase(outcome: str, threshold: float) -> str:
    """What counts as an event, as a noun."""
    if outcome == "ladder_max":
        return (
            f"US\N{EN DASH}Iran escalation to step {threshold:g} of {len(RUNGS) - 1} or above ({RUNGS[int(threshold)]})"
        )
    if threshold == 1:
        named = {"us_deaths": "at least one US or coalition death", "isis_resurgence": "a resurgence of ISIS"}
        return named.get(outcome, f"at least one of {outcome_name(outcome)}")
    return f"{format_number(threshold)} or more {outcome_name(outcome)}"


def scenario_phrase(scenario: str) -> str:
    """A scenario within a sentence."""
    return "the status quo" if scenario == BASELINE else f"“{name_of(scenario)}”"
