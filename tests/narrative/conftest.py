"""Small run with shocks of every kind and two recorded draws."""

import pytest

from scenarios.runs.result import Result
from tests.requests import asks, carried_out

DAYS, DRAWS, RECORDED = 150, 10, 2
THEORIES = ("theory.isis=enablers", "theory.strikes=[deter,provoke]")
CONDITION = "us_deaths >= 1 within 14 days"
SHOCKS = [
    {"shock": "lethal_attack", "at": 20},
    {"shock": "cabinet_falls", "when": CONDITION},
    {"shock": "prison_break", "per_year": 6},
]
SCENARIO = {"levers": {"retaliation": 1.5}, "shocks": SHOCKS}
WORDS = (
    "start=2024-01", f"ensemble.replications={2 * DRAWS}", f"ensemble.horizon={DAYS}", f"record.events={RECORDED}",
    *THEORIES,
)  # fmt: skip


@pytest.fixture(scope="session")
def result(tmp_path_factory):
    """Result of the run."""
    return Result(carried_out(asks(*WORDS, scenario=SCENARIO), tmp_path_factory.mktemp("narrated")))
