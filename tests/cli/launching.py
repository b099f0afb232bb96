"""One small multirun, under any launcher of Hydra."""

from collections.abc import Sequence
from pathlib import Path

from tests.requests import Said, assert_same_content, process

RUNS = (
    "+scenario=relabel,full_withdrawal", "theory.isis=enablers", "theory.strikes=both", "against=none",
    "ensemble.replications=4", "ensemble.horizon=30",
)  # fmt: skip


def launched(folder: Path, launcher: str, words: Sequence[str] = RUNS, **environment: str) -> Said:
    """Two runs of an ensemble each, one job a run."""
    folder.mkdir(exist_ok=True)
    return process("run", "-m", *words, f"hydra/launcher={launcher}", cwd=folder, **environment)


def folders(folder: Path) -> list[Path]:
    """The finished results, in order."""
    return sorted(file.parent for file in folder.glob("results/*/*/manifest.json"))


def assert_same_runs(one: Path, other: Path) -> None:
    """The same two results to the last bit."""
    mine, theirs = folders(one), folders(other)
    assert [each.relative_to(one) for each in mine] == [each.relative_to(other) for each in theirs]
    assert len(mine) == 2
    for left, right in zip(mine, theirs, strict=True):
        assert_same_content(left, right)
