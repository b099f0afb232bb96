"""Figures of results: each function takes data, returns a `matplotlib.figure.Figure` and writes nothing.

Figures are legible without colour and name unit and n on their axes; the caption states that they are a conditional
exploration, the as-of date, the world, the run and the grades of evidence.
"""

from scenarios.plots.contrasts import forest, sign_grid
from scenarios.plots.distributions import exceedance_curves, incidence_curves
from scenarios.plots.governorates import tiles
from scenarios.plots.ladder import ladder_shares
from scenarios.plots.points import design_points
from scenarios.plots.replication import story
from scenarios.plots.sensitivity import variance_bars
from scenarios.plots.style import alternative_text, data_uri, png, svg
from scenarios.plots.time_series import bands
from scenarios.plots.timeline import strip

__all__ = [
    "alternative_text", "bands", "data_uri", "design_points", "exceedance_curves", "forest", "incidence_curves",
    "ladder_shares", "png", "sign_grid", "story", "strip", "svg", "tiles", "variance_bars",
]  # fmt: skip
