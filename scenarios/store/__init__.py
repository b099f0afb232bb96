"""results/ written and read: whole blocks or nothing, with everything needed to repeat them."""
