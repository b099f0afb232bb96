"""Random numbers with an address (seed, decision, step and draw), common to all scenarios and theories."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from agents.ensemble.axis import Axis, Count, Quantity

DOUBLES_PER_BLOCK = 4  # a Philox 4x64 counter yields four doubles


class Luck:
    """Uniform random numbers in [0, 1), addressed by who decides what, in which step.

    The same address gives a draw the same number in every scenario, whatever the ensemble, the order of the draws or
    the actors around it: common random numbers. Philox is keyed by seed and name; the counter holds the step in its
    last word and the draw, four to a count, in its first. Drawing an address twice in a step is a ValueError.
    """

    def __init__(self, seed: int, axis: Axis) -> None:
        self.seed, self.axis, self.step = seed, axis, 0
        self._streams: dict[str, tuple[Generator, Any]] = {}
        self._drawn: set[str] = set()
        self._tables: dict[str, Quantity] = {}
        self._block, self._skip = divmod(axis.first, DOUBLES_PER_BLOCK)

    def turn_to(self, step: int) -> None:
        """Open the luck of a step; every address may then be drawn once."""
        self.step = step
        self._drawn.clear()

    def __call__(self, decision: str) -> Quantity:
        """Luck of one decision in the current step, (replications,)."""
        return self.axis.spread(self.by_draw(decision))

    def over(self, decision: str, units: Sequence[str]) -> Quantity:
        """Luck of one decision for each of several named units, (replications, units)."""
        return np.array([self(f"{decision}.{unit}") for unit in units]).T

    def by_draw(self, decision: str) -> Quantity:
        """Luck of one decision in the current step, one number per draw from the axis's first on, (span,)."""
        if decision in self._drawn:
            raise ValueError(
                f"The luck of {decision!r} was drawn twice in step {self.step}; "
                "give each decision a name of its own, or keep the first draw."
            )
        self._drawn.add(decision)
        return self._uniform(decision, self.step)

    def series(self, decision: str, length: int) -> Quantity:
        """Luck of the first, second, ... occurrence of something, (replications, length), whenever it happens."""
        if decision not in self._tables:
            rows = [self.axis.spread(self._uniform(decision, occurrence)) for occurrence in range(length)]
            self._tables[decision] = np.array(rows).T
        return self._tables[decision]

    def nth(self, decision: str, occurrence: Count, length: int) -> Quantity:
        """Luck of the occurrence that each replication has reached, (replications,), counted from zero.

        Occurrences beyond the length share the luck of the last.
        """
        column = np.minimum(occurrence, length - 1)[:, np.newaxis]
        return np.take_along_axis(self.series(decision, length), column, axis=1)[:, 0]

    def at(self, decision: str, attempt: int) -> Quantity:
        """Luck of the n-th attempt at something, one number per draw from the axis's first on, (span,)."""
        return self._uniform(decision, attempt)

    @property
    def addresses(self) -> dict[str, str]:
        """Every name drawn so far, and what its counter counts: steps, or occurrences of something."""
        return {name: "occurrence" if name in self._tables else "step" for name in self._streams}

    def _uniform(self, name: str, count: int) -> NDArray[np.float64]:
        generator, state = self._stream(name)
        state["state"]["counter"][:] = (self._block, 0, 0, count)
        generator.bit_generator.state = state
        return generator.random(self._skip + self.axis.span)[self._skip :]

    def _stream(self, name: str) -> tuple[Generator, Any]:
        if name not in self._streams:
            digest = blake2b(name.encode(), digest_size=8).digest()
            key = np.array([self.seed, int.from_bytes(digest, "little")], dtype=np.uint64)
            philox = Philox(key=key)
            self._streams[name] = Generator(philox), philox.state
        return self._streams[name]
