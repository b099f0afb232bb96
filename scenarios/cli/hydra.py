"""The function that Hydra decorates, in a module of its own so that every launcher finds it by name."""

from pathlib import Path
from types import SimpleNamespace

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode
from omegaconf import DictConfig

from scenarios import resources
from scenarios.config.own_source import SCHEME
from scenarios.errors import RequestError, SomeFailedError

failures: list[RequestError | SomeFailedError] = []  # of a single run, reported by `run` without Hydra's preface

printed = SimpleNamespace(full=False)  # what a run prints; processes of a launcher print the answer

compositions: list[DictConfig] = []  # configurations that Hydra could put together


@hydra.main(version_base="1.3", config_path=str(resources.configs()), config_name="config")
def compose_and_run(config: DictConfig) -> None:
    """Carry out one composed configuration; in a multirun errors are raised, so that Hydra continues and reports."""
    compositions.append(config)
    try:
        execute(config)
    except (RequestError, SomeFailedError) as failure:
        if HydraConfig.get().mode == RunMode.MULTIRUN:
            raise
        failures.append(failure)


def execute(config: DictConfig) -> str:
    """Run what a configuration requests; the folder of the result, and SomeFailedError if replications failed."""
    from scenarios.config.compose import as_plain, command_request
    from scenarios.execution.progress import Progress
    from scenarios.report.terminal.run import conclude
    from scenarios.runs.runner import run_experiments

    experiment = command_request(as_plain(config), own_folder())
    with Progress() as progress:
        folders = run_experiments(experiment.requests, experiment.results, experiment.workers, progress)
    folder, *baselines = folders
    conclude(folder, baselines[0] if baselines else None, full=printed.full)
    failed = [failure for each in folders for failure in (each.manifest or {}).get("failures", [])]
    if failed:
        raise SomeFailedError(
            f"{len(failed)} draws failed, the first with {failed[0]['error']}; see {folder.path}/manifest.json"
        )
    return str(folder.path)


def own_folder() -> Path | None:
    """The folder given by --config-dir, if one was."""
    sources = HydraConfig.get().runtime.config_sources if HydraConfig.initialized() else ()
    folders = [Path(source.path) for source in sources if source.schema == SCHEME]
    return next((folder for folder in folders if folder != Path("configs").resolve()), None)
