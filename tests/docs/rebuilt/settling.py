"""What the intentions of a day bring about, sections 7.8 and 7.9 of docs/odd.md."""

from math import exp
from types import SimpleNamespace as Picture

import numpy as np

from agents.roster import FACTIONS, SITES
from tests.docs.rebuilt.numbers import binomial, mean_one, negative_binomial, poisson, s
from tests.docs.rebuilt.state import BASES, State


class Settling(State):
    """Attacks, strikes and deaths of a day."""

    def settle(self, seen, t, d):  # 7.8, 7.9
        p, e = self.p, Picture()
        by_site = {x: sum(d.y[f][x] for f in FACTIONS) for x in SITES}
        shock = t.shocks.get("lethal_attack", 0.0)
        e.base = sum(by_site[b] for b in BASES) + shock
        e.convoys, e.all_attacks = by_site["convoy"], e.base + by_site["convoy"]
        e.diplomatic = binomial(by_site["baghdad"], seen.diplomatic, self.u("attacks.diplomatic"))
        drone = s(p["s_dr0"] + p["s_dr1"] * t.years_since_2019 + p["s_drz"] * self.mix)
        e.drones = binomial(e.base, drone, self.u("attacks.drones"))
        intent = exp(p["i_th"] * seen.theta + p["i_W2"] * seen.direct) / p["I0"]
        e.lethal = binomial(e.base - shock, min(p["q_K"] * intent, 1.0), self.u("toll.lethal")) + shock
        ordered = t.shocks.get("commander_killed", 0.0)
        e.killed = (
            binomial(d.limited, p["p_decap_lim"], self.u("strikes.commander_in_limited"))
            + binomial(d.major, p["p_decap_maj"], self.u("strikes.commander_in_major")) + ordered
        )  # fmt: skip
        e.majors, e.limiteds = d.major + ordered, d.limited
        e.strikes = e.limiteds + e.majors
        e.severity = e.limiteds + (1 + p["s_maj"]) * e.majors + p["s_dec"] * e.killed
        e.struck = self.struck() if e.strikes else ""
        e.isis = sum(d.cells.values())
        e.elsewhere = sum(sum(d.other[f].values()) for f in FACTIONS)
        e.deaths = self.ledger(d, e)
        e.wounded = poisson(
            p["m_W"] * mean_one(p["1/k_W"], self.u("toll.us_wounded_frailty")) * e.base, self.u("toll.us_wounded")
        )
        return e

    def struck(self):
        u, passed = self.u("strikes.target"), 0.0
        vanguard = [f for f in FACTIONS if self.p["v"][f] > 0]
        whole = sum(self.p["share"][f] for f in vanguard)
        for f in vanguard:
            passed += self.p["share"][f] / whole
            if u < passed - 1e-12 or f == vanguard[-1]:
                return f
        return ""

    def ledger(self, d, e):
        p, u = self.p, self.u
        weight = e.limiteds + (1 + p["m_SM"]) * e.majors
        killing = float(p["ceiling"] >= 1)
        mass = float(u("toll.isis_mass") < 1 - (1 - p["p_mass"]) ** e.isis)
        few = e.isis - mass
        low, high, power = p["range_mass"]["low"], p["range_mass"]["high"], 1 - p["alpha_mass"]
        many = (low**power + u("toll.isis_mass_size") * (high**power - low**power)) ** (1 / power)
        return {
            "us_in_attacks": e.lethal + poisson(p["m_K"] * e.lethal, u("toll.us")),
            "us_in_iranian_strikes": poisson(p["m_dir"] * d.on_us, u("toll.iran.us")),
            "iraqis_beside_us_targets": poisson(p["m_ib"] * e.base + p["m_cv"] * e.convoys, u("toll.beside")),
            "militants_in_us_strikes": e.strikes + poisson(p["m_S"] * weight, u("toll.militants")),
            "civilians_in_us_strikes": poisson(p["m_civ"] * e.strikes, u("toll.civilians")),
            "kurds_in_iranian_strikes": poisson(p["m_dir"] * d.on_kurds, u("toll.iran.kurds")),
            "attacks_on_other_targets": negative_binomial(
                p["m_alt"] * killing * e.elsewhere, p["k_alt"] * e.elsewhere, u("toll.at_home")
            ),
            "confrontations": d.confrontations + poisson(p["m_cf"] * d.confrontations, u("toll.confrontation")),
            "civil_war": poisson(p["m_cw"] * (self.civil > 0) * self.dt, u("toll.civil_war")),
            "isis_attacks": negative_binomial(p["m_D"] * few, p["k_D"] * few, u("toll.isis")) + mass * np.floor(many),
            "isis_members": poisson(p["m_IK"] * e.isis, u("toll.isis_members")),
            "intra_shia_clashes": p["n_LIS"] * d.shia
            + poisson((p["m_IS"] - p["n_LIS"]) * d.shia, u("toll.intra_shia")),
            "kurdish_clashes": d.clashes + poisson(max(p["m_kb"] - 1, 0) * d.clashes, u("toll.kurdish_clash")),
            "kurdish_campaigns": p["n_LKM"] * d.campaigns
            + poisson((p["m_KM"] - p["n_LKM"]) * d.campaigns, u("toll.campaign")),
        }
