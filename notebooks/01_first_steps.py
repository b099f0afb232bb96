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
# # First steps
#
# What would it change if the United States left Iraq? This notebook puts that question to the model once, reads the
# answer, and traces one number back to its source. What comes out is a **conditional exploration, not a forecast**:
# it states what follows *if* a policy, a course of war and a theory are true.
#
# The ensembles here are small, so that the notebook runs in seconds. Read the errors beside the numbers.

# %%
import scenarios
from scenarios import plots
from scenarios.narrative import medoids, narrate

# %% [markdown]
# ## Run
#
# A scenario is a policy over time. `run` simulates it and the status quo with common random numbers: the same draws
# of every uncertain parameter and of chance. 200 replications are 50 draws, each simulated under four theories. What
# `results/` already contains is not run again.

# %%
result = scenarios.run("full_withdrawal", replications=200, horizon=365, record={"events": 50})
result

# %% [markdown]
# Four columns, because the texts behind the model disagree on two questions: whether US **enablers** hold ISIS down
# or ISIS is **spent**, and whether US strikes **deter** or **provoke**. Theories are shown side by side and never
# averaged; nothing here says which of them is right.
#
# ## Compare
#
# Levels say little, differences more. Each draw is simulated with and without the withdrawal, so that much of the
# effect of chance cancels. `mc_error` is the Monte Carlo standard error of the mean: what more replications would
# reduce, and nothing else.

# %%
comparison = scenarios.compare(result)
(
    comparison.contrasts.query("outcome in ['attacks_on_us_sites', 'us_deaths', 'deaths']")
    .set_index(["outcome", "theory"])[["mean", "mc_error", "low", "high", "n", "unit"]]
    .sort_index()
    .round(1)
)

# %% [markdown]
# `low` to `high` is a 95 per cent interval *of the mean difference* in the model under one theory. Where it includes
# zero, these draws leave the sign open. Compare the rows of `deaths`: the answer may hang on the theory, and it differs
# from the answer on US sites, because it counts everyone.

# %%
plots.forest(comparison, ["attacks_on_us_sites", "deaths"])

# %% [markdown]
# ## Look at the data
#
# `outcomes` has one row a replication, with units and meanings; `events` has what happened, each event with its
# cause.

# %%
result.outcomes[["draw", "theory", "us_deaths", "deaths", "ladder_max"]].head()

# %%
{name: result.outcomes.attrs["meaning"][name] for name in ["us_deaths", "deaths", "ladder_max"]}

# %% [markdown]
# One replication is one simulated world, not what will happen. It shows *how* the model gets from a policy to an
# outcome. This one is typical: the medoid of those with about the median number of deaths under the first theory.

# %%
typical = medoids(result, result.theories[0], quantiles=[0.5])[0]
narrate(result, typical.replication)

# %% [markdown]
# ## See why
#
# Every quantity has a page: its prior, grade, reasons, the claims for and against it down to the line of a text, and
# the function that reads it. Grades run from A (fitted and backtested; nothing has it yet) to D (an assumption).

# %%
scenarios.explain("attacks_provoked_per_strike")

# %% [markdown]
# ## Open it again
#
# Results are folders. `load` takes a folder, a folder of folders or a glob, and checks every byte against the manifest.

# %%
scenarios.load("results").labels

# %% [markdown]
# Next: [comparing withdrawals](02_comparing_withdrawals.ipynb), or [your own start and
# beliefs](06_own_start_and_beliefs.ipynb).
