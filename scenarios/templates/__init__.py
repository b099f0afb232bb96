"""Commented files that an analyst starts from: a start, beliefs."""
