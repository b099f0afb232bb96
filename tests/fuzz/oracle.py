"""Conditions that every case must meet, whatever was sent."""

from collections.abc import Callable, Iterator

import yaml

from tests.fuzz.carrying_out import Ended
from tests.fuzz.cases import LOAD, Case

CODES = (0, 2, 3, 130)
BEGINNINGS = ("error: ", "finished, but ")
READERS = ("status", "summarise", "diff", "explain-run", "show", "list", "explain", LOAD)


def faults(case: Case, ended: Ended, again: Callable[[Case], Ended]) -> list[str]:
    """Faults in how a case ended; none if all is well."""
    return [*_escapes(ended), *_writes(case, ended), *_silent_defaults(case, ended, again)]


def _escapes(ended: Ended) -> Iterator[str]:
    if ended.escaped:
        yield f"escapes: {ended.escaped}"
        return
    if ended.code not in CODES:
        yield f"ends with {ended.code!r}"
    if "Traceback (most recent call last)" in ended.err + ended.out:
        yield "prints a traceback"
    lines = ended.err.splitlines()
    messages = [line for line in lines if line.startswith(BEGINNINGS)]
    if ended.code in (2, 3) and not messages:
        yield f"ends with {ended.code} and says {ended.err[-200:]!r}"


def _writes(case: Case, ended: Ended) -> Iterator[str]:
    for path in sorted(set(ended.outside)):
        yield f"touches what lies outside: {path}"
    differs = sorted(name for name in {*ended.before, *ended.after} if ended.before.get(name) != ended.after.get(name))
    if ended.code == 2 and differs:
        yield f"refuses, and yet changes {', '.join(differs[:4])}"
    is_reader = bool(case.words) and case.words[0] in READERS and not any(word.startswith("-o") for word in case.words)
    if ended.code == 0 and is_reader and differs:
        yield f"reads, and yet changes {', '.join(differs[:4])}"


def _silent_defaults(case: Case, ended: Ended, again: Callable[[Case], Ended]) -> Iterator[str]:
    """Key that is accepted and changes nothing, though its value is not the default."""
    if case.change is None or ended.code != 0 or not ended.requests:
        return
    usual = again(case.change.without)
    if usual.code != 0 or repr(usual.requests) != repr(ended.requests):
        return
    if not stands_already(case.change.key, case.change.value):
        yield f"passes over {case.change.key} = {case.change.value[:80]}"


def stands_already(key: str, value: str) -> bool:
    """True if a value is the one that a plain run has at a key, however it is written."""
    from tests.fuzz.words import BASE

    given = _read(value)
    node = _composed(BASE[1:])
    for name in key.split("."):
        if not isinstance(node, dict) or name not in node:
            return False
        node = node[name]
    named = isinstance(node, dict) and node.get("name") == given
    return named or node == given or (node is None and given in ("none", "null", "None", ""))


def _read(value: str) -> object:
    try:
        return yaml.safe_load(value)
    except (yaml.YAMLError, ValueError):
        return value


def _composed(words: tuple[str, ...]) -> object:
    from scenarios.config.compose import composed

    return composed(words)
