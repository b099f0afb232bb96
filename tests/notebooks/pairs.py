"""Notebooks as pairs: the text, which is the source, and the `.ipynb` beside it, without outputs."""

from pathlib import Path

import jupytext
from nbformat import NotebookNode, write

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
TEXTS = sorted(FOLDER.glob("*.py"))
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(text: Path) -> NotebookNode:
    """The notebook of a text; cells are numbered, so that the same text gives the same bytes."""
    pair = jupytext.read(text)
    for number, cell in enumerate(pair.cells):
        cell["id"] = f"cell-{number:02}"
        cell["metadata"] = {}
    pair["metadata"] = {"jupytext": {"formats": "ipynb,py:percent"}, "kernelspec": KERNEL}
    pair["nbformat"], pair["nbformat_minor"] = 4, 5
    return pair


def paired(text: Path) -> Path:
    """The `.ipynb` beside a text."""
    return text.with_suffix(".ipynb")


def write_all() -> list[Path]:
    """Write every `.ipynb` again from its text."""
    for text in TEXTS:
        write(notebook(text), paired(text))
    return [paired(text) for text in TEXTS]
