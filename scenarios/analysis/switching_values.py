"""Switching values: probabilities of a theory at which a contrast is zero."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from scenarios.analysis.contrasts import differences, pair, restricted
from scenarios.analysis.estimates import LEVEL, by_theory, t_quantile
from scenarios.analysis.theories import Poles, differing_answers, simulated_theories, varied
from scenarios.evidence.theories import phrase
from scenarios.outcomes import COUNT, OUTCOMES
from scenarios.runs.result import Result

COLUMNS = (
    "scenario", "baseline", "outcome", "unit", "question", "pole", "other_pole", "conditional_on", "mean", "other_mean",
    "point", "low", "high", "significant", "n", "sentence",
)  # fmt: skip

NUMBERS = ("mean", "other_mean", "point", "low", "high")


@dataclass(frozen=True)
class Mix:
    """Mixture of two means, and the weight of the first at which it is zero, with its interval."""

    point: float
    low: float
    high: float
    n: int

    @property
    def decided(self) -> bool:
        """True if the interval of the weight lies within 0 and 1, so that both means differ from zero."""
        return bool(self.low > 0.0 and self.high < 1.0)


def switch(first: np.ndarray, second: np.ndarray, level: float = LEVEL) -> Mix | None:
    """Weight p at which p mean(first) + (1 - p) mean(second) is zero; None where the means have the same sign.

    first, second   (draws,) paired differences under two poles, on the same draws
    The interval contains every weight whose mixture does not differ from zero by Student's t (Fieller 1954, with the
    covariance of the two); it is undefined (NaN) where it has no bounds, as where the poles hardly differ.
    """
    one, other = float(first.mean()), float(second.mean())
    if first.size < 2 or one * other >= 0:
        return None
    slope = one - other
    covariance = np.cov(np.stack([first, second])) / first.size
    reach = t_quantile(first.size, level) ** 2
    of_slope = covariance[0, 0] + covariance[1, 1] - 2.0 * covariance[0, 1]
    a = slope**2 - reach * of_slope
    b = other * slope - reach * (covariance[0, 1] - covariance[1, 1])
    c = other**2 - reach * covariance[1, 1]
    if a <= 0:
        return Mix(-other / slope, float("nan"), float("nan"), first.size)
    root = np.sqrt(max(b * b - a * c, 0.0))
    return Mix(-other / slope, float((-b - root) / a), float((-b + root) / a), first.size)


def switching_values(runs: Mapping[str, Result], baseline: tuple[str, Result], outcomes: Sequence[str]) -> pd.DataFrame:
    """Switching values of all pairs of theories that differ in one question and give a contrast opposite signs.

    `point` is the probability of `pole`, under which the outcome is higher than in the baseline, above which it is
    higher on average, `other_pole` having the rest; `conditional_on` names the poles of the other varied questions.
    It is `significant` if low to high, 95 per cent, lies within 0 and 1.
    """
    name, base = baseline
    rows: list[Mapping[str, object]] = []
    for scenario, run in runs.items():
        parts = [part for _, part in by_theory(run, pair(restricted(run), restricted(base)))]
        for outcome in outcomes:
            values = [differences(part, outcome) for part in parts]
            keys = {"scenario": scenario, "baseline": name, "outcome": outcome, "unit": OUTCOMES[outcome].unit}
            rows += [{**keys, **row} for row in _of_theories(simulated_theories(run), values)]
    frame = pd.DataFrame([{**row, "sentence": describe_switch(row)} for row in rows], columns=list(COLUMNS))
    frame = frame.astype({"significant": bool, **dict.fromkeys(NUMBERS, float)})
    return frame.sort_values("significant", ascending=False, kind="stable", ignore_index=True)


def _of_theories(strata: Sequence[Poles], values: Sequence[pd.Series]) -> Iterator[dict[str, object]]:
    questions = varied(strata)
    for one, other in combinations(range(len(strata)), 2):
        apart = differing_answers(strata[one], strata[other])
        if len(apart) != 1:
            continue
        both = pd.concat([values[one], values[other]], axis=1, join="inner").to_numpy()
        if len(both) < 2:
            continue
        up, down = (one, other) if both[:, 0].mean() > both[:, 1].mean() else (other, one)
        ordered = both if up == one else both[:, ::-1]
        mix = switch(ordered[:, 0], ordered[:, 1])
        if mix is None:
            continue
        question = apart[0]
        others = ", ".join(f"{name} {strata[one][name]}" for name in questions if name != question)
        yield {
            "question": question, "pole": strata[up][question], "other_pole": strata[down][question],
            "conditional_on": others, "mean": ordered[:, 0].mean(), "other_mean": ordered[:, 1].mean(),
            "point": mix.point, "low": mix.low, "high": mix.high, "significant": mix.decided, "n": mix.n,
        }  # fmt: skip


def describe_switch(row: Mapping[str, object]) -> str:
    """Switching value in words: `fewer deaths than status_quo unless P(...) > 0.34`."""
    outcome = str(row["outcome"])
    fewer = "fewer" if OUTCOMES[outcome].kind == COUNT else "lower"
    question = str(row["question"])
    other = phrase(question, str(row["other_pole"]))
    return (
        f"{row['scenario']}: {fewer} {outcome.replace('_', ' ')} than {row['baseline']} unless "
        f"P({phrase(question, str(row['pole']))}) > {row['point']:.2f} ({row['low']:.2f} to {row['high']:.2f}), "
        f"the rest on: {other}"
    )
