"""Requests: composed by Hydra, checked once, immutable afterwards."""
