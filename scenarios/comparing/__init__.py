"""Scenarios compared: paired differences by theory, tails, curves, distinguishable ranks, switch points."""

from scenarios.comparing.comparison import Comparison, compared

__all__ = ["Comparison", "compared"]
