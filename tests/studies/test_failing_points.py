"""Points that fail: recorded with their reason, tried again on request, shown by a replay."""

import signal
import threading
import time

import pytest

import scenarios.studies.chunks as chunk_module
import scenarios.studies.replay as replay_module
from scenarios.__main__ import main
from scenarios.errors import RequestError, SomeFailedError
from scenarios.studies.dataset import Dataset
from scenarios.studies.status import status
from tests.processes import GUARD
from tests.studies.sweeps import ONE, SIZE, swept, written


def failing(together, rate=0.4, first=0):
    """Simulation as usual, except for draws from `first` on of points with a rate, which fail."""

    def simulated(request, variants, draws):
        if draws.stop > first and any(variant.given["baseline_attack_rate"] == rate for variant in variants):
            raise ValueError("a fault was requested")
        return together(request, variants, draws)

    return simulated


@pytest.fixture
def faults(monkeypatch):
    """Switch faults on, with `first`, or off again."""
    real = chunk_module.simulate_together

    def switch(on=True, **how):
        for module in (chunk_module, replay_module):
            monkeypatch.setattr(module, "simulate_together", failing(real, **how) if on else real)

    return switch


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return swept(tmp_path_factory.mktemp("sound"), **ONE)[1]


def test_a_failing_point_is_recorded_with_its_reason_and_a_replay_and_the_rest_goes_on(
    tmp_path, monkeypatch, capsys, faults
):
    monkeypatch.chdir(tmp_path)
    faults()
    assert main(["sweep", f"+study={written(tmp_path, **ONE)}", *SIZE, "workers=1"]) == 3
    out, err = capsys.readouterr()
    assert "1 of 2 points failed" in err
    assert "ValueError: a fault was requested" in out
    assert out.splitlines()[-1].startswith("dataset ")
    replay = next(line.split()[3:] for line in out.splitlines() if "scenarios replay" in line)
    assert main(replay) == 3
    err = capsys.readouterr().err
    assert "fails: ValueError: a fault was requested (test_failing_points.py, line" in err
    assert "Traceback" not in err
    assert main([*replay, "--traceback"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_point_that_failed_stays_until_it_is_to_be_tried_again(tmp_path, faults, sound):
    faults()
    folder, manifest = swept(tmp_path, **ONE)
    assert manifest["failed_points"] == 1
    faults(on=False)
    assert swept(tmp_path, **ONE)[1] == manifest
    assert list(status(folder.path).failures.values()) == ["ValueError: a fault was requested"]
    _, mended = swept(tmp_path, retry=True, **ONE)
    assert mended["dataset"] == sound["dataset"]
    assert not mended["failures"]
    assert not status(folder.path).failures
    assert Dataset(folder.path).failures.empty


def test_only_the_draws_that_failed_are_tried_again(tmp_path, monkeypatch, faults, sound):
    faults(first=1)
    folder, manifest = swept(tmp_path, **ONE)
    assert Dataset(folder.path).points["failed"].tolist() == [0, 4]
    faults(on=False)
    tried, real = [], chunk_module.simulate_together
    monkeypatch.setattr(chunk_module, "simulate_together", lambda *given: tried.append(given[2]) or real(*given))
    assert swept(tmp_path, retry=True, **ONE)[1]["dataset"] == sound["dataset"] != manifest["dataset"]
    assert tried == [range(1, 2)]


def test_a_point_that_fails_again_is_tried_once_and_stays_failed(tmp_path, faults):
    faults()
    _, manifest = swept(tmp_path, **ONE)
    _, again = swept(tmp_path, retry=True, **ONE)
    assert again["dataset"] == manifest["dataset"]
    assert again["failed_points"] == 1


@pytest.fixture
def timer(monkeypatch):
    """What a timer is set to; it rings when a test raises the signal."""
    seen = []
    monkeypatch.setattr(signal, "setitimer", lambda which, seconds: seen.append((which, seconds)))
    return seen


def test_a_point_that_takes_too_long_is_recorded(tmp_path, monkeypatch, timer):
    def slow(request, variants, draws):
        if any(variant.given["baseline_attack_rate"] == 0.4 for variant in variants):
            signal.raise_signal(signal.SIGALRM)
        return real(request, variants, draws)

    real = chunk_module.simulate_together
    monkeypatch.setattr(chunk_module, "simulate_together", slow)
    _, manifest = swept(tmp_path, seconds=1.0, **ONE)
    assert [failure["reason"] for failure in manifest["failures"]] == [
        "TimeoutError: it took longer than the 1 s that it may"
    ]
    assert timer == [(signal.ITIMER_REAL, seconds) for seconds in (2.0, 0, 1.0, 0, 1.0, 0)]


def test_the_timer_of_a_point_rings_by_itself():
    with pytest.raises(TimeoutError, match=r"longer than the 0\.01 s"), chunk_module.limited(0.01):
        time.sleep(GUARD)


def test_points_cannot_be_timed_beside_the_main_thread_and_none_is_called_failed_for_it(tmp_path):
    message = []

    def attempt():
        try:
            swept(tmp_path, seconds=1.0, **ONE)
        except RequestError as error:
            message.append(str(error))

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert "leave out --timeout" in message[0]


@pytest.mark.parametrize("most", [0, 1])
def test_too_many_failures_stop_the_sweep(tmp_path, monkeypatch, most):
    def fails(*arguments):
        raise ValueError("always")

    monkeypatch.setattr(chunk_module, "simulate_together", fails)
    with pytest.raises(SomeFailedError, match=rf"stopped: .* more than --max-failures {most}.*ValueError: always"):
        swept(tmp_path, max_failures=most)
