"""Figures of results: each function returns a `matplotlib.figure.Figure` and writes nothing.

They read without colour, name unit and n on their axes, and say in the caption that they are a conditional exploration,
as of which date, in which world, from which run and on which grades of evidence.
"""

from scenarios.figures.contrasts import forest, signs
from scenarios.figures.curves import exceedance, time_to_event
from scenarios.figures.governorates import tiles
from scenarios.figures.images import data_uri, in_words, png, svg
from scenarios.figures.over_time import bands
from scenarios.figures.points import points
from scenarios.figures.policy_strip import strip
from scenarios.figures.replication import story
from scenarios.figures.rungs import ladder
from scenarios.figures.shares import split

__all__ = [
    "bands", "data_uri", "exceedance", "forest", "in_words", "ladder", "png", "points", "signs", "split", "story",
    "strip", "svg", "tiles", "time_to_event",
]  # fmt: skip
