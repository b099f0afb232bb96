"""Narratives of single replications, composed from their event logs."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import numpy as np
import pandas as pd

from scenarios.config.user_inputs import own_texts
from scenarios.errors import RequestError
from scenarios.narrative import phases
from scenarios.narrative.chains import Chains, Origin, gravest, numbers
from scenarios.narrative.mechanisms import mechanism_sentences
from scenarios.narrative.phrases import STOOD, clause, nouns, on, quantity
from scenarios.narrative.story import Sentence, Story
from scenarios.outcomes import HEADLINES
from scenarios.runs.replay import ReplayedReplication, simulate_again
from scenarios.runs.result import Result
from scenarios.simulation.events.log import Event
from scenarios.text import join_words

OUTSIDE = "Events from outside: levers, wars, elections and shocks"

WEIGHED = "The largest causal chains"

POLICY = ("announcement", "troops_cut", "enablers_cut", "deadline_passed")

GIVEN = ("war_begins", "war_widens", "war_changes", "war_ends", "election")

CHAINS = 4  # origins that are described

LONGEST_LIST = 8  # dated events in one sentence; more are counted

COUNTED = ("attack", "attack_on_others", "lethal_attack", "us_strike", "commander_killed", "iranian_strike",
           "expulsion_vote", "isis_mass_attack", "kurdish_clash", "kurdish_campaign", "intra_shia_clash")  # fmt: skip

TRACED = (
    "A cause is the event with most weight in the rate at which another came, or one drawn by weight among several; "
    "docs/why.md says how, and what it cannot show."
)


def narrate(result: Result, replication: int) -> Story:
    """Narrate one replication; it is simulated again if its events were not recorded.

    RequestError if there is no such replication or if it failed.
    """
    return narrate_all(result, [replication])[0]


def narrate_all(result: Result, replications: Sequence[int]) -> list[Story]:
    """Narrate several replications; those not recorded are simulated again together."""
    for number in replications:
        check_replication(result, number)
    missing = sorted(set(replications) - set(result.events["replication"].unique()))
    replays = simulate_again(result, missing) if missing else {}
    return [_narrated(result, number, replays.get(number)) for number in replications]


def events_of(result: Result, replication: int) -> pd.DataFrame:
    """Event log of one replication, as recorded or simulated again."""
    check_replication(result, replication)
    recorded = result.events[result.events["replication"] == replication]
    return recorded if len(recorded) else simulate_again(result, [replication])[replication].events


def check_replication(result: Result, replication: int) -> None:
    """Raise RequestError for a replication that does not exist or that failed."""
    last = int(result.manifest["replications"]) - 1
    if not 0 <= replication <= last:
        raise RequestError(f"replication {replication} is not in {result.path}; it has 0 to {last}.")
    draw = replication // len(result.theories)
    for failure in result.failures:
        if failure["draw"] == draw:
            raise RequestError(f"replication {replication} has no story: its draw {draw} failed: {failure['error']}.")


def _narrated(result: Result, replication: int, replay: ReplayedReplication | None) -> Story:
    frame = result.events[result.events["replication"] == replication] if replay is None else replay.events
    chains, start = Chains.of(frame), date.fromisoformat(result.manifest["as_of"])
    horizon = float(result.manifest["request"]["horizon"])
    sentences = [*_outside(chains, start), *_weighed(chains, start)]
    for phase in phases.phases(chains, horizon):
        sentences += phases.phase_sentences(phase, chains, start)
    theory = result.theories[replication % len(result.theories)]
    title = (
        f"Replication {replication} of {result.scenario} as of {start}, world {result.manifest['world']}, "
        f"theory {theory}: {len(frame):,} events over {horizon:g} days"
    )
    row = result.outcomes.set_index("replication").loc[replication]
    outcomes = {name: float(row[name]) for name in HEADLINES}
    notes = (*_notes(replay, row), *own_texts(result.manifest))
    return Story(title, [*sentences, *mechanism_sentences(chains)], outcomes, notes)


def _outside(chains: Chains, start: date) -> list[Sentence]:
    """Sentences on levers, wars, elections and shocks, with their dates."""
    shocks = [event for event in chains.events.values() if event.kind.startswith("shock_")]
    groups = (chains.of_kind(*POLICY), chains.of_kind(*GIVEN), shocks)
    return [Sentence(_dated(events, start), numbers(events), OUTSIDE) for events in groups if events]


def _dated(events: Sequence[Event], start: date) -> str:
    """Sentence of dated clauses; events beyond the longest list are counted."""
    clauses = [f"on {on(event.day, start)} {clause(event)}{_trigger(event)}" for event in events[:LONGEST_LIST]]
    rest = len(events) - LONGEST_LIST
    more = [f"{rest} more of these kinds followed"] if rest > 0 else []
    text = join_words([*clauses, *more])
    return f"{text[0].upper()}{text[1:]}."


def _trigger(event: Event) -> str:
    """Condition that triggered a shock in parentheses, else nothing."""
    return f" (because {event.reason})" if event.kind.startswith("shock_") and event.cause is not None else ""


def _weighed(chains: Chains, start: date) -> list[Sentence]:
    """Sentences on the origins of most events, each with the chain to its gravest event."""
    sentences: list[Sentence] = []
    for origin in [origin for origin in chains.origins if len(origin.followed) > 1][:CHAINS]:
        sentences.append(Sentence(_consequences(origin, start), _cited(origin), WEIGHED))
        worst = gravest(origin.followed)
        line = chains.line_to(worst) if worst else []
        if len(line) > 1:
            sentences.append(Sentence(_line(line, start), numbers(line), WEIGHED))
    return sentences


def _consequences(origin: Origin, start: date) -> str:
    """Sentence that counts the events that follow from an origin."""
    sizes = dict.fromkeys(COUNTED, 0.0) | phases.counted_sizes(origin.followed)
    parts = [nouns(kind, sizes[kind]) for kind in COUNTED if sizes[kind]]
    rest = sum(number for kind, number in sizes.items() if kind not in COUNTED)
    parts += [quantity(rest, "other event", "other events")] if rest else []
    if origin.event is not None:
        cause = f"{on(origin.event.day, start)}, when {clause(origin.event)}"
    else:
        cause = STOOD.get(origin.reason, f"how things stood at the start ({origin.reason.replace('_', ' ')})")
    verb = "goes" if len(parts) == 1 and parts[0].startswith("1 ") else "go"
    return f"{join_words(parts)} {verb} back to {cause}."


def _line(line: Sequence[Event], start: date) -> str:
    """Sentence on a chain of causes; consecutive attacks of one faction form one clause."""
    steps = [list(run) for _, run in groupby(line, key=lambda event: (event.kind, event.actor))]
    clauses = [_step(run, start) for run in steps]
    return f"The chain to the gravest of them: {'; then '.join(clauses)}."


def _step(run: Sequence[Event], start: date) -> str:
    first = run[0]
    happened = f"on {on(first.day, start)} {clause(first)}"
    again = "once" if len(run) == 2 else f"{len(run) - 1} times"
    return happened if len(run) == 1 else f"{happened}, and {again} more until {on(run[-1].day, start)}"


def _cited(origin: Origin) -> tuple[int, ...]:
    return numbers([*([origin.event] if origin.event else []), *origin.followed])


def _notes(replay: ReplayedReplication | None, row: pd.Series) -> tuple[str, ...]:
    """Notes on the origin of the events and on differences from the stored outcomes."""
    if replay is None:
        return ("Its events were recorded in the run.", TRACED)
    if not replay.differs:
        return ("Its events were not recorded; simulated again, every outcome of it equals the stored one.", TRACED)
    known = [name for name in replay.differs if np.isfinite(row[name])][:3]
    parts = ", ".join(f"{name} {row[name]:g} stored, {replay.outcomes[name]:g} now" for name in known)
    return (
        f"BEWARE: simulated again, {len(replay.differs)} outcomes differ from those stored ({parts}). Changed since: "
        f"{join_words(replay.changed) or 'the numerical libraries or the processor'}. This is the story of the code "
        "as it is now; the numbers are those stored, computed by the commit in the manifest.",
        TRACED,
    )
