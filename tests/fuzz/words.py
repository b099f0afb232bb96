"""Words of `run`, `sweep`, `compare` and `show`: real keys with odd values, and what Hydra's grammar has besides."""

from hypothesis import strategies as st

from scenarios.config import options
from scenarios.config.compose import known_keys
from tests.fuzz.cases import Case, Change
from tests.fuzz.odd import values

SCENARIO = "+scenario=full_withdrawal"
TINY = ("ensemble.replications=4", "ensemble.horizon=7", "theory.isis=enablers", "theory.strikes=both")
BASE = ("run", SCENARIO)
GROUPS = ("scenario", "start", "world", "theory", "ensemble", "study", "engine")
OTHER = (
    "hydra.run.dir", "hydra.job.chdir", "hydra.sweep.dir", "hydra.output_subdir", "hydra.mode", "hydra.searchpath",
    "hydra/launcher", "hydra/sweeper", "hydra/job_logging", "hydra.callbacks", "hydra.job.env_set.A", "hydra",
    "hydra.x",
    "parameters.baseline_attack_rate", "parameters.strike_deterrence_effect", "parameters.nothing", "parameters.",
    "scenario.levers.troops", "scenario.levers.credibility", "scenario.levers.enablers", "scenario.levers.role",
    "scenario.shocks", "scenario.expects", "scenario.levers.nothing", "study.cross", "study.sample.points",
    "study.name",
    "defaults", "name", "ensemble.seeds", "ensmble.seed", "ensemble.seed.x", "theory.isiss", "record", "a.b.c", "@x",
    "world@x", "ensemble@record", "scenario@_global_", "x/y", ".", "..", "a..b", ".a", "a.", "a[0]", "'ensemble.seed'",
    "ensemble .seed", "ensemble.seed:", "é", "", "results@x",
)  # fmt: skip
MARKS = ("", "", "", "", "+", "++", "+++", "~", "~~", "-", "--", " ")
FLAGS = (
    "-m", "--multirun", "--cfg", "--cfg=job", "--cfg=hydra", "--cfg=x", "-c", "--config-dir", "--config-dir=.",
    "--config-dir=nowhere", "-cd", "--package", "--package=ensemble", "-p", "--info", "--info=x", "-i", "--resolve",
    "--hydra-help", "--version", "--shell-completion", "-x", "-", "--", "--help=1", "--config-name=x",
    "--config-path=x",
    "--experimental-rerun=x",
)  # fmt: skip
SHARED_BASES = (BASE, ("show", "full_withdrawal"), ("compare", "full_withdrawal"))


def keys() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(sorted(known_keys())), st.sampled_from(GROUPS), st.sampled_from(OTHER), st.sampled_from(OTHER)
    )


@st.composite
def fitting(draw: st.DrawFn) -> str:
    """Option of a group by its name, or a number for a number: a plausible value."""
    group = draw(st.sampled_from(GROUPS))
    return f"{group}={draw(st.sampled_from([*options.options(group), 'nobody']))}"


@st.composite
def words(draw: st.DrawFn) -> str:
    """Word: a key with a value, deleted, added, placed in a package; or no word at all."""
    mark, key = draw(st.sampled_from(MARKS)), draw(keys())
    form = draw(st.sampled_from(("set", "set", "set", "set", "bare", "twice", "free")))
    if form == "bare":
        return mark + key
    if form == "free":
        return draw(values())
    value = draw(values())
    return f"{mark}{key}={value}" + (f",{draw(values())}" if form == "twice" else "")


@st.composite
def one_changed(draw: st.DrawFn) -> Case:
    """Plain run and one word more, which must be refused or change the request."""
    key = draw(st.one_of(st.sampled_from(sorted(known_keys())), st.sampled_from(OTHER)))
    value = draw(values())
    word = f"{draw(st.sampled_from(('', '', '+', '++')))}{key}={value}"
    return Case("requests", (*BASE, word), change=Change(key, value, Case("requests", BASE)))


@st.composite
def many(draw: st.DrawFn) -> Case:
    """Several words of any kind, with flags among them."""
    base = draw(st.sampled_from(SHARED_BASES))
    more = draw(st.lists(st.one_of(words(), words(), fitting(), st.sampled_from(FLAGS)), min_size=1, max_size=3))
    return Case("requests", (*base, *more))


def cases() -> st.SearchStrategy[Case]:
    return st.one_of(one_changed(), many())
