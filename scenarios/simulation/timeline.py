"""Timeline of a run: policy in force, world, calendar and shocks, day by day."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import a_day, within
from agents.roster import FEDERAL_SITES, TROOP_SITES
from agents.setting import Levers, Today
from scenarios.config.policy import Policy
from scenarios.config.shocks import OPERATORS, REGIMES, Shock
from scenarios.config.trajectory import Path, Value
from scenarios.config.world import World
from scenarios.errors import RequestError
from scenarios.evidence.calendar import Calendar

if TYPE_CHECKING:
    from agents.iraq import Iraq


class Shocker:
    """Shocks of a run: those that strike in a step."""

    def __init__(self, of: tuple[Shock, ...], measure: Callable[[str, "Iraq"], Quantity], step_days: float) -> None:
        self.shocks, self.measure, self.days = of, measure, step_days
        self.memory: dict[int, deque[Quantity]] = {}
        self.waits: dict[int, Quantity] = {}
        self.struck: list[tuple[Shock, Any]] = []  # in the latest step, with the replications in which they struck

    def today(self, model: "Iraq") -> dict[str, Any]:
        """Size of each kind of shock that strikes in the coming step."""
        self.struck = [(shock, self._strikes(number, shock, model)) for number, shock in enumerate(self.shocks)]
        sizes: dict[str, Any] = {}
        for shock, strikes in self.struck:
            sizes[shock.kind] = sizes.get(shock.kind, 0.0) + strikes * shock.size
        return sizes

    def _strikes(self, number: int, shock: Shock, model: "Iraq") -> Any:
        if shock.at is not None:
            return float(model.day <= shock.at + 1e-9 < model.day + self.days)
        if shock.per_year is not None:
            luck = model.luck(f"shock.{number}.{shock.kind}")
            return 1.0 * (luck < within(a_day(shock.per_year), self.days))
        return self._triggered(number, shock, model)

    def _triggered(self, number: int, shock: Shock, model: "Iraq") -> Quantity:
        """Replications in which the condition holds over the days before, unless the shock struck too recently."""
        assert shock.when is not None
        waits = self.waits.setdefault(number, model.axis.full(0.0))
        if model.settled is None:
            return model.axis.full(0.0)
        window = self.memory.setdefault(number, deque(maxlen=max(1, round(shock.when.days / self.days))))
        window.append(self.measure(shock.when.outcome, model))
        holds = OPERATORS[shock.when.relation](np.sum(window, axis=0), shock.when.threshold)
        strikes = holds & (waits <= 0)
        rest = shock.again_after if shock.again_after is not None else np.inf
        self.waits[number] = np.where(strikes, rest, waits) - self.days
        return 1.0 * strikes


def _no_parameter(name: str) -> Any:
    raise RequestError(f"{name!r}: the path of a world takes numbers, not parameters.")


@dataclass(frozen=True)
class BoundPath:
    """Path with days and values as numbers, or with one value per replication."""

    days: tuple[Any, ...]
    values: tuple[Any, ...]

    def at(self, day: float) -> Any:
        """Value on a day, a number or (replications,)."""
        value = self.values[0]
        for earlier, later, low, high in zip(self.days, self.days[1:], self.values, self.values[1:], strict=False):
            value = value + (high - low) * _passed(day, earlier, later)
        return value


class PolicyInForce:
    """Policy bound to one ensemble: its levers on every day."""

    def __init__(self, of: Policy, lookup: Callable[[str], Any], troops_at_start: Any) -> None:
        plan = of.troops
        self.delay, self.realised = looked_up(plan.delay, lookup), looked_up(plan.realised, lookup)
        self.announced = bound(plan.announced, lookup, self.delay)
        self.by_site = {site: bound(each, lookup, self.delay) for site, each in plan.by_site.items()}
        self.levers = {name: bound(each, lookup) for name, each in of.levers.items()}
        self.deadlines = [looked_up(each, lookup) for each in plan.deadlines]
        self.grievance_lasts = lookup("slippage_index_duration")
        self.plan, self.troops_at_start = plan, troops_at_start

    def on(self, day: float, days: float, understanding: Any = 0.0) -> Levers:
        """Levers in a step; the larger of the understandings of the policy and of the world applies."""
        due = [(day >= each) & (day < each + self.grievance_lasts) for each in self.deadlines]
        lately_due = np.any(np.broadcast_arrays(*due), axis=0) * 1.0 if due else 0.0
        levers = {name: each.at(day) for name, each in self.levers.items()}
        levers["detente"] = np.maximum(levers["detente"], understanding)
        levers |= {"promised": self.promised(), "lately_due": lately_due, "announced": self._is_announced(day, days)}
        return Levers(troops=self.troops(day), **{name: self._by_replication(each) for name, each in levers.items()})

    def _is_announced(self, day: float, days: float) -> float:
        return float(any(day <= each < day + days for each in self.plan.announced_on))

    def _by_replication(self, value: Any) -> Any:
        """One value per replication even if all are equal, so that bits do not depend on the batch."""
        return np.full(self.troops_at_start.shape[0], value)

    def troops(self, day: float) -> Any:
        """Share of the starting troops at each site, (replications, sites)."""
        level = self._kept(self.announced, day)
        sites = self._federal_first(level) if self.plan.order == "federal_first" else [level] * len(TROOP_SITES)
        for number, site in enumerate(TROOP_SITES):
            if site in self.by_site:
                sites[number] = self._kept(self.by_site[site], day)
        size = self.troops_at_start.shape[0]
        return np.array([np.broadcast_to(each, (size,)) for each in sites]).T

    def _kept(self, announced: BoundPath, day: float) -> Any:
        """Announced level, down to the share of the cut that is carried out (P03, P04)."""
        deepest = reduce(np.maximum, [1.0 - value for value in announced.values], 0.0)
        return 1.0 - np.minimum(1.0 - announced.at(day), self.realised * deepest)

    def _federal_first(self, level: Any) -> list[Any]:
        """Levels by site if troops leave the federal sites first, and Erbil only after those are empty."""
        total = self.troops_at_start.sum(axis=1)
        federal = self.troops_at_start[:, : len(FEDERAL_SITES)].sum(axis=1) / np.maximum(total, 1.0)
        erbil = 1.0 - federal
        at_federal = np.clip((level - erbil) / np.maximum(federal, 1e-9), 0.0, None)
        at_erbil = np.where(level >= erbil, 1.0, level / np.maximum(erbil, 1e-9))
        return [*[at_federal] * len(FEDERAL_SITES), at_erbil]

    def promised(self) -> Any:
        """Share of the starting troops at which the announced path ends."""
        if not self.by_site:
            return self.announced.values[-1]
        weight = self.troops_at_start / np.maximum(self.troops_at_start.sum(axis=1, keepdims=True), 1.0)
        ends = [self.by_site.get(site, self.announced).values[-1] for site in TROOP_SITES]
        return sum(weight[:, number] * end for number, end in enumerate(ends))


class Timeline:
    """Course of one run: policy, world, calendar and shocks."""

    def __init__(
        self, policy: PolicyInForce, world: World, calendar: Calendar, shocker: Shocker, freeze: float
    ) -> None:
        self.policy, self.world, self.calendar, self.shocker = policy, world, calendar, shocker
        self.intensity, self.detente = bound(world.intensity, _no_parameter), bound(world.detente, _no_parameter)
        self.freeze = freeze  # days before a US presidential vote in which no exit is decided

    def today(self, model: "Iraq") -> Today:
        """Levers, regime, shocks and calendar of the coming step."""
        day, days = model.day, model.step_days
        shocks = self.shocker.today(model)
        return Today(
            levers=self.policy.on(day, days, understanding=self.detente.at(day)),
            regime=self._regime(day, shocks),
            intensity=self.intensity.at(day),
            shocks=shocks,
            ramadan=self.calendar.ramadan_share(day, days),
            election=float(self.calendar.votes(day, days)),
            us_vote_near=1.0 * self.calendar.us_vote_within(day, self.freeze),
            administrations=float(self.calendar.new_administration(day)),
            years_since_2019=self.calendar.years_since_2019(day),
        )

    def _regime(self, day: float, shocks: Mapping[str, Any]) -> Any:
        """Forced regime: that of the world, unless a shock of the day sets another."""
        regime: Any = self.world.regime_on(day)
        for kind, forced in REGIMES.items():
            regime = np.where(np.asarray(shocks.get(kind, 0.0)) > 0, forced, regime)
        return regime


def _passed(day: float, earlier: Any, later: Any) -> Any:
    """Share of the way between two anchors that has passed on a day, in [0, 1]."""
    length = np.maximum(later - earlier, 1e-9)
    share = np.where(day >= later, 1.0, np.clip((day - earlier) / length, 0.0, 1.0))
    return share if share.ndim else float(share)


def bound(path: Path, lookup: Callable[[str], Any], delay: Any = 1.0) -> BoundPath:
    """Path with its parameters looked up and its days multiplied by a delay."""
    days = [looked_up(day, lookup) * delay for day, _ in path.anchors]
    return BoundPath(tuple(days), tuple(looked_up(value, lookup) for _, value in path.anchors))


def looked_up(value: Value, lookup: Callable[[str], Any]) -> Any:
    """Number, or the values of a parameter given by name."""
    return lookup(value) if isinstance(value, str) else value
