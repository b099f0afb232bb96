"""Request of a study as stored in its folder: written, read back, and checked against alteration."""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios import resources
from scenarios.config import fields
from scenarios.errors import RequestError
from scenarios.evidence.plain_yaml import MOST_BYTES, dumped
from scenarios.evidence.seed_files import yaml_mapping
from scenarios.store import regular
from scenarios.store.files import write_whole
from scenarios.store.identity import LENGTH, code_digest, digest_of
from scenarios.studies.layout import Options, laid_out
from scenarios.studies.levels import level_text
from scenarios.studies.request import StudyRequest
from scenarios.studies.table import table

if TYPE_CHECKING:
    import pandas as pd

REQUEST, DESIGN, INPUTS = "study.yaml", "design.csv", "inputs"

KEYS = {"id": str, "draws": int, "theories": int}  # columns of the design beside factors

STORED = {"study": dict, "config": dict, "options": dict, "id": str, "code": str, "replications": int}  # in study.yaml

LARGEST = 2_000_000_000  # bytes of a file that is read


def store_request(study: StudyRequest, folder: Path) -> None:
    """Write the request into the folder of the study, with the user's own files that it needs."""
    regular.check_folder(folder / INPUTS)
    for name, content in files_of(study).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        if not regular.name_exists(file) or regular.read_stored(file, LARGEST) != content:
            write_whole(file, content)


def files_of(study: StudyRequest) -> dict[str, bytes]:
    """Files of the request by their names in the folder of the study, study.yaml last."""
    used = study.layout.options.used
    kept: dict[str, Any] = deepcopy({"study": study.written, "config": dict(study.base), "options": used})
    files: dict[str, bytes] = {}
    for node, key in _own_files(kept):
        node[key] = _copied(node[key], files)
    files[DESIGN] = _design(study).to_csv(index=False).encode()
    kept |= {"id": study.id, "code": code_digest(), "replications": study.replications, "points": len(study.points)}
    kept["design"] = hashlib.sha256(files[DESIGN]).hexdigest()
    kept["study"] |= {"table": DESIGN} if kept["study"].get("table") else {}
    content = dumped(kept).encode()
    if len(content) > MOST_BYTES:
        raise RequestError(
            f"study {study.name} takes {len(content):,} bytes in {REQUEST}, of which at most {MOST_BYTES:,} are read; "
            "give its points as a table (study.table), or make fewer studies of one."
        )
    return {**files, REQUEST: content}


def _design(study: StudyRequest) -> "pd.DataFrame":
    """Points as a table: identifier, numbers of draws and theories, and factors as they are read back."""
    import pandas as pd

    layout = study.layout
    known = {
        "id": [point.id for point in layout.points],
        "draws": [len(study.draws[point.kind]) for point in layout.points],
        "theories": [len(layout.request(point).strata) for point in layout.points],
    }
    factors = {name: [level_text(point[name], name) for point in study.points] for name in study.points[0]}
    return pd.DataFrame(known | factors)


def _own_files(request: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield mapping and key of every user's own file in a stored request."""
    for node in [request["config"]["start"], *request["options"].get("start", {}).values()]:
        if node.get("file"):
            yield node, "file"
    if request["config"].get("beliefs"):
        yield request["config"], "beliefs"


def _copied(file: str, files: dict[str, bytes]) -> str:
    """Add a user's own file under a unique name; return its path in the folder of the study."""
    content = resources.given(file).read_bytes()
    mark = f"-{hashlib.blake2b(content, digest_size=4).hexdigest()}"
    name = f"{INPUTS}/{Path(file).stem.removesuffix(mark)}{mark}{Path(file).suffix}"
    files[name] = content
    return name


def _input(written: object, folder: Path) -> str:
    """Path of a user's own file in a folder; RequestError if it is outside."""
    parts = Path(str(written)).parts
    if len(parts) != 2 or parts[0] != INPUTS or parts[1] == "..":
        raise _altered(folder / REQUEST, f"it names a file {written!r}, where {INPUTS}/NAME is required")
    regular.check_folder(folder / INPUTS)
    regular.refuse_special_file(folder / INPUTS / parts[1])
    return str(folder / INPUTS / parts[1])


def read_request(folder: Path) -> dict[str, Any]:
    """Request in a folder; RequestError if it is missing or altered."""
    file = folder / REQUEST
    if not regular.name_exists(file):
        there = ", ".join(sorted(file.name for file in folder.iterdir())[:8]) if folder.is_dir() else ""
        contents = f"it contains {there}" if there else "it is empty or missing"
        raise RequestError(f"{folder} is not the folder of a study: it has no {REQUEST}; {contents}.")
    regular.refuse_special_file(file)
    try:
        request = yaml_mapping(file)
    except RequestError as error:
        raise _altered(file, error.__cause__ or error) from error
    if not all(isinstance(request.get(key), kind) for key, kind in STORED.items()):
        raise _altered(file, "it does not contain the request")
    _check_names(file, request)
    return request


def _check_names(file: Path, request: Mapping[str, Any]) -> None:
    """Refuse names that would lead out of a folder, and parts that are no mappings."""
    try:
        fields.word(request["study"].get("name"), "study.name")
        nodes = [request["config"].get("start"), *request["options"].get("start", {}).values()]
        if not all(isinstance(node, dict) for node in nodes):
            raise RequestError("a start is no mapping")
        if not all(isinstance(options, dict) for options in request["options"].values()):
            raise RequestError("an option is no mapping")
    except (RequestError, AttributeError) as error:
        raise _altered(file, str(error).removesuffix(".")) from error


def _altered(file: Path, why: object) -> RequestError:
    """Error for a file of a study that is not as it was written."""
    reason = " ".join(str(why).split())
    return RequestError(f"{file} was altered: {reason}. Restore it, or give the sweep anew with +study=.")


def stored_study(folder: Path, rows: Sequence[int] | None = None) -> StudyRequest:
    """Study in a folder, to be continued or repeated; only some of its points if rows are given."""
    request = read_request(folder)
    for node, key in _own_files(request):
        node[key] = _input(node[key], folder)
    ids, points = identifiers(folder), table(folder / DESIGN, beside=[*KEYS])
    chosen = range(len(ids)) if rows is None else rows
    layout = laid_out([points[row] for row in chosen], request["config"], Options(request["options"]))
    study = StudyRequest(request["study"], request["config"], layout)
    _check_unaltered(study, request, folder, [ids[row] for row in chosen])
    return study


def _check_unaltered(study: StudyRequest, request: Mapping[str, Any], folder: Path, ids: Sequence[str]) -> None:
    """Refuse a folder whose code or points differ from those requested."""
    if request.get("code") != code_digest():
        raise RequestError(
            f"{folder} was requested with code {str(request.get('code'))[:8]}, this is {code_digest()[:8]}: the same "
            "points would give other numbers. Install that version, or sweep anew with +study=."
        )
    if [point.id for point in study.layout.points] != ids:
        raise _differing(folder, "the points are not those requested")


def _differing(folder: Path, why: str) -> RequestError:
    """Error for a folder whose files do not agree."""
    return RequestError(
        f"{folder}: {REQUEST}, {DESIGN} or a file in {INPUTS} was altered: {why}. Restore them, or sweep anew with "
        "+study=."
    )


def identifiers(folder: Path) -> list[str]:
    """Identifiers of the points of a study, in order."""
    return read_design(folder)["id"].tolist()


def read_design(folder: Path) -> "pd.DataFrame":
    """Identifier, draws and theories of every point of a study, in order; RequestError if altered."""
    import pandas as pd

    file = folder / DESIGN
    if not regular.name_exists(file):
        raise RequestError(f"{file} is missing. Restore it, or give the sweep anew with +study=.")
    content = regular.read_stored(file, LARGEST)
    try:
        design = pd.read_csv(io.BytesIO(content), usecols=[*KEYS], dtype=KEYS, keep_default_na=False)
    except (ValueError, OverflowError) as error:
        raise _altered(file, error) from error
    _check_design(file, hashlib.sha256(content).hexdigest(), design, read_request(folder))
    return design


def _check_design(file: Path, digest: str, design: "pd.DataFrame", request: Mapping[str, Any]) -> None:
    """Refuse a design that differs from the request, by its digest, its points and their number."""
    distinct = design.drop_duplicates("id")
    facts = {
        "digest": (digest, request.get("design", digest)),
        "identifier": (digest_of([str(request["study"]["name"]), sorted(distinct["id"])])[:LENGTH], request["id"]),
        "rows": (len(design), request.get("points", len(design))),
        "replications": (int((distinct["draws"] * distinct["theories"]).sum()), request["replications"]),
    }
    for name, (here, there) in facts.items():
        if here != there:
            raise _differing(file.parent, f"the {name} of {DESIGN} must be {there}, not {here}")
