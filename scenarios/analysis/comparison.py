"""Comparison of several runs with a baseline: every table of it, by theory, and its files."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.analysis import contrasts, distributions, estimates, ranking, sizes, switching_values, theories
from scenarios.analysis.comparability import check_comparable, check_versions
from scenarios.analysis.verdict_family import VerdictFamily, result_family
from scenarios.config.user_inputs import distinct_inputs, summarise_inputs
from scenarios.errors import RequestError, nearest
from scenarios.outcomes import HEADLINES
from scenarios.outcomes.declaration import known_outcomes
from scenarios.outcomes.tally import FIRST_OF
from scenarios.runs import result
from scenarios.runs.result import Result
from scenarios.store.files import write_output
from scenarios.text import CAVEAT

COMPARED = (HEADLINES[0], "attacks_on_troop_sites", *HEADLINES[1:])  # unless other outcomes are given

SUFFIXES = (".csv", ".parquet")  # of files of a table


class Comparison:
    """Runs with common random numbers, start, world and theories, compared with a baseline and with one another.

    results     runs by name, without the baseline
    baseline    run that all are compared with; baseline_name is its name
    outcomes    outcomes compared, the family over which p-values and intervals are adjusted
    theories    short names of the theories, in their order; they are never pooled
    """

    def __init__(
        self,
        results: Mapping[str, Result],
        baseline: tuple[str, Result],
        outcomes: Sequence[str] = COMPARED,
        thresholds: Mapping[str, float] | None = None,
    ) -> None:
        self.results = dict(results)
        self.baseline_name, self.baseline = baseline
        self.outcomes, self.thresholds = tuple(outcomes), dict(thresholds or {})
        self.theories = theories.theory_names(self.baseline)

    @property
    def runs(self) -> dict[str, Result]:
        """Every run by name, the baseline last."""
        return {**self.results, self.baseline_name: self.baseline}

    @cached_property
    def contrasts(self) -> pd.DataFrame:
        """Contrasts of every run with the baseline: one row per scenario, theory and outcome.

        Columns scenario, baseline, theory, draws, draws_baseline, without_partner, outcome, unit, worse_if,
        mean, mc_error, low, high, q05, q95, worse, variance_reduction, n, tail, tail_baseline, tail_difference,
        tail_low, tail_high, threshold, exceeds, exceeds_baseline, exceeds_difference, exceeds_low,
        exceeds_high, p_value, p_adjusted, adjusted_low, adjusted_high.
        """
        return self._contrasts([(name, self.baseline_name) for name in self.results])

    @cached_property
    def pairwise(self) -> pd.DataFrame:
        """Contrasts of every run with every later one, the baseline last, with the columns of `contrasts`."""
        return self._contrasts(list(combinations(self.runs, 2)))

    @cached_property
    def family(self) -> VerdictFamily:
        """Verdicts on the primary outcomes, whichever outcomes are compared; see `verdict_family`."""
        return result_family(self.results, (self.baseline_name, self.baseline))

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Number of draws of every run, and of those paired with the baseline's; see `sizes.sizes`."""
        return sizes.sizes(list(self.runs.items()), self.baseline_name)

    def _contrasts(self, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
        runs = self.runs
        chosen = [(name, runs[name], other, runs[other]) for name, other in pairs]
        return contrasts.contrast_table(chosen, self.theories, self.outcomes, self.thresholds)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Summary of every run: scenario, theory, outcome, unit, mean, mc_error, q05, q50, q95, n."""
        names = np.repeat(self.theories, len(self.outcomes))
        parts = {name: estimates.summary(run, self.outcomes).assign(theory=names) for name, run in self.runs.items()}
        return pd.concat(parts, names=["scenario", "row"]).reset_index("scenario").reset_index(drop=True)

    def exceedance(self, outcome: str) -> pd.DataFrame:
        """Share of replications at a value or above, by scenario and theory; see `distributions.exceedance`."""
        return distributions.exceedance(list(self.runs.items()), self.theories, outcome)

    def time_to_event(self, event: str) -> pd.DataFrame:
        """Cumulative incidence of an event by day, scenario and theory; see `distributions.time_to_event`."""
        return distributions.cumulative_incidence(list(self.runs.items()), self.theories, event)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Attacks, wounded and dead per 1,000 troop-years, undefined without troops; see `contrasts.rate_table`."""
        return contrasts.rate_table(list(self.runs.items()), self.baseline_name, self.theories)

    def ranking(self, outcome: str) -> pd.DataFrame:
        """Possible ranks of every run by an outcome under every theory; see `ranking.ranking`."""
        self._check(outcome)
        return ranking.ranking(self.pairwise, list(self.runs), outcome)

    @cached_property
    def signs(self) -> pd.DataFrame:
        """Sign of every contrast under every theory; see `theories.signs`."""
        return theories.signs(self.contrasts)

    @cached_property
    def theory_table(self) -> pd.DataFrame:
        """Number of theories that agree on every contrast; see `theories.agreement_table`."""
        return theories.agreement_table(self.signs)

    @cached_property
    def switch_points(self) -> pd.DataFrame:
        """Probability of a theory at which a contrast changes sign; see `switching_values.switching_values`."""
        return switching_values.switching_values(self.results, (self.baseline_name, self.baseline), self.outcomes)

    def _check(self, outcome: str) -> None:
        if outcome not in self.outcomes:
            raise RequestError(f"{outcome!r} is not among the outcomes compared.{nearest(outcome, self.outcomes)}")

    def __repr__(self) -> str:
        about = self.baseline.manifest
        return (
            f"<Comparison of {', '.join(self.results)} with {self.baseline_name} as of {about['as_of']}, world "
            f"{about['world']}: {sizes.describe_sizes(self.sizes)} under each of {len(self.theories)} theories, "
            f"{len(self.outcomes)} outcomes; a conditional exploration, not a forecast>"
        )


def compared_runs(
    results: Sequence[Result],
    baseline: Result | None = None,
    outcomes: Sequence[str] = COMPARED,
    thresholds: Mapping[str, float] | None = None,
) -> Comparison:
    """Compare finished results with a baseline, by default that of the first.

    outcomes      names of outcomes; the headlines and attacks on troop sites by default
    thresholds    values from which an outcome counts as an event, by outcome

    RequestError if a name is unknown, or results are given twice or are not comparable.
    """
    base = baseline or (results[0].baseline if results else None)
    if base is None:
        raise RequestError("a comparison needs a baseline; give one, or compare results that come fresh from a run.")
    known_outcomes([*outcomes, *(thresholds or {})])
    others = [run for run in results if run.manifest["id"] != base.manifest["id"]]
    check_results(others, base)
    runs = [*others, base]
    named = dict(zip(result.apart([run.manifest for run in runs]), runs, strict=True))
    *_, last = named
    return Comparison({name: run for name, run in named.items() if name != last}, (last, base), outcomes, thresholds)


def check_results(others: Sequence[Result], base: Result) -> None:
    """Refuse an empty comparison, a run given twice, and runs that are not comparable."""
    if not others:
        raise RequestError(f"there is nothing to compare with {base.scenario}; give another scenario.")
    ids = [run.manifest["id"] for run in others]
    for run in others:
        if ids.count(run.manifest["id"]) > 1:
            raise RequestError(f"{run.scenario} is given twice ({run.path}); give every run once.")
        check_comparable(run, base)
        check_versions(run, base)


TABLES: Mapping[str, Callable[[Comparison], pd.DataFrame]] = {
    "contrasts": lambda comparison: comparison.contrasts,
    "pairwise": lambda comparison: comparison.pairwise,
    "levels": lambda comparison: comparison.levels,
    "rates": lambda comparison: comparison.rates,
    "exceedance": lambda comparison: _together(comparison.exceedance, comparison.outcomes),
    "time_to_event": lambda comparison: _together(comparison.time_to_event, tuple(FIRST_OF)),
    "ranking": lambda comparison: _joined(_together(comparison.ranking, comparison.outcomes)),
    "signs": lambda comparison: comparison.signs,
    "theory_table": lambda comparison: comparison.theory_table,
    "switch_points": lambda comparison: comparison.switch_points,
}


def check_output(where: Path) -> None:
    """Refuse an output path that cannot be written, before anything is run."""
    if where.suffix not in ("", *SUFFIXES):
        raise RequestError(f"-o {where}: give a file that ends in .csv or .parquet, or a folder.")
    folder = where.parent if where.suffix else where
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"-o {where}: {folder} cannot be created ({error.strerror}).") from error


def write(comparison: Comparison, where: Path) -> list[Path]:
    """Write the contrasts to a file, or every table to a folder; return the files.

    Every row has the start date, the world, the runs that it comes from, and the caveat.
    """
    check_output(where)
    if where.suffix:
        _write(_marked(comparison, comparison.contrasts), where)
        return [where]
    files = {name: where / f"{name}.csv" for name in TABLES}
    for name, file in files.items():
        _write(_marked(comparison, TABLES[name](comparison)), file)
    return list(files.values())


def _marked(comparison: Comparison, table: pd.DataFrame) -> pd.DataFrame:
    """Add to every row what it is conditional on."""
    about = comparison.baseline.manifest
    own = map(summarise_inputs, distinct_inputs(run.manifest for run in comparison.runs.values()))
    runs = " ".join(f"{name}:{run.manifest['id']}" for name, run in comparison.runs.items())
    return table.assign(
        as_of=about["as_of"], start=about["start"], world=about["world"], seed=about["seed"], runs=runs,
        own="; ".join(own), grades=about["grades"], caveat=CAVEAT,
    )  # fmt: skip


def _write(table: pd.DataFrame, file: Path) -> None:
    if file.suffix == ".parquet":
        table.attrs = {}
        write_output(file, table.to_parquet(index=False))
    else:
        write_output(file, table.to_csv(index=False, float_format="%.6g").encode())


def _together(of: Callable[[str], pd.DataFrame], names: tuple[str, ...]) -> pd.DataFrame:
    """Concatenate the tables of several outcomes."""
    return pd.concat([of(name).assign(outcome=name) for name in names], ignore_index=True)


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """Write lists of runs as words."""
    lists = ("better_than", "worse_than", "indistinguishable_from")
    return table.assign(**{name: table[name].map(" ".join) for name in lists})
