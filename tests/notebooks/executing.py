"""A notebook executed in a fresh kernel, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tests.processes import GUARD

COMMAND_IS_DONE = "assert _exit_code == 0, f'the command ended with {_exit_code}'"


def executed(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """The notebook with its outputs; an error in a cell, or a command that fails, is raised."""
    notebook.cells = [part for cell in notebook.cells for part in with_check(cell)]
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, kernel_name="python3", timeout=int(GUARD), startup_timeout=int(GUARD), resources=where
    ).execute()
    return notebook


def with_check(cell: NotebookNode) -> Iterator[NotebookNode]:
    """A cell, and after a command of the shell a cell that fails where the command did."""
    yield cell
    if cell.cell_type == "code" and any(line.startswith("!") for line in cell.source.splitlines()):
        yield new_code_cell(COMMAND_IS_DONE)


def complaints(notebook: NotebookNode) -> list[str]:
    """Texts that a reader would see on stderr: warnings above all."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    return [each["text"] for each in outputs if each["output_type"] == "stream" and each["name"] == "stderr"]
