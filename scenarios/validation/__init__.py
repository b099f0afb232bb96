"""The model checked against its sources: stylised facts, counts up to 2022, and what the texts expect of scenarios."""

from scenarios.validation import politics, violence

DECLARE = (politics, violence)  # imported for the checks that they enter
