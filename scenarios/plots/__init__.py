"""Figures of results: each function returns a `matplotlib.figure.Figure` and writes nothing.

They read without colour, name unit and n on their axes, and say in the caption that they are a conditional exploration,
as of which date, in which world, from which run and on which grades of evidence.
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
