"""Section 4 of docs/odd.md: variates from one uniform number, and what the page writes as a function."""

from math import exp, log, sqrt

from scipy.special import ndtri

MONTH, YEAR = 30.4375, 365.25


def s(x):
    return 1.0 / (1.0 + exp(-x))


def clip(x, low, high):
    return min(max(x, low), high)


def reaching(u, first, ratio):
    """Smallest count whose cumulative probability reaches u."""
    count, term, total = 0, first, first
    while total < min(u, 1 - 1e-13):
        term *= ratio(count)
        total += term
        count += 1
    return float(count)


def poisson(mean, u):
    return reaching(u, exp(-mean), lambda k: mean / (k + 1))


def binomial(n, p, u):
    return float(n) if p >= 1 else reaching(u, (1 - p) ** n, lambda k: (n - k) / (k + 1) * p / (1 - p))


def negative_binomial(mean, k, u):
    odds = mean / (mean + k) if mean > 0 else 0.0
    return reaching(u, (1 - odds) ** k, lambda j: (j + k) / (j + 1) * odds)


def mean_one(variance, u):
    spread = log(1 + variance)
    return exp(sqrt(spread) * float(ndtri(u)) - spread / 2)
