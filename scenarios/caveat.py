"""What every output says of itself."""

CAVEAT = "A conditional exploration, not a forecast."
