"""Small requests, the door from within, and results compared by what they hold."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq
import pytest

from scenarios.config.compose import command_request, composed
from scenarios.config.request import CommandRequest, Request, request
from scenarios.errors import RequestError
from scenarios.runs import runner
from scenarios.store.tables import TABLES
from tests.processes import begun, ended

ROOT = Path(__file__).resolve().parents[1]
ONE_THEORY = ("theory.isis=enablers", "theory.strikes=both")
SMALL = ("ensemble.replications=8", "ensemble.horizon=28", *ONE_THEORY)
TINY = ("ensemble.replications=8", "ensemble.horizon=7", *ONE_THEORY)
WITHDRAWAL = "+scenario=full_withdrawal"
Words = tuple[str, ...]


@cache
def _composed(words: Words) -> Mapping[str, Any]:
    return composed(words)


def config(*words: str, of: Words = SMALL) -> dict[str, Any]:
    """The composed configuration of a small run."""
    return deepcopy(dict(_composed((WITHDRAWAL, *of, *words))))


def changed(node: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with some of its leaves replaced; a key written with an equals sign replaces a whole node."""
    found = dict(node)
    for key, value in changes.items():
        name = key.removesuffix("=")
        nested = isinstance(value, Mapping) and isinstance(found.get(name), Mapping) and name == key
        found[name] = changed(found[name], value) if nested else value
    return found


def asks(*words: str, of: Words = SMALL, **changes: Any) -> Request:
    """A small experiment."""
    return request(changed(config(*words, of=of), changes))


def asks_all(*words: str, of: Words = SMALL, **changes: Any) -> CommandRequest:
    """A small experiment with what it is set against."""
    return command_request(changed(config(*words, of=of), changes))


def levers(**values: Any) -> dict[str, Any]:
    """Changes of levers."""
    return {"scenario": {"levers": values}}


def troops(**values: Any) -> dict[str, Any]:
    """Changes of the path of the troops."""
    return levers(troops=values)


def shock(**values: Any) -> dict[str, Any]:
    """One shock in place of all others, of a commander unless said."""
    return {"scenario": {"shocks=": [{"shock": "commander_killed", **values}]}}


def refused(*words: str, **changes: Any) -> str:
    """What is said to a request that is wrong."""
    with pytest.raises(RequestError) as error:
        asks_all(*words, **changes)
    return one_line(str(error.value))


def one_line(said: str) -> str:
    assert "\n" not in said
    return said


def carried_out(asked_for: Request, results: Path, workers: int = 1) -> Path:
    """The folder of an experiment that is carried out."""
    return runner.run_experiments([asked_for], results, workers, lambda done, whole: None)[0].path


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The line by which a request is refused, or the lines, one for each fault of a file."""
        lines = self.err.strip().splitlines()
        assert self.code == 2, self
        assert self.out == "", self.out
        assert lines[0].startswith("error: "), self.err
        lines[0] = lines[0].removeprefix("error: ")
        file = lines[0].partition(": ")[0]
        assert all(line.startswith(f"{file}: ") for line in lines[1:]), self.err
        return "\n".join(lines)


def process(*words: str, cwd: Path, **environment: str) -> Said:
    """`python -m scenarios` in a process of its own."""
    return script("-m", "scenarios", *words, cwd=cwd, **environment)


def script(*words: str, cwd: Path, **environment: str) -> Said:
    """Python in a process of its own."""
    with begun(*words, cwd=cwd, **environment) as process:
        return Said(*ended(process))


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Every table of a folder, in its order."""
    return {name: pq.read_table(folder / f"{name}.parquet").to_pandas() for name in TABLES}


def assert_same_content(left: Path, right: Path) -> None:
    """Two folders hold the same numbers to the last bit, under the same schema."""
    one, other = tables(left), tables(right)
    for name in TABLES:
        mine, theirs = (pq.read_schema(each / f"{name}.parquet") for each in (left, right))
        assert mine.equals(theirs, check_metadata=True), name
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True, obj=name)


def standing(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file under a folder with its time and content, to see that nothing was touched; locks left out."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_file() and each.name != ".lock")
    return {str(each.relative_to(folder)): (each.stat().st_mtime_ns, each.read_bytes()) for each in files}
