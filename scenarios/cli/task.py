"""One composed configuration carried out: checked, run, compared with its baseline, reported."""

from pathlib import Path

from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from scenarios.config.compose import asked, plain
from scenarios.config.own_source import SCHEME
from scenarios.errors import SomeFailedError
from scenarios.execution.progress import Progress
from scenarios.report.terminal.run import conclude
from scenarios.runs.runner import carry_out


def execute(config: DictConfig) -> str:
    """Run what a configuration asks for; the folder of the result, and SomeFailedError if some replications failed."""
    found = asked(plain(config), own_folder())
    with Progress() as progress:
        folders = carry_out(found.requests, found.results, found.workers, progress)
    mine, *rest = folders
    conclude(mine, rest[0] if rest else None)
    failures = [each for folder in folders for each in (folder.manifest or {}).get("failures", [])]
    if failures:
        raise SomeFailedError(
            f"{len(failures)} draws failed, the first with {failures[0]['error']}; see {mine.path}/manifest.json"
        )
    return str(mine.path)


def own_folder() -> Path | None:
    """The folder given by --config-dir, if one was."""
    sources = HydraConfig.get().runtime.config_sources if HydraConfig.initialized() else ()
    own = [Path(source.path) for source in sources if source.schema == SCHEME]
    return next((folder for folder in own if folder != Path("configs").resolve()), None)
