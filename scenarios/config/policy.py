"""Levers of policy with their bounds, the policy of a scenario, and its description in dated sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.config.trajectory import Path, Value, describe_path


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
