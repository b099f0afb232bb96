import numpy as np
import pytest

from scenarios.errors import RequestError
from scenarios.evidence.parameters import beliefs
from scenarios.studies.design import Factor, Sample, Study, study
from scenarios.studies.points import settings
from tests.studies.sweeps import RATE

TWO = {RATE: [0.1, 0.5], "levers.credibility": [0, 1]}


def points(**written):
    return settings(study({"name": "x", **written}), beliefs())


def sample(design="sobol", size=16, factors=TWO, **more):
    return {"design": design, "points": size, "factors": factors, **more}


def test_crossed_factors_give_every_combination_in_order():
    drawn = points(cross={"scenario": ["status_quo", "relabel"], RATE: [0.1, 0.2]})
    assert drawn == [
        {"scenario": name, RATE: rate} for name in ("status_quo", "relabel") for rate in (0.1, 0.2)
    ]  # fmt: skip


@pytest.mark.parametrize("design", ["sobol", "latin_hypercube", "morris", "saltelli"])
def test_a_sample_depends_on_its_seed_alone_and_is_within_its_ranges(design):
    first, again, other = (points(sample=sample(design, seed=seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert all(0.1 <= point[RATE] <= 0.5 and 0 <= point["levers.credibility"] <= 1 for point in first)


@pytest.mark.parametrize(("design", "rows"), [("sobol", 16), ("latin_hypercube", 16), ("morris", 48), ("saltelli", 64)])
def test_a_design_has_as_many_points_as_its_theory_requires(design, rows):
    assert len(points(sample=sample(design))) == rows


def test_a_latin_hypercube_has_one_point_in_every_slice():
    values = np.array([point["levers.credibility"] for point in points(sample=sample("latin_hypercube"))])
    assert sorted((values * 16).astype(int)) == list(range(16))


def test_every_row_of_a_sample_is_crossed():
    drawn = points(cross={"scenario": ["status_quo", "relabel"]}, sample=sample(size=4))
    assert len(drawn) == 8
    assert [point[RATE] for point in drawn[:4]] == [point[RATE] for point in drawn[4:]]


def test_a_prior_is_sampled_at_its_own_quantiles():
    drawn = [point[RATE] for point in points(sample=sample(size=1024, factors={RATE: "prior"}))]
    believed = beliefs()["baseline_attack_rate"]
    for share in (0.1, 0.5, 0.9):
        expected = believed.prior.quantile(np.array(share), believed.bounds)
        assert np.quantile(drawn, share) == pytest.approx(expected, rel=0.02)


def test_part_of_a_prior_is_sampled_between_its_quantiles():
    believed = beliefs()["baseline_attack_rate"]
    low, high = believed.prior.quantile(np.array([0.25, 0.75]), believed.bounds)
    drawn = [point[RATE] for point in points(sample=sample(factors={RATE: {"prior": [0.25, 0.75]}}))]
    assert low <= min(drawn) <= max(drawn) <= high


def test_a_logarithmic_factor_is_even_on_the_log_scale():
    drawn = points(sample=sample(size=1024, factors={RATE: {"low": 0.01, "high": 1.0, "scale": "log"}}))
    assert np.median([point[RATE] for point in drawn]) == pytest.approx(0.1, rel=0.02)


def test_values_are_taken_equally_often():
    drawn = points(sample=sample(factors={"theory.isis": {"values": ["enablers", "spent"]}, RATE: [0.1, 0.2]}))
    assert [point["theory.isis"] for point in drawn].count("spent") == 8


def test_points_against_a_constraint_are_left_out():
    rule = f"`{RATE}` < 0.3 or scenario == 'relabel'"
    drawn = points(cross={"scenario": ["status_quo", "relabel"]}, sample=sample(), constraints=[rule])
    assert {point["scenario"] for point in drawn if point[RATE] >= 0.3} == {"relabel"}
    assert any(point["scenario"] == "status_quo" for point in drawn)


def test_a_table_gives_its_rows(tmp_path):
    file = tmp_path / "design.csv"
    file.write_text(f'scenario,{RATE},theory.isis\nstatus_quo,1e-1,spent\nrelabel,0.25,"[enablers, spent]"\n')
    assert points(table=str(file)) == [
        {"scenario": "status_quo", RATE: 0.1, "theory.isis": "spent"},
        {"scenario": "relabel", RATE: 0.25, "theory.isis": ["enablers", "spent"]},
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({}, ["has no points"]),
        ({"cros": {}}, ["study.cros is unknown", "Did you mean cross"]),
        ({"cross": {"scenarios": ["relabel"]}}, ["study.cross.scenarios is no factor", "Did you mean scenario"]),
        ({"cross": {"ensemble.replications": [1, 2]}}, ["is no factor"]),
        ({"cross": {"scenario": []}}, ["study.cross.scenario is []", "different values"]),
        ({"cross": {"scenario": ["relabel", "relabel"]}}, ["different values"]),
        ({"cross": {"scenario": {"relabel", "surge"}}}, ["study.cross.scenario is {", "must be a list"]),
        ({"sample": {"points": 4, "factors": TWO}}, ["study.sample.design is missing"]),
        ({"sample": sample("sobo")}, ["study.sample.design is 'sobo'", "sobol"]),
        ({"sample": sample(size=12)}, ["12", "powers of two", "8 or 16"]),
        ({"sample": sample(size=0)}, ["study.sample.points is 0"]),
        ({"sample": sample(factors={})}, ["study.sample.factors"]),
        ({"sample": sample(factors={RATE: [0.5, 0.1]})}, [RATE, "low must be below high"]),
        ({"sample": sample(factors={RATE: [0.1, float("nan")]})}, [RATE, "nan"]),
        ({"sample": sample(factors={RATE: {"low": 0, "high": 1, "scale": "log"}})}, ["above 0 on a log scale"]),
        ({"sample": sample(factors={RATE: {"prior": [0.9, 0.1]}})}, ["the first below the second"]),
        ({"sample": sample(factors={RATE: {"prior": [0.1]}})}, [f"{RATE}.prior is [0.1]; give two quantiles"]),
        ({"sample": sample(factors={RATE: {"prior": [0.1, 2.0]}})}, [f"{RATE}.prior[1] is 2, outside [0, 1]"]),
        ({"sample": sample(factors={RATE: {"low": 0.1}})}, [f"{RATE} lacks high"]),
        ({"sample": sample(factors={RATE: {"valu": [0.1]}})}, [f"{RATE}.valu is unknown", "Did you mean values"]),
        ({"sample": sample(factors={RATE: {"values": [1], "low": 0.1}})}, ["has low, values; values excludes"]),
        ({"sample": sample(factors={RATE: {"values": [1, 1]}})}, [f"{RATE}.values is [1, 1]", "different values"]),
        ({"sample": sample(factors={RATE: [-1e308, 1e308]})}, ["too wide to be sampled"]),
        ({"claims": ["H999"], "cross": {RATE: [0.1]}}, ["study.claims[0] is 'H999', which is not a claim"]),
        ({"cross": {f"levers.x{number}": [1] for number in range(1_001)}}, ["study.cross has 1,001 factors"]),
        ({"cross": {RATE: [0.1]}, "constraints": ["x"] * 101}, ["study.constraints has 101 entries; at most 100"]),
        ({"sample": sample(factors={"levers.credibility": "prior"})}, ["only parameters have a prior"]),
        ({"sample": sample(factors={"parameters.baseline_attack_rat": "prior"})}, ["mean baseline_attack_rate"]),
        ({"sample": sample(factors={"parameters.escalation_number_limit": "prior"})}, ["has no prior of one number"]),
        ({"sample": sample(), "table": "x.csv"}, ["both sample and table"]),
        ({"table": "nowhere.csv"}, ["there is no file nowhere.csv"]),
        ({"table": "no\nwhere.csv"}, ["study.table is 'no\\nwhere.csv'; leave out the character '\\n'"]),
        ({"name": "a b", "cross": {RATE: [0.1]}}, ["study.name is 'a b'; it names a folder"]),
        ({"cross": {RATE: [0.1]}, "sample": sample()}, [f"{RATE} is crossed and sampled"]),
        ({"sample": sample(), "constraints": ["`parameters.x` < 1"]}, ["cannot be read", "Factors: ", RATE]),
        ({"sample": sample(), "constraints": [f"`{RATE}` + 1"]}, ["is no comparison"]),
        ({"sample": sample(), "constraints": [f"`{RATE}` > 9"]}, ["none of 16 points"]),
        ({"sample": sample("morris"), "constraints": [f"`{RATE}` > 0"]}, ["loses its meaning"]),
    ],
)  # fmt: skip
def test_a_wrong_description_of_a_study_is_refused_with_key_value_and_bound(written, words):
    with pytest.raises(RequestError) as error:
        points(**written)
    assert all(word in str(error.value) for word in words), error.value


def test_all_faults_of_a_study_are_reported_at_once():
    with pytest.raises(RequestError) as error:
        points(nam="y", cross={"scenari": [1]}, sample=sample("sobo", size=0, factors={RATE: [0.5, 0.1]}))
    assert [line.split()[0] for line in str(error.value).splitlines()] == [
        "study.cross.scenari", "study.sample.design", "study.sample.points", f"study.sample.factors.{RATE}",
        "study.nam",
    ]  # fmt: skip


@pytest.mark.parametrize("model", [Study, Sample, Factor])
def test_every_key_of_a_study_is_described(model):
    assert all(field.description.endswith(".") for field in model.model_fields.values())


def test_the_schema_of_a_study_knows_the_kinds_and_bounds_of_its_keys():
    parts = Study.model_json_schema()["$defs"]
    points, factors = (parts["Sample"]["properties"][name] for name in ("points", "factors"))
    assert (points["type"], points["minimum"], points["maximum"]) == ("integer", 1, 1_000_000)
    assert {"const": "prior"} in factors["additionalProperties"]["anyOf"]
    assert parts["Factor"]["properties"]["scale"]["enum"] == ["linear", "log"]
