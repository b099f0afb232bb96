"""`explain NAME`: why a number is believed, from the parameter down to the lines of the texts and of the code."""

from collections.abc import Sequence

import click

from scenarios.cli import command
from scenarios.cli.completion import complete_explainable

DETAILS = """\
Names:
  parameter       strike_deterrence_effect      claim          S004-42
  mechanism       M08                           document       S004
  hypothesis      H2, strikes, isis.enablers    stylised fact  P11
  disagreement    D5                            scenario       full_withdrawal
  start           2021-12                       outcome        us_deaths
  agent           badr                          initial state  attack_rate
  rule            coercion.fear_added           world          gaza_war

A name that several share is explained for each; `kind.NAME` picks one, as theory.isis or outcome.iranian_directive."""


@command("explain", no_args_is_help=True, details=DETAILS)
@click.argument("names", metavar="NAME ...", nargs=-1, required=True, shell_complete=complete_explainable)
def explain_command(names: Sequence[str]) -> None:
    """Print the page of a name, or of every kind that has it."""
    from scenarios.explain.lookup import explain

    print(explain(*names))
