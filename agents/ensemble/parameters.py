"""Parameters: declared quantities with meaning, unit and bounds, checked when a world is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Declaration:
    """The declaration of a parameter; the evidence for its values is in seeds/."""

    name: str
    meaning: str
    unit: str
    bounds: tuple[float, float]
    labels: tuple[str, ...]


def parameter(meaning: str, *, unit: str, bounds: tuple[float, float], labels: Sequence[str] = ()) -> Any:
    """Declare a field of a Parameters class; labels name the columns of a quantity that has several."""
    return field(metadata={"meaning": meaning, "unit": unit, "bounds": bounds, "labels": tuple(labels)})


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Quantities that are constant through a replication.

    A value is a number or (replications,); with labels it is (labels,) or (replications, labels). ValueError if a value
    is outside its bounds, or has other columns than its labels.
    """

    def __post_init__(self) -> None:
        for each in declarations(type(self)):
            object.__setattr__(self, each.name, checked(each, getattr(self, each.name), type(self).__name__))


def declarations(kind: type[Parameters]) -> tuple[Declaration, ...]:
    """Declarations of a Parameters class, in order."""
    return tuple(Declaration(name=each.name, **each.metadata) for each in fields(kind) if "unit" in each.metadata)


def checked(declared: Declaration, value: Any, owner: str) -> Any:
    """The value as a float or a read-only array; ValueError with the place where it is outside its bounds."""
    array = np.array(value, dtype=float)
    if array.ndim and declared.labels and array.shape[-1] != len(declared.labels):
        raise ValueError(f"{owner}.{declared.name} has shape {array.shape}; its columns are {list(declared.labels)}.")
    low, high = declared.bounds
    outside = np.argwhere(~((array >= low) & (array <= high)))
    if len(outside):  # not its size, which is zero where one plain number is outside
        first = tuple(outside[0].tolist())
        raise ValueError(
            f"{owner}.{declared.name} is {array[first]:g} {declared.unit}{_place(declared, first)}, "
            f"outside [{low:g}, {high:g}] "
            f"(as in {len(outside)} of {array.size} values); narrow its prior in seeds/parameters/ "
            "or widen the bounds with evidence."
        )
    array.setflags(write=False)
    return array if array.ndim else float(array)


def _place(declared: Declaration, index: tuple[int, ...]) -> str:
    """Place in a value to which an index points, in words; nothing for a plain number."""
    label = f" for {declared.labels[index[-1]]}" if declared.labels and index else ""
    replication = f" in replication {index[0]}" if len(index) > bool(label) else ""
    return label + replication
