"""The runs that a page is about: found in folders, held for comparable, and what is wrong with them said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from scenarios import load, resources
from scenarios.analysis.estimates import check_comparable
from scenarios.analysis.sizes import are_alike, in_words, sizes
from scenarios.config.request import BASELINE
from scenarios.config.user_inputs import own_texts
from scenarios.errors import RequestError
from scenarios.report.page.render import Markup, listed, tag
from scenarios.runs.result import Result
from scenarios.store.identity import code_digest
from scenarios.store.manifest import MANIFEST
from scenarios.text import series


@dataclass(frozen=True)
class Gathered:
    """The runs of a page."""

    results: tuple[Result, ...]  # the scenarios asked about, the baseline not among them unless it is alone
    baseline: Result | None
    left_out: tuple[str, ...]  # folders that could not be used, each with its reason

    @property
    def first(self) -> Result:
        """The run whose manifest speaks for what all share."""
        return self.results[0]

    @property
    def everything(self) -> tuple[Result, ...]:
        """Every run, the baseline last."""
        return self.results if self.baseline is None else (*self.results, self.baseline)

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Draws of every run, and how many are paired with those of the baseline, or of the first run."""
        return sizes([(each.scenario, each) for each in self.everything], (self.baseline or self.first).scenario)

    @cached_property
    def theories(self) -> list[str]:
        """Names of the theories, which all runs share."""
        return self.first.theories

    def contrasted(self) -> Sequence[tuple[Result, Result]]:
        """Every run with what it is set against."""
        return [] if self.baseline is None else [(each, self.baseline) for each in self.results]


def gathered(wheres: Iterable[str | Path]) -> Gathered:
    """The runs in folders, folders of folders or globs; RequestError where there is none or they are not alike."""
    folders = [resources.given(each) for each in wheres]
    for each in folders:
        _check_found(each)
    found, altered = _read(load.finished(folders, [MANIFEST]))
    left_out = [*load.unfinished(folders), *altered]
    if not found:
        raise RequestError(f"report: no folder can be used. {' '.join(left_out)}")
    asked = [each for each in found if each.scenario != BASELINE] or found[:1]
    given = [each for each in found if each.scenario == BASELINE and each not in asked]
    baseline = _fitting(asked, given) or (given[0] if given else _beside(asked))
    _check_alike(asked, baseline)
    return Gathered(tuple(asked), baseline, tuple(left_out))


def _check_found(where: str | Path) -> None:
    """Refuse a place where no run lies, and say what lies there."""
    if not load.finished(where, [MANIFEST]):
        raise RequestError(
            f"report: {load.nothing(where, [MANIFEST])} Give a folder as results/full_withdrawal, or run a scenario "
            "first; a run that was broken off is finished by the same command."
        )


def _read(paths: Iterable[Path]) -> tuple[list[Result], list[str]]:
    """Results whole and unaltered, and why the others are not."""
    found, left_out = [], []
    for path in paths:
        try:
            found.append(Result(path))
        except RequestError as error:
            left_out.append(str(error))
    return found, left_out


def _beside(asked: Sequence[Result]) -> Result | None:
    """The baseline that was run with them, where it lies nearby."""
    if asked[0].scenario == BASELINE:
        return None
    nearby = [each.place.resolve().parent.parent / BASELINE for each in asked]
    return _fitting(asked, _read(load.finished(nearby, [MANIFEST]))[0])


def _fitting(asked: Sequence[Result], baselines: Iterable[Result]) -> Result | None:
    """Of several runs of the baseline, the one that is alike: by the same code if there is one, and the largest."""
    code = asked[0].manifest["provenance"]["code"]
    alike = [each for each in baselines if _comparable(asked[0], each)]
    rank = {each: (each.manifest["provenance"]["code"] == code, each.manifest["draws"]) for each in alike}
    return max(alike, key=lambda each: rank[each], default=None)


def _comparable(result: Result, baseline: Result) -> bool:
    try:
        check_comparable(result, baseline)
    except RequestError:
        return False
    return True


def _check_alike(asked: Sequence[Result], baseline: Result | None) -> None:
    """Refuse runs that do not share what pairs them, and the same scenario twice."""
    other = baseline or asked[0]
    for each in asked:
        if each is not other:
            check_comparable(each, other)
    names = [each.scenario for each in asked]
    for name in names:
        if names.count(name) > 1:
            said = ", ".join(str(each.path) for each in asked if each.scenario == name)
            raise RequestError(f"report: {name} stands in several folders: {said}. Give one of them.")


MOST_REASONS = 3

FEW = 100  # draws under each theory, below which shares of replications are coarse


def notices(runs: Gathered) -> list[str]:
    """Sentences about what is missing, failed, altered or unlike; none where all is whole."""
    return [
        *(f"Left out of this page: {each}" for each in runs.left_out),
        *_of_runs(runs),
        *_without_baseline(runs),
        *_of_unlike_sizes(runs),
        *_of_code(runs),
    ]


def serious(runs: Gathered) -> bool:
    """Whether a folder was left out, or replications failed."""
    return bool(runs.left_out) or any(each.failures for each in runs.everything)


def shown(said: list[str]) -> Markup:
    """The notices as a box at the head of the page, or a line that there are none."""
    if not said:
        return tag("p", "Every folder is whole and unaltered, and no replication failed.", class_="sound")
    title = tag("h2", "Read this first", id="notices-title")
    return tag("section", title, listed(said), id="notices", class_="notices", aria_labelledby="notices-title")


def _of_runs(runs: Gathered) -> Iterator[str]:
    """What is to be said of runs, those of which the same is said together."""
    said = [(text, each.scenario) for each in runs.everything for text in _of(each)]
    for text in dict.fromkeys(text for text, _ in said):
        yield f"{series(name for each, name in said if each == text)}: {text}"


def _of(result: Result) -> Iterator[str]:
    failures, about = result.failures, result.manifest
    yield from (f"{own}." for own in own_texts(about))
    if failures:
        lost = f"{len(failures):,} of {about['draws']:,} draws ({len(result.theories) * len(failures):,} replications)"
        reasons = list(dict.fromkeys(str(each["error"]) for each in failures))[:MOST_REASONS]
        yield (
            f"{lost} failed and are left out of every number here; those that failed may not be "
            f"like the rest. Reasons: {'; '.join(reasons)}."
        )
    if about["draws"] < FEW:
        yield (
            f"only {about['draws']:,} draws under each theory; shares of replications are coarse. "
            "Run it again with ensemble=standard or more."
        )


def _without_baseline(runs: Gathered) -> Iterator[str]:
    if runs.baseline is not None:
        return
    if runs.first.scenario == BASELINE:
        yield f"{BASELINE} is the baseline itself; without a scenario beside it the page shows levels alone."
    else:
        yield (
            f"No run of the baseline lies beside {runs.first.path.name}, so that levels are shown without a contrast. "
            "A level alone invites misreading: it mixes what the policy does with what would have happened anyway."
        )


def _of_unlike_sizes(runs: Gathered) -> Iterator[str]:
    if not are_alike(runs.sizes):
        yield (
            f"The runs differ in their number of draws: {in_words(runs.sizes)}. Differences are taken over the pairs, "
            "levels over all draws of a run."
        )


def _of_code(runs: Gathered) -> Iterator[str]:
    codes = {each.manifest["provenance"]["code"] for each in runs.everything}
    if len(codes) > 1:
        yield "The runs were made by different versions of the code; their differences mix policy with programming."
    elif codes != {code_digest()}:
        yield (
            "The runs were made by another version of the code than wrote this page; their numbers stand, but the "
            "command below would give others."
        )
