"""The notebooks as pages of the site: prose and code, without outputs."""

import re
from collections.abc import Iterator
from pathlib import Path

from docs.generate import regions

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"

CELL = re.compile(r"^# %%(?P<kind>.*)\n", re.MULTILINE)

LINKS = {r"\((\d\d_\w+)\.ipynb\)": r"(\1.md)", r"\(\.\./docs/": "(../"}

MAGIC = re.compile(r"^# (?=[!%])", re.MULTILINE)

NOTE = "*This page is `notebooks/{name}.ipynb`, generated without its outputs; run the notebook to see them.*"


def files() -> dict[Path, str]:
    """A page for every notebook."""
    folder = regions.DOCS / "tutorials"
    return {folder / f"{text.stem}.md": page(text) for text in sorted(NOTEBOOKS.glob("*.py"))}


def page(text: Path) -> str:
    """The page of one notebook."""
    title, _, rest = "\n\n".join(cells(text.read_text(encoding="utf-8"))).partition("\n")
    return f"{title}\n\n{NOTE.format(name=text.stem)}\n{rest}\n"


def cells(text: str) -> Iterator[str]:
    """Every cell as Markdown."""
    _, *parts = CELL.split(text)
    for kind, content in zip(parts[::2], parts[1::2], strict=True):
        yield prose(content) if "[markdown]" in kind else block(content.strip())


def prose(content: str) -> str:
    """The Markdown of a cell of prose, its links turned to pages of the site."""
    shown = re.sub(r"^# ?", "", content.strip(), flags=re.MULTILINE)
    for link, target in LINKS.items():
        shown = re.sub(link, target, shown)
    return shown


def block(content: str) -> str:
    """A cell of code as a block; commands of the shell alone are a block of the shell."""
    shown = MAGIC.sub("", content)
    if all(line.startswith("!") for line in shown.splitlines()):
        return f"```sh\n{shown.replace('!{python}', 'python')}\n```"
    return f"```python\n{shown}\n```"
