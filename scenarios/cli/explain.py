"""`explain NAME`: why a number is believed, from the parameter down to the lines of the texts and of the code."""

from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from scenarios.cli import command
from scenarios.cli.parameters import completions

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


class Explainable(click.ParamType):
    """A name that has a page."""

    name = "name"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer every name that has one."""
        from scenarios.explain.lookup import explainable_names

        return completions(dict.fromkeys(explainable_names()), incomplete)


@command("explain", no_args_is_help=True, details=DETAILS,
         examples=("explain strike_deterrence_effect", "explain H1 D5 ladder"))  # fmt: skip
@click.argument("names", metavar="NAME ...", nargs=-1, required=True, type=Explainable())
def explain_command(names: Sequence[str]) -> None:
    """Print the page of a name, or of every kind that has it."""
    from scenarios.explain.lookup import explain

    print(explain(*names))
