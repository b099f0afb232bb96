"""The command that repeats a page, rebuilt from the manifests and compared with them; versions and digests."""

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
from scenarios.report.page.runs import PageRuns, simulated_poles
from scenarios.runs.result import Result
from scenarios.store.identity import code_digest, determinants


@dataclass(frozen=True)
class Repetition:
    """The overrides that request a run again, the scenario's name first."""

    words: tuple[str, ...]
    request: Request | None  # None if they cannot be composed
    differs: tuple[str, ...]  # parts of the request that would differ, or the error

    @property
    def is_exact(self) -> bool:
        """True if the very same run is requested."""
        return self.request is not None and not self.differs


@dataclass(frozen=True)
class ProvenanceSection:
    """Where the numbers of the page come from."""

    command: str
    is_same_code: bool


def section(runs: PageRuns) -> ProvenanceSection:
    """Collect what is needed to repeat the page."""
    return ProvenanceSection(
        command=repeat_command(runs.results, runs.baseline),
        is_same_code={run.manifest["provenance"]["code"] for run in runs.all_runs} == {code_digest()},
    )


@cache
def repetition(result: Result) -> Repetition:
    """Rebuild the request of a run from its manifest and compare the two."""
    words = tuple(_words(result.manifest))
    try:
        rebuilt = request(composed(words))
    except RequestError as error:
        return Repetition(words, None, (str(error),))
    now, before = determinants(rebuilt), result.manifest["request"]
    return Repetition(words, rebuilt, tuple(name for name in now if now[name] != before.get(name)))


def _words(manifest: Mapping[str, Any]) -> Iterator[str]:
    parts, own = manifest["request"], {each["kind"]: each["file"] for each in manifest.get("own", ())}
    yield f"+scenario={manifest['scenario']}"
    yield f"start={own.get('start', _shipped_start(manifest))}"
    if "beliefs" in own:
        yield f"beliefs={own['beliefs']}"
    yield f"world={manifest['world']}"
    yield from _theory_words(manifest)
    yield f"ensemble.replications={manifest['replications']}"
    yield from (f"ensemble.{name}={parts[name]}" for name in ("seed", "horizon"))
    yield f"ensemble.step_days={parts['step_days']:g}"
    if parts["closed_loop"]:
        yield "loop=closed"
    yield from (f"+parameters.{name}={value!r}" for name, value in parts["given"].items())
    if parts["period"] != "week":
        yield f"record.period={parts['period']}"
    if parts["series"]:
        yield f"record.outcomes=[{','.join(parts['series'])}]"


def _shipped_start(manifest: Mapping[str, Any]) -> str:
    """The start by its name; a file that changes nothing is the start that ships for its day."""
    name = str(manifest["start"])
    return name if name in starts() else nearest_start(date.fromisoformat(manifest["as_of"]))


def _theory_words(manifest: Mapping[str, Any]) -> Iterator[str]:
    """The poles that ran, for every question where they are not the usual ones."""
    for name, poles in simulated_poles(manifest).items():
        if poles and tuple(poles) != hypotheses()[name].default:
            yield f"theory.{name}={poles[0]}" if len(poles) == 1 else f"theory.{name}=[{','.join(poles)}]"


def repeat_command(runs: Sequence[Result], baseline: Result | None) -> str:
    """One line for a shell that runs everything again and writes the page."""
    names = ",".join(run.scenario for run in runs)
    words = [
        f"+scenario={names}",
        *repetition(runs[0]).words[1:],
        f"against={baseline.scenario if baseline else 'none'}",
    ]
    many = ["-m"] if len(runs) > 1 else []
    folder = f"again_{runs[0].manifest['id']}"
    run_again = ["python", "-m", "scenarios", "run", *many, *words, f"results={folder}"]
    report = ["python", "-m", "scenarios", "report", *(f"{folder}/{run.scenario}" for run in runs)]
    return f"{shlex.join(run_again)} && {shlex.join(report)}"
