"""What is wrong with the runs, said before anything else."""

from collections.abc import Iterator

from scenarios.archive.identity import code_digest
from scenarios.comparing.sizes import are_alike, in_words
from scenarios.expectations import BASELINE
from scenarios.own import own_texts
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.markup import Markup, listed, tag
from scenarios.report.page.wording import series
from scenarios.results import Result

MOST_REASONS = 3
FEW = 100  # draws under each theory, below which shares of replications are coarse


def notices(runs: Gathered) -> list[str]:
    """Sentences about what is missing, failed, altered or unlike; none where all is whole."""
    return [
        *(f"Left out of this page: {each}" for each in runs.left_out),
        *_of_runs(runs),
        *_without_baseline(runs),
        *_of_unlike_sizes(runs),
        *_of_code(runs),
    ]


def serious(runs: Gathered) -> bool:
    """Whether a folder was left out, or replications failed."""
    return bool(runs.left_out) or any(each.failures for each in runs.everything)


def shown(said: list[str]) -> Markup:
    """The notices as a box at the head of the page, or a line that there are none."""
    if not said:
        return tag("p", "Every folder is whole and unaltered, and no replication failed.", class_="sound")
    title = tag("h2", "Read this first", id="notices-title")
    return tag("section", title, listed(said), id="notices", class_="notices", aria_labelledby="notices-title")


def _of_runs(runs: Gathered) -> Iterator[str]:
    """What is to be said of runs, those of which the same is said together."""
    said = [(text, each.scenario) for each in runs.everything for text in _of(each)]
    for text in dict.fromkeys(text for text, _ in said):
        yield f"{series(name for each, name in said if each == text)}: {text}"


def _of(result: Result) -> Iterator[str]:
    failures, about = result.failures, result.manifest
    yield from (f"{own}." for own in own_texts(about))
    if failures:
        lost = f"{len(failures):,} of {about['draws']:,} draws ({len(result.theories) * len(failures):,} replications)"
        reasons = list(dict.fromkeys(str(each["error"]) for each in failures))[:MOST_REASONS]
        yield (
            f"{lost} failed and are left out of every number here; those that failed may not be "
            f"like the rest. Reasons: {'; '.join(reasons)}."
        )
    if about["draws"] < FEW:
        yield (
            f"only {about['draws']:,} draws under each theory; shares of replications are coarse. "
            "Run it again with ensemble=standard or more."
        )


def _without_baseline(runs: Gathered) -> Iterator[str]:
    if runs.baseline is not None:
        return
    if runs.first.scenario == BASELINE:
        yield f"{BASELINE} is the baseline itself; without a scenario beside it the page shows levels alone."
    else:
        yield (
            f"No run of the baseline lies beside {runs.first.path.name}, so that levels are shown without a contrast. "
            "A level alone invites misreading: it mixes what the policy does with what would have happened anyway."
        )


def _of_unlike_sizes(runs: Gathered) -> Iterator[str]:
    if not are_alike(runs.sizes):
        yield (
            f"The runs differ in their number of draws: {in_words(runs.sizes)}. Differences are taken over the pairs, "
            "levels over all draws of a run."
        )


def _of_code(runs: Gathered) -> Iterator[str]:
    codes = {each.manifest["provenance"]["code"] for each in runs.everything}
    if len(codes) > 1:
        yield "The runs were made by different versions of the code; their differences mix policy with programming."
    elif codes != {code_digest()}:
        yield (
            "The runs were made by another version of the code than wrote this page; their numbers stand, but the "
            "command below would give others."
        )
