"""Damaged folders of studies: nothing is read from them, and the error says what is wrong and what to do."""

import shutil
from dataclasses import replace

import pytest

from scenarios.__main__ import main
from scenarios.errors import RequestError
from scenarios.store import manifest
from scenarios.store.manifest import MANIFEST, PENDING, commit, trusted
from scenarios.studies.chunks import ChunkResult, chunks, simulate_chunk
from scenarios.studies.index import Store
from tests.studies.sweeps import RATE, SIZE, study, swept, written

ONE = {"cross": {"scenario": ["status_quo"], RATE: [0.1, 0.4]}}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return swept(tmp_path_factory.mktemp("kept"), **ONE)[0].path


@pytest.fixture
def folder(kept, tmp_path):
    """A sound folder of a study, to be damaged."""
    return shutil.copytree(kept, tmp_path / "results" / "small" / kept.name)


def flipped(file):
    """Change one bit in the middle of a file."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def output_of(capsys, *words):
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def sweeping(folder, *words):
    """The words that sweep the study of a folder again."""
    return (
        "sweep",
        f"+study={written(folder.parents[2], **ONE)}",
        *SIZE,
        "workers=1",
        f"results={folder.parents[1]}",
        *words,
    )


COMMANDS = {
    "sweep": lambda folder: sweeping(folder),
    "more": lambda folder: sweeping(folder, "ensemble.replications=16"),
    "merge": lambda folder: ("merge", folder, f"results={folder.parents[2] / 'merged'}"),
    "status": lambda folder: ("status", folder),
    "replay": lambda folder: ("replay", folder, "0"),
    "summarise": lambda folder: ("summarise", folder),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("table", ["outcomes", "points"])
def test_one_bit_that_flipped_in_a_table_is_detected_before_anything_is_read_from_it(folder, capsys, command, table):
    flipped(folder / f"{table}.parquet")
    code, out, err = output_of(capsys, *COMMANDS[command](folder))
    assert code == 2
    assert f"{table}.parquet was altered: its digest does not match. Restore the folder, or move it away" in err
    assert "dataset" not in out
    assert not list(folder.parents[2].glob(f"merged/*/*/{MANIFEST}"))


@pytest.mark.parametrize("command", ["sweep", "merge", "status", "replay"])
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda file: file.write_bytes(file.read_bytes() + b"x"), "outcomes.parquet has"),
        (lambda file: file.unlink(), "outcomes.parquet is missing. Restore the folder, or move it away"),
    ],
)
def test_data_that_are_longer_or_gone_are_reported(folder, capsys, command, damage, expected):
    damage(folder / "outcomes.parquet")
    code, _, err = output_of(capsys, *COMMANDS[command](folder))
    assert code == 2
    assert expected in err


@pytest.mark.parametrize("words", [["status"], ["replay", "0"], ["merge"], ["sweep"]])
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("study.yaml", b"a: [1\nb: {", "study.yaml was altered: while parsing"),
        ("study.yaml", b"\xff\xfe\xfd\x00", "study.yaml was altered"),
        ("study.yaml", b"study: 1", "study.yaml was altered: it does not contain the request"),
        ("design.csv", b"\xe1\x00\x92" * 9, "design.csv was altered"),
        ("design.csv", b"id,draws,theories\na,few,4\n", "design.csv was altered"),
        ("design.csv", None, "design.csv is missing"),
    ],
)
def test_a_request_is_refused_once_it_is_damaged(folder, capsys, words, name, content, expected):
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    code, _, err = output_of(capsys, words[0], folder, *words[1:])
    assert code == 2
    assert expected in err
    assert "Restore it, or give the sweep anew with +study=" in err


def test_a_study_file_that_was_damaged_comes_anew_with_the_same_command(folder, capsys):
    before = output_of(capsys, *COMMANDS["status"](folder))[1]
    (folder / "study.yaml").write_bytes(b"a: [1\nb: {")
    assert output_of(capsys, *COMMANDS["sweep"](folder))[0] == 0
    assert output_of(capsys, *COMMANDS["status"](folder))[1] == before


@pytest.mark.parametrize("damage", [flipped, lambda file: file.unlink()])
def test_a_damaged_folder_beside_a_sound_one_is_left_out_and_reported_once(folder, capsys, damage):
    sound, about = swept(folder.parents[1], cross={"scenario": ["status_quo"], RATE: [0.1, 0.4, 0.6]})
    damage(folder / "outcomes.parquet")
    for words in (["status", sound.path], ["replay", sound.path, "0"], ["sweep", sound.path]):
        code, out, err = output_of(capsys, *words)
        assert code == 0
        assert words[0] == "replay" or out.splitlines()[-1] == f"dataset {about['dataset']}"
        assert err.count("Left out, nothing is read from it") == (words[0] == "status")


def test_an_enlarged_study_takes_nothing_from_a_damaged_folder(folder, tmp_path):
    larger = {"cross": {"scenario": ["status_quo"], RATE: [0.1, 0.4, 0.6]}}
    flipped(folder / "outcomes.parquet")
    beside, alone = (swept(place, **larger)[1] for place in (folder.parents[1], tmp_path / "alone"))
    assert beside["dataset"] == alone["dataset"]


def test_a_replay_by_identifier_is_not_hindered_by_a_damaged_design_elsewhere(folder, capsys):
    other = folder.parents[1] / "other" / "1234"
    other.mkdir(parents=True)
    (other / "design.csv").write_bytes(b"\xe1\x00\x92")
    point = Store(folder).refresh().segments
    code, out, err = output_of(capsys, "replay", min(point)[:10], f"results={folder.parents[1]}")
    assert code == 0
    assert "the same bits as stored" in out
    assert "Left out, nothing is read from it" in err


def test_data_that_are_damaged_while_they_are_used_are_not_taken(folder):
    store = Store(folder).refresh()
    flipped(folder / "outcomes.parquet")
    with pytest.raises(RequestError, match=r"outcomes.parquet was altered"):
        store.values(min(store.segments), range(2), 4)


def test_a_worker_that_finds_damaged_data_stops_the_sweep_with_the_reason(kept, folder):
    flipped(folder / "outcomes.parquet")
    about = study(**ONE)
    first = chunks(about, folder, about.layout.distinct)[0]
    assert "outcomes.parquet was altered: its digest does not match" in simulate_chunk(first).stop
    assert simulate_chunk(replace(first, folder=kept)) == ChunkResult()


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
