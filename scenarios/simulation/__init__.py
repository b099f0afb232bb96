"""Simulation of one request: sampling of parameters, timeline of policy and world, blocks of replications."""
