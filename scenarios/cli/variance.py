"""`variance NAME|FOLDER`: how much of an answer's spread is theory, parameters by grade, and chance."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.cli import command
from scenarios.cli.grammar import as_words
from scenarios.cli.parameters import CHOICES, own_words, words_argument
from scenarios.config import options
from scenarios.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

LEAST_DRAWS = 10


@command("variance", examples=("variance full_withdrawal", "variance full_withdrawal scale=raw"), details="""\
Words are those of `run`, and scale=log|raw of the outcomes (log). Tables are written to PATH/variance/, PATH being
results=. A FOLDER is the request of the run in it.""")  # fmt: skip
@words_argument("NAME|FOLDER [KEY=VALUE ...]", "scenario", "scale=")
def variance_command(words: Sequence[str]) -> None:
    """Print and keep the split of every headline outcome, and of its difference from the baseline."""
    own, others = own_words(words, "scale")
    others, scale = as_words(others), own.get("scale", "log")
    if scale not in CHOICES["scale"]:
        raise RequestError(f"scale is {scale!r}; it must be log or raw.")
    if not any("scenario=" in word for word in others):
        raise RequestError(f"variance needs a scenario: {', '.join(options.options('scenario'))}.")
    from scenarios.config.compose import command_request, composed
    from scenarios.report.terminal import variance

    experiment = command_request(composed(others))
    draws = experiment.request.draws
    if draws < LEAST_DRAWS:
        raise RequestError(f"ensemble.replications give {draws} draws; at least {LEAST_DRAWS} are needed for shares.")
    for title, frame in variance.splits(experiment, variance.SCALES[scale]).items():
        file = _write_split(experiment.results, title, frame)
        print("\n".join([*variance.split_lines(title, frame, draws, scale), f"  written to {file}", ""]))


def _write_split(results: Path, title: str, frame: "pd.DataFrame") -> Path:
    from scenarios.store.files import write_output

    file = results / "variance" / f"{title.replace(' ', '_')}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_output(file, frame.to_csv(index=False, float_format="%.4g").encode())
    return file
