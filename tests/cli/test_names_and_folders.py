"""A scenario by its name, or a folder, in every command; what is stored, and what of it is superseded."""

import json
import shutil

import pytest

from scenarios import load
from scenarios.load import remove, stored_folders
from scenarios.report.page import page as page_module
from scenarios.store.files import exclusive
from scenarios.store.identity import digest_of
from scenarios.store.manifest import SEAL
from tests.requests import TINY, standing

RUN = ("run", "full_withdrawal", *TINY, "workers=1")


@pytest.fixture
def sections(monkeypatch):
    """A page without content, which takes long."""
    monkeypatch.setattr(page_module, "render_page", lambda runs, *, brief: "")


def alter(folder, **changes):
    """A manifest with some entries replaced, sealed again."""
    manifest = json.loads((folder / "manifest.json").read_text()) | changes
    manifest.pop(SEAL)
    (folder / "manifest.json").write_text(json.dumps({**manifest, SEAL: digest_of(manifest)}))


def renamed(folder, name):
    """A run under the name of another scenario."""
    request = json.loads((folder / "manifest.json").read_text())["request"]
    alter(folder, scenario=name, request={**request, "scenario": {**request["scenario"], "name": name}})


def of_other_code(folder):
    """A run that another version of the code has made."""
    provenance = json.loads((folder / "manifest.json").read_text())["provenance"]
    alter(folder, provenance={**provenance, "code": "0" * len(provenance["code"])})


def older(folder, name="older", day="2020-01-01", **changes):
    """A copy of a run that was finished before."""
    copy = folder.with_name(name)
    shutil.copytree(folder, copy)
    alter(copy, finished=f"{day}T00:00:00Z", **changes)
    return copy


def test_a_name_stands_for_the_word_that_requests_it(command, earlier):
    assert command(*RUN).out == command("run", "+scenario=full_withdrawal", *RUN[2:]).out
    assert command("show", "relabel").out == command("show", "+scenario=relabel").out


def test_a_folder_requests_its_run_again_and_words_change_it(command, here, earlier):
    before = standing(here)
    again = command("run", str(earlier), "workers=1")
    assert again.code == 0, again.err
    assert {**before, **standing(here)}.keys() >= before.keys()
    assert len(load(here / "results")) == 2
    changed = command("run", str(earlier), "world=calm", "against=none", "workers=1")
    assert changed.code == 0, changed.err
    (new,) = (run for run in load(here / "results") if run.manifest["world"] == "calm")
    assert new.manifest["replications"] == 8
    assert command("show", str(earlier)).out.startswith("full_withdrawal [")


def test_a_run_that_cannot_be_requested_as_it_was_is_refused(command, earlier):
    request = json.loads((earlier / "manifest.json").read_text())["request"]
    alter(earlier, request={**request, "calendar": {**request["calendar"], "iraqi_elections": []}})
    assert "cannot be requested again as it was: calendar differ now" in command("run", str(earlier)).error


def test_the_newest_comparable_runs_are_reported_and_others_are_listed(command, here, earlier, sections):
    other = older(earlier)
    relabel = older(earlier, "relabel")
    (here / "results" / "relabel").mkdir()
    shutil.move(relabel, here / "results" / "relabel" / "one")
    renamed(here / "results" / "relabel" / "one", "relabel")
    ended = command("report", "full_withdrawal", "relabel")
    assert ended.code == 0, ended.err
    assert "report.html: full_withdrawal, relabel, status_quo" in ended.out
    assert f"note: {earlier.relative_to(here)}, results/relabel/one are the newest" in ended.err
    assert (
        f"{other.relative_to(here)}, results/relabel/one would do as well: the same request, finished 2020" in ended.err
    )


def test_runs_by_name_that_are_not_comparable_are_refused(command, here, earlier, sections):
    shutil.copytree(earlier, here / "results" / "relabel" / "one")
    renamed(here / "results" / "relabel" / "one", "relabel")
    request = json.loads((earlier / "manifest.json").read_text())["request"]
    alter(earlier, request={**request, "step_days": 0.5})
    error = command("report", "full_withdrawal", "relabel").error
    assert "relabel and full_withdrawal are not comparable, they differ in step_days: 1.0 against 0.5" in error


def test_one_run_by_name_is_the_newest(command, here, earlier):
    older(earlier, world="calm")
    ended = command("explain-run", "full_withdrawal")
    assert ended.code == 0
    assert f"explain-run {earlier.relative_to(here)} " in ended.out
    assert "would do as well: world calm in place of simulated" in ended.err
    assert "the same request" not in command("diff", "full_withdrawal", str(earlier)).out.splitlines()[0]


def test_results_are_listed_with_their_states(command, here, earlier):
    of_other_code(older(earlier))
    (here / "results" / "relabel" / "begun" / "blocks").mkdir(parents=True)
    (here / "results" / "relabel" / "begun" / ".lock").touch()
    alter(older(earlier, "altered"))
    (earlier.with_name("altered") / "manifest.json").write_text("{}")
    lines = {line.split()[0]: line for line in command("results").out.splitlines()}
    states = {"older": "older code", earlier.name: " finished", "begun": "unfinished", "altered": "damaged"}
    for name, state in states.items():
        (line,) = (line for path, line in lines.items() if path.endswith(name))
        assert state in line
    assert command("results") == command("results", "list", "results")


def test_pruning_asks_and_removes_what_is_superseded_alone(command, here, earlier, monkeypatch):
    of_other_code(older(earlier))
    (here / "results" / "relabel" / "begun" / "blocks").mkdir(parents=True)
    (here / "results" / "relabel" / "begun" / ".lock").touch()
    (here / "results" / "notes").mkdir()
    before = standing(here)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda text: "n")
    assert "removed" not in command("results", "prune").out
    assert standing(here) == before
    ended = command("results", "prune", "--yes")
    assert ended.out.endswith("removed: 2\n")
    left = {str(path.relative_to(here)) for path in here.glob("results/*/*")}
    assert f"results/full_withdrawal/{earlier.name}" in left
    assert not left & {"results/full_withdrawal/older", "results/relabel/begun"}
    assert (here / "results" / "notes").is_dir()
    assert command("results", "prune").out == "nothing in results is superseded.\n"


def test_pruning_where_nobody_can_answer_is_refused(command, here, earlier, monkeypatch):
    of_other_code(older(earlier))

    def unanswered(text):
        raise EOFError

    monkeypatch.setattr("click.termui.visible_prompt_func", unanswered)
    ended = command("results", "prune")
    assert ended.code == 2
    assert "nobody answered; give --yes in a script" in ended.err
    assert earlier.with_name("older").exists()


def test_a_folder_at_work_and_one_behind_a_link_are_never_removed(here, tmp_path_factory):
    for name in ("one", "other"):
        (here / "results" / "relabel" / name / "blocks").mkdir(parents=True)
        (here / "results" / "relabel" / name / ".lock").touch()
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "kept"
    shutil.move(here / "results" / "relabel" / "other", elsewhere)
    (here / "results" / "relabel" / "other").symlink_to(elsewhere)
    with exclusive(here / "results" / "relabel" / "one"):
        stored = stored_folders(here / "results")
        assert [(folder.path.name, folder.is_at_work) for folder in stored] == [("one", True)]
        remove(stored)
    assert (here / "results" / "relabel" / "one").exists()
    assert elsewhere.exists()
