"""Cases drawn by Hypothesis area by area, carried out and judged."""

import gc
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz import commands, files, folders, oracle, words
from tests.fuzz.carrying_out import PATIENCE, carried_out
from tests.fuzz.cases import Case
from tests.fuzz.surroundings import Surroundings

# Areas with their shares of the cases.
AREAS: Mapping[str, tuple[float, Callable[[], st.SearchStrategy[Case]]]] = {
    "words": (0.25, words.cases),
    "commands": (0.4, lambda: st.one_of(commands.cases(), commands.cases(), commands.cases(), commands.no_command())),
    "files": (0.2, files.cases),
    "folders": (0.15, folders.cases),
}


class Fuzz:
    """Cases carried out one after the other under a root."""

    def __init__(self, root: Path, patience: float = PATIENCE) -> None:
        self.around, self.patience, self.count = Surroundings(root), patience, 0
        self.usual = lru_cache(maxsize=500)(lambda case: carried_out(case, self.around, patience))

    def faults(self, case: Case) -> list[str]:
        """Faults in the answer to a case."""
        self.count += 1
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.around.environment().items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["scenarios"])
            patch.setattr(sys, "dont_write_bytecode", True)
            return oracle.faults(case, carried_out(case, self.around, self.patience), self.usual)

    def check(self, case: Case) -> None:
        """Raise AssertionError where a case is answered wrongly."""
        faults = self.faults(case)
        assert not faults, f"{case}\n  " + "\n  ".join(faults)

    def run(self, area: str, cases: int, number: int) -> None:
        """Run an area's share of cases from a seed; AssertionError with the smallest case that fails."""
        drawn(area, cases, number, (Phase.generate, Phase.shrink))(self.check)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for garbage seldom, which otherwise takes a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def drawn(area: str, cases: int, number: int, phases: Sequence[Phase]) -> Callable[[Callable[[Case], None]], None]:
    """Call something with the cases of an area."""
    share, strategy = AREAS[area]
    chosen = settings(
        max_examples=max(1, round(share * cases)), database=None, deadline=None, phases=phases, print_blob=False,
        report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    def call(with_case: Callable[[Case], None]) -> None:
        with few_collections():
            seed(number)(chosen(given(strategy())(lambda case: with_case(case))))()

    return call


def surveyed(fuzz: Fuzz, areas: Sequence[str], cases: int, number: int, report: Path) -> int:
    """List every distinct fault with the shortest case that shows it; 1 if there is any."""
    shortest: dict[tuple[str, str], tuple[str, str, int]] = {}

    def note(case: Case) -> None:
        for fault in fuzz.faults(case):
            kind = (case.area, kind_of(fault))
            described, first, times = shortest.get(kind, (str(case), fault, 0))
            if len(str(case)) < len(described):
                described, first = str(case), fault
            shortest[kind] = (described, first, times + 1)
            if times == 0 or described == str(case):
                _written(shortest, report)

    for area in areas:
        drawn(area, cases, number, (Phase.generate,))(note)
    print(f"{fuzz.count:,} cases, {len(shortest)} kinds of faults: {report}")
    return int(bool(shortest))


def kind_of(fault: str) -> str:
    """Fault without the parts that differ from case to case."""
    fault = re.sub(r"^(passes over [^=]*) = .*", r"\1", fault, flags=re.DOTALL)
    return re.sub(r"'[^']*'|\"[^\"]*\"|[\d,.]+|/\S*", "_", fault)[:160]


def _written(shortest: Mapping[tuple[str, str], tuple[str, str, int]], report: Path) -> None:
    lines: list[str] = []
    area = ""
    for (where, _), (described, fault, times) in sorted(shortest.items()):
        lines += [] if where == area else [f"\n## {where}\n"]
        area = where
        lines += [f"- {fault} [{times} times]", *(f"      {line}" for line in described.splitlines())]
    report.write_text("\n".join(lines) + os.linesep, encoding="utf-8", errors="backslashreplace")
