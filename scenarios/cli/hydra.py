"""The function that Hydra decorates; a module of its own, so that every launcher finds it by name."""

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode
from omegaconf import DictConfig

from scenarios import resources
from scenarios.errors import RequestError, SomeFailedError

troubles: list[RequestError | SomeFailedError] = []  # of a single run, reported by `run` without Hydra's preface

composed: list[DictConfig] = []  # configurations that Hydra could put together


@hydra.main(version_base="1.3", config_path=str(resources.configs()), config_name="config")
def compose_and_run(config: DictConfig) -> None:
    """Carry out one composed configuration; in a multirun errors are raised, so that Hydra continues and reports."""
    from scenarios.cli.task import execute

    composed.append(config)
    try:
        execute(config)
    except (RequestError, SomeFailedError) as trouble:
        if HydraConfig.get().mode == RunMode.MULTIRUN:
            raise
        troubles.append(trouble)
