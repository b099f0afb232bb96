"""How much a conclusion can bear, apart from how likely it says a thing is: from grades and from rival theories.

The three levels are those of ICD 203; evidence and agreement are weighed against one another as in the guidance of the
IPCC (Mastrandrea et al. 2010, Guidance Note on Consistent Treatment of Uncertainties, figure 1).
"""

from collections.abc import Mapping

from scenarios.report.page.conclusions import AGREED, ALONE, OPEN, OPPOSED, PARTLY

WEAK, FAIR, FIRM = "weak", "fair", "firm"
EVIDENCE: Mapping[str, str] = {
    WEAK: "fewer than half of the quantities are of grade A or B",
    FAIR: "half of the quantities or more are of grade A or B",
    FIRM: "half of the quantities or more are of grade A",
}
LEVELS: Mapping[str, Mapping[str, str]] = {
    WEAK: {AGREED: "low", PARTLY: "very low", ALONE: "very low", OPEN: "very low", OPPOSED: "very low"},
    FAIR: {AGREED: "moderate", PARTLY: "low", ALONE: "low", OPEN: "very low", OPPOSED: "very low"},
    FIRM: {AGREED: "high", PARTLY: "moderate", ALONE: "moderate", OPEN: "low", OPPOSED: "low"},
}
SOURCE = (
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
