"""Narratives of single replications: causal chains in sentences, and the choice of exemplars."""

from scenarios.narrative.exemplars import Medoid, medoids
from scenarios.narrative.narrator import events_of, narrate, narrate_all
from scenarios.narrative.story import Sentence, Story

__all__ = ["Medoid", "Sentence", "Story", "events_of", "medoids", "narrate", "narrate_all"]
