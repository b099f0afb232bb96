"""Pages of text on the evidence for a number."""
