"""Made-up ensembles and verdicts, from which what is said can be worked out by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scenarios.analysis.verdict_family import Reversal, VerdictFamily
from scenarios.analysis.verdicts import PRIMARY, Direction, Measure, PairedVerdict

MORE, FEWER, ALIKE, UNDECIDED, IDENTICAL, TOO_FEW, UNDEFINED = Direction

CROSSED = tuple(
    {"isis": isis, "strikes": strikes} for isis in ("enablers", "spent") for strikes in ("deter", "provoke")
)
ONE = ({"isis": "enablers", "strikes": "both"},)

NAMES = tuple(primary.outcome for primary in PRIMARY)


def frame(draws=100, theories=1, **columns):
    """Outcomes of a run: a column is (draws,) for all theories, or (draws, theories); the others are 100 throughout."""
    keys = {"draw": np.repeat(np.arange(draws), theories), "theory": np.tile(np.arange(theories), draws)}
    usual = dict.fromkeys(NAMES, np.full(draws, 100.0))
    return pd.DataFrame(
        {**keys, **{name: wide(values, draws, theories) for name, values in {**usual, **columns}.items()}}
    )


def wide(values, draws, theories):
    return np.broadcast_to(np.reshape(np.asarray(values, dtype=float), (draws, -1)), (draws, theories)).ravel()


def made(
    outcome: str,
    direction: Direction,
    change: float = 0.0,
    *,
    scenario: str = "mine",
    baseline: str = "status_quo",
    theory: int = 0,
    measure: Measure | None = None,
    level: float = 100.0,
    higher: float | None = None,
    lower: float | None = None,
    **fields: object,
) -> PairedVerdict:
    """Verdict with a typical change; its interval is a tenth either side of it."""
    usual = Measure.POINTS if outcome == "ladder_max" else Measure.RATIO
    kind = usual if measure is None else measure
    ratio = 1.0 + change if kind == Measure.RATIO else (level + change) / level
    most = {MORE: (0.9, 0.05), FEWER: (0.05, 0.9), IDENTICAL: (0.0, 0.0)}.get(direction, (0.3, 0.3))
    reach = abs(change) / 10
    values = {
        "pairs": 100, "low": change - reach, "high": change + reach, "q05": change - 2 * reach, "p_value": 0.0,
        "q95": change + 2 * reach, "ratio": ratio, "ratio_low": ratio, "ratio_high": ratio, "ratio_q05": ratio,
        "ratio_q95": ratio, "tail": False, "mean": change, "mean_error": 1.0, "mean_direction": UNDECIDED,
        "carried": 0.2, **fields,
    }  # fmt: skip
    return PairedVerdict(
        scenario=scenario, baseline=baseline, outcome=outcome, theory=theory, measure=kind, direction=direction,
        level=level, change=change, higher=most[0] if higher is None else higher,
        lower=most[1] if lower is None else lower, **values,
    )  # fmt: skip


Told = Mapping[str, Sequence[tuple[Direction, float]] | tuple[Direction, float]]


def family(
    told: Mapping[str, Told],
    theories: Sequence[Mapping[str, str]] = CROSSED,
    between: Mapping[tuple[str, str, str], Sequence[Direction]] | None = None,
    reversals: Sequence[Reversal] = (),
    **fields: object,
) -> VerdictFamily:
    """Family by scenario and outcome, each a direction and a change, for all theories or by theory; the rest alike."""
    against = {}
    for scenario, outcomes in told.items():
        for name in NAMES:
            cells = outcomes.get(name, (ALIKE, 0.0))
            by_theory = [cells] * len(theories) if isinstance(cells[0], Direction) else cells
            against[scenario, "status_quo", name] = tuple(
                made(name, *cell, scenario=scenario, theory=at, **fields) for at, cell in enumerate(by_theory)
            )
    pairs = {
        (one, other, name): tuple(
            made(name, direction, 0.1, scenario=one, baseline=other, theory=at)
            for at, direction in enumerate((between or {}).get((one, other, name), [ALIKE] * len(theories)))
        )
        for number, one in enumerate(told)
        for other in list(told)[number + 1 :]
        for name in NAMES
    }
    return VerdictFamily("status_quo", tuple(told), tuple(theories), against, pairs, tuple(reversals))
