"""Folders as others may send them: manifests changed and sealed again, links and pipes in place of files."""

import json
import os
from pathlib import Path

from scenarios.store.identity import digest_of
from scenarios.store.manifest import MANIFEST, PENDING, SEAL


def content(folder):
    """The manifest of a folder without its seal."""
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest.pop(SEAL)
    return manifest


def seal(file, manifest):
    """Write a manifest with a seal that fits."""
    file.write_text(json.dumps({**manifest, SEAL: digest_of(manifest)}))


def with_value(manifest, keys, value):
    """A copy of a manifest with another value under some keys."""
    copy = json.loads(json.dumps(manifest))
    node = copy
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = value
    return copy


def without(manifest, keys):
    """A copy of a manifest without the value under some keys."""
    copy = json.loads(json.dumps(manifest))
    node = copy
    for key in keys[:-1]:
        node = node[key]
    del node[keys[-1]]
    return copy


def pending(folder, files):
    """Write the pending manifest of a commit of some files."""
    seal(folder / PENDING, {**content(folder), "files": files})


def in_place_of(file, kind, elsewhere):
    """Replace a file by something else; its content goes into a file elsewhere, if that is a link."""
    content = file.read_bytes() if file.is_file() else b""
    if file.exists():
        file.unlink()
    if kind == "link":
        elsewhere.write_bytes(content)
        file.symlink_to(elsewhere)
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    else:
        assert kind == "dangling link"
        file.symlink_to(elsewhere / "nowhere")


def state(place):
    """Every file below a place with its time, size and place on the disk; links are not followed."""
    entries = []
    for folder, _, files in os.walk(place):
        for entry in [Path(folder), *(Path(folder) / name for name in files)]:
            about = entry.lstat()
            entries.append((str(entry), about.st_mtime_ns, about.st_size, about.st_ino))
    return sorted(entries)
