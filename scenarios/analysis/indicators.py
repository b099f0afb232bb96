"""Indicators: early observables that discriminate between futures, with thresholds and accuracy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from scenarios.analysis.diagnostics import area, likelihood_ratios, youden_threshold
from scenarios.errors import RequestError, nearest
from scenarios.outcomes import LEVEL, OUTCOMES
from scenarios.runs.result import Result
from scenarios.text import name_of

DAYS = 90.0

SEEN = (
    "claimed_attacks", "faction_incidents_in_press", "isis_incidents_in_press", "deaths_with_turkey_and_pkk",
    "attacks_on_troop_sites", "attacks_on_diplomatic_sites", "attacks_on_convoys", "drone_attacks", "lethal_attacks",
    "us_deaths", "us_wounded", "us_strikes", "major_us_strikes", "commanders_killed", "iranian_strikes_on_us",
    "iranian_strikes_on_kurdistan", "attacks_on_kurdistan", "attacks_on_state", "envoy_visits", "pause_days",
    "negotiation_rounds", "timetables_agreed", "expulsion_votes", "cabinet_falls", "caretaker_days", "kurdish_clashes",
    "intra_shia_clashes", "confrontations", "war_days", "direct_war_days", "troops", "ladder",
)  # fmt: skip

COUNTS = (
    "attacks_on_us_sites", "us_deaths", "us_strikes", "deaths", "attacks_on_others", "isis_attacks", "kurdish_clashes",
    "intra_shia_clashes", "expulsion_votes",
)  # fmt: skip

RUNG, TOP = 5, 7

RUNGS = tuple(f"days_at_level_{rung}" for rung in range(RUNG, TOP + 1))

LADDER, GONE = f"ladder_{RUNG}_or_above", "troops_gone"

FUTURES = (*COUNTS, LADDER, GONE)

TOP_SHARE = 0.25  # of futures that count as high, as nearly as a counted end state allows

LEFT = 0.05  # of the troops of the first period, below which they are gone

CUTS: Mapping[str, Callable[[np.ndarray], float]] = {LADDER: lambda values: 0.0, GONE: lambda values: 0.0}

ACROSS = "across theories"

LEAST = 8  # replications on either side, in either half, below which nothing is tested

COLUMNS = (
    "indicator", "unit", "future", "exceeds", "theory", "direction", "threshold", "lr_plus", "lr_plus_low",
    "lr_plus_high", "lr_minus", "lr_minus_low", "lr_minus_high", "auc", "auc_low", "auc_high", "chance", "adjusted",
    "share", "n", "days",
)  # fmt: skip

ARTICLES = {"press": "the press", "state": "the state", "ladder": "the ladder", "PKK": "the PKK"}


@dataclass(frozen=True)
class Early:
    """First whole periods of a run and what follows, one row per replication that did not fail."""

    seen: pd.DataFrame  # replications x observables
    later: pd.DataFrame  # replications x futures, from the days after the window alone
    draw: np.ndarray
    theory: np.ndarray
    days: float  # length of the window: whole periods

    @cached_property
    def training(self) -> np.ndarray:
        """Flags of the replications whose draw belongs to the half on which thresholds are chosen."""
        return np.array([in_training(int(draw)) for draw in self.draw])


def in_training(draw: int) -> bool:
    """True for a draw of the training half: the parity of a hash of its number, the same in every result."""
    return blake2b(f"indicators.half.{draw}".encode(), digest_size=1).digest()[0] % 2 == 0


def early(result: Result, days: float, futures: Sequence[str]) -> Early:
    """Window and what follows; RequestError if it does not fit the run, or series are missing."""
    length, horizon = result.period_days, float(result.manifest["request"]["horizon"])
    periods = int(days / length + 1e-9)
    if periods < 1 or horizon - periods * length < length:
        raise RequestError(
            f"days is {days:g}; it must leave one period of {length:g} days at least on either side of it within the "
            f"horizon of {horizon:g} days."
        )
    recorded = set(result.series_names())
    seen = [name for name in SEEN if name in recorded]
    if not seen:
        raise RequestError(f"{result.path} has no series of an observable; run it with record.outcomes=null.")
    needed = sorted({*seen, *(series for name in futures for series in needs(name))})
    missing = sorted(set(needed) - recorded)
    if missing:
        raise RequestError(f"{result.path} has no series of {', '.join(missing)}; run it with record.outcomes=null.")
    frame = result.table("series", needed)
    rows = result.outcomes.sort_values("replication")
    frame = frame[frame["replication"].isin(rows["replication"])]
    before, after = (_summed(frame[part]) for part in (frame["period"] < periods, frame["period"] >= periods))
    ends = _at_the_ends(frame) if GONE in futures else pd.DataFrame(index=before.index)
    later = pd.DataFrame({name: _future(name, after, ends) for name in futures})
    return Early(before[seen], later, rows["draw"].to_numpy(), rows["theory"].to_numpy(), periods * length)


def needs(future: str) -> tuple[str, ...]:
    """Series from which a future is computed."""
    return {LADDER: RUNGS, GONE: ("troops",)}.get(future, (future,))


def check_futures(names: Sequence[str]) -> None:
    """Refuse an unknown future; RequestError names the nearest."""
    for name in names:
        if name not in FUTURES:
            raise RequestError(f"outcomes has {name!r}, which is no future.{nearest(name, FUTURES)}")


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums of counts and means of levels over periods, by replication, in order."""
    by = frame.drop(columns="period").groupby("replication")
    means, sums = by.mean(), by.sum()
    return pd.DataFrame({name: (means if OUTCOMES[name].kind == LEVEL else sums)[name] for name in sums.columns})


def _at_the_ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Troops in the first period and in the last."""
    by = frame.sort_values(["replication", "period"]).groupby("replication")["troops"]
    return pd.DataFrame({"first": by.first(), "last": by.last()})


def _future(name: str, after: pd.DataFrame, ends: pd.DataFrame) -> pd.Series:
    """Future: a count after the window, days on the upper rungs, or whether the troops are gone."""
    if name == LADDER:
        return after[list(RUNGS)].sum(axis=1)
    if name == GONE:
        return 1.0 * (ends["last"] < LEFT * ends["first"])
    return after[name]


def high_cutoff(values: np.ndarray) -> float:
    """Value that a future must exceed to be high: the share above it is nearest to a quarter."""
    steps, counts = np.unique(values, return_counts=True)
    above = 1.0 - np.cumsum(counts) / values.size
    return float(steps[int(np.argmin(np.abs(above - TOP_SHARE)))])


def describe_future(future: str, above: float) -> str:
    """Future in the days after the window, in words."""
    if future == LADDER:
        return f"Level {RUNG} of the ladder or more is reached"
    if future == GONE:
        return "No US troops at the end"
    name = spelled(future)
    return f"Any {name}" if above == 0 else f"More than {above:,.0f} {name}"


def spelled(name: str) -> str:
    """Name of an outcome as people write it."""
    return " ".join(ARTICLES.get(word, word) for word in name_of(name).split())


def indicators(result: Result, days: float = DAYS, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """Accuracy of every observable of the first days, one row per indicator, future and theory.

    indicator, unit      observable, summed (counts) or averaged (levels) over the window
    future, exceeds      outcome after the window, and the value it must exceed to be high: about a top quarter
    theory               theory within which futures are discriminated; `across theories` where the future is a theory
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
    window = early(result, days, names)
    rows = [*_within_theories(result, window), *_across_theories(result, window)]
    frame = pd.DataFrame(rows, columns=[column for column in COLUMNS if column != "adjusted"])
    frame["adjusted"] = false_discovery_control(frame["chance"].to_numpy(dtype=float))
    return frame[list(COLUMNS)]


def informative(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that count as indicators, best first.

    The whole interval of the area lies above one half, and that of one likelihood ratio on its side of one, so that
    the threshold is informative, too.
    """
    moves = (frame["lr_plus_low"] > 1.0) | (frame["lr_minus_high"] < 1.0)
    return frame[(frame["auc_low"] > 0.5) & moves].sort_values(["auc", "indicator"], ascending=[False, True])


def _within_theories(result: Result, window: Early) -> Iterator[dict[str, Any]]:
    for number, theory in enumerate(result.theories):
        chosen = window.theory == number
        for future in window.later.columns:
            ends = window.later[future].to_numpy(dtype=float)
            if (chosen & window.training).sum():
                above = CUTS.get(future, high_cutoff)(ends[chosen & window.training])
                named = {"future": future, "exceeds": above, "theory": theory}
                yield from _tested(window, chosen, ends > above, named)


def _across_theories(result: Result, window: Early) -> Iterator[dict[str, Any]]:
    """Accuracy of every observable for the pole of a question."""
    poles = [dict(theory["poles"]) for theory in result.manifest["request"]["theories"]]
    for question in poles[0]:
        answers = list(dict.fromkeys(theory[question] for theory in poles))
        for pole in answers if len(answers) > 2 else answers[1:]:
            holds = np.array([theory[question] == pole for theory in poles])[window.theory]
            named = {"future": f"{question}.{pole}", "exceeds": np.nan, "theory": ACROSS}
            yield from _tested(window, np.ones(len(holds), dtype=bool), holds, named)


def _tested(window: Early, chosen: np.ndarray, high: np.ndarray, named: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row for every indicator that can be tested."""
    training, testing = chosen & window.training, chosen & ~window.training
    sides = [(part & side).sum() for part in (training, testing) for side in (high, ~high)]
    if min(sides) < LEAST:
        return
    for indicator in window.seen.columns:
        values = window.seen[indicator].to_numpy(dtype=float)
        if np.ptp(values[training]) == 0 or np.ptp(values[testing]) == 0:
            continue
        yield {"indicator": indicator, "unit": OUTCOMES[indicator].unit, **named, "days": window.days,
               **_row(values, high, window.draw, training, testing)}  # fmt: skip


def _row(
    values: np.ndarray, high: np.ndarray, draw: np.ndarray, training: np.ndarray, testing: np.ndarray
) -> dict[str, Any]:
    """Direction and threshold from the training half, all else from the testing half."""
    sign = 1.0 if area(values[training], high[training], draw[training]).value >= 0.5 else -1.0
    at = youden_threshold(sign * values[training], high[training])
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
