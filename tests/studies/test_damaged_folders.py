"""Damaged or foreign folders of studies: nothing is read from them, and the error names the fault and the remedy."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from scenarios import load
from scenarios.errors import RequestError
from scenarios.report.notebook_pages import study_page
from scenarios.store import journal, manifest
from scenarios.store.manifest import MANIFEST, PENDING, commit, trusted
from scenarios.store.tables import packed
from scenarios.studies.chunks import ChunkResult, chunks, simulate_chunk
from scenarios.studies.index import Store
from scenarios.studies.status import status
from tests.store.strange import content, in_place_of, seal, state
from tests.studies.sweeps import LARGER, ONE, study, sweep_words, swept

FILES = {MANIFEST, "study.yaml", "design.csv", "points.parquet", "outcomes.parquet", "summary.parquet", ".lock",
         ".working", ".claims"}  # fmt: skip


def flipped(file):
    """Change one bit in the middle of a file."""
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)


COMMANDS = {
    "sweep": lambda folder: sweep_words(folder),
    "more": lambda folder: sweep_words(folder, "ensemble.replications=16"),
    "merge": lambda folder: ("merge", folder, f"results={folder.parents[2] / 'merged'}"),
    "status": lambda folder: ("status", folder),
    "replay": lambda folder: ("replay", folder, "0"),
    "summarise": lambda folder: ("summarise", folder),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("table", ["outcomes", "points"])
def test_one_bit_that_flipped_in_a_table_is_detected_before_anything_is_read_from_it(folder, output_of, command, table):
    flipped(folder / f"{table}.parquet")
    code, out, err = output_of(*COMMANDS[command](folder))
    assert code == 2
    assert f"{table}.parquet was altered: its digest does not match. Restore the folder, or move it away" in err
    assert "dataset" not in out
    assert not list(folder.parents[2].glob(f"merged/*/*/{MANIFEST}"))


@pytest.mark.parametrize("command", ["sweep", "merge", "status", "replay", "summarise"])
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda file: file.write_bytes(file.read_bytes() + b"x"), "outcomes.parquet has"),
        (lambda file: file.unlink(), "outcomes.parquet is missing. Restore the folder, or move it away"),
    ],
)
def test_data_that_are_longer_or_gone_are_reported(folder, output_of, command, damage, expected):
    damage(folder / "outcomes.parquet")
    code, _, err = output_of(*COMMANDS[command](folder))
    assert code == 2
    assert expected in err


@pytest.mark.parametrize("words", [["status"], ["replay", "0"], ["merge"], ["sweep"]])
@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("study.yaml", b"a: [1\nb: {", "study.yaml was altered: while parsing"),
        ("study.yaml", b"\xff\xfe\xfd\x00", "study.yaml was altered"),
        ("study.yaml", b"study: 1", "study.yaml was altered: it does not contain the request"),
        ("design.csv", b"\xe1\x00\x92" * 9, "design.csv was altered"),
        ("design.csv", b"id,draws,theories\na,few,4\n", "design.csv was altered"),
        ("design.csv", None, "design.csv is missing"),
    ],
)
def test_a_request_is_refused_once_it_is_damaged(folder, output_of, words, name, written, expected):
    if written is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(written)
    code, _, err = output_of(words[0], folder, *words[1:])
    assert code == 2
    assert expected in err
    assert "Restore it, or give the sweep anew with +study=" in err


def test_a_study_file_that_was_damaged_is_written_again_by_the_same_command(folder, output_of):
    before = output_of(*COMMANDS["status"](folder))[1]
    (folder / "study.yaml").write_bytes(b"a: [1\nb: {")
    assert output_of(*COMMANDS["sweep"](folder))[0] == 0
    assert output_of(*COMMANDS["status"](folder))[1] == before


@pytest.mark.parametrize("damage", [flipped, lambda file: file.unlink()])
def test_a_damaged_folder_beside_a_sound_one_is_left_out_and_reported_once(folder, output_of, damage):
    sound, about = swept(folder.parents[1], **LARGER)
    damage(folder / "outcomes.parquet")
    for words in (["status", sound.path], ["replay", sound.path, "0"], ["sweep", sound.path]):
        code, out, err = output_of(*words)
        assert code == 0
        assert words[0] == "replay" or out.splitlines()[-1] == f"dataset {about['dataset']}"
        assert err.count("Left out, nothing is read from it") == (words[0] == "status")


def test_an_enlarged_study_takes_nothing_from_a_damaged_folder(folder, tmp_path):
    flipped(folder / "outcomes.parquet")
    beside, apart = (swept(place, **LARGER)[1] for place in (folder.parents[1], tmp_path / "apart"))
    assert beside["dataset"] == apart["dataset"]


def test_a_replay_by_identifier_is_not_hindered_by_a_damaged_design_elsewhere(folder, output_of):
    other = folder.parents[1] / "other" / "1234"
    other.mkdir(parents=True)
    (other / "design.csv").write_bytes(b"\xe1\x00\x92")
    point = Store(folder).refresh().segments
    code, out, err = output_of("replay", min(point)[:10], f"results={folder.parents[1]}")
    assert code == 0
    assert "the same bits as stored" in out
    assert "Left out, nothing is read from it" in err


def test_data_that_are_damaged_while_they_are_used_are_not_taken(folder):
    store = Store(folder).refresh()
    flipped(folder / "outcomes.parquet")
    with pytest.raises(RequestError, match=r"outcomes.parquet was altered"):
        store.values(min(store.segments), range(2), 4)


def test_a_worker_that_meets_damaged_data_stops_the_sweep_with_the_reason(intact, folder):
    flipped(folder / "outcomes.parquet")
    about = study(**ONE)
    first = chunks(about, folder, about.layout.distinct)[0]
    assert "outcomes.parquet was altered: its digest does not match" in simulate_chunk(first).stop
    assert simulate_chunk(replace(first, folder=intact)) == ChunkResult()


def test_replications_that_vanish_while_data_are_finished_leave_no_gap_in_them(tmp_path, monkeypatch):
    some, _ = swept(tmp_path, shard=(1, 1), **ONE)
    values = Store.values
    with monkeypatch.context() as patched:
        patched.setattr(Store, "values", lambda *arguments: values(*arguments)[4:])
        with pytest.raises(RequestError, match="4 replications are gone meanwhile"):
            some.finish({})
    assert not (some.path / MANIFEST).exists()
    assert some.finish({})["whole"]


def test_a_file_is_verified_once_as_long_as_it_is_the_same(folder, monkeypatch):
    request = []
    verify = manifest.verify
    monkeypatch.setattr(manifest, "verify", lambda path: request.append(path) or verify(path))
    for _ in range(3):
        Store(folder).refresh()
    assert request == [folder]


def test_a_commit_under_way_is_not_taken_for_damage(folder, monkeypatch):
    facts = trusted(folder)
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "roll_forward", lambda path: None)  # as if it was killed there
        commit(folder, {**facts, "finished": "now"})
    (folder / ".outcomes.parquet.tmp").write_bytes((folder / "outcomes.parquet").read_bytes())
    flipped(folder / "outcomes.parquet")
    assert trusted(folder)["finished"] == "now"
    assert not (folder / PENDING).exists()


# Folders that come from others, or from a killed sweep


def names(folder):
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


def test_a_finished_study_has_the_documented_files_and_the_same_sweep_changes_nothing(folder, output_of):
    assert names(folder) == FILES
    before = state(folder)
    code, out, _ = output_of(*sweep_words(folder))
    assert code == 0
    assert out.splitlines()[-1].startswith("dataset ")
    assert state(folder) == before


def test_what_a_killed_sweep_left_goes_with_the_next(folder, output_of):
    left = (".outcomes.parquet.tmp", ".design.csv.17.part", ".study.yaml.9.part", ".manifest.next.json.1.part")
    for name in left:
        (folder / name).write_bytes(b"half")
    (folder / "blocks").mkdir()
    assert output_of(*sweep_words(folder))[0] == 0
    assert names(folder) == FILES
    (folder / "blocks").mkdir()
    (folder / "blocks" / "node7-0.journal").write_bytes(b"torn")
    assert output_of(*sweep_words(folder))[0] == 0
    assert names(folder) == FILES


def test_a_journal_that_another_sweep_is_writing_stays(folder, output_of):
    with journal.Journal(folder / "blocks") as partner:
        assert output_of(*sweep_words(folder))[0] == 0
        assert partner.path.exists()


def test_a_study_without_its_manifest_is_not_replayed(folder, output_of):
    (folder / MANIFEST).unlink()
    code, out, err = output_of("replay", folder, "0")
    assert code == 2
    assert f"no {MANIFEST}" in err
    assert "the same bits" not in out


def test_a_point_of_which_nothing_is_stored_is_not_replayed_with_success(tmp_path, output_of):
    some, _ = swept(tmp_path, shard=(1, 1), points=lambda points: points[:1], **ONE)
    assert output_of("replay", some.path, "0")[0] == 0
    code, _, err = output_of("replay", some.path, "1")
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


@pytest.mark.parametrize(("change", "digest"), CASES)
def test_a_design_that_is_not_the_one_requested_is_refused_by_status(folder, change, digest):
    file, request = folder / "design.csv", folder / "study.yaml"
    before = file.read_text()
    file.write_text(DESIGNS[change](before))
    assert file.read_text() != before
    if digest == "dropped":
        lines = request.read_text().splitlines()
        request.write_text("\n".join(line for line in lines if not line.startswith("design:")))
    with pytest.raises(RequestError, match=r"design\.csv"):
        status(folder)


@pytest.mark.parametrize("name", ["../../../../escaped", "/escaped", "a/b", "..", "", 3, None])
def test_a_study_whose_name_leads_elsewhere_is_refused(folder, output_of, name):
    request = yaml.safe_load((folder / "study.yaml").read_text())
    request["study"]["name"] = name
    (folder / "study.yaml").write_text(yaml.safe_dump(request))
    for words in (["sweep", folder], ["sweep", folder, f"results={folder.parents[2] / 'out'}"], ["status", folder],
                  ["merge", folder, f"results={folder.parents[2] / 'out'}"], ["replay", folder, "0"]):  # fmt: skip
        code, _, err = output_of(*words)
        assert code == 2
        assert "study.name" in err


@pytest.mark.parametrize(
    "where", ["/etc/passwd", "../../secret.yaml", "inputs/../../secret.yaml", "inputs", "secret.yaml"]
)
@pytest.mark.parametrize("key", ["beliefs", "start"])
def test_a_study_that_names_files_outside_its_inputs_is_refused(folder, output_of, key, where):
    (folder.parent.parent / "secret.yaml").write_text("password: 1234")
    request = yaml.safe_load((folder / "study.yaml").read_text())
    if key == "beliefs":
        request["config"]["beliefs"] = where
    else:
        request["config"]["start"]["file"] = where
    (folder / "study.yaml").write_text(yaml.safe_dump(request))
    code, out, err = output_of("sweep", folder, f"results={folder.parents[2] / 'out'}")
    assert code == 2
    assert "inputs/NAME is required" in err
    assert "1234" not in out + err
    assert not (folder.parents[2] / "out").exists()


@pytest.mark.parametrize("name", ["study.yaml", "design.csv", "outcomes.parquet", ".lock", ".working", MANIFEST])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_links_and_pipes_in_the_place_of_files_are_refused_and_never_waited_for(folder, output_of, name, kind):
    in_place_of(folder / name, kind, folder.parents[2] / "content")
    code, _, err = output_of("status", folder)
    assert code == 2
    assert f"{name} is a {kind}" in err


NOTE = {"points": ["a"], "draws": [0, 2], "theories": 4, "cpu": 1.0, "at": 0.0, "failure": ""}
NOTES = (
    {"draws": [0, 10**15]}, {"draws": "ab"}, {"points": []}, {"points": 3}, {"theories": 0}, {"theories": "x"},
    {"cpu": None}, {"at": []}, {"failure": {}},
)  # fmt: skip


@pytest.mark.parametrize("change", NOTES, ids=str)
def test_a_block_with_a_note_that_no_sweep_writes_is_refused(folder, output_of, change):
    with journal.Journal(folder / "blocks") as opened:
        opened.append(packed({}, {**NOTE, **change}))
    code, _, err = output_of("status", folder)
    assert code == 2
    assert "is no block of this folder" in err


def test_such_a_block_in_a_folder_beside_is_left_out(folder, output_of):
    sound, _ = swept(folder.parents[1], **LARGER)
    with journal.Journal(folder / "blocks") as opened:
        opened.append(packed({}, {**NOTE, "draws": [0, 10**15]}))
    code, _, err = output_of("status", sound.path)
    assert code == 0
    assert "Left out" in err


OTHERS = (None, True, -1, 10**30, 10**400, float("nan"), "../x", "\x1b[2J", [], [1], {}, {"a": 1})


def test_any_value_under_any_key_of_a_sealed_manifest_is_read_or_refused_in_one_line(folder):
    before = content(folder)
    for key in (*before, "kind", "worlds"):
        for other in OTHERS:
            seal(folder / MANIFEST, {**before, key: other})
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
