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
# # From SALib
#
# [SALib](https://salib.readthedocs.io) draws designs for sensitivity analysis and reads the answers. Between the two
# is a function of numbers, `scenarios.simulate`. SALib is not a requirement of this package: `pip install SALib`.
#
# Morris's elementary effects screen factors: how much, on average, does the outcome move when one factor moves by a
# step, and how far does that depend on the values of the others? A **conditional exploration, not a forecast**.

# %%
import numpy as np
from SALib.analyze import morris
from SALib.sample.morris import sample

import scenarios

# %% [markdown]
# ## Factors
#
# Three uncertain parameters, each between the 5 and 95 per cent points of its prior, which its page gives.

# %%
problem = {
    "names": ["baseline_attack_rate", "attacks_provoked_per_strike", "self_excitation_branching_ratio"],
    "bounds": [[0.11, 0.55], [0.63, 6.3], [0.23, 0.58]],
    "num_vars": 3,
}
design = sample(problem, N=4, num_levels=4, seed=1)
design.shape

# %% [markdown]
# ## Answers
#
# Four trajectories of four points are few; take ten or more before a ranking is believed. All points have common
# random numbers.

# %%
settings = {
    "scenario": "status_quo",
    "theory": {"isis": "spent", "strikes": "both"},
    "outcomes": ["attacks_on_us_sites"],
    "replications": 40,
    "horizon": 60,
}
points = [dict(zip(problem["names"], row, strict=True)) for row in design]
attacks = np.array([scenarios.simulate(point, **settings)["attacks_on_us_sites"] for point in points])

# %% [markdown]
# ## What moves the answer
#
# `mu_star` is the mean size of an elementary effect, in attacks per range of the factor; `sigma` is how far it varies
# with the other factors; `mu_star_conf` is its uncertainty over trajectories, which is wide here.

# %%
effects = morris.analyze(problem, design, attacks, num_levels=4, seed=1).to_df()
effects[["mu_star", "mu_star_conf", "mu", "sigma"]].sort_values("mu_star", ascending=False).round(1)

# %% [markdown]
# This is sensitivity under one theory; another theory may switch a factor off. `python -m scenarios variance`
# attributes the spread of an answer to theories, grades of evidence and chance, and a
# [sweep](05_reading_a_cluster_sweep.ipynb) with `design: morris` or `saltelli` simulates such designs as one large
# ensemble.
