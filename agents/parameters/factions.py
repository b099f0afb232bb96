"""Assumptions about the Iran-aligned factions: priors and evidence in seeds/parameters/factions.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter
from agents.roster import FACTIONS, OTHER_TARGETS, SITES


@dataclass(frozen=True, kw_only=True)
class FactionsParameters(Parameters):
    """Assumptions about the Iran-aligned factions."""

    baseline_attack_rate: Quantity = parameter(
        "Attacks on US targets in Iraq, convoys included, that all factions would start on their own at reference exposure.",
        unit="attacks/day",
        bounds=(0.05, 6),
    )
    self_excitation_branching_ratio: Quantity = parameter(
        "Further attacks that one attack brings about by itself.", unit="1", bounds=(0, 0.95)
    )
    self_excitation_decay_time: Quantity = parameter(
        "Time over which an attack makes further attacks likelier.", unit="day", bounds=(0.4, 35)
    )
    daily_attack_frailty_variance: Quantity = parameter(
        "Variance of the random daily factor, of mean one, on the attack rate (large means bursts).",
        unit="1",
        bounds=(0, 5),
    )
    sponsor_directive_effect: Quantity = parameter(
        "Change of a fully controlled faction's log attack rate when Iran moves from indifference to full push.",
        unit="log rate",
        bounds=(0.3, 4.2),
    )
    sponsor_control_over_vanguard: Quantity = parameter(
        "Share of Iran's directive that vanguard factions follow.", unit="1", bounds=(0, 1)
    )
    parochial_control_deficit: Quantity = parameter(
        "Amount by which Iran's control over parochial factions is lower than over the vanguard.",
        unit="1",
        bounds=(0, 0.5),
    )
    attacks_provoked_per_strike: Quantity = parameter(
        "Further attacks that one US strike of unit severity brings about.", unit="attacks/strike", bounds=(0, 18)
    )
    provocation_decay_time: Quantity = parameter(
        "Time over which a US strike keeps provoking attacks.", unit="day", bounds=(2, 57)
    )
    strike_deterrence_effect: Quantity = parameter(
        "Fall of the log attack rate of a struck faction for one strike of unit severity.",
        unit="log rate",
        bounds=(0, 1.5),
    )
    deterrence_decay_time: Quantity = parameter(
        "Time over which fear of US strikes fades.", unit="day", bounds=(10, 360)
    )
    deterrence_spillover_to_other_factions: Quantity = parameter(
        "Fear that a strike spreads to every faction, whoever is hit.", unit="1", bounds=(0, 1)
    )
    fear_ceiling: Quantity = parameter(
        "Accumulated fear beyond which attacks fall no further.", unit="log rate", bounds=(1, 5)
    )
    direct_war_discount_of_fear: Quantity = parameter(
        "Share of fear that a direct war sets aside.", unit="1", bounds=(0, 1)
    )
    proxy_war_attack_effect: Quantity = parameter(
        "Rise of the vanguard factions' log attack rate in Iraq during a regional proxy war, beyond Iran's push.",
        unit="log rate",
        bounds=(-0.97, 4),
    )
    direct_war_attack_effect: Quantity = parameter(
        "Rise of the vanguard factions' log attack rate during a direct war, beyond Iran's push.",
        unit="log rate",
        bounds=(-0.8, 5.4),
    )
    direct_war_episode_spread_in_attacks: Quantity = parameter(
        "Spread between one direct war and the next in the factions' response.", unit="log rate", bounds=(0.3, 1.5)
    )
    office_holding_restraint: Quantity = parameter(
        "Fall of a faction's log attack rate with its stake in an aligned cabinet.", unit="log rate", bounds=(0, 6)
    )
    war_override_of_office_restraint: Quantity = parameter(
        "Share of the restraint from office that a regional war sets aside.", unit="1", bounds=(0.3, 1)
    )
    credible_timetable_restraint: Quantity = parameter(
        "Fall of the log attack rate with a credible exit timetable (negative means it emboldens).",
        unit="log rate",
        bounds=(-2.1, 2.1),
    )
    war_discount_of_timetable_effect: Quantity = parameter(
        "Share of the effect of a timetable that a regional war sets aside.", unit="1", bounds=(0, 1)
    )
    exit_belief_learning_time: Quantity = parameter(
        "Time over which the factions' belief in an exit follows what they can see of it.", unit="day", bounds=(20, 180)
    )
    commitment_slippage_backlash: Quantity = parameter(
        "Rise of the log attack rate while a promised date is unmet.", unit="log rate", bounds=(0, 1.7)
    )
    frustrated_exit_hopes_effect: Quantity = parameter(
        "Rise of the log attack rate after a negotiation round that delivers none of the exit hoped for.",
        unit="log rate",
        bounds=(0, 1.4),
    )
    frustrated_exit_hopes_duration: Quantity = parameter(
        "Time after a negotiation round for which frustrated hopes raise attacks.", unit="day", bounds=(20, 120)
    )
    negotiation_spoiling_effect: Quantity = parameter(
        "Rise of the log attack rate ahead of a negotiation round.", unit="log rate", bounds=(-0.53, 1.4)
    )
    negotiation_spoiling_window: Quantity = parameter(
        "Time ahead of a negotiation round in which spoiling acts.", unit="day", bounds=(14, 60)
    )
    outbidding_effect: Quantity = parameter(
        "Rise of a faction's log attack rate with the recent attacks of its rivals.", unit="log rate", bounds=(0, 0.4)
    )
    target_substitution_share: Quantity = parameter(
        "Share of attacks that move to the remaining sites when others close (one means the total does not change).",
        unit="1",
        bounds=(0, 1),
    )
    displaced_share_of_forgone_attacks: Quantity = parameter(
        "Share of attacks no longer made on US targets that turn on the Kurdistan Region, the state and rivals.",
        unit="1",
        bounds=(0, 1),
    )
    target_switching_share_after_exit: Quantity = parameter(
        "Share of suppressed anti-US activity that turns on state, Sadrist, Kurdish and Sunni targets.",
        unit="1",
        bounds=(0, 1),
    )
    baseline_attack_rate_on_other_targets: Quantity = parameter(
        "Attacks on the Kurdistan Region, state leaders and rivals while US troops are present.",
        unit="attacks/day",
        bounds=(0.003, 0.27),
    )
    war_effect_share_on_other_targets: Quantity = parameter(
        "Share of the war effect on attacks that also raises attacks on other targets.", unit="1", bounds=(0, 1)
    )
    fear_share_on_other_targets: Quantity = parameter(
        "Share of fear of US strikes that also holds back attacks on other targets.", unit="1", bounds=(0, 1)
    )
    target_shares_of_other_attacks: Quantity = parameter(
        "Shares of attacks on other targets that fall on the Kurdistan Region, the state and rivals.",
        unit="1",
        bounds=(0, 1),
        labels=OTHER_TARGETS,
    )
    deaths_per_attack_on_other_targets: Quantity = parameter(
        "Mean number of people killed by an attack on other targets.", unit="deaths/attack", bounds=(0.01, 2.4)
    )
    dispersion_of_deaths_per_other_attack: Quantity = parameter(
        "Dispersion of deaths per attack on other targets (small means mostly none and rarely many).",
        unit="1",
        bounds=(0.1, 1),
    )
    daily_attack_capacity: Quantity = parameter(
        "Most attacks that a faction can launch in a day.", unit="attacks/day", bounds=(10, 100)
    )
    lethal_share_of_base_attacks: Quantity = parameter(
        "Probability that an attack on a base kills a US or coalition soldier or contractor.",
        unit="1",
        bounds=(0, 0.12),
    )
    directive_effect_on_lethal_intent: Quantity = parameter(
        "Growth of the log lethality of attacks with Iran's directive.", unit="log rate", bounds=(0, 1.5)
    )
    direct_war_effect_on_lethal_intent: Quantity = parameter(
        "Growth of the log lethality of attacks in a direct war.", unit="log rate", bounds=(0, 1.5)
    )
    lethal_intent_normaliser: Quantity = parameter(
        "Constant that makes lethal intent average one over the windows to which lethality is fitted.",
        unit="1",
        bounds=(0.2, 5),
    )
    added_deaths_in_lethal_attack: Quantity = parameter(
        "Mean number of deaths in a lethal attack beyond the first.", unit="deaths/attack", bounds=(0.2, 3)
    )
    wounded_per_base_attack: Quantity = parameter(
        "Mean number of US and coalition wounded in an attack on a base.", unit="wounded/attack", bounds=(0.1, 2.4)
    )
    wounded_frailty_variance: Quantity = parameter(
        "Variance of the random factor, of mean one, on the number of wounded (large means mostly none and rarely many).",
        unit="1",
        bounds=(1, 10),
    )
    truce_switching_rate: Quantity = parameter(
        "Rate at which the vanguard switches between campaign and pause, the same both ways before modifiers.",
        unit="1/year",
        bounds=(0, 13),
    )
    fear_effect_on_pause: Quantity = parameter(
        "Growth of the log rate of a pause with the vanguard's mean fear.", unit="log rate", bounds=(0, 1.5)
    )
    timetable_effect_on_pause: Quantity = parameter(
        "Growth of the log rate of a pause with a credible exit timetable.", unit="log rate", bounds=(-1, 1.5)
    )
    war_effect_against_pause: Quantity = parameter(
        "Fall of the log rate of a pause during a regional war.", unit="log rate", bounds=(0, 3)
    )
    war_effect_on_ending_pause: Quantity = parameter(
        "Growth of the log rate at which a pause ends during a regional war.", unit="log rate", bounds=(0, 3)
    )
    directive_effect_on_ending_pause: Quantity = parameter(
        "Growth of the log rate at which a pause ends with Iran's directive.", unit="log rate", bounds=(0, 1.5)
    )
    attack_level_during_pause: Quantity = parameter(
        "Level of the vanguard's attack rate during a pause, relative to a campaign.", unit="1", bounds=(0.03, 0.5)
    )
    lost_election_coercion: Quantity = parameter(
        "Growth of the log rate of domestic coercion with the size of an electoral loss.",
        unit="log rate",
        bounds=(0, 2),
    )
    lost_election_coercion_duration: Quantity = parameter(
        "Time for which a lost vote raises domestic coercion.", unit="day", bounds=(45, 300)
    )
    initial_drone_share: Quantity = parameter(
        "Log odds of a drone among attacks on bases in mid-2019.", unit="logit", bounds=(-4, -1)
    )
    drone_share_growth: Quantity = parameter(
        "Yearly growth of the log odds of a drone among attacks on bases.", unit="logit/year", bounds=(0.3, 1.5)
    )
    drone_share_spread: Quantity = parameter(
        "Spread between replications of the log odds of a drone.", unit="logit", bounds=(0.1, 1)
    )
    militia_violence_ceiling: Quantity = parameter(
        "Highest rung that militia violence at home can reach.", unit="level", bounds=(0, 2)
    )
    vanguard_flag: Quantity = parameter(
        "Whether a faction belongs to the vanguard that joins regional wars and pauses together (one) or is parochial (zero).",
        unit="1",
        bounds=(0, 1),
        labels=FACTIONS,
    )
    faction_attack_share: Quantity = parameter(
        "Share of all attacks on US targets that a faction makes at equal incentives.",
        unit="1",
        bounds=(0, 1),
        labels=FACTIONS,
    )
    faction_stake_in_government: Quantity = parameter(
        "Weight of a faction's interest in a cabinet of its own camp.", unit="1", bounds=(0, 1), labels=FACTIONS
    )
    faction_share_of_camp_seats: Quantity = parameter(
        "A faction's share of its camp's seats, for the weight of factions in office.",
        unit="1",
        bounds=(0, 1),
        labels=FACTIONS,
    )
    site_reach_of_kataib_hezbollah: Quantity = parameter(
        "Weight of each site region among the targets of Kata'ib Hezbollah at reference exposure (sums to one).",
        unit="1",
        bounds=(0, 1),
        labels=SITES,
    )
    site_reach_of_nujaba: Quantity = parameter(
        "Weight of each site region among the targets of Harakat al-Nujaba at reference exposure (sums to one).",
        unit="1",
        bounds=(0, 1),
        labels=SITES,
    )
    site_reach_of_sayyid_al_shuhada: Quantity = parameter(
        "Weight of each site region among the targets of Kata'ib Sayyid al-Shuhada at reference exposure (sums to one).",
        unit="1",
        bounds=(0, 1),
        labels=SITES,
    )
    site_reach_of_facade_cells: Quantity = parameter(
        "Weight of each site region among the targets of the facade cells at reference exposure (sums to one).",
        unit="1",
        bounds=(0, 1),
        labels=SITES,
    )
    site_reach_of_asaib_ahl_al_haq: Quantity = parameter(
        "Weight of each site region among the targets of Asa'ib Ahl al-Haq at reference exposure (sums to one).",
        unit="1",
        bounds=(0, 1),
        labels=SITES,
    )
    site_reach_of_badr: Quantity = parameter(
        "Weight of each site region among the targets of the Badr Organisation at reference exposure (sums to one).",
        unit="1",
        bounds=(0, 1),
        labels=SITES,
    )
    deaths_per_convoy_attack: Quantity = parameter(
        "Mean number of people killed by a bomb against a supply convoy.", unit="deaths/attack", bounds=(0.002, 0.4)
    )
    iraqi_deaths_per_base_attack: Quantity = parameter(
        "Mean number of Iraqis killed by an attack on a base or a diplomatic site.",
        unit="deaths/attack",
        bounds=(0.004, 0.7),
    )
    rivalry_ceiling: Quantity = parameter(
        "Recent attacks of rivals beyond which they impress a faction no further.", unit="attacks/day", bounds=(1, 10)
    )
