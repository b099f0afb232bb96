"""How each state moves on, section 7 of docs/odd.md."""

from math import exp, sqrt

from agents.roster import CELLS, FACTIONS, GOVERNORATES, TROOP_SITES
from tests.docs.rebuilt.numbers import MONTH, YEAR, clip, s
from tests.docs.rebuilt.state import State


class Adapting(State):
    """Stocks at the end of a day."""

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
        meets = self.day + dt >= self.next_round
        self.hopes = max(self.hopes - dt, 0.0)
        if meets or (d.votes and not d.complies):
            self.gap, self.hopes = 1 - seen.tcred, p["t_gap"]
        if meets:
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
