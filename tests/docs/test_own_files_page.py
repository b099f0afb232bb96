"""The examples of docs/own-files.md run as written, on small ensembles."""

import re
import shlex

import pytest

from scenarios import load
from tests.conftest import command, here, pictures  # noqa: F401
from tests.docs.recipes import edits
from tests.requests import ROOT

PAGE = (ROOT / "docs" / "own-files.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^python -m scenarios (.+)$", PAGE, re.MULTILINE)
SMALL = ("ensemble.replications=4", "theory.isis=enablers", "theory.strikes=both", "workers=1")


@pytest.fixture
def ready(command, here):  # noqa: F811
    """An empty folder with the files of the page, and the start that its first command writes."""
    for edit in edits(PAGE):
        edit.apply(here)
    written = command(*shlex.split(COMMANDS[0]))
    assert written.code == 0, written.err
    return command


def test_the_page_has_a_file_and_a_command_for_each_kind():
    assert [edit.file for edit in edits(PAGE)] == [
        "beliefs.yaml", "configs/scenario/half_and_wait.yaml", "configs/world/spring_war.yaml",
    ]  # fmt: skip
    assert len(COMMANDS) == 7


@pytest.mark.parametrize("line", COMMANDS[1:])
def test_a_command_of_the_page_does_what_it_promises(ready, here, line):  # noqa: F811
    words = shlex.split(line)
    horizon = "ensemble.horizon=120" if "world=spring_war" in words else "ensemble.horizon=7"
    ended = ready(*words, *(() if words[0] == "show" else (*SMALL, horizon)))
    assert ended.code == 0, ended.err
    if "beliefs=beliefs.yaml" in words:
        shown = " ".join(ended.out.split())
        assert "with own beliefs beliefs.yaml: 1 prior changed" in shown
        assert " ".join(PAGE.split("```\nwith own")[1].split("```")[0].split()) in shown
    if words[0] == "run":
        assert len(load(here / "results")) == 2
