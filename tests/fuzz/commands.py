"""Every command with arguments that are wrong, missing or too many."""

from hypothesis import strategies as st

from scenarios.cli import COMMANDS
from tests.fuzz.cases import LOAD, Case
from tests.fuzz.odd import ODD, values
from tests.fuzz.sources import RUN, STUDY

REAL = (
    "full_withdrawal", "relabel", "status_quo", "nobody", "deaths", "us_deaths", "strike_deterrence_effect", "M08",
    "S001-33", "S001", "H1", "D5", "P11", "isis", "parameters", "bash", "words", "0", "1", "3", "-1", "1/2", "/1", "/x",
    "2/8", "9/8", "run", "x.csv", "x.parquet", "x.html", "x.yaml", "x.txt", "mine.yaml",
    "results", RUN, STUDY, "nowhere", ".", "results/*", "**", "file",
)  # fmt: skip
FLAGS = (
    "--help", "-h", "-o", "-o=x.csv", "--output", "--plan", "--dry-run", "--shard", "--shard=1/2", "--max-failures",
    "--timeout", "--retry-failed", "--against", "--against=scenario=status_quo", "--by-theory", "--pairwise", "--all",
    "--traceback", "--check", "--replications", "--replications=8", "--workers", "--workers=2",
    "--results", "--config-dir", "-x", "--x=1", "-", "--", "-m", "--cfg",
)  # fmt: skip
WORDS = (
    "results=out", "against=none", "start=2021-12", "start=mine.yaml", "beliefs=mine.yaml", "world=calm", "days=5",
    "days=x", "scale=log", "scale=x", "from=2024-01", "from=x", "theory=x", "theory.isis=spent", "outcomes=all",
    "outcomes=deaths", "outcomes=", "above.deaths=5", "above.x=1", "above.deaths=nan", "+study=withdrawal_by_theory",
    "study.cross=x", "+scenario=relabel", "scenario=relabel", "engine=slurm", "workers=0", "workers=2", "x=y", "=",
    "a=",
)  # fmt: skip
TINY = ("ensemble.replications=4", "ensemble.horizon=7")
# Commands that make a file of any name: theirs are plain, so that what lands elsewhere is not the wish of the words.
MAKES_FILES = ("new-start", "new-beliefs")


def arguments() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(REAL),
        st.sampled_from(REAL),
        st.sampled_from(FLAGS),
        st.sampled_from(WORDS),
        st.sampled_from(ODD),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    name = draw(st.sampled_from([*COMMANDS, LOAD]))
    first = (
        st.sampled_from(("x.yaml", "mine.yaml", "", " ", "é.yaml", "results")) if name in MAKES_FILES else arguments()
    )
    given = [draw(first)] if draw(st.booleans()) or name in MAKES_FILES else []
    given += draw(st.lists(arguments(), max_size=3))
    return Case("commands", (name, *given), with_results=draw(st.booleans()))


@st.composite
def no_command(draw: st.DrawFn) -> Case:
    return Case("commands", tuple(draw(st.lists(values(), max_size=2))))
