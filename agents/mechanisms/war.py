"""The regional regime: calm, proxy war, direct war."""

from agents.ensemble.axis import Count, Quantity
from agents.ensemble.verbs import a_day, choose, first_of, within

CALM, PROXY_WAR, DIRECT_WAR = 0, 1, 2


def next_regime(
    regime: Count, luck: Quantity, days: float, *, onset: Quantity, direct_share: Quantity, escalation: Quantity,
    proxy_duration: Quantity, direct_duration: Quantity,
) -> Count:  # fmt: skip
    """Regime of the region after a step, by competing hazards on one uniform number.

    regime            [0-2]     CALM, PROXY_WAR or DIRECT_WAR
    luck              [0-1)     uniform
    days              [day]     length of the step
    onset             [1/year]  from calm to any war, a share of it direct at once
    escalation        [1/year]  from proxy to direct war
    proxy_duration    [day]     mean, if it does not escalate
    direct_duration   [day]     mean, after which it falls back to proxy war

    Claims S004-16, S004-26 (one onset in the span of the texts), S001-14, S003-44 (no side wants the direct clash).
    """
    begins = within(a_day(onset), days)
    moves = within(a_day(escalation) + 1.0 / proxy_duration, days)
    climbs = moves * a_day(escalation) / (a_day(escalation) + 1.0 / proxy_duration)
    from_calm = first_of([(luck < begins * (1.0 - direct_share), PROXY_WAR), (luck < begins, DIRECT_WAR)], CALM)
    from_proxy = first_of([(luck < climbs, DIRECT_WAR), (luck < moves, CALM)], PROXY_WAR)
    from_direct = choose(luck < within(1.0 / direct_duration, days), PROXY_WAR, DIRECT_WAR)
    return first_of([(regime == CALM, from_calm), (regime == PROXY_WAR, from_proxy)], from_direct)
