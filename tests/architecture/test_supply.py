"""What is installed is locked, with digests: packages, what builds them, and pip itself."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("build", "run", "all")
FLAWED_BELOW = Version("78.1.1")  # a package index could write files anywhere through setuptools before
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")


def pinned(lock: str) -> list[Requirement]:
    """Every requirement of a lock file."""
    lines = [line.removesuffix("\\").strip() for line in text(lock).splitlines() if re.match(r"\w", line)]
    return [Requirement(line) for line in lines]


def versions(lock: str, name: str) -> set[Version]:
    return {Version(str(each.specifier).removeprefix("==")) for each in pinned(lock) if each.name == name}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_at_one_version_with_digests(lock):
    blocks = re.split(r"(?m)^(?=\w)", text(lock))[1:]
    assert len(blocks) == len(pinned(lock))
    for block in blocks:
        assert re.match(r"[\w.-]+==\S+ ", block), block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry_and_no_path_of_a_machine(lock):
    assert not re.search(r"://|--index|--find-links|(?m:^|\s)/\w|file:", text(lock))


def test_what_builds_packages_is_locked_and_pip_with_it():
    assert {each.name for each in pinned("build")} == {"pip", "setuptools"}
    (backend,) = [Requirement(each) for each in PROJECT["build-system"]["requires"]]
    assert all(each in backend.specifier for each in versions("build", "setuptools"))


@pytest.mark.parametrize("lock", LOCKS)
def test_no_setuptools_with_known_flaws_is_taken_on_any_system(lock):
    locked = versions(lock, "setuptools")
    assert locked == versions("build", "setuptools")
    assert min(locked) >= FLAWED_BELOW


def test_locks_hold_everything_that_is_required():
    run = [Requirement(each).name.lower() for each in PROJECT["project"]["dependencies"]]
    groups = PROJECT["project"]["optional-dependencies"].values()
    extras = [Requirement(each).name.lower() for group in groups for each in group]
    assert set(run) <= {each.name for each in pinned("run")}
    assert {*run, *extras} <= {each.name for each in pinned("all")}
    for each in pinned("run"):
        assert versions("run", each.name) == versions("all", each.name)


def test_nothing_is_installed_but_by_lock_and_what_is_there_builds_it():
    installs = [line for line in MAKEFILE.splitlines() if "pip install" in line]
    assert len(installs) == 1, "one place says how packages are installed"
    assert "--no-deps --no-build-isolation" in installs[0]
    uses = [line for line in MAKEFILE.splitlines() if "$(INSTALL)" in line]
    assert all("--require-hashes -r requirements/" in line or "--editable ." in line for line in uses)
    for lock in LOCKS:
        assert f"--require-hashes -r requirements/{lock}.lock" in MAKEFILE
        assert f"-o requirements/{lock}.lock" in MAKEFILE
