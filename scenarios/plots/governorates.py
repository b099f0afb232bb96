"""Schematic map of attacks: one equal tile per governorate, coloured by their number."""

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
from scenarios.analysis.contrasts import KEYS, pair, subtract
from scenarios.errors import RequestError
from scenarios.plots import style
from scenarios.plots.captions import caption, draws_known, several
from scenarios.plots.time_series import check_theories
from scenarios.text import compact_number, describe_size, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.runs.result import Result

DAYS_PER_YEAR = 365.25

PLACES = {  # row from the north, column from the west; areas and borders are not drawn
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


class ColorScale(NamedTuple):
    """Colour map and the range of values that it covers."""

    colours: Colormap
    norm: Normalize

    def colour(self, value: float) -> tuple[float, ...]:
        """Colour of a value; white if it is undefined."""
        return self.colours(self.norm(value)) if np.isfinite(value) else (1.0, 1.0, 1.0, 1.0)


@style.styled
def tiles(results: "Result | Sequence[Result]") -> Figure:
    """Mean yearly attacks of ISIS and the factions in each governorate, by theory, or less those of a second result.

    Halabja counts with Sulaymaniya, as in the model; the map is no finer than governorates.
    """
    runs = several(results)
    check_theories(runs)
    if len(runs) > 2:
        raise RequestError(f"a map shows one result, or one less another, not {len(runs)}.")
    values = _yearly(runs)
    scale = _scale(values.to_numpy(), differs=len(runs) == 2)
    theories = runs[0].theories
    figure, panels = style.small_multiples(len(theories), 3.0)
    for (axes, *_), theory in zip(panels, theories, strict=True):
        _map(axes, values.loc[theory], scale, signed=len(runs) == 2)
        style.panel_title(axes, f"{theory}, {describe_size([draws_known(run) for run in runs])}")
    figure.colorbar(ScalarMappable(scale.norm, scale.colours), ax=figure.axes, location="bottom", shrink=0.6, aspect=40,
                    label=f"{'difference of ' if len(runs) == 2 else ''}mean [{UNIT}]")  # fmt: skip
    note = (
        "Schematic: equal tiles, approximate places. Attacks of ISIS and the factions, launched or intercepted; those "
        "on wider regions are split over governorates by fixed shares, so that the map is no finer than the model."
    )
    heading = f"{' less '.join(name_of(run.scenario) for run in runs)}: attacks by governorate"
    return style.finish(figure, heading, caption(runs, note))


def _yearly(runs: "Sequence[Result]") -> pd.DataFrame:
    """Mean attacks a year, or paired differences from a second run, theories x governorates; undefined without any."""
    names, theories = [f"attacks_in_{name}" for name in GOVERNORATES], runs[0].theories
    run, *others = (result.outcomes[[*KEYS, *names]] for result in runs)
    for other in others:
        pairs = pair(run, other)
        differences = {name: subtract(*(pairs[f"{name}{of}"].to_numpy() for of in ("", "_base"))) for name in names}
        run = pairs[KEYS].assign(**differences)
    years = runs[0].manifest["request"]["horizon"] / DAYS_PER_YEAR
    means = run.groupby("theory")[names].mean().set_axis(list(GOVERNORATES), axis=1) / years
    return means.reindex(range(len(theories))).set_axis(theories)


def _scale(values: np.ndarray, *, differs: bool) -> ColorScale:
    most = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 0.0
    if differs:
        diverging = LinearSegmentedColormap.from_list("difference", [style.LESS, "#ffffff", style.MORE])
        return ColorScale(diverging, Normalize(-(most or 1.0), most or 1.0))
    return ColorScale(mpl.colormaps["Blues"], Normalize(0.0, most or 1.0))


def _map(axes: Axes, values: pd.Series, scale: ColorScale, *, signed: bool) -> None:
    axes.set(xlim=(-0.5, 2.5), ylim=(6.5, -0.5))
    axes.set_axis_off()
    for name, (row, column) in PLACES.items():
        value, colour = float(values[name]), scale.colour(float(values[name]))
        axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, facecolor=colour, edgecolor="#555555"))
        words = compact_number(value, sign=signed)
        axes.text(column, row, f"{NAMES.get(name, name.title())}\n{words}", ha="center", va="center", fontsize=8.5,
                  color=style.ink_on(colour[:3]), linespacing=1.1)  # fmt: skip
    if not np.isfinite(values).any():
        style.explain_empty(axes, "no replication was simulated to the end")
