"""Estimates from finished runs: paired contrasts by theory, tails, distributions, ranks, switch points, indicators."""

from scenarios.analysis.comparison import Comparison, compared_runs

__all__ = ["Comparison", "compared_runs"]
