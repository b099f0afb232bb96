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
# # Reading a cluster sweep
#
# A sweep is a design of many points, simulated on a cluster, on one machine, or in shards, and read back as one data
# set. This notebook carries out a very small one here, then reads it as it would read one of a hundred thousand
# points. A **conditional exploration, not a forecast**: means under stated theories, with Monte Carlo errors.
#
# ## The design
#
# How does an exit compare with staying if attacks are rare or frequent to begin with, and if strikes deter or provoke?

# %%
import sys
from pathlib import Path

_ = Path("exit_by_attacks.yaml").write_text("""
name: exit_by_attacks
story: An exit against staying, by how many attacks there are to begin with and by what strikes do.
cross:
  scenario: [status_quo, phased_3y, full_withdrawal]
  parameters.baseline_attack_rate: [0.12, 0.24, 0.48]
  theory.strikes: [deter, provoke]
""")

# %% [markdown]
# `--plan` estimates the cost before anything runs. With `engine=slurm` the same command submits it to a cluster.

# %%
python = sys.executable
words = "+study=exit_by_attacks.yaml start=2021-12 theory.isis=spent ensemble.replications=40 ensemble.horizon=180"
# !{python} -m scenarios sweep {words} --plan

# %%
# !{python} -m scenarios sweep {words} 2>/dev/null

# %% [markdown]
# The last line is one hash over all results: who repeats the study and finds the same hash has the same numbers.
#
# ## Read it

# %%
import scenarios

study = scenarios.load("results/exit_by_attacks")
study

# %% [markdown]
# What failed comes first. Here nothing did; on a cluster that lost a node this is the list of points with reasons, and
# the same command tries the missing ones again.

# %%
study.failures

# %% [markdown]
# `summary` has one row a point, theory and outcome. `summarised` reads the requested outcomes, and no others.

# %%
attacks = study.summarised(["attacks_on_us_sites"]).set_index(study.factors)
attacks[["mean", "mc_error", "q05", "q95", "n", "unit"]].round(1)

# %% [markdown]
# All points have common random numbers, so points may be subtracted draw by draw. `contrast` sets every point against
# the one that has another value in one factor and is alike in all others:

# %%
effect = study.contrast("scenario", "status_quo", ["attacks_on_us_sites", "deaths"])
effect.set_index(["outcome", *study.factors])[["mean", "low", "high", "n"]].round(1).sort_index()

# %% [markdown]
# `to_xarray` has axes point, theory and outcome, factors as coordinates, and the unit of every outcome; `set_index` and
# `unstack` make a grid of them.

# %%
grid = study.to_xarray(["deaths"]).set_index(point=study.factors).unstack("point").squeeze(drop=True)
grid["mean"].to_series().unstack("scenario").round(0)

# %% [markdown]
# A figure of it is a few lines of matplotlib. Each panel is a theory; they are not averaged.

# %%
# %matplotlib inline
import matplotlib.pyplot as plt

picture, panels = plt.subplots(1, 2, figsize=(9, 3.2), sharey=True, layout="constrained")
deaths = effect.query("outcome == 'deaths'")
for panel, (pole, part) in zip(panels, deaths.groupby("theory.strikes"), strict=True):
    for (name, points), marker in zip(part.groupby("scenario"), "os", strict=True):
        rate, error = points["parameters.baseline_attack_rate"], 1.96 * points["mc_error"]
        panel.errorbar(rate, points["mean"], error, marker=marker, capsize=3, label=name.replace("_", " "))
    panel.axhline(0, color="black", linewidth=0.8)
    panel.set(title=f"strikes {pole}, n = {points['n'].iloc[0]}", xlabel="baseline attack rate [attacks/day]")
panels[0].set_ylabel("deaths, less status quo")
panels[0].legend(frameon=False)
picture.supxlabel(f"{study.manifest['caveat']} As of {study.manifest['as_of'][0]}; bars: 95 per cent.", fontsize=8)
plt.show()

# %% [markdown]
# ## Simulate one point again
#
# A point that surprises can be simulated again from the folder alone, bit for bit, and compared with what is stored:

# %%
# !{python} -m scenarios replay {study.path} 17 2>/dev/null

# %% [markdown]
# Next: [your own start and beliefs](06_own_start_and_beliefs.ipynb). Tools that choose their points themselves:
# [EMA Workbench](07_from_the_ema_workbench.ipynb), [SALib](08_from_salib.ipynb).
