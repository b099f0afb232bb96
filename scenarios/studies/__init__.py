"""Sweeps: many points of a design, simulated as few large ensembles, in a folder that loses nothing."""
