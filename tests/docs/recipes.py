"""Recipes of a page: blocks of code with the place where each belongs, applied to a copy of the project."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.requests import ROOT, Said, script

PAGES = [ROOT / "docs" / name for name in ("how-to.md", "architecture.md")]
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
            blank = "\n\n" if file.suffix == ".py" else ""
            file.write_text(text + blank + self.code, encoding="utf-8")
            return
        line = f"{self.anchor}\n"
        assert text.count(line) == 1, f"{self.file} has {text.count(line)} lines {self.anchor!r}"
        file.write_text(text.replace(line, self.code if self.how == "in place of" else line + self.code))


def sections() -> dict[str, str]:
    """The text below every heading of the pages with recipes that has blocks of code to apply."""
    texts = [part for page in PAGES for part in page.read_text(encoding="utf-8").split("\n## ")[1:]]
    by_title = {title: text for title, _, text in (part.partition("\n") for part in texts)}
    return {title: text for title, text in by_title.items() if edits(text)}


def edits(text: str) -> list[Edit]:
    """The blocks of code of a text that say where they belong."""
    return [Edit(m["file"], m["how"], m["anchor"] or "", m["code"]) for m in BLOCK.finditer(text)]


def applied(title: str, folder: Path) -> Path:
    """A copy of the project with a recipe applied."""
    for name in PROJECT:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", ".importlinter"):
        shutil.copy(ROOT / name, folder)
    for edit in edits(sections()[title]):
        edit.apply(folder)
    return folder


def python(folder: Path, code: str) -> Said:
    """The output of a script that runs on a copy of the project."""
    return script("-c", code, cwd=folder, PYTHONPATH=str(folder))
