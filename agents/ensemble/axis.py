"""The replication axis: each element is one draw of the world under one theory."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Quantity: TypeAlias = NDArray[Any]  # real numbers, one per replication
Flag: TypeAlias = NDArray[np.bool_]  # true or false, one per replication
Count: TypeAlias = NDArray[Any]  # whole numbers, one per replication


class Axis:
    """The replications of an ensemble, in order.

    draw     (replications,)  index of the draw of luck and of uncertain parameters behind each replication
    theory   (replications,)  index of the stratum of rival theories that it assumes

    Replications of the same draw under different theories have common random numbers, so theories are paired.
    ValueError if there is no replication, or not one theory for each draw.
    """

    def __init__(self, draw: Sequence[int] | Count, theory: Sequence[int] | Count) -> None:
        self.draw: Count = np.array(draw, dtype=np.int64)
        self.theory: Count = np.array(theory, dtype=np.int64)
        if not self.draw.size or self.draw.shape != self.theory.shape:
            raise ValueError(
                f"An axis has {self.draw.size} draws and {self.theory.size} theories; "
                "it needs at least one replication and a theory for each."
            )
        self.first = int(self.draw.min())
        self.span = int(self.draw.max()) - self.first + 1
        self._position = self.draw - self.first

    @classmethod
    def crossing(cls, draws: Sequence[int] | range, theories: int = 1) -> "Axis":
        """An axis that crosses every draw with every theory, numbered from zero; the theory varies fastest."""
        return cls(np.repeat(np.asarray(draws), theories), np.tile(np.arange(theories), len(draws)))

    def __len__(self) -> int:
        return self.draw.size

    def spread(self, by_draw: NDArray[Any]) -> NDArray[Any]:
        """Values by draw, (span, ...) from draw `first` on, repeated as values by replication, (replications, ...)."""
        return by_draw[self._position]

    def full(self, value: Quantity | float) -> Quantity:
        """A value for every replication, (replications,), from one for all or one each."""
        return np.zeros(len(self)) + value
