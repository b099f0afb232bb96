"""Faults of seeds/ are named by file, key and reason."""

import re
from pathlib import Path

import pytest

from scenarios.errors import RequestError
from scenarios.evidence.mechanisms import mechanisms
from tests.evidence.consistency import check_all

BROKEN = [
    ("claims.csv", "2024,38,us_forces,iran_aligned_factions,ret", "2024,380,us_forces,iran_aligned_factions,ret",
     r"seeds/claims.csv: S004-42.line: is 380, outside \[1, 40\] \(line 251\)"),
    ("claims.csv", "2024,9,us_forces,coalition", "2024,9,us_force,coalition",
     r"claims.csv: S004-03.actor: is 'us_force', which is not valid. Did you mean us_forces"),
    ("claims.csv", "S000-02,", "S000-01,", r"claims.csv: S000-01: appears twice"),
    ("claims.csv", "S000-02,", "S00-02,", r"claims.csv: S00-02.claim_id: is 'S00-02'; it must be as S000-01"),
    ("claims.csv", ",strength\n", ",firmness\n", r"claims.csv: strength: column missing"),
    ("claims.csv", "2024-01-04,2024-01-25,+,3", "2024-01-34,2024-01-25,+,3",
     r"claims.csv: S004-08.period_start: is '2024-01-34'; it must be a date"),
    ("claims.csv", "2024-01-04,2024-01-25,+,3", "2024-01-04,2023-12-25,+,3",
     r"claims.csv: S004-08.period_end: is 2023-12-25, before its start 2024-01-04"),
    ("claims.csv", "2024-01-04,2024-01-25,+,3", "2024-01-04,2024-01-25,+,4",
     r"S004-08.strength: is 4, outside \[1, 3\]"),
    ("claims.csv", "2024-01-04,2024-01-25,+,3", "2024-01-04,2024-01-25,plus,3", r"S004-08.polarity: is 'plus'"),
    ("claims.csv", ",80,percent_of_coalition,", ",eighty,percent_of_coalition,", r"S004-03.value: is 'eighty'"),
    ("claims.csv", ",80,percent_of_coalition,", ",80,,", r"S004-03.unit: is empty beside the value 80"),
    ("claims.csv", "US troops make up 80 percent", "US troops, it says, make up 80 percent",
     r"claims.csv: line 212: has 17 cells, not 15"),
    ("sources.yaml", "lines: 40", "lines: many", r"sources.yaml: S004.lines: is 'many'"),
    ("sources.yaml", "  leaning: >-\n    A regional", "  lean: >-\n    A regional",
     r"sources.yaml: S004.lean: is unknown. Did you mean leaning"),
    ("mechanisms.yaml", "claims: [S004-48]", "claims: [S004-49]",
     r"mechanisms.yaml: M26.claims: cites S004-49, which is not a claim. Did you mean S004-4\d"),
    ("mechanisms.yaml", "sign: '-'", "sign: minus", r"mechanisms.yaml: M05.sign: is 'minus'"),
    ("mechanisms.yaml", "  who: Iran\n  whom: Kurdistan Region", "  whom: Kurdistan Region",
     r"mechanisms.yaml: M26.who: is missing"),
    ("mechanisms.yaml", "coercion.fear_added", "coercion.fear_aded",
     r"mechanisms.yaml: M08.rules: \S*coercion.fear_aded is not in the code. Did you mean \S*fear_added"),
    ("mechanisms.yaml", "levers: [detente]", "levers: [detent]", r"M05.levers: names detent, .* Did you mean detente"),
    ("mechanisms.yaml", "    - agents.mechanisms.exposure.pull\n", "",
     r"rules.yaml: agents.mechanisms.exposure.pull: is a rule that seeds do not know"),
    ("rules.yaml", "agents.mechanisms.insurgency.spell:", "agents.mechanisms.insurgency.grown:",
     r"rules.yaml: agents.mechanisms.insurgency.grown: also carries M2\d"),
    ("rules.yaml", "origin: literature", "origin: books",
     r"rules.yaml: agents.mechanisms.contagion.excited.origin: is 'books'"),
    ("disagreements.yaml", "parameters: [announcement_cover,", "parameters: [announcement_covers,",
     r"disagreements.yaml: D8.parameters: names announcement_covers, .* Did you mean announcement_cover"),
    ("disagreements.yaml", "theories: [command]", "theories: [commands]", r"D9.theories: names commands"),
    ("disagreements.yaml", "claims: [S002-32]", "claims: [S002-31]",
     r"D11.positions: differ from the rows of hypotheses.csv"),
    ("disagreements.yaml", "poles: [army.alone,", "poles: [army.lone,",
     r"D5.positions.alone.held_by.poles: names army.lone, .* Did you mean army.alone.*\n.*lacks army.alone, which"),
    ("disagreements.yaml", "held_by: {low: [cabinet_fall_rate]}", "held_by: {low: [cabinet_formation_time]}",
     r"D11.positions.steered.held_by.low: names cabinet_formation_time, which does not exist"),
    ("disagreements.yaml", "held_by: {levers: [role=combat]}", "held_by: {levers: [rule=combat]}",
     r"D15.positions.december_2021.held_by.levers: names rule, .* Did you mean role"),
    ("disagreements.yaml", "held_by: {levers: [role=combat]}", "held_by: {}",
     r"D15.positions.december_2021.held_by: names no pole, parameter or lever"),
    ("disagreements.yaml", "held_by: {low: [cabinet", "held: {low: [cabinet",
     r"D11.positions.steered.held: is unknown. Did you mean held_by"),
    ("theories.yaml", "neutral: [both]", "neutral: [bath]",
     r"theories.yaml: strikes.neutral: 'bath' is not a pole. Did you mean both"),
    ("theories.yaml", "neutral: [both]", "neutral: both", r"strikes.neutral: is 'both'; it must be a list"),
    ("theories.yaml", "hypothesis: D2", "hypothesis: Q2", r"aims.hypothesis: is 'Q2'; it must be as H1 or D2"),
    ("theories.yaml", "sets: {us_cost_sensitivity: {quantiles: [0.5, 1]}}",
     "sets: {iranian_baseline_push: {quantiles: [0.5, 1]}}",
     r"theories.yaml: motive: acts on iranian_baseline_push, as aims does"),
    ("reliability.yaml", "kappa: 0.40", "kappa: 0.60",
     r"fields.strength.kappa: is 0.6, outside its interval 0.21 to 0.56 \(line 21, column 25\)"),
    ("reliability.yaml", "agree: 81", "agree: 91", r"fields: has 91 rows that agree on actor, of 90 coded twice"),
    ("reliability.yaml", "rows: 90", "rows: many",
     r"reliability.yaml: sample.rows: is 'many'; it must be a whole number"),
    ("hypotheses.csv", ",0.418,", ",0.500,",
     r"hypotheses.csv: H1.enablers.weight: is 0.5, but the strengths .* give 0.418"),
    ("hypotheses.csv", "S001:11,", "S001:12,",
     r"hypotheses.csv: H1.enablers.by_source: is 'S001:12', but .* 'S001:11'"),
    ("theories.yaml", "short: strikes deter", "short: ''", r"strikes.poles.deter.short: is (''|empty)"),
    ("theories.yaml", "tag: deter\n", "tag: an answer that is far too long for a column\n",
     r"strikes.poles.deter.tag: is '.*'; it must be a text of at most 28"),
    ("theories.yaml", "topic: what US strikes do", "topics: what", r"strikes.topics: is unknown. Did you mean topic"),
    ("patterns.csv", ",cal\n", ",fit\n", r"patterns.csv: P01.use: is 'fit'"),
    ("patterns.csv", "S001-64,,an initial", ",,an initial",
     r"patterns.csv: P05.reference: is empty, and so are its claims"),
    ("facts/troops.csv", "troops,\"US troops, advising and training in Baghdad's and Erbil's service\",S004-33",
     "troops,US troops,press of 2024",
     r"facts/troops.csv: line 10.source: is no claim, but the fact is dated 2024-01; after 2022"),
    ("facts/events.csv", ",kirkuk,", ",kirkut,", r"facts/events.csv: line 5.place: is 'kirkut'.* Did you mean kirkuk"),
    ("unused_claims.yaml", "S000-08:", "S000-09:",
     r"unused_claims.yaml: S000-08: is used by nothing.*\n.*S000-09: is used by"),
    ("actors.yaml", "class: agents.sadrists.Sadrists", "class: agents.sadrists.Sadrist",
     r"actors.yaml: sadrists.class: names agents.sadrists.Sadrist, .*\n.*sadrists.Sadrists: is an agent in the code"),
    ("actors.yaml", "claims: [S004-29]", "claims: []",
     r"actors.yaml: kataib_hezbollah.claims: is empty, but its origin"),
    ("theories.yaml", "weight_of: seam", "weight_of: seams",
     r"theories.yaml: isis.poles: names seams, .* Did you mean seam"),
    ("theories.yaml", "mechanisms: [M10]", "mechanisms: [M31]",
     r"theories.yaml: cites M31, which is no mechanism.*\n.*outbidding.mechanisms: names M31"),
    ("parameters/factions.yaml", "[S003-45, S004-42]", "[S003-45, S004-92]",
     r"parameters/factions.yaml: \S+claims_for: cites S004-92, which is not a claim. Did you mean S004-\d2"),
    ("parameters/measurement.yaml", "no table compares claims with counts. An assumption.",
     "no table compares claims.",
     r"parameters/measurement.yaml: claim_inflation_factor.because: is of grade D and does not state"),
    ("parameters/kurdistan.yaml", "  claims_for: [S004-45, S004-47]\n", "",
     r"kurdistan.yaml: lethal_kurdish_federal_clash_rate.claims_for: is empty, but the belief claims to come from"),
]  # fmt: skip


def test_a_copy_of_seeds_holds_together(seeds: Path):
    check_all()


@pytest.mark.parametrize(
    ("name", "sound", "broken", "message"), BROKEN, ids=[f"{each[0]}-{n}" for n, each in enumerate(BROKEN)]
)
def test_a_fault_is_named_by_file_key_and_reason(seeds: Path, name: str, sound: str, broken: str, message: str):
    file = seeds / name
    text = file.read_text(encoding="utf-8")
    assert sound in text, "the test no longer breaks what it means to break"
    file.write_text(text.replace(sound, broken, 1), encoding="utf-8")
    with pytest.raises(RequestError) as raised:
        check_all()
    assert re.search(message, str(raised.value)), str(raised.value)


@pytest.mark.parametrize(
    "name", ["claims.csv", "sources.yaml", "mechanisms.yaml", "patterns.csv", "unused_claims.yaml"]
)
def test_a_file_that_is_missing_is_named(seeds: Path, name: str):
    (seeds / name).unlink()
    with pytest.raises(RequestError, match=f"seeds/{name}: cannot be read .* restore it"):
        check_all()


def test_every_fault_is_named_at_once(seeds: Path):
    file = seeds / "unused_claims.yaml"
    first, *others = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("S00")]
    file.write_text(f"{first}\n", encoding="utf-8")
    with pytest.raises(RequestError) as raised:
        check_all()
    assert str(raised.value).count("is used by nothing") == len(others) > 1


def test_faults_of_one_file_are_named_together_each_with_its_line(seeds: Path):
    file = seeds / "mechanisms.yaml"
    text = file.read_text(encoding="utf-8").replace("sign: '-'", "sign: minus", 1)
    file.write_text(text.replace("claims: [S004-48]", "claims: [S004-99]").replace("  field:", "  feld:", 1))
    with pytest.raises(RequestError) as raised:
        mechanisms()
    lines = str(raised.value).splitlines()
    written = file.read_text(encoding="utf-8").splitlines()
    assert [line.split(": ")[1] for line in lines] == ["M01.field", "M01.feld", "M05.sign", "M26.claims"]
    for line, sought in zip(lines[1:], ("  feld:", "  sign: minus", "  claims: [S004-99]"), strict=True):
        number, column = map(int, re.search(r"\(line (\d+), column (\d+)\)$", line).groups())
        assert written[number - 1].startswith(sought)
        assert column == 3


def test_of_many_faults_the_first_twenty_are_named(seeds: Path):
    file = seeds / "claims.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",iran,", ",persia,"), encoding="utf-8")
    with pytest.raises(RequestError) as raised:
        mechanisms()
    *lines, last = str(raised.value).splitlines()
    assert len(lines) == 20
    pattern = re.compile(r"seeds/claims.csv: \S+: is 'persia', .* \(line \d+\)")
    assert all(map(pattern.fullmatch, lines))
    assert re.fullmatch(r"... and \d+ more", last)
