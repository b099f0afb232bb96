"""Validation of a manifest: keys and types, known files only, and facts that agree with one another."""

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
from scenarios.store.typed import from_plain, join_key, refuse
from scenarios.store.written import Common, OfRun, OfStudy, RunRequest, Stamped

RUN, STUDY = "run", "study"  # kinds of a manifest

OF_STUDY = ("points.parquet", "outcomes.parquet", "summary.parquet")

OF_RUN = tuple(f"{name}.parquet" for name in TABLES)

DERIVED = ("summary.csv", "overview.png")  # computed from the tables of a run and stored beside them

REQUIRED: Mapping[str, tuple[str, ...]] = {RUN: OF_RUN, STUDY: OF_STUDY}

ID, SHA256 = re.compile("[0-9a-f]{6,64}"), re.compile("[0-9a-f]{64}")

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def kind_of(manifest: Mapping[str, Any]) -> str:
    """Kind of a manifest: run or study."""
    return STUDY if manifest.get("kind") == STUDY else RUN


def check_shape(manifest: Mapping[str, Any]) -> None:
    """Refuse a manifest that this schema cannot contain; RequestError names the key."""
    kind = kind_of(manifest)
    _check_texts("", manifest)
    check_files("files", manifest.get("files"), REQUIRED[kind], REQUIRED[kind])
    check_files("derived", manifest.get("derived", {}), (), DERIVED if kind == RUN else ())
    if kind == STUDY:
        _check_study(from_plain(OfStudy, manifest))
    else:
        _check_run(from_plain(OfRun, manifest), from_plain(RunRequest, manifest["request"], "request"))


def stamped(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Size and digest of every file in a manifest: tables and files computed from them."""
    return {**manifest["files"], **manifest.get("derived", {})}


def check_files(key: str, files: Any, required: Sequence[str], known: Sequence[str]) -> None:
    """Refuse unknown or missing files, and entries without a valid size and digest."""
    if not isinstance(files, Mapping) or not set(required) <= set(files) <= set(known):
        names = list(files) if isinstance(files, Mapping) else files
        raise refuse(key, names, f"a mapping of {', '.join(known) or 'nothing'}, and of no other files")
    for name, entry in files.items():
        stamp = from_plain(Stamped, entry, f"{key}.{name}")
        if stamp.bytes < 0 or not SHA256.fullmatch(stamp.sha256):
            raise refuse(f"{key}.{name}", entry, "a size and a SHA-256 digest")


def _check_common(of: Common) -> None:
    if not ID.fullmatch(of.id):
        raise refuse("id", of.id, "an identifier of hexadecimal digits")
    fields.whole(of.replications, "replications", 0, 2**53)
    for number, source in enumerate(of.own):
        fields.one_of(source.kind, f"own[{number}].kind", NOUNS)


def _check_run(of: OfRun, request: RunRequest) -> None:
    _check_common(of)
    fields.word(of.scenario, "scenario")
    fields.whole(of.draws, "draws", 1, MOST_REPLICATIONS)
    fields.whole(of.rejected_draws, "rejected_draws", 0, 2**53)
    fields.number(request.horizon, "request.horizon", 1, LONGEST)
    fields.number(request.step_days, "request.step_days", 1e-3, LONGEST)
    fields.number(of.seconds, "seconds")
    for name, (stated, requested) in _pairs(of, request).items():
        if stated != requested:
            raise RequestError(f"{name} is {stated}, but its request says {requested}")
    _check_theories(request)
    _check_scenario(request)
    for name, believed in {**request.beliefs, **request.start.states}.items():
        _check_belief(believed, f"request.beliefs.{name}")


def _pairs(of: OfRun, request: RunRequest) -> dict[str, tuple[object, object]]:
    """Facts that a manifest states twice: in itself and in its request."""
    return {
        "scenario": (of.scenario, request.scenario.name),
        "as_of": (of.as_of, request.start.date),
        "seed": (of.seed, request.seed),
        "theories": (len(of.theories), len(request.theories)),
        "replications": (of.replications, of.draws * len(request.theories)),
    }


def _check_scenario(request: RunRequest) -> None:
    """Refuse unknown levers and shocks, and paths without anchors."""
    policy, world = request.scenario.policy, request.world
    for name in policy.levers:
        fields.one_of(name, "request.scenario.policy.levers", LEVERS)
    for shock in (*request.scenario.shocks, *world.shocks):
        fields.one_of(shock.kind, "request.shocks.kind", KINDS)
        if (shock.at, shock.per_year, shock.when) == (None, None, None):
            raise RequestError(f"request.shocks: {shock.kind} never strikes; it must have at, per_year or when")
    troops = policy.troops
    paths = [troops.announced, *troops.by_site.values(), *policy.levers.values(), world.intensity, world.detente]
    steps = [policy.role, policy.legal_basis, world.regime]
    if not all(path.anchors for path in paths) or not all(steps):
        raise RequestError("request.scenario.policy or request.world has a path without anchors")
    values = [troops.realised, troops.delay, *troops.deadlines, *(value for path in paths for value in _values(path))]
    for value in values:
        if isinstance(value, str):
            fields.one_of(value, "request.scenario.policy", request.beliefs)


def _values(path: Path) -> Iterator[Value]:
    """Days and values of a path: numbers or names of parameters."""
    return (value for anchor in path.anchors for value in anchor)


def _check_theories(request: RunRequest) -> None:
    """Refuse theories that do not answer the same questions as the first."""
    first = [question for question, _ in request.theories[0].poles] if request.theories else []
    for number, theory in enumerate(request.theories):
        names = [question for question, _ in theory.poles]
        if names != first or not set(names) <= set(hypotheses()):
            raise refuse(f"request.theories[{number}].poles", names, f"answers to {', '.join(first) or 'a question'}")


def _check_belief(written: Mapping[str, Any], key: str) -> None:
    numbers = {name: value for name, value in written.items() if name not in ("kind", "bounds")}
    from_plain(tuple[float, float], written.get("bounds"), join_key(key, "bounds"))
    try:
        prior({written.get("kind"): from_plain(Mapping[str, float], numbers, key)})
    except (ValueError, TypeError) as error:
        raise RequestError(f"{key}: {error}") from error


def _check_study(of: OfStudy) -> None:
    _check_common(of)
    fields.word(of.study.get("name"), "study.name")
    fields.text(of.study.get("story", "-") or "-", "study.story")
    fields.whole(of.points, "points", 1, 2**53)
    fields.number(of.cpu, "cpu")


def _check_texts(key: str, value: Any) -> None:
    """Refuse texts with characters that control a terminal or cannot be printed."""
    for name, text in _texts(key, value):
        if UNPRINTABLE.search(text):
            raise refuse(name, text, "a text without control characters")


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            yield join_key(key, "a name"), str(name)
            yield from _texts(join_key(key, name), entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(key, entry)
