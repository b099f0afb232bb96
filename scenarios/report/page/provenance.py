"""Where the numbers come from: ids, digests, versions, seed, and the command that repeats them."""

from collections.abc import Iterator

from scenarios.report.page.frame import Section
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.markup import Child, Markup, folded, joined, paragraph, tag
from scenarios.report.page.repeating import Repeated, command, repeated, same_code
from scenarios.report.page.tabled import table
from scenarios.report.page.wording import plain_name
from scenarios.results import Result


def provenance(runs: Gathered) -> Section:
    """The section."""
    content = [
        tag("h3", "The command that repeats it"),
        tag("pre", tag("code", command(runs.results, runs.baseline)), tabindex="0", aria_label="Command"),
        *_promise(runs),
        _runs(runs),
        tag("h3", "Versions"),
        _versions(runs.first),
        tag("h3", "Digests of the files"),
        folded("SHA-256 of every file that this page was read from", _digests(runs)),
    ]
    return Section("provenance", "Where it comes from", content)


def _promise(runs: Gathered) -> Iterator[Markup]:
    """Whether the command brings back the same numbers."""
    found = [(each, repeated(each)) for each in runs.everything]
    unlike = [(each.scenario, again) for each, again in found if not again.is_whole]
    if not unlike and all(same_code(each) for each in runs.everything):
        yield paragraph("It asks for the very same runs: this was checked against their manifests, as was the code.")
    if not all(same_code(each) for each in runs.everything):
        yield paragraph(
            "The code has changed since the runs were made. Take the commit and the versions below to repeat them."
        )
    for scenario, again in unlike:
        yield paragraph(f"{plain_name(scenario)} would not come back as it was: {_missing(again)}.")


def _missing(again: Repeated) -> str:
    if again.request is None:
        return f"what is asked cannot be composed from what ships ({again.differs[0].rstrip('.')})"
    return f"it took {', '.join(again.differs)} from files of one's own, or from configurations that have changed since"


def _runs(runs: Gathered) -> Markup:
    rows = [
        [
            plain_name(each.scenario), tag("code", about["id"]), f"{about['replications']:,}", f"{about['draws']:,}",
            str(about["seed"]), f"{len(each.failures):,}", f"{about['seconds']:,.0f}", about["finished"],
        ]
        for each in runs.everything
        for about in [each.manifest]
    ]  # fmt: skip
    columns = ("Run", "Id", "Replications", "Draws", "Seed", "Failed draws", "Computing (s)", "Finished")
    return table("Runs that this page was made from", columns, rows, words=(0, 1, 7), name="runs")


def _versions(result: Result) -> Markup:
    about = result.manifest["provenance"]
    facts: list[tuple[str, Child]] = [
        ("Commit", about["commit"] or "not known: the code did not run from a clone"),
        ("Code that computes", about["code"]),
        ("Python", about["python"]),
        ("Packages", ", ".join(f"{name} {version}" for name, version in about["packages"].items())),
        ("Processor", f"{about['processor']}, {', '.join(about['features'])}"),
    ]
    return tag("dl", [joined([tag("dt", name), tag("dd", value)]) for name, value in facts])


def _digests(runs: Gathered) -> Markup:
    rows = [
        [f"{each.scenario}/{name}", f"{stamped['bytes']:,}", tag("code", stamped["sha256"])]
        for each in runs.everything
        for name, stamped in each.manifest["files"].items()
    ]
    return table("Files", ("File", "Bytes", "SHA-256"), rows, words=(0, 2), name="digests")
