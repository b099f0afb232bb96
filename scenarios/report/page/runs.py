"""The runs of a page: read from folders, checked to be comparable, with notices of what is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios import resources
from scenarios.analysis.estimates import check_comparable
from scenarios.analysis.sizes import are_alike, describe_sizes, sizes
from scenarios.config.scenario import BASELINE
from scenarios.config.user_inputs import own_texts
from scenarios.errors import RequestError
from scenarios.evidence.theories import hypotheses
from scenarios.runs.result import Result
from scenarios.store.identity import code_digest
from scenarios.store.manifest import MANIFEST
from scenarios.store.search import describe_absence, finished, unfinished
from scenarios.text import join_words

MOST_REASONS = 3

FEW = 100  # draws under each theory, below which shares of replications are coarse


@dataclass(frozen=True)
class PageRuns:
    """Comparable runs, and the folders that could not be used."""

    results: tuple[Result, ...]  # without the baseline, unless it is the only run
    baseline: Result | None
    excluded: tuple[str, ...]  # reasons, each with its folder

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest of the first run, for what all runs share."""
        return self.results[0].manifest

    @property
    def all_runs(self) -> tuple[Result, ...]:
        """Every run, the baseline last."""
        return self.results if self.baseline is None else (*self.results, self.baseline)

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Draws of every run, and how many are paired with those of the baseline, or of the first run."""
        return sizes([(each.scenario, each) for each in self.all_runs], (self.baseline or self.results[0]).scenario)

    @cached_property
    def theories(self) -> list[str]:
        """Names of the theories, which all runs share."""
        return self.results[0].theories

    @property
    def is_incomplete(self) -> bool:
        """True if a folder was excluded or draws failed."""
        return bool(self.excluded) or any(run.failures for run in self.all_runs)


def simulated_poles(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """Poles under which a run was simulated, by question."""
    theories = [dict(theory["poles"]) for theory in manifest["request"]["theories"]]
    return {
        question: list(dict.fromkeys(poles[question] for poles in theories if question in poles))
        for question in hypotheses()
    }


def collect_runs(paths: Iterable[str | Path]) -> PageRuns:
    """Read the runs in folders, folders of folders or globs; RequestError if there are none or they are unlike."""
    places = [resources.given(path) for path in paths]
    for place in places:
        _check_finished(place)
    runs, altered = _read(finished(places, [MANIFEST]))
    excluded = [*unfinished(places), *altered]
    if not runs:
        raise RequestError(f"report: no folder can be used. {' '.join(excluded)}")
    requested = [run for run in runs if run.scenario != BASELINE] or runs[:1]
    baselines = [run for run in runs if run.scenario == BASELINE and run not in requested]
    baseline = _best_baseline(requested, baselines) or (baselines[0] if baselines else _adjacent_baseline(requested))
    _check_alike(requested, baseline)
    return PageRuns(tuple(requested), baseline, tuple(excluded))


def _check_finished(place: str | Path) -> None:
    """Refuse a place without a finished run, and name what it contains."""
    if not finished(place, [MANIFEST]):
        raise RequestError(
            f"report: {describe_absence(place, [MANIFEST])} Give a folder as results/full_withdrawal, or run a "
            "scenario first; the same command completes an interrupted run."
        )


def _read(paths: Iterable[Path]) -> tuple[list[Result], list[str]]:
    """Results that are whole and unaltered, and why the others are not."""
    results, errors = [], []
    for path in paths:
        try:
            results.append(Result(path))
        except RequestError as error:
            errors.append(str(error))
    return results, errors


def _adjacent_baseline(requested: Sequence[Result]) -> Result | None:
    """The baseline that was run with the scenarios, in the folder beside theirs."""
    if requested[0].scenario == BASELINE:
        return None
    nearby = [run.place.resolve().parent.parent / BASELINE for run in requested]
    return _best_baseline(requested, _read(finished(nearby, [MANIFEST]))[0])


def _best_baseline(requested: Sequence[Result], baselines: Iterable[Result]) -> Result | None:
    """The comparable baseline with the most draws, preferably computed by the same code."""
    code = requested[0].manifest["provenance"]["code"]
    alike = [run for run in baselines if _comparable(requested[0], run)]
    rank = {run: (run.manifest["provenance"]["code"] == code, run.manifest["draws"]) for run in alike}
    return max(alike, key=lambda run: rank[run], default=None)


def _comparable(result: Result, baseline: Result) -> bool:
    try:
        check_comparable(result, baseline)
    except RequestError:
        return False
    return True


def _check_alike(requested: Sequence[Result], baseline: Result | None) -> None:
    """Refuse runs that cannot be paired, and two runs of one scenario."""
    other = baseline or requested[0]
    for run in requested:
        if run is not other:
            check_comparable(run, other)
    names = [run.scenario for run in requested]
    for name in names:
        if names.count(name) > 1:
            folders = ", ".join(str(run.path) for run in requested if run.scenario == name)
            raise RequestError(f"report: {name} appears in several folders: {folders}. Give one of them.")


def notices(runs: PageRuns) -> list[str]:
    """Sentences about what is missing, failed, altered or unlike; none where all is whole."""
    excluded = (f"Left out of this page: {reason}" for reason in runs.excluded)
    return [*excluded, *_run_notices(runs), *_baseline_notices(runs), *_pairing_notices(runs)]


def _run_notices(runs: PageRuns) -> Iterator[str]:
    """Notices about single runs; runs with the same notice share it."""
    scenarios: dict[str, list[str]] = {}
    for run in runs.all_runs:
        for notice in _single_run_notices(run):
            scenarios.setdefault(notice, []).append(run.scenario)
    yield from (f"{join_words(names)}: {notice}" for notice, names in scenarios.items())


def _single_run_notices(run: Result) -> Iterator[str]:
    failures, draws = run.failures, run.manifest["draws"]
    yield from (f"{text}." for text in own_texts(run.manifest))
    if failures:
        reasons = list(dict.fromkeys(str(failure["error"]) for failure in failures))[:MOST_REASONS]
        yield (
            f"{len(failures):,} of {draws:,} draws ({len(run.theories) * len(failures):,} replications) failed and are "
            "left out of every number here; those that failed may not be like the rest. "
            f"Reasons: {'; '.join(reasons)}."
        )
    if draws < FEW:
        yield (
            f"only {draws:,} draws under each theory; shares of replications are coarse. "
            "Run it again with ensemble=standard or more."
        )


def _baseline_notices(runs: PageRuns) -> Iterator[str]:
    run = runs.results[0]
    if runs.baseline is None and run.scenario == BASELINE:
        yield f"{BASELINE} is the baseline itself; without a scenario beside it the page shows levels alone."
    elif runs.baseline is None:
        yield (
            f"There is no run of the baseline beside {run.path.name}, so that levels are shown without a contrast. "
            "A level alone invites misreading: it mixes what the policy does with what would have happened anyway."
        )


def _pairing_notices(runs: PageRuns) -> Iterator[str]:
    """Notices about runs of unlike size or code."""
    if not are_alike(runs.sizes):
        yield (
            f"The runs differ in their number of draws: {describe_sizes(runs.sizes)}. Differences are taken over the "
            "pairs, levels over all draws of a run."
        )
    codes = {run.manifest["provenance"]["code"] for run in runs.all_runs}
    if len(codes) > 1:
        yield "The runs were made by different versions of the code; their differences mix policy with programming."
    elif codes != {code_digest()}:
        yield (
            "The runs were made by another version of the code than wrote this page; their numbers remain valid, but "
            "the command below would give others."
        )
