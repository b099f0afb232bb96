"""Paths that begin at the home folder, wherever one is accepted: shells do not expand `results=~/x`."""

import pytest

import scenarios
from scenarios import resources
from scenarios.errors import RequestError
from tests.requests import TINY, WITHDRAWAL

RUN = ("run", WITHDRAWAL, *TINY, "workers=1", "against=none")
BELIEFS = "expert: me\npriors:\n  army_collapse_rate: {prior: {fixed: 0.01}, because: I was there}\n"
SMALL = {"replications": 4, "horizon": 7, "theory": {"isis": "spent", "strikes": "both"}, "against": "none"}


@pytest.fixture
def home(here, monkeypatch):
    """Home folder beside the working folder, where no file named `~` may remain."""
    folder = here / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    (here / "desk").mkdir()
    monkeypatch.chdir(here / "desk")
    yield folder
    assert not list((here / "desk").glob("~*"))


def done(result):
    assert result.code == 0, result.err
    return result.out


def test_results_are_written_and_read_there(command, home):
    done(command(*RUN, "results=~/runs"))
    assert [each.name for each in (home / "runs").iterdir()] == ["full_withdrawal"]
    assert scenarios.load("~/runs").scenario == "full_withdrawal"
    assert len(scenarios.load(["~/runs/full_withdrawal"]).path.parts)
    assert scenarios.run("relabel", results="~/others", **SMALL).path.is_relative_to(home / "others")
    done(command("compare", "~/runs/full_withdrawal", "status_quo", "results=~/runs", "-o", "~/compared.csv"))
    assert (home / "compared.csv").is_file()
    (folder,) = (home / "runs" / "full_withdrawal").iterdir()
    assert "the same bits" in done(command("replay", f"~/runs/full_withdrawal/{folder.name}", "/0"))
    assert "the same bits" in done(command("replay", f"{folder.name}/0", "results=~/runs"))
    done(command("diff", f"~/runs/full_withdrawal/{folder.name}", f"~/runs/full_withdrawal/{folder.name}"))


def test_several_runs_leave_nothing_elsewhere(command, home):
    done(command("run", "-m", "+scenario=relabel,surge", *TINY, "workers=1", "against=none", "results=~/runs"))
    assert {each.name for each in (home / "runs").iterdir()} >= {"relabel", "surge"}


def test_files_of_ones_own_are_found_there(command, home):
    done(command("new-start", "~/spring.yaml", "from=2021-07"))
    (home / "mine.yaml").write_text(BELIEFS)
    out = done(command(*RUN, "start=~/spring.yaml", "beliefs=~/mine.yaml"))
    assert "with own beliefs mine.yaml: 1 prior changed" in " ".join(out.split())
    result = scenarios.run("relabel", start="~/spring.yaml", beliefs="~/mine.yaml", **SMALL)
    assert result.manifest["start"] == "spring"
    done(command("new-beliefs", "~/more.yaml", "army_collapse_rate"))
    assert (home / "more.yaml").is_file()


def test_a_folder_of_configuration_may_lie_there(command, home):
    (home / "ours" / "world").mkdir(parents=True)
    (home / "ours" / "world" / "quiet.yaml").write_text("name: quiet\nstory: Quiet.\nregime: calm\n")
    for flag in (("--config-dir", "~/ours"), ("--config-dir=~/ours",)):
        assert "world: quiet" in done(command("show", "relabel", "world=quiet", *flag))
    done(command(*RUN, "world=quiet", "--config-dir", "~/ours"))


def test_a_study_and_its_table_may_lie_there(command, home):
    (home / "table.csv").write_text("levers.enablers\n0.5\n")
    (home / "mine.yaml").write_text("table: ~/table.csv\n")
    words = ("+scenario=relabel", *TINY, "workers=1", "results=~/studies")
    done(command("sweep", "+study=~/mine.yaml", *words))
    (folder,) = (home / "studies" / "mine").iterdir()
    named = f"~/studies/mine/{folder.name}"
    done(command("sweep", named, "workers=1"))
    done(command("status", named))
    done(command("summarise", named, "-o", "~/table_of.csv"))
    done(command("merge", named, "results=~/merged"))
    assert (home / "table_of.csv").is_file()
    assert (home / "merged" / "mine" / folder.name).is_dir()


def test_a_home_that_is_not_known_is_named(command, home):
    message = command(*RUN, "results=~nobody_of_that_name/x").error
    assert message == "~nobody_of_that_name/x: there is no home folder of that name; write the path in full."
    with pytest.raises(RequestError, match="no home folder of that name"):
        resources.given("~nobody_of_that_name")
