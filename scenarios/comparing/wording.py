"""What it means that a pole is true, in a few words that follow `the probability that`."""

PHRASES = {
    "isis enablers": "US enablers hold ISIS down",
    "isis spent": "ISIS is spent",
    "isis seam": "ISIS lives on the seam of Iraqi and Kurdish forces",
    "isis feuds": "only exit and feuds together bring ISIS back",
    "strikes deter": "strikes only deter",
    "strikes provoke": "strikes only provoke",
    "strikes both": "strikes deter and provoke",
    "clustering contagion": "attacks bring about attacks",
    "clustering frailty": "unobserved conditions make the bursts",
    "clustering truce": "campaigns and pauses make the bursts",
    "clustering mix": "all three make the bursts",
    "command iran": "Tehran commands the factions",
    "command factions": "the factions decide for themselves",
    "command open": "command lies between Tehran and the factions",
    "timetable lull": "a believed exit calms until it is carried out",
    "timetable embolden": "a believed exit emboldens",
    "timetable open": "a believed exit may do either",
    "displacement vanish": "the factions' violence ends with the exit",
    "displacement displace": "the factions' violence moves to Iraqis",
    "displacement open": "part of the factions' violence moves",
    "mediation mediates": "the US presence keeps Baghdad and Erbil apart",
    "mediation no_effect": "the US presence does nothing between Baghdad and Erbil",
    "outbidding absent": "factions do not outbid one another",
    "outbidding present": "factions outbid one another",
    "presence deters": "the US presence deters Iran",
    "presence provokes": "the US presence provokes Iran",
    "presence neither": "Iran can live with the US presence",
}


def phrase(question: str, pole: str) -> str:
    """A pole in words; of a question without a wording, its names."""
    return PHRASES.get(f"{question} {pole}", f"{question}: {pole.replace('_', ' ')}")
