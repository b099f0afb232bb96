"""Material for mutations: the shipped files of every group, templates, a study of one's own, and finished folders."""

import shutil
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from scenarios import resources
from scenarios.config import options

RUN, BASELINE, STUDY = "results/full_withdrawal/run", "results/status_quo/run", "results/small/study"
CSV = "scenario,parameters.baseline_attack_rate,ensemble.seed\nstatus_quo,0.1,1\nphased_3y,0.4,2\n"
STUDY_FILE: dict[str, Any] = {
    "name": "mine",
    "story": "To see.",
    "cross": {"scenario": ["status_quo", "phased_3y"], "parameters.baseline_attack_rate": [0.1, 0.4]},
    "constraints": ["scenario == 'status_quo' or `parameters.baseline_attack_rate` < 0.3"],
}
SAMPLED: dict[str, Any] = {
    "name": "mine",
    "cross": {"scenario": ["status_quo"]},
    "sample": {"design": "sobol", "points": 4, "seed": 1, "factors": {"parameters.baseline_attack_rate": "prior"}},
}
BELIEFS: dict[str, Any] = {
    "expert": "an analyst",
    "priors": {"strike_deterrence_effect": {
        "prior": {"uniform": {"low": 0.2, "high": 0.8}}, "origin": "assumption", "grade": "D", "because": "To see.",
    }},
}  # fmt: skip


@cache
def shipped(group: str, name: str) -> str:
    """Text of an option as it ships."""
    return (resources.configs() / group / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def document(group: str, name: str) -> Any:
    return yaml.safe_load(shipped(group, name))


def names(group: str) -> list[str]:
    return [each for each in options.options(group) if each != "file"]


@cache
def start_text() -> str:
    """Start of one's own, as the template has it."""
    from scenarios.config.scaffold import start_template

    return "\n".join(start_template("2021-12", "mine.yaml"))


@cache
def finished() -> Path:
    """Results of a tiny run, its baseline and a tiny study, to be copied; removed with the folder of the process."""
    from scenarios.config.compose import command_request, composed
    from scenarios.runs.runner import run_experiments
    from tests.fuzz.words import SCENARIO, TINY
    from tests.studies.sweeps import swept

    folder = Path(mkdtemp(prefix="fuzz-finished-"))
    plan = command_request(composed([SCENARIO, *TINY]))
    with chdir(folder):
        runs = run_experiments([plan.request, plan.against], Path("made"), 1, lambda done, whole: None)
        study, _ = swept(Path("made"), cross={"scenario": ["status_quo", "phased_3y"]})
        for source, place in zip((*runs, study), (RUN, BASELINE, STUDY), strict=True):
            shutil.copytree(source.path, place)
    shutil.rmtree(folder / "made")
    return folder / "results"
