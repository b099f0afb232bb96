"""Pages of text on why a number is believed."""
