"""Dataset of a finished study: design points, their summary, outcomes and paired contrasts between points."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from scenarios.analysis.contrasts import contrast, pair
from scenarios.analysis.estimates import ATTACKS, YEARS
from scenarios.errors import RequestError, nearest
from scenarios.evidence.parameters import beliefs
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.outcomes.declaration import known_outcomes
from scenarios.store import tables
from scenarios.store.manifest import settled
from scenarios.store.shape import STUDY

if TYPE_CHECKING:
    import xarray as xr

QUANTITIES = {
    "mean": "Mean over replications.",
    "mc_error": "Monte Carlo standard error of the mean.",
    "q05": "5 per cent point over replications.",
    "q50": "Median over replications.",
    "q95": "95 per cent point over replications.",
    "n": "Replications in which the outcome is defined.",
}

IN_DAYS = {"ensemble.horizon": "day", "ensemble.step_days": "day"}

PRESET = {"theory": "theory_preset"}  # a factor that could be mistaken for the theory of a row

ABOUT = {  # columns of points.parquet beside factors: unit, meaning
    "point": ("1", "Number of the point in the design."),
    "id": ("1", "Identifier of the point: that of a run of it alone."),
    "theories": ("1", "Names of the theories by their numbers, as JSON."),
    "digest": ("1", "Digest of its replications, bit for bit."),
    "group": ("1", "Row group of outcomes.parquet that contains them."),
    "row": ("1", "The first of their rows in that group."),
    "rows": ("1", "Number of their rows."),
    "draws": ("1", "Number of draws under each theory."),
    "status": ("1", "Whether the point is done, failed in whole or in part, or missing."),
    "failed": ("1", "Number of replications that failed."),
    "reason": ("1", "Why they failed, or why the point is missing."),
    "cpu": ("s", "Processor time."),
}


class Dataset:
    """Data of one finished study."""

    def __init__(self, path: Path) -> None:
        self.path, self.manifest = path, settled(path, STUDY)
        self.place = path.absolute()  # read from here even if the working folder changes
        self.troubles: list[str] = []

    @property
    def name(self) -> str:
        """Name of the study."""
        return str(self.manifest["study"]["name"])

    @cached_property
    def points(self) -> pd.DataFrame:
        """Design points, one row each: factors and status; units and meanings of factors are in `attrs`."""
        frame = pq.read_table(self.place / "points.parquet").to_pandas().set_index("point").rename(columns=PRESET)
        return tables.with_words(frame, {name: of_factor(name) for name in frame.columns if name not in ABOUT})

    @property
    def factors(self) -> list[str]:
        """Names of the factors."""
        return [name for name in self.points.columns if name not in ABOUT]

    @property
    def varied(self) -> list[str]:
        """Factors with more than one level."""
        return [name for name in self.factors if self.points[name].nunique() > 1]

    @property
    def failures(self) -> pd.DataFrame:
        """Points that failed in whole or in part, or are missing, with the reason."""
        return self.points.loc[self.points["status"] != "done", [*self.factors, "status", "reason"]]

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Estimates, one row per point, theory and outcome: mean, Monte Carlo standard error, quantiles, n.

        Units and meanings of outcomes are in `attrs`; failed replications are left out, and n is the number that count.
        """
        return self.summarised()

    def summarised(self, outcomes: Iterable[str] | None = None) -> pd.DataFrame:
        """Summary of some outcomes, or of all."""
        names = None if outcomes is None else known_outcomes(outcomes)
        chosen = None if names is None else [("outcome", "in", names)]
        frame = pq.read_table(self.place / "summary.parquet", filters=chosen).to_pandas()
        frame = self.points[self.factors].join(frame.set_index("point"), how="inner").reset_index()
        frame.insert(
            len(self.factors) + 3, "unit", frame["outcome"].map({n: outcome.unit for n, outcome in OUTCOMES.items()})
        )
        frame.attrs = {
            "unit": {name: OUTCOMES[name].unit for name in names or OUTCOMES},
            "meaning": {name: OUTCOMES[name].meaning for name in names or OUTCOMES},
        }
        return frame

    def outcomes(self, names: Sequence[str] = HEADLINES) -> pd.DataFrame:
        """Outcomes by replication, failed ones left out; units and meanings are in `attrs`."""
        keys = ["point", "replication", "draw", "theory", "failed"]
        file = self.place / "outcomes.parquet"
        frame = pq.read_table(file, columns=[*keys, *known_outcomes(names)]).to_pandas()
        kept = frame[~frame["failed"]].drop(columns="failed")
        return tables.with_words(kept, tables.describe_columns(pq.read_schema(file)))

    def contrast(self, factor: str, against: Any, outcomes: Sequence[str] = HEADLINES) -> pd.DataFrame:
        """Contrasts of every point with the one at level `against` of a factor and alike in all others.

        One row per point, theory and outcome, with the columns of `contrasts.contrast`.
        """
        if factor not in self.factors:
            raise RequestError(f"{self.path} has no factor {factor!r}.{nearest(factor, self.factors)}")
        levels = {str(level): level for level in self.points[factor]}
        if str(against) not in levels:
            raise RequestError(f"{factor} is never {against!r} in {self.path}.{nearest(against, levels)}")
        values = self.outcomes([*outcomes, *(name for name in (ATTACKS, YEARS) if name not in outcomes)])
        by_point = dict(iter(values.groupby("point")))
        rows = [
            row
            for point, partner in self._partners(factor, levels[str(against)]).items()
            for row in self._contrasted(point, pair(by_point[point], by_point[partner]), outcomes)
        ]
        if not rows:
            raise RequestError(f"no point of {self.path} has a partner with {factor}={against}, alike in all else.")
        frame = pd.DataFrame(rows).set_index("point")
        return self.points[self.factors].join(frame, how="inner").reset_index()

    def _partners(self, factor: str, against: Any) -> dict[int, int]:
        """Partner of every point: the one that it is contrasted with."""
        others = [name for name in self.factors if name != factor]
        there = self.points[self.points["rows"] > 0]
        keys = {number: tuple(row) for number, row in zip(there.index, there[others].to_numpy(), strict=True)}
        base = {keys[number]: number for number in there.index[there[factor] == against]}
        return {
            number: base[key] for number, key in keys.items() if key in base and there.loc[number, factor] != against
        }

    def _contrasted(self, point: int, pairs: pd.DataFrame, outcomes: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield the contrasts of one point, by theory and outcome."""
        for number, theory in enumerate(json.loads(self.points.loc[point, "theories"])):
            part = pairs[pairs["theory"] == number]
            for name in outcomes:
                keys = {"point": point, "theory": theory, "outcome": name, "unit": OUTCOMES[name].unit}
                yield {**keys, **contrast(part, name)}

    def to_xarray(self, outcomes: Iterable[str] = HEADLINES) -> "xr.Dataset":
        """Means and Monte Carlo errors on the axes point, theory and outcome, with factors as coordinates of points.

        Units differ by outcome and are a coordinate of that axis; n is in replications.
        """
        summary = self.summarised(outcomes).set_index(["point", "theory", "outcome"])
        arrays = summary[list(QUANTITIES)].to_xarray()
        for name, meaning in QUANTITIES.items():
            arrays[name].attrs = {"unit": unit_of(name), "meaning": meaning}
        settings, words = self._settings(arrays["point"].to_numpy()), _words_of(arrays["outcome"].to_numpy())
        arrays = arrays.assign_coords({**settings, **words})
        arrays.attrs = {"study": self.name, "caveat": self.manifest["caveat"], "dataset": self.manifest["dataset"]}
        return arrays

    def _settings(self, points: Sequence[int]) -> dict[str, tuple[str, Any, dict[str, str]]]:
        """Factors as coordinates of points, with their units."""
        chosen = self.points.loc[points]
        return {name: ("point", np.array(chosen[name].tolist()), of_factor(name)) for name in self.factors}

    def __repr__(self) -> str:
        about, bad = self.manifest, self.manifest["failed_points"]
        failures = f", {bad:,} of them failed or missing" if bad else ""
        return (
            f"<Dataset {self.name} as of {', '.join(about['as_of'])}: {about['points']:,} points{failures}, "
            f"{about['replications']:,} replications, factors {', '.join(self.factors)}, "
            f"dataset {about['dataset'][:12]}, {self.path}>"
        )


def of_factor(name: str) -> dict[str, str]:
    """Unit and meaning of a factor: those of the parameter that it sets, or of a setting."""
    group, _, parameter = name.partition(".")
    belief = beliefs().get(parameter) if group == "parameters" else None
    if belief is None:
        return {"unit": IN_DAYS.get(name, "1"), "meaning": f"Setting of {name}."}
    return {"unit": belief.unit, "meaning": belief.meaning}


def unit_of(quantity: str) -> str:
    """Unit of a column of the summary."""
    return "1" if quantity == "n" else "that of the outcome"


def _words_of(outcomes: Iterable[str]) -> dict[str, tuple[str, list[str]]]:
    """Units and meanings as coordinates of outcomes."""
    declared = [OUTCOMES[name] for name in outcomes]
    words = {"unit": [outcome.unit for outcome in declared], "meaning": [outcome.meaning for outcome in declared]}
    return {word: ("outcome", values) for word, values in words.items()}
