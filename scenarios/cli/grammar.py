"""A scenario by its name or a folder of results, in place of the words that request it."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios import resources
from scenarios.config import options
from scenarios.errors import RequestError, nearest

if TYPE_CHECKING:
    from scenarios.runs.result import Result

NAMES = re.compile(r"[\w-]+(,[\w-]+)*")

RESULTS = Path("results")


def as_words(words: Sequence[str], extra: Path | None = None, group: str = "scenario") -> list[str]:
    """Words as KEY=VALUE alone: a name becomes +scenario=NAME, a folder the words of its run, which others override."""
    known, given = options.options(group, extra), [word for word in words if "=" in word]
    is_missing = not any(word.lstrip("+").startswith(f"{group}=") for word in given)
    taken = list[str]()
    for word in (word for word in words if "=" not in word):
        if word in known or (is_missing and NAMES.fullmatch(word) and not is_place(word)):
            taken.append(f"+{group}={word}")
        elif group == "scenario" and is_place(word):
            taken += words_of(word, given)
        else:
            taken.append(word)
    return [*taken, *given]


def is_place(word: str) -> bool:
    """True if a word is the path of something that exists."""
    try:
        return bool(word.strip()) and resources.given(word).exists()
    except (OSError, ValueError):
        return False


def words_of(folder: str, others: Iterable[str]) -> list[str]:
    """Words that request the run in a folder again, without those that others override."""
    from scenarios.config.compose import without_replaced
    from scenarios.config.hydra_words import quoted
    from scenarios.report.page.provenance import repetition

    result = one_result(folder)
    repeated, changes = repetition(result), list(others)
    if not changes and not repeated.is_exact:
        raise RequestError(f"{folder} cannot be requested again as it was: {', '.join(repeated.differs)} differ now.")
    place = f"results={quoted(str(result.place.resolve().parent.parent))}"
    return without_replaced([*repeated.words, place], changes)


def one_result(where: str | Path) -> "Result":
    """The one finished result that a folder holds."""
    from scenarios.load import load
    from scenarios.runs.result import Result, Results

    results = load(where)
    if isinstance(results, Result):
        return results
    if not isinstance(results, Results):
        raise RequestError(f"{where} is a study of many points, not one result; run the one that matters by itself.")
    paths = ", ".join(str(result.path) for result in results[:5]) + (", ..." if len(results) > 5 else "")
    raise RequestError(f"{where} holds {len(results)} results; give one of {paths}.")


def folders_of(words: Sequence[str], results: Path = RESULTS) -> list[str]:
    """Places in which results are: paths as given, and the newest comparable runs of the scenarios that are named."""
    known = options.options("scenario")
    names = [word for word in dict.fromkeys(words) if word in known and not is_place(word)]
    if not names:
        return list(words)
    from scenarios.execution import to_stderr
    from scenarios.load import newest_runs

    chosen, others = newest_runs(names, results)
    for line in others:
        to_stderr(f"note: {line}")
    return [str(chosen.get(word, word)) for word in words]


def folder_of(word: str, results: Path = RESULTS) -> Path:
    """A path as given, or the newest run of a scenario or study by its name, in the folder of results."""
    if word in options.options("study") and not is_place(word):
        return newest_study(word, results)
    return resources.given(folders_of([word], results)[0])


def newest_study(name: str, results: Path) -> Path:
    """The study of a name that was changed last, finished or not."""
    folders = [file.parent for file in (results / name).glob("*/study.yaml")]
    if not folders:
        raise RequestError(f"there is no study {name} in {results}; sweep it first: sweep {name}.")
    return max(folders, key=lambda folder: folder.stat().st_mtime_ns)


def check_source(word: str) -> None:
    """Refuse a word that is neither a path nor the name of a scenario."""
    if not resources.given(word).exists():
        known = options.options("scenario")
        raise RequestError(f"{word!r} is neither a folder nor a scenario.{nearest(word, known)}")
