"""The commands of README.md work as they are typed, in their order."""

import re
import shlex

import pytest

from tests.requests import ROOT, TINY

SMALL = {"run": (*TINY, "workers=1"), "compare": (*TINY, "workers=1"), "sweep": TINY}


def typed():
    """The words of every command of the first sequence in README.md."""
    block = next(block for block in re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
                 if "-m scenarios" in block)  # fmt: skip
    lines = [line for line in block.splitlines() if line.startswith("python -m scenarios ")]
    return [shlex.split(line, comments=True)[3:] for line in lines]


@pytest.mark.usefixtures("here")
def test_the_commands_of_the_readme_work_in_their_order(command):
    commands = typed()
    assert {words[0] for words in commands} >= {"run", "list", "show", "explain", "compare", "report", "sweep"}
    for words in commands:
        said = command(*words, *SMALL.get(words[0], ()))
        assert said.code == 0, (words, said.err)
