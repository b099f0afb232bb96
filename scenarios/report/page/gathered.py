"""The runs that a page is about: found in folders, held for comparable, and what is wrong with them said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from scenarios import places
from scenarios.archive.manifest import MANIFEST
from scenarios.comparing.sizes import sizes
from scenarios.errors import RequestError
from scenarios.expectations import BASELINE
from scenarios.findings import check_comparable
from scenarios.reading import lying
from scenarios.results import Result


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
    folders = [places.given(each) for each in wheres]
    for each in folders:
        _check_found(each)
    found, altered = _read(lying.finished(folders, [MANIFEST]))
    left_out = [*lying.unfinished(folders), *altered]
    if not found:
        raise RequestError(f"report: no folder can be used. {' '.join(left_out)}")
    asked = [each for each in found if each.scenario != BASELINE] or found[:1]
    given = [each for each in found if each.scenario == BASELINE and each not in asked]
    baseline = _fitting(asked, given) or (given[0] if given else _beside(asked))
    _check_alike(asked, baseline)
    return Gathered(tuple(asked), baseline, tuple(left_out))


def _check_found(where: str | Path) -> None:
    """Refuse a place where no run lies, and say what lies there."""
    if not lying.finished(where, [MANIFEST]):
        raise RequestError(
            f"report: {lying.nothing(where, [MANIFEST])} Give a folder as results/full_withdrawal, or run a scenario "
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
    return _fitting(asked, _read(lying.finished(nearby, [MANIFEST]))[0])


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
