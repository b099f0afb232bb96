"""`completion bash|zsh`: a script to be sourced, and the words it asks for."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from scenarios import catalog
from scenarios.commands import COMMANDS
from scenarios.commands.list_options import SHOWN
from scenarios.commands.words import counted
from scenarios.errors import DONE, RequestError
from scenarios.evidence.reading import yaml_mapping
from scenarios.places import configs, seeds

BASH = r"""_scenarios_complete() {
    local words=("${COMP_WORDS[@]}") at=$COMP_CWORD door=("${COMP_WORDS[0]/#~/$HOME}")
    if [[ ${words[0]##*/} == python* && ${words[1]} == -m && ${words[2]} == scenarios ]]; then
        door+=(-m scenarios); words=("${words[@]:2}"); at=$((at - 2))
    fi
    [[ ${words[0]##*/} == scenarios ]] || { COMPREPLY=(); return; }
    local line="${COMP_LINE:0:COMP_POINT}"; local current="${line##* }"
    local IFS=$'\n' found
    found=($(command "${door[@]}" completion words "$at" "${words[1]}" "$current" 2>/dev/null))
    if [[ $current == *=* && $COMP_WORDBREAKS == *=* ]]; then found=("${found[@]#"${current%=*}="}"); fi
    COMPREPLY=("${found[@]}")
    [[ ${#found[@]} -eq 1 && ${found[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _scenarios_complete scenarios python python3
"""
ZSH = "autoload -U bashcompinit && bashcompinit\n" + BASH
FLAGS = ("-m", "--cfg", "--config-dir", "--help")
COMPARES = ("--by-theory", "--pairwise", "-o", "outcomes=", "above.")
RUNS = ("run", "compare", "show", "sweep", "variance", "watch")
CHOICES = {"loop": ("open", "closed"), "record.period": ("week", "day")}


def main(arguments: Sequence[str]) -> int:
    """Print the script for a shell, or the words that fit at the cursor."""
    if arguments and arguments[0] == "words":
        print("\n".join(words(*arguments[1:])))
        return DONE
    scripts = {"bash": BASH, "zsh": ZSH}
    if list(arguments) not in (["bash"], ["zsh"]):
        raise RequestError("completion needs a shell: `scenarios completion bash` or `scenarios completion zsh`.")
    print(scripts[arguments[0]], end="")
    return DONE


def words(at: str = "1", command: str = "", current: str = "", *_: str) -> list[str]:
    """What may stand at the cursor: commands, flags, keys, options of a group, names to explain."""
    place = counted(at, "the place of the word at the cursor", 0)
    if place <= 1:
        return _fitting(COMMANDS, current)
    if command in NAMES:
        return _fitting(dict.fromkeys(NAMES[command]()), current)
    if command in ("show", "watch") and place == 2:
        return _fitting(catalog.options("scenario"), current)
    if command not in RUNS:
        return []
    if "=" in current:
        return _values(current)
    first = (*catalog.options("scenario"), *COMPARES) if command == "compare" else ("+scenario=",)
    return _fitting([*first, *FLAGS, *(f"{name}=" for name in keys())], current)


def _values(current: str) -> list[str]:
    """Values that fit after `key=`, `key=one,` or `key=[one,`."""
    key, _, written = current.partition("=")
    done = current[: len(current) - len(re.split(r"[\[,]", written)[-1])]
    return _fitting([f"{done}{name}" for name in values(key.lstrip("+"))], current)


def values(key: str) -> list[str]:
    """What a key may be set to, where that is one of several names."""
    if key in catalog.GROUPS:
        return list(catalog.options(key))
    if key == "against":
        return [*catalog.options("scenario"), "none"]
    if key.startswith("theory."):
        return list(yaml_mapping(seeds() / "theories.yaml").get(key.removeprefix("theory."), {}).get("poles", ()))
    return list(CHOICES.get(key, ()))


def keys() -> list[str]:
    """Keys that may be set, in full."""
    top = [
        name
        for name in yaml_mapping(configs() / "config.yaml", interpolated=True)
        if name not in ("defaults", "hydra", "record")
    ]
    ensemble = [f"ensemble.{name}" for name in ("replications", "seed", "step_days", "horizon")]
    theories = [f"theory.{name}" for name in yaml_mapping(seeds() / "theories.yaml")]
    groups = [name for name in catalog.GROUPS if name != "scenario"]
    own = [f"+parameters.{name}" for name in parameters()]
    return [*groups, *top, *ensemble, *theories, *own, "record.period", "record.events", "hydra/launcher"]


def explainable() -> list[str]:
    """Names that `explain` knows."""
    from scenarios.explaining import names

    return names()


def weighed() -> list[str]:
    """Names that `evidence` knows: questions, theories, articles, sections, parameters; and its flags."""
    theories = yaml_mapping(seeds() / "theories.yaml")
    hypotheses = [each["hypothesis"] for each in theories.values() if each["hypothesis"].startswith("H")]
    numbers = [*hypotheses, *yaml_mapping(seeds() / "disagreements.yaml")]
    sections = ("presets", "parameters", "coverage", "reliability", "--without-strength", "--write")
    return [*numbers, *theories, *yaml_mapping(seeds() / "sources.yaml"), *sections, *parameters()]


def parameters() -> list[str]:
    """Names of parameters."""
    return [name for file in sorted((seeds() / "parameters").glob("*.yaml")) for name in yaml_mapping(file)]


def _fitting(names: Iterable[str], current: str) -> list[str]:
    return [name for name in names if name.startswith(current)]


NAMES: Mapping[str, Callable[[], Iterable[str]]] = {
    "completion": lambda: ("bash", "zsh"),
    "evidence": weighed,
    "explain": explainable,
    "list": lambda: SHOWN,
    "odd": lambda: ("--check", "--write"),
}  # what may stand after a command that takes names
