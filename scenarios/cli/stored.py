"""`results list|prune`: what is in a folder of results, and the removal of what is superseded."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenarios.cli import command
from scenarios.cli.grammar import RESULTS
from scenarios.cli.parameters import KnownChoice, UserPath
from scenarios.errors import RequestError

if TYPE_CHECKING:
    from scenarios.load import StoredFolder

DETAILS = """\
  list     every run and study with its state, as-of date, replications and size
  prune    removes runs and studies of older code and unfinished ones, after asking; what is at work stays

States: finished; older code (its numbers remain valid, but the same request is simulated again); unfinished (the same
command goes on from there); damaged (altered since; never removed)."""


@command("results", details=DETAILS, examples=("results list", "results prune", "results prune results/old --yes"))
@click.argument("action", metavar="[list|prune]", type=KnownChoice(("list", "prune")), default="list")
@click.argument("place", metavar="[FOLDER]", type=UserPath(), default=RESULTS)
@click.option("--yes", is_flag=True, help="prune without asking, as in a script")
def results_command(action: str, place: Path, yes: bool) -> None:
    """List what is stored, or remove what is superseded."""
    from scenarios.load import SUPERSEDED, remove, stored_folders

    if not place.is_dir():
        raise RequestError(f"there is no folder {place}; give the one that results= named.")
    folders = stored_folders(place)
    if action == "list":
        print("\n".join(lines(folders) or [f"{place} holds no run and no study."]))
        return
    superseded = [stored for stored in folders if stored.state in SUPERSEDED and not stored.is_at_work]
    print("\n".join(lines(superseded) or [f"nothing in {place} is superseded."]))
    if superseded and (yes or _agreed(superseded)):
        print(f"removed: {remove(superseded)}")


def _agreed(folders: Sequence["StoredFolder"]) -> bool:
    """True if the user agrees; RequestError where nobody can answer."""
    try:
        return click.confirm(f"Remove {'these' if len(folders) > 1 else 'this'} for good?")
    except click.Abort as error:
        raise RequestError("results prune asks first, and nobody answered; give --yes in a script.") from error


def lines(folders: Sequence["StoredFolder"]) -> list[str]:
    """A table of folders with their states, and a line of sums."""
    from scenarios.report.terminal.tables import TableColumn, grid

    if not folders:
        return []
    heads: list[str | TableColumn] = [TableColumn("  state", align="left"), "as of", "replications", "MB", "finished"]
    rows = [
        (str(stored.path), ["  " + ("at work" if stored.is_at_work else stored.state),
                            stored.as_of, f"{stored.manifest.get('replications', 0):,}",
                            f"{stored.size / 1e6:,.1f}", stored.finished[:10] or "-"])
        for stored in folders
    ]  # fmt: skip
    return [*grid(heads, rows), f"{len(folders)} folders, {sum(stored.size for stored in folders) / 1e6:,.1f} MB"]
