"""What each decides, section 7 of docs/odd.md."""

from math import exp, sqrt
from types import SimpleNamespace as Picture

from agents.roster import CELLS, FACTIONS, OTHER_TARGETS, SITES
from tests.docs.rebuilt.numbers import YEAR, clip, mean_one, negative_binomial, poisson, s
from tests.docs.rebuilt.state import State


class Deciding(State):
    """Intentions of a day."""

    def decide(self, seen, t):
        d = Picture(regime=self.regime(t))
        self.decide_us(seen, t, d)
        self.decide_iran(seen, t, d)
        d.y, d.other = {}, {}
        for f in FACTIONS:
            d.y[f], d.other[f] = self.decide_faction(f, seen, t)
        self.decide_politics(seen, t, d)
        self.decide_others(seen, t, d)
        return d

    def regime(self, t):  # 7.1
        p, u = self.p, self.u("region.regime")
        if t.regime >= 0:
            return t.regime
        if self.w == 0:
            b = 1 - exp(-p["h01"] / YEAR * self.dt)
            return 1.0 if u < b * (1 - p["p_W2"]) else 2.0 if u < b else 0.0
        if self.w == 1:
            q = p["h12"] / YEAR + 1 / p["d1"]
            m = 1 - exp(-q * self.dt)
            return 2.0 if u < m * p["h12"] / YEAR / q else 0.0 if u < m else 1.0
        return 1.0 if u < 1 - exp(-self.dt / p["d2"]) else 2.0

    def decide_us(self, seen, t, d):  # 7.7, 7.17
        p, us = self.p, self.us
        posture = t.retaliation + p["d_hawk"] * t.administrations
        wanted = p["a_R"] * ((1 + self.a7) ** p["s_A"] - 1) * exp(posture - p["p_pol"] * seen.warmth)
        reach = 1.0 if seen.based else p["a_OTH"]
        limited = p["h_max"] * (1 - exp(-wanted / p["h_max"])) * reach
        major = p["h_K"] * min(us.k7, p["K_max"]) * exp(posture) * reach
        d.limited = poisson(limited * self.dt, self.u("us_forces.limited_strike"))
        d.major = poisson(major * self.dt, self.u("us_forces.major_strike"))
        leaving = p["h_Q"] * exp(p["c_Q"] * min(us.q, p["Q_max"])) / YEAR * (1 - t.us_vote_near)
        d.leaves = self.happens(leaving, "us_forces.early_exit")
        d.reinforces = self.happens(p["h_sg"] * us.k7 * (us.g <= 0), "us_forces.reinforcement")

    def decide_iran(self, seen, t, d):  # 7.3
        p = self.p
        v = (
            p["v0"] + p["b_X"] * (seen.presence - 1) + p["vW1"] * seen.proxy + p["vW2"] * seen.direct + seen.push_trait
            + p["vG"] * self.gi + p["b_GK"] * self.gk - p["vC"] * self.felt
            - p["v_De"] * t.detente * self.understanding
            - p["vN"] * (seen.warmth * (1 - seen.war) + p["w_vT"] * seen.tcred)
        )  # fmt: skip
        d.intended = 2 * s(v) - 1
        visiting = p["h_vis"] / YEAR * s(p["vis_slope"] * d.intended + p["vis_offset"])
        d.visits = poisson(visiting * self.dt, self.u("iran.visit"))
        shield = min(max(seen.presence, seen.enablers), 1.0)
        grows = exp(p["e_GI"] * self.gi + p["e_W2"] * seen.direct + p["b_det"] * (1 - shield)) / YEAR * self.dt
        d.on_us = poisson(p["h_dir"] * grows * seen.based, self.u("iran.strike_on_us"))
        d.on_kurds = poisson(p["h_dirK"] * grows, self.u("iran.strike_on_kurds"))

    def decide_faction(self, f, seen, t):  # 7.4, 7.5
        p, v, share, reach = self.p, self.p["v"][f], self.p["share"][f], self.reach(f)
        control = max(p["c_van"] - p["c_gap"] * (1 - v), 0.0) * (1 - seen.lost)
        push = p["kappa"] * control * seen.theta
        solidarity = v * (p["b_W1"] * seen.proxy + p["b_W2"] * seen.direct + seen.trait)
        heeds = 1.0 if f == "facade_cells" else 1.0 - v
        reasons = (
            push + solidarity
            - p["b_S"] * sqrt(p["stake"][f]) * seen.warmth * (1 - p["o_SW"] * seen.war)
            - p["b_T"] * seen.b * (1 - p["o_TW"] * seen.war)
            + p["b_B"] * p["slip_0"] * (1 - seen.carried) * t.lately_due
            + p["b_sp"] * seen.ahead + p["b_gap"] * seen.dashed
            + p["b_O"] * min(sum(seen.h.values()) - seen.h[f], p["riv_max"])
            - heeds * p["b_sadr"] * (1 - seen.excluded)
        )  # fmt: skip
        motive = p["mu0"] * share * exp(reasons) * (p["m_P"] if v * seen.paused > 0 else 1.0)
        targets = sum(reach[x] * seen.pulls[x] for x in SITES)
        o = targets ** (1 - p["sig_sub"]) if targets > 0 else 0.0
        fear = min(self.f[f], p["F_max"]) * (1 - p["o_FW"] * seen.direct)

        def intensity(opportunity):
            w = (motive * opportunity + (p["n_self"] * self.h[f] + self.g[f]) * min(opportunity, 1.0)) * exp(-fear)
            return p["lam_max"] * (1 - exp(-w / p["lam_max"]))

        burst = mean_one(p["1/k_d"] / self.dt, self.u(f"{f}.burst"))
        y = {}
        for x in SITES:
            part = reach[x] * seen.pulls[x] / targets if targets > 0 else 0.0
            mean = intensity(o) * part * burst * (1 - seen.stopped) * self.dt
            y[x] = poisson(mean, self.u(f"{f}.attack.{x}"))
        moved = p["d_alt"] + (p["switch_home"] - p["d_alt"]) * (1 - min(seen.presence, 1.0))
        displaced = moved * max(intensity(1.0) - intensity(o), 0.0)
        anger = exp(push + p["a_altW"] * solidarity + p["b_loss"] * seen.election_lost)
        quarrels = p["mu_alt"] * share * anger * (1 + p["x_cf"] * seen.backlash)
        rate = (quarrels + displaced) * exp(-p["a_altF"] * self.f[f])
        other = {k: poisson(rate * self.dt * p["pi_alt"][k], self.u(f"{f}.other.{k}")) for k in OTHER_TARGETS}
        return y, other

    def decide_politics(self, seen, t, d):  # 7.6, 7.10
        p = self.p
        begins = p["h_tr"] * exp(
            p["g_PF"] * min(seen.fbar, p["F_max"]) + p["g_PT"] * seen.tcred - p["g_PWin"] * seen.war
        )
        ends = p["h_tr"] * exp(p["g_PWout"] * seen.war + p["g_Pth"] * seen.theta)
        d.turns = self.happens((ends if self.paused else begins) / YEAR, "camp.pause")
        falling = (
            p["h_C"] / YEAR * exp(p["b_CE"] * seen.pressure + p["x_FiC"] * self.fi - p["cover"] * (self.cover > 0))
        )
        by_chance = self.happens(falling, "government.fall")
        d.falls = self.care <= 0 and (by_chance or t.shocks.get("cabinet_falls", 0) > 0)
        veto = clip(seen.kurds * seen.sunni + p["w_sadr"] * (1 - seen.excluded), 0.0, 1.0)
        voting = p["h_V"] / YEAR * exp(p["b_V"] * seen.pressure) * (1 - p["x_veto"] * veto)
        d.votes = self.happens(voting, "government.vote") and not self.voted
        c = (
            p["l_comply"] + p["l_E"] * seen.pressure + p["l_II"] * seen.ii - p["x_CJ"] * min(seen.j / p["J_thr"], 1.0)
            - p["l_veto"] * veto - p["x_pi"] * p["pi_pm"] - p["l_cost"] * p["sanctions"]
        )  # fmt: skip
        d.complies = d.votes and self.u("government.comply") < s(c)
        agreeing = p["h_T"] / YEAR * exp(p["g_TE"] * seen.pressure)
        d.agrees = self.happens(agreeing, "government.timetable") and not d.complies

    def decide_others(self, seen, t, d):  # 7.11 to 7.15
        p, dt = self.p, self.dt
        d.confrontations = poisson(p["h_cf"] / YEAR * t.disarmament * dt, self.u("security_forces.confrontation"))
        opens = (1 - (1 - p["p_cw"]) ** d.confrontations) * (p["ceiling"] >= 2)
        d.civil = self.u("security_forces.civil_war") < opens and self.civil <= 0
        breaking = p["h_col"] / YEAR * exp(p["b_pol"] * (p["pol"] - 0.5)) * max(seen.threat, 1.0)
        d.collapses = self.happens(breaking, "security_forces.collapse") or t.shocks.get("army_collapse", 0) > 0
        shia = p["h_IS"] / YEAR * (p["x_IS0"] + p["x_ISc"] * seen.care) * (p["x_ISM"] + self.m)
        d.shia = poisson(shia * dt, self.u("sadrists.clash"))
        d.clashes = poisson(p["h_kb"] / YEAR * self.tension * dt, self.u("kurdistan.clash"))
        campaign = p["h_KM"] / YEAR * self.tension * (1 + p["x_KM"] * seen.care)
        d.campaigns = poisson(campaign * dt, self.u("kurdistan.campaign"))
        d.sunni = p["cap_m"] * (p["w_fear"] + (1 - p["w_fear"]) * (1 - min(seen.presence, 1.0)))
        d.cells = {
            c: negative_binomial(
                self.j[c] * exp(p["b_Ram"] * t.ramadan) * dt, p["k_J"] * dt, self.u(f"isis.{c}.attack")
            )
            for c in CELLS
        }
