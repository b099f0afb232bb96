"""Simulation of one request: parameters drawn, policy and world in force, blocks of replications stepped."""
