"""Why each number is believed: seeds/ read, checked and explained."""
