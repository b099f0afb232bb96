"""Tables that are read from seeds/: what is believed, from which date a run starts, which theories there are."""

from collections import Counter

from agents.ensemble.parameters import declarations
from agents.parameters.start import StartState
from docs.generate.regions import code, table
from scenarios import resources
from scenarios.evidence.parameters import GRADES, ORIGINS, Belief, beliefs, start, starts
from scenarios.evidence.seed_files import yaml_mapping
from scenarios.evidence.theories import Change, hypotheses

WHOLE = (0.0, 1.0)

HEAD = ("symbol", "parameter", "meaning", "unit", "prior", "bounds", "grade", "origin")


def parameters() -> str:
    """Every parameter, by actor."""
    by_actor: dict[str, list[Belief]] = {}
    for belief in beliefs().values():
        by_actor.setdefault(belief.actor, []).append(belief)
    parts = [
        f"#### {actor.replace('_', ' ')}\n\n{table(HEAD, [_row(each) for each in of])}"
        for actor, of in by_actor.items()
    ]
    return "\n\n".join(parts)


def _row(of: Belief) -> tuple[object, ...]:
    low, high = of.bounds
    return (
        code(of.symbol), code(of.name), of.meaning, of.unit, of.prior, f"{low:g} to {high:g}", of.grade, of.origin
    )  # fmt: skip


def grades() -> str:
    """How many parameters have each grade and origin."""
    counts = Counter((each.grade, each.origin) for each in beliefs().values())
    rows = [(grade, *(counts[grade, origin] for origin in ORIGINS)) for grade in GRADES]
    return table(("grade", *ORIGINS), rows)


def initial_states() -> str:
    """Every initial state at every start, with the grade of each."""
    known = [start(name) for name in starts()]
    rows: list[tuple[object, ...]] = [
        (code(state.name), state.meaning, state.unit, *(_believed(began.states[state.name]) for began in known))
        for state in declarations(StartState)
    ]
    return table(("state", "meaning", "unit", *(began.date for began in known)), rows)


def _believed(of: Belief) -> str:
    return f"{str(of.prior).removeprefix('fixed at ')} ({of.grade})"


def theories() -> str:
    """Every question with its poles, and what a pole does to parameters."""
    rows: list[tuple[object, ...]] = [
        (
            code(f"{name}.{pole}"),
            each.number,
            each.question,
            "default" if pole in each.default else "",
            answer.statement,
            "; ".join(_changed(change) for change in answer.changes) or "nothing",
        )
        for name, each in hypotheses().items()
        for pole, answer in each.poles.items()
    ]
    return table(("pole", "question", "in words", "", "its answer", "what it sets"), rows)


def _changed(of: Change) -> str:
    parts = [
        str(of.prior) if of.prior else "",
        f"times {of.times:g}" if of.times != 1 else "",
        f"divided by one less {code(of.absorbs)}" if of.absorbs else "",
        {1: "made positive", -1: "made negative"}.get(of.sign, ""),
        f"between its quantiles {of.quantiles[0]:g} and {of.quantiles[1]:g}" if of.quantiles != WHOLE else "",
    ]
    return f"{code(of.parameter)}: {', '.join(part for part in parts if part)}"


def calendars() -> str:
    """The dates that the model takes as given."""
    rows: list[tuple[object, ...]] = [
        (code(name), "; ".join(_dated(each) for each in entry["dates"]), entry["origin"])
        for name, entry in yaml_mapping(resources.seeds() / "calendars.yaml").items()
    ]
    return table(("calendar", "dates", "origin"), rows)


def _dated(entry: object) -> str:
    return " to ".join(str(each) for each in entry) if isinstance(entry, list) else str(entry)
