"""Runs: one experiment carried out in its folder, its result read back, and replications simulated again."""
