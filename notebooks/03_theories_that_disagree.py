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
# # Theories that disagree
#
# The five texts contradict one another, and so does the literature: on what holds ISIS down, on whether strikes
# deter, on who commands the factions. The model has such questions as switches. Here every pole of nine of them is
# simulated, one varied at a time, to see on which of them an answer depends. A **conditional exploration, not a
# forecast**.

# %%
import scenarios
from scenarios import plots

comparison = scenarios.compare("full_withdrawal", replications=80, horizon=365, by_theory=True)
comparison

# %% [markdown]
# ## Who disagrees with whom
#
# A sign is shown where the 95 per cent interval of the paired difference excludes zero. `open` is no sign: these
# draws do not decide. The first row is the centre; every other row differs from it in one pole.

# %%
plots.sign_grid(comparison, ["us_deaths", "attacks_on_others"])

# %% [markdown]
# Counting theories is not voting. Nineteen poles that share most of their rules are not nineteen independent
# witnesses, and a wrong assumption that all of them share does not show.

# %%
comparison.theory_table.set_index("outcome")[
    ["higher", "lower", "same", "undecided", "higher_adjusted", "lower_adjusted"]
]

# %% [markdown]
# ## How sure must you be?
#
# Where two poles of one question give opposite signs, there is a probability of the first at which the mean
# difference is zero. It is *significant* where its interval is within 0 and 1. The tool never fills in that
# probability: it is yours.

# %%
points = comparison.switch_points.query("outcome in ['deaths', 'attacks_on_others']")
for significant, sentence in zip(points["significant"], points["sentence"], strict=True):
    print("decided:  " if significant else "undecided:", sentence)

# %% [markdown]
# ## What the texts say, and what that is worth
#
# How firmly the texts assert a pole is counted, with and without the strength of their wording. These weights express
# who asserts what, and how firmly. They are not probabilities, and no number here has been weighted by them.

# %%
scenarios.explain("H2")

# %% [markdown]
# ## Under theories of your choice
#
# `theory` takes one pole or several by question; several are crossed. Below: does it matter for a withdrawal whether
# the factions' violence ends with the exit, or moves to Iraqis?

# %%
crossed = scenarios.compare(
    "full_withdrawal",
    theory={"displacement": ["vanish", "displace"], "isis": "spent", "strikes": "both"},
    replications=80,
    horizon=365,
)
plots.forest(crossed, ["attacks_on_others", "deaths"])

# %% [markdown]
# Next: [from a claim in an article to a number](04_from_a_claim_to_a_number.ipynb).
