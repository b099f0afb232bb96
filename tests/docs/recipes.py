"""Recipes of a page: blocks of code with the place where each belongs, applied to a copy of the project."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.requests import ROOT, Said, script

HOW_TO = ROOT / "docs" / "how-to.md"
BLOCK = re.compile(
    r"^`(?P<file>[^`\n]+)`, (?P<how>new|at the end|after|in place of)(?: `(?P<anchor>[^`\n]+)`)?:\n\n"
    r"```(?:python|yaml)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PROJECT = ("agents", "scenarios", "configs", "seeds", "docs", "tests")


@dataclass(frozen=True)
class Edit:
    """One block of code and where it belongs."""

    file: str
    how: str
    anchor: str
    code: str

    def apply(self, root: Path) -> None:
        """Change the file as the page says; AssertionError if its anchor is not there, or not alone."""
        file = root / self.file
        if self.how == "new":
            assert not file.exists(), file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.code, encoding="utf-8")
            return
        text = file.read_text(encoding="utf-8")
        if self.how == "at the end":
            file.write_text(text + self.code, encoding="utf-8")
            return
        line = f"{self.anchor}\n"
        assert text.count(line) == 1, f"{self.file} has {text.count(line)} lines {self.anchor!r}"
        file.write_text(text.replace(line, self.code if self.how == "in place of" else line + self.code))


def recipes() -> dict[str, list[Edit]]:
    """The edits of every recipe of the page, by its heading."""
    sections = re.split(r"^## ", HOW_TO.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    by_title = {}
    for section in sections:
        title, _, text = section.partition("\n")
        by_title[title] = edits(text)
    return by_title


def edits(text: str) -> list[Edit]:
    """The blocks of code of a text that say where they belong."""
    return [Edit(m["file"], m["how"], m["anchor"] or "", m["code"]) for m in BLOCK.finditer(text)]


def applied(title: str, folder: Path) -> Path:
    """A copy of the project with a recipe applied."""
    for name in PROJECT:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", ".importlinter"):
        shutil.copy(ROOT / name, folder)
    for edit in recipes()[title]:
        edit.apply(folder)
    return folder


def python(folder: Path, code: str) -> Said:
    """The output of a script that runs on a copy of the project."""
    return script("-c", code, cwd=folder, PYTHONPATH=str(folder))
