# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # From the EMA Workbench
#
# The [EMA Workbench](https://emaworkbench.readthedocs.io) chooses the points itself: uncertainties, levers, then
# scenario discovery or search. It needs a function with numbers in and numbers out, which is what `scenarios.simulate`
# is. The Workbench is not a requirement of this package: `pip install ema-workbench`.
#
# A **conditional exploration, not a forecast**: one theory at a time, means over small ensembles.

# %%
import warnings

warnings.filterwarnings("ignore", message="ipyparallel not installed")  # one of several ways to run in parallel

import pandas as pd
from ema_workbench import Model, RealParameter, Samplers, ScalarOutcome, perform_experiments

import scenarios

# %% [markdown]
# ## The model
#
# Parameters go by their names; a name that begins with `levers.` sets a lever of the scenario.


# %%
def timetable(**values: float) -> dict[str, float]:
    return scenarios.simulate(
        values,
        scenario="timetable_bilateral",
        theory={"isis": "spent", "strikes": "both"},
        outcomes=["attacks_on_us_sites", "us_deaths", "deaths"],
        replications=40,
        horizon=120,
    )


model = Model("timetable", function=timetable)
model.uncertainties = [
    RealParameter("baseline_attack_rate", 0.12, 0.48),
    RealParameter("attacks_provoked_per_strike", 0.6, 6.0),
]
model.levers = [RealParameter("credibility", 0.1, 0.9, variable_name="levers.credibility")]
model.outcomes = [ScalarOutcome("attacks_on_us_sites"), ScalarOutcome("us_deaths"), ScalarOutcome("deaths")]

# %% [markdown]
# ## The experiments
#
# Two values of each uncertainty, crossed, under two policies. A real study would take a Latin hypercube of hundreds
# of points; this one shows the method.

# %%
experiments, outcomes = perform_experiments(
    model,
    scenarios=2,
    policies=2,
    uncertainty_sampling=Samplers.FF,
    lever_sampling=Samplers.FF,
    log_progress=True,
)
names = ["baseline_attack_rate", "attacks_provoked_per_strike", "credibility"]
table = experiments[names].astype(float).join(pd.DataFrame(outcomes))
table.round(2)

# %% [markdown]
# All points share `seed`, and with it their random numbers, so rows may be compared: they differ in what was set,
# with the same draws of all else.

# %%
by_credibility = table.pivot(index=names[:2], columns="credibility", values="attacks_on_us_sites")
by_credibility.round(1)

# %% [markdown]
# Three cautions. The ranges are yours: a uniform sample of them is not the prior, and a share of points is no
# probability. A mean hides its tail. And each call simulates a small ensemble by itself; where the design is known
# beforehand, a [sweep](05_reading_a_cluster_sweep.ipynb) simulates many points together, much faster, and keeps every
# replication.
