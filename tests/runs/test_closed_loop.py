"""How many replications events have taken off the announced path is recorded and reported, by theory."""

import re

from scenarios.api import run
from scenarios.report.terminal.run import overridden

EVENTFUL = {"timetable_agreement_rate": 1.4, "cost_driven_early_exit_rate": 0.36}


def closed(loop, folder):
    return run(
        "status_quo", against="none", loop=loop, horizon=60, replications=40, theory={"strikes": ["deter", "provoke"]},
        parameters=EVENTFUL, results=folder, workers=1, quiet=True,
    )  # fmt: skip


def test_the_share_of_overridden_replications_is_reported_by_theory_only_in_the_closed_loop(tmp_path):
    result = closed("closed", tmp_path)
    sentence = overridden(result)
    shares = {name: int(share) for share, name in re.findall(r"(\d+)% \((.*?)\)", sentence)}
    assert set(shares) == set(result.theories)
    for number, theory in enumerate(result.theories):
        days = result.outcomes.loc[result.outcomes["theory"] == number, "overridden_days"]
        assert shares[theory] == round(100 * (days > 0).mean())
        assert 0 < shares[theory] < 100
    assert not overridden(closed("open", tmp_path))
    assert not closed("open", tmp_path).outcomes["overridden_days"].any()
