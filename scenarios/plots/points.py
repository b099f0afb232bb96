"""Design points of a study: means of an outcome against the factors that vary."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from scenarios.analysis.estimates import interval
from scenarios.outcomes.declaration import with_unit
from scenarios.plots import style
from scenarios.plots.captions import caption_of_study
from scenarios.text import describe_size, name_of

if TYPE_CHECKING:
    from scenarios.studies.dataset import Dataset

MOST = 6  # factors that are drawn

BARRED = 60  # marks up to which intervals are drawn; more would hide one another

PLACES = 5  # levels up to which each has its own place on the axis

SPREAD = 0.8  # share of that place over which points are spread


@style.styled
def design_points(study: "Dataset", outcome: str = "deaths") -> Figure:
    """Mean of an outcome at every point of a study against each factor that varies, one mark per theory.

    Up to 60 marks have the 95 per cent interval of their mean; points that differ in other factors stand together.
    """
    chosen = (study.varied or study.factors[:1])[:MOST]
    means = study.summarised([outcome])
    figure, panels = style.small_multiples(len(chosen), 2.6, sharey=True)
    for (axes, first, _), factor in zip(panels, chosen, strict=True):
        _panel(axes, means, factor)
        style.panel_title(
            axes, f"by {factor_name(factor)}, {describe_size(means['n'].astype(int).tolist())} a point", wrap=46
        )
        style.label(axes, f"{factor_name(factor)}{_unit(study, factor)}", with_unit(outcome) if first else "")
    bars = ", with its 95 per cent interval" if len(means) <= BARRED else ""
    note = f"Mean at each point{bars}; points that differ in other factors stand together."
    keys = style.keys_of(figure.axes) if means["theory"].nunique() > 1 else []
    return style.finish(
        figure, f"{name_of(study.name)}: {name_of(outcome)} by factor", caption_of_study(study, note), keys
    )


def factor_name(factor: str) -> str:
    """Readable name of a factor: a parameter by its name, any other preceded by its group."""
    group, _, rest = factor.partition(".")
    words = name_of(rest.replace(".", ", "))
    return words if group == "parameters" else f"{name_of(group)}: {words}" if rest else name_of(group)


def _unit(study: "Dataset", factor: str) -> str:
    """Unit of a numeric factor in brackets, else nothing."""
    return f" [{study.points.attrs['unit'][factor]}]" if _is_number(study.points[factor]) else ""


def _is_number(levels: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(levels) and not pd.api.types.is_bool_dtype(levels))


def _panel(axes: Axes, means: pd.DataFrame, factor: str) -> None:
    """Draw the marks of every theory: few levels side by side, many along a numeric axis."""
    codes, levels = pd.factorize(means[factor], sort=_is_number(means[factor]))
    together = len(levels) <= PLACES or not _is_number(means[factor])
    at = codes + _beside(means[factor]) if together else means[factor].to_numpy(float)
    for number, (theory, rows) in enumerate(means.groupby("theory", sort=False).indices.items()):
        _marks(axes, at[rows], means.iloc[rows], style.look(number), str(theory), barred=len(means) <= BARRED)
    if together:
        names = [f"{level:.3g}" if _is_number(means[factor]) else name_of(str(level)) for level in levels]
        axes.set_xticks(range(len(levels)), [name.replace(" ", "\n") for name in names])
        axes.set_xlim(-0.5, len(levels) - 0.5)
    style.thousands(axes.yaxis)
    axes.grid(visible=True, axis="y")
    if not means["mean"].notna().any():
        style.explain_empty(axes, "undefined at every point")


def _beside(levels: pd.Series) -> NDArray[np.float64]:
    """Offsets from the middle of a level at which its rows stand side by side."""
    same = levels.groupby(levels)
    return ((same.cumcount() + 0.5) / same.transform("size") - 0.5).to_numpy() * SPREAD


def _marks(
    axes: Axes, at: NDArray[np.float64], means: pd.DataFrame, mark: style.Look, theory: str, *, barred: bool
) -> None:
    if barred:
        ends = [interval(*row) for row in means[["mean", "mc_error", "n"]].itertuples(index=False)]
        axes.vlines(at, *zip(*ends, strict=True), color=mark.color, linewidth=1.2)
    axes.plot(at, means["mean"], linestyle="", marker=mark.marker, markersize=5 if barred else 2.5, color=mark.color,
              markeredgecolor="#ffffff" if barred else mark.color, markeredgewidth=0.5, label=theory)  # fmt: skip
