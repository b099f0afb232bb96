"""Levers of policy with their bounds, the policy of a scenario, and its description in dated sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agents.roster import TROOP_SITES
from scenarios.config import fields
from scenarios.config.trajectory import LONGEST, Path, Value, day_or_parameter, describe_path, path
from scenarios.errors import RequestError


@dataclass(frozen=True)
class Lever:
    """Instrument of policy, with its unit, bounds and usual value."""

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
    """Announced path of US troops, as a share of the start, and the extent to which it is carried out."""

    announced: Path
    by_site: Mapping[str, Path]
    order: str
    realised: Value  # share of the announced cut that is carried out, at the announced pace, until the path stops
    delay: Value  # factor by which its dates are postponed
    deadlines: tuple[Value, ...]
    announced_on: tuple[float, ...]

    @property
    def cuts(self) -> bool:
        """True if a cut is announced."""
        return not self.announced.is_constant or bool(self.by_site)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every lever of a scenario; role and legal basis are labels, which change nothing by themselves (M11)."""

    troops: TroopPlan
    levers: Mapping[str, Path]
    role: tuple[tuple[float, str], ...]
    legal_basis: tuple[tuple[float, str], ...]


def policy(written: Any, start: date, parameters: Mapping[str, Any]) -> Policy:
    """Levers of a scenario as written, checked."""
    key = "scenario.levers"
    written_levers = fields.mapping(written, key, [*LEVERS, "troops", "role", "legal_basis"])
    levers = {
        name: path(written_levers.get(name, lever.usual), f"{key}.{name}", start, lever.low, lever.high, parameters)
        for name, lever in LEVERS.items()
    }
    return Policy(
        troops=troop_plan(written_levers.get("troops", {}), f"{key}.troops", start, parameters),
        levers=levers,
        role=_labels(written_levers.get("role", [[0, "advise_train"]]), f"{key}.role", ROLES, start),
        legal_basis=_labels(
            written_levers.get("legal_basis", [[0, "invitation"]]), f"{key}.legal_basis", LEGAL_BASES, start
        ),
    )


def troop_plan(written: Any, key: str, start: date, parameters: Mapping[str, Any]) -> TroopPlan:
    """Troop path as written, checked."""
    plan = fields.mapping(
        written, key, ["announced", "sites", "order", "realised", "delay", "deadlines", "announced_on"]
    )
    announced = path(plan.get("announced", 1), f"{key}.announced", start, 0.0, MOST_TROOPS, parameters)
    sites = fields.mapping(plan.get("sites", {}), f"{key}.sites", TROOP_SITES)
    by_site = {
        name: path(site_path, f"{key}.sites.{name}", start, 0.0, MOST_TROOPS, parameters)
        for name, site_path in sites.items()
    }
    usual_deadlines = [announced.anchors[-1][0]] if not announced.is_constant else []
    return TroopPlan(
        announced=announced,
        by_site=by_site,
        order=fields.one_of(plan.get("order", "together"), f"{key}.order", ORDERS),
        realised=_share(plan.get("realised", 1), f"{key}.realised", 0.0, 1.0, parameters),
        delay=_share(plan.get("delay", 1), f"{key}.delay", 0.1, 10.0, parameters),
        deadlines=_days(plan.get("deadlines", usual_deadlines), f"{key}.deadlines", start, parameters),
        announced_on=_announced(plan.get("announced_on", []), f"{key}.announced_on", start),
    )


def _share(value: Any, key: str, low: float, high: float, parameters: Mapping[str, Any]) -> Value:
    return path([[0, value]], key, date.min, low, high, parameters).first


def _days(written: Any, key: str, start: date, parameters: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(day_or_parameter(day, key, start, parameters) for day in fields.sequence(written, key))


def _announced(written: Any, key: str, start: date) -> tuple[float, ...]:
    """Days of announcements; one that is counted from the start lies within the longest run."""
    days = _days(written, key, start, {})
    for entry, day in zip(written, days, strict=True):
        if not isinstance(entry, str | date) and day > LONGEST:
            raise RequestError(f"{key} is day {day:g}, outside [0, {LONGEST:,}]; no run is that long.")
    return days


def _labels(written: Any, key: str, valid: tuple[str, ...], start: date) -> tuple[tuple[float, str], ...]:
    anchors = [[0, written]] if isinstance(written, str) else fields.sequence(written, key)
    pairs = [fields.sequence(anchor, f"{key}[{number}]") for number, anchor in enumerate(anchors)]
    malformed = next((anchor for anchor in pairs if len(anchor) != 2), None)
    if malformed is not None or not pairs:
        raise RequestError(f"{key} has {malformed}; it must be pairs of a day (or date) and one of {', '.join(valid)}.")
    labels = [(float(day_or_parameter(day, key, start, {})), fields.one_of(label, key, valid)) for day, label in pairs]
    if [day for day, _ in labels] != sorted(day for day, _ in labels):
        raise RequestError(f"{key}: its days are out of order; put them in order of time.")
    return tuple(labels)


def describe_policy(measures: Policy, start: date) -> list[tuple[float, str]]:
    """Policy as dated sentences, in order of time."""
    plan = measures.troops
    sentences = describe_path("announced troops", plan.announced, start, _percent)
    for site, site_path in plan.by_site.items():
        sentences += describe_path(f"announced troops in {site.replace('_', ' ')}", site_path, start, _percent)
    if plan.order == "federal_first" and plan.cuts:
        sentences.append((0.0, "the federal sites empty first, Erbil last"))
    if plan.cuts and plan.realised != 1:
        sentences.append((0.0, _carried_out(plan.realised)))
    if plan.cuts and plan.delay != 1:
        sentences.append((0.0, f"its dates are postponed by the factor {_words(plan.delay)}"))
    for name, lever_path in measures.levers.items():
        if not (lever_path.is_constant and lever_path.first == LEVERS[name].usual):
            sentences += describe_path(f"{LEVERS[name].words} ({LEVERS[name].unit})", lever_path, start, _words)
    sentences += [(day, f"role: {label.replace('_', ' ')}") for day, label in measures.role]
    sentences += [(day, f"legal basis: {label.replace('_', ' ')}") for day, label in measures.legal_basis]
    sentences += [(day, "the change is announced") for day in plan.announced_on]
    return sorted(sentences, key=lambda dated: dated[0])


def dated_lines(sentences: list[tuple[float, str]], start: date) -> list[str]:
    """Dated sentences as lines."""
    return [f"{start + timedelta(days=int(day))}  {sentence}" for day, sentence in sentences]


def _carried_out(realised: Value) -> str:
    """Extent to which the announced cut is carried out."""
    if realised == 0:
        return "nothing of the announced cut is carried out"
    share = f"{100 * realised:g} % of it" if isinstance(realised, float) else f"the {_words(realised)}"
    return f"the cut stops at {share}"


def _percent(value: Value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{100 * value:g} % of the start"


def _words(value: Value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
