"""The region: wars of Iran's partners begin, widen and end; the price of oil moves."""

from agents.ensemble.axis import Quantity
from agents.ensemble.chance import normal
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import DAYS_PER_MONTH, choose
from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR, next_regime
from agents.seen import RegionSeen, Seen
from agents.setting import Today
from agents.settled import Settled
from agents.stage import Stage

EPISODES = 16  # direct wars with luck of their own; later ones share the last one's


class Region(EnsembleAgent):
    """The world around Iraq, which nobody in the model decides.

    regime        [0-2]   0 calm, 1 proxy war, 2 direct war
    next_regime   [0-2]   regime decided today, in force from tomorrow
    oil_price     [sd]    standardised log price of oil
    direct_wars   [wars]  direct wars so far, including one that is on at the start
    """

    model: Stage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "region")
        self.assumed = stage.assumed.region
        self.regime = self.full(stage.start.regional_war)
        self.oil_price = self.full(stage.start.oil_price)
        self.direct_wars = (self.regime == DIRECT_WAR).astype(int)
        self.next_regime = self.regime

    def decide(self, seen: Seen) -> None:
        """War begins, widens or ends by chance, unless the world of the run fixes its path."""
        drifted = next_regime(
            self.regime,
            self.luck("regime"),
            self.days,
            onset=self.assumed.regional_war_onset_rate,
            direct_share=self.assumed.direct_share_of_war_onsets,
            escalation=self.assumed.direct_war_onset_rate,
            proxy_duration=self.assumed.proxy_war_mean_duration,
            direct_duration=self.assumed.direct_war_mean_duration,
        )
        self.next_regime = choose(seen.today.regime >= CALM, seen.today.regime, drifted)

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Each direct war is an episode with deviations of its own; the oil price reverts slowly to its mean."""
        entered = (self.next_regime == DIRECT_WAR) & (self.regime != DIRECT_WAR)
        self.direct_wars = self.direct_wars + entered
        self.regime = self.next_regime
        kept = self.assumed.oil_price_shock_persistence ** (self.days / DAYS_PER_MONTH)
        wandered = kept * self.oil_price + (1.0 - kept**2) ** 0.5 * normal(self.luck("oil"))
        self.oil_price = wandered + seen.today.shock("oil_price")

    def shows(self, today: Today) -> RegionSeen:
        """Public state of the region, given the reach of a proxy war today."""
        direct = 1.0 * (self.regime == DIRECT_WAR)
        factions, iran = self.model.assumed.factions, self.model.assumed.iran
        return RegionSeen(
            war=1.0 * (self.regime > CALM),
            proxy_war=today.intensity * (self.regime == PROXY_WAR),
            direct_war=direct,
            attack_deviation=factions.direct_war_episode_spread_in_attacks * self._episode("attacks") * direct,
            push_deviation=iran.direct_war_episode_spread_in_push * self._episode("push") * direct,
            distress=-self.oil_price,
        )

    def _episode(self, trait: str) -> Quantity:
        """A deviation of the current direct war, standard normal, the same whenever that war begins."""
        return normal(self.nth(trait, self.direct_wars, EPISODES))
