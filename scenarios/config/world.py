"""World of a request: the regional war path, its intensity, a US-Iran understanding, and shocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR
from agents.setting import FREE
from scenarios.config import fields, policy
from scenarios.config.fields import claim_ids
from scenarios.config.policy import Policy
from scenarios.config.shocks import REGIMES, Shock, shocks
from scenarios.config.trajectory import LONGEST, Path, check_counted, check_order, path
from scenarios.errors import RequestError
from scenarios.outcomes import countable_outcomes

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


def checked_world(written: Any, start: date, horizon: int) -> World:
    """World as written, checked."""
    key = "world"
    names = ["name", "story", "claims", "regime", "intensity", "detente", "shocks"]
    content = fields.mapping(written, key, names, ["name", "story", "regime"])
    return World(
        name=fields.text(content["name"], f"{key}.name"),
        story=fields.text(content["story"], f"{key}.story"),
        claims=claim_ids(content.get("claims"), f"{key}.claims"),
        regime=regime_path(content["regime"], f"{key}.regime", start, horizon),
        intensity=level_path(content.get("intensity", 1), f"{key}.intensity", start, 0.0, WIDEST_INTENSITY),
        detente=level_path(content.get("detente", 0), f"{key}.detente", start, 0.0, 1.0),
        shocks=shocks(content.get("shocks") or [], f"{key}.shocks", start, horizon, countable_outcomes()),
    )


def regime_path(written: Any, key: str, start: date, horizon: float) -> tuple[tuple[float, int], ...]:
    """War path as written: one regime, or `[[day or date, regime], ...]`, calm before its first date."""
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
            f"{key} begins on day {anchors[0][0]:g}, beyond the horizon of {horizon:g} days from {start}: this "
            "world would have no effect; take a later start, a longer horizon, or world=calm or world=simulated."
        )
    return ((-np.inf, CALM), *anchors)


def _since(written: Any, key: str, start: date) -> float:
    """Day from which a regime is in force; only a date may lie before the start or beyond every run."""
    day = fields.day(written, key, start)
    if isinstance(written, str | date):
        return day
    check_counted(day, key)
    if not 0 <= day <= LONGEST:
        raise RequestError(
            f"{key} is day {day:g}, outside [0, {LONGEST:,}]; write the date of one that began before the start."
        )
    return day


def level_path(written: Any, key: str, start: date, low: float, high: float) -> Path:
    """Path of plain numbers."""
    return path(written, key, start, low, high, {})


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
