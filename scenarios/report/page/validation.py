"""The stylised facts that the model fails to show, by the recorded verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.store.identity import code_digest
from scenarios.validation.verdicts import FAIL, PASS, Recorded


@dataclass(frozen=True)
class ChecksSection:
    """Recorded verdicts."""

    failures: str
    replications: int  # the least behind any verdict
    is_current: bool  # recorded by the installed code
    failed: list[Recorded]
    passed: list[Recorded]
    untested: list[Recorded]


def checks(found: Sequence[Recorded]) -> Section:
    """The section."""
    if not found:
        how = tag("code", "python -m docs.generate patterns")
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


def describe_failures(recorded: Sequence[Recorded]) -> str:
    """How many checks failed, in a sentence; empty where none is on record."""
    tested = [verdict for verdict in recorded if verdict.verdict in (PASS, FAIL)]
    if not tested:
        return ""
    failed = Counter(verdict.name for verdict in tested if verdict.verdict == FAIL)
    facts = len({verdict.name for verdict in tested})
    return (
        f"Compared with {facts} stylised facts of the record under every theory of strikes, the model fails at "
        f"{len(failed)} of them under one theory at least ({failed.total()} of {len(tested)} comparisons)."
    )
