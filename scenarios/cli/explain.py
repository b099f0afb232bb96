"""`explain NAME`: why a number is believed, from the parameter down to the lines of the texts and of the code."""

from collections.abc import Sequence

from scenarios.cli.words import is_help
from scenarios.errors import DONE
from scenarios.explain.lookup import explain

HELP = """\
usage: python -m scenarios explain NAME

  parameter       strike_deterrence_effect      claim          S004-42
  mechanism       M08                           document       S004
  hypothesis      H2, strikes, isis.enablers    stylised fact  P11
  disagreement    D5                            scenario       full_withdrawal
  start           2021-12                       outcome        us_deaths
  agent           badr                          initial state  attack_rate
  rule            coercion.fear_added           world          gaza_war

A name that several share is explained for each; `kind.NAME` picks one, as theory.isis or outcome.iranian_directive."""


def main(arguments: Sequence[str]) -> int:
    """Print the page of a name, or of every kind that has it."""
    print(HELP if not arguments or is_help(arguments) else explain(*arguments))
    return DONE
