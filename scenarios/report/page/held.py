"""What the model fails at: the recorded verdicts on stylised facts."""

from collections import Counter
from collections.abc import Sequence

from scenarios.archive.identity import code_digest
from scenarios.evidence.patterns import USES
from scenarios.figures.saying import name_of
from scenarios.report.page.frame import Section
from scenarios.report.page.markup import Child, Markup, folded, listed, paragraph, tag
from scenarios.report.page.tabled import table
from scenarios.report.page.wording import number
from scenarios.report.verdicts import FAIL, PASS, Recorded

COLUMNS = ("Fact", "What is compared", "History", "Theory", "Observed", "Simulated 5, 50, 95 %", "Statistic")


def checks(found: Sequence[Recorded]) -> Section:
    """The section."""
    if not found:
        how = tag("code", "python -m scenarios check --record")
        said = paragraph("No verdict is on record with this installation; ", how, " makes them.")
        return Section("checks", "What failed in check", [said])
    failed = [each for each in found if each.verdict == FAIL]
    untested = [each for each in found if each.verdict not in (PASS, FAIL)]
    content = [
        paragraph(counted(found), " A failure is a finding about the model and is never tuned away."),
        paragraph(_made(found), tag("code", "python -m scenarios check"), " judges anew.", class_="note"),
        _table("Stylised facts that the model fails to show", failed, "checks-failed") if failed else "",
        folded(
            f"Passed ({sum(each.verdict == PASS for each in found)})",
            _table(
                "Stylised facts that the model shows", [each for each in found if each.verdict == PASS], "checks-passed"
            ),
        ),
        folded(f"Not testable ({len(untested)})", listed([_untested(each) for each in untested])),
    ]
    return Section("checks", "What failed in check", content)


def counted(found: Sequence[Recorded]) -> str:
    """How many checks failed, in a sentence; nothing where none is on record."""
    tested = [each for each in found if each.verdict in (PASS, FAIL)]
    if not tested:
        return ""
    facts = Counter(each.name for each in tested if each.verdict == FAIL)
    whole = len({each.name for each in tested})
    return (
        f"Held against {whole} stylised facts of the record under every theory of strikes, the model fails at "
        f"{len(facts)} of them under one theory at least ({sum(facts.values())} of {len(tested)} comparisons)."
    )


def _made(found: Sequence[Recorded]) -> str:
    least = min(each.replications for each in found)
    same = {each.code for each in found} == {code_digest()}
    code = "the code that is installed" if same else "an earlier version of the code that is installed"
    return f"Recorded with {least:,} replications by {code}; "


def _table(caption: str, found: Sequence[Recorded], name: str) -> Markup:
    return table(caption, COLUMNS, [_row(each) for each in found], words=(0, 1, 2, 3, 4, 5), name=name)


def _row(of: Recorded) -> list[Child]:
    band = f"{number(of.band[0])} to {number(of.band[1])} {of.unit}"
    fact = [tag("strong", of.name), f" {of.statement} ({USES.get(of.use, of.use)})"]
    simulated = ", ".join(number(each) for each in of.simulated)
    return [
        fact,
        of.counted,
        f"{of.run or 'priors'} {name_of(of.where)}".strip(),
        of.theory,
        band,
        simulated,
        number(of.statistic),
    ]


def _untested(of: Recorded) -> Child:
    return [tag("strong", of.name), f" {of.statement}: {of.reason}"]
