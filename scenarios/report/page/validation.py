"""What the model fails at: the recorded verdicts on stylised facts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scenarios.evidence.stylised_facts import USES
from scenarios.report.page.render import Child, Markup, Section, folded, listed, paragraph, table, tag
from scenarios.report.page.runs import Gathered
from scenarios.store.identity import code_digest
from scenarios.text import name_of, number
from scenarios.validation.verdicts import FAIL, PASS, Recorded

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


STANDING = (
    "When or whether anything will happen. It says what would follow if a policy, a war path and a theory held.",
    "Shares of replications are not probabilities of events in the world: they say how often something happens in the "
    "model, over what is assumed about parameters and luck.",
    "What only one theory would tell you. If the theories disagree, so should the reader.",
    "How large an effect is where only its direction comes from the texts (grade C) or it is assumed (grade D).",
    "Anything on the economy beyond oil and sanctions; Syria and Turkey stand only as streams from outside.",
    "Anything about named persons, places finer than a governorate, or how to attack or defend anything. Every death "
    "counts alike.",
    "What the five texts and the literature cited did not know; of facts after 2022 only those that the texts tell are "
    "used.",
)


def limits(runs: Gathered) -> Section:
    """The section."""
    return Section("limits", "What this cannot say", listed([*STANDING, *_of(runs)]))


def _of(runs: Gathered) -> Iterator[str]:
    said = runs.first.manifest["request"]
    if not said["closed_loop"]:
        yield (
            "How events would bend the policy: its path is imposed, so that votes, costs and deaths change no plan. "
            "loop=closed lets them."
        )
    yield f"Anything beyond {said['horizon']:g} days."
    redrawn = sum(each.manifest["rejected_draws"] for each in runs.everything)
    if redrawn:
        kept = sum(each.manifest["draws"] for each in runs.everything)
        yield (
            f"Worlds in which violence feeds on itself without bound: {redrawn:,} such draws of parameters were drawn "
            f"again for {kept:,} kept."
        )
