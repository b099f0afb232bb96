"""A case carried out in this process, up to the checked request.

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
    """The place where a command would begin to simulate."""


class HangError(BaseException):
    """A case that does not end."""


@dataclass
class Ended:
    """What became of a case."""

    code: int | None = None  # None if something escaped
    out: str = ""
    err: str = ""
    escaped: str = ""
    asked: list[Any] = field(default_factory=list)  # requests, as they would have been run
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
    """What comes as far as the engines."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def noted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose arguments are noted."""

        def noting(*arguments: Any, **named: Any) -> Any:
            self.asked.append((*arguments[:3], *named.values()))
            return function(*arguments, **named)

        return noting

    def stops(self, *arguments: Any, **named: Any) -> Any:
        """End the command where it would begin to simulate."""
        self.asked.append((*arguments, *named.values()))
        raise CheckedError


@contextmanager
def stopped_at_the_engines() -> Iterator[Boundary]:
    """While commands go no further than to what they would simulate."""
    import scenarios.cli.sweep
    import scenarios.cli.variance
    import scenarios.studies.plan
    import scenarios.studies.runner
    from scenarios.report import pictures
    from scenarios.runs import runner
    from scenarios.validation import histories, prior_predictive

    found = Boundary()
    with pytest.MonkeyPatch.context() as patch:
        for module in (import_module("scenarios.compare"), runner):
            patch.setattr(module, "run_experiments", found.noted(module.run_experiments))
        patch.setattr(runner, "engine_for", lambda tasks, workers: Engine())
        patch.setattr(scenarios.cli.sweep, "run_study", found.noted(scenarios.cli.sweep.run_study))
        patch.setattr(scenarios.studies.runner, "engine_of", _engine_of)
        patch.setattr(scenarios.studies.plan, "piloted", found.stops)
        patch.setattr(scenarios.cli.variance, "splits", found.stops)
        patch.setattr(histories.Runs, "result", found.stops)
        patch.setattr(prior_predictive, "distributions", found.stops)
        patch.setattr(pictures, "overview_png", lambda result, baseline: b"a picture")
        yield found


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
    """A case in its surroundings, and what became of it."""
    ended, out, err = Ended(), io.StringIO(), io.StringIO()
    with around.of(case) as folder, stopped_at_the_engines() as boundary:
        ended.before = tree(folder)
        with around.watched(folder) as outside, guarded(patience), redirect_stdout(out), redirect_stderr(err):
            _answered(case.words, ended)
        ended.after, ended.outside, ended.asked = tree(folder), outside, _without(boundary.asked, folder)
    ended.out, ended.err = out.getvalue(), err.getvalue()
    return ended


def _answered(words: Sequence[str], ended: Ended) -> None:
    from scenarios.__main__ import main

    try:
        ended.code = _loaded(words[1:]) if words[:1] == (LOAD,) else main(words)
    except CheckedError:
        ended.code = 0
    except HangError:
        ended.escaped = "it hangs"
    except BaseException as error:  # whatever it is, it is what is looked for
        ended.escaped = _told(error)


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


def _told(error: BaseException) -> str:
    """An exception in a line, and the place in the package where it came from."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "scenarios" in Path(each.filename).parts]
    where = f" ({Path(frames[-1].filename).name}, in {frames[-1].name})" if frames else ""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:200]}{where}"


def _without(asked: list[Any], folder: Path) -> list[Any]:
    """What is asked for, with the working folder left out where it is written."""
    return [
        tuple(str(each).replace(str(folder), ".") if isinstance(each, Path) else each for each in one) for one in asked
    ]
