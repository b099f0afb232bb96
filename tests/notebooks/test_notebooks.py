"""Every notebook runs from top to bottom, complains of nothing, and is the same as text and as `.ipynb`."""

import re
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.executing import complaints, executed
from tests.notebooks.pairs import FOLDER, TEXTS, notebook, paired

WHOLE = pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
SEVERAL = 8


@WHOLE
def test_a_notebook_runs_in_a_fresh_kernel_and_complains_of_nothing(text, tmp_path):
    done = executed(notebook(text), tmp_path)
    assert complaints(done) == []
    assert all(cell.execution_count for cell in done.cells if cell.cell_type == "code")


@WHOLE
def test_a_notebook_is_the_same_as_text_and_as_ipynb_without_outputs(text):
    stored = nbformat.read(paired(text), as_version=4)
    nbformat.validate(stored)
    assert stored == notebook(text), "write it again from its text: python -m tests.notebooks"
    assert [cell for cell in stored.cells if cell.get("outputs") or cell.get("execution_count")] == []


@WHOLE
def test_a_notebook_says_what_it_is_and_leads_to_what_exists(text):
    prose = "\n".join(cell.source for cell in notebook(text).cells if cell.cell_type == "markdown")
    assert "conditional exploration, not a forecast" in " ".join(prose.split())
    links = re.findall(r"\]\((?!http)([^)#]+)\)", prose.replace("\n", " "))
    assert [link for link in links if not (FOLDER / link).exists()] == []


def test_every_notebook_exists_as_both_and_is_named_on_the_page():
    assert len(TEXTS) == SEVERAL
    assert sorted(FOLDER.glob("*.ipynb")) == [paired(text) for text in TEXTS]
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [text.name for text in TEXTS if f"({paired(text).name})" not in page] == []


def test_a_failing_command_fails_its_notebook(tmp_path):
    from nbclient.exceptions import CellExecutionError
    from nbformat.v4 import new_code_cell, new_notebook

    with pytest.raises(CellExecutionError, match="the command ended with 3"):
        executed(new_notebook(cells=[new_code_cell("!exit 3")]), Path(tmp_path))
