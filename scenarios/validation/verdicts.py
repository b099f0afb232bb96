"""Verdicts on stylised facts, and the recorded ones that ship with the package."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "verdicts.csv"  # beside the checks; written by `python -m docs.generate patterns`

WORDS = ("name", "use", "statement", "counted", "run", "start", "world", "theory", "unit")

NUMBERS = ("low", "high", "q05", "q50", "q95", "statistic")

COLUMNS = (*WORDS, *NUMBERS, "verdict", "reason", "replications", "code")

PASS, FAIL, NOT_TESTABLE = "pass", "fail", "not testable"


@dataclass(frozen=True)
class Verdict:
    """Verdict on one stylised fact under one theory; a recorded one knows its replications and the code behind it."""

    name: str
    use: str
    statement: str
    counted: str
    run: str
    start: str
    world: str
    theory: str
    unit: str
    band: tuple[float, float]
    simulated: tuple[float, float, float]  # 5, 50, 95 per cent over replications; equal for a single number
    statistic: float
    verdict: str
    reason: str
    replications: int = 0
    code: str = ""

    @property
    def where(self) -> str:
        """Start and world of the simulated history."""
        return ", ".join(filter(None, (self.start, self.world)))


@cache
def recorded_verdicts() -> tuple[Verdict, ...]:
    """Read every recorded verdict; empty if no record ships."""
    file = files("scenarios.validation").joinpath(FILE)
    if not file.is_file():
        return ()
    return tuple(_verdict(row) for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _verdict(row: Mapping[str, str]) -> Verdict:
    low, high, q05, q50, q95, statistic = (float(row[name]) for name in NUMBERS)
    return Verdict(
        **{name: row[name] for name in (*WORDS, "verdict", "reason", "code")}, band=(low, high),
        simulated=(q05, q50, q95), statistic=statistic, replications=int(row["replications"]),
    )  # fmt: skip
