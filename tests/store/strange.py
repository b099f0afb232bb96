"""Folders as a stranger may make them: manifests changed and sealed again, links and pipes in the place of files."""

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
    found = json.loads(json.dumps(manifest))
    node = found
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = value
    return found


def without(manifest, keys):
    """A copy of a manifest that lacks what lies under some keys."""
    found = json.loads(json.dumps(manifest))
    node = found
    for key in keys[:-1]:
        node = node[key]
    del node[keys[-1]]
    return found


def pending(folder, files):
    """Leave a commit that is under way, of some files."""
    seal(folder / PENDING, {**content(folder), "files": files})


def in_place_of(file, kind, elsewhere):
    """Put something else where a file lay, and what the file held into a file elsewhere."""
    held = file.read_bytes() if file.is_file() else b""
    if file.exists():
        file.unlink()
    if kind == "link":
        elsewhere.write_bytes(held)
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
    found = []
    for folder, _, files in os.walk(place):
        for each in [Path(folder), *(Path(folder) / name for name in files)]:
            about = each.lstat()
            found.append((str(each), about.st_mtime_ns, about.st_size, about.st_ino))
    return sorted(found)
