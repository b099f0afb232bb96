"""What the tab key offers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.cli import COMMANDS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("1", "", ""), set(COMMANDS)),
        (("1", "", "complet"), {"completion"}),
        (("2", "run", "+sc"), {"+scenario="}),
        (("3", "compare", "relab"), {"relabel"}),
        (("2", "run", "+scenario=full"), {"+scenario=full_withdrawal"}),
        (("2", "run", "+scenario=relabel,full"), {"+scenario=relabel,full_withdrawal"}),
        (("2", "run", "world=c"), {"world=calm"}),
        (("3", "run", "start=2021"), {"start=2021-07", "start=2021-12"}),
        (("3", "run", "ensemble.rep"), {"ensemble.replications="}),
        (("3", "run", "theory.is"), {"theory.isis="}),
        (("3", "run", "--con"), {"--config-dir"}),
        (("2", "show", "status"), {"status_quo"}),
        (("2", "explain", "strike_deterrence"), {"strike_deterrence_effect"}),
        (("2", "explain", "S004-42"), {"S004-42"}),
        (("2", "explain", "us_deat"), {"us_deaths"}),
        (("2", "explain", "M08"), {"M08"}),
        (("3", "run", "theory.isis=[spent,en"), {"theory.isis=[spent,enablers"}),
        (("3", "run", "theory.isiss="), set()),
        (("3", "run", "against=no"), {"against=none"}),
        (("3", "run", "loop=c"), {"loop=closed"}),
        (("3", "run", "+parameters.strike_d"), {"+parameters.strike_deterrence_effect="}),
        (("3", "show", "world=c"), {"world=calm"}),
        (("2", "list", "wor"), {"world"}),
        (("2", "help", ""), set()),
    ],
)
def test_completion_offers_what_may_stand_at_the_cursor(command, words, expected):
    said = command("completion", "words", *words)
    assert said.code == 0
    assert set(said.out.split()) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_prints_a_script_for_both_ways_of_calling(command, shell):
    said = command("completion", shell)
    assert "complete -o default -F _scenarios_complete scenarios python python3" in said.out
    assert ("bashcompinit" in said.out) == (shell == "zsh")


BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('"$PYTHON" -m scenarios run +scenario = full_w', "full_withdrawal"),
        ('"$BIN/scenarios" run +scenario = full_w', "full_withdrawal"),
        ('"$BIN/scenarios" run world = gaz', "gaza_war"),
        ('"$BIN/scenarios" varia', "variance"),
        ('"$PYTHON" -m json.tool full', ""),
    ],
)
def test_a_shell_completes_the_word_at_the_cursor(here, typed, offered):
    """The words as bash parts them after pressing the tab key."""
    pressed = (
        'source <("$PYTHON" -m scenarios completion bash)\n'
        f"COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        f"COMP_LINE='{typed.replace(' = ', '=')}'; COMP_POINT=${{#COMP_LINE}}\n"
        "COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'\n"
        "_scenarios_complete 2>/dev/null; echo ${COMPREPLY[@]}"
    )
    python = Path(sys.executable)
    ended = subprocess.run(
        [str(BASH), "-c", pressed], cwd=here, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHON": str(python), "BIN": str(python.parent)},
    )  # fmt: skip
    assert ended.stdout.strip() == offered
