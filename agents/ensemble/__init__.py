"""Means by which one agent acts in many replications at once: axis, luck, chance, verbs, state, parameters."""
