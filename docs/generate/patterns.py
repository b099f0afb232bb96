"""The tables of docs/patterns.md and the verdicts that ship with the package: the model against its record."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from docs.generate import Size
from docs.generate.regions import page_with, table
from scenarios import resources
from scenarios.store.identity import code_digest
from scenarios.text import significant
from scenarios.validation.checks import criteria, verdicts
from scenarios.validation.counts import CountComparison, compare_counts, start_of
from scenarios.validation.expectations import Prediction, predictions
from scenarios.validation.histories import Runs
from scenarios.validation.tables import REFERENCE
from scenarios.validation.verdicts import COLUMNS, FILE, NOT_TESTABLE, Verdict

REPLICATIONS = 900  # three hundred under each theory of strikes

VERDICTS = (
    "id", "use", "what is compared", "history", "start, world", "theory", "observed", "simulated 5, 50, 95 %",
    "statistic", "verdict",
)  # fmt: skip

TALLIES = (
    "from", "to", "counted", "bound", "what", "start", "simulated 5, 50, 95 %", "share below", "verdict", "under poles",
)  # fmt: skip

Row = tuple[object, ...]


def files(size: Size) -> dict[Path, str]:
    """The page of patterns and the recorded verdicts, from one set of simulated histories."""
    replications = size.replications or REPLICATIONS
    runs = Runs(size.results, replications, size.workers)
    judged = verdicts(runs, list(criteria()))
    tables = {
        "verdicts": verdict_table(judged),
        "tallies": tally_table(compare_counts(runs)),
        "predictions": prediction_table(predictions(size.results, replications, size.workers)),
    }
    record = resources.packages()["scenarios"] / "validation" / FILE
    return {**page_with("patterns.md", tables), record: recorded(judged, replications)}


def recorded(judged: Sequence[Verdict], replications: int) -> str:
    """Verdicts as CSV, with the number of replications and the code digest behind them."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_record(verdict, replications) for verdict in judged)
    return sink.getvalue()


def _record(of: Verdict, replications: int) -> dict[str, object]:
    low, middle, high = of.simulated
    values = {"low": of.band[0], "high": of.band[1], "q05": low, "q50": middle, "q95": high}
    numbers = {name: f"{value:.6g}" for name, value in {**values, "statistic": of.statistic}.items()}
    words = {name: getattr(of, name) for name in COLUMNS if hasattr(of, name) and name not in numbers}
    return {**words, **numbers, "replications": replications, "code": code_digest()}


def verdict_table(judged: Sequence[Verdict]) -> str:
    """One line per stylised fact and theory."""
    return table(VERDICTS, (_verdict(verdict) for verdict in judged))


def _verdict(of: Verdict) -> Row:
    if of.verdict == NOT_TESTABLE and not of.theory:
        return of.name, of.use, of.counted, *[""] * 6, f"not testable: {of.reason}"
    band = f"{significant(of.band[0])} to {significant(of.band[1])} {of.unit}"
    where = of.where or "priors"
    simulated = ", ".join(significant(value) for value in of.simulated)
    return (
        of.name, of.use, of.counted, of.run or "-", where, of.theory, band, simulated, significant(of.statistic),
        of.verdict,
    )  # fmt: skip


def tally_table(of: Sequence[CountComparison]) -> str:
    """One line per count, under the priors as shipped, with the verdicts under the poles."""
    ordered = sorted(of, key=_count)
    return table(TALLIES, (_tally(list(group)) for _, group in groupby(ordered, key=_count)))


def _count(of: CountComparison) -> tuple[str, str, str, str]:
    return of.fact.table, of.fact.what, of.fact.start, of.fact.end


def _tally(group: Sequence[CountComparison]) -> Row:
    main = next((tally for tally in group if tally.theory == REFERENCE), group[0])
    fact, simulated = main.fact, ", ".join(significant(value) for value in main.simulated)
    poles = ", ".join(f"{tally.theory} {tally.verdict}" for tally in group if tally is not main)
    return (
        fact.start, fact.end, significant(fact.value), fact.bound.replace("_", " "), fact.what, start_of(main),
        simulated, f"{main.share_below:.2f}", main.verdict, poles,
    )  # fmt: skip


def prediction_table(of: Sequence[Prediction]) -> str:
    """One line per expectation, with the verdict under each theory."""
    theories = dict.fromkeys(prediction.theory for prediction in of)
    return table(("scenario", "start, world", "the texts expect", *theories), _predictions(of))


def _predictions(of: Sequence[Prediction]) -> Iterator[Row]:
    keyed = groupby(of, key=lambda each: (each.scenario, each.start, each.world, str(each.expectation)))
    for (scenario, start, world, expectation), group in keyed:
        cells = [f"{each.estimate}: {each.verdict}" for each in group]
        yield scenario, f"{start}, {world}", expectation, *cells
