"""Pages on what is believed: parameters, initial states, starts, theories and their poles."""

from collections.abc import Iterable

import numpy as np

from agents.ensemble.parameters import declarations
from agents.parameters.start import StartState
from scenarios import resources
from scenarios.evidence.disagreements import disagreements, readings
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import GRADES, Belief, beliefs, start, starts
from scenarios.evidence.priors import CATEGORICAL, DIRICHLET, FIXED, Prior
from scenarios.evidence.theories import Change, Hypothesis, Pole, changes_of, hypotheses
from scenarios.explain import render
from scenarios.explain.render import Kind, Lines
from scenarios.explain.source_code import readers, readers_of_state

WEIGHTS = "Weights say how firmly the five texts assert a pole, not how likely it is; they never pool theories."

POINTS = np.array([0.05, 0.5, 0.95])

FROM = {
    "texts": "from the texts", "literature": "from the literature", "data": "from data", "assumption": "by assumption",
    "": "not said",
}  # fmt: skip


def parameter(name: str) -> Lines:
    """A parameter, from its meaning down to the lines of the texts and of the code."""
    belief = beliefs()[name]
    design = f" ({belief.symbol} in the design)" if belief.symbol else ""
    return [
        *render.heading(name, f"parameter of {render.spoken(belief.actor)}", belief.meaning),
        *quantity(belief),
        *render.labelled("stands in", render.standing(belief.file, name) + design),
        *render.section("mechanisms", render.items((each, mechanisms()[each].name) for each in belief.mechanisms)),
        *evidence(belief),
        *render.section("read in the code by", render.reader_lines(readers(name))),
        *render.section("changed by theories", render.items(_changes(name))),
        *render.section("carries disagreements", render.items(_carried(name))),
        *render.section("named by scenarios", render.items((each, "") for each in scenarios_naming(name))),
    ]


def quantity(belief: Belief) -> Lines:
    """Unit, bounds, prior, grade, origin and reason."""
    low, high = belief.bounds
    cut = belief.prior.mass_outside(belief.bounds)
    return [
        *render.labelled("unit", render.unit(belief.unit)),
        *render.labelled("bounds", f"{low:g} to {high:g}"),
        *render.labelled("prior", in_words(belief.prior)),
        *render.labelled("", points(belief)),
        *render.labelled(
            "", f"{100 * cut:.1f} % of it lies outside the bounds and is cut off" if cut >= 0.0005 else ""
        ),
        *render.labelled("grade", f"{belief.grade}: {GRADES[belief.grade]}"),
        *render.labelled("origin", belief.origin),
        *render.labelled("texts give", _from_texts(belief)),
        *render.labelled("reference", belief.reference),
        *render.labelled("because", belief.because),
    ]


def in_words(prior: Prior) -> str:
    """The prior, a constant for each label in full."""
    if prior.kind == FIXED and list(prior.numbers) != ["value"]:
        return "fixed at " + ", ".join(f"{number:g} for {label}" for label, number in prior.numbers.items())
    return str(prior)


def points(belief: Belief) -> str:
    """The 5, 50 and 95 % points, where a prior has them."""
    if belief.prior.kind == DIRICHLET:
        whole = sum(belief.prior.numbers.values())
        return "mean shares " + ", ".join(f"{n / whole:.3g} {label}" for label, n in belief.prior.numbers.items())
    if belief.prior.kind in (FIXED, CATEGORICAL):
        return ""
    low, middle, high = (float(each) for each in belief.prior.quantile(POINTS, belief.bounds))
    each = " for each label" if belief.labels else ""
    return f"5 %: {render.figure(low)}, 50 %: {render.figure(middle)}, 95 %: {render.figure(high)}{each}"


def _from_texts(belief: Belief) -> str:
    if not belief.direction_from and not belief.size_from:
        return ""
    parts = {"direction": belief.direction_from, "size": belief.size_from}
    given = " and ".join(part for part, source in parts.items() if source == "texts") or "neither direction nor size"
    others = ", ".join(f"{part} {FROM[source]}" for part, source in parts.items() if source != "texts")
    return f"{given}; {others}" if others else given


def evidence(belief: Belief) -> Lines:
    """The claims for and against."""
    against = render.section("claims against it", render.claim_lines(belief.claims_against))
    found = [*render.section("claims for it", render.claim_lines(belief.claims_for)), *against]
    return found or ["", "no claim of the texts speaks for or against it"]


def _changes(name: str) -> Iterable[tuple[str, str]]:
    for theory, pole, change in changes_of(name):
        yield f"theory.{theory.name}={pole.name}", f"{done(change)} ({theory.number}: {pole.statement})"


def done(change: Change) -> str:
    """What a pole does to a parameter."""
    low, high = change.quantiles
    said = [
        f"replaces the prior by {in_words(change.prior)}" if change.prior else "",
        f"multiplies it by {change.times:g}" if change.times != 1 else "",
        f"divides it by one less {change.absorbs}" if change.absorbs else "",
        f"keeps its size and makes it {'positive' if change.sign > 0 else 'negative'}" if change.sign else "",
        f"keeps its prior between the {100 * low:g} and the {100 * high:g} % point" if (low, high) != (0, 1) else "",
    ]
    return ", ".join(each for each in said if each)


def _carried(name: str) -> Iterable[tuple[str, str]]:
    return ((number, each.question) for number, each in disagreements().items() if name in each.parameters)


def scenarios_naming(name: str) -> list[str]:
    """Shipped scenarios whose levers name a parameter."""
    files = sorted((resources.configs() / "scenario").glob("*.yaml"))
    return [file.stem for file in files if name in file.read_text(encoding="utf-8").replace(",", " ").split()]


def state(name: str) -> Lines:
    """An initial state at every start."""
    declared = next(each for each in declarations(StartState) if each.name == name)
    found = {when: start(when).states[name] for when in starts()}
    cited = dict.fromkeys(claim for each in found.values() for claim in (*each.claims_for, *each.claims_against))
    low, high = declared.bounds
    lines = render.heading(name, "initial state", declared.meaning)
    lines += [*render.labelled("unit", render.unit(declared.unit)), *render.labelled("bounds", f"{low:g} to {high:g}")]
    for when, each in found.items():
        lines += render.section(f"{when} ({render.standing(each.file, name, 2)})", believed_state(each))
    lines += render.section("claims", render.claim_lines(cited))
    return [*lines, *render.section("read in the code by", render.reader_lines(readers_of_state(name)))]


def believed_state(belief: Belief) -> Lines:
    """What is believed of a state, in short."""
    cited = ", ".join((*belief.claims_for, *(f"against: {each}" for each in belief.claims_against)))
    spread = f"; {points(belief)}" if points(belief) else ""
    return [
        *render.labelled("prior", f"{in_words(belief.prior)}{spread}"),
        *render.labelled("grade", f"{belief.grade}: {GRADES[belief.grade]}; origin {belief.origin}"),
        *render.labelled("claims", cited),
        *render.labelled("reference", belief.reference),
        *render.labelled("because", belief.because),
    ]


def as_of(name: str) -> Lines:
    """A start with every state in it."""
    found = start(name)
    file = resources.seeds() / "starts" / f"{name}.yaml"
    lines = render.heading(name, f"start, the world as of {found.date}", found.title)
    lines += render.labelled("stands in", render.standing(file, "date"))
    for each, belief in found.states.items():
        lines += render.section(f"{each} [{belief.unit}]", believed_state(belief))
    cited = dict.fromkeys(c for each in found.states.values() for c in (*each.claims_for, *each.claims_against))
    return [*lines, *render.section("claims", render.claim_lines(cited))]


def theory(name: str) -> Lines:
    """A question with its rival answers, their weights and what they change."""
    found = _theory_named(name)
    kind = "hypothesis" if found.number.startswith("H") else "disagreement"
    file = resources.seeds() / "theories.yaml"
    lines = render.heading(f"theory.{found.name}", f"{kind} {found.number}", found.question)
    lines += render.labelled("by default", ", ".join(found.default))
    lines += render.labelled("neutral", ", ".join(found.neutral))
    lines += render.labelled("stands in", render.standing(file, found.name))
    lines += render.section("mechanisms", render.items((each, mechanisms()[each].name) for each in found.mechanisms))
    for each in found.poles.values():
        lines += render.section(f"pole {each.name}", about_pole(found, each))
    return [*lines, "", *render.paragraph(WEIGHTS)]


def _theory_named(name: str) -> Hypothesis:
    return next(each for each in hypotheses().values() if name in (each.name, each.number))


def about_pole(found: Hypothesis, pole: Pole) -> Lines:
    """One answer: statement, reason, weight, changes, claims."""
    reading = readings().get(found.number, {}).get(pole.weight_of)
    sets = [f"{change.parameter}: {done(change)}" for change in pole.changes] or ["nothing; every prior as it stands"]
    claims = render.claim_lines(reading.claims if reading else ())
    return [
        *render.labelled("says", pole.statement),
        *render.labelled("because", pole.because),
        *render.labelled("weight", render.weighed(reading) if reading else "none; no row of hypotheses.csv is its own"),
        *(line for number, each in enumerate(sets) for line in render.labelled("" if number else "sets", each)),
        *(["", *claims] if claims else []),
    ]


def pole(name: str) -> Lines:
    """Every pole of that name, or the one of a theory as `isis.spent`."""
    lines: Lines = []
    for found in hypotheses().values():
        for each in found.poles.values():
            if name in (each.name, f"{found.name}.{each.name}"):
                lines += ["", *render.heading(f"theory.{found.name}={each.name}", f"{found.number}, {found.question}")]
                lines += about_pole(found, each)
    return lines[1:]


def _pole_names() -> list[str]:
    pairs = [(theory, pole) for theory, each in hypotheses().items() for pole in each.poles]
    return [*dict.fromkeys(pole for _, pole in pairs), *(f"{theory}.{pole}" for theory, pole in pairs)]


def _states() -> list[str]:
    return [each.name for each in declarations(StartState)]


def _theories() -> list[str]:
    return [name for each in hypotheses().values() for name in (each.name, each.number)]


PARAMETER = Kind("parameter", lambda: beliefs(), parameter)

START = Kind("start", starts, as_of)

STATE = Kind("initial state", _states, state)

THEORY = Kind("theory", _theories, theory)

POLE = Kind("pole", _pole_names, pole)

KINDS = (PARAMETER, START, THEORY, POLE)
