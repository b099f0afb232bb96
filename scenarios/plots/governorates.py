"""A schematic map: one equal tile a governorate, coloured by how much happens there."""

from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from agents.roster import GOVERNORATES
from scenarios.errors import RequestError
from scenarios.plots.captions import caption, known, several
from scenarios.plots.style import LESS, MORE, finish, grid, ink_on, nothing, page, spare, styled, title
from scenarios.plots.time_series import check_theories
from scenarios.text import counts, name_of, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.runs.result import Result

DAYS_PER_YEAR = 365.25

PLACES = {  # row from the north, column from the west: neighbours stay near, areas and borders are not drawn
    "dohuk": (0, 0), "erbil": (0, 1),
    "ninewa": (1, 0), "kirkuk": (1, 1), "sulaymaniya": (1, 2),
    "anbar": (2, 0), "salah_al_din": (2, 1), "diyala": (2, 2),
    "karbala": (3, 0), "baghdad": (3, 1), "wasit": (3, 2),
    "najaf": (4, 0), "babil": (4, 1), "maysan": (4, 2),
    "muthanna": (5, 0), "qadisiya": (5, 1), "dhi_qar": (5, 2),
    "basra": (6, 2),
}  # fmt: skip

NAMES = {"salah_al_din": "Salah al-Din", "dhi_qar": "Dhi Qar"}

UNIT = "attacks a year"


class Scale(NamedTuple):
    """Colours of values and the range that they span."""

    colours: Colormap
    of: Normalize

    def colour(self, value: float) -> tuple[float, ...]:
        """Of a value; white where it is undefined."""
        return self.colours(self.of(value)) if np.isfinite(value) else (1.0, 1.0, 1.0, 1.0)


@styled
def tiles(results: "Result | Sequence[Result]") -> Figure:
    """Mean attacks of ISIS and the factions a year in each governorate, by theory; or less those of a second result.

    Halabja counts with Sulaymaniya, as in the model. Nothing is finer than a governorate.
    """
    runs = several(results)
    check_theories(runs)
    if len(runs) > 2:
        raise RequestError(f"a map shows one result, or one less another, not {len(runs)}.")
    values = _yearly(runs[0]) - (_yearly(runs[1]) if len(runs) == 2 else 0.0)
    scale = _scale(values.to_numpy(), differs=len(runs) == 2)
    theories = runs[0].theories
    rows, columns = grid(len(theories))
    figure, panels = page(rows, columns, 3.0)
    for axes, theory in zip(panels.flat, theories, strict=False):
        _map(axes, values.loc[theory], scale, signed=len(runs) == 2)
        title(axes, f"{theory}, {counts([known(each) for each in runs])}")
    spare(panels.flat[len(theories) :])
    figure.colorbar(ScalarMappable(scale.of, scale.colours), ax=figure.axes, location="bottom", shrink=0.6, aspect=40,
                    label=f"{'difference of ' if len(runs) == 2 else ''}mean [{UNIT}]")  # fmt: skip
    said = (
        "Schematic: equal tiles, rough places. Attacks of ISIS and the factions, launched or intercepted; those on "
        "wider regions are split over governorates by fixed shares, so that the map is no finer than the model."
    )
    heading = f"{' less '.join(name_of(each.scenario) for each in runs)}: attacks by governorate"
    return finish(figure, heading, caption(runs, said))


def _yearly(result: "Result") -> pd.DataFrame:
    """Mean attacks a year, theories x governorates; undefined where no replication was lived."""
    years = result.manifest["request"]["horizon"] / DAYS_PER_YEAR
    columns = {f"attacks_in_{name}": name for name in GOVERNORATES}
    found = result.table("outcomes", columns)
    means = found[~found["failed"]].groupby("theory")[list(columns)].mean().rename(columns=columns) / years
    return means.reindex(range(len(result.theories))).set_axis(result.theories)


def _scale(values: np.ndarray, *, differs: bool) -> Scale:
    most = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 0.0
    if differs:
        between = LinearSegmentedColormap.from_list("difference", [LESS, "#ffffff", MORE])
        return Scale(between, Normalize(-(most or 1.0), most or 1.0))
    return Scale(mpl.colormaps["Blues"], Normalize(0.0, most or 1.0))


def _map(axes: Axes, values: pd.Series, scale: Scale, *, signed: bool) -> None:
    axes.set(xlim=(-0.5, 2.5), ylim=(6.5, -0.5))
    axes.set_axis_off()
    for name, (row, column) in PLACES.items():
        value, colour = float(values[name]), scale.colour(float(values[name]))
        axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, facecolor=colour, edgecolor="#555555"))
        words = f"{'+' if signed and value > 0 else ''}{short(value)}"
        axes.text(column, row, f"{NAMES.get(name, name.title())}\n{words}", ha="center", va="center", fontsize=8.5,
                  color=ink_on(colour[:3]), linespacing=1.1)  # fmt: skip
    if not np.isfinite(values).any():
        nothing(axes, "no replication was lived to the end")
