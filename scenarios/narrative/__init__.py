"""Narratives of single replications: causal chains in sentences, and the choice of exemplars."""

from scenarios.narrative.exemplars import Medoid, medoids
from scenarios.narrative.narrator import all_narrated, events_of, narrated
from scenarios.narrative.story import Sentence, Story

__all__ = ["Medoid", "Sentence", "Story", "all_narrated", "events_of", "medoids", "narrated"]
