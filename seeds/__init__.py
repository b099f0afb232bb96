"""Data only: sources, claims, parameters, theories, facts; installed as scenarios.seeds."""
