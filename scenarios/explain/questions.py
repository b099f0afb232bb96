"""Pages on questions on which the texts differ, with their positions and poles, weighed by the texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios import resources
from scenarios.evidence import weights
from scenarios.evidence.claims import sum_points
from scenarios.evidence.disagreements import CARRIERS, Carriers, Disagreement, disagreements, weighed_poles
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import Hypothesis, Pole, hypotheses
from scenarios.evidence.weights import NOTHING, TIE, count_points, leading, pole_weights, reversals
from scenarios.explain.beliefs import by_article, describe_change
from scenarios.explain.render import entry_place

KINDS_BY_LETTER = {"H": "hypothesis", "D": "disagreement"}


@dataclass(frozen=True)
class Weight:
    """Firmness with which all texts, or one of them, assert a position."""

    position: str
    leads: bool
    by_strength: float
    by_count: float
    strengths: Mapping[str, int]  # by article; silent articles are left out

    def __str__(self) -> str:
        return f"{self.by_strength:.3f} by strength, {self.by_count:.3f} with every claim counted one"


def position_weights(number: str, only: str = "") -> dict[str, Weight]:
    """The weight of every position of a question in all texts, or in one article."""
    ahead = leading(count_points(number, only=only))
    strong, plain = (pole_weights(number, by_count=by_count, only=only) for by_count in (False, True))
    weights_of = {}
    for position, weighed in weighed_poles()[number].items():
        strengths = {article: sum_ for article, sum_ in sum_points(weighed.claims).items() if only in ("", article)}
        weights_of[position] = Weight(position, position == ahead, strong[position], plain[position], strengths)
    return weights_of


def question_of(number: str) -> str:
    """The question of a hypothesis or disagreement."""
    theory = theory_of(number)
    return theory.question if theory and number not in disagreements() else disagreements()[number].question


def theory_of(number: str) -> Hypothesis | None:
    """The theory that switches between the answers to a question, if there is one of its own."""
    return next((theory for theory in hypotheses().values() if theory.number == number), None)


def question_page(name: str) -> dict[str, Any]:
    """A hypothesis or disagreement: its positions weighed, its poles, what carries it, what presets take of it."""
    number = hypotheses()[name].number if name in hypotheses() else name
    theory, disagreement = theory_of(number), disagreements().get(number)
    entries = {"theories": theory and theory.name, "disagreements": disagreement and number}
    return {
        "number": number, "kind": KINDS_BY_LETTER[number[0]], "question": question_of(number), "theory": theory,
        "carried": disagreement.carried if disagreement else "",
        "places": [entry_place(resources.seeds() / f"{file}.yaml", entry) for file, entry in entries.items() if entry],
        "weights": position_weights(number),
        "positions": [_position(number, position, disagreement) for position in weighed_poles()[number]],
        "poles": [_pole(theory, pole) for pole in theory.poles.values()] if theory else [],
        "mechanisms": [(each, mechanisms()[each].name) for each in theory.mechanisms] if theory else [],
        "carriers": {carrier: list(_carriers(disagreement, carrier)) for carrier in CARRIERS} if disagreement else {},
        "without": list(_without(number)), "presets": list(_taken_by_presets(theory)) if theory else [],
    }  # fmt: skip


def _position(number: str, position: str, disagreement: Disagreement | None) -> dict[str, Any]:
    weighed = weighed_poles()[number][position]
    answer = disagreement.positions[position] if disagreement else None
    return {
        "weighed": weighed, "answer": answer.statement if answer else "", "by_article": by_article(weighed.claims),
        "carriers": describe_carriers(answer.carriers) if answer else "",
    }  # fmt: skip


def describe_carriers(by: Carriers) -> str:
    """Elements of the model that carry a position."""
    poles = [f"theory.{pole.replace('.', '=')}" for pole in by.poles]
    ways = [f"a {way} {name}" for way in ("high", "low") for name in getattr(by, way)]
    return ", ".join([*poles, *ways, *(f"lever {lever}" for lever in by.levers)])


def _carriers(disagreement: Disagreement, carrier: str) -> Iterable[tuple[str, str]]:
    for name in getattr(disagreement, carrier):
        if carrier == "levers":
            yield name, ""
        else:
            yield name, hypotheses()[name].question if carrier == "theories" else beliefs()[name].meaning


def _without(number: str) -> Iterable[tuple[str, str]]:
    """Leading position with all articles, and without each that matters."""
    articles = dict.fromkeys((*reversals(number), *reversals(number, by_count=True)))
    yield "with all", describe_lead(number)
    for article in articles:
        yield f"without {article}", describe_lead(number, article)
    if not articles:
        yield "without any one", "the same"


def describe_lead(number: str, without: str = "") -> str:
    """Leading position by strength and by count, with all articles or without one."""
    words = {TIE: "a tie", NOTHING: "nothing, since no text takes a position"}
    ahead = [leading(count_points(number, by_count=by_count, without=without)) for by_count in (False, True)]
    strong, plain = (words.get(position, position) for position in ahead)
    return strong if strong == plain else f"{strong} by strength, {plain} by count"


def _taken_by_presets(theory: Hypothesis) -> Iterable[tuple[str, str]]:
    for name, article in weights.presets().items():
        choice = weights.choice(theory, article)
        yield f"theory={name}", ", ".join(choice.poles) + (f" ({choice.reason})" if choice.reason else "")


def _pole(theory: Hypothesis, pole: Pole) -> dict[str, Any]:
    """One answer of a theory, with the claims and the weight of its row in hypotheses.csv."""
    weighed = weighed_poles().get(theory.number, {}).get(pole.weight_of)
    return {
        "theory": theory, "pole": pole, "weighed": weighed,
        "weight": position_weights(theory.number)[pole.weight_of] if weighed else None,
        "changes": [f"{change.parameter}: {describe_change(change)}" for change in pole.changes],
    }  # fmt: skip


def pole_page(name: str) -> dict[str, Any]:
    """Every pole of that name, or the one of a theory as `isis.spent`."""
    return {
        "poles": [
            _pole(theory, pole)
            for theory in hypotheses().values()
            for pole in theory.poles.values()
            if name in (pole.name, f"{theory.name}.{pole.name}")
        ]
    }


def pole_names() -> list[str]:
    """Poles by their own names, and after their theories."""
    pairs = [(theory, pole) for theory, each in hypotheses().items() for pole in each.poles]
    return [*dict.fromkeys(pole for _, pole in pairs), *(f"{theory}.{pole}" for theory, pole in pairs)]
