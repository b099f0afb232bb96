"""Evaluation of one design point as a function of plain numbers, for outside samplers."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from scenarios.analysis.contrasts import contrast, pair
from scenarios.analysis.estimates import ATTACKS, RATE, YEARS, mean_and_error, ratio_of_sums
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
    preset, poles = (theory, {}) if isinstance(theory, str) else (None, theory or {})
    given = {"world": world, "start": start, "theory": preset}
    words = [f"{name}={value}" for name, value in given.items() if value]
    sizes = {"replications": replications, "seed": seed, "horizon": horizon, "step_days": step_days}
    base = {**_base((f"+scenario={scenario}", *words)), "ensemble": fields.bare(sizes), "loop": loop}
    base["theory"] = {**base["theory"], **fields.bare(poles)}
    run = _outcomes(parameters, scenario, base, names)
    if against is None:
        return {label: _mean(frame, name) for label, name, frame in _labelled(run, names)}
    without_levers = {key: value for key, value in parameters.items() if not key.startswith("levers.")}
    baseline = _outcomes(without_levers, against, base, names)
    pairs = {theory: pair(frame, baseline[theory]) for theory, frame in run.items()}
    return {label: contrast(frame, name)["mean"] for label, name, frame in _labelled(pairs, names)}


@lru_cache(maxsize=64)
def _base(words: tuple[str, ...]) -> dict[str, Any]:
    config = composed(words)
    return {name: config[name] for name in ("start", "world", "theory")}


def _outcomes(
    parameters: Mapping[str, float], scenario: str, base: Mapping[str, Any], outcomes: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Outcomes of the replications of one point, by theory."""
    settings = {"scenario": scenario, **{_key(name): _plain(name, value) for name, value in parameters.items()}}
    layout = laid_out([settings], base, Options())
    point = layout.points[0]
    request = layout.request(point)
    simulated = simulate_together(request, [point.variant], range(request.draws))
    theories = layout.theories(point)
    values = {name: simulated[name][0].reshape(-1, len(theories)) for name in dict.fromkeys((*outcomes, *NEEDED))}
    keys = {"draw": range(request.draws), "theory": 0}
    return {
        theory: pd.DataFrame({**keys, **{name: of[:, number] for name, of in values.items()}})
        for number, theory in enumerate(theories)
    }


def _mean(frame: pd.DataFrame, name: str) -> float:
    """Mean of the defined values; for a rate, the ratio of sums."""
    mean, _ = ratio_of_sums(frame[ATTACKS], frame[YEARS]) if name == RATE else mean_and_error(frame[name].to_numpy())
    return mean


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


def _labelled(frames: Mapping[str, pd.DataFrame], names: Sequence[str]) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield every outcome with the frame of every theory, and the key of its mean."""
    for name in names:
        for theory, frame in frames.items():
            yield name if len(frames) == 1 else f"{name}, {theory}", name, frame
