"""Malformed studies: the shipped ones and a full one, mutated at random."""

from copy import deepcopy
from datetime import date, datetime
from random import Random

import yaml

from scenarios import resources
from tests.studies.sweeps import RATE

FULL = {
    "name": "full",
    "story": "All that a study may contain.",
    "claims": [],
    "cross": {"scenario": ["status_quo", "phased_3y"], "theory.isis": ["enablers", ["enablers", "spent"]]},
    "sample": {
        "design": "sobol",
        "points": 4,
        "seed": 1,
        "factors": {
            "levers.credibility": [0, 1],
            "levers.troops.realised": {"values": [0.3, 0.6]},
            RATE: {"prior": [0.05, 0.95]},
            "parameters.strike_deterrence_effect": "prior",
            "world.intensity": {"low": 0.5, "high": 2, "scale": "log"},
        },
    },
    "constraints": ["`levers.credibility` > 0.2 or scenario == 'status_quo'"],
}
ODD = (
    None, True, False, 0, -1, 1, 2**63, 2**70, -(10**400), 0.5, float("nan"), float("inf"), -1e308, 1e308, "", " ", "x",
    "0.5", "prior", "relabel", "status_quo", "2024-01", "\ud800", "a\0b", "a\nb", "ü" * 30, "y" * 20_000, "../../x",
    "@open('x')", "(" * 3_000, "`a", "scenario == 3", "__class__", [], [None], [0, 1], [1, 0], [[0, 1], [20, 0.5]],
    ["relabel", 3], ["relabel", "relabel"], [0.5, True], [[[]]], {}, {"x": 1}, {1: 2}, {None: []}, {"low": 0},
    {"values": [1, [2]]}, {"prior": [0, 1, 2]}, {"scale": "log", "low": 5e-324, "high": 1e308}, date(2022, 1, 1),
    datetime(2022, 1, 1, 12), b"\xff", {"relabel"},
)  # fmt: skip
KEYS = (
    "name", "story", "claims", "cross", "sample", "table", "constraints", "design", "points", "seed", "factors", "low",
    "high", "scale", "prior", "values", "scenario", "start", "world", "theory", "loop", "theory.isis", "theory.x",
    "levers.troops", "levers.troops.announced", "levers.", ".", "", "levers.Credibility", "world.intensity",
    "world.name", "world.shocks", "ensemble.seed", "ensemble.step_days", "ensemble.horizon", "parameters.x", RATE,
    "point", "id", 1, None, True, 0.5, date(2022, 1, 1),
)  # fmt: skip
MARKS = (
    "", ":", "- ", "[", "]", "{", "}", "'", '"', "&a ", "*a", "!!python/object:os.system ", "\t", "#", "%", "?", "0",
    "\n", "\n  ", "\x07", ",", "<<: ",
)  # fmt: skip


def originals():
    """The studies that ship, and one that contains every kind of entry."""
    files = sorted((resources.configs() / "study").glob("*.yaml"))
    return [*(yaml.safe_load(file.read_text(encoding="utf-8")) for file in files), FULL]


def mutant(seed):
    """A study with one to three entries that are replaced, added, renamed, doubled or dropped."""
    random = Random(seed)
    study = deepcopy(random.choice(originals()))
    for _ in range(random.randint(1, 3)):
        _mutate(random, study)
    return study


def _mutate(random, study):
    node = random.choice(list(_nodes(study)))
    place = random.choice(list(node) if isinstance(node, dict) else range(len(node))) if node else None
    how = random.choice(("replace", "replace", "drop", "add", "rename"))
    if how == "add" or place is None:
        odd = deepcopy(random.choice(ODD))
        node.append(odd) if isinstance(node, list) else node.update({random.choice(KEYS): odd})
    elif how == "drop":
        del node[place]
    elif how == "rename" and isinstance(node, dict):
        node[random.choice(KEYS)] = node.pop(place)
    else:
        node[place] = deepcopy(random.choice(ODD))


def _nodes(node):
    """Every mapping and list of a tree."""
    if isinstance(node, dict | list):
        yield node
        for value in node.values() if isinstance(node, dict) else node:
            yield from _nodes(value)


def broken(seed):
    """The text of a study with some characters replaced, doubled or dropped."""
    random = Random(seed)
    text = yaml.safe_dump(random.choice(originals()), sort_keys=False)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text))
        odd = random.choice((*MARKS, text[at] * 2))
        text = text[:at] + odd + text[at + 1 :]
    return text
