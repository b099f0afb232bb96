"""Options of a site for jobs, read from the group `engine` and checked: partition, account, limits, modules."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from scenarios.config import fields as config_fields
from scenarios.errors import RequestError
from scenarios.evidence.plain_yaml import dumped, quoted_text

LONGEST_MINUTES = 60 * 24 * 30

MOST_GB = 4_096

MOST_JOBS = 100_000

CHUNKS_A_SLOT = 4  # by default: enough to balance slow nodes, few enough to justify a job each

SIGNAL_SECONDS = 90  # before the limit, when a job receives the signal to end

KINDS = ("pool", "slurm")

NAME = re.compile(r"[a-z_][\w-]*\Z", re.ASCII | re.IGNORECASE)  # of a variable, or an option of sbatch


@dataclass(frozen=True, kw_only=True)
class Site:
    """Options of jobs at one site, named as in Slurm."""

    partition: str | None = None
    account: str | None = None
    qos: str | None = None
    constraint: str | None = None
    time_minutes: int = 60  # limit of one job, which runs one chunk of tasks
    memory_gb: float = 2.0
    cpus: int = 1  # of one job; its tasks are spread over them
    array_parallelism: int = 16  # jobs at a time
    chunks: int | None = None  # jobs in total; by default four times array_parallelism
    max_array: int = 1_000  # longest array that the site allows (MaxArraySize less one)
    patience_minutes: float = 30.0  # without an answer from the scheduler and without results from jobs
    python: str | None = None  # command by which a node starts Python; by default the caller's own
    setup: tuple[str, ...] = ()  # shell commands before Python starts
    environment: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)  # any other option of sbatch, by its long name

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


def site(written: Any) -> Site | None:
    """The site described by the group `engine`; None for the engine of processes on this machine."""
    key = "engine"
    entries = config_fields.mapping(written, key, ["name", *(each.name for each in fields(Site))], ["name"])
    if config_fields.one_of(entries["name"], f"{key}.name", KINDS) == "pool":
        config_fields.mapping(written, key, ["name"])
        return None
    given = {name: value for name, value in entries.items() if value is not None and name != "name"}
    return Site(**{name: _checked(name, value) for name, value in given.items()})


def _checked(name: str, value: Any) -> Any:
    """One entry, checked for its type and bounds."""
    key = f"engine.{name}"
    wholes = {
        "time_minutes": (LONGEST_MINUTES, "minutes"), "cpus": (MOST_JOBS, ""), "array_parallelism": (MOST_JOBS, "jobs"),
        "chunks": (MOST_JOBS, "jobs"), "max_array": (MOST_JOBS, "jobs"),
    }  # fmt: skip
    if name in wholes:
        return config_fields.whole(value, key, 1, *wholes[name])
    if name in ("memory_gb", "patience_minutes"):
        return config_fields.number(value, key, 0.1, MOST_GB)
    if name == "setup":
        return tuple(
            _as_written(command, f"{key}[{position}]")
            for position, command in enumerate(config_fields.sequence(value, key))
        )
    if name in ("environment", "options"):
        entries = config_fields.mapping(value, key, value)
        return {_named(entry, name): _as_written(text, f"{key}.{entry}") for entry, text in entries.items()}
    return _as_written(config_fields.text(value, key) if isinstance(value, str) else value, key)


def _named(name: str, group: str) -> str:
    if not NAME.match(name):
        raise RequestError(f"engine.{group}: {name!r} is not a name; use only letters of a to z, digits, _ and -.")
    return name


def _as_written(value: Any, key: str) -> str:
    """A text on one line; a value read as another type is refused with the quotes to use."""
    if not isinstance(value, str):
        name, shown = key.rpartition(".")[2], dumped(value, in_a_line=True)
        raise RequestError(
            f"{key} is {shown}, which is no text; write it in quotes, as {name}: {quoted_text(str(shown))} in a file "
            f"or \"{key}='{shown}'\" on the command line."
        )
    if not value.isprintable():
        raise RequestError(f"{key} is {value!r}; it must be a text on one line.")
    return value
