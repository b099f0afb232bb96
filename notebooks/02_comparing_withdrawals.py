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
# Leave within a year, within three, or keep a residue in Kurdistan: which of these can the model
# tell apart, in what, and how surely? A **conditional exploration, not a forecast**; theories stand side by side.

# %%
import scenarios
from scenarios import plots

found = scenarios.compare("full_withdrawal", "phased_3y", "residual_kurdistan", replications=160, horizon=365)
found

# %% [markdown]
# All four runs, the status quo among them, share the start, the world, the parameters and the luck: 40 draws under each
# of four theories. What differs between them is the policy alone.
#
# ## How large, and how sure
#
# One point is a mean difference from the status quo, the thick line its 95 per cent interval, the thin line where 90
# per cent of replications lie. The two answer different questions: how well the mean is known, and how far futures
# spread.

# %%
plots.forest(found, ["us_deaths", "attacks_on_others"])

# %% [markdown]
# An interval for one contrast is too narrow when the table holds many. `adjusted_low` and `adjusted_high` hold for
# all contrasts of the comparison together; few survive them with 40 draws.

# %%
firm = found.contrasts.query("adjusted_low > 0 or adjusted_high < 0").sort_values(["outcome", "scenario"])
firm.set_index(["outcome", "scenario", "theory"])[["mean", "adjusted_low", "adjusted_high", "unit"]].round(1)

# %% [markdown]
# Why common luck pays: `variance_reduction` is how many times more draws an unpaired comparison would need for the same
# error. It is large where two policies are alike for long, as those that leave slowly.

# %%
found.contrasts.query("outcome == 'deaths'").pivot(
    index="scenario", columns="theory", values="variance_reduction"
).round()

# %% [markdown]
# ## Tails, times and rates
#
# Means hide what a risk analyst is asked: how often is it bad, how soon, and per how many soldiers?

# %%
plots.exceedance_curves(found, "us_deaths")

# %%
plots.incidence_curves(found, "us_deaths")

# %% [markdown]
# A policy under which fewer soldiers are there has fewer attacks on them for that reason alone. The rate divides by
# troop-years; without troops it is undefined, not zero.

# %%
rates = found.rates.query("event == 'attacks_on_troop_sites'").set_index(["theory", "scenario"])
rates[["rate", "mc_error", "difference", "difference_low", "difference_high", "troop_years"]].round(1)

# %% [markdown]
# ## What may be ranked
#
# Two runs are told apart where the adjusted interval of their paired difference excludes zero. A run has a best and a
# worst rank that it may have; where these overlap nothing is ranked. *Not told apart* is not *equal*: with so few draws
# it mostly means that we have not looked long enough. By attacks on US sites nothing here can be ranked; by attacks of
# ISIS something can, under the theories in which US enablers hold it down.

# %%
found.ranking("isis_attacks").set_index(["theory", "scenario"])[["best_rank", "worst_rank", "indistinguishable_from"]]

# %% [markdown]
# Next: [theories that disagree](03_theories_that_disagree.ipynb).
