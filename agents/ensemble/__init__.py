"""How one agent lives many replications at once: axis, luck, chance, verbs, state, parameters."""
