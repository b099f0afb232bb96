"""Attacks that bring about attacks: the Hawkes process, its stability and its bursts."""

import numpy as np

from agents.ensemble.axis import Quantity


def excited(memory: Quantity, events: Quantity, decay_time: Quantity, days: float) -> Quantity:
    """Memory of past events that raises their rate, updated by one step.

    memory       [events/day]  decaying record of past events
    events       [events]      events of this step
    decay_time   [day]         time constant of the memory
    days         [day]         length of the step
    returns      [events/day]  in a steady stream, the rate of the stream

    Multiplied by a branching ratio n, it adds n further events for each event, spread over the decay time.
    Source: Lewis, Mohler, Brantingham and Bertozzi 2012 (Iraq); exact recursion for steps of any length.
    """
    kept = np.exp(-days / decay_time)
    return memory * kept + events * (1.0 - kept) / days


def attack_intensity(
    own_motive: Quantity,
    contagion: Quantity,
    provocation: Quantity,
    fear: Quantity,
    opportunity: Quantity | float,
    capacity: Quantity,
) -> Quantity:
    """Attacks per day that a faction launches.

    own_motive    [attacks/day]  rate that it would start on its own at reference exposure
    contagion     [attacks/day]  rate added by its own recent attacks
    provocation   [attacks/day]  rate added by recent strikes on it
    fear          [log rate]     deterrence in force
    opportunity   [-]            targets: one at reference, and without any there is no attack
    capacity      [attacks/day]  most that it can launch
    returns       [attacks/day]  in [0, capacity]

    Retaliation adds to the rate and deterrence divides it, so the process is stable, which it would not be if grievance
    stood in an exponent; the cap is approached smoothly. Targets beyond reference draw more attacks but make none more
    contagious, since published branching ratios were measured where targets abounded.
    Sources: Johnson et al. 2011 for bursts; Braithwaite and Johnson 2012 for both signs.
    """
    answered = (contagion + provocation) * np.minimum(opportunity, 1.0)
    wanted = (own_motive * opportunity + answered) * np.exp(-fear)
    return capacity * -np.expm1(-wanted / capacity)


def severity_per_attack(
    recent_attacks: Quantity, *, scale: Quantity, elasticity: Quantity, ceiling: Quantity, memory_time: Quantity,
    limited_severity: Quantity, lethal_share: Quantity, lethal_response: Quantity, major_severity: Quantity,
) -> Quantity:  # fmt: skip
    """Severity of the US strikes that one more attack on a base brings about, at a given level of recent attacks.

    recent_attacks     [attacks]          level at which the response is evaluated
    memory_time        [day]              for which an attack is remembered
    limited_severity   [-]                mean severity of a limited strike, commanders killed included
    lethal_share       [0-1]              of attacks on bases, in a campaign
    major_severity     [-]                mean severity of a major strike
    returns            [severity/attack]

    The derivative of the strike hazard, its ceiling included, times the memory time.
    """
    grown = (1.0 + recent_attacks) ** (elasticity - 1.0)
    hazard = scale * (grown * (1.0 + recent_attacks) - 1.0)
    limited = scale * elasticity * grown * np.exp(-hazard / ceiling)
    return memory_time * (limited * limited_severity + lethal_share * lethal_response * major_severity)


def escalation_number(self_excitation: Quantity, provoked: Quantity, severity: Quantity) -> Quantity:
    """Spectral radius of the branching matrix [[n, p], [s, 0]]: attacks that one attack leads to, by all routes.

    self_excitation   n  [attacks/attack]    by contagion, at the exposure of the day
    provoked          p  [attacks/severity]  by strikes, at the exposure of the day
    severity          s  [severity/attack]   of strikes in answer to one more attack
    returns              [-]                 below one the action-reaction process dies out (Richardson's condition)
    """
    return 0.5 * (self_excitation + np.sqrt(self_excitation**2 + 4.0 * provoked * severity))


def pause_rates(
    switching: Quantity,
    fear: Quantity,
    timetable: Quantity,
    war: Quantity,
    directive: Quantity,
    *,
    fear_effect: Quantity,
    timetable_effect: Quantity,
    war_against: Quantity,
    war_for_ending: Quantity,
    directive_for_ending: Quantity,
) -> tuple[Quantity, Quantity]:
    """Rates at which the vanguard pauses its campaign and at which it resumes it, [1/year] each.

    switching   [1/year]    rate of either change when nothing else affects it
    fear        [log rate]  mean fear of the vanguard, as bounded by its ceiling
    timetable   [0-1]       credibility of an exit
    war         [0/1]       a regional war is on
    directive   [-1, 1]     of Iran

    Claims: S004-22 (the lull of 2022-23), S004-24 (Iran's hand in it), S004-26 and S004-27 (its end in war).
    """
    pausing = switching * np.exp(fear_effect * fear + timetable_effect * timetable - war_against * war)
    resuming = switching * np.exp(war_for_ending * war + directive_for_ending * directive)
    return pausing, resuming


def rivalry(rivals: Quantity, effect: Quantity, ceiling: Quantity) -> Quantity:
    """Rise of the log attack rate with the recent attacks of rivals: outbidding (Bloom 2004).

    rivals    [attacks/day]  recent attacks of all other factions
    effect    [log rate]     per attack a day
    ceiling   [attacks/day]  beyond which rivals impress no further
    """
    return effect * np.minimum(rivals, ceiling)


def remembered(stock: Quantity, events: Quantity, memory_time: Quantity, days: float) -> Quantity:
    """Count of recent events, each fading exponentially, updated by one step.

    stock         [events]  count before the step
    events        [events]  events of this step, which fade within it too
    memory_time   [day]     time constant
    days          [day]     length of the step
    returns       [events]  in a steady stream, its rate times the time constant, whatever the length of a step
    """
    return excited(stock / memory_time, events, memory_time, days) * memory_time
