"""Configuration groups; installed as scenarios.configs."""
