"""JSON Schemas of the files of a user, from the models that check them."""

import pytest

from scenarios.config.policy import LEVERS
from scenarios.config.request import EnsembleSpec, RecordSpec
from scenarios.config.specs import ScenarioSpec, WorldSpec


def objects(node):
    """Every mapping with fixed keys in a schema."""
    if isinstance(node, dict):
        if node.get("additionalProperties") is False:
            yield node
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from objects(child)


@pytest.mark.parametrize("spec", [ScenarioSpec, WorldSpec, EnsembleSpec, RecordSpec], ids=lambda spec: spec.__name__)
def test_every_key_of_a_schema_has_a_meaning_and_no_other_key_is_allowed(spec):
    mappings = list(objects(spec.model_json_schema()))
    assert mappings
    for mapping in mappings:
        assert mapping["description"]
        assert all(field.get("description") for field in mapping["properties"].values()), mapping["title"]


def test_a_schema_has_the_bounds_defaults_and_names_that_are_checked():
    schema = ScenarioSpec.model_json_schema()
    levers, shock = (schema["$defs"][name]["properties"] for name in ("LeversSpec", "ShockSpec"))
    for name, lever in LEVERS.items():
        number = levers[name]["anyOf"][0]["anyOf"][0]
        assert (number["minimum"], number["maximum"], levers[name]["default"]) == (lever.low, lever.high, lever.usual)
        assert lever.unit in levers[name]["description"]
    assert "prison_break" in shock["shock"]["enum"]
    assert schema["required"] == ["name", "story", "levers"]
    ensemble = EnsembleSpec.model_json_schema()["properties"]
    assert ensemble["horizon"]["type"] == "integer"
    assert (ensemble["step_days"]["minimum"], ensemble["step_days"]["maximum"]) == (0.25, 7.0)
