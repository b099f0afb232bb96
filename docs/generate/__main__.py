"""`python -m docs.generate [NAME ...] [--check]`: write what is generated, or compare it with what is there."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from docs.generate import Size, evidence, patterns, presets, prior, reference, tutorials, variance
from docs.generate.derive import constants
from docs.generate.odd import page
from docs.generate.regions import DOCS, changed_regions, page_with
from scenarios.errors import WRONG_REQUEST, RequestError
from scenarios.store.files import write_whole

Files = Mapping[Path, str]

READ: Mapping[str, Callable[[Size], Files]] = {
    "odd": lambda size: page_with("odd.md", page.tables()),
    "evidence": lambda size: page_with("evidence.md", evidence.tables()),
    "presets": lambda size: presets.files(),
    "reference": lambda size: reference.files(),
    "tutorials": lambda size: tutorials.files(),
}


def report(text: str) -> Files:
    """Print what is written to no file."""
    click.echo(text)
    return {}


SIMULATED: Mapping[str, Callable[[Size], Files]] = {
    "patterns": patterns.files,
    "prior": prior.files,
    "variance": variance.files,
    "constants": lambda size: report(constants(size)),
}

TARGETS = {**READ, **SIMULATED}

HELP = """Write the generated tables of docs/ and the files derived from seeds/.

\b
odd        the tables of docs/odd.md, from the code and seeds/
evidence   the tables of docs/evidence.md, from seeds/
presets    configs/theory/*.yaml, from the claims
reference  docs/reference/commands.md and outcomes.md, from the code
tutorials  docs/tutorials/*.md, from the notebooks
patterns   the tables of docs/patterns.md and the recorded verdicts, from runs
prior      the tables of docs/prior.md, from runs
variance   the tables of docs/variance.md, from runs
constants  the constants of seeds/ that are computed from runs; printed, never written

Without a name: all but the last four, which simulate for minutes."""


@click.command(help=HELP)
@click.argument("names", nargs=-1, metavar="[NAME ...]", type=click.Choice(list(TARGETS)))
@click.option("--check", is_flag=True, help="Write nothing; exit code 2 where something would change.")
@click.option("--replications", type=click.IntRange(min=8), help="Replications a run, in place of the usual number.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that simulate.")
@click.option("--results", type=click.Path(path_type=Path), default=Path("results/checks"), help="Where runs are kept.")
def main(names: Sequence[str], check: bool, replications: int | None, workers: int | None, results: Path) -> None:
    """Write or check every target named."""
    size = Size(replications, workers, results)
    try:
        lines = [line for name in names or READ for line in generate(TARGETS[name](size), check=check)]
    except RequestError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(WRONG_REQUEST)
    for line in lines:
        click.echo(line)


def generate(files: Files, *, check: bool) -> Iterator[str]:
    """Write the files that differ, one line for each; RequestError names them instead if they are only checked."""
    changes = {file: changed for file, text in files.items() if (changed := _changed(file, text))}
    if check and changes:
        stale = "; ".join(f"{_shown(file)}: {changed}" for file, changed in changes.items())
        raise RequestError(
            f"no longer as the code, seeds/ and runs have it: {stale}. Run `python -m docs.generate`, and read whether "
            "the words beside it still hold."
        )
    for file, text in files.items():
        if file in changes:
            write_whole(file, text.encode())
        yield f"{_shown(file)}: {changes.get(file, 'unchanged')}"


def _changed(file: Path, text: str) -> str:
    """The regions of a page that would change, or `all of it` for a file without regions; empty if nothing would."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    return "" if before == text else ", ".join(changed_regions(before, text)) or "all of it"


def _shown(file: Path) -> str:
    return file.relative_to(DOCS.parent).as_posix() if file.is_relative_to(DOCS.parent) else str(file)


if __name__ == "__main__":
    main(prog_name="python -m docs.generate")
