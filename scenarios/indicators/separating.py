"""Which quantities seen early separate the futures of a run, tested on draws not used for choosing thresholds."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scenarios.indicators.measures import adjusted, area, likelihood_ratios, threshold
from scenarios.indicators.observing import CUTS, DAYS, FUTURES, Early, check_futures, cut, early
from scenarios.outcomes import OUTCOMES
from scenarios.results import Result

ACROSS = "across theories"
LEAST = 8  # replications on either side, in either half, below which nothing is tested
COLUMNS = (
    "indicator", "unit", "future", "exceeds", "theory", "direction", "threshold", "lr_plus", "lr_plus_low",
    "lr_plus_high", "lr_minus", "lr_minus_low", "lr_minus_high", "auc", "auc_low", "auc_high", "chance", "adjusted",
    "share", "n", "days",
)  # fmt: skip


def indicators(result: Result, days: float = DAYS, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per indicator, future and theory: how well what is seen in the first days predicts the future.

    indicator, unit      what is seen, added up (counts) or averaged (levels) over the window
    future, exceeds      end state after the window, and what it must exceed to count as high: about a top quarter
    theory               theory within which futures are told apart; `across theories` where the future is a theory
    direction            `above` or `below`: on which side of the threshold the alarm is raised
    threshold            chosen on the training half of the draws, as is the direction
    lr_plus, lr_minus    factors on the odds of the future, with an alarm and without, _low and _high at 95 per cent
    auc                  area under the ROC curve on the testing half, auc_low and auc_high at 95 per cent
    chance, adjusted     one-sided probability of such an area by chance, and adjusted for the number of rows
    share, n             share of the testing half with the future, and its size
    days                 length of the window, whole periods of the series

    A future, theory or indicator that leaves fewer than eight replications on a side or does not vary has no row.
    RequestError if the window does not fit the run or an outcome is unknown.
    """
    names = list(FUTURES if outcomes is None else outcomes)
    check_futures(names)
    found = early(result, days, names)
    rows = [*_within_theories(result, found), *_across_theories(result, found)]
    frame = pd.DataFrame(rows, columns=[each for each in COLUMNS if each != "adjusted"])
    frame["adjusted"] = adjusted(frame["chance"].to_numpy(dtype=float))
    return frame[list(COLUMNS)]


def telling(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that count as indicators, best first.

    The whole interval of the area lies above one half, and that of one likelihood ratio on its side of one, so that
    something is learnt from the threshold, too.
    """
    moves = (frame["lr_plus_low"] > 1.0) | (frame["lr_minus_high"] < 1.0)
    return frame[(frame["auc_low"] > 0.5) & moves].sort_values(["auc", "indicator"], ascending=[False, True])


def _within_theories(result: Result, found: Early) -> Iterator[dict[str, Any]]:
    for number, theory in enumerate(result.theories):
        mine = found.theory == number
        for future in found.later.columns:
            ends = found.later[future].to_numpy(dtype=float)
            if (mine & found.training).sum():
                above = CUTS.get(future, cut)(ends[mine & found.training])
                named = {"future": future, "exceeds": above, "theory": theory}
                yield from _tested(found, mine, ends > above, named)


def _across_theories(result: Result, found: Early) -> Iterator[dict[str, Any]]:
    """Whether what is seen tells which pole of a question holds."""
    poles = [dict(each["poles"]) for each in result.manifest["request"]["theories"]]
    for question in poles[0]:
        answers = list(dict.fromkeys(each[question] for each in poles))
        for pole in answers if len(answers) > 2 else answers[1:]:
            lives = np.array([each[question] == pole for each in poles])[found.theory]
            named = {"future": f"{question}.{pole}", "exceeds": np.nan, "theory": ACROSS}
            yield from _tested(found, np.ones(len(lives), dtype=bool), lives, named)


def _tested(found: Early, mine: np.ndarray, high: np.ndarray, named: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for every indicator that can be tested."""
    training, testing = mine & found.training, mine & ~found.training
    sides = [(part & side).sum() for part in (training, testing) for side in (high, ~high)]
    if min(sides) < LEAST:
        return
    for indicator in found.seen.columns:
        values = found.seen[indicator].to_numpy(dtype=float)
        if np.ptp(values[training]) == 0 or np.ptp(values[testing]) == 0:
            continue
        yield {"indicator": indicator, "unit": OUTCOMES[indicator].unit, **named, "days": found.days,
               **_row(values, high, found.draw, training, testing)}  # fmt: skip


def _row(
    values: np.ndarray, high: np.ndarray, draw: np.ndarray, training: np.ndarray, testing: np.ndarray
) -> dict[str, Any]:
    """Direction and threshold from the training half, everything else from the testing half."""
    sign = 1.0 if area(values[training], high[training], draw[training]).value >= 0.5 else -1.0
    at = threshold(sign * values[training], high[training])
    seen, future = sign * values[testing], high[testing]
    tested = area(seen, future, draw[testing])
    plus, minus = likelihood_ratios(seen > at, future)
    return {
        "direction": "above" if sign > 0 else "below",
        "threshold": sign * at,
        "lr_plus": plus.value, "lr_plus_low": plus.low, "lr_plus_high": plus.high,
        "lr_minus": minus.value, "lr_minus_low": minus.low, "lr_minus_high": minus.high,
        "auc": tested.value, "auc_low": tested.interval.low, "auc_high": tested.interval.high,
        "chance": tested.chance, "share": float(future.mean()), "n": int(testing.sum()),
    }  # fmt: skip
