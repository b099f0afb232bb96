"""Options of a site for jobs, read from the group `engine` and checked: partition, account, limits, modules."""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from scenarios.config.fields import bare
from scenarios.errors import RequestError
from scenarios.evidence.plain_yaml import dumped, quoted_text
from scenarios.evidence.validation_errors import Bounds, Checked, Fault, OneOf, describe, shown

LONGEST_MINUTES = 60 * 24 * 30

MOST_GB = 4_096

MOST_JOBS = 100_000

CHUNKS_A_SLOT = 4  # by default: enough to balance slow nodes, few enough to justify a job each

SIGNAL_SECONDS = 90  # before the limit, when a job receives the signal to end

NAME = re.compile(r"[a-z_][\w-]*\Z", re.ASCII | re.IGNORECASE)  # of a variable, or an option of sbatch

NO_TEXT = "which is no text"


def _as_written(value: Any) -> str:
    """Text on one line; a value read as another type is refused."""
    if not isinstance(value, str):
        raise ValueError(f"is {dumped(value, in_a_line=True)}, {NO_TEXT}")
    if not value.isprintable():
        raise ValueError(f"is {shown(value)}; it must be a text on one line")
    return value


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError(f"is {shown(text)}; it must be a text")
    return text.strip()


def _name(name: str) -> str:
    if not NAME.match(name):
        raise ValueError("is not a name; use only letters of a to z, digits, _ and -")
    return name


Line = Annotated[str, BeforeValidator(_as_written)]
Word = Annotated[Line, AfterValidator(_filled)]
Lines = dict[Annotated[str, AfterValidator(_name)], Line]
Jobs = Annotated[int, Bounds(1, MOST_JOBS, "jobs")]


class Site(Checked):
    """Options of jobs at one site, named as in Slurm."""

    partition: Word | None = Field(None, description="Partition; by default the scheduler's own.")
    account: Word | None = Field(None, description="Account that pays.")
    qos: Word | None = Field(None, description="Quality of service.")
    constraint: Word | None = Field(None, description="Feature of nodes, as the site names it.")
    time_minutes: Annotated[int, Bounds(1, LONGEST_MINUTES, "minutes")] = Field(
        60, description="Limit of one job, which runs one chunk of tasks, in minutes."
    )
    memory_gb: Annotated[float, Bounds(0.1, MOST_GB)] = Field(2.0, description="Memory of one job, in GB.")
    cpus: Annotated[int, Bounds(1, MOST_JOBS)] = Field(
        1, description="Processors of one job, over which its tasks are spread."
    )
    array_parallelism: Jobs = Field(16, description="Number of jobs that run at a time.")
    chunks: Jobs | None = Field(None, description="Number of jobs in total; by default four times array_parallelism.")
    max_array: Jobs = Field(1_000, description="Longest array that the site allows: MaxArraySize less one.")
    patience_minutes: Annotated[float, Bounds(0.1, MOST_GB)] = Field(
        30.0, description="Time without an answer from the scheduler and without results from jobs, in minutes."
    )
    python: Word | None = Field(None, description="Command by which a node starts Python; by default the caller's own.")
    setup: tuple[Line, ...] = Field((), description="Shell commands before Python starts.")
    environment: Lines = Field({}, description="Variables of the environment of jobs.")
    options: Lines = Field({}, description="Any other option of sbatch, by its long name.")

    @property
    def signal_seconds(self) -> int:
        """Seconds before its limit at which a job receives the signal to end."""
        return min(SIGNAL_SECONDS, self.time_minutes * 60 // 4)

    @property
    def prepared(self) -> list[str]:
        """Shell commands before Python starts, with the environment."""
        return [*self.setup, *(f"export {name}={shlex.quote(value)}" for name, value in self.environment.items())]

    def jobs_for(self, tasks: int) -> int:
        """Number of jobs for a number of tasks."""
        return min(self.chunks or CHUNKS_A_SLOT * self.array_parallelism, self.max_array, tasks)


class LocalSite(Checked):
    """Group `engine` of processes on this machine."""

    name: Annotated[str, OneOf(("pool", "slurm"))] = Field(description="Where tasks run.")


class SlurmSite(Site, LocalSite):
    """Group `engine` of a site."""


def site(written: Any) -> Site | None:
    """The site described by the group `engine`; None for processes on this machine."""
    given = bare(written)
    if isinstance(given, Mapping):
        given = {name: value for name, value in given.items() if value is not None}
    try:
        if isinstance(given, Mapping) and given.get("name") == "pool":
            LocalSite.model_validate(given)
            return None
        return SlurmSite.model_validate(given)
    except ValidationError as error:
        raise RequestError("\n".join(_lines(error))) from error


def _lines(error: ValidationError) -> Iterator[str]:
    """Line for every fault, with the quotes that turn a value into a text."""
    for line, detail in zip(describe(error, "engine"), error.errors(include_url=False), strict=True):
        if NO_TEXT not in line:
            yield line
            continue
        key, value = Fault(("engine", *detail["loc"]), "").key, dumped(detail["input"], in_a_line=True)
        in_file = f"{key.rpartition('.')[2]}: {quoted_text(value)}"
        quotes = f"write it in quotes, as {in_file} in a file or \"{key}='{value}'\" on the command line"
        yield f"{line.removesuffix('.')}; {quotes}."
