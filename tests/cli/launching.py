"""One small multirun, under any launcher of Hydra."""

from collections.abc import Sequence
from pathlib import Path

from tests.requests import Said, assert_same_content, process

RUNS = (
    "+scenario=relabel,full_withdrawal", "theory.isis=enablers", "theory.strikes=both", "against=none",
    "ensemble.replications=4", "ensemble.horizon=30",
)  # fmt: skip


def launched(folder: Path, launcher: str, words: Sequence[str] = RUNS, **environment: str) -> Said:
    """Two runs, one job each."""
    folder.mkdir(exist_ok=True)
    return process("run", "-m", *words, f"hydra/launcher={launcher}", cwd=folder, **environment)


def folders(folder: Path) -> list[Path]:
    """The finished results, in order."""
    return sorted(file.parent for file in folder.glob("results/*/*/manifest.json"))


def assert_same_runs(one: Path, other: Path) -> None:
    """The same two results to the last bit."""
    runs, others = folders(one), folders(other)
    assert [run.relative_to(one) for run in runs] == [run.relative_to(other) for run in others]
    assert len(runs) == 2
    for left, right in zip(runs, others, strict=True):
        assert_same_content(left, right)
