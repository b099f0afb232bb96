"""Small studies, swept in this process or from the command line."""

from pathlib import Path

from scenarios.config.compose import composed
from scenarios.execution import Serial
from scenarios.studies.folder import StudyFolder
from scenarios.studies.request import study_request
from scenarios.studies.runner import Drive, sharded
from tests.processes import begun, ended

SIZE = ("ensemble.replications=8", "ensemble.horizon=14")
RATE = "parameters.baseline_attack_rate"
STUDY = {
    "name": "small",
    "cross": {"scenario": ["status_quo", "phased_3y"], RATE: [0.1, 0.2, 0.3, 0.4]},
}
ONE = {"cross": {"scenario": ["status_quo"], RATE: [0.1, 0.4]}}  # two points of a kind, so one chunk
LARGER = {"cross": {"scenario": ["status_quo"], RATE: [0.1, 0.4, 0.6]}}


def study(words=(), **changes):
    """Small study as requested."""
    config = composed([*SIZE, *words])
    return study_request({**config, "study": {**STUDY, **changes}})


def swept(results, words=(), engine=Serial, shard=None, points=None, **changes):
    """The folder and the manifest of a small study, swept in this process; `drive` arguments go by `Drive`'s names."""
    drive_changes = {
        name: changes.pop(name) for name in ("max_failures", "seconds", "watch", "retry") if name in changes
    }
    about = study(words, **changes)
    folder = StudyFolder(about, about.folder(Path(results))).open()
    drive = Drive(folder, lambda tasks: engine(), **drive_changes)
    chosen = about.layout.distinct if points is None else points(about.layout.distinct)
    drive.run(list(sharded(chosen, shard)) if shard else chosen)
    return folder, None if shard else folder.finish(drive.lost)


def written(folder, **changes):
    """A file of a small study."""
    import yaml

    file = Path(folder) / "small.yaml"
    file.write_text(yaml.safe_dump({**STUDY, **changes}, sort_keys=False))
    return file


def sweep_words(folder, *words):
    """Words that sweep the study of a folder again."""
    study, results = written(folder.parents[2], **ONE), folder.parents[1]
    return ("sweep", f"+study={study}", *SIZE, "workers=1", f"results={results}", *words)


def started(folder, *words, **faults):
    """`python -m scenarios` under way in a process of its own, with faults by name."""
    return begun("-m", "scenarios", *words, cwd=folder, faults=faults)


def completed(folder, *words, **faults):
    """Exit code, standard output and standard error of a command in a process of its own."""
    with started(folder, *words, **faults) as process:
        return ended(process)
