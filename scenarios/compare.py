"""Plan of a comparison: which runs it needs, simulated where results are missing, read from folders elsewhere."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from glob import has_magic
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.analysis.comparability import Comparable, check_comparable
from scenarios.analysis.theories import one_at_a_time, simulated_theories
from scenarios.config import options as config_options
from scenarios.config.compose import results_of, workers_of
from scenarios.config.hydra_words import quoted
from scenarios.config.overrides import NOBODY
from scenarios.config.request import Request, request
from scenarios.errors import RequestError, nearest
from scenarios.evidence.cancelling import check_priors, check_values
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import Stratum
from scenarios.load import load
from scenarios.runs.result import Result
from scenarios.runs.runner import run_experiments
from scenarios.store import search
from scenarios.store.identity import SCHEMA_VERSION, determinants
from scenarios.store.manifest import MANIFEST
from scenarios.studies.dataset import Dataset

Given = str | Path | Result

Configure = Callable[[str, Sequence[str]], dict[str, Any]]

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class PlannedRun:
    """Run that is not simulated yet, with the part of its manifest that determines its numbers."""

    request: Request

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.request.scenario.name

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Manifest as far as it is known before the run."""
        start, ensemble = self.request.start, self.request.ensemble
        about = {"as_of": start.date, "start": start.name, "world": self.request.world.name, "seed": ensemble.seed}
        return {**about, "schema": SCHEMA_VERSION, "request": json.loads(json.dumps(determinants(self.request)))}


@dataclass(frozen=True)
class ComparisonPlan:
    """Runs of a comparison, to be simulated or finished, in the order given, and its baseline."""

    given: tuple[str | Result, ...]  # names of scenarios to run, and results
    against: str  # name of the baseline; the first given if empty
    config: Mapping[str, Any]
    extra: Path | None  # a folder of configuration beside ./configs
    by_theory: bool

    def carried_out(self, watch: Watch) -> tuple[list[Result], Result]:
        """Simulate what is missing in the results folder; return all results and the baseline."""
        results, workers = results_of(self.config), workers_of(self.config)
        requests = self.requests()
        folders = run_experiments(list(requests.values()), results, workers, watch)
        ran = {name: Result(folder.path) for name, folder in zip(requests, folders, strict=True)}
        compared = [part if isinstance(part, Result) else ran[part] for part in self.given]
        base = next((result for result in compared if result.scenario == self.against), ran.get(self.against))
        return compared, base or compared[0]

    def requests(self) -> dict[str, Request]:
        """Requests to run by name, alike but for their policies; RequestError unless comparable with the results."""
        names = [part for part in self.given if isinstance(part, str)]
        there = [part for part in self.given if isinstance(part, Result)]
        if self.against and self.against not in [*names, *(result.scenario for result in there)]:
            names.append(self.against)
        requests = {name: self._theories(self._alike(name)) for name in names}
        for experiment in requests.values():
            check_values(experiment.given, experiment.strata)
            check_priors(experiment.beliefs, beliefs(), [experiment.strata])
        others: list[Comparable] = [*there[1:], *(PlannedRun(experiment) for experiment in requests.values())]
        for planned in others if there else ():
            check_comparable(planned, there[0])
        return requests

    def _alike(self, name: str) -> Request:
        """Request of a scenario from the common start; RequestError says what to do if it cannot begin there."""
        try:
            return request({**self.config, "scenario": config_options.scenario(name, self.extra)}, self.extra)
        except RequestError as error:
            start, own = self.config["start"]["name"], config_options.natural_start(name, self.extra)
            if own in ("", start):
                raise
            raise RequestError(
                f"{name} from start {start}, at which all are compared: {error} It belongs to start {own}; give a "
                "start=NAME from which all can begin, or leave it out."
            ) from error

    def _theories(self, like: Request) -> Request:
        """Request under the theories of the comparison (those of a folder, or one at a time), with the same draws."""
        first = next((part for part in self.given if isinstance(part, Result)), None)
        if first is not None:
            strata = tuple(Stratum(tuple(poles.items())) for poles in simulated_theories(first))
        elif self.by_theory:
            strata = one_at_a_time(like.strata)
        else:
            return like
        size = replace(like.ensemble, replications=like.draws * len(strata))
        return replace(like, strata=strata, ensemble=size)


def plan_comparison(
    given: Sequence[Given], configure: Configure, *, extra: Path | None = None, by_theory: bool = False
) -> ComparisonPlan:
    """Plan a comparison of names, folders and results; RequestError says which is unknown or given twice.

    configure   composes the configuration of one scenario; its second argument gives defaults that the user's
                words override

    Where a folder is given, names are run like it; otherwise all have the start given, or that of the first.
    """
    parts = tuple(part for item in given for part in _resolved(item, extra))
    if not parts:
        raise RequestError(
            f"compare needs a scenario or a folder: {', '.join(config_options.options('scenario', extra))}."
        )
    names = [part for part in parts if isinstance(part, str)]
    for name in names:
        if names.count(name) > 1:
            raise RequestError(f"{name} is given twice; give every scenario once.")
    first = next((part for part in parts if isinstance(part, Result)), None)
    config = _configured(configure, names[0] if names else _shipped(first, extra), first)
    written = "none" if config.get("against") is None else str(config["against"])
    against = "" if written in NOBODY else written
    if against:
        config_options.scenario(against, extra)
    scenarios = [part if isinstance(part, str) else part.scenario for part in parts]
    if scenarios == [against or scenarios[0]]:
        raise RequestError(f"there is nothing to compare with {scenarios[0]}; give another scenario.")
    return ComparisonPlan(parts, against, config, extra, by_theory)


def _configured(configure: Configure, scenario: str, first: Result | None) -> dict[str, Any]:
    """Configuration of all runs, like the first result if there is one."""
    if first is None:
        return configure(scenario, [])
    try:
        return configure(scenario, alike(first))
    except RequestError as error:
        about = first.manifest
        raise RequestError(
            f"{error} {first.path} was run from start {about['start']} in world {about['world']}; if these are files "
            "of your own, give start=FILE or --config-dir as for that run."
        ) from error


def _shipped(result: Result | None, extra: Path | None) -> str:
    """Scenario with which a configuration can be composed where only folders are given."""
    options = config_options.options("scenario", extra)
    return result.scenario if result is not None and result.scenario in options else "status_quo"


def _resolved(given: Given, extra: Path | None) -> Sequence[str | Result]:
    """Scenario by name, finished result by folder, or results that a glob matches; names take precedence."""
    if isinstance(given, Result):
        return [given]
    options = config_options.options("scenario", extra)
    if str(given) in options:
        return [str(given)]
    path = resources.given(given)
    if not search.exists(path) and not has_magic(str(given)):
        raise RequestError(f"{str(given)!r} is neither a scenario nor a folder.{nearest(given, options)}")
    if search.holds(path, MANIFEST):
        return [Result(path)]
    inside = load(path)
    if inside.troubles:
        raise RequestError(" ".join(inside.troubles))
    if isinstance(inside, Dataset):
        raise RequestError(f"{inside.path} is a study; its points are compared by summarise --against.")
    there = [inside] if isinstance(inside, Result) else list(inside)
    if len(there) > 1 and search.exists(path):
        listed = ", ".join(str(result.path) for result in there[:4])
        raise RequestError(f"{path} contains {len(there)} results; give one of them: {listed}.")
    return there


def alike(result: Result) -> list[str]:
    """Overrides with which other scenarios are run like a finished result."""
    about, simulated = result.manifest, result.manifest["request"]
    return [
        f"start={about['start']}",
        f"world={about['world']}",
        f"ensemble.replications={about['replications']}",
        f"ensemble.seed={simulated['seed']}",
        f"ensemble.step_days={simulated['step_days']:g}",
        f"ensemble.horizon={simulated['horizon']}",
        f"loop={'closed' if simulated['closed_loop'] else 'open'}",
        f"results={quoted(str(getattr(result, 'place', result.path).resolve().parent.parent))}",
        *(f"+parameters.{name}={value!r}" for name, value in simulated["given"].items()),
    ]
