"""Evaluation of one design point as a function of plain numbers, for outside samplers."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from scenarios.analysis.estimates import ATTACKS, RATE, YEARS
from scenarios.config import fields
from scenarios.config.compose import composed
from scenarios.errors import RequestError
from scenarios.outcomes import HEADLINES
from scenarios.outcomes.declaration import known_outcomes
from scenarios.simulation.batch import simulate_together
from scenarios.studies.layout import Options, laid_out

NEEDED = (ATTACKS, YEARS)


def simulate(
    parameters: Mapping[str, float],
    *,
    scenario: str,
    start: str | None = None,
    world: str = "simulated",
    theory: str | Mapping[str, str | Sequence[str]] | None = None,
    replications: int = 100,
    seed: int = 1,
    horizon: int = 730,
    step_days: float = 1.0,
    loop: str = "open",
    against: str | None = None,
    outcomes: Sequence[str] = HEADLINES,
) -> dict[str, float]:
    """Simulate one point: mean outcomes, or mean paired differences from another scenario; nothing is written.

    parameters   values by name; a name that begins with `levers.` sets a lever of the scenario
    theory       name of a preset, or pole by question; with several theories keys name one: `deaths, enablers / deter`
    against      scenario to subtract, with the same parameters but its own levers

    A mean that is undefined, as of days to an event that never comes, is NaN. The same call gives the same
    numbers to the last bit. RequestError says which argument is wrong, and how.

        scenarios.simulate({"strike_deterrence_effect": 0.3}, scenario="full_withdrawal", theory="s001")["deaths"]
    """
    names = known_outcomes(fields.bare(outcomes))
    preset = {"theory": theory} if isinstance(theory, str) else {}
    poles = {} if theory is None or isinstance(theory, str) else theory
    given = {"world": world, **({"start": start} if start else {}), **preset}
    words = [f"{name}={value}" for name, value in given.items()]
    sizes = {"replications": replications, "seed": seed, "horizon": horizon, "step_days": step_days}
    base = {**_base((f"+scenario={scenario}", *words)), "ensemble": fields.bare(sizes), "loop": loop}
    base["theory"] = {**base["theory"], **fields.bare(poles)}
    means = _means(parameters, scenario, base, names)
    if against is None:
        return means
    baseline = _means({n: v for n, v in parameters.items() if not n.startswith("levers.")}, against, base, names)
    return {name: value - baseline[name] for name, value in means.items()}


@lru_cache(maxsize=64)
def _base(words: tuple[str, ...]) -> dict[str, Any]:
    config = composed(words)
    return {name: config[name] for name in ("start", "world", "theory")}


def _means(
    parameters: Mapping[str, float], scenario: str, base: Mapping[str, Any], outcomes: Sequence[str]
) -> dict[str, float]:
    settings = {"scenario": scenario, **{_key(name): _plain(name, value) for name, value in parameters.items()}}
    layout = laid_out([settings], base, Options())
    point = layout.points[0]
    request = layout.request(point)
    simulated = simulate_together(request, [point.variant], range(request.draws))
    theories = layout.theories(point)
    by_theory = {name: simulated[name][0].reshape(-1, len(theories)) for name in {*outcomes, *NEEDED}}
    return {
        _labelled(name, theory, theories): _mean({key: values[:, number] for key, values in by_theory.items()}, name)
        for name in outcomes
        for number, theory in enumerate(theories)
    }


def _mean(values: Mapping[str, np.ndarray], name: str) -> float:
    """Mean of the defined values; for a rate, the ratio of sums."""
    if name == RATE:
        years = values[YEARS].sum()
        return float(1_000.0 * values[ATTACKS].sum() / years) if years > 0 else float("nan")
    there = values[name][np.isfinite(values[name])]
    return float(there.mean()) if there.size else float("nan")


def _key(name: str) -> str:
    return name if name.startswith(("levers.", "parameters.")) else f"parameters.{name}"


def _plain(name: str, value: Any) -> float:
    """Convert a number of any kind that a sampler returns to a float."""
    plain = fields.bare(value)
    try:
        if isinstance(plain, bool | str | bytes):
            raise TypeError
        return float(plain)
    except OverflowError:
        raise RequestError(f"{name} is too large for a number.") from None
    except (TypeError, ValueError):
        raise RequestError(f"{name} is {plain!r}; it must be a number.") from None


def _labelled(name: str, theory: str, theories: Sequence[str]) -> str:
    return name if len(theories) == 1 else f"{name}, {theory}"
