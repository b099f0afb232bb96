"""The commands from Python, with the words of the command line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.composing import asked, composed
from scenarios.progress import Progress
from scenarios.report.after_run import conclude
from scenarios.results import Result
from scenarios.running import carry_out

Poles = str | Sequence[str]


def run(
    scenario: str,
    *,
    start: str | Path | None = None,
    world: str = "simulated",
    theory: Mapping[str, Poles] | None = None,
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
    """Run a scenario, and the one it is set against, and read the result; what is there already is not run again.

    start     name of a start, or a file; by default the one that the scenario belongs to
    shocks    further shocks, as in a scenario file
    record    what is written beside totals: {"period": "day", "outcomes": ["deaths"], "events": 5}
    theory    pole or poles by question, as {"isis": ["enablers", "spent"]}
    quiet     say nothing; else print what the command line prints

    The baseline is `result.baseline`. RequestError says what is wrong with the request.
    """
    chosen = [] if start is None else [f"start={start}"]
    config = composed([f"+scenario={scenario}", f"world={world}", f"ensemble={ensemble}", *chosen])
    sizes = {"replications": replications, "seed": seed, "horizon": horizon, "step_days": step_days}
    config["ensemble"].update({name: value for name, value in sizes.items() if value is not None})
    config["theory"].update({name: _poles(pole) for name, pole in (theory or {}).items()})
    config.update(against=against, loop=loop, parameters=dict(parameters or {}), results=str(results), workers=workers)
    config["record"].update(record or {})
    config["scenario"]["shocks"] = [*(config["scenario"].get("shocks") or ()), *(shocks or ())]
    config["beliefs"] = None if beliefs is None else str(beliefs)
    found = asked(config)
    with Progress(shown=not quiet) as progress:
        folders = carry_out([each for each in (found.request, found.against) if each], found.results, workers, progress)
    return conclude(folders[0], folders[1] if found.against else None, quiet=quiet)


def _poles(pole: Any) -> Any:
    return pole if isinstance(pole, str) else list(pole)
