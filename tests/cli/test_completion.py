"""What the tab key offers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.cli import COMMANDS
from tests.cli.completing import offered


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("",), set(COMMANDS)),
        (("complet",), {"completion"}),
        (("run", "+sc"), {"+scenario="}),
        (("compare", "surge", "relab"), {"relabel"}),
        (("run", "full"), {"full_withdrawal"}),
        (("variance", "full"), {"full_withdrawal"}),
        (("report", "full"), {"full_withdrawal"}),
        (("sweep", "withdr"), {"withdrawal_by_theory"}),
        (("compare", "outc"), {"outcomes="}),
        (("results", "pr"), {"prune"}),
        (("run", "+scenario=full"), {"+scenario=full_withdrawal"}),
        (("run", "+scenario=relabel,full"), {"+scenario=relabel,full_withdrawal"}),
        (("run", "world=c"), {"world=calm"}),
        (("run", "start=2021"), {"start=2021-07", "start=2021-12"}),
        (("run", "ensemble.rep"), {"ensemble.replications="}),
        (("run", "theory.is"), {"theory.isis="}),
        (("run", "--con"), {"--config-dir"}),
        (("show", "status"), {"status_quo"}),
        (("explain", "strike_deterrence"), {"strike_deterrence_effect"}),
        (("explain", "S004-42"), {"S004-42"}),
        (("explain", "us_deat"), {"us_deaths"}),
        (("explain", "M08"), {"M08"}),
        (("run", "theory.isis=[spent,en"), {"theory.isis=[spent,enablers"}),
        (("run", "theory.isiss="), set()),
        (("run", "against=no"), {"against=none"}),
        (("run", "loop=c"), {"loop=closed"}),
        (("run", "+parameters.strike_d"), {"+parameters.strike_deterrence_effect="}),
        (("show", "relabel", "world=c"), {"world=calm"}),
        (("list", "wor"), {"worlds"}),
        (("help", "compl"), {"completion"}),
        (("completion", "z"), {"zsh"}),
        (("status", "res"), {"res"}),
        (("run", "--cfg", "j"), {"job"}),
        (("run", "--cfg=j"), {"job"}),
        (("nonsense", "complet"), {"completion"}),
    ],
)
def test_completion_offers_what_may_stand_at_the_cursor(words, expected):
    assert set(offered(*words)) == expected


@pytest.mark.parametrize(
    ("shell", "line"), [("bash", "complete -o nosort -F"), ("zsh", "compdef _scenarios_completion")]
)
def test_completion_prints_the_script_of_a_shell(command, shell, line):
    printed = command("completion", shell)
    assert (printed.code, printed.err) == (0, "")
    assert line in printed.out
    assert f"_SCENARIOS_COMPLETE={shell}_complete" in printed.out


BASH = shutil.which("bash")
PROGRAM = Path(sys.executable).with_name("scenarios")


def completed(here, typed):
    """What bash has at the cursor after the tab key is pressed, its words parted as it does."""
    pressed = (
        f'source <("$PROGRAM" completion bash)\ncompopt() {{ echo "[$1 $2]"; }}\n'
        f'COMP_WORDS=("$PROGRAM" {typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n'
        '_scenarios_completion "$PROGRAM"; echo ${COMPREPLY[@]}'
    )
    environment = {**os.environ, "PROGRAM": str(PROGRAM)}
    ended = subprocess.run(
        [str(BASH), "-c", pressed], cwd=here, capture_output=True, text=True, check=True, env=environment
    )
    assert ended.stderr == ""
    return ended.stdout.strip()


@pytest.mark.skipif(BASH is None or not PROGRAM.exists(), reason="no bash, or not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("run +scenario = full_w", "full_withdrawal"),
        ("run +scenario=full_w", "+scenario=full_withdrawal"),
        ("run world = gaz", "gaza_war"),
        ("run theory.isis = '[spent,en'", "[spent,enablers"),
        ("run loop =", "open closed"),
        ("run worl", "[-o nospace]\nworld="),
        ("varia", "variance"),
        ("explain strike_deterrence_eff", "strike_deterrence_effect"),
        ("report nowh", "[-o default]"),
        ("report res", "[-o nospace]\nresidual_kurdistan results= results/"),
        ("run world = nowher", ""),
    ],
)
def test_a_shell_completes_the_word_at_the_cursor(here, typed, offered):
    (here / "results").mkdir()
    assert completed(here, typed) == offered


@pytest.mark.skipif(BASH is None or not PROGRAM.exists(), reason="no bash, or not installed")
def test_nothing_is_completed_where_the_options_cannot_be_read(here):
    (here / "configs").mkdir()
    (here / "configs" / "scenario").write_text("a file")
    assert completed(here, "run +scenario = full_w") == ""
