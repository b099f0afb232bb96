"""Hydra's access to a user's own folders of configuration, whose files are checked before Hydra sees them."""

from pathlib import Path

from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource
from omegaconf import OmegaConf

from scenarios.config import options

SCHEME = "own"

SCENARIO = "scenario"  # the group whose files are composed from the top


class OwnSource(ConfigSource):
    """Folder of options of the known groups alone; names match however their letters are coded."""

    @staticmethod
    def scheme() -> str:
        """Scheme of its addresses, `own:///PATH`."""
        return SCHEME

    def available(self) -> bool:
        """True if the folder exists."""
        return Path(self.path).is_dir()

    def is_group(self, config_path: str) -> bool:
        """True for the path of a known group."""
        return not config_path or (config_path in options.GROUPS and (Path(self.path) / config_path).is_dir())

    def is_config(self, config_path: str) -> bool:
        """True for the path of an option of a known group."""
        return self._file(config_path) is not None

    def load_config(self, config_path: str) -> ConfigResult:
        """Checked content of an option, without anything that Hydra would resolve or evaluate."""
        file = self._file(config_path)
        if file is None:
            raise ConfigLoadError(f"{config_path} is not in {self.path}")
        whole = config_path.startswith(f"{SCENARIO}/")
        return ConfigResult(
            provider=self.provider,
            path=self.full_path(),
            config=OmegaConf.create(options.plain_options(options.option_content(file))),
            header={"package": "_global_" if whole else None},
        )

    def list(self, config_path: str, results_filter: ObjectType | None) -> "list[str]":
        """Groups of the folder, or options of a group."""
        if not config_path:
            return [] if results_filter == ObjectType.CONFIG else [g for g in options.GROUPS if self.is_group(g)]
        return [] if results_filter == ObjectType.GROUP else sorted(options.options_in(Path(self.path), config_path))

    def _file(self, config_path: str) -> Path | None:
        group, _, name = config_path.partition("/")
        if group not in options.GROUPS:
            return None
        return options.options_in(Path(self.path), group).get(options.composed_form(name.removesuffix(".yaml")))


def address(folder: Path) -> str:
    """Address of a user's own folder for Hydra; registers the source with Hydra."""
    Plugins.instance().register(OwnSource)
    return f"{SCHEME}://{folder.resolve()}"
