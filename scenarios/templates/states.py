"""A start as a template."""

from scenarios import checking
from scenarios.evidence.parameters import start, starts
from scenarios.templates.writing import entry, head, quoted

USUAL = "2024-01"


def start_template(name: str, file: str) -> list[str]:
    """A start file with the states of a shipped start, as lines."""
    shipped = start(checking.one_of(name, "from", starts()))
    title = (
        f"A start of your own: the state of Iraq at an as-of date, written from the start {name}, which it still is to "
        "the last bit. Change what you know better, and say why."
    )
    used = (
        f"python -m scenarios run +scenario=full_withdrawal start={file}",
        f"python -m scenarios show full_withdrawal start={file}",
        "",
        "date       the as-of date; days, elections and known wars are counted from it",
        "based_on   the start that ships beside which every table tells what you changed",
        "Every state must be there; each is drawn once a draw, like a parameter.",
    )
    return [
        *head(title, used),
        "",
        f"date: {shipped.date}",
        f"based_on: {quoted(shipped.name)}",
        f"title: {quoted(shipped.title)}",
        "states:",
        *(line for each, believed in shipped.states.items() for line in entry(each, believed)),
    ]
