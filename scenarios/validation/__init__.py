"""Validation of the model against stylised facts, counts up to 2022 and the expectations of the texts."""

from scenarios.validation import politics, violence

DECLARE = (politics, violence)  # imported for the checks that they register
