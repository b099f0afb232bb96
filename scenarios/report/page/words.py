"""What the words of the page mean: likelihood, and confidence apart from it."""

from scenarios.report.page import confidence, likelihood
from scenarios.report.page.frame import Section
from scenarios.report.page.markup import paragraph
from scenarios.report.page.tabled import table


def words() -> Section:
    """The section."""
    rows = [[each.said, each.range] for each in likelihood.SCALE]
    agreed = list(confidence.LEVELS[confidence.WEAK])
    rules = [
        [f"{firm}: {said}", *(confidence.LEVELS[firm][each] for each in agreed)]
        for firm, said in confidence.EVIDENCE.items()
    ]
    content = [
        table("Likelihood: share of replications", ["Word", "Share"], rows, name="scale"),
        paragraph(f"Words and shares: {likelihood.SOURCE}; its ends are drawn to 0 and 100 per cent.", class_="note"),
        table("Confidence: evidence against agreement", ["Evidence", *agreed], rules, words=range(6), name="rules"),
        paragraph(
            f"After {confidence.SOURCE}. Theories agree if all give the difference the same sign, its interval, "
            "adjusted for every contrast of this page, excluding zero, or if under all of them no replication differs; "
            "they leave it open if none gives it a sign, and oppose one another if two give it opposite signs. "
            "Of one theory alone it is not known whether others would agree.",
            class_="note",
        ),
    ]
    return Section("words", "What the words mean", content)
