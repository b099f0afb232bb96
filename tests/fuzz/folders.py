"""Result folders of somebody else: every file of a run and of a study altered, exchanged, linked or missing."""

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz import sources
from tests.fuzz.cases import LOAD, Case, Edit
from tests.fuzz.odd import mutations
from tests.fuzz.sources import BASELINE, RUN, STUDY
from tests.fuzz.surroundings import CANARY
from tests.fuzz.words import TINY

PENDING = "manifest.next.json"
EXTRA = (
    PENDING, ".lock", ".claims", ".working", "blocks/h-0.journal", "blocks", "x.journal", ".outcomes.parquet.tmp",
    "summary.csv", "overview.png", "inputs/x.csv", "slurm", "results",
)  # fmt: skip
TARGETS = (CANARY, "../../../..", "manifest.json", "nowhere", ".", "/dev/null", "/dev/zero")
NAMES = (CANARY, "../../../x", "manifest.json", "a/b", "", ".", "x" * 300)
CONTENTS = (
    b"", b"{}", b"[]", b"null", b"\0", b"{" * 5_000, b"[" * 100_000, b'{"files": {}}', b"PAR1PAR1",
    b"IRAQBLK1" + b"\xff" * 60, b"1" * 5_000, b'{"schema": 1}', b"a: &a [*a]", "é".encode("latin-1"),
)  # fmt: skip
HOW = (
    "rewrite", "rewrite", "rewrite", "pending", "write", "truncate", "flip a byte of", "append to", "remove",
    "make a folder of", "make a pipe of", "link", "put another in place of",
)  # fmt: skip
READ = (("status",), ("summarise",), ("report", "-o", "page.html"), ("explain-run",), ("explain-run", "0"), ("watch",),
        ("replay", "0"), ("replay", "/0"), ("merge",), ("sweep",), (LOAD,))  # fmt: skip


@cache
def files(folder: str) -> tuple[str, ...]:
    """Files of a finished folder, from the working folder."""
    root = sources.finished().parent
    return tuple(sorted(str(each.relative_to(root)) for each in (root / folder).rglob("*") if each.is_file()))


@cache
def manifest(folder: str) -> Any:
    return json.loads((sources.finished().parent / folder / "manifest.json").read_bytes())


@st.composite
def edits(draw: st.DrawFn, folder: str) -> Edit:
    """One thing done to a folder."""
    how = draw(st.sampled_from(HOW))
    if how == "rewrite":
        mutation, sealed = draw(mutations(manifest(folder))), draw(st.sampled_from((True, True, False)))
        return Edit(f"{folder}/manifest.json", how, (mutation, sealed), f"{mutation}{', sealed' * sealed}")
    if how == "pending":
        return _pending(folder, draw(st.sampled_from(NAMES)))
    extra = st.sampled_from([f"{folder}/{name}" for name in EXTRA])
    place = draw(st.one_of(st.sampled_from(files(folder)), st.sampled_from(files(folder)), extra))
    content = {
        "write": st.sampled_from(CONTENTS),
        "truncate": st.sampled_from((0.0, 0.1, 0.5, 0.99)),
        "flip a byte of": st.sampled_from((0.0, 0.01, 0.3, 0.5, 0.9, 1.0)),
        "append to": st.sampled_from(CONTENTS[3:]),
        "link": st.sampled_from(TARGETS),
        "put another in place of": st.sampled_from(files(folder)),
    }.get(how, st.none())
    return Edit(place, how, draw(content))


def _part(edit: Edit) -> str:
    """Target of an edit: the file, or the folder within a result that contains it."""
    return edit.path.split("/")[3]


def _pending(folder: str, name: str) -> Edit:
    """Commit that was cut short, sealed, with a file of a name that no table has."""
    from scenarios.store.identity import digest_of

    changed = {**manifest(folder), "files": {name: {"bytes": 1, "sha256": "0" * 64}}}
    changed.pop("digest", None)
    content = json.dumps({**changed, "digest": digest_of(changed)}).encode()
    return Edit(f"{folder}/{PENDING}", "write", content, f"sealed, files: {name!r}")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    folder = draw(st.sampled_from((RUN, RUN, BASELINE, STUDY, STUDY)))
    done = tuple(draw(st.lists(edits(folder), min_size=1, max_size=2, unique_by=_part)))
    how = draw(st.sampled_from((*READ, ("diff",), ("compare",), ("again",), ("all",))))
    if how == ("again",):
        done = (*done, Edit(folder, "rename", manifest(folder)["id"]))
    return Case("folders", _words(how, folder), done, with_results=True)


def _words(how: tuple[str, ...], folder: str) -> tuple[str, ...]:
    """Command that reads a folder; the command that resumes it, for one with its own name."""
    name, *rest = how
    if name == "again":
        run = ("run", f"+scenario={folder.split('/')[1]}", *TINY)
        return ("sweep", f"{STUDY.rpartition('/')[0]}/{manifest(STUDY)['id']}") if folder == STUDY else run
    if name == "all":
        return ("report", "results", "-o", "page.html")
    if name == "diff":
        return ("diff", folder, BASELINE if folder == RUN else STUDY)
    return (name, folder, BASELINE) if name == "compare" else (name, folder, *rest)
