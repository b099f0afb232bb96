"""`new-beliefs FILE [NAME ...]`: a commented template of an expert's own priors."""

from collections.abc import Sequence

from scenarios.cli.words import is_help
from scenarios.errors import DONE

HELP = """\
usage: python -m scenarios new-beliefs FILE.yaml [PARAMETER ...]

Writes a commented template: the parameters named, or every uncertain one, with meaning, unit, bounds, prior and
source. As written they are the priors that ship, to the last bit. Change what you know better, delete the rest, then:
  python -m scenarios run +scenario=NAME beliefs=FILE.yaml
A file that is there is never overwritten."""


def main(arguments: Sequence[str]) -> int:
    """Write the template and say how it is used."""
    if not arguments or is_help(arguments):
        print(HELP)
        return DONE
    from scenarios.config.scaffold import beliefs_template, chosen, write_new

    file, *names = arguments
    write_new(file, beliefs_template(names, file))
    number = len(chosen(names))
    print(f"written: {file}, {number} prior{'s' * (number != 1)} as they ship. Change them, then run them:")
    print(f"  python -m scenarios run +scenario=full_withdrawal beliefs={file}")
    return DONE
