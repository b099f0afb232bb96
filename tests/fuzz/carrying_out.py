"""Run a case in this process, up to the checked request.

Nothing is simulated: a command ends where an engine would take its first task, after all checks. To simulate ten
thousand requests takes hours and shows nothing here; that checked requests run is the matter of every other test.
"""

import faulthandler
import io
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from scenarios.execution import Done
from scenarios.execution.slurm.site import site
from tests.fuzz.cases import LOAD, Case
from tests.fuzz.surroundings import Surroundings, Tree, tree
from tests.processes import GUARD

PATIENCE = 300.0  # seconds after which a case is taken to hang


class CheckedError(BaseException):
    """Point at which a command would begin to simulate."""


class HangError(BaseException):
    """Case that does not end."""


@dataclass
class Ended:
    """Outcome of a case."""

    code: int | None = None  # None if something escaped
    out: str = ""
    err: str = ""
    escaped: str = ""
    requests: list[Any] = field(default_factory=list)  # requests, as they would have been run
    outside: list[str] = field(default_factory=list)
    before: Tree = field(default_factory=dict)
    after: Tree = field(default_factory=dict)


class Engine:
    """Where an engine stands: it takes no task, and ends the command if there is one."""

    def results(self, work: Any, tasks: Sequence[Any]) -> Iterator[Done]:
        if tasks:
            raise CheckedError
        return iter(())


def _engine_of(written: Mapping[str, object], folder: Path, workers: int | None) -> Callable[[int], Engine]:
    site(written)
    return lambda tasks: Engine()


class Boundary:
    """Requests that reach the engines."""

    def __init__(self) -> None:
        self.requests: list[Any] = []

    def noted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Function whose arguments are recorded."""

        def noting(*arguments: Any, **named: Any) -> Any:
            self.requests.append((*arguments[:3], *named.values()))
            return function(*arguments, **named)

        return noting

    def stops(self, *arguments: Any, **named: Any) -> Any:
        """End the command where it would begin to simulate."""
        self.requests.append((*arguments, *named.values()))
        raise CheckedError


@contextmanager
def stopped_at_the_engines() -> Iterator[Boundary]:
    """While commands go no further than to what they would simulate."""
    import scenarios.cli.sweep
    import scenarios.report.terminal.variance
    import scenarios.studies.plan
    import scenarios.studies.runner
    from scenarios.report import pictures
    from scenarios.runs import runner
    from scenarios.validation import histories, prior_predictive

    boundary = Boundary()
    with pytest.MonkeyPatch.context() as patch:
        for module in (import_module("scenarios.compare"), runner):
            patch.setattr(module, "run_experiments", boundary.noted(module.run_experiments))
        patch.setattr(runner, "engine_for", lambda tasks, workers: Engine())
        patch.setattr(scenarios.cli.sweep, "run_study", boundary.noted(scenarios.cli.sweep.run_study))
        patch.setattr(scenarios.studies.runner, "engine_of", _engine_of)
        patch.setattr(scenarios.studies.plan, "piloted", boundary.stops)
        patch.setattr(scenarios.report.terminal.variance, "splits", boundary.stops)
        patch.setattr(histories.Runs, "result", boundary.stops)
        patch.setattr(prior_predictive, "distributions", boundary.stops)
        patch.setattr(pictures, "overview_png", lambda result, baseline: b"a picture")
        yield boundary


@contextmanager
def guarded(patience: float) -> Iterator[None]:
    """Raise what nothing catches once a case has hung for minutes; end the process if even that has no effect."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, patience, 1.0)
    faulthandler.dump_traceback_later(patience + GUARD, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def carried_out(case: Case, around: Surroundings, patience: float = PATIENCE) -> Ended:
    """Run a case in its surroundings."""
    ended, out, err = Ended(), io.StringIO(), io.StringIO()
    with around.of(case) as folder, stopped_at_the_engines() as boundary:
        ended.before = tree(folder)
        with around.watched(folder) as outside, guarded(patience), redirect_stdout(out), redirect_stderr(err):
            _carry_out(case.words, ended)
        ended.after, ended.outside, ended.requests = tree(folder), outside, _without(boundary.requests, folder)
    ended.out, ended.err = out.getvalue(), err.getvalue()
    return ended


def _carry_out(words: Sequence[str], ended: Ended) -> None:
    from scenarios.__main__ import main

    try:
        ended.code = _loaded(words[1:]) if words[:1] == (LOAD,) else main(words)
    except CheckedError:
        ended.code = 0
    except HangError:
        ended.escaped = "it hangs"
    except BaseException as error:  # whatever it is, it is what is looked for
        ended.escaped = _described(error)


def _loaded(words: Sequence[str]) -> int:
    """`scenarios.load`, whose errors are those of a command."""
    import scenarios
    from scenarios.errors import RequestError

    try:
        scenarios.load(list(words) or "results")
    except RequestError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _described(error: BaseException) -> str:
    """Exception in one line, with the place in the package where it was raised."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "scenarios" in Path(each.filename).parts]
    where = f" ({Path(frames[-1].filename).name}, in {frames[-1].name})" if frames else ""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message[:200]}{where}"


def _without(requests: list[Any], folder: Path) -> list[Any]:
    """Requests without the working folder."""

    def plain(part: Any) -> Any:
        return str(part).replace(str(folder), ".") if isinstance(part, Path) else part

    return [tuple(map(plain, call)) for call in requests]
