"""Sections 4 and 5 of docs/odd.md: luck, decay, the state at the start, and what states imply."""

from hashlib import blake2b
from math import exp
from types import SimpleNamespace as Picture
from typing import Any

import numpy as np
from numpy.random import Generator, Philox
from scipy.special import gammaincc, gammainccinv, gammaincinv, ndtri

from agents.roster import CELLS, FACTIONS, GOVERNORATES, SITES, TROOP_SITES
from scenarios.evidence.parameters import beliefs
from tests.docs.rebuilt.numbers import MONTH, clip, s

REACH = dict(zip(FACTIONS, ("KH", "HHN", "KSS", "FRONT", "AAH", "BADR"), strict=True))
BASES, FEDERAL = SITES[:4], SITES[:3]


class State:
    """The state of one replication, by hand."""

    def __init__(self, iraq: Any, at: int, seed: int) -> None:
        self.seed, self.draw, self.dt, self.closed = seed, int(iraq.axis.draw[at]), iraq.step_days, iraq.closed_loop
        self.p, self.start = self.parameters(iraq, at), {n: self.here(v, at) for n, v in vars(iraq.start).items()}
        self.at, self.count = at, 0
        self.begin()

    @staticmethod
    def here(value, at):
        array = np.asarray(value, dtype=float)
        return float(array[at]) if array.ndim else float(array)

    def parameters(self, iraq, at):
        """Every parameter by its symbol, in this replication; by label where it has labels."""
        by_symbol = {}
        for actor in vars(iraq.assumed).values():
            for name, value in vars(actor).items():
                belief, array = beliefs()[name], np.asarray(value, dtype=float)
                if belief.labels:
                    row = array[at] if array.ndim == 2 else array
                    by_symbol[belief.symbol] = dict(zip(belief.labels, row.tolist(), strict=True))
                else:
                    by_symbol[belief.symbol] = self.here(value, at)
        return by_symbol

    def u(self, name, count=None):
        key = [self.seed, int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")]
        stream = Philox(key=np.array(key, dtype=np.uint64), counter=[0, 0, 0, self.count if count is None else count])
        return float(Generator(stream).random(self.draw + 1)[self.draw])

    def z(self, name, count=None):
        return float(ndtri(max(self.u(name, count), 2.0**-54)))

    def happens(self, rate, name):
        return self.u(name) < 1 - exp(-rate * self.dt)

    def fade(self, x, time):
        return x * exp(-self.dt / time)

    def toward(self, x, y, time):
        return y + (x - y) * exp(-self.dt / time)

    def begin(self):
        p, o = self.p, self.start
        self.n0 = {site: o[f"troops_{site}"] for site in TROOP_SITES}
        self.us = Picture(
            n=dict(self.n0), enablers=1.0, embassy=1.0, k7=0.0, q=0.0, g=0.0, e=1.0, length=1e9, surge=0.0, left=0.0
        )
        self.w, self.wars, self.oil = o["regional_war"], float(o["regional_war"] == 2), o["oil_price"]
        self.theta, self.felt, self.gi = o["iranian_directive"], o["iranian_cost_felt"], o["fresh_commander_grievance"]
        self.gk = o["lasting_commander_grievance"]
        self.lost, self.understanding, self.ii = o["broker_control_loss"], 1.0, 0.0
        self.h = {f: o["attack_rate"] * p["share"][f] for f in FACTIONS}
        self.g, self.f = dict.fromkeys(FACTIONS, 0.0), dict.fromkeys(FACTIONS, o["faction_fear"])
        self.paused, self.b = o["vanguard_paused"], 0.0
        self.al, self.seats, self.care = o["cabinet_alignment"], o["seats_alignment"], o["caretaker_days"]
        self.cabinets = self.elections = self.rounds = 0
        self.formed = False
        self.news = max(o["expulsion_pressure"] - p["b_GK"] * self.gk, 0.0)
        self.pressure = clip(self.news + p["b_GK"] * self.gk, 0.0, p["E_max"])
        self.cred = self.tcred = o["timetable_credibility"]
        self.fi = self.sanctioned = 0.0
        self.voted, self.cover, self.hopes, self.gap, self.rankles, self.loss = False, 0.0, 0.0, 0.0, 0.0, 0.0
        self.recent = o["attack_rate"] * MONTH
        self.next_round = self.gap_of_round(0)
        self.acap, self.backlash, self.civil = 1.0, 0.0, 0.0
        self.coord = p["coord_0"] + p["coord_US"] * min(self.x()["erbil"], 1.0)
        self.excluded, self.member = o["sadrists_excluded"], o["sunni_member"]
        self.m = self.mobilised(-self.oil)
        self.budget, self.tension = self.z("kurdistan.budget_at_start"), 1.0
        self.kdp, self.puk = 1.0, float(self.al <= p["Al_PUK"])
        self.alien = self.alienated(max(self.al, 0.0), float(self.care > 0))
        self.sunni = 0.0
        self.j0, self.spell = o["isis_activity"], o["isis_growth_spell"]
        self.j = {c: p["share_c"][c] * self.j0 for c in CELLS}
        self.mix = self.z("factions.weapon_mix")
        self.ground = {place: self.ungoverned(place) for place in GOVERNORATES}
        self.usual = sum(p["share_c"][c] * self.ground[c] for c in CELLS)
        self.a7 = p["tau_R"] * sum(self.h[f] * self.share_on_bases(f) for f in FACTIONS)

    def share_on_bases(self, f):
        drawn = {x: self.reach(f)[x] * pull for x, pull in self.pulls().items()}
        return sum(drawn[b] for b in BASES) / max(sum(drawn.values()), 1e-300)

    def gap_of_round(self, number):
        """Gap before a round, or what is left of the first."""
        k, scale = self.p["k_round"], self.p["gap_round"] / self.p["k_round"]
        u = self.u("government.round_gap", min(number, 47))
        if number:
            return float(gammaincinv(k, u)) * scale
        since = self.start["days_since_round"]
        return max(float(gammainccinv(k, gammaincc(k, since / scale) * (1 - u))) * scale - since, self.dt)

    def reach(self, f):
        return self.p[f"reach_{REACH[f]}"]

    def x(self):
        ref, n, us = self.p["N_ref"], self.us.n, self.us
        exposed = {site: n[site] / ref[site] for site in TROOP_SITES}
        exposed["baghdad"] = max(exposed["baghdad"], self.p["X_B0"] * us.embassy)
        exposed["convoy"] = sum(n[x] for x in FEDERAL) / sum(ref[x] for x in FEDERAL)
        return exposed

    def pull(self, x):
        return x ** self.p["eta"] if x > 0 else 0.0

    def pulls(self):
        return {site: self.pull(x) for site, x in self.x().items()}

    def mobilised(self, distress):
        return s(self.p["M_0"] + self.p["b_mob"] * self.excluded + self.p["b_econ"] * distress)

    def alienated(self, warmth, caretaker):
        p = self.p
        return s(p["aS_0"] + p["aS_Al"] * warmth - p["aS_mem"] * self.member + p["aS_care"] * caretaker)

    def ungoverned(self, place):
        p = self.p
        return p["U0"][place] + p["u_dis"] * (1 - self.coord) * p["disputed"][place] + p["u_aS"] * self.alien
