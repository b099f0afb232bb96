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
# # Comparing withdrawals
#
# Leave within a year, within three, or keep a residue in Kurdistan: which of these can the model distinguish, in
# which outcomes, and how firmly? A **conditional exploration, not a forecast**; theories are shown side by side.

# %%
import scenarios
from scenarios import plots

comparison = scenarios.compare("full_withdrawal", "phased_3y", "residual_kurdistan", replications=160, horizon=365)
comparison

# %% [markdown]
# All four runs, the status quo among them, share the start, the world, the parameters and the random numbers: 40
# draws under each of four theories. Only the policy differs between them.
#
# ## How large, and how sure
#
# One point is a mean difference from the status quo, the thick line its 95 per cent interval, the thin line the range
# of 90 per cent of replications. The two answer different questions: how well the mean is known, and how far futures
# spread.

# %%
plots.forest(comparison, ["us_deaths", "attacks_on_others"])

# %% [markdown]
# An interval for one contrast is too narrow when the table holds many. `adjusted_low` and `adjusted_high` cover all
# contrasts of the comparison together; few exclude zero with 40 draws.

# %%
firm = comparison.contrasts.query("adjusted_low > 0 or adjusted_high < 0").sort_values(["outcome", "scenario"])
firm.set_index(["outcome", "scenario", "theory"])[["mean", "adjusted_low", "adjusted_high", "unit"]].round(1)

# %% [markdown]
# Why common random numbers pay: `variance_reduction` is how many times more draws an unpaired comparison would need
# for the same error. It is large where two policies are alike for long, as those that leave slowly.

# %%
comparison.contrasts.query("outcome == 'deaths'").pivot(
    index="scenario", columns="theory", values="variance_reduction"
).round()

# %% [markdown]
# ## Tails, times and rates
#
# Means hide what a risk analyst needs: how often is it bad, how soon, and per how many soldiers?

# %%
plots.exceedance_curves(comparison, "us_deaths")

# %%
plots.incidence_curves(comparison, "us_deaths")

# %% [markdown]
# A policy under which fewer soldiers are there has fewer attacks on them for that reason alone. The rate divides by
# troop-years; without troops it is undefined, not zero.

# %%
rates = comparison.rates.query("event == 'attacks_on_troop_sites'").set_index(["theory", "scenario"])
rates[["rate", "mc_error", "difference", "difference_low", "difference_high", "troop_years"]].round(1)

# %% [markdown]
# ## What may be ranked
#
# Two runs are distinguished where the adjusted interval of their paired difference excludes zero. A run has a best
# and a worst possible rank; where these overlap nothing is ranked. *Not distinguished* is not *equal*: with so few
# draws it mostly means that more are needed. By attacks on US sites nothing here can be ranked; by attacks of ISIS
# something can, under the theories in which US enablers hold it down.

# %%
comparison.ranking("isis_attacks").set_index(["theory", "scenario"])[
    ["best_rank", "worst_rank", "indistinguishable_from"]
]

# %% [markdown]
# Next: [theories that disagree](03_theories_that_disagree.ipynb).
