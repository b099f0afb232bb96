"""Actors in Iraq, the mechanisms that move them, and the ensemble in which they act. No files, no Hydra, no pandas."""
