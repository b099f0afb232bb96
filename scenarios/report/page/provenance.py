"""The command that repeats a run, rebuilt from its manifest and held against it."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from scenarios.config.compose import composed
from scenarios.config.request import Request, request
from scenarios.config.user_inputs import nearest_start
from scenarios.errors import RequestError
from scenarios.evidence.parameters import starts
from scenarios.evidence.theories import hypotheses
from scenarios.report.page.render import Child, Markup, Section, folded, joined, paragraph, table, tag
from scenarios.report.page.runs import Gathered
from scenarios.runs.result import Result
from scenarios.store.identity import code_digest, determinants
from scenarios.text import plain_name


@dataclass(frozen=True)
class Repeated:
    """A run asked for again."""

    words: tuple[str, ...]  # overrides of `run`, the scenario's name first
    request: Request | None  # what they ask for; None if they ask for nothing that can be run
    differs: tuple[str, ...]  # parts of the request that would not be as they were

    @property
    def is_whole(self) -> bool:
        """Whether the words ask for the very same run."""
        return self.request is not None and not self.differs


@cache
def repeated(result: Result) -> Repeated:
    """The words that ask for a run again, and what they would not bring back."""
    words = tuple(_words(result.manifest))
    try:
        asked = request(composed(words))
    except RequestError as error:
        return Repeated(words, None, (str(error),))
    now, before = determinants(asked), result.manifest["request"]
    return Repeated(words, asked, tuple(name for name in now if now[name] != before.get(name)))


def story(result: Result) -> str:
    """The story of a scenario as it ships; nothing where the run was of another one by that name."""
    found = repeated(result)
    return found.request.scenario.story if found.request and found.is_whole else ""


def _words(manifest: Mapping[str, Any]) -> Iterator[str]:
    said, own = manifest["request"], {each["kind"]: each["file"] for each in manifest.get("own", ())}
    yield f"+scenario={manifest['scenario']}"
    yield f"start={own.get('start', _shipped_start(manifest))}"
    if "beliefs" in own:
        yield f"beliefs={own['beliefs']}"
    yield f"world={manifest['world']}"
    yield from _theories(said["theories"])
    yield f"ensemble.replications={manifest['replications']}"
    yield f"ensemble.seed={said['seed']}"
    yield f"ensemble.horizon={said['horizon']}"
    yield f"ensemble.step_days={said['step_days']:g}"
    if said["closed_loop"]:
        yield "loop=closed"
    yield from (f"+parameters.{name}={value!r}" for name, value in said["given"].items())
    if said["period"] != "week":
        yield f"record.period={said['period']}"
    if said["series"]:
        yield f"record.outcomes=[{','.join(said['series'])}]"


def _shipped_start(manifest: Mapping[str, Any]) -> str:
    """The start by its name; a file that differs in nothing is the start that ships for its day."""
    name = str(manifest["start"])
    return name if name in starts() else nearest_start(date.fromisoformat(manifest["as_of"]))


def _theories(strata: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The poles that ran, for every question where they are not the usual ones."""
    lived = [dict(each["poles"]) for each in strata]
    for name, hypothesis in hypotheses().items():
        poles = tuple(dict.fromkeys(each[name] for each in lived if name in each))
        if poles and poles != hypothesis.default:
            yield f"theory.{name}={poles[0]}" if len(poles) == 1 else f"theory.{name}=[{','.join(poles)}]"


def command(runs: Sequence[Result], baseline: Result | None) -> str:
    """One line for a shell that runs everything again and writes the page."""
    names = ",".join(each.scenario for each in runs)
    words = [f"+scenario={names}", *repeated(runs[0]).words[1:], f"against={baseline.scenario if baseline else 'none'}"]
    many = ["-m"] if len(runs) > 1 else []
    again = f"again_{runs[0].manifest['id']}"
    run = ["python", "-m", "scenarios", "run", *many, *words, f"results={again}"]
    folders = [f"{again}/{each.scenario}" for each in runs]
    return f"{shlex.join(run)} && {shlex.join(['python', '-m', 'scenarios', 'report', *folders])}"


def same_code(result: Result) -> bool:
    """Whether a run was computed by the code that is installed now."""
    return bool(result.manifest["provenance"]["code"] == code_digest())


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
