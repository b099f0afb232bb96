"""`completion bash|zsh`: a script to be sourced, and the words it asks for."""

from collections.abc import Iterable, Sequence

from scenarios import catalog
from scenarios.commands import COMMANDS
from scenarios.errors import DONE, RequestError
from scenarios.evidence.reading import yaml_mapping
from scenarios.places import configs, seeds

BASH = r"""_scenarios_complete() {
    local words=("${COMP_WORDS[@]}") at=$COMP_CWORD
    if [[ ${words[0]} == python* && ${words[1]} == -m && ${words[2]} == scenarios ]]; then
        words=("${words[@]:2}"); at=$((at - 2))
    fi
    [[ ${words[0]} == *scenarios ]] || { COMPREPLY=(); return; }
    local line="${COMP_LINE:0:COMP_POINT}"; local current="${line##* }"
    local IFS=$'\n' found python="${SCENARIOS_PYTHON:-python3}"
    found=($(command "$python" -m scenarios completion words "$at" "${words[1]}" "$current" 2>/dev/null))
    if [[ $current == *=* && $COMP_WORDBREAKS == *=* ]]; then found=("${found[@]#"${current%=*}="}"); fi
    COMPREPLY=("${found[@]}")
    [[ ${#found[@]} -eq 1 && ${found[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _scenarios_complete scenarios python python3
"""
ZSH = "autoload -U bashcompinit && bashcompinit\n" + BASH
FLAGS = ("-m", "--cfg", "--config-dir", "--help")
RUNS = ("run", "show", "sweep")


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
    if int(at) <= 1:
        return _fitting(COMMANDS, current)
    if command == "explain":
        return _fitting(explainable(), current)
    if command == "evidence":
        return _fitting(weighed(), current)
    if command == "show":
        return _fitting(catalog.options("scenario"), current)
    if command not in RUNS:
        return []
    group = current.lstrip("+").partition("=")[0]
    if "=" in current and group in catalog.GROUPS:
        head = current[: current.rindex(",") + 1] if "," in current else current[: current.index("=") + 1]
        return [f"{head}{name}" for name in catalog.options(group) if f"{head}{name}".startswith(current)]
    return _fitting([*FLAGS, "+scenario=", *(f"{name}=" for name in keys())], current)


def keys() -> list[str]:
    """Keys that may be set, in full."""
    top = [name for name in yaml_mapping(configs() / "config.yaml") if name not in ("defaults", "hydra", "record")]
    ensemble = [f"ensemble.{name}" for name in ("replications", "seed", "step_days", "horizon")]
    theories = [f"theory.{name}" for name in yaml_mapping(seeds() / "theories.yaml")]
    groups = [name for name in catalog.GROUPS if name != "scenario"]
    return [*groups, *top, *ensemble, *theories, "record.period", "record.events", "hydra/launcher"]


def weighed() -> list[str]:
    """Names that `evidence` knows: questions, theories, articles, sections, parameters; and its flags."""
    theories = yaml_mapping(seeds() / "theories.yaml")
    hypotheses = [each["hypothesis"] for each in theories.values() if each["hypothesis"].startswith("H")]
    numbers = [*hypotheses, *yaml_mapping(seeds() / "disagreements.yaml")]
    sections = ("presets", "parameters", "coverage", "reliability", "--without-strength", "--write")
    return [*numbers, *theories, *yaml_mapping(seeds() / "sources.yaml"), *sections, *parameters()]


def explainable() -> list[str]:
    """Names of parameters, mechanisms and scenarios."""
    return [*parameters(), *catalog.options("scenario")]


def parameters() -> list[str]:
    """Names of parameters."""
    return [name for file in sorted((seeds() / "parameters").glob("*.yaml")) for name in yaml_mapping(file)]


def _fitting(names: Iterable[str], current: str) -> list[str]:
    return [name for name in names if name.startswith(current)]
