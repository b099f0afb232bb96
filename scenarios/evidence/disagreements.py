"""Disagreements of the texts, with each other or with themselves, and the weight of the claims for each pole."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from scenarios import resources
from scenarios.evidence.claims import Cited, sum_points
from scenarios.evidence.field_types import Line, Names, NumberInCell, Text, WordsInCell, at_least
from scenarios.evidence.seed_files import SeedError, read_csv, read_entries, together
from scenarios.evidence.validation_errors import NAME, ByName, Checked

PRIOR = 0.5  # of each pole, in units of strength

CARRIERS = ("theories", "parameters", "levers")


class Carriers(Checked):
    """Elements of the model that carry a position."""

    poles: Names = ()  # theory.pole
    high: Names = ()  # parameters with high values within their priors
    low: Names = ()
    levers: Names = ()  # lever=value

    @model_validator(mode="after")
    def _check_any(self) -> "Carriers":
        if not any((self.poles, self.high, self.low, self.levers)):
            raise ValueError("names no pole, parameter or lever; nothing in the model carries the position")
        return self


class Position(Checked):
    """Side of a disagreement."""

    name: str = Field(alias=NAME)
    statement: Line
    claims: Annotated[Cited, at_least(1, "a position that no text takes is a theory, not a disagreement")]
    carriers: Carriers = Field(alias="held_by")


class Disagreement(Checked):
    """Question on which the texts differ."""

    number: str = Field(alias=NAME)
    question: Line
    positions: Annotated[Mapping[str, Position], ByName, at_least(2, "a disagreement has two sides")]
    carried: Line
    theories: Names = ()
    parameters: Names = ()
    levers: Names = ()

    @model_validator(mode="after")
    def _check_carried(self) -> "Disagreement":
        if not any((self.theories, self.parameters, self.levers)):
            raise ValueError("names no theory, parameter or lever that carries it")
        return self


class WeighedPole(Checked):
    """Pole of a question, with the claims for it and the weight that follows from their strength."""

    question: str = Field(alias="id")
    pole: str
    statement: Text
    claims: Annotated[Cited, WordsInCell] = Field(alias="claims_for")
    by_source: str
    weight: NumberInCell
    note: str

    @field_validator("by_source")
    @classmethod
    def _check_sum(cls, cell: str, info: ValidationInfo) -> str:
        sums = sum_points(info.data.get("claims", ()))
        total = " ".join(f"{source}:{strength}" for source, strength in sums.items())
        if cell != total and "claims" in info.data:
            raise ValueError(f"is {cell!r}, but its claims add up to {total!r}")
        return cell


@cache
def disagreements() -> Mapping[str, Disagreement]:
    """Disagreements of seeds/disagreements.yaml."""
    return read_entries(resources.seeds() / "disagreements.yaml", Disagreement)


@cache
def weighed_poles() -> Mapping[str, Mapping[str, WeighedPole]]:
    """Rows of seeds/hypotheses.csv, by question and pole; their weights are those of the claims."""
    file = resources.seeds() / "hypotheses.csv"
    by_question: dict[str, dict[str, WeighedPole]] = {}
    for row in read_csv(file, WeighedPole, ["id", "pole"]).values():
        by_question.setdefault(row.question, {})[row.pole] = row
    if wrong := [fault for poles in by_question.values() for fault in _wrong_weights(poles)]:
        raise together(SeedError(file, *fault) for fault in wrong)
    return by_question


def _wrong_weights(poles: Mapping[str, WeighedPole]) -> list[tuple[str, str]]:
    """Keys of weights that the claims do not give, with the reason."""
    due = weights({name: sum(sum_points(pole.claims).values()) for name, pole in poles.items()})
    reason = "is {:g}, but the strengths of the claims give {:.3f}".format
    return [
        (f"{pole.question}.{name}.weight", reason(pole.weight or 0.0, due[name]))
        for name, pole in poles.items()
        if abs((pole.weight or 0.0) - due[name]) > 1e-9
    ]


def weights(strengths: Mapping[str, int]) -> dict[str, float]:
    """Weight of each pole from the strength of the claims for it, to three decimals that add up to one."""
    sum_of_points = PRIOR * len(strengths) + sum(strengths.values())
    exact = {pole: 1_000 * (PRIOR + strength) / sum_of_points for pole, strength in strengths.items()}
    rounded = {pole: int(value) for pole, value in exact.items()}
    largest = sorted(exact, key=lambda pole: rounded[pole] - exact[pole])
    for pole in largest[: 1_000 - sum(rounded.values())]:
        rounded[pole] += 1
    return {pole: value / 1_000 for pole, value in rounded.items()}
