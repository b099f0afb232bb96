"""Recorded verdicts of the checks, as shipped with the package."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "verdicts.csv"  # beside the checks; written by `python -m docs.generate patterns`

COLUMNS = (
    "name", "use", "statement", "counted", "run", "start", "world", "theory", "unit", "low", "high", "q05", "q50",
    "q95", "statistic", "verdict", "reason", "replications", "code",
)  # fmt: skip

PASS, FAIL = "pass", "fail"


@dataclass(frozen=True)
class RecordedVerdict:
    """Recorded verdict on one stylised fact under one theory."""

    name: str
    use: str
    statement: str
    counted: str
    run: str
    where: str  # start and world of the simulated history
    theory: str
    unit: str
    band: tuple[float, float]
    simulated: tuple[float, float, float]  # 5, 50 and 95 per cent over replications
    statistic: float
    verdict: str
    reason: str
    replications: int
    code: str


@cache
def recorded_verdicts() -> tuple[RecordedVerdict, ...]:
    """Read every recorded verdict; empty if no record ships."""
    file = files("scenarios.validation").joinpath(FILE)
    if not file.is_file():
        return ()
    return tuple(_verdict(row) for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _verdict(row: Mapping[str, str]) -> RecordedVerdict:
    low, high, *points, statistic = (float(row[name]) for name in ("low", "high", "q05", "q50", "q95", "statistic"))
    words = {name: row[name] for name in ("name", "use", "statement", "counted", "run", "theory", "unit")}
    return RecordedVerdict(
        **words, where=", ".join(filter(None, (row["start"], row["world"]))), band=(low, high),
        simulated=(points[0], points[1], points[2]), statistic=statistic, verdict=row["verdict"], reason=row["reason"],
        replications=int(row["replications"]), code=row["code"],
    )  # fmt: skip
