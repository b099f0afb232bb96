"""The last verdicts, shipped with the package so that readers of a result see which checks the model fails."""

import csv
import io
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from scenarios.archive.disk import write_whole
from scenarios.archive.identity import code_digest
from scenarios.checks.checking import Verdict
from scenarios.report.verdicts import COLUMNS, FILE


def record(found: Sequence[Verdict], replications: int) -> Path:
    """Write verdicts beside the checks, with the number of replications and the code digest behind them; the file."""
    file = Path(str(files("scenarios.checks").joinpath(FILE)))
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(each, replications) for each in found)
    write_whole(file, sink.getvalue().encode())
    return file


def _row(of: Verdict, replications: int) -> dict[str, object]:
    low, middle, high = of.simulated
    said = {"low": of.observed[0], "high": of.observed[1], "q05": low, "q50": middle, "q95": high}
    numbers = {name: f"{value:.6g}" for name, value in {**said, "statistic": of.statistic}.items()}
    words = {name: getattr(of, name) for name in COLUMNS if hasattr(of, name) and name not in numbers}
    return {**words, **numbers, "replications": replications, "code": code_digest()}
