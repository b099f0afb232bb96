"""Golden lines: computed, kept as CSV, compared."""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from scenarios.analysis.estimates import mean_and_error
from scenarios.config import options
from scenarios.config.compose import command_request, composed
from scenarios.outcomes import OUTCOMES
from scenarios.simulation.experiment import simulate_draws

FILE = Path(__file__).with_name("lines.csv")
DRAWS, DAYS = 80, 180
LONGER = {"electoral_turn": 330}  # days, where something is dated later
SMALL = (
    "theory=neutral", "theory.isis=enablers", "against=none", "record.outcomes=[deaths]", "record.events=0",
    f"ensemble.replications={DRAWS}",
)  # fmt: skip
SHOWN = (
    "attacks_on_us_sites", "us_deaths", "us_strikes", "ladder_max", "attacks_on_others", "isis_attacks",
    "deaths_of_others",
)  # fmt: skip
FAR = 4.0  # standard errors beyond which a move is no accident of a last bit that tips a die
SAME = 1e-6  # relative; what is written in the file, and what versions of numpy may differ in


@dataclass(frozen=True)
class Line:
    """One outcome of one scenario at its natural start."""

    scenario: str
    start: str
    outcome: str
    unit: str
    mean: float
    mc_error: float
    median: float
    low: float  # 95 per cent band of the median
    high: float


@dataclass(frozen=True)
class Move:
    """How an outcome differs from its golden line."""

    golden: Line
    now: Line

    @property
    def errors(self) -> float:
        """Difference of the means in standard errors, the larger of the two."""
        difference = self.now.mean - self.golden.mean
        if abs(difference) <= SAME * max(abs(self.golden.mean), abs(self.now.mean)):
            return 0.0
        error = max(self.golden.mc_error, self.now.mc_error)
        return difference / error if error else math.copysign(math.inf, difference)

    def __str__(self) -> str:
        one, other = self.golden, self.now
        return (
            f"{one.scenario} {one.outcome} moved by {self.errors:+.2f} standard errors: mean {one.mean:.4g} -> "
            f"{other.mean:.4g} {one.unit}, median {one.median:.4g} [{one.low:.4g}, {one.high:.4g}] -> "
            f"{other.median:.4g}"
        )


def computed(scenario: str) -> list[Line]:
    """The lines of a scenario as the code has them now."""
    days = f"ensemble.horizon={LONGER.get(scenario, DAYS)}"
    request = command_request(composed([f"+scenario={scenario}", *SMALL, days])).request
    outcomes = simulate_draws(request, range(DRAWS)).outcomes
    return [line(scenario, request.start.name, name, outcomes[name]) for name in SHOWN]


def line(scenario: str, start: str, outcome: str, values: np.ndarray) -> Line:
    """One outcome over draws, in as many digits as the file has."""
    low, high = band_of_median(values)
    numbers = (*mean_and_error(values), float(np.median(values)), low, high)
    return Line(scenario, start, outcome, OUTCOMES[outcome].unit, *(float(f"{each:.8g}") for each in numbers))


def band_of_median(values: np.ndarray) -> tuple[float, float]:
    """Order statistics between which the median lies with 95 per cent (normal approximation of the sign test)."""
    half = 0.98 * math.sqrt(values.size)
    ranks = (math.floor(values.size / 2 - half), math.ceil(values.size / 2 + half))
    low, high = (float(np.sort(values)[min(max(rank, 0), values.size - 1)]) for rank in ranks)
    return low, high


def kept(file: Path = FILE) -> list[Line]:
    """The golden lines."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    return [Line(*row[:4], *(float(each) for each in row[4:])) for row in rows]


def keep(lines: Iterable[Line], file: Path = FILE) -> None:
    """Write golden lines."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow([each.name for each in fields(Line)])
        writer.writerows([f"{each:.8g}" if isinstance(each, float) else each for each in astuple(one)] for one in lines)


def moves(golden: Sequence[Line], now: Sequence[Line]) -> list[Move]:
    """Every outcome that differs from its golden line, the farthest first."""
    found = {(each.scenario, each.outcome): each for each in now}
    every = [Move(each, found[each.scenario, each.outcome]) for each in golden]
    return sorted((each for each in every if each.errors), key=lambda each: -abs(each.errors))


def scenarios() -> list[str]:
    """Every scenario that ships."""
    return list(options.options("scenario"))
