"""Pages on beliefs: parameters, initial states and starts."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from agents.ensemble.parameters import declarations
from agents.parameters.start import StartState
from scenarios import resources
from scenarios.evidence.claims import sum_points
from scenarios.evidence.disagreements import disagreements
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import Belief, beliefs, start, starts
from scenarios.evidence.priors import CATEGORICAL, DIRICHLET, FIXED, Prior
from scenarios.evidence.theories import Change, changes_of
from scenarios.evidence.weights import AGAINST, FOR, directions
from scenarios.explain.render import entry_place, figure
from scenarios.explain.source_code import Reader, mechanism_called, readers, readers_of_state

SHOWN = np.array([0.05, 0.5, 0.95])


def parameter_page(name: str) -> dict[str, Any]:
    """A parameter, from its meaning down to the lines of the texts and of the code."""
    belief = beliefs()[name]
    cited = {FOR: belief.claims_for, AGAINST: belief.claims_against}
    strong, plain = (directions(belief, by_count=by_count) for by_count in (False, True))
    return {
        "belief": belief, "prior": describe_prior(belief.prior), "quantiles": describe_quantiles(belief),
        "cut_off": cut_off(belief), "place": entry_place(belief.file, name),
        "sides": [(way, strong[way], plain[way], names, by_article(names)) for way, names in cited.items() if names],
        "mechanisms": [(number, mechanisms()[number].name) for number in belief.mechanisms],
        "readers": list(_calls(readers(name))), "changes": list(_changes(name)), "positions": list(_positions(name)),
        "disagreements": [(number, of.question) for number, of in disagreements().items() if name in of.parameters],
        "scenarios": [(scenario, "") for scenario in scenarios_naming(name)],
    }  # fmt: skip


def describe_prior(prior: Prior) -> str:
    """A prior in words, a constant for each label in full."""
    if prior.kind == FIXED and list(prior.numbers) != ["value"]:
        return "fixed at " + ", ".join(f"{number:g} for {label}" for label, number in prior.numbers.items())
    return str(prior)


def describe_quantiles(belief: Belief) -> str:
    """The 5, 50 and 95 % points, where a prior has them."""
    if belief.prior.kind == DIRICHLET:
        whole = sum(belief.prior.numbers.values())
        return "mean shares " + ", ".join(f"{n / whole:.3g} {label}" for label, n in belief.prior.numbers.items())
    if belief.prior.kind in (FIXED, CATEGORICAL):
        return ""
    low, middle, high = (figure(float(point)) for point in belief.prior.quantile(SHOWN, belief.bounds))
    return f"5 %: {low}, 50 %: {middle}, 95 %: {high}{' for each label' if belief.labels else ''}"


def cut_off(belief: Belief) -> str:
    """The share of a prior that lies outside its bounds, where it is not next to nothing."""
    share = belief.prior.mass_outside(belief.bounds)
    return f"{100 * share:.1f} % of it lies outside the bounds and is cut off" if share >= 0.0005 else ""


def by_article(names: Iterable[str]) -> str:
    """The strength and the number of claims by the article that makes them."""
    cited = list(names)
    strengths, numbers = sum_points(cited), sum_points(cited, by_count=True)
    counts = {article: f"{n} claim{'s' if n > 1 else ''}" for article, n in numbers.items()}
    return ", ".join(f"{article}: strength {strengths[article]} in {count}" for article, count in counts.items())


def _calls(of: Iterable[Reader]) -> Iterable[tuple[str, str]]:
    """The functions that read a quantity, and the mechanism to which they pass it."""
    for reader in of:
        mechanism = mechanism_called(reader.passed_to)
        passed = f", which passes it to {reader.passed_to} ({mechanism})" if mechanism else ""
        yield str(reader.place), f"{reader.place.name}{passed}"


def _changes(name: str) -> Iterable[tuple[str, str]]:
    for theory, pole, change in changes_of(name):
        yield f"theory.{theory.name}={pole.name}", f"{describe_change(change)} ({theory.number}: {pole.statement})"


def describe_change(change: Change) -> str:
    """Effect of a pole on a parameter, in words."""
    low, high = change.quantiles
    parts = [
        f"replaces the prior by {describe_prior(change.prior)}" if change.prior else "",
        f"multiplies it by {change.times:g}" if change.times != 1 else "",
        f"divides it by one less {change.absorbs}" if change.absorbs else "",
        f"keeps its size and makes it {'positive' if change.sign > 0 else 'negative'}" if change.sign else "",
        f"keeps its prior between the {100 * low:g} and the {100 * high:g} % point" if (low, high) != (0, 1) else "",
    ]
    return ", ".join(part for part in parts if part)


def _positions(name: str) -> Iterable[tuple[str, str]]:
    """Positions of disagreements that a high or low value of a parameter represents."""
    for number, disagreement in disagreements().items():
        for position in disagreement.positions.values():
            for way in ("high", "low"):
                if name in getattr(position.carriers, way):
                    yield f"{number} {position.name}, when {way}", position.statement


def scenarios_naming(name: str) -> list[str]:
    """Shipped scenarios whose levers name a parameter."""
    files = sorted((resources.configs() / "scenario").glob("*.yaml"))
    return [file.stem for file in files if name in file.read_text(encoding="utf-8").replace(",", " ").split()]


def state_page(name: str) -> dict[str, Any]:
    """An initial state at every start."""
    at_starts = {date: start(date).states[name] for date in starts()}
    titles = {date: f"{date} ({entry_place(belief.file, name, 2)})" for date, belief in at_starts.items()}
    return {
        "declared": next(declared for declared in declarations(StartState) if declared.name == name),
        "states": {titles[date]: _in_short(belief) for date, belief in at_starts.items()},
        "claims": _cited_by(at_starts.values()), "readers": list(_calls(readers_of_state(name))),
    }  # fmt: skip


def start_page(name: str) -> dict[str, Any]:
    """A start with every state in it."""
    as_of = start(name)
    return {
        "start": as_of, "place": entry_place(resources.seeds() / "starts" / f"{name}.yaml", "date"),
        "states": {f"{state} [{belief.unit}]": _in_short(belief) for state, belief in as_of.states.items()},
        "claims": _cited_by(as_of.states.values()),
    }  # fmt: skip


def _in_short(belief: Belief) -> dict[str, Any]:
    against = (f"against: {claim}" for claim in belief.claims_against)
    return {
        "belief": belief, "prior": describe_prior(belief.prior), "quantiles": describe_quantiles(belief),
        "cited": ", ".join((*belief.claims_for, *against)),
    }  # fmt: skip


def _cited_by(of: Iterable[Belief]) -> list[str]:
    return list(dict.fromkeys(claim for belief in of for claim in (*belief.claims_for, *belief.claims_against)))


def state_names() -> list[str]:
    """The initial states of every start."""
    return [declared.name for declared in declarations(StartState)]
