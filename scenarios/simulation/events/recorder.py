"""Recorder of the events of some replications during a simulation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.ensemble.axis import Quantity
from agents.mechanisms.war import CALM
from agents.roster import OTHER_TARGETS, SITES
from scenarios.simulation.events import causes
from scenarios.simulation.events.log import STANDING, EventLog
from scenarios.simulation.timeline import Timeline

if TYPE_CHECKING:
    from agents.iraq import Iraq
    from agents.settlement import Settled

PUSHING = 0.3  # of Iran's directive, beyond which it counts as a push or, negative, as restraint

QUARTERS = 0.25  # of the starting troops or enablers: a cut is recorded as it passes each quarter

MASS_CASUALTIES = 10  # dead by ISIS in a day

BASE_SITES = SITES[:-1]

COLUMNS = ("day", "kind", "actor", "place", "size", "cause", "reason")

OVERRIDES = ("expulsion_complied", "timetable_agreed", "early_exit", "announcement")  # only the last in the open loop


class Recorder:
    """Recorder of what happened in the latest step of some replications, and why."""

    def __init__(self, iraq: "Iraq", positions: Sequence[int], numbers: Sequence[int]) -> None:
        assert isinstance(iraq.course, Timeline), "only the timeline of a scenario knows which shock struck"
        self.shocker = iraq.course.shocker
        self.iraq, self.positions = iraq, list(positions)
        self.logs = {at: EventLog(int(number)) for at, number in zip(positions, numbers, strict=True)}
        self.before = self._state()
        self.drawn: dict[str, Quantity] = {}

    def note(self) -> None:
        """Record the latest step, causes before effects."""
        now = self._state()
        self.drawn.clear()
        for at in self.positions:
            log = self.logs[at]
            self._from_outside(log, at, now)
            self._politics(log, at, now)
            self._iran(log, at, now)
            self._attacks(log, at)
            self._strikes(log, at)
            self._clashes(log, at, now)
        self.before = now

    @property
    def day(self) -> float:
        """Day of the latest step."""
        return self.iraq.day

    @property
    def settled(self) -> "Settled":
        """Events of the latest step."""
        assert self.iraq.settled is not None, "nothing is settled before the first step"
        return self.iraq.settled

    def _state(self) -> dict[str, Any]:
        """State that is compared with the step before."""
        iraq = self.iraq
        government = iraq.government
        return {
            "regime": iraq.region.regime,
            "level": iraq.us_forces.shows().level,
            "enablers": iraq.us_forces.enablers,
            "directive": iraq.iran.directive,
            "paused": iraq.camp.paused,
            "rounds": government.rounds,
            "caretaker": government.caretaker_days > 0,
            "ahead": government.next_round - iraq.day <= iraq.assumed.factions.negotiation_spoiling_window,
            "resurgent": sum(cell.activity for cell in iraq.isis_cells) > 2.0 * iraq.isis.activity_at_start,
        }

    def _from_outside(self, log: EventLog, at: int, now: dict[str, Any]) -> None:
        """Record levers, calendar, world and shocks."""
        today, day, before = self.iraq.today, self.day, self.before
        for shock, strikes in self.shocker.struck:
            if causes.value_at(strikes, at) and shock.size:
                log.record(day, f"shock_{shock.kind}", "world", *causes.of_shock(log, shock), size=shock.size)
        if now["regime"][at] != before["regime"][at]:
            self._war(log, before["regime"][at], now["regime"][at])
        if causes.value_at(today.levers.announced, at):
            log.record(day, "announcement", "us_government", None, "lever")
        if today.election:
            log.record(day, "election", "public", None, "calendar")
        if now["ahead"][at] and not before["ahead"][at]:
            log.record(day, "round_ahead", "government", None, "calendar")
        for name, kind in (("level", "troops_cut"), ("enablers", "enablers_cut")):
            steps = [np.ceil(state[name][at] / QUARTERS - 1e-9) for state in (before, now)]
            if steps[1] < steps[0]:
                cause = log.last(OVERRIDES if self.iraq.closed_loop else ("announcement",))
                log.record(day, kind, "us_government", cause, "lever", size=float(now[name][at]))
        if causes.value_at(today.levers.lately_due, at) and "deadline_passed" not in log.latest:
            log.record(day, "deadline_passed", "us_government", log.last(("announcement",)), "lever")

    def _war(self, log: EventLog, before: int, after: int) -> None:
        """Record a change of the regional regime."""
        if before == CALM:
            kind = "war_begins"
        elif after == CALM:
            kind = "war_ends"
        else:
            kind = "war_widens" if after > before else "war_changes"
        log.record(self.day, kind, "region", None, "world", size=float(after))

    def _politics(self, log: EventLog, at: int, now: dict[str, Any]) -> None:
        """Record cabinets, votes, rounds and timetables."""
        government, day = self.iraq.government, self.day
        if now["rounds"][at] > self.before["rounds"][at]:
            log.record(day, "negotiation_round", "government", log.last_or_root(("round_ahead",)), "calendar")
        if government.falls[at]:
            called = log.last(("election", "shock_early_election"))
            is_today = called is not None and log.events[called].day == day
            cause, reason = (called, "election") if is_today else causes.of_pressure(log)
            log.record(day, "cabinet_falls", "government", cause, reason)
        if self.before["caretaker"][at] and not now["caretaker"][at]:
            log.record(day, "cabinet_formed", "government", log.last_or_root(("cabinet_falls",)), "formation ends")
        for flag, kind in ((government.votes, "expulsion_vote"), (government.agrees, "timetable_agreed")):
            if flag[at]:
                log.record(day, kind, "government", *causes.of_pressure(log))
        if government.complies[at]:
            log.record(day, "expulsion_complied", "government", log.latest["expulsion_vote"], "vote carried out")
        if self.iraq.us_forces.leaves_early[at] and self.iraq.closed_loop:
            log.record(
                day, "early_exit", "us_government", log.last_or_root(("lethal_attack", "attack")), "cost of staying"
            )
        if self.iraq.us_forces.reinforces[at] and self.iraq.closed_loop:
            log.record(day, "surge", "us_government", log.last_or_root(("lethal_attack",)), "lethal attack")

    def _iran(self, log: EventLog, at: int, now: dict[str, Any]) -> None:
        """Record directives, visits, strikes by Iran, and pauses of the camp."""
        iran, day = self.iraq.iran, self.day
        earlier, current = self.before["directive"][at], now["directive"][at]
        for sign, kind in ((1.0, "iran_pushes"), (-1.0, "iran_restrains")):
            if sign * current > PUSHING >= sign * earlier:
                log.record(day, kind, "iran", *causes.of_directive(log, iran.motives, at, sign), size=float(current))
        if iran.visits[at]:
            log.record(day, "envoy_visit", "iran", log.last_or_root(("iran_pushes", *causes.WARS)), "intention")
        self._iranian_strikes(log, at, iran.strikes_on_us, "us_sites", "us_in_iranian_strikes")
        self._iranian_strikes(log, at, iran.strikes_on_kurds, "kurdistan", "kurds_in_iranian_strikes")
        if now["paused"][at] != self.before["paused"][at]:
            kind = "pause_begins" if now["paused"][at] else "pause_ends"
            kinds = causes.STRIKES if kind == "pause_begins" else (*causes.WARS, "iran_pushes")
            log.record(day, kind, "camp", *log.cause(kinds, "war, push or fear"))

    def _iranian_strikes(self, log: EventLog, at: int, strikes: np.ndarray, place: str, dead: str) -> None:
        """Record strikes by Iran on one kind of target, and their deaths."""
        if not strikes[at]:
            return
        cause, reason = log.cause(("commander_killed", *causes.WARS), "revenge or war")
        strike = log.record(self.day, "iranian_strike", "iran", cause, reason, place, float(strikes[at]))
        if killed := float(self.settled.deaths[dead][at]):
            log.record(self.day, "iranian_strike_kills", "iran", strike, "strike kills", place, killed)

    def _attacks(self, log: EventLog, at: int) -> None:
        """Record attacks of each faction on each site and on others, then lethal attacks."""
        day = self.day
        for faction in self.iraq.factions:
            for number, site in enumerate(SITES):
                if faction.attacks[at, number]:
                    luck = self._luck(f"{faction.name}.{site}", at)
                    cause, reason = causes.of_attack(log, faction, at, day, luck)
                    log.record(day, "attack", faction.name, cause, reason, site, float(faction.attacks[at, number]))
            for number, target in enumerate(OTHER_TARGETS):
                if faction.attacks_elsewhere[at, number]:
                    luck = self._luck(f"{faction.name}.{target}", at)
                    cause, reason = causes.of_other_attack(log, faction, at, luck)
                    size = float(faction.attacks_elsewhere[at, number])
                    log.record(day, "attack_on_others", faction.name, cause, reason, target, size)
        settled = self.settled
        if settled.lethal_attacks[at]:
            dead = float(settled.deaths["us_in_attacks"][at])
            attack = log.today("attack", day, BASE_SITES)
            cause = log.last_or_root(("shock_lethal_attack",)) if attack is None else attack
            log.record(day, "lethal_attack", log.events[cause].actor, cause, "attack kills", size=dead)

    def _strikes(self, log: EventLog, at: int) -> None:
        """Record US strikes, their targets, and commanders killed."""
        settled, day = self.settled, self.day
        if not settled.strikes[at]:
            return
        hit = next((name for name, flag in settled.struck.items() if flag[at]), "")
        ordered = log.today("shock_commander_killed", day, ("",))
        kind, reason = (
            ("lethal_attack", "answer to deaths") if settled.major_strikes[at] else ("attack", "answer to attacks")
        )
        memory = causes.value_at(self.iraq.assumed.us_forces.retaliation_memory_time, at)
        cause = log.one_of(kind, day, memory, self._luck("strike", at)) if ordered is None else ordered
        struck = log.record(day, "us_strike", "us_forces", cause, reason, hit, float(settled.severity[at]))
        if settled.commanders_killed[at]:
            log.record(
                day, "commander_killed", "us_forces", struck, "strike", hit, float(settled.commanders_killed[at])
            )

    def _clashes(self, log: EventLog, at: int, now: dict[str, Any]) -> None:
        """Record domestic clashes, and mass attacks and resurgence of ISIS."""
        iraq, day, army = self.iraq, self.day, self.iraq.security_forces
        quarrel, shia = ("shock_budget_stop", *causes.CUTS), ("cabinet_falls",)
        for count, kind, actor, kinds, reason in (
            (iraq.kurdistan.clashes, "kurdish_clash", "kurdistan", quarrel, "tension with Baghdad"),
            (iraq.kurdistan.campaigns, "kurdish_campaign", "kurdistan", quarrel, "tension with Baghdad"),
            (iraq.sadrists.clashes, "intra_shia_clash", "sadrists", shia, "no full cabinet"),
            (army.confrontations, "confrontation", army.name, ("start",), "disarmament"),
            (army.civil_war_begins, "civil_war_begins", army.name, ("confrontation",), "confrontation"),
            (army.collapses, "army_collapses", army.name, ("isis_resurges",), "ISIS pressure"),
        ):
            if count[at]:
                log.record(day, kind, actor, *log.cause(kinds, reason), size=float(count[at]))
        if (dead := float(self.settled.deaths["isis_attacks"][at])) >= MASS_CASUALTIES:
            log.record(day, "isis_mass_attack", "isis", log.last_or_root(("isis_resurges",)), STANDING, size=dead)
        if now["resurgent"][at] and "isis_resurges" not in log.latest:
            room = ("army_collapses", "shock_prison_break", "enablers_cut", "cabinet_falls")
            log.record(day, "isis_resurges", "isis", *log.cause(room, "room to grow"))

    def _luck(self, name: str, at: int) -> float:
        """Random number that chooses among possible causes, drawn once per step for all replications."""
        if name not in self.drawn:
            self.drawn[name] = self.iraq.luck(f"cause.{name}")
        return float(self.drawn[name][at])

    def columns(self) -> dict[str, list[Any]]:
        """Event logs as columns."""
        events = [event for log in self.logs.values() for event in log.events]
        return {
            "event": [event.number for event in events],
            "replication": [log.replication for log in self.logs.values() for _ in log.events],
            **{name: [getattr(event, name) for event in events] for name in COLUMNS},
        }
