"""The step, section 3 of docs/odd.md."""

from types import SimpleNamespace as Picture

import numpy as np

from agents.roster import CELLS, FACTIONS, TROOP_SITES
from tests.docs.rebuilt.adapting import Adapting
from tests.docs.rebuilt.deciding import Deciding
from tests.docs.rebuilt.numbers import clip
from tests.docs.rebuilt.settling import Settling


class Rebuilt(Deciding, Settling, Adapting):
    """One replication, simulated step by step."""

    def step(self, today):
        """Simulate a step with the inputs of the day."""
        self.count += 1
        self.day = (self.count - 1) * self.dt
        t = self.today(today)
        seen = self.observe(t)
        d = self.decide(seen, t)
        e = self.settle(seen, t, d)
        self.adapt(seen, t, d, e)
        return Picture(**vars(d), **vars(e))

    def today(self, given):
        levers = {n: v for n, v in vars(given.levers).items() if n != "troops"}
        at_hand = {n: self.here_of(v) for n, v in levers.items()}
        others = {n: self.here_of(v) for n, v in vars(given).items() if n not in ("levers", "shocks")}
        troops = np.asarray(given.levers.troops, dtype=float)
        row = troops[self.at] if troops.ndim == 2 else troops
        shocks = {n: self.here_of(v) for n, v in given.shocks.items()}
        return Picture(**at_hand, **others, troops=dict(zip(TROOP_SITES, row.tolist(), strict=True)), shocks=shocks)

    def here_of(self, value):
        return self.here(value, self.at)

    def observe(self, t):
        p, n = self.p, self.us.n
        total = sum(n.values())
        embassy, troops = self.pull(p["X_B0"] * self.us.embassy), self.pull(n["baghdad"] / p["N_ref"]["baghdad"])
        level = total / max(sum(self.n0.values()), 1.0)
        cut = 1 - t.promised
        carried = clip((1 - level) / cut, 0.0, 1.0) if cut > 0 else 0.0
        direct = float(self.w == 2)
        vanguard = {f: p["v"][f] * p["share"][f] for f in FACTIONS}
        return Picture(
            war=float(self.w > 0), proxy=t.intensity * (self.w == 1), direct=direct, distress=-self.oil,
            trait=p["sig_bW2"] * self.z("region.attacks", min(self.wars, 15)) * direct,
            push_trait=p["sig_vW2"] * self.z("region.push", min(self.wars, 15)) * direct,
            pulls=self.pulls(), x=self.x(), presence=total / sum(p["N_ref"].values()), based=float(total > 0),
            erbil=n["erbil"] / p["N_ref"]["erbil"], carried=carried, enablers=self.us.enablers,
            diplomatic=embassy / (embassy + troops) if embassy + troops > 0 else 0.0,
            theta=self.theta, lost=self.lost, lasting=p["b_GK"] * self.gk, ii=self.ii, paused=self.paused, b=self.b,
            h=dict(self.h), fbar=sum(vanguard[f] * self.f[f] for f in FACTIONS) / sum(vanguard.values()),
            al=self.al, warmth=max(self.al, 0.0), care=float(self.care > 0), formed=self.formed, cabinets=self.cabinets,
            pressure=self.pressure, tcred=self.tcred, fi=self.fi,
            ahead=float(self.next_round - self.day <= p["t_sp"]), dashed=self.gap * (self.hopes > 0),
            election_lost=self.loss * (self.rankles > 0), acap=self.acap, coord=self.coord,
            stopped=clip(p["p_0"] + p["p_dis"] * t.disarmament, 0.0, 1.0), backlash=float(self.backlash > 0),
            kurds=p["w_KDP"] * self.kdp + (1 - p["w_KDP"]) * self.puk,
            m=self.m, excluded=self.excluded, sunni=self.sunni, alien=self.alien,
            j=sum(self.j.values()), spell=self.spell, ground=dict(self.ground),
            threat=sum(self.j.values()) / max(self.j0, len(CELLS) * p["J_min"]),
        )  # fmt: skip
