"""The recorded verdicts of `check`, read from where they ship."""

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
class Recorded:
    """One check under one theory, as it was last judged."""

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
def recorded() -> tuple[Recorded, ...]:
    """Every verdict on record; none where the checks were never recorded."""
    file = files("scenarios.validation").joinpath(FILE)
    if not file.is_file():
        return ()
    return tuple(_recorded(row) for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _recorded(row: Mapping[str, str]) -> Recorded:
    low, high, *points, statistic = (float(row[each]) for each in ("low", "high", "q05", "q50", "q95", "statistic"))
    words = {each: row[each] for each in ("name", "use", "statement", "counted", "run", "theory", "unit")}
    return Recorded(
        **words, where=", ".join(each for each in (row["start"], row["world"]) if each), band=(low, high),
        simulated=(points[0], points[1], points[2]), statistic=statistic, verdict=row["verdict"], reason=row["reason"],
        replications=int(row["replications"]), code=row["code"],
    )  # fmt: skip
