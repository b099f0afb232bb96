"""Rosters: the names of actors, sites, targets and governorates."""

FACTIONS = ("kataib_hezbollah", "nujaba", "sayyid_al_shuhada", "facade_cells", "asaib_ahl_al_haq", "badr")

TROOP_SITES = ("anbar", "baghdad", "north", "erbil")
FEDERAL_SITES = ("anbar", "baghdad", "north")
SITES = (*TROOP_SITES, "convoy")

OTHER_TARGETS = ("kurdistan", "state", "rivals")

CELLS = ("anbar", "ninewa", "salah_al_din", "kirkuk", "diyala", "baghdad", "babil")
KURDISTAN = ("erbil", "dohuk", "sulaymaniya")
SOUTH = ("karbala", "najaf", "wasit", "qadisiya", "muthanna", "dhi_qar", "maysan", "basra")
NORTH = ("ninewa", "salah_al_din", "kirkuk")
CONVOY_ROADS = ("babil", *SOUTH)
GOVERNORATES = (*CELLS, *KURDISTAN, *SOUTH)

INFLUENCE_TERMS = ("alignment", "factions", "directive", "presence", "sadrists", "caretaker")
