"""Sweeps: many points of a design, lived as few large ensembles, in a folder that loses nothing."""
