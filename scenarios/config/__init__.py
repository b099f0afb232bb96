"""Requests: what may be asked of the model, composed and checked once."""
