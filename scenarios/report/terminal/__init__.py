"""Results as printed on a terminal."""
