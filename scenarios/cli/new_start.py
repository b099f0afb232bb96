"""`new-start FILE [from=START]`: a commented template of a start of one's own."""

from collections.abc import Sequence

from scenarios.cli.words import is_help
from scenarios.errors import DONE, RequestError, nearest

HELP = """\
usage: python -m scenarios new-start FILE.yaml [from=2024-01]

Writes a commented template: every state of a start with its meaning, unit, bounds, prior and source, as the start
named by from= has it. As written it is that start, to the last bit. Change what you know better, then:
  python -m scenarios run +scenario=NAME start=FILE.yaml
A file that is there is never overwritten."""


def main(arguments: Sequence[str]) -> int:
    """Write the template and say how it is used."""
    if not arguments or is_help(arguments):
        print(HELP)
        return DONE
    from scenarios.config.scaffold import USUAL, start_template, write_new

    file, *words = arguments
    given = dict(word.partition("=")[::2] for word in words)
    for name in given:
        if name != "from":
            raise RequestError(f"new-start does not know {name!r}.{nearest(name, ['from'])}")
    origin = given.get("from", USUAL)
    write_new(file, start_template(origin, file))
    print(f"written: {file}, the start {origin} as it ships. Change it, then run it:")
    print(f"  python -m scenarios run +scenario=full_withdrawal start={file}")
    return DONE
