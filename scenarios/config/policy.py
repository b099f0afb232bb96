"""What policy can set: the levers, their bounds, and how a scenario's levers hold on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agents.roster import TROOP_SITES
from scenarios.config import fields
from scenarios.config.trajectory import LONGEST, Path, Value, in_words, path, when
from scenarios.errors import RequestError


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
    found = fields.mapping(written, key, [*LEVERS, "troops", "role", "legal_basis"])
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
    found = fields.mapping(
        written, key, ["announced", "sites", "order", "realised", "delay", "deadlines", "announced_on"]
    )
    announced = path(found.get("announced", 1), f"{key}.announced", start, 0.0, MOST_TROOPS, parameters)
    sites = fields.mapping(found.get("sites", {}), f"{key}.sites", TROOP_SITES)
    by_site = {
        name: path(each, f"{key}.sites.{name}", start, 0.0, MOST_TROOPS, parameters) for name, each in sites.items()
    }
    usual_deadlines = [announced.anchors[-1][0]] if not announced.is_constant else []
    return TroopPlan(
        announced=announced,
        by_site=by_site,
        order=fields.one_of(found.get("order", "together"), f"{key}.order", ORDERS),
        realised=_share(found.get("realised", 1), f"{key}.realised", 0.0, 1.0, parameters),
        delay=_share(found.get("delay", 1), f"{key}.delay", 0.1, 10.0, parameters),
        deadlines=_days(found.get("deadlines", usual_deadlines), f"{key}.deadlines", start, parameters),
        announced_on=_announced(found.get("announced_on", []), f"{key}.announced_on", start),
    )


def _share(value: Any, key: str, low: float, high: float, parameters: Mapping[str, Any]) -> Value:
    return path([[0, value]], key, date.min, low, high, parameters).first


def _days(written: Any, key: str, start: date, parameters: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(when(each, key, start, parameters) for each in fields.sequence(written, key))


def _announced(written: Any, key: str, start: date) -> tuple[float, ...]:
    """Days of announcements; one that is counted from the start lies within the longest run."""
    days = _days(written, key, start, {})
    for each, day in zip(written, days, strict=True):
        if not isinstance(each, str | date) and day > LONGEST:
            raise RequestError(f"{key} is day {day:g}, outside [0, {LONGEST:,}]; no run is that long.")
    return days


def _labels(written: Any, key: str, valid: tuple[str, ...], start: date) -> tuple[tuple[float, str], ...]:
    anchors = [[0, written]] if isinstance(written, str) else fields.sequence(written, key)
    pairs = [fields.sequence(each, f"{key}[{number}]") for number, each in enumerate(anchors)]
    wrong = next((each for each in pairs if len(each) != 2), None)
    if wrong is not None or not pairs:
        raise RequestError(f"{key} has {wrong}; it must be pairs of a day (or date) and one of {', '.join(valid)}.")
    found = [(float(when(day, key, start, {})), fields.one_of(label, key, valid)) for day, label in pairs]
    if [day for day, _ in found] != sorted(day for day, _ in found):
        raise RequestError(f"{key}: its days are out of order; put them in order of time.")
    return tuple(found)


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
