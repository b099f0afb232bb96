"""What a manifest must hold: keys and kinds, the known files alone, and facts that agree with one another."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scenarios.config import fields
from scenarios.config.policy import LEVERS
from scenarios.config.request import MOST_REPLICATIONS
from scenarios.config.shocks import KINDS
from scenarios.config.trajectory import LONGEST, Path, Value
from scenarios.config.user_inputs import NOUNS
from scenarios.errors import RequestError
from scenarios.evidence.priors import prior
from scenarios.evidence.theories import hypotheses
from scenarios.store.tables import TABLES
from scenarios.store.typed import joined, read, refuse
from scenarios.store.written import AskedRun, Common, OfRun, OfStudy, Stamped

RUN, STUDY = "run", "study"  # kinds of a manifest

OF_STUDY = ("points.parquet", "outcomes.parquet", "summary.parquet")

OF_RUN = tuple(f"{name}.parquet" for name in TABLES)

DERIVED = ("summary.csv", "overview.png")  # beside the tables of a run, and computed from them

REQUIRED: Mapping[str, tuple[str, ...]] = {RUN: OF_RUN, STUDY: OF_STUDY}

ID, SHA256 = re.compile("[0-9a-f]{6,64}"), re.compile("[0-9a-f]{64}")

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def kind_of(manifest: Mapping[str, Any]) -> str:
    """Whether a manifest is of a run or of a study."""
    return STUDY if manifest.get("kind") == STUDY else RUN


def check_shape(manifest: Mapping[str, Any]) -> None:
    """Refuse a manifest that no version of this schema writes; RequestError names the key."""
    kind = kind_of(manifest)
    _check_texts("", manifest)
    check_files("files", manifest.get("files"), REQUIRED[kind], REQUIRED[kind])
    check_files("derived", manifest.get("derived", {}), (), DERIVED if kind == RUN else ())
    if kind == STUDY:
        _check_study(read(OfStudy, manifest))
    else:
        _check_run(read(OfRun, manifest), read(AskedRun, manifest["request"], "request"))


def stamped(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Size and digest of every file that a manifest vouches for: the tables, and what is computed from them."""
    return {**manifest["files"], **manifest.get("derived", {})}


def check_files(key: str, files: Any, required: Sequence[str], known: Sequence[str]) -> None:
    """Refuse files that are not the known ones, each with its size and digest."""
    if not isinstance(files, Mapping) or not set(required) <= set(files) <= set(known):
        names = list(files) if isinstance(files, Mapping) else files
        raise refuse(key, names, f"a mapping of {', '.join(known) or 'nothing'}, and of no other files")
    for name, about in files.items():
        found = read(Stamped, about, f"{key}.{name}")
        if found.bytes < 0 or not SHA256.fullmatch(found.sha256):
            raise refuse(f"{key}.{name}", about, "a size and a SHA-256 digest")


def _check_common(of: Common) -> None:
    if not ID.fullmatch(of.id):
        raise refuse("id", of.id, "an identifier of hexadecimal digits")
    fields.whole(of.replications, "replications", 0, 2**53)
    for number, each in enumerate(of.own):
        fields.one_of(each.kind, f"own[{number}].kind", NOUNS)


def _check_run(of: OfRun, asked: AskedRun) -> None:
    _check_common(of)
    fields.word(of.scenario, "scenario")
    fields.whole(of.draws, "draws", 1, MOST_REPLICATIONS)
    fields.whole(of.rejected_draws, "rejected_draws", 0, 2**53)
    fields.number(asked.horizon, "request.horizon", 1, LONGEST)
    fields.number(asked.step_days, "request.step_days", 1e-3, LONGEST)
    fields.number(of.seconds, "seconds")
    for name, (mine, theirs) in _pairs(of, asked).items():
        if mine != theirs:
            raise RequestError(f"{name} is {mine}, but its request says {theirs}")
    _check_theories(asked)
    _check_scenario(asked)
    for name, believed in {**asked.beliefs, **asked.start.states}.items():
        _check_belief(believed, f"request.beliefs.{name}")


def _pairs(of: OfRun, asked: AskedRun) -> dict[str, tuple[object, object]]:
    """Facts that a manifest states twice."""
    return {
        "scenario": (of.scenario, asked.scenario.name),
        "as_of": (of.as_of, asked.start.date),
        "seed": (of.seed, asked.seed),
        "theories": (len(of.theories), len(asked.theories)),
        "replications": (of.replications, of.draws * len(asked.theories)),
    }


def _check_scenario(asked: AskedRun) -> None:
    """Refuse levers and shocks that the model has not, and paths without a beginning."""
    policy, world = asked.scenario.policy, asked.world
    for name in policy.levers:
        fields.one_of(name, "request.scenario.policy.levers", LEVERS)
    for each in (*asked.scenario.shocks, *world.shocks):
        fields.one_of(each.kind, "request.shocks.kind", KINDS)
        if (each.at, each.per_year, each.when) == (None, None, None):
            raise RequestError(f"request.shocks: {each.kind} never strikes; it must have at, per_year or when")
    troops = policy.troops
    paths = [troops.announced, *troops.by_site.values(), *policy.levers.values(), world.intensity, world.detente]
    steps = [policy.role, policy.legal_basis, world.regime]
    if not all(each.anchors for each in paths) or not all(steps):
        raise RequestError("request.scenario.policy or request.world has a path without a beginning")
    values = [troops.realised, troops.delay, *troops.deadlines, *(each for path in paths for each in _values(path))]
    for value in values:
        if isinstance(value, str):
            fields.one_of(value, "request.scenario.policy", asked.beliefs)


def _values(path: Path) -> Iterator[Value]:
    """Days and values of a path, numbers or names of parameters."""
    return (each for anchor in path.anchors for each in anchor)


def _check_theories(asked: AskedRun) -> None:
    """Refuse theories of other questions than the first; each must answer the same."""
    first = [question for question, _ in asked.theories[0].poles] if asked.theories else []
    for number, each in enumerate(asked.theories):
        names = [question for question, _ in each.poles]
        if names != first or not set(names) <= set(hypotheses()):
            raise refuse(f"request.theories[{number}].poles", names, f"answers to {', '.join(first) or 'a question'}")


def _check_belief(said: Mapping[str, Any], key: str) -> None:
    numbers = {name: value for name, value in said.items() if name not in ("kind", "bounds")}
    read(tuple[float, float], said.get("bounds"), joined(key, "bounds"))
    try:
        prior({said.get("kind"): read(Mapping[str, float], numbers, key)})
    except (ValueError, TypeError) as error:
        raise RequestError(f"{key}: {error}") from error


def _check_study(of: OfStudy) -> None:
    _check_common(of)
    fields.word(of.study.get("name"), "study.name")
    fields.text(of.study.get("story", "-") or "-", "study.story")
    fields.whole(of.points, "points", 1, 2**53)
    fields.number(of.cpu, "cpu")


def _check_texts(key: str, said: Any) -> None:
    """Refuse texts that would steer a terminal or cannot be printed at all."""
    for name, each in _texts(key, said):
        if UNPRINTABLE.search(each):
            raise refuse(name, each, "a text without control characters")


def _texts(key: str, said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, str):
        yield key, said
    elif isinstance(said, Mapping):
        for name, each in said.items():
            yield joined(key, "a name"), str(name)
            yield from _texts(joined(key, name), each)
    elif isinstance(said, list):
        for each in said:
            yield from _texts(key, each)
