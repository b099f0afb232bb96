"""Simulated histories on which checks are computed, run once and read by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.config.compose import configuration
from scenarios.runs.result import Result
from scenarios.runs.runner import finished_run

Numbers = NDArray[np.float64]

OUTCOMES = (
    "troops", "attacks_on_us", "attacks_on_us_sites", "attacks_on_troop_sites", "attacks_on_diplomatic_sites",
    "attacks_on_convoys", "drone_attacks", "us_deaths", "us_strikes", "deaths_militants_in_us_strikes",
    "major_us_strikes",
    "attacks_on_state", "attacks_on_rivals", "isis_attacks", "isis_incidents_in_press", "faction_incidents_in_press",
    "deaths_with_turkey_and_pkk", "expulsion_votes", "expulsions_complied", "timetables_agreed", "negotiation_rounds",
    "round_ahead_days", "envoy_visits", "cabinet_alignment", "caretaker_days", "cabinet_falls", "kurdish_opposition",
    "sunni_opposition", "election_lost",
)  # fmt: skip


@dataclass(frozen=True)
class History:
    """Scenario, start, world and horizon of a simulated history."""

    scenario: str
    start: str
    world: str
    horizon: int
    story: str


HISTORIES: Mapping[str, History] = {
    "escalation": History("status_quo", "2019-01", "calm", 1_077, "2019 to December 2021 without a regional war"),
    "pledge": History("phased_3y", "2020-08", "calm", 1_252, "the pledge of August 2020, to January 2024"),
    "stay": History("status_quo", "2020-08", "simulated", 1_252, "troops stay from August 2020, 41 months"),
    "relabel": History("relabel", "2021-07", "calm", 490, "the change of role of 2021"),
    "aftermath": History(
        "status_quo", "2021-12", "calm", 385, "after the end of the combat mission, to the end of 2022"
    ),
    "wave": History("status_quo", "2021-12", "gaza_war", 776, "the lull of 2022-23 and the war from October 2023"),
    "killing": History("status_quo", "2024-01", "gaza_war", 180, "a commander is killed 60 days after January 2024"),
}

KILLING_DAY = 60

THEORY = {"isis": "enablers", "strikes": ["both", "deter", "provoke"]}  # priors as shipped, then the poles beside


class Runs:
    """Results of histories, each run when first needed and kept in its folder."""

    def __init__(self, results: Path, replications: int, workers: int | None) -> None:
        self.results, self.replications, self.workers = results, replications, workers
        self._results: dict[str, Result] = {}

    def result(self, name: str) -> Result:
        """Return the result of a history, with its series by day."""
        if name not in self._results:
            self._results[name] = finished_run(self._configuration(name, HISTORIES[name]))
        return self._results[name]

    def _configuration(self, name: str, history: History) -> dict[str, Any]:
        """Configuration of a history; the history `killing` includes the killing of a commander on a fixed day."""
        words = {"scenario": history.scenario, "start": history.start, "world": history.world}
        sizes = {"horizon": history.horizon, "replications": self.replications}
        against = "status_quo" if name in ("relabel", "killing") else "none"
        rest = {"against": against, "results": self.results, "workers": self.workers}
        config = configuration(words, sizes, rest, THEORY)
        config["record"].update(period="day", outcomes=list(OUTCOMES), events=0)
        killing = [{"shock": "commander_killed", "at": KILLING_DAY}] if name == "killing" else []
        config["scenario"]["shocks"] = [*(config["scenario"].get("shocks") or ()), *killing]
        return config


@cache
def daily_values(path: Path, outcome: str, theory: int) -> Numbers:
    """Values of an outcome by day under one theory, (replications, days)."""
    result = Result(path)
    frame = result.table("series", [outcome])
    days = int(frame["period"].max()) + 1
    values = frame[outcome].to_numpy().reshape(-1, days)
    replications = frame["replication"].to_numpy().reshape(-1, days)[:, 0]
    return values[replications % len(result.theories) == theory].astype(float)


@dataclass(frozen=True)
class SimulatedHistory:
    """Simulated history under one theory, by day."""

    result: Result
    theory: int

    @property
    def baseline(self) -> "SimulatedHistory":
        """Baseline of the history under the same theory."""
        assert self.result.baseline is not None, "this history has no baseline"
        return SimulatedHistory(self.result.baseline, self.theory)

    def daily(self, outcome: str) -> Numbers:
        """Values of an outcome by day, (replications, days)."""
        return daily_values(self.result.place, outcome, self.theory)

    def day(self, when: str | date) -> int:
        """Number of days from the start to a date, limited to the horizon."""
        instant = date.fromisoformat(when) if isinstance(when, str) else when
        start = date.fromisoformat(self.result.manifest["as_of"])
        return max(0, min((instant - start).days, int(self.result.manifest["request"]["horizon"])))

    def total(self, outcome: str, first: str, last: str) -> Numbers:
        """Sum of an outcome over a window, its last day included, one value per replication."""
        return self.daily(outcome)[:, self.day(first) : self.day(last) + 1].sum(axis=1)

    def covers(self, first: str, last: str) -> bool:
        """Return True if a window lies within the history."""
        start = date.fromisoformat(self.result.manifest["as_of"])
        begin, end = ((date.fromisoformat(edge) - start).days for edge in (first, last))
        return 0 <= begin <= end < int(self.result.manifest["request"]["horizon"])

    def parameter(self, name: str) -> Any:
        """Drawn values of a parameter, one per replication."""
        frame = self.result.parameters
        return frame.loc[frame["theory"] == self.theory, name].to_numpy()
