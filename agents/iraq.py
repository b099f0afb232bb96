"""The model: the cast, and one day as a short list of phases."""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import gathered
from agents.factions import Camp, Faction
from agents.government import Government
from agents.governorates import Governorate
from agents.iran import Iran
from agents.isis import IsisCell, IsisOrganisation
from agents.kurdistan import KurdishParty, KurdistanRegion
from agents.region import Region
from agents.roster import CELLS, FACTIONS, GOVERNORATES
from agents.sadrists import Sadrists
from agents.security_forces import SecurityForces
from agents.seen import FactionsSeen, Seen
from agents.setting import Setting, Today
from agents.settled import Settled
from agents.settlement import Intentions, settle
from agents.stage import Stage
from agents.sunni_bloc import SunniBloc
from agents.us_forces import UsForces

USUAL_SETTING = "iraq_scenarios.setting"  # entry point that provides a setting where none is given


class Iraq(Stage):
    """Iraq and the powers that contend in it, in every replication at once.

    `Iraq(replications=8)` simulates the neutral status quo; a run passes a setting of its own.
    """

    def __init__(self, replications: int = 1, setting: Setting | None = None) -> None:
        setting = setting or usual_setting()(replications)
        super().__init__(setting)
        self.course = setting.course
        self.cast()
        self.settle_in()
        self.settled: Settled | None = None

    def cast(self) -> None:
        """Create the agents; their order has no effect on results."""
        self.region = Region(self)
        self.us_forces = UsForces(self)
        self.iran = Iran(self)
        self.factions = [Faction(self, name) for name in FACTIONS]
        self.camp = Camp(self)
        self.government = Government(self)
        self.security_forces = SecurityForces(self)
        self.sadrists = Sadrists(self)
        self.kurdistan = KurdistanRegion(self)
        assumed = self.assumed.kurdistan
        weight = assumed.democratic_party_weight_among_kurds
        self.kurdish_parties = [
            KurdishParty(self, "democratic_party", weight, 1.0),
            KurdishParty(self, "patriotic_union", 1.0 - weight, assumed.patriotic_union_abstention_threshold),
        ]
        self.sunni_bloc = SunniBloc(self)
        self.isis = IsisOrganisation(self)
        self.isis_cells = [IsisCell(self, place) for place in CELLS]
        self.governorates = [Governorate(self, name) for name in GOVERNORATES]

    def settle_in(self) -> None:
        """Start the slow states at the levels that the other initial states sustain."""
        us = self.us_forces.shows()
        self.security_forces.settle_in(us.erbil_presence)
        for governorate in self.governorates:
            governorate.settle_in(self.security_forces.coordination, self.sunni_bloc.alienation)
        self.isis.settle_in(self.ungoverned())
        self.us_forces.remember(gathered(each.lately_on_bases(us) for each in self.factions))

    def step(self) -> None:
        """Simulate one day: all observe, all decide, intentions are settled at once, and all adapt."""
        self.luck.turn_to(self.steps)
        seen = self.observe()
        self.agents.do("decide", seen)
        self.settled = settle(self, seen, self.intentions())
        self.agents.do("adapt", seen, self.settled)

    def observe(self) -> Seen:
        """One frozen picture of the day, the same for every agent."""
        self.today: Today = self.course.today(self)
        return Seen(
            day=self.day,
            today=self.today,
            region=self.region.shows(self.today),
            us=self.us_forces.shows(),
            iran=self.iran.shows(),
            camp=self.camp.shows(),
            factions=self.factions_shown(),
            government=self.government.shows(),
            security=self.security_forces.shows(self.today),
            sadrists=self.sadrists.shows(),
            kurdistan=self.kurdistan.shows(self.kurdish_parties),
            sunnis=self.sunni_bloc.shows(),
            isis=self.isis.shows(gathered(cell.activity for cell in self.isis_cells)),
            ungoverned=self.ungoverned(),
        )

    def factions_shown(self) -> FactionsSeen:
        """Public state of the factions."""
        vanguard = gathered(each.vanguard * each.attack_share for each in self.factions)
        fear = gathered(each.vanguard * each.attack_share * each.fear for each in self.factions)
        return FactionsSeen(
            recent={each.name: each.memory for each in self.factions},
            total_recent=gathered(each.memory for each in self.factions),
            vanguard_fear=fear / np.maximum(vanguard, 1e-12),
        )

    def ungoverned(self) -> Mapping[str, Quantity]:
        """Index of ungoverned space, by governorate."""
        return {each.name: each.ungoverned for each in self.governorates}

    def intentions(self) -> Intentions:
        """One frozen picture of what all have decided, to be settled at once."""
        return Intentions(
            attacks=gathered(each.attacks for each in self.factions),
            attacks_elsewhere=gathered(each.attacks_elsewhere for each in self.factions),
            limited_strikes=self.us_forces.limited_strikes,
            major_strikes=self.us_forces.major_strikes,
            strikes_on_us=self.iran.strikes_on_us,
            strikes_on_kurds=self.iran.strikes_on_kurds,
            votes=self.government.votes,
            complies=self.government.complies,
            agrees=self.government.agrees,
            confrontations=self.security_forces.confrontations,
            collapses=self.security_forces.collapses,
            intra_shia_clashes=self.sadrists.clashes,
            kurdish_clashes=self.kurdistan.clashes,
            kurdish_campaigns=self.kurdistan.campaigns,
            isis_attacks={cell.place: cell.attacks for cell in self.isis_cells},
        )


def usual_setting() -> Callable[[int], Setting]:
    """The installed function that makes a setting for so many replications; agents read no files of their own.

    LookupError if none is installed.
    """
    providers = entry_points(group=USUAL_SETTING)
    if not providers:
        raise LookupError(
            "Iraq() without a setting needs a provider of settings, and none is installed under the entry point "
            f"{USUAL_SETTING!r}; install iraq-scenarios, or pass setting=."
        )
    return next(iter(providers)).load()
