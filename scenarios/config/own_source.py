"""How Hydra reads a user's own folders of configuration: by the catalog, which checks every file before it is used."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource
from omegaconf import OmegaConf

from scenarios.config import options

SCHEME = "own"

SCENARIO = "scenario"  # the group whose files are composed from the top


class OwnSource(ConfigSource):
    """A folder of options, of the known groups alone; names are found however their letters are coded."""

    @staticmethod
    def scheme() -> str:
        """The scheme of its addresses, `own:///PATH`."""
        return SCHEME

    def available(self) -> bool:
        """Whether the folder is there."""
        return Path(self.path).is_dir()

    def is_group(self, config_path: str) -> bool:
        """Whether a path is one of the known groups."""
        return not config_path or (config_path in options.GROUPS and (Path(self.path) / config_path).is_dir())

    def is_config(self, config_path: str) -> bool:
        """Whether a path is an option of a known group."""
        return self._file(config_path) is not None

    def load_config(self, config_path: str) -> ConfigResult:
        """The checked content of an option, without anything that Hydra would look up or evaluate."""
        file = self._file(config_path)
        if file is None:
            raise ConfigLoadError(f"{config_path} is not in {self.path}")
        whole = config_path.startswith(f"{SCENARIO}/")
        return ConfigResult(
            provider=self.provider,
            path=self.full_path(),
            config=OmegaConf.create(_dated(options.content(file))),
            header={"package": "_global_" if whole else None},
        )

    def list(self, config_path: str, results_filter: ObjectType | None) -> "list[str]":
        """The groups of the folder, or the options of a group."""
        if not config_path:
            return [] if results_filter == ObjectType.CONFIG else [g for g in options.GROUPS if self.is_group(g)]
        return [] if results_filter == ObjectType.GROUP else sorted(options.options_in(Path(self.path), config_path))

    def _file(self, config_path: str) -> Path | None:
        group, _, name = config_path.partition("/")
        if group not in options.GROUPS:
            return None
        return options.options_in(Path(self.path), group).get(options.composed_form(name.removesuffix(".yaml")))


def _dated(value: Any) -> Any:
    """Plain data with dates as the texts that they are in Hydra."""
    if isinstance(value, Mapping):
        return {name: _dated(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_dated(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def address(folder: Path) -> str:
    """Where Hydra finds a folder of the user's own; makes the way of reading known to Hydra."""
    Plugins.instance().register(OwnSource)
    return f"{SCHEME}://{folder.resolve()}"
