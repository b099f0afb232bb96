"""An expert's priors as a template."""

from collections.abc import Iterable, Sequence

from scenarios import checking
from scenarios.evidence.parameters import beliefs
from scenarios.templates.writing import comment, entry, head


def beliefs_template(names: Sequence[str], file: str) -> list[str]:
    """A beliefs file about some parameters, or all uncertain ones, with the shipped priors, as lines."""
    title = (
        "Beliefs of your own in place of the priors that ship. As they stand they are those, to the last bit. Change "
        "what you know better, say why, and delete the rest: what is not named stays as it ships."
    )
    used = (
        f"python -m scenarios run +scenario=full_withdrawal beliefs={file}",
        "python -m scenarios explain NAME     why a prior is what it is",
        "",
        "expert     whose beliefs these are; a name or a team, as you want it quoted",
    )
    return [*head(title, used), "", "expert: an analyst", "priors:", *_by_actor(chosen(names))]


def chosen(names: Sequence[str]) -> list[str]:
    """The parameters that are named, each of which must exist; every uncertain one if none is."""
    known = beliefs()
    named = list(dict.fromkeys(checking.one_of(name, "parameter", known) for name in names))
    return named or [name for name, each in known.items() if not each.prior.is_fixed]


def _by_actor(names: Iterable[str]) -> list[str]:
    known, lines, actor = beliefs(), list[str](), ""
    for name in names:
        if known[name].actor != actor:
            actor = known[name].actor
            lines += ["", *comment(f"---- {actor.replace('_', ' ')}", "  ")]
        lines += entry(name, known[name])
    return lines
