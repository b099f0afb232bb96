"""A folder of unknown origin is read whole or refused in one line; nothing is written, awaited or run."""

import json
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenarios import load
from scenarios.errors import RequestError
from scenarios.report.notebook_pages import result_page
from scenarios.runs.folder import RunFolder
from scenarios.runs.result import Result
from scenarios.store import journal, manifest
from scenarios.store.files import LOCK, time_stamp
from scenarios.store.manifest import MANIFEST, PENDING
from scenarios.store.tables import TABLES, packed, unpacked
from tests.requests import TINY, asks
from tests.store.strange import content, in_place_of, pending, seal, state, with_value, without

RUN = ("run", "+scenario=full_withdrawal", *TINY, "workers=1")


@pytest.fixture
def victim(tmp_path_factory):
    """A file of the user in another folder."""
    file = tmp_path_factory.mktemp("home") / "thesis.txt"
    file.write_text("years of work")
    return file


def refused(folder):
    """The one-line message that refuses a folder, which is not changed."""
    before = state(folder)
    with pytest.raises(RequestError) as error:
        load(folder)
    assert "\n" not in str(error.value)
    assert state(folder) == before
    return str(error.value)


def attempted(action):
    """Value of an action, or the message of its error."""
    try:
        return action(), ""
    except RequestError as error:
        return None, str(error)


def strange_names(victim):
    up = os.path.relpath(victim, victim.parent.parent / "results")
    return [str(victim), up, "../manifest.json", "sub/outcomes.parquet", ".", "", "notes.txt", "OUTCOMES.parquet"]


@pytest.mark.parametrize("which", range(8))
@pytest.mark.parametrize("kept", ["beside a finished manifest", "without one"])
def test_a_pending_manifest_that_names_other_files_than_the_tables_is_refused(earlier, victim, which, kept):
    name = strange_names(victim)[which]
    for place in (earlier, earlier.parent, victim.parent):
        (place / f".{Path(name).name}.tmp").write_text("overwritten")
    pending(earlier, {**content(earlier)["files"], name: time_stamp(victim)})
    if kept == "without one":
        (earlier / MANIFEST).unlink()
    assert PENDING in refused(earlier)
    assert victim.read_text() == "years of work"


@pytest.mark.parametrize("files", [{}, [], None, {"outcomes.parquet": {}}, "outcomes.parquet"])
@pytest.mark.parametrize("name", [MANIFEST, PENDING])
def test_a_manifest_without_its_tables_is_refused(earlier, files, name):
    seal(earlier / name, {**content(earlier), "files": files})
    assert "files" in refused(earlier)


def test_a_commit_is_not_finished_with_a_table_that_is_not_the_one_it_names(earlier):
    pending(earlier, content(earlier)["files"])
    (earlier / ".outcomes.parquet.tmp").write_bytes(b"something else")
    assert "outcomes.parquet" in refused(earlier)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "dangling link"])
@pytest.mark.parametrize("name", [MANIFEST, PENDING, LOCK, "outcomes.parquet", "events.parquet"])
def test_anything_but_a_plain_file_is_refused_in_one_line_and_never_awaited(earlier, tmp_path_factory, kind, name):
    if name == PENDING:
        pending(earlier, content(earlier)["files"])
    in_place_of(earlier / name, kind, tmp_path_factory.mktemp("elsewhere") / "content")
    assert name in refused(earlier)


def test_a_temporary_table_that_is_a_link_is_not_put_in_place(earlier, victim):
    pending(earlier, content(earlier)["files"])
    (earlier / "outcomes.parquet").rename(victim.with_name("outcomes"))
    (earlier / ".outcomes.parquet.tmp").symlink_to(victim.with_name("outcomes"))
    assert "outcomes.parquet.tmp is a link" in refused(earlier)


def test_a_manifest_that_is_too_long_is_not_read(earlier):
    with (earlier / MANIFEST).open("r+b") as file:
        file.truncate(manifest.LONGEST + 1)  # a hole, which takes no room
    assert f"at most {manifest.LONGEST:,} are read" in refused(earlier)


@pytest.mark.parametrize("written", ["[" * 100_000, '{"a":' * 100_000, "9" * 10_000, "\udcff", "NaN", '"text"'])
def test_a_manifest_that_is_no_mapping_is_refused(earlier, written):
    (earlier / MANIFEST).write_bytes(written.encode("utf-8", "surrogateescape"))
    assert MANIFEST in refused(earlier)


KEYS = (
    *((name,) for name in ("id", "caveat", "scenario", "as_of", "start", "world", "theories", "draws", "replications",
                           "seed", "rejected_draws", "failures", "seconds", "grades", "finished", "own", "request",
                           "provenance", "files")),
    *(("provenance", name) for name in ("python", "packages", "processor", "features", "code")),
    *(("request", name) for name in ("scenario", "start", "world", "theories", "beliefs", "given", "seed", "step_days",
                                     "horizon", "closed_loop", "period", "series")),
    ("request", "scenario", "policy"), ("request", "scenario", "name"), ("request", "scenario", "policy", "troops"),
    ("request", "scenario", "policy", "levers", "enablers", "anchors"), ("request", "theories", 0),
    ("request", "theories", 0, "poles", 0), ("request", "start", "states"), ("files", "outcomes.parquet", "bytes"),
)  # fmt: skip
OTHERS = (
    None,
    True,
    -1,
    1.5,
    10**30,
    10**400,
    float("inf"),
    float("nan"),
    "../../x",
    "a\x1b[2Jb",
    "\ud800",
    [1],
    [[]],
    {"a": 1},
    {},
    [],
)


@pytest.mark.parametrize("keys", KEYS, ids=lambda keys: ".".join(map(str, keys)))
def test_any_value_under_any_key_of_a_sealed_manifest_is_read_or_refused_in_one_line(earlier, keys):
    before = content(earlier)
    for other in OTHERS:
        seal(earlier / MANIFEST, with_value(before, keys, other))
        result, message = attempted(lambda: load(earlier))
        assert "\n" not in message, (keys, other)
        assert MANIFEST in message if result is None else repr(result) and result_page(result), (keys, other)
    seal(earlier / MANIFEST, without(before, keys))
    if keys != ("own",) and isinstance(keys[-1], str):
        assert keys[0] in refused(earlier)


@pytest.mark.parametrize(
    ("keys", "other", "message"),
    [
        (("scenario",), "surge", "scenario is surge, but its request says full_withdrawal"),
        (("seed",), 7, "seed is 7, but its request says 1"),
        (("as_of",), "2021-12-14", "as_of is 2021-12-14"),
        (("replications",), 80, "replications is 80"),
        (("id",), "../../elsewhere", "identifier of hexadecimal digits"),
        (("world",), "calm\x1b[2J", "control characters"),
        (("draws",), 10**9, "less than or equal to 1000000"),
        (("seed",), 10**400, "seed is 1000"),
        (("request", "calendar"), json.loads("[" * 500 + "]" * 500), "nested too deeply"),
        (("request", "beliefs", "baseline_attack_rate", "kind"), "normal", "prior normal takes {mean: ..., sd: ...}"),
    ],
)
def test_facts_that_contradict_one_another_or_name_other_places_are_refused(earlier, keys, other, message):
    seal(earlier / MANIFEST, with_value(content(earlier), keys, other))
    assert message in refused(earlier)


def test_reading_a_finished_folder_writes_nothing_at_all(command, earlier):
    (earlier / LOCK).unlink()
    before = state(earlier)
    result = load(earlier)
    assert len(result.outcomes) == 8
    assert result_page(result)
    for words in (("explain-run", str(earlier), "0"), ("replay", str(earlier), "/0"), ("report", str(earlier)),
                  ("diff", str(earlier), str(earlier))):  # fmt: skip
        assert command(*words).code == 0, words
    assert state(earlier) == before


def test_comparing_folders_writes_nothing_into_them(command, here, earlier):
    base = next((here / "results" / "status_quo").iterdir())
    before = state(here / "results")
    assert command("compare", str(earlier), str(base)).code == 0
    assert state(here / "results") == before


def replaced(folder, name, table):
    """Replace a table, with a manifest that has its digest."""
    file = folder / f"{name}.parquet"
    pq.write_table(table, file)
    about = content(folder)
    seal(folder / MANIFEST, {**about, "files": {**about["files"], file.name: time_stamp(file)}})


TABLE_FAULTS = {
    "a key of another type": lambda table: table.set_column(0, "replication", table["replication"].cast(pa.string())),
    "no keys": lambda table: table.drop_columns(["replication"]),
    "a nested column": lambda table: table.append_column("more", pa.array([[1]] * len(table))),
    "notes for pandas": lambda table: table.replace_schema_metadata({**table.schema.metadata, b"pandas": b"{"}),
    "a column twice": lambda table: table.append_column("replication", table["replication"]),
}


@pytest.mark.parametrize("fault", TABLE_FAULTS)
@pytest.mark.parametrize("name", TABLES)
def test_tables_with_other_columns_are_refused_by_the_name_of_their_file(earlier, name, fault):
    replaced(earlier, name, TABLE_FAULTS[fault](pq.read_table(earlier / f"{name}.parquet")))
    assert f"{name}.parquet is no table of this version" in refused(earlier)


def test_tables_that_are_no_parquet_or_have_other_rows_are_refused(earlier):
    replaced(earlier, "outcomes", pq.read_table(earlier / "outcomes.parquet").slice(1))
    assert "7 rows, where 8 replications are expected" in refused(earlier)
    (earlier / "outcomes.parquet").write_bytes(b"PAR1 no more PAR1")
    about = content(earlier)
    seal(
        earlier / MANIFEST,
        {**about, "files": {**about["files"], "outcomes.parquet": time_stamp(earlier / "outcomes.parquet")}},
    )
    assert "outcomes.parquet is no table of this version" in refused(earlier)


def test_the_result_of_another_request_under_this_name_is_refused(command, here, earlier):
    other = next((here / "results" / "status_quo").iterdir())
    shutil.rmtree(earlier)
    shutil.copytree(other, earlier)
    message = command(*RUN).error
    assert f"contains the run {other.name} of status_quo" in message
    assert "under another name" in message


# Journals, links and leftovers in folders that are to be written


@pytest.fixture
def begun(tmp_path):
    """The folder of an interrupted run, with a journal of one whole block."""
    from scenarios.runs import runner

    request = asks(of=TINY)
    folder = RunFolder(request, tmp_path)
    runner.run_block(runner.Task(request, range(request.draws), folder.journals))
    return folder


def only_frame(folder):
    (path,) = journal.journals(folder.journals)
    with path.open("rb") as file:
        (payload,) = [payload for _, payload in journal.frames_of(file)]
    return path, payload


def replace_frame(folder, payload):
    """Put another frame in the place of the only one; returns its journal."""
    path, _ = only_frame(folder)
    path.unlink()
    with journal.Journal(folder.journals) as writer:
        writer.append(payload)
    return path


def opened_and_finished(folder):
    folder.open()
    folder.missing()
    folder.finish()


def journal_refused(folder):
    with pytest.raises(RequestError) as error:
        opened_and_finished(folder)
    assert "\n" not in str(error.value)
    assert not list(folder.path.glob("*.parquet"))
    return str(error.value)


@pytest.mark.parametrize("length", [2**63, 2**40, 2**31, 10_000_000])
def test_a_frame_that_claims_to_be_longer_than_its_journal_costs_no_memory(begun, length):
    path, _ = only_frame(begun)
    path.write_bytes(journal.HEADER.pack(journal.MAGIC, length, b"0" * 32) + b"x")
    assert begun.stored() == [range(0)]
    with pytest.raises(OSError, match="was altered"):
        journal.payload_at(path, journal.HEADER.size)


NOTES = (
    {"draws": [0, 10**12]}, {"draws": [-4, 2]}, {"draws": [2, 1]}, {"draws": "ab"}, {"draws": [0]}, {"failures": 3},
    {"failures": [{"draw": "x"}]}, {"rejected": None}, {"seconds": "long"},
)  # fmt: skip


@pytest.mark.parametrize("change", NOTES, ids=str)
def test_a_block_whose_note_is_none_is_refused_by_its_place(begun, change):
    note = {"draws": [0, 2], "rejected": 0, "seconds": 0.0, "failures": [], **change}
    path = replace_frame(begun, packed(unpacked(only_frame(begun)[1]), note))
    assert f"{path} has at byte" in journal_refused(begun)


def test_a_block_with_other_tables_is_refused_and_writes_nowhere(begun, victim):
    block = unpacked(only_frame(begun)[1])
    note = {"draws": [0, begun.request.draws], "rejected": 0, "seconds": 0.0, "failures": []}
    strange = [
        {**block, str(victim): block["events"]},
        {**block, "../more": block["events"]},
        {name: block[name] for name in ("parameters", "outcomes")},
        {**block, "outcomes": block["parameters"]},
        {**block, "outcomes": block["outcomes"].slice(1)},
    ]
    for tables in strange:
        replace_frame(begun, packed(tables, note))
        assert "is no block of this folder" in journal_refused(begun)
    assert victim.read_text() == "years of work"


@pytest.mark.parametrize(
    "payload", [b"", b"\xff" * 8, b"\x02" + bytes(7) + b"[]", b"\x05" + bytes(7) + b"[[[[[", b"x" * 99]
)
def test_a_whole_frame_without_a_note_is_refused(begun, payload):
    replace_frame(begun, payload)
    assert "is no block of this folder" in journal_refused(begun)


def test_a_bit_that_flipped_in_the_buffers_of_a_block_never_ends_the_process(begun):
    path, payload = only_frame(begun)
    for place in range(200, len(payload), len(payload) // 40):
        content = bytearray(payload)
        content[place] ^= 0x41
        path.unlink()
        with journal.Journal(begun.journals) as writer:
            writer.append(bytes(content))
        assert "\n" not in attempted(lambda: opened_and_finished(begun))[1]
        shutil.rmtree(begun.path)
        begun.journals.mkdir(parents=True)
        path.touch()


def test_links_in_a_folder_that_is_written_lead_nowhere(begun, victim):
    names = [".outcomes.parquet.tmp", ".manifest.next.json.1.part", ".writable", f".{PENDING}.{os.getpid()}.part"]
    for name in names:
        (begun.path / name).symlink_to(victim)
    opened_and_finished(begun)
    assert victim.read_text() == "years of work"
    assert {each.name for each in begun.path.iterdir()} == {MANIFEST, LOCK, *(f"{name}.parquet" for name in TABLES)}
    assert len(Result(begun.path).outcomes) == 8


@pytest.mark.parametrize("what", ["blocks", "journal", "lock"])
def test_a_journal_a_lock_or_their_folder_behind_a_link_is_refused(begun, victim, what):
    file = {"blocks": begun.journals, "lock": begun.path / LOCK, "journal": only_frame(begun)[0]}[what]
    if what == "blocks":
        begun.journals.rename(victim.parent / "blocks")
        file.symlink_to(victim.parent / "blocks")
    else:
        file.unlink(missing_ok=True)
        file.symlink_to(victim)
    assert "is a link" in journal_refused(begun)
    assert victim.read_text() == "years of work"
