"""One replication of the model built again from docs/odd.md, number by number; section numbers are those of the page.

Nothing here calls a rule of the model. Parameters, initial states and inputs of the day are taken as given; luck is
drawn anew by its address.
"""

from hashlib import blake2b
from math import exp, log, sqrt
from types import SimpleNamespace as Picture
from typing import Any

import numpy as np
from numpy.random import Generator, Philox
from scipy.special import gammaincc, gammainccinv, gammaincinv, ndtri

from agents.roster import CELLS, FACTIONS, GOVERNORATES, OTHER_TARGETS, SITES, TROOP_SITES
from scenarios.evidence.parameters import beliefs

REACH = dict(zip(FACTIONS, ("KH", "HHN", "KSS", "FRONT", "AAH", "BADR"), strict=True))
BASES, FEDERAL = SITES[:4], SITES[:3]
MONTH, YEAR = 30.4375, 365.25


def s(x):
    return 1.0 / (1.0 + exp(-x))


def clip(x, low, high):
    return min(max(x, low), high)


def reaching(u, first, ratio):
    """Smallest count whose cumulative probability reaches u."""
    count, term, total = 0, first, first
    while total < min(u, 1 - 1e-13):
        term *= ratio(count)
        total += term
        count += 1
    return float(count)


def poisson(mean, u):
    return reaching(u, exp(-mean), lambda k: mean / (k + 1))


def binomial(n, p, u):
    return float(n) if p >= 1 else reaching(u, (1 - p) ** n, lambda k: (n - k) / (k + 1) * p / (1 - p))


def negative_binomial(mean, k, u):
    odds = mean / (mean + k) if mean > 0 else 0.0
    return reaching(u, (1 - odds) ** k, lambda j: (j + k) / (j + 1) * odds)


def mean_one(variance, u):
    spread = log(1 + variance)
    return exp(sqrt(spread) * float(ndtri(u)) - spread / 2)


class Rebuilt:
    """One replication, by hand."""

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
        found = {}
        for actor in vars(iraq.assumed).values():
            for name, value in vars(actor).items():
                belief, array = beliefs()[name], np.asarray(value, dtype=float)
                if belief.labels:
                    row = array[at] if array.ndim == 2 else array
                    found[belief.symbol] = dict(zip(belief.labels, row.tolist(), strict=True))
                else:
                    found[belief.symbol] = self.here(value, at)
        return found

    # section 4: luck, decay

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

    # section 5: initial states

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

    # 7.2, 7.4, 7.12, 7.14, 7.16: what states imply

    def reach(self, f):
        return self.p[f"reach_{REACH[f]}"]

    def x(self):
        ref, n, us = self.p["N_ref"], self.us.n, self.us
        found = {site: n[site] / ref[site] for site in TROOP_SITES}
        found["baghdad"] = max(found["baghdad"], self.p["X_B0"] * us.embassy)
        found["convoy"] = sum(n[x] for x in FEDERAL) / sum(ref[x] for x in FEDERAL)
        return found

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

    # section 3: the step

    def step(self, today):
        """Live a step with the inputs of the day."""
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
        found = {n: self.here_of(v) for n, v in levers.items()}
        others = {n: self.here_of(v) for n, v in vars(given).items() if n not in ("levers", "shocks")}
        troops = np.asarray(given.levers.troops, dtype=float)
        row = troops[self.at] if troops.ndim == 2 else troops
        shocks = {n: self.here_of(v) for n, v in given.shocks.items()}
        return Picture(**found, **others, troops=dict(zip(TROOP_SITES, row.tolist(), strict=True)), shocks=shocks)

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

    def adapt(self, seen, t, d, e):
        self.adapt_region(t, d)
        self.adapt_us(seen, t, d, e)
        self.adapt_iran(seen, t, d, e)
        self.adapt_factions(seen, d, e)
        self.adapt_government(seen, t, d, e)
        self.adapt_others(seen, t, d)
        self.adapt_isis(seen, t, d)

    def adapt_region(self, t, d):
        self.wars += d.regime == 2 and self.w != 2
        self.w = d.regime
        k = self.p["phi_econ"] ** (self.dt / MONTH)
        self.oil = k * self.oil + sqrt(1 - k * k) * self.z("region.oil") + t.shocks.get("oil_price", 0.0)

    def remembered(self, stock, events, time):
        kept = exp(-self.dt / time)
        return stock * kept + events * time / self.dt * (1 - kept)

    def adapt_us(self, seen, t, d, e):  # 7.7, 7.17
        p, us = self.p, self.us
        self.a7 = self.remembered(self.a7, e.base, p["tau_R"])
        us.k7 = self.remembered(us.k7, e.lethal, p["tau_R"])
        us.q = self.fade(us.q, p["tau_Q"]) + e.lethal + p["w_QY"] * e.all_attacks
        if self.closed:
            level, under_way = 1 - (1 - us.e) * us.g, us.g > 0
            if d.complies:
                us.e, us.length = 0.0, min(us.length, p["L_exp"])
            elif d.leaves:
                us.e, us.length = 0.0, min(us.length, p["L_Q"])
            elif d.agrees and not under_way:
                us.e, us.length = p["T_end"], p["T_len"] * p["delay"]
            hurry = 1 + p["x_acc"] * seen.war
            us.g = clip((1 - level) / (1 - us.e) + hurry * self.dt / us.length, 0.0, 1.0) if us.e < 1 else 0.0
            us.left = p["t_sgb"] + p["t_sg"] if d.reinforces else max(us.left - self.dt, 0.0)
            us.surge = self.toward(us.surge, float(us.left > 0), p["t_sgb"] / 3)
        level = 1 - (1 - us.e) * us.g
        reinforced = 1 + (p["x_sg"] - 1) * us.surge
        us.n = {x: self.n0[x] * t.troops[x] * level * reinforced for x in TROOP_SITES}
        us.enablers, us.embassy = t.enablers * (p["A_res"] + (1 - p["A_res"]) * level), t.embassy

    def adapt_iran(self, seen, t, d, e):  # 7.3
        p, w, doubt = self.p, self.p["w_II"], self.p["sig_II"]
        self.theta = self.toward(self.theta, d.intended, p["tau_theta"])
        self.felt = self.fade(self.felt, p["tau_FI"]) + p["w_FI"] * (e.majors + e.killed)
        self.gi = min(self.fade(self.gi, p["tau_GI"]) + p["w_GI"] * e.killed, p["GI_max"])
        self.gk = self.fade(self.gk, p["tau_GK"]) + e.killed
        missed = self.fade(self.lost, p["tau_broker"])
        self.lost = missed + p["loss"] * t.shocks.get("broker_killed", 0.0) * (1 - missed)
        self.understanding = 0.0 if seen.war else self.understanding
        office = seen.warmth * sum(p["seats"][f] * p["stake"][f] for f in FACTIONS)
        terms = {"alignment": seen.al, "factions": office, "directive": seen.theta, "presence": seen.presence,
                 "sadrists": seen.m, "caretaker": seen.care}  # fmt: skip
        self.ii = s(sum(w[n] * doubt[n] * x for n, x in terms.items()))

    def adapt_factions(self, seen, d, e):  # 7.4, 7.6
        p, dt = self.p, self.dt
        for f in FACTIONS:
            struck, y = float(e.struck == f), sum(d.y[f].values())
            kept = exp(-dt / p["tau_self"])
            self.h[f] = self.h[f] * kept + y * (1 - kept) / dt
            kept = exp(-dt / p["tau_G"])
            self.g[f] = self.g[f] * kept + p["n_SA"] * e.severity * struck * (1 - kept) / dt
            self.f[f] = self.fade(self.f[f], p["tau_F"]) + p["phi_F"] * e.severity * (p["w_spill"] + struck)
        self.paused = 1.0 - self.paused if d.turns else self.paused
        self.b = self.toward(self.b, seen.carried, p["tau_B"])

    def adapt_government(self, seen, t, d, e):  # 7.10
        p, dt = self.p, self.dt
        falls = d.falls
        self.rankles = max(self.rankles - dt, 0.0)
        if t.election or t.shocks.get("early_election", 0) > 0:
            before = self.seats
            self.seats = clip(before + p["sd_D"] * self.z("government.swing", min(self.elections, 15)), -1.0, 1.0)
            if self.seats < before:
                self.loss, self.rankles = before - self.seats, p["t_loss"]
            self.elections, falls = self.elections + 1, True
        number = min(self.cabinets, 15)
        waited = max(self.care - dt, 0.0)
        self.formed = self.care > 0 and waited <= 0 and not falls
        takes = p["formation"] * exp(p["sd_form"] * self.z("government.formation", number))
        self.care = max(takes, dt) if falls else waited
        if self.formed:
            self.al = clip(self.seats + p["sig_Al"] * self.z("government.alignment", number), -1.0, 1.0)
        else:
            self.al = clip(self.al - p["dAl_cf"] * d.confrontations, -1.0, 1.0)
        self.cabinets += self.formed
        self.voted = (self.voted or d.votes) and not self.formed
        fresh = p["p_S"] * e.strikes + p["w_ED"] * e.killed + p["w_EW"] * seen.war * dt
        self.news = self.fade(self.news, p["tau_E"]) + fresh
        self.pressure = clip(max(self.news + seen.lasting, t.pressure), 0.0, p["E_max"])
        held = self.day + dt >= self.next_round
        self.hopes = max(self.hopes - dt, 0.0)
        if held or (d.votes and not d.complies):
            self.gap, self.hopes = 1 - seen.tcred, p["t_gap"]
        if held:
            self.rounds += 1
            self.next_round += self.gap_of_round(self.rounds)
        faded = self.fade(self.cred, p["tau_T"])
        self.cred = max(faded, p["T_new"]) if d.agrees else faded
        self.tcred = max(self.cred, t.credibility)
        self.cover = p["t_cover"] if t.announced > 0 or d.agrees else max(self.cover - dt, 0.0)
        self.sanctioned = max(self.sanctioned, float(d.complies and self.closed), t.sanctions)
        self.recent = self.fade(self.recent, MONTH) + e.all_attacks
        relief = p["deal_Fi"] * (self.recent < p["y_deal"])
        self.fi = self.toward(self.fi, self.sanctioned * p["sanctions"] - relief, p["tau_Fi"])

    def adapt_others(self, seen, t, d):  # 7.11 to 7.14
        p, dt = self.p, self.dt
        self.acap = clip(self.toward(self.acap, seen.enablers, p["tau_A"]) - p["dA_col"] * d.collapses, 0.0, 1.05)
        self.coord = self.toward(self.coord, p["coord_0"] + p["coord_US"] * min(seen.erbil, 1.0), p["tau_coord"])
        self.backlash = p["t_cf"] if d.confrontations else max(self.backlash - dt, 0.0)
        self.civil = p["t_cw"] if d.civil else max(self.civil - dt, 0.0)
        if seen.formed:
            number = min(seen.cabinets, 15)
            self.excluded = float(self.u("sadrists.excluded", number) < p["p_excl"])
            self.member = float(self.u("sunni_bloc.member", number) < p["p_member"])
        self.m = self.mobilised(seen.distress)
        k = exp(-dt / p["tau_budget"])
        self.budget = k * self.budget + sqrt(1 - k * k) * self.z("kurdistan.budget")
        if t.shocks.get("budget_stop", 0) > 0:
            self.budget = max(self.budget, p["budget_stop"])
        apart = p["m_US"] * (1 - min(seen.erbil, 1.0)) + p["b_coord"] * (1 - seen.coord)
        self.tension = exp(apart + p["b_budget"] * self.budget)
        self.puk = float(seen.al <= p["Al_PUK"])
        self.alien = self.toward(self.alien, self.alienated(seen.warmth, seen.care), p["tau_aS"])
        self.sunni = d.sunni

    def adapt_isis(self, seen, t, d):  # 7.15, 7.16
        p, years = self.p, self.dt / YEAR
        discord = 1 - (1 - seen.care) * seen.coord * (1 - seen.alien)
        for c in CELLS:
            share = p["share_c"][c]
            growth = (
                p["nu"] + seen.spell + (1 - seen.acap) * (p["zeta"] + p["x_disc"] * discord)
                + p["b_U"] * (seen.ground[c] - self.usual) + p["b_cap"] * seen.care + p["x_FiI"] * seen.fi
                - p["r_K"] * self.j[c] / (p["K"] * share)
            )  # fmt: skip
            wandered = exp(growth * years + p["sig_J"] * sqrt(years) * self.z(f"isis.{c}.wander"))
            grown = max(self.j[c] * wandered + p["iota"] * share * years, p["J_min"])
            surge = p["x_col"] if d.collapses and p["e_col"][c] else 1.0
            self.j[c] = grown * surge + p["J_break"] * share * (t.shocks.get("prison_break", 0) > 0)
        k = exp(-self.dt / p["tau_nu"])
        self.spell = self.spell * k + p["sig_nu"] * sqrt(1 - k * k) * self.z("isis.spell")
        coord, alien = self.coord, self.alien
        self.coord, self.alien = seen.coord, seen.alien
        self.ground = {place: self.ungoverned(place) for place in GOVERNORATES}
        self.coord, self.alien = coord, alien
