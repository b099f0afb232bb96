"""What policy can set: the levers, their bounds, and how a scenario's levers hold on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any

import numpy as np

from agents.roster import FEDERAL_SITES, TROOP_SITES
from agents.setting import Levers
from scenarios import checking
from scenarios.errors import RequestError
from scenarios.paths import LONGEST, BoundPath, Path, Value, in_words, looked_up, path, when


@dataclass(frozen=True)
class Lever:
    """A dial of policy."""

    words: str
    unit: str
    low: float
    high: float
    usual: float


LEVERS: Mapping[str, Lever] = {
    "enablers": Lever("US air power, intelligence and support", "share of the start", 0.0, 1.1, 1.0),
    "credibility": Lever("credibility of an exit timetable", "0-1", 0.0, 1.0, 0.0),
    "retaliation": Lever("US retaliation posture", "shift of the log rate of strikes", -3.0, 3.0, 0.0),
    "disarmament": Lever("effort to disarm militias", "0-1", 0.0, 1.0, 0.0),
    "detente": Lever("US-Iran understanding", "0-1", 0.0, 1.0, 0.0),
    "pressure": Lever("least pressure to expel US troops", "index", 0.0, 6.0, 0.0),
    "sanctions": Lever("US sanctions on Iraq", "0 or 1", 0.0, 1.0, 0.0),
    "embassy": Lever("the US embassy", "1 open, 0 closed", 0.0, 1.0, 1.0),
}
ROLES = ("combat", "advise_train", "over_the_horizon", "none")
LEGAL_BASES = ("invitation", "technical_team", "contested", "bilateral_accord", "revoked", "none")
ORDERS = ("together", "federal_first")
MOST_TROOPS = 10.0  # times the start


@dataclass(frozen=True, kw_only=True)
class TroopPlan:
    """The announced path of US troops, as a share of the start, and how far it is kept."""

    announced: Path
    by_site: Mapping[str, Path]
    order: str
    realised: Value  # share of the announced cut that is carried out, at the announced pace, until the path stops
    delay: Value  # factor by which its dates are postponed
    deadlines: tuple[Value, ...]
    announced_on: tuple[float, ...]

    @property
    def cuts(self) -> bool:
        """Whether a cut is announced at all."""
        return not self.announced.is_constant or bool(self.by_site)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every lever of a scenario; role and legal basis are labels, which by themselves change nothing (M11)."""

    troops: TroopPlan
    levers: Mapping[str, Path]
    role: tuple[tuple[float, str], ...]
    legal_basis: tuple[tuple[float, str], ...]


def policy(written: Any, start: date, parameters: Mapping[str, Any]) -> Policy:
    """The levers of a scenario as written, checked."""
    key = "scenario.levers"
    found = checking.mapping(written, key, [*LEVERS, "troops", "role", "legal_basis"])
    levers = {
        name: path(found.get(name, lever.usual), f"{key}.{name}", start, lever.low, lever.high, parameters)
        for name, lever in LEVERS.items()
    }
    return Policy(
        troops=troop_plan(found.get("troops", {}), f"{key}.troops", start, parameters),
        levers=levers,
        role=_labels(found.get("role", [[0, "advise_train"]]), f"{key}.role", ROLES, start),
        legal_basis=_labels(found.get("legal_basis", [[0, "invitation"]]), f"{key}.legal_basis", LEGAL_BASES, start),
    )


def troop_plan(written: Any, key: str, start: date, parameters: Mapping[str, Any]) -> TroopPlan:
    """The troop path as written, checked."""
    found = checking.mapping(
        written, key, ["announced", "sites", "order", "realised", "delay", "deadlines", "announced_on"]
    )
    announced = path(found.get("announced", 1), f"{key}.announced", start, 0.0, MOST_TROOPS, parameters)
    sites = checking.mapping(found.get("sites", {}), f"{key}.sites", TROOP_SITES)
    by_site = {
        name: path(each, f"{key}.sites.{name}", start, 0.0, MOST_TROOPS, parameters) for name, each in sites.items()
    }
    usual_deadlines = [announced.anchors[-1][0]] if not announced.is_constant else []
    return TroopPlan(
        announced=announced,
        by_site=by_site,
        order=checking.one_of(found.get("order", "together"), f"{key}.order", ORDERS),
        realised=_share(found.get("realised", 1), f"{key}.realised", 0.0, 1.0, parameters),
        delay=_share(found.get("delay", 1), f"{key}.delay", 0.1, 10.0, parameters),
        deadlines=_days(found.get("deadlines", usual_deadlines), f"{key}.deadlines", start, parameters),
        announced_on=_announced(found.get("announced_on", []), f"{key}.announced_on", start),
    )


def _share(value: Any, key: str, low: float, high: float, parameters: Mapping[str, Any]) -> Value:
    return path([[0, value]], key, date.min, low, high, parameters).first


def _days(written: Any, key: str, start: date, parameters: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(when(each, key, start, parameters) for each in checking.sequence(written, key))


def _announced(written: Any, key: str, start: date) -> tuple[float, ...]:
    """Days of announcements; one that is counted from the start lies within the longest run."""
    days = _days(written, key, start, {})
    for each, day in zip(written, days, strict=True):
        if not isinstance(each, str | date) and day > LONGEST:
            raise RequestError(f"{key} is day {day:g}, outside [0, {LONGEST:,}]; no run is that long.")
    return days


def _labels(written: Any, key: str, valid: tuple[str, ...], start: date) -> tuple[tuple[float, str], ...]:
    anchors = [[0, written]] if isinstance(written, str) else checking.sequence(written, key)
    pairs = [checking.sequence(each, f"{key}[{number}]") for number, each in enumerate(anchors)]
    wrong = next((each for each in pairs if len(each) != 2), None)
    if wrong is not None or not pairs:
        raise RequestError(f"{key} has {wrong}; it must be pairs of a day (or date) and one of {', '.join(valid)}.")
    found = [(float(when(day, key, start, {})), checking.one_of(label, key, valid)) for day, label in pairs]
    if [day for day, _ in found] != sorted(day for day, _ in found):
        raise RequestError(f"{key}: its days are out of order; put them in order of time.")
    return tuple(found)


class PolicyInForce:
    """A policy bound to one ensemble: what its levers are on a day."""

    def __init__(self, of: Policy, lookup: Callable[[str], Any], troops_at_start: Any) -> None:
        plan = of.troops
        self.delay, self.realised = looked_up(plan.delay, lookup), looked_up(plan.realised, lookup)
        self.announced = plan.announced.bound(lookup, self.delay)
        self.by_site = {site: each.bound(lookup, self.delay) for site, each in plan.by_site.items()}
        self.levers = {name: each.bound(lookup) for name, each in of.levers.items()}
        self.deadlines = [looked_up(each, lookup) for each in plan.deadlines]
        self.grievance_lasts = lookup("slippage_index_duration")
        self.plan, self.troops_at_start = plan, troops_at_start

    def on(self, day: float, days: float, understanding: Any = 0.0) -> Levers:
        """The levers in a step; of the understandings of the policy and of the world, the larger holds."""
        due = [(day >= each) & (day < each + self.grievance_lasts) for each in self.deadlines]
        lately_due = np.any(np.broadcast_arrays(*due), axis=0) * 1.0 if due else 0.0
        levers = {name: each.at(day) for name, each in self.levers.items()}
        levers["detente"] = np.maximum(levers["detente"], understanding)
        levers |= {"promised": self.promised(), "lately_due": lately_due, "announced": self._is_announced(day, days)}
        return Levers(troops=self.troops(day), **{name: self._by_replication(each) for name, each in levers.items()})

    def _is_announced(self, day: float, days: float) -> float:
        return float(any(day <= each < day + days for each in self.plan.announced_on))

    def _by_replication(self, value: Any) -> Any:
        """One value per replication even where all are equal, so that bits do not depend on what runs beside them."""
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
        """The announced level, until the share of the cut that is carried out has been reached (P03, P04)."""
        deepest = reduce(np.maximum, [1.0 - value for value in announced.values], 0.0)
        return 1.0 - np.minimum(1.0 - announced.at(day), self.realised * deepest)

    def _federal_first(self, level: Any) -> list[Any]:
        """Troops leave the federal sites first; Erbil only once those are empty."""
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


def said(of: Policy, start: date) -> list[tuple[float, str]]:
    """The policy as dated sentences, in order of time."""
    plan = of.troops
    told = in_words("announced troops", plan.announced, start, _percent)
    for site, each in plan.by_site.items():
        told += in_words(f"announced troops in {site.replace('_', ' ')}", each, start, _percent)
    if plan.order == "federal_first" and plan.cuts:
        told.append((0.0, "the federal sites empty first, Erbil last"))
    if plan.cuts and plan.realised != 1:
        told.append((0.0, _carried_out(plan.realised)))
    if plan.cuts and plan.delay != 1:
        told.append((0.0, f"its dates move out by the factor {_words(plan.delay)}"))
    for name, each in of.levers.items():
        if not (each.is_constant and each.first == LEVERS[name].usual):
            told += in_words(f"{LEVERS[name].words} ({LEVERS[name].unit})", each, start, _words)
    told += [(day, f"role: {label.replace('_', ' ')}") for day, label in of.role]
    told += [(day, f"legal basis: {label.replace('_', ' ')}") for day, label in of.legal_basis]
    told += [(day, "the change is announced") for day in plan.announced_on]
    return sorted(told, key=lambda dated: dated[0])


def dated(told: list[tuple[float, str]], start: date) -> list[str]:
    """Dated sentences as lines."""
    return [f"{start + timedelta(days=int(day))}  {sentence}" for day, sentence in told]


def _carried_out(realised: Value) -> str:
    """How much of the announced cut is kept."""
    if realised == 0:
        return "nothing of the announced cut is carried out"
    share = f"{100 * realised:g} % of it" if isinstance(realised, float) else f"the {_words(realised)}"
    return f"the cut stops at {share}"


def _percent(value: Value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{100 * value:g} % of the start"


def _words(value: Value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
