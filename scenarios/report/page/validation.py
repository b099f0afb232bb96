"""The stylised facts that the model fails to show, by the recorded verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.store.identity import code_digest
from scenarios.validation.verdicts import FAIL, PASS, Verdict


@dataclass(frozen=True)
class ChecksSection:
    """Recorded verdicts."""

    failures: str
    replications: int  # the least behind any verdict
    is_current: bool  # recorded by the installed code
    failed: list[Verdict]
    passed: list[Verdict]
    untested: list[Verdict]


def section(recorded: Sequence[Verdict]) -> ChecksSection | None:
    """Sort the verdicts; None where none is on record."""
    if not recorded:
        return None
    return ChecksSection(
        failures=describe_failures(recorded),
        replications=min(verdict.replications for verdict in recorded),
        is_current={verdict.code for verdict in recorded} == {code_digest()},
        failed=[verdict for verdict in recorded if verdict.verdict == FAIL],
        passed=[verdict for verdict in recorded if verdict.verdict == PASS],
        untested=[verdict for verdict in recorded if verdict.verdict not in (PASS, FAIL)],
    )


def describe_failures(recorded: Sequence[Verdict]) -> str:
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
