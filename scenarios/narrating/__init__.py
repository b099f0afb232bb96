"""Why it came to this: the causal chain of one replication in sentences, and which replications are typical."""

from scenarios.narrating.medoids import Medoid, medoids
from scenarios.narrating.story import Sentence, Story
from scenarios.narrating.telling import all_narrated, events_of, narrated

__all__ = ["Medoid", "Sentence", "Story", "all_narrated", "events_of", "medoids", "narrated"]
