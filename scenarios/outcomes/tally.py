"""Tally of outcomes during a run: totals, periods, peaks, first days."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios.outcomes.declaration import FIRST, HIGHER, LEVEL, LOWER, OUTCOMES, TOTAL, Outcome, add
from scenarios.outcomes.observer import Observer
from scenarios.text import DASH

if TYPE_CHECKING:
    from agents.iraq import Iraq

Numbers = NDArray[np.float64]

FIRST_OF = {
    "us_deaths": "US or coalition death",
    "us_strikes": "US strike",
    "commanders_killed": "commander killed",
    "iranian_strikes_on_us": "Iranian strike on US sites",
    "kurdish_clashes": "lethal Kurdish-federal clash",
    "intra_shia_clashes": "intra-Shia clash",
    "cabinet_falls": "end of a cabinet",
    "expulsion_votes": "expulsion vote",
}

RESURGENCE_DAYS, RESURGENCE_FACTOR, RESURGENCE_LEVEL = 90, 2.0, 1.5  # definition of the outcome (docs/odd.md, 9)

ESCALATED = 5.0  # rung: a commander killed or three US strikes in two weeks

LEAST_TROOP_YEARS = 1.0  # exposure below which attacks per troop-year are undefined


class Tally:
    """Sum of every measured outcome of one ensemble, period by period."""

    def __init__(self, iraq: "Iraq", steps: int, period_days: int, recorded: Sequence[str] = ()) -> None:
        self.iraq, self.observer = iraq, Observer(iraq)
        self.measured = [outcome for outcome in OUTCOMES.values() if outcome.kind != TOTAL]
        self.steps_per_period = max(1, round(period_days / iraq.step_days))
        periods = -(-steps // self.steps_per_period)
        size = len(iraq.axis)
        names = recorded or [outcome.name for outcome in self.measured]
        self.series = {name: np.zeros((periods, size), dtype=np.float32) for name in names}
        self.totals = {outcome.name: np.zeros(size) for outcome in self.measured}
        self.peak_rung = np.zeros(size)
        self.first = {name: np.full(size, np.nan) for name in FIRST_OF}
        self.late_activity = np.zeros(size)
        self.steps, self.steps_counted = steps, 0
        self.in_period = np.zeros(periods)

    def count(self) -> None:
        """Add the day just simulated."""
        self.observer.remember()
        period = self.steps_counted // self.steps_per_period
        self.in_period[period] += 1
        today = {outcome.name: np.asarray(outcome.measure(self.observer), dtype=float) for outcome in self.measured}
        for name, value in today.items():
            self.totals[name] += value
        for name, series in self.series.items():
            series[period] += today[name]
        self.peak_rung = np.maximum(self.peak_rung, today["ladder"])
        day = self.iraq.day + self.iraq.step_days
        for name, first_days in self.first.items():
            first_days[np.isnan(first_days) & (today[name] > 0)] = day
        if (self.steps - self.steps_counted) * self.iraq.step_days <= RESURGENCE_DAYS:
            self.late_activity += today["isis_activity"]
        self.steps_counted += 1

    def periods(self) -> dict[str, NDArray[np.float32]]:
        """Outcomes by period, (periods, replications): sums of counts, means of levels."""
        lengths = np.maximum(self.in_period, 1.0)[:, np.newaxis].astype(np.float32)
        return {
            name: series / lengths if OUTCOMES[name].kind == LEVEL else series for name, series in self.series.items()
        }

    def outcomes(self, escalation_number: Numbers) -> dict[str, Numbers]:
        """Outcomes over the whole run, (replications,) each."""
        levels = {outcome.name for outcome in self.measured if outcome.kind == LEVEL}
        whole = {
            name: total / max(self.steps_counted, 1) if name in levels else total for name, total in self.totals.items()
        }
        all_outcomes = {**whole, **self._at_the_end(whole, escalation_number)}
        return {name: all_outcomes[name] for name in OUTCOMES}

    def _at_the_end(self, whole: Mapping[str, Numbers], escalation_number: Numbers) -> dict[str, Numbers]:
        years = whole["troop_years"]
        exposed = years >= LEAST_TROOP_YEARS
        rate = np.where(exposed, 1_000.0 * whole["attacks_on_troop_sites"] / np.where(exposed, years, 1.0), np.nan)
        late_steps = min(self.steps, round(RESURGENCE_DAYS / self.iraq.step_days))
        late = self.late_activity / late_steps
        doubled = late > RESURGENCE_FACTOR * self.iraq.isis.activity_at_start
        return {
            "attacks_per_1000_troop_years": rate,
            "isis_resurgence": 1.0 * (doubled & (late > RESURGENCE_LEVEL)),
            "isis_activity_at_end": late,
            "ladder_max": self.peak_rung,
            "escalation_number": np.asarray(escalation_number, dtype=float),
            **{f"{FIRST}{name}": days for name, days in self.first.items()},
        }


def _total(
    name: str, unit: str, meaning: str, title: str = "", worse: str = HIGHER, event: float | None = None
) -> None:
    add(Outcome(name=name, unit=unit, meaning=meaning, title=title, worse=worse, event=event, kind=TOTAL, plain=False))


_total("attacks_per_1000_troop_years", "attacks/1,000 troop-years",
       "Attacks on troop sites for every thousand years that troops spend in Iraq; undefined without troops.",
       "Attacks per 1,000 troop-years")  # fmt: skip
_total("isis_resurgence", "share of replications",
       "Whether ISIS activity over the last 90 days is above twice its start and above 1.5 attacks a day.",
       "Resurgence of ISIS", event=1.0)  # fmt: skip
_total(
    "isis_activity_at_end", "attacks/day", "Latent activity of ISIS over the last 90 days.", "ISIS activity at the end"
)
_total(
    "ladder_max", "level", "Highest level of the ladder that is reached.", f"US{DASH}Iran escalation", event=ESCALATED
)
_total("escalation_number", "1", "Attacks that one attack leads to by all routes in a heavy campaign.")

for _name, _words in FIRST_OF.items():
    _meaning = f"Days from the start to the first {_words}; empty where none comes within the horizon."
    _total(f"{FIRST}{_name}", "days", _meaning, f"Days to the first {_words}", worse=LOWER)
