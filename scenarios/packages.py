"""Where our packages come from: `agents` from beside `scenarios`, whatever else is called so where a user works."""

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # of agents/ and scenarios/

OURS = ("scenarios", "agents")


def is_command() -> bool:
    """Whether `python -m scenarios` is being started; Python names the module only once it has been found."""
    return sys.argv[:1] == ["-m"] and any(word.endswith("scenarios") for word in sys.orig_argv)


def leave_working_folder() -> None:
    """Take the working folder off the path of `python -m scenarios`, lest a file in it stand in for a library."""
    if not sys.flags.safe_path and sys.path[:1] != [HOME]:
        del sys.path[0]


def take(name: str) -> None:
    """Import one of our packages from its place; ImportError names another of that name that was imported before."""
    file = os.path.join(HOME, name, "__init__.py")
    if name in sys.modules:
        _refuse_other(name, file)
        return
    spec = spec_from_file_location(name, file, submodule_search_locations=[os.path.dirname(file)])
    if spec is not None and spec.loader is not None:
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])


def take_back(name: str) -> None:
    """Import `scenarios` from its place where a plain folder so called, with no code of its own, was taken for it.

    `name` is that of the caller's module, "__main__" if it was started by `python -m`.
    """
    if getattr(sys.modules.get("scenarios"), "__file__", None) is not None:
        return
    if name == "__main__":
        leave_working_folder()
    sys.modules.pop("scenarios", None)
    take("scenarios")


def environment() -> dict[str, str]:
    """Variables under which a Python that is started finds our packages, and nothing in the working folder."""
    known = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    is_installed = os.path.basename(HOME) in ("site-packages", "dist-packages")
    paths = known if is_installed or HOME in known else [HOME, *known]
    return {"PYTHONSAFEPATH": "1", **({"PYTHONPATH": os.pathsep.join(paths)} if paths else {})}


def _refuse_other(name: str, file: str) -> None:
    module = sys.modules[name]
    found = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), "a place of its own")
    if os.path.realpath(found) != os.path.realpath(file):
        raise ImportError(
            f"{found} was imported as {name!r} in place of {file}; rename it, or work in another folder.", name=name
        )


if __name__ == "__mp_main__":  # the main module of a worker: it gets our packages before it is given any work
    for each in OURS:
        take(each)
