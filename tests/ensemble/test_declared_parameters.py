"""Declared quantities: bounds are checked when a world is drawn, and errors say what to do."""

from dataclasses import FrozenInstanceError, dataclass, fields, replace

import numpy as np
import pytest

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, declarations, parameter
from agents.parameters import Assumed
from agents.parameters.start import StartState


@dataclass(frozen=True, kw_only=True)
class MilitiaParameters(Parameters):
    """A militia."""

    radicalisation: Quantity = parameter("Grievance gained in a month.", unit="1/month", bounds=(0, 0.2))
    reach: Quantity = parameter("Weight of each site.", unit="1", bounds=(0, 1), labels=("anbar", "erbil"))


def militia(**changes):
    return MilitiaParameters(**{"radicalisation": 0.1, "reach": [0.5, 0.5], **changes})


def test_a_value_out_of_bounds_names_parameter_value_unit_replication_bounds_and_remedy():
    with pytest.raises(ValueError, match="radicalisation") as error:
        militia(radicalisation=np.array([0.1, 0.2, 0.9, -1.0]))
    for part in (
        "MilitiaParameters.radicalisation is 0.9 1/month", "in replication 2", "outside [0, 0.2]", "2 of 4 values",
        "narrow its prior in seeds/parameters/", "widen the bounds with evidence",
    ):  # fmt: skip
        assert part in str(error.value)


@pytest.mark.parametrize("bad", [-1e-12, 0.2000001, np.nan, np.inf])
def test_a_constant_out_of_bounds_or_not_a_number_is_refused(bad):
    with pytest.raises(ValueError, match=r"radicalisation is .* outside \[0, 0.2\]"):
        militia(radicalisation=bad)


def test_a_value_out_of_bounds_names_its_label():
    with pytest.raises(ValueError, match=r"reach is 2 1 for erbil, outside \[0, 1\] \(as in 1 of 2 values\)"):
        militia(reach=[0.5, 2.0])
    with pytest.raises(ValueError, match=r"reach is -1 1 for anbar in replication 1, outside"):
        militia(reach=[[0.5, 0.5], [-1.0, 0.5]])


def test_values_at_their_bounds_are_within_them():
    assert militia(radicalisation=0.2).radicalisation == 0.2
    assert militia(radicalisation=np.array([0.0, 0.2])).radicalisation.tolist() == [0.0, 0.2]


def test_a_quantity_with_labels_needs_a_column_for_each():
    assert militia(reach=np.full((7, 2), 0.5)).reach.shape == (7, 2)
    with pytest.raises(ValueError, match=r"reach has shape \(7, 3\); its columns are \['anbar', 'erbil'\]"):
        militia(reach=np.full((7, 3), 0.5))


def test_parameters_are_constant():
    given = np.array([0.1, 0.2])
    assumed = militia(radicalisation=given)
    given[0] = 0.0
    assert assumed.radicalisation[0] == 0.1
    with pytest.raises(ValueError, match="read-only"):
        assumed.radicalisation[0] = 0.0
    with pytest.raises(FrozenInstanceError):
        assumed.radicalisation = 0.0
    assert isinstance(militia().radicalisation, float)


def test_a_changed_copy_is_checked_again():
    with pytest.raises(ValueError, match="radicalisation is 3"):
        replace(militia(), radicalisation=3.0)


def test_declarations_come_in_order_with_meaning_unit_and_bounds():
    first, second = declarations(MilitiaParameters)
    assert (first.name, first.unit, first.bounds, first.labels) == ("radicalisation", "1/month", (0, 0.2), ())
    assert (second.meaning, second.labels) == ("Weight of each site.", ("anbar", "erbil"))


@pytest.mark.parametrize("kind", [*(each.type for each in fields(Assumed)), StartState], ids=lambda kind: kind.__name__)
def test_every_quantity_of_the_model_says_what_it_means_in_which_unit_and_within_which_bounds(kind):
    for declared in declarations(kind):
        assert declared.meaning.endswith("."), declared.name
        assert declared.unit, declared.name
        assert declared.bounds[0] <= declared.bounds[1], declared.name


def test_no_two_actors_share_the_name_of_a_parameter():
    names = [each.name for actor in fields(Assumed) for each in declarations(actor.type)]
    assert len(names) == len(set(names))
    assert not set(names) & {each.name for each in declarations(StartState)}
