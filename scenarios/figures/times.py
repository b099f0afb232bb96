"""Dates on an axis, and how many periods are drawn as one point."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scenarios.results import Result

SPAN = 28  # days that are drawn as one point where a run holds two of them
WORDS: dict[float, str] = {1: "in a day", 7: "in a week", SPAN: "in four weeks"}
LONG = 150  # days from which on an axis names months, not days


def merged(result: "Result") -> int:
    """Periods that are drawn as one point."""
    return max(1, round(SPAN / result.period_days)) if result.manifest["request"]["horizon"] >= 2 * SPAN else 1


def span(result: "Result") -> str:
    """The time that one point stands for, in words."""
    days = merged(result) * result.period_days
    return WORDS.get(days, f"in {days:g} days")


def middles(result: "Result", points: int) -> NDArray[np.float64]:
    """The middle of the time that each point stands for, as matplotlib counts days."""
    length = merged(result) * result.period_days
    return np.asarray(day(result, 0.0) + (np.arange(points) + 0.5) * length, dtype=float)


def day(result: "Result", number: float) -> float:
    """A day after the start, as matplotlib counts days."""
    return float(date2num(began(result))) + number


def began(result: "Result") -> date:
    """The as-of date."""
    return date.fromisoformat(result.manifest["as_of"])


def when(result: "Result", number: float) -> date:
    """A day after the start, as a date."""
    return began(result) + timedelta(days=int(number))


def ended(result: "Result") -> date:
    """The last day."""
    return when(result, result.manifest["request"]["horizon"])


def dated(axes: Axes, result: "Result", ticks: int = 5) -> None:
    """An axis of dates from the start to the horizon."""
    axes.set_xlim(day(result, 0.0), float(date2num(ended(result))))
    axes.xaxis_date()
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=ticks))
    long = result.manifest["request"]["horizon"] > LONG
    axes.xaxis.set_major_formatter(DateFormatter("%b\n%Y" if long else "%d %b\n%Y"))
