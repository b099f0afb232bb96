"""Scenarios compared: paired differences by theory, tails, curves, ranks that are told apart, switch points."""

from scenarios.comparing.comparison import Comparison, compared

__all__ = ["Comparison", "compared"]
