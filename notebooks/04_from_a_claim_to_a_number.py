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
# # From a claim in an article to a number
#
# Every number in an answer can be challenged: what does it rest on? This notebook follows two claims of the texts
# into the model. One carries a count; the other has a direction and no size. What comes out at the end is a
# **conditional exploration, not a forecast**. Claims are paraphrased here; `seeds article` names the text and the
# line.

# %%
import scenarios

# %% [markdown]
# ## A claim with a number
#
# One text counts attacks on American targets over three years. Its page says how firmly, of whom, and what uses it.

# %%
scenarios.explain("S001-55")

# %% [markdown]
# It is cited for a parameter: the attacks a day that all factions would start on their own.

# %%
scenarios.explain("baseline_attack_rate")

# %% [markdown]
# More than 300 attacks from January 2019 to mid-December 2021 is a little under 0.3 a day. The size rests on a
# published count of 2020; the claim is in the same range. The median of the prior is below both on purpose: some
# attacks bring about others, which counts include and this parameter does not. What is drawn is a distribution, not a
# count:

# %%
from datetime import date

days = (date(2021, 12, 13) - date(2019, 1, 1)).days
result = scenarios.run("status_quo", against="none", replications=160, horizon=365)
drawn = result.parameters.drop_duplicates("draw")["baseline_attack_rate"]
print(f"counted: more than {300 / days:.2f} attacks a day")
print("drawn:   {:.2f} to {:.2f}, median {:.2f} (5, 95, 50 per cent)".format(*drawn.quantile([0.05, 0.95, 0.5])))

# %% [markdown]
# So a draw of the parameter and an outcome of the same replication may be set side by side. The rank correlation
# shows how much of the spread in attacks goes with this one number; the rest is other parameters and chance.

# %%
together = result.outcomes.merge(result.parameters[["replication", "baseline_attack_rate"]], on="replication")
together.groupby("theory")[["baseline_attack_rate", "attacks_on_us_sites"]].corr("spearman").iloc[::2, 1].round(2)

# %% [markdown]
# And it may be fixed at a value, all else as drawn. `simulate` takes numbers and gives numbers:

# %%
import pandas as pd

one = {"isis": "spent", "strikes": "both"}
levels = [0.12, 0.24, 0.48]
settings = {"scenario": "status_quo", "theory": one, "horizon": 120, "outcomes": ["attacks_on_us_sites", "us_deaths"]}
simulated = [scenarios.simulate({"baseline_attack_rate": level}, **settings) for level in levels]
pd.DataFrame(simulated, index=levels).round(1)

# %% [markdown]
# These are bare means of 100 replications; `scenarios.run(..., parameters={"baseline_attack_rate": 0.24})` has their
# errors and the whole distribution.
#
# ## A claim with a direction and no size
#
# Another text holds that US strikes on the factions make the ground more hostile. It gives a sign, but no number.

# %%
scenarios.explain("S004-42")

# %% [markdown]
# Its direction became a parameter that cannot be negative. Its size comes by analogy with published work, hence grade
# C, and a wide prior. Because others find the opposite, its truth is also a theory: `strikes.provoke`. So the claim
# reaches an answer in two ways, as a switch and as a size, and both can be turned:

# %%
kinds = {
    "strikes only deter": ({"strikes": "deter"}, {}),
    "provoke, 1 attack a strike": ({"strikes": "provoke"}, {"attacks_provoked_per_strike": 1.0}),
    "provoke, 2 attacks a strike": ({"strikes": "provoke"}, {"attacks_provoked_per_strike": 2.0}),
    "provoke, 4 attacks a strike": ({"strikes": "provoke"}, {"attacks_provoked_per_strike": 4.0}),
}
settings = {"scenario": "retaliation_spiral", "horizon": 120, "outcomes": ["attacks_on_us_sites", "us_strikes"]}
rows = {
    name: scenarios.simulate(values, theory={"isis": "spent", **pole}, **settings)
    for name, (pole, values) in kinds.items()
}
pd.DataFrame(rows).T.round(1)

# %% [markdown]
# The first row is the opposite pole, under which strikes provoke nothing; the others exclude every way in which
# strikes calm. Whoever asserts the claim has to say how many attacks a strike brings about, and the texts do not.
# That is what grade C means, and why an answer comes with its spread.
#
# ## Is the count met?
#
# The count above is also a stylised fact against which the model is checked. Its page names the check; `python -m
# scenarios check P11` carries it out, and [patterns](../docs/patterns.md) has the verdicts, failures included.

# %%
scenarios.explain("P11")

# %% [markdown]
# Next: [reading a cluster sweep](05_reading_a_cluster_sweep.ipynb).
