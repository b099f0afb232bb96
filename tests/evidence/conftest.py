"""A copy of seeds/ that a test may break."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios import resources

CACHING = ("scenarios.evidence", "scenarios.explain", "docs.generate")


def forget_seeds() -> None:
    """Forget all that has been read of seeds/; what has been read of the code stays."""
    for name, module in list(sys.modules.items()):
        if name.startswith(CACHING) and name != "scenarios.explain.source_code":
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a copy of seeds/, read in its place until the test ends."""
    copy = tmp_path / "seeds"
    shutil.copytree(resources.seeds(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(resources, "seeds", lambda: copy)
    forget_seeds()
    yield copy
    forget_seeds()
