"""Conflicts of a user's own values and priors with theories: neither may silently cancel the other."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from scenarios.errors import RequestError
from scenarios.evidence.parameters import Belief
from scenarios.evidence.theories import Hypothesis, Stratum, changes_of, hypotheses

Answer = tuple[str, str]  # a question and its pole


@cache
def set_by(parameter: str) -> frozenset[Answer]:
    """Poles that act on a parameter."""
    return frozenset((hypothesis.name, pole.name) for hypothesis, pole, _ in changes_of(parameter))


@cache
def replaced_by(parameter: str) -> frozenset[Answer]:
    """Poles under which a parameter's prior is not used, since they have one of their own."""
    return frozenset((hypothesis.name, pole.name) for hypothesis, pole, change in changes_of(parameter) if change.prior)


def check_values(given: Iterable[str], strata: Sequence[Stratum]) -> None:
    """Refuse a value for a parameter that a pole sets: results under the pole's name would not be the pole's."""
    for name in given:
        answers = _in_order({answer for stratum in strata for answer in stratum.poles if answer in set_by(name)})
        if answers:
            raise RequestError(
                f"parameters.{name} is set by {_spelled(answers)}; a value of your own would cancel that theory while "
                f"results bear its name. {_instead(name, answers[0][0])}"
            )


def check_priors(own: Mapping[str, Belief], shipped: Mapping[str, Belief], strata: Iterable[Sequence[Stratum]]) -> None:
    """Refuse a prior of the user's own that is used under none of the theories that are simulated."""
    simulated = [stratum for group in strata for stratum in group]
    for name in [name for name, belief in own.items() if belief.prior != shipped[name].prior]:
        replaced = [replaced_by(name) & set(stratum.poles) for stratum in simulated]
        if simulated and all(replaced):
            answers = _in_order(set().union(*replaced))
            raise RequestError(
                f"beliefs: the prior of {name} would not be used, since the parameter is set by {_spelled(answers)}. "
                f"{_instead(name, answers[0][0], 'the prior')}"
            )


def _in_order(answers: Iterable[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda answer: (list(hypotheses()).index(answer[0]), answer))


def _spelled(answers: Sequence[Answer]) -> str:
    return " and ".join(f"theory.{question}={pole}" for question, pole in answers)


def _instead(parameter: str, question: str, what: str = "the value") -> str:
    """Remedy in place of a value or prior that a pole sets."""
    hypothesis: Hypothesis = hypotheses()[question]
    free = [pole for pole in hypothesis.poles if (question, pole) not in set_by(parameter)]
    if free:
        return f"Request theory.{question}={' or '.join(free)}, under which it is free, or leave out {what}."
    return (
        f"Every pole of {question} sets it: choose one by theory.{question}={', '.join(hypothesis.poles)}, and leave "
        f"out {what}."
    )
