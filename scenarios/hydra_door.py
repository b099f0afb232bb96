"""The function that Hydra decorates; a module of its own, so that every launcher finds it by name."""

import hydra
from omegaconf import DictConfig

from scenarios import places


@hydra.main(version_base="1.3", config_path=str(places.configs()), config_name="config")
def compose_and_run(config: DictConfig) -> None:
    """Carry out one composed configuration."""
    from scenarios.task import execute

    execute(config)
