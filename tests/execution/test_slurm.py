"""The engine for Slurm without one: what a site may say, what a job keeps, what becomes of jobs that die."""

import pickle
import signal
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from scenarios import resources
from scenarios.errors import RequestError, SomeFailedError
from scenarios.execution.slurm import Slurm, monitor, scheduler
from scenarios.execution.slurm.jobs import Sent
from scenarios.execution.slurm.monitor import Monitor
from scenarios.execution.slurm.scheduler import Fate, describe_fate
from scenarios.execution.slurm.site import Site, site
from scenarios.execution.slurm.worker import JobTasks, TaskResult, kept, split_evenly
from scenarios.store import identity
from tests.execution import jobs
from tests.processes import GUARD

FATAL = jobs.FATAL
runs_of: Counter[int] = Counter()


@pytest.fixture(autouse=True)
def as_before():
    """A chunk listens to signals, as befits the process of a job."""
    handlers = {each: signal.getsignal(each) for each in (signal.SIGUSR2, signal.SIGTERM)}
    runs_of.clear()
    yield
    for each, handler in handlers.items():
        signal.signal(each, handler)


def counted(task: int) -> int:
    runs_of[task] += 1
    return 2 * task


def leaves_at_three(task: int) -> int:
    """A job that ends in the middle of a task, as one that is killed does."""
    runs_of[task] += 1
    if task == FATAL:
        sys.exit(1)
    return 2 * task


def chunk(folder: Path, numbers: list[int], work=counted, **changes) -> JobTasks:
    code = changes.pop("code", identity.code_digest())
    return JobTasks(work, tuple((number, number) for number in numbers), folder, code, **changes)


def ended(folder: Path) -> dict[int, TaskResult]:
    return {each.number: each for each in kept(folder) if isinstance(each, TaskResult)}


def test_the_shipped_options_say_every_word_that_a_site_has_and_its_defaults():
    written = yaml.safe_load((resources.configs() / "engine" / "slurm.yaml").read_text())
    assert set(written) == {"name", *(each.name for each in fields(Site))}
    described = site(written)
    assert {name: getattr(described, name) for name in written if name not in ("name", "setup", "environment")} == {
        name: getattr(Site(), name) for name in written if name not in ("name", "setup", "environment")
    }
    assert site({"name": "pool"}) is None


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"partiton": "long"}, r"engine\.partiton is unknown. Did you mean partition"),
        ({"time_minutes": 0}, r"engine\.time_minutes is 0, outside \[1, 43,200\] minutes"),
        ({"memory_gb": "lots"}, r"engine\.memory_gb is 'lots'; it must be a number"),
        ({"setup": "module load python"}, r"engine\.setup is 'module load python'; it must be a list"),
        ({"name": "slrm"}, r"engine\.name is 'slrm', which is not valid. Did you mean slurm\?"),
        ({"name": "pool", "partition": "long"}, r"engine\.partition is unknown"),
    ],
)
def test_a_wrong_word_about_a_site_is_refused(words, message):
    with pytest.raises(RequestError, match=message):
        site({"name": "slurm", **words})


def test_tasks_are_cut_into_no_more_jobs_than_the_site_takes():
    assert Site().jobs_for(1_000) == 64
    assert Site().jobs_for(5) == 5
    assert Site(array_parallelism=1_000).jobs_for(10_000) == 1_000
    assert Site(chunks=7).jobs_for(10_000) == 7
    pieces = split_evenly(range(100), 7)
    assert [number for piece in pieces for number in piece] == list(range(100))
    assert {len(piece) for piece in pieces} == {14, 15}
    assert split_evenly([4, 2], 5) == [[4], [2]]


def test_a_job_that_starts_again_lives_only_what_it_had_not_ended(tmp_path):
    first = chunk(tmp_path, [0, 1, 2, FATAL, 4], leaves_at_three)
    with pytest.raises(SystemExit):
        first()
    assert set(ended(tmp_path)) == {0, 1, 2}
    chunk(tmp_path, [0, 1, 2, FATAL, 4])()
    assert runs_of == {0: 1, 1: 1, 2: 1, FATAL: 2, 4: 1}
    assert {number: each.value for number, each in ended(tmp_path).items()} == {n: 2 * n for n in range(5)}


def test_a_job_keeps_why_a_task_failed_and_goes_on(tmp_path):
    chunk(tmp_path, [2, FATAL, 4], jobs.fails_at_three)()
    assert ended(tmp_path)[FATAL].failure == "ValueError: three is too many"
    assert ended(tmp_path)[4].value == 8


def test_a_job_with_several_processors_spreads_its_tasks(tmp_path):
    chunk(tmp_path, [0, 1, 2], jobs.doubled, cpus=2)()
    assert {number: each.value for number, each in ended(tmp_path).items()} == {0: 0, 1: 2, 2: 4}


def test_a_job_with_another_version_of_the_code_touches_nothing(tmp_path):
    chunk(tmp_path, [0, 1], code="f" * 32)()
    assert not runs_of
    assert all("another version of the code is" in each.failure and each.final for each in ended(tmp_path).values())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGUSR2, 75), (signal.SIGTERM, 143)])
def test_a_job_leaves_at_once_when_slurm_signals(tmp_path, number, code):
    chunk(tmp_path, [0])()
    with pytest.raises(SystemExit) as left:
        signal.raise_signal(number)
    assert left.value.code == code


class Submissions:
    """Jobs that run at once in this process; one that leaves early has written no last file."""

    def __init__(self, folder: Path, begins: bool = True, **site: object) -> None:
        self.site, self.name, self.kept, self.begins = Site(**site), "trial", folder / "kept", begins
        self.kept.mkdir()
        self.sent: list[tuple[int, ...]] = []

    def refresh(self) -> None:
        """Nothing to do for one process."""

    def send(self, chunks):
        return [self._lived(each) for each in chunks]

    def _lived(self, each: JobTasks) -> Sent:
        self.sent.append(each.numbers)
        last = self.kept.parent / f"{len(self.sent)}.result"
        try:
            if self.begins:
                each()
                last.write_bytes(pickle.dumps(("success", None)))
        except SystemExit:
            pass
        paths = SimpleNamespace(result_pickle=last, stdout=self.kept.parent / f"{len(self.sent)}.log")
        return Sent(SimpleNamespace(job_id=len(self.sent), paths=paths), each)


class Clock:
    """Time that a test advances, or that passes while something sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds

    sleep = passes


@pytest.fixture
def clock(monkeypatch):
    """The time of whatever waits for Slurm."""
    passing = Clock()
    for module in (scheduler, monitor, scheduler):
        monkeypatch.setattr(module, "time", passing)
    return passing


@pytest.fixture
def watched(tmp_path, monkeypatch, clock):
    """What becomes of eight tasks in two jobs, when jobs that leave early end in a state."""

    def watched(work, state: str, **changes):
        monkeypatch.setattr(scheduler, "queued", lambda names: {})
        monkeypatch.setattr(monitor, "fate_of", lambda job: Fate(state, node="n1"))
        submissions = Submissions(tmp_path, chunks=2, **changes)
        watch = Monitor(submissions, work, list(range(8)), lambda said: None)
        watch.begin()
        return {done.task: done for done in watch.results()}, submissions.sent

    return watched


def test_a_job_that_dies_costs_the_task_that_it_lived_which_is_tried_once_more_alone(watched):
    results, sent = watched(leaves_at_three, "OUT_OF_MEMORY")
    assert sent == [(0, 1, 2, 3), (4, 5, 6, 7), (3,)]
    assert runs_of == {**dict.fromkeys(range(8), 1), FATAL: 2}
    assert results.pop(FATAL).failure.startswith("OUT_OF_MEMORY on n1: more than engine.memory_gb=2 (Slurm job 3; log ")
    assert {task: done.value for task, done in results.items()} == {task: 2 * task for task in results}
    assert not any(done.final for done in results.values())


def test_tasks_behind_one_that_kills_its_job_go_on_together(watched):
    _, sent = watched(lambda task: leaves_at_three(task + 2), "FAILED")
    assert sent == [(0, 1, 2, 3), (4, 5, 6, 7), (1,), (2, 3)]


def test_a_lost_node_is_no_tasks_fault(watched):
    results, sent = watched(leaves_at_three, "NODE_FAIL")
    assert len(sent) == 2 + monitor.TRIES_OF_NODES - 1
    assert results[FATAL].failure.startswith("NODE_FAIL on n1")
    assert results[FATAL].final


def test_cancelled_jobs_are_not_tried_again(watched):
    results, sent = watched(leaves_at_three, "CANCELLED")
    assert len(sent) == 2
    assert results[FATAL].failure.startswith("CANCELLED on n1: by its user, an administrator or a limit of the site")
    assert results[FATAL].final


def test_jobs_that_never_reach_python_are_tried_once_more_as_they_were(watched):
    results, sent = watched(counted, "FAILED", begins=False)
    assert sent == [(0, 1, 2, 3), (4, 5, 6, 7)] * 2
    assert all(done.failure.startswith("FAILED on n1") and done.final for done in results.values())


def test_a_short_silence_of_the_scheduler_is_reported_and_waited_out_and_a_long_one_ends_the_call(clock):
    heard: list[str] = []
    known = scheduler.Scheduler("trial", 1.0, heard.append)
    known.no_answer(scheduler.NoAnswerError("squeue: no"))
    known.no_answer(scheduler.NoAnswerError("squeue: no"))
    assert heard == ["Slurm does not answer (squeue: no); waiting, up to 1 minutes without news."]
    clock.passes(59)
    known.no_answer(scheduler.NoAnswerError("squeue: no"))
    clock.passes(2)
    with pytest.raises(SomeFailedError, match="once Slurm is back, the same command goes on"):
        known.no_answer(scheduler.NoAnswerError("squeue: no"))
    known.answered()
    assert heard[-1] == "Slurm answers again."


@pytest.mark.parametrize(
    ("fate", "line"),
    [
        (Fate("TIMEOUT", node="n3"), "TIMEOUT on n3: more than engine.time_minutes=60"),
        (Fate("FAILED", 75), "TIMEOUT: more than engine.time_minutes=60"),
        (Fate("FAILED", 137, 0, "n1"), "FAILED on n1: killed by signal 9 (out of memory, perhaps)"),
        (Fate("FAILED", 9, 9), "FAILED: killed by signal 9 (out of memory, perhaps)"),
        (Fate("FAILED", 0, 11), "FAILED: killed by signal 11"),
        (Fate("FAILED", 2), "FAILED: exit code 2"),
        (scheduler.UNKNOWN, "UNKNOWN: the job left the queue without a word, and Slurm keeps no accounting of it"),
    ],
)
def test_the_end_of_a_job_is_explained_in_a_line(fate, line):
    assert describe_fate(fate, Site()) == line


@pytest.fixture
def commands(tmp_path, monkeypatch, clock):
    """Commands of Slurm that say what a test wants, however long they take to say it."""
    monkeypatch.setattr(scheduler, "ANSWER_SECONDS", GUARD)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def command(name: str, output: str, code: int = 0) -> None:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\ncat <<'END'\n{output}\nEND\nexit {code}\n")
        file.chmod(0o755)

    return command


def test_the_queue_is_read_with_reasons_why_jobs_wait(commands):
    commands("squeue", "12_0|RUNNING|None\n12_1|PENDING|Resources\n12_2|PENDING|launch failed requeued held")
    jobs = scheduler.queued(["trial"])
    assert [each.delay for each in jobs.values()] == ["", "", "launch failed requeued held"]
    assert [job for job, each in jobs.items() if each.never_starts] == ["12_2"]
    commands("squeue", "", code=1)
    with pytest.raises(scheduler.NoAnswerError, match="squeue: exit code 1"):
        scheduler.queued(["trial"])


def test_a_fate_comes_from_the_accounting_or_else_from_the_controller(commands):
    commands("sacct", "12_3|CANCELLED by 0|0:0|0:15|n1\n12_4|OUT_OF_MEMORY|0:125|0:0|n2")
    assert scheduler.fate_of("12_3") == Fate("CANCELLED", 0, 15, "n1")
    commands("sacct", "Slurm accounting storage is disabled", code=1)
    commands("scontrol", "JobId=9 JobState=FAILED Reason=x ExitCode=9:0 DerivedExitCode=0:9 NodeList=n7")
    assert scheduler.fate_of("9") == Fate("FAILED", 9, 9, "n7")


def test_a_fate_that_nobody_knows_is_requested_until_the_accounting_should_have_caught_up(commands, clock):
    commands("sacct", "Slurm accounting storage is disabled", code=1)
    commands("scontrol", "Invalid job id specified", code=1)
    assert scheduler.fate_of("9") == scheduler.UNKNOWN
    assert clock.now == scheduler.CATCHES_UP_SECONDS


def test_without_slurm_the_script_can_be_seen_but_nothing_submitted(tmp_path, monkeypatch):
    pytest.importorskip("submitit", reason="it is in the extra `cluster`")
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = Slurm(Site(account="ab12", setup=("module load python",), environment={"A": "b c"}), tmp_path / "study")
    script = engine.script(1_000)
    for line in ("--account=ab12", "--array=0-63%16", "--requeue", "--signal=USR2@90", "--time=60", "--mem=2048MB"):
        assert f"#SBATCH {line}\n" in script
    assert "module load python\nexport A='b c'\n" in script
    with pytest.raises(RequestError, match="there is no sbatch here"):
        list(engine.results(counted, [1]))
    assert not (tmp_path / "study").exists()
