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
# # Your own start and beliefs
#
# You know Iraq better than a prior does, or you doubt one. This notebook writes a start and beliefs of your own, runs
# them, and keeps them apart from what ships: every table, figure and manifest states what you changed. Still a
# **conditional exploration, not a forecast**, now conditional on you as well.
#
# ## A start
#
# The template has every state of a date with meaning, unit, bounds, prior and reason. As written it is the start that
# ships, to the last bit.

# %%
import sys
from pathlib import Path

python = sys.executable
# !{python} -m scenarios new-start war.yaml from=2021-12

# %%
template = Path("war.yaml").read_text()
at = template.index("  # Regional regime")
print(template[at : template.index("\n\n", at)])

# %% [markdown]
# Usually you would open it in an editor. Suppose that a proxy war between Iran and others is under way at the start:

# %%
edited = template.replace("regional_war:\n    prior: {fixed: 0}", "regional_war:\n    prior: {fixed: 1}")
_ = Path("war.yaml").write_text(edited)

# %%
import scenarios

size = {"replications": 80, "horizon": 120}
at_war = scenarios.run("full_withdrawal", start="war.yaml", **size)
at_war

# %% [markdown]
# ## Beliefs
#
# A prior of your own for some parameters, with a reason; what is not named stays as it ships. First look at the prior
# in doubt:

# %%
scenarios.explain("strike_deterrence_effect")

# %%
_ = Path("beliefs.yaml").write_text("""
expert: the desk for Iraq
priors:
  strike_deterrence_effect:
    prior: {uniform: {low: 0.2, high: 0.8}}
    because: Our reading of the pauses of 2020 and 2021.
""")
doubting = scenarios.run("full_withdrawal", beliefs="beliefs.yaml", **size)
doubting

# %% [markdown]
# ## What your changes change
#
# Runs on different starts or beliefs are never subtracted from one another: their difference would be of the beliefs,
# not of a policy. The tool refuses, and says why.

# %%
from scenarios.analysis import compared_runs
from scenarios.errors import RequestError

shipped = scenarios.run("full_withdrawal", **size)
try:
    scenarios.compare(shipped, doubting)
except RequestError as error:
    print(error)

# %% [markdown]
# What may be compared is the *answer*: the effect of the withdrawal, each against its own baseline, side by side.

# %%
import pandas as pd

runs = {"as shipped": shipped, "start at war": at_war, "own beliefs": doubting}
answers = {
    name: compared_runs([run], outcomes=["attacks_on_us_sites"]).contrasts.set_index("theory")
    for name, run in runs.items()
}
pd.concat({name: each[["mean", "low", "high"]] for name, each in answers.items()}, axis=1).round(1)

# %% [markdown]
# The start moves the answer far more than the belief does. Under the theories in which strikes only provoke, the belief
# about deterrence has no effect, since that theory sets it to zero: `explain` said so above. A belief that no theory in
# use can see is worth noticing before it is argued about.
#
# ## When something is wrong
#
# A file is checked before anything runs, and the message names the key, the bound and the nearest valid name.

# %%
_ = Path("slip.yaml").write_text("""
expert: the desk for Iraq
priors:
  strike_deterrence_efect:
    prior: {uniform: {low: 0.2, high: 0.8}}
    because: A slip of the pen.
""")
try:
    scenarios.run("full_withdrawal", beliefs="slip.yaml", **size)
except RequestError as error:
    print(error)

# %% [markdown]
# Scenarios and worlds of your own go into `./configs`: see [own files](../docs/own-files.md).
