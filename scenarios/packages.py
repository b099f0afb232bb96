"""Origin of the packages `agents` and `scenarios`: one folder, whatever else bears these names where a user works."""

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # of agents/ and scenarios/

OURS = ("scenarios", "agents")


DISTRIBUTION = "iraq-scenarios"


def version() -> str:
    """Version of the installed distribution; that of pyproject.toml in a clone that is not installed."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        import tomllib

        with open(os.path.join(HOME, "pyproject.toml"), "rb") as file:
            return str(tomllib.load(file)["project"]["version"])


def is_command() -> bool:
    """True while `python -m scenarios` starts; Python sets the name of the module only after locating it."""
    return sys.argv[:1] == ["-m"] and any(word.endswith("scenarios") for word in sys.orig_argv)


def leave_working_folder() -> None:
    """Remove the working folder from the path of `python -m scenarios`, so that no file in it replaces a library."""
    if not sys.flags.safe_path and sys.path[:1] != [HOME]:
        del sys.path[0]


def take(name: str) -> None:
    """Import one of the two packages from its own folder; ImportError if another of that name was imported before."""
    file = os.path.join(HOME, name, "__init__.py")
    if name in sys.modules:
        _refuse_other(name, file)
        return
    spec = spec_from_file_location(name, file, submodule_search_locations=[os.path.dirname(file)])
    if spec is not None and spec.loader is not None:
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])


def take_back(name: str) -> None:
    """Import `scenarios` from its own folder where a plain folder of that name, without code, was imported instead.

    `name` is that of the caller's module, "__main__" if it was started by `python -m`.
    """
    if getattr(sys.modules.get("scenarios"), "__file__", None) is not None:
        return
    if name == "__main__":
        leave_working_folder()
    sys.modules.pop("scenarios", None)
    take("scenarios")


def child_environment() -> dict[str, str]:
    """Variables under which a new Python process imports both packages, and nothing from the working folder."""
    known = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    is_installed = os.path.basename(HOME) in ("site-packages", "dist-packages")
    paths = known if is_installed or HOME in known else [HOME, *known]
    return {"PYTHONSAFEPATH": "1", **({"PYTHONPATH": os.pathsep.join(paths)} if paths else {})}


def _refuse_other(name: str, file: str) -> None:
    module = sys.modules[name]
    place = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), "a place of its own")
    if os.path.realpath(place) != os.path.realpath(file):
        raise ImportError(
            f"{place} was imported as {name!r} in place of {file}; rename it, or work in another folder.", name=name
        )


if __name__ == "__mp_main__":  # the main module of a worker: both packages are imported before it receives any work
    for package in OURS:
        take(package)
