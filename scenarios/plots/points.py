"""The points of a study: means of an outcome against the factors in which points differ."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from scenarios.analysis.estimates import interval
from scenarios.outcomes.declaration import with_unit
from scenarios.plots.captions import caption_of_study
from scenarios.plots.style import (
    Look,
    finish,
    grid,
    keys_of,
    label,
    look,
    nothing,
    page,
    spare,
    styled,
    thousands,
    title,
)
from scenarios.text import counts, name_of

if TYPE_CHECKING:
    from scenarios.studies.dataset import Dataset

MOST = 6  # factors that are drawn

BARRED = 60  # marks up to which intervals are drawn; of more, they would hide one another

PLACES = 5  # settings up to which each has a place of its own

SPREAD = 0.8  # of that place, over which points stand beside one another


@styled
def points(study: "Dataset", outcome: str = "deaths") -> Figure:
    """Mean of an outcome at every point of a study against each factor that varies, a mark a theory.

    A few points have the 95 per cent interval of their mean. Points that differ in other factors stand together.
    """
    chosen = (study.varied or study.factors[:1])[:MOST]
    found = study.summarised([outcome])
    rows, columns = grid(len(chosen))
    figure, panels = page(rows, columns, 2.6, sharey=True)
    for number, (axes, factor) in enumerate(zip(panels.flat, chosen, strict=False)):
        _panel(axes, found, factor)
        title(axes, f"by {factor_name(factor)}, {counts(found['n'].astype(int).tolist())} a point", wrap=46)
        label(axes, f"{factor_name(factor)}{_unit(study, factor)}", with_unit(outcome) if number % columns == 0 else "")
    spare(panels.flat[len(chosen) :])
    bars = ", with its 95 per cent interval" if len(found) <= BARRED else ""
    said = f"Mean at each point{bars}; points that differ in other factors stand together."
    keys = keys_of(figure.axes) if found["theory"].nunique() > 1 else []
    return finish(figure, f"{name_of(study.name)}: {name_of(outcome)} by factor", caption_of_study(study, said), keys)


def factor_name(factor: str) -> str:
    """A factor as one reads it: a parameter by its name, what else is set with the group that it belongs to."""
    group, _, rest = factor.partition(".")
    said = name_of(rest.replace(".", ", "))
    return said if group == "parameters" else f"{name_of(group)}: {said}" if rest else name_of(group)


def _unit(study: "Dataset", factor: str) -> str:
    """The unit of a factor that is a number."""
    return f" [{study.points.attrs['unit'][factor]}]" if _is_number(study.points[factor]) else ""


def _is_number(settings: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(settings) and not pd.api.types.is_bool_dtype(settings))


def _panel(axes: Axes, found: pd.DataFrame, factor: str) -> None:
    """Marks of every theory: of few settings in a place each, beside one another; of many along their axis."""
    codes, settings = pd.factorize(found[factor], sort=_is_number(found[factor]))
    together = len(settings) <= PLACES or not _is_number(found[factor])
    at = codes + _beside(found[factor]) if together else found[factor].to_numpy(float)
    for number, (theory, mine) in enumerate(found.groupby("theory", sort=False).indices.items()):
        _marks(axes, at[mine], found.iloc[mine], look(number), str(theory), barred=len(found) <= BARRED)
    if together:
        names = [f"{each:.3g}" if _is_number(found[factor]) else name_of(str(each)) for each in settings]
        axes.set_xticks(range(len(settings)), [each.replace(" ", "\n") for each in names])
        axes.set_xlim(-0.5, len(settings) - 0.5)
    thousands(axes.yaxis)
    axes.grid(visible=True, axis="y")
    if not found["mean"].notna().any():
        nothing(axes, "undefined at every point")


def _beside(settings: pd.Series) -> NDArray[np.float64]:
    """Where rows of the same setting stand beside one another, from its middle."""
    same = settings.groupby(settings)
    return ((same.cumcount() + 0.5) / same.transform("size") - 0.5).to_numpy() * SPREAD


def _marks(axes: Axes, at: NDArray[np.float64], mine: pd.DataFrame, how: Look, theory: str, *, barred: bool) -> None:
    if barred:
        ends = [interval(*each) for each in mine[["mean", "mc_error", "n"]].itertuples(index=False)]
        axes.vlines(at, *zip(*ends, strict=True), color=how.color, linewidth=1.2)
    axes.plot(at, mine["mean"], linestyle="", marker=how.marker, markersize=5 if barred else 2.5, color=how.color,
              markeredgecolor="#ffffff" if barred else how.color, markeredgewidth=0.5, label=theory)  # fmt: skip
