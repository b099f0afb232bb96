"""Figures of results: each function takes data, returns a `matplotlib.figure.Figure` and writes nothing.

Figures are legible without colour and name unit and n on their axes; the caption states that they are a conditional
exploration, the as-of date, the world, the run and the grades of evidence.
"""

from scenarios.plots.contrasts import forest, signs
from scenarios.plots.distributions import exceedance, time_to_event
from scenarios.plots.governorates import tiles
from scenarios.plots.ladder import ladder
from scenarios.plots.points import points
from scenarios.plots.replication import story
from scenarios.plots.sensitivity import split
from scenarios.plots.style import data_uri, in_words, png, svg
from scenarios.plots.time_series import bands
from scenarios.plots.timeline import strip

__all__ = [
    "bands", "data_uri", "exceedance", "forest", "in_words", "ladder", "png", "points", "signs", "split", "story",
    "strip", "svg", "tiles", "time_to_event",
]  # fmt: skip
