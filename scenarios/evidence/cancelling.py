"""Values and priors of a user's own beside theories: none may cancel a pole, or be cancelled by all, without a word."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from scenarios.errors import RequestError
from scenarios.evidence.parameters import Belief
from scenarios.evidence.theories import Hypothesis, Stratum, changes_of, hypotheses

Answer = tuple[str, str]  # a question and its pole


@cache
def set_by(parameter: str) -> frozenset[Answer]:
    """The poles that act on a parameter."""
    return frozenset((hypothesis.name, pole.name) for hypothesis, pole, _ in changes_of(parameter))


@cache
def replaced_by(parameter: str) -> frozenset[Answer]:
    """The poles under which a parameter's prior does not count, since they have one of their own."""
    return frozenset((hypothesis.name, pole.name) for hypothesis, pole, change in changes_of(parameter) if change.prior)


def check_values(given: Iterable[str], strata: Sequence[Stratum]) -> None:
    """Refuse a value for a parameter that a pole sets: numbers under the pole's name would not be the pole's."""
    for name in given:
        setting = _in_order({answer for stratum in strata for answer in stratum.poles if answer in set_by(name)})
        if setting:
            raise RequestError(
                f"parameters.{name} is set by {_spelled(setting)}; a value of your own would cancel that theory while "
                f"results stand under its name. {_instead(name, setting[0][0])}"
            )


def check_priors(
    mine: Mapping[str, Belief], shipped: Mapping[str, Belief], strata: Iterable[Sequence[Stratum]]
) -> None:
    """Refuse a prior of the user's own that counts under none of the theories that run."""
    every = [stratum for each in strata for stratum in each]
    for name in [name for name, each in mine.items() if each.prior != shipped[name].prior]:
        replaced = [replaced_by(name) & set(stratum.poles) for stratum in every]
        if every and all(replaced):
            setting = _in_order(set().union(*replaced))
            raise RequestError(
                f"beliefs: the prior of {name} would not count, since the parameter is set by {_spelled(setting)}. "
                f"{_instead(name, setting[0][0], 'the prior')}"
            )


def _in_order(answers: Iterable[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda each: (list(hypotheses()).index(each[0]), each))


def _spelled(answers: Sequence[Answer]) -> str:
    return " and ".join(f"theory.{question}={pole}" for question, pole in answers)


def _instead(parameter: str, question: str, what: str = "the value") -> str:
    """What to ask for in place of a value or prior that a pole sets."""
    of: Hypothesis = hypotheses()[question]
    free = [pole for pole in of.poles if (question, pole) not in set_by(parameter)]
    if free:
        return f"Ask for theory.{question}={' or '.join(free)}, under which it is free, or leave out {what}."
    return (
        f"Every pole of {question} sets it, so ask by theory.{question}={', '.join(of.poles)} how it is, and leave out "
        f"{what}."
    )
