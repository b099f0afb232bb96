"""Options of one's own in ./configs: known by their own name, checked when they are used, named when they are wrong."""

import pytest

import scenarios
from scenarios.errors import RequestError
from tests.requests import ROOT, TINY, WITHDRAWAL, asks

RUN = ("run", WITHDRAWAL, *TINY, "workers=1")
SHIPPED = ROOT / "seeds" / "starts" / "2021-07.yaml"
MINE = "# @package _global_\nscenario: {name: mine, story: One of my own., levers: {enablers: 0.5}}\n"
WAR = "name: war\nstory: A war throughout.\nregime: proxy_war\n"
TWICE = {
    "scenario": MINE.replace("enablers: 0.5", "enablers: 0.5, enablers: 0.5"),
    "world": WAR + "regime: calm\n",
    "theory": "isis: spent\nisis: seam\n",
    "ensemble": "replications: 8\nreplications: 9\nseed: 1\nstep_days: 1\nhorizon: 7\n",
    "study": "name: mine\ncross: {start: [2021-07]}\ncross: {start: [2021-12]}\n",
}


@pytest.fixture
def own(here):
    """Write an option of one's own."""

    def written(group, name, text):
        file = here / "configs" / group / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    return written


def named(name):
    return MINE.replace("name: mine", f"name: {name}")


@pytest.mark.parametrize(
    ("group", "text", "fragment"),
    [
        ("world", WAR.replace("name: war", "name: calm"), "name is 'calm', but the file is mine.yaml"),
        ("world", "defaults: [calm, _self_]\nregime: proxy_war\n", "name is missing, but the file is mine.yaml"),
        ("scenario", named("status_quo"), "name is 'status_quo', but the file is mine.yaml"),
        ("scenario", MINE.replace("name: mine, ", ""), "name is missing, but the file is mine.yaml"),
        ("start", "name: '2021-07'\nfile: other.yaml\n", "name is '2021-07', but the file is mine.yaml"),
        ("study", "name: withdrawal_by_theory\ncross: {start: [2021-07]}\n", "name is 'withdrawal_by_theory'"),
    ],
    ids=["world", "world by default", "scenario", "scenario by default", "start", "study"],
)
def test_an_option_that_would_pass_for_another_is_refused(command, own, here, group, text, fragment):
    own(group, "mine", text)
    words = ("sweep", "+study=mine") if group == "study" else (*RUN, f"{group}=mine")
    message = command(*(("run", "scenario=mine", *TINY) if group == "scenario" else words)).error
    assert f"configs/{group}/mine.yaml: {fragment}" in message
    assert f"would pass for those of another {group}; write `name: mine`, or rename the file" in message
    assert not (here / "results").exists()


def test_a_start_in_a_file_that_has_the_name_of_one_that_ships_is_refused(command, here):
    command("new-start", "2021-07.yaml", "from=2021-12")
    message = command("show", "relabel", "start=2021-07.yaml").error
    assert "2021-07.yaml: a start named 2021-07 ships; give yours a name of its own" in message


def test_a_baseline_that_would_pass_for_another_is_refused(command, own):
    own("scenario", "mine", named("relabel"))
    assert "write `name: mine`" in command(*RUN, "against=mine").error


@pytest.mark.parametrize("group", ["start", "world"])
def test_a_scenario_that_changes_a_world_or_start_that_ships_is_refused(command, own, group):
    own("scenario", "mine", f"{MINE}{group}: {{story: mine}}\n")
    message = command("run", "scenario=mine", *TINY).error
    assert f"mine.yaml: {group} appears beside `scenario:`" in message
    assert f"by `override /{group}: NAME` under `defaults:`" in message


@pytest.mark.parametrize("group", TWICE)
def test_a_key_that_appears_twice_is_named_with_its_file(command, own, group):
    own(group, "mine", TWICE[group])
    words = {"scenario": ("run", "scenario=mine", *TINY), "study": ("sweep", "study=mine")}
    message = command(*words.get(group, (*RUN, f"{group}=mine"))).error
    assert f"configs/{group}/mine.yaml: " in message
    assert "appears twice (line " in message


def test_a_key_that_appears_twice_in_a_shock_is_named(command, own):
    own("scenario", "mine", MINE + "  shocks:\n")
    shocks = "# @package _global_\nscenario:\n  name: mine\n  shocks:\n    - {shock: prison_break, at: 1, at: 2}\n"
    own("scenario", "mine", shocks)
    assert "mine.yaml: at: appears twice (line 5 on); keep one" in command("run", "scenario=mine", *TINY).error


def test_a_broken_world_is_named_where_a_scenario_takes_it(command, own):
    own("scenario", "mine", MINE + "defaults: [{override /world: war}]\n")
    own("world", "war", WAR + "story: twice\n")
    assert "configs/world/war.yaml: story: appears twice" in command("run", "scenario=mine", *TINY).error


DRAFT = MINE.replace("mine", "draft").replace("enablers: 0.5", "enablers: [[2021-02-30, 1]]")


def test_a_broken_draft_stops_no_run_but_its_own(command, own):
    own("scenario", "draft", DRAFT)
    assert command(*RUN).code == 0
    assert "configs/scenario/draft.yaml: is not valid YAML" in command("run", "scenario=draft", *TINY).error


@pytest.mark.parametrize(
    ("group", "text", "fragment"),
    [
        ("scenario", DRAFT, "is not valid YAML (day is out of range for month)"),
        ("scenario", "# @package _global_\nstory: none\n", "has no `scenario:` mapping"),
        ("world", "- war\n", "holds list, not a mapping"),
    ],
)
def test_list_names_the_broken_file_and_lists_all_others(command, own, group, text, fragment):
    own(group, "draft", text)
    result = command("list")
    assert result.code == 0
    (line,) = [line for line in result.out.splitlines() if line.startswith("  draft ")]
    assert "cannot be used: " in line
    assert f"configs/{group}/draft.yaml" in line
    assert fragment in line
    assert "full_withdrawal" in result.out


def test_list_names_the_file_with_a_name_that_ships(command, own):
    own("world", "calm", WAR)
    assert "configs/world/calm.yaml: a world named calm ships; give yours a name of its own" in command("list").out


def test_numbers_and_texts_of_the_wrong_kind_do_not_stop_list(command, own):
    own("ensemble", "mine", "replications: many\n")
    own("theory", "mine", "isis: [1, 2]\n")
    own("scenario", "mine", MINE.replace("One of my own.", "5"))
    assert command("list").code == 0
    result = command("list", "scenarios", "ensembles", "theories")
    assert result.code == 0, result.err
    assert "many replications, None days, seed None" in result.out


def test_a_folder_where_a_file_belongs_is_named_and_stops_nothing_else(command, here):
    (here / "configs" / "scenario" / "mine.yaml").mkdir(parents=True)
    assert "configs/scenario/mine.yaml: cannot be read" in command("list").out
    assert "configs/scenario/mine.yaml: cannot be read" in command("run", "scenario=mine", *TINY).error
    assert command(*RUN).code == 0


@pytest.mark.parametrize("place", ["configs", "configs/scenario"])
@pytest.mark.parametrize("words", [RUN, ("list",), ("show", "relabel")], ids=lambda each: each[0])
def test_a_file_where_a_folder_of_options_belongs_is_refused(command, here, place, words):
    (here / place).parent.mkdir(exist_ok=True)
    (here / place).write_text("")
    result = command(*words)
    assert result.code == 2
    assert f"{place} is a file where a folder of configuration belongs; rename it or move it" in result.err


FAULTS = {
    "scenario": (
        "# @package _global_\nscenario:\n  name: mine\n  story: One.\n  levers:\n    enablers: 5\n    enabler: 1\n"
        "  shocks:\n    - {shock: prison_brek, at: 3, sise: 2}\n    - {shock: prison_break, at: 900}\n  claims: [S1]\n",
        ["claims[0] is 'S1', which is not a claim. Valid: S000-01, ... (line 11, column 12)",
         "levers.enablers is 5, outside [0, 1.1] (line 6, column 5)",
         "levers.enabler is unknown. Did you mean enablers? (line 7, column 5)",
         "shocks[0].shock is 'prison_brek', which is not valid. Did you mean prison_break? (line 9, column 8)",
         "shocks[0].sise is unknown. Did you mean size? (line 9, column 35)",
         "shocks[1].at is 900 (day 900), outside the horizon of 7 days from ... (line 10, column 29)"],
    ),
    "world": (
        "name: mine\nregimes: calm\nintensity: [[0, 1], [3, 9]]\n",
        ["story is missing (line 1, column 1)", "regime is missing (line 1, column 1)",
         "intensity[1] is 9, outside [0, 4] (line 3, column 21)",
         "regimes is unknown. Did you mean regime? (line 2, column 1)"],
    ),
    "ensemble": (
        "name: mine\nreplications: many\nseed: -1\nhorizon: 7\n",
        ["replications is 'many'; it must be a whole number in [1, 10,000,000] (line 2, column 1)",
         "seed is -1, outside [0, 9,223,372,036,854,775,807] (line 3, column 1)",
         "step_days is missing (line 1, column 1)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("group", FAULTS)
def test_all_faults_of_a_file_are_reported_at_once_with_line_and_column(command, own, group):
    text, faults = FAULTS[group]
    file = own(group, "mine", text)
    short = tuple(word for word in TINY if not (group == "ensemble" and word.startswith("ensemble")))
    result = command("run", *(() if group == "scenario" else (WITHDRAWAL,)), f"{group}=mine", *short)
    lines = result.err.strip().removeprefix("error: ").splitlines()
    assert result.code == 2
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults, strict=True):
        first, _, last = fault.partition("...")
        assert line.startswith(f"{file}: {group}.{first}")
        assert line.endswith(last)


@pytest.mark.parametrize("text", ["".join(f"x{number}: 1\n" for number in range(200)), "shocks: [{}]\n"])
def test_no_file_has_more_faults_than_a_screen_takes(command, own, text):
    own("world", "mine", f"{WAR.replace('war', 'mine', 1)}{text.replace('{}', ', '.join(['{shock: x}'] * 200))}")
    lines = command(*RUN, "world=mine").err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "... and 180 more"


def test_faults_at_the_top_of_a_file_are_reported_together(command, own):
    own("scenario", "mine", MINE + "hydra: {}\nworld: {}\ndefaults: [relabel, {override /world: calm}, 3]\n")
    lines = command("run", "scenario=mine", *TINY).err.splitlines()
    places = [line.rpartition("(line ")[2] for line in lines]
    assert places == ["3, column 1)", "4, column 1)", "5, column 12)", "5, column 46)"]


def test_a_value_that_a_word_sets_is_reported_without_a_line_of_the_file(command, own):
    own("scenario", "mine", MINE)
    message = command("run", "scenario=mine", "scenario.levers.enablers=5", *TINY).error
    assert "scenario.levers.enablers is 5, outside [0, 1.1]. (scenario mine is in " in message
    assert message.endswith("configs/scenario/mine.yaml)")
    message = command("run", "scenario=mine", "+scenario.levers.enabler=5", *TINY).error
    assert "scenario.levers.enabler is unknown. Did you mean enablers? (scenario mine is in " in message


def test_a_wrong_key_of_a_study_of_ones_own_is_reported_with_its_file(command, own):
    own("study", "mine", "name: mine\ncros: {start: [2021-07]}\n")
    message = command("sweep", "study=mine").error
    assert "study.cros is unknown. Did you mean cross? (line 2, column 1) (study mine is in " in message


def test_a_key_that_appears_twice_in_a_study_given_as_a_file_is_named(command, here):
    (here / "mine.yaml").write_text(TWICE["study"])
    assert "mine.yaml: cross: appears twice (line 1 on); keep one" in command("sweep", "study=mine.yaml").error


def test_a_wrong_key_on_the_command_line_names_no_file_of_what_ships(command):
    assert " mine is in " not in command(*RUN, "+scenario.levers.trops=1").error


def test_a_start_or_beliefs_with_a_byte_order_mark_is_read(here):
    beliefs = "expert: me\npriors: {baseline_attack_rate: {prior: {fixed: 1}, because: I was there}}\n"
    (here / "start.yaml").write_text(SHIPPED.read_text(), encoding="utf-8-sig")
    (here / "beliefs.yaml").write_text(beliefs, encoding="utf-8-sig")
    request = asks("start=start.yaml", "beliefs=beliefs.yaml")
    assert request.start.date == "2021-07-30"
    assert request.beliefs["baseline_attack_rate"].prior.is_fixed


def test_a_parameter_is_fixed_with_the_plus_and_without_it():
    plain, plus = (asks(f"{sign}parameters.baseline_attack_rate=0.3") for sign in ("", "+"))
    assert plain.given == plus.given == {"baseline_attack_rate": 0.3}


@pytest.mark.parametrize("nothing", ["none", "null"])
def test_beliefs_may_be_none(nothing):
    assert asks(f"beliefs={nothing}").own == ()


def test_a_name_that_is_a_number_is_unknown_from_python_too(here):
    with pytest.raises(RequestError, match="scenario '3' is unknown"):
        scenarios.run(3)


def test_a_start_without_a_reason_is_refused(command, here):
    text = SHIPPED.read_text()
    reason = next(line for line in text.splitlines() if line.startswith("    because: "))
    (here / "mine.yaml").write_text(text.replace(reason, '    because: ""', 1))
    message = command("show", "relabel", "start=mine.yaml").error
    assert "mine.yaml: states.troops_anbar.because: is empty; write a text" in message
