"""What is asked of the model as dated sentences: the policy, the shocks, in order of time."""

from collections.abc import Sequence
from datetime import date

from scenarios import policy
from scenarios.policy import Policy
from scenarios.shocks import Shock


def timeline(levers: Policy, shocks: Sequence[Shock], start: date) -> list[str]:
    """One line per dated sentence, then the shocks that may come at any time."""
    told = policy.said(levers, start)
    told += [(shock.at, str(shock)) for shock in shocks if shock.at is not None]
    return [
        *policy.dated(sorted(told, key=lambda each: each[0]), start),
        *(f"any time    {shock}" for shock in shocks if shock.at is None),
    ]
