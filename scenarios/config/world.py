"""A scenario in a world, over time: what enters the model from outside on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR
from agents.setting import FREE
from scenarios.config import fields, policy
from scenarios.config.policy import Policy
from scenarios.config.shocks import REGIMES, Shock
from scenarios.config.trajectory import LONGEST, Path, check_counted, check_order, path
from scenarios.errors import RequestError

if TYPE_CHECKING:
    pass

WIDEST_INTENSITY = 4.0

REGIME_NAMES = {"simulated": FREE, "calm": CALM, "proxy_war": PROXY_WAR, "direct_war": DIRECT_WAR}


@dataclass(frozen=True, kw_only=True)
class World:
    """What nobody in the model decides: the regional war path, its reach, an understanding, shocks."""

    name: str
    story: str
    claims: tuple[str, ...]
    regime: tuple[tuple[float, int], ...]  # (day, regime) from which it holds
    intensity: Path  # of a proxy war, one as in the Gaza war
    detente: Path
    shocks: tuple[Shock, ...]

    def regime_on(self, day: float) -> int:
        """The forced regime of a day, or FREE."""
        return [regime for since, regime in self.regime if since <= day][-1]


def regime_path(written: Any, key: str, start: date, horizon: float) -> tuple[tuple[float, int], ...]:
    """The war path as written: one regime, or `[[day or date, regime], ...]`, calm before its first date."""
    if isinstance(written, str):
        return ((-np.inf, REGIME_NAMES[fields.one_of(written, key, REGIME_NAMES)]),)
    anchors = []
    for number, anchor in enumerate(fields.sequence(written, key)):
        where = f"{key}[{number}]"
        pair = fields.sequence(anchor, where)
        if len(pair) != 2:
            raise RequestError(f"{where} is {pair}; it must be a pair of a day (or date) and a regime.")
        regime = REGIME_NAMES[fields.one_of(pair[1], where, REGIME_NAMES)]
        anchors.append((_since(pair[0], where, start), regime))
    if not anchors:
        raise RequestError(f"{key} is empty; give a regime, or pairs of a day (or date) and a regime.")
    check_order(key, [day for day, _ in anchors])
    if anchors[0][0] >= horizon:
        raise RequestError(
            f"{key} begins on day {anchors[0][0]:g}, beyond the horizon of {horizon:g} days from {start}: nothing of "
            "this world would be seen; take a later start, a longer horizon, or world=calm or world=simulated."
        )
    return ((-np.inf, CALM), *anchors)


def _since(written: Any, key: str, start: date) -> float:
    """The day from which a regime holds; only a date may lie before the start or beyond every run."""
    day = fields.day(written, key, start)
    if isinstance(written, str | date):
        return day
    check_counted(day, key)
    if not 0 <= day <= LONGEST:
        raise RequestError(
            f"{key} is day {day:g}, outside [0, {LONGEST:,}]; what began before the start is written with its date."
        )
    return day


def level_path(written: Any, key: str, start: date, low: float, high: float) -> Path:
    """A path of plain numbers."""
    return path(written, key, start, low, high, {})


def check_wars(of: Sequence[Shock], world: World) -> None:
    """Refuse a shock that begins or ends a war against the world's path, which would undo it on the next day."""
    for shock in of:
        if shock.kind in REGIMES and not _borne(shock, world):
            raise RequestError(
                f"the shock {shock.kind} ({shock}) cannot happen in world {world.name}, which settles by itself when "
                "there is war; take world=simulated, or write the war into the path of a world of your own."
            )


def _borne(shock: Shock, world: World) -> bool:
    """Whether a world leaves war to chance while the shock may strike, or its path has that same regime on the day."""
    if shock.at is None:
        return all(regime == FREE for _, regime in world.regime)
    return world.regime_on(shock.at) in (FREE, REGIMES[shock.kind])


def timeline(levers: Policy, shocks: Sequence[Shock], start: date) -> list[str]:
    """One line per dated sentence, then the shocks that may come at any time."""
    told = policy.said(levers, start)
    told += [(shock.at, str(shock)) for shock in shocks if shock.at is not None]
    return [
        *policy.dated(sorted(told, key=lambda each: each[0]), start),
        *(f"any time    {shock}" for shock in shocks if shock.at is None),
    ]
