"""Commands as Python functions, with the words of the command line."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.config import fields
from scenarios.config.compose import Poles, command_request, configuration
from scenarios.errors import RequestError
from scenarios.execution.progress import Progress
from scenarios.report.terminal.comparison import compare_runs
from scenarios.report.terminal.run import conclude
from scenarios.runs.result import Result
from scenarios.runs.runner import run_experiments

if TYPE_CHECKING:
    from scenarios.analysis import Comparison


def run(
    scenario: str,
    *,
    start: str | Path | None = None,
    world: str = "simulated",
    theory: str | Mapping[str, Poles] | None = None,
    ensemble: str = "standard",
    replications: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    step_days: float | None = None,
    against: str = "status_quo",
    loop: str = "open",
    parameters: Mapping[str, float] | None = None,
    beliefs: str | Path | None = None,
    shocks: Sequence[Mapping[str, Any]] | None = None,
    record: Mapping[str, Any] | None = None,
    results: str | Path = "results",
    workers: int | None = None,
    quiet: bool = True,
) -> Result:
    """Run a scenario and its baseline, and return the result; finished runs are not run again.

    start     name of a start, or a file; by default the one that the scenario belongs to
    shocks    further shocks, as in a scenario file
    record    output in addition to totals: {"period": "day", "outcomes": ["deaths"], "events": 5}
    theory    the name of a preset, as "s001", or pole or poles by question, as {"isis": ["enablers", "spent"]}
    quiet     whether to print nothing; otherwise the report of the command line is printed

    The baseline is `result.baseline`. RequestError says which argument is wrong, and how.

        result = scenarios.run("full_withdrawal", start="2021-12", theory="s001")
    """
    words = {"start": start, "world": world, "ensemble": ensemble}
    sizes = {"replications": replications, "seed": seed, "horizon": horizon, "step_days": step_days}
    rest = {"against": against, "loop": loop, "beliefs": beliefs, "results": results, "workers": workers}
    config = _configuration(words, sizes, rest, theory, parameters, scenario)
    _add(config, record, shocks)
    return _carried_out(config, quiet=quiet)


def compare(
    *given: "str | Path | Result",
    start: str | Path | None = None,
    world: str | None = None,
    theory: str | Mapping[str, Poles] | None = None,
    ensemble: str | None = None,
    replications: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    step_days: float | None = None,
    against: str = "status_quo",
    loop: str | None = None,
    parameters: Mapping[str, float] | None = None,
    beliefs: str | Path | None = None,
    results: str | Path | None = None,
    workers: int | None = None,
    outcomes: Sequence[str] | None = None,
    above: Mapping[str, float] | None = None,
    by_theory: bool = False,
    quiet: bool = True,
) -> "Comparison":
    """Compare scenarios by name, or finished results, with a baseline; missing runs are run alike.

    outcomes    outcomes compared, the headlines by default: the family over which intervals are adjusted
    above       thresholds from which an outcome counts as an event, as {"deaths": 500}
    by_theory   run every pole of H1-H9, one varied at a time, and report which change a sign

    The other arguments are those of `run`; left out, they are the defaults, or those of the first result given.
    RequestError says which argument is wrong, and how.

        comparison = scenarios.compare("full_withdrawal", "relabel", start="2021-12")
    """
    words = {"start": start, "world": world, "ensemble": ensemble}
    sizes = {"replications": replications, "seed": seed, "horizon": horizon, "step_days": step_days}
    rest = {"against": against, "loop": loop, "beliefs": beliefs, "results": results, "workers": workers}
    configure = partial(_configuration, words, sizes, rest, theory, parameters)
    return compare_runs(given, configure, outcomes=outcomes, above=_thresholds(above), by_theory=by_theory, quiet=quiet)


def _thresholds(above: Mapping[str, float] | None) -> dict[str, float]:
    return {name: fields.number(value, f"above.{name}") for name, value in _by_name(above, "above").items()}


def _configuration(
    words: Mapping[str, Any],
    sizes: Mapping[str, Any],
    rest: Mapping[str, Any],
    theory: str | Mapping[str, Poles] | None,
    parameters: Mapping[str, float] | None,
    scenario: str,
    like: Iterable[str] = (),
) -> dict[str, Any]:
    """Configuration of a run; a theory is the name of a preset, or poles by question."""
    preset, poles = (theory, {}) if isinstance(theory, str) else (None, _by_name(theory, "theory"))
    given = {"scenario": scenario, **words, "theory": preset}
    return configuration(given, sizes, rest, poles, _by_name(parameters, "parameters"), like)


def _add(
    config: Mapping[str, Any], record: Mapping[str, Any] | None, shocks: Sequence[Mapping[str, Any]] | None
) -> None:
    """Add further output and shocks to a configuration."""
    config["record"].update(fields.bare(_by_name(record, "record")))
    further = fields.sequence(fields.bare(shocks or ()), "shocks")
    config["scenario"]["shocks"] = [*(config["scenario"].get("shocks") or ()), *further]


def _by_name(given: Mapping[str, Any] | None, argument: str) -> Mapping[str, Any]:
    """An argument that gives values by name; RequestError if it is of another kind."""
    if given is not None and not isinstance(given, Mapping):
        raise RequestError(f"{argument} is {given!r}; it must be a mapping of names to values.")
    return given or {}


def _carried_out(config: Mapping[str, Any], *, quiet: bool) -> Result:
    """Carry out the run and the baseline of a configuration."""
    plan = command_request(config)
    with Progress(shown=not quiet) as progress:
        folders = run_experiments(plan.requests, plan.results, plan.workers, progress)
    return conclude(folders[0], folders[1] if plan.against else None, quiet=quiet)
