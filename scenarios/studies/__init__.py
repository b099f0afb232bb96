"""Studies: many design points, simulated as few large ensembles, in a folder that loses nothing."""
