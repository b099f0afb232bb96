"""Scenarios compared: paired differences by theory, tails, curves, distinguishable ranks, switch points."""

from scenarios.analysis.comparison import Comparison, compared

__all__ = ["Comparison", "compared"]
