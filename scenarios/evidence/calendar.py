"""Calendar of dates that the model takes as given: votes, inaugurations, Ramadan."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pydantic import field_validator

from scenarios import resources
from scenarios.evidence.field_types import Line
from scenarios.evidence.seed_files import read_yaml
from scenarios.evidence.validation_errors import Checked

MID_2019 = date(2019, 7, 1)

DAYS_PER_YEAR = 365.25

FIRST_KNOWN, LAST_KNOWN = date(2019, 1, 1), date(2028, 12, 31)  # every date between them is in the calendars


@dataclass(frozen=True)
class Calendar:
    """Dated facts as seen from a start."""

    start: date
    iraqi_elections: tuple[date, ...]
    us_presidential_votes: tuple[date, ...]
    us_inaugurations: tuple[date, ...]
    ramadan: tuple[tuple[date, date], ...]

    def ramadan_share(self, day: float, days: float) -> float:
        """Share of a step, from `day` on, that falls in Ramadan."""
        spans = ((self._day(first), self._day(last) + 1.0) for first, last in self.ramadan)
        return sum(max(0.0, min(day + days, end) - max(day, begin)) for begin, end in spans) / days

    def votes(self, day: float, days: float) -> bool:
        """True if Iraq votes in a step."""
        return any(day <= self._day(vote) < day + days for vote in self.iraqi_elections)

    def us_vote_within(self, day: float, ahead: Any) -> Any:
        """True if a US presidential vote falls within so many days ahead; a flag, or one per replication."""
        coming = [self._day(vote) - day for vote in self.us_presidential_votes]
        return sum((away >= 0.0) & (away <= ahead) for away in coming) > 0

    def new_administration(self, day: float) -> bool:
        """True if a US administration has taken office since the start."""
        return any(0.0 < self._day(inauguration) <= day for inauguration in self.us_inaugurations)

    def years_since_2019(self, day: float) -> float:
        """Years since mid-2019."""
        return ((self.start - MID_2019).days + day) / DAYS_PER_YEAR

    def _day(self, when: date) -> float:
        return float((when - self.start).days)


class CalendarEntry(Checked):
    """Dates of one kind as seeds/calendars.yaml has them, in order of time; a period has two."""

    unit: str
    dates: tuple[Any, ...]
    source: Line
    origin: Line

    @field_validator("dates")
    @classmethod
    def _check_dates(cls, dates: tuple[Any, ...]) -> tuple[Any, ...]:
        in_order = [when for item in dates for when in (item if isinstance(item, list) else [item])]
        if not all(isinstance(when, date) for when in in_order) or in_order != sorted(in_order):
            raise ValueError("must be dates as 2025-01-31, in order of time")
        return dates


class CalendarFile(Checked):
    """Content of seeds/calendars.yaml."""

    iraqi_elections: CalendarEntry
    us_presidential_votes: CalendarEntry
    us_inaugurations: CalendarEntry
    negotiation_rounds: CalendarEntry
    ramadan: CalendarEntry


@cache
def calendars() -> CalendarFile:
    """Dates of seeds/calendars.yaml."""
    return read_yaml(resources.seeds() / "calendars.yaml", CalendarFile)


def calendar(start: date) -> Calendar:
    """Calendar of a run that starts at a date."""
    known = calendars()
    return Calendar(
        start=start,
        iraqi_elections=known.iraqi_elections.dates,
        us_presidential_votes=known.us_presidential_votes.dates,
        us_inaugurations=known.us_inaugurations.dates,
        ramadan=tuple((first, last) for first, last in known.ramadan.dates),
    )
