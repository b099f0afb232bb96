"""Folders of studies that come from others, or from a sweep that was killed."""

import json
import multiprocessing
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import scenarios.studies.chunks as chunk_module
from scenarios import load
from scenarios.__main__ import main
from scenarios.errors import RequestError
from scenarios.report.notebook_pages import study_page
from scenarios.store import journal
from scenarios.store.identity import digest_of
from scenarios.store.manifest import MANIFEST, SEAL
from scenarios.store.tables import packed
from scenarios.studies.chunks import ChunkResult, chunks, claim, simulate_chunk
from scenarios.studies.index import Store
from scenarios.studies.status import status
from tests.studies.sweeps import RATE, SIZE, study, swept, written

ONE = {"cross": {"scenario": ["status_quo"], RATE: [0.1, 0.4]}}
HELD = {MANIFEST, "study.yaml", "design.csv", "points.parquet", "outcomes.parquet", "summary.parquet", ".lock",
        ".working", ".claims"}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return swept(tmp_path_factory.mktemp("kept"), **ONE)[0].path


@pytest.fixture
def folder(kept, tmp_path):
    """A sound folder of a study."""
    return shutil.copytree(kept, tmp_path / "results" / "small" / kept.name)


def output_of(capsys, *words):
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def again(folder, *words):
    return (
        "sweep",
        f"+study={written(folder.parents[2], **ONE)}",
        *SIZE,
        "workers=1",
        f"results={folder.parents[1]}",
        *words,
    )


def names(folder):
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


def state(folder):
    return sorted((str(file), file.lstat().st_mtime_ns, file.lstat().st_ino) for file in folder.rglob("*"))


def test_a_finished_study_holds_what_is_documented_and_the_same_sweep_changes_nothing(folder, capsys):
    assert names(folder) == HELD
    before = state(folder)
    code, out, _ = output_of(capsys, *again(folder))
    assert code == 0
    assert out.splitlines()[-1].startswith("dataset ")
    assert state(folder) == before


def test_what_a_killed_sweep_left_goes_with_the_next(folder, capsys):
    left = (".outcomes.parquet.tmp", ".design.csv.17.part", ".study.yaml.9.part", ".manifest.next.json.1.part")
    for name in left:
        (folder / name).write_bytes(b"half")
    (folder / "blocks").mkdir()
    assert output_of(capsys, *again(folder))[0] == 0
    assert names(folder) == HELD
    (folder / "blocks").mkdir()
    (folder / "blocks" / "node7-0.journal").write_bytes(b"torn")
    assert output_of(capsys, *again(folder))[0] == 0
    assert names(folder) == HELD


def test_a_journal_that_another_sweep_is_writing_stays(folder, capsys):
    with journal.Journal(folder / "blocks") as partner:
        assert output_of(capsys, *again(folder))[0] == 0
        assert partner.path.exists()


def test_a_study_without_its_manifest_is_not_replayed(folder, capsys):
    (folder / MANIFEST).unlink()
    code, out, err = output_of(capsys, "replay", folder, "0")
    assert code == 2
    assert f"no {MANIFEST}" in err
    assert "the same bits" not in out


def test_a_point_of_which_nothing_is_stored_is_not_replayed_with_success(tmp_path, capsys):
    some, _ = swept(tmp_path, shard=(1, 1), points=lambda points: points[:1], **ONE)
    assert output_of(capsys, "replay", some.path, "0")[0] == 0
    code, _, err = output_of(capsys, "replay", some.path, "1")
    assert code == 3
    assert "nothing is stored" in err


DESIGNS = {
    "a factor": lambda text: text.replace("0.4", "0.3"),
    "draws": lambda text: text.replace(",2,", ",1,"),
    "a row less": lambda text: "\n".join(text.splitlines()[:-1]) + "\n",
    "a row more": lambda text: text + text.splitlines()[-1].replace("0.4", "0.7") + "\n",
    "an identifier": lambda text: text.replace(text.splitlines()[1][:6], "abcdef"),
}


# In a folder of before there were digests, status counts points, and whatever takes them computes their identifiers.
CASES = [
    *((change, "kept") for change in DESIGNS),
    *((change, "dropped") for change in DESIGNS if change != "a factor"),
]


@pytest.mark.parametrize(("change", "seal"), CASES)
def test_a_design_that_is_not_the_one_requested_is_refused_by_status(folder, change, seal):
    file, request = folder / "design.csv", folder / "study.yaml"
    before = file.read_text()
    file.write_text(DESIGNS[change](before))
    assert file.read_text() != before
    if seal == "dropped":
        lines = request.read_text().splitlines()
        request.write_text("\n".join(line for line in lines if not line.startswith("design:")))
    with pytest.raises(RequestError, match=r"design\.csv"):
        status(folder)


@pytest.mark.parametrize("name", ["../../../../escaped", "/escaped", "a/b", "..", "", 3, None])
def test_a_study_whose_name_leads_elsewhere_is_refused(folder, capsys, name):
    request = yaml.safe_load((folder / "study.yaml").read_text())
    request["study"]["name"] = name
    (folder / "study.yaml").write_text(yaml.safe_dump(request))
    for words in (["sweep", folder], ["sweep", folder, f"results={folder.parents[2] / 'out'}"], ["status", folder],
                  ["merge", folder, f"results={folder.parents[2] / 'out'}"], ["replay", folder, "0"]):  # fmt: skip
        code, _, err = output_of(capsys, *words)
        assert code == 2
        assert "study.name" in err


@pytest.mark.parametrize(
    "where", ["/etc/passwd", "../../secret.yaml", "inputs/../../secret.yaml", "inputs", "secret.yaml"]
)
@pytest.mark.parametrize("key", ["beliefs", "start"])
def test_a_study_that_names_files_outside_its_inputs_is_refused(folder, capsys, key, where):
    (folder.parent.parent / "secret.yaml").write_text("password: 1234")
    request = yaml.safe_load((folder / "study.yaml").read_text())
    if key == "beliefs":
        request["config"]["beliefs"] = where
    else:
        request["config"]["start"]["file"] = where
    (folder / "study.yaml").write_text(yaml.safe_dump(request))
    code, out, err = output_of(capsys, "sweep", folder, f"results={folder.parents[2] / 'out'}")
    assert code == 2
    assert "inputs/NAME is required" in err
    assert "1234" not in out + err
    assert not (folder.parents[2] / "out").exists()


@pytest.mark.parametrize("name", ["study.yaml", "design.csv", "outcomes.parquet", ".lock", ".working", MANIFEST])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_links_and_pipes_in_the_place_of_files_are_refused_and_never_waited_for(folder, capsys, name, kind):
    stored = (folder / name).read_bytes()
    (folder / name).unlink()
    if kind == "pipe":
        os.mkfifo(folder / name)
    else:
        (folder.parents[2] / "held").write_bytes(stored)
        (folder / name).symlink_to(folder.parents[2] / "held")
    code, _, err = output_of(capsys, "status", folder)
    assert code == 2
    assert f"{name} is a {kind}" in err


NOTE = {"points": ["a"], "draws": [0, 2], "theories": 4, "cpu": 1.0, "at": 0.0, "failure": ""}
NOTES = (
    {"draws": [0, 10**15]}, {"draws": "ab"}, {"points": []}, {"points": 3}, {"theories": 0}, {"theories": "x"},
    {"cpu": None}, {"at": []}, {"failure": {}},
)  # fmt: skip


@pytest.mark.parametrize("change", NOTES, ids=str)
def test_a_block_with_a_note_that_no_sweep_writes_is_refused(folder, capsys, change):
    with journal.Journal(folder / "blocks") as opened:
        opened.append(packed({}, {**NOTE, **change}))
    code, _, err = output_of(capsys, "status", folder)
    assert code == 2
    assert "is no block of this folder" in err


def test_such_a_block_in_a_folder_beside_is_left_out(folder, capsys):
    sound, _ = swept(folder.parents[1], cross={"scenario": ["status_quo"], RATE: [0.1, 0.4, 0.6]})
    with journal.Journal(folder / "blocks") as opened:
        opened.append(packed({}, {**NOTE, "draws": [0, 10**15]}))
    code, _, err = output_of(capsys, "status", sound.path)
    assert code == 0
    assert "Left out" in err


OTHERS = (None, True, -1, 10**30, float("nan"), "../x", "\x1b[2J", [], [1], {}, {"a": 1})


def test_any_value_under_any_key_of_a_sealed_manifest_is_read_or_refused_in_one_line(folder):
    before = json.loads((folder / MANIFEST).read_text())
    before.pop(SEAL)
    for key in (*before, "kind", "worlds"):
        for other in OTHERS:
            about = {**before, key: other}
            (folder / MANIFEST).write_text(json.dumps({**about, SEAL: digest_of(about)}))
            try:
                loaded, message = load(folder), ""
            except RequestError as error:
                loaded, message = None, str(error)
            assert "\n" not in message, (key, other)
            assert message or (repr(loaded) and study_page(loaded)), (key, other)


def test_what_a_study_was_loaded_from_is_read_wherever_the_caller_goes(folder, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(folder.parents[2])
    loaded = load(Path("results/small"))
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert len(loaded.points) == 2
    assert len(loaded.summary)
    assert len(loaded.outcomes())


# Work that is shared


def hold(folder, key, stored, done):
    with claim(folder, key) as ours:
        stored.put(ours)
        done.get()


def test_what_another_process_claims_is_not_simulated_here_and_is_once_it_lets_go(tmp_path, monkeypatch):
    about = study(**ONE)
    path = about.folder(tmp_path)
    path.mkdir(parents=True)
    first = chunks(about, path, about.layout.distinct)[0]
    simulated = []
    together = chunk_module.simulate_together
    monkeypatch.setattr(chunk_module, "simulate_together", lambda *arguments: simulated.append(1) or together(*arguments))
    context = multiprocessing.get_context("spawn")
    stored, done = context.Queue(), context.Queue()
    other = context.Process(target=hold, args=(path, first.key, stored, done))
    other.start()
    try:
        assert stored.get(timeout=300)
        assert simulate_chunk(first) == ChunkResult(elsewhere=True)
        assert simulated == []
        assert simulate_chunk(replace(first, claim="another piece")) == ChunkResult()
        assert simulated == [1]
    finally:
        done.put(None)
        other.join(300)
    assert other.exitcode == 0
    assert simulate_chunk(first) == ChunkResult()
    assert Store(path).refresh().missing(first.ids[0], first.draws) == []


def test_two_sweeps_at_once_simulate_every_chunk_once(tmp_path, monkeypatch):
    """The other sweep takes a chunk just before this one does: this one waits, and finds it done."""
    about = study(**ONE)
    path = about.folder(tmp_path)
    path.mkdir(parents=True)
    first = chunks(about, path, about.layout.distinct)[0]
    assert simulate_chunk(first) == ChunkResult()
    monkeypatch.setattr(chunk_module, "simulate_together", lambda *arguments: pytest.fail("simulated twice"))
    chunk_module._store.cache_clear()
    assert simulate_chunk(first) == ChunkResult()
