"""World of a request: the regional war path, its intensity, a US-Iran understanding, and shocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR
from agents.setting import FREE
from scenarios.config import policy
from scenarios.config.policy import Policy
from scenarios.config.shocks import REGIMES, Shock
from scenarios.config.trajectory import Path
from scenarios.errors import RequestError

WIDEST_INTENSITY = 4.0

REGIME_NAMES = {"simulated": FREE, "calm": CALM, "proxy_war": PROXY_WAR, "direct_war": DIRECT_WAR}


@dataclass(frozen=True, kw_only=True)
class World:
    """Conditions that no agent decides: the regional war path, its intensity, an understanding, shocks."""

    name: str
    story: str
    claims: tuple[str, ...]
    regime: tuple[tuple[float, int], ...]  # (first day, regime)
    intensity: Path  # of a proxy war, one as in the Gaza war
    detente: Path
    shocks: tuple[Shock, ...]

    def regime_on(self, day: float) -> int:
        """Forced regime of a day, or FREE."""
        return [regime for since, regime in self.regime if since <= day][-1]


def check_wars(planned: Sequence[Shock], world: World) -> None:
    """Refuse a shock that begins or ends a war against the world's path, which would revert it the next day."""
    for shock in planned:
        if shock.kind in REGIMES and not _is_compatible(shock, world):
            raise RequestError(
                f"the shock {shock.kind} ({shock}) cannot happen in world {world.name}, which determines "
                "when there is war; take world=simulated, or write the war into the path of a world of your own."
            )


def _is_compatible(shock: Shock, world: World) -> bool:
    """True for a world without forced regimes while the shock may occur, or with the same regime on its day."""
    if shock.at is None:
        return all(regime == FREE for _, regime in world.regime)
    return world.regime_on(shock.at) in (FREE, REGIMES[shock.kind])


def describe_timeline(levers: Policy, shocks: Sequence[Shock], start: date) -> list[str]:
    """Dated sentences, a line each, then the shocks without a date."""
    sentences = policy.describe_policy(levers, start)
    sentences += [(shock.at, str(shock)) for shock in shocks if shock.at is not None]
    return [
        *policy.dated_lines(sorted(sentences, key=lambda sentence: sentence[0]), start),
        *(f"any time    {shock}" for shock in shocks if shock.at is None),
    ]
