"""What would change the answer: theories one by one, switching probabilities, inputs that go with the change."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from scenarios.analysis import Comparison
from scenarios.analysis.associations import Association, associations
from scenarios.analysis.rows import MergedVerdict, OutcomeRow, TheoryGroup
from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import AMERICANS, IRAQIS, PRIMARY, PrimaryOutcome
from scenarios.evidence.parameters import beliefs
from scenarios.plots.tornado import tornado
from scenarios.plots.verdict_forest import ForestRow, forest_figure
from scenarios.report.decisive import describe_reversal
from scenarios.report.headlines import importance, outcomes_of
from scenarios.report.quantities import change_cell
from scenarios.text import name_of, plain_name

MOST_INPUTS = 10

MOST_SCENARIOS = 3  # whose theories are drawn one by one


@dataclass(frozen=True)
class InputsPicture:
    """Inputs that go with the change of one outcome in one scenario under one theory."""

    figure: Figure
    finding: str
    about: str


@dataclass(frozen=True)
class ConditionsSection:
    """Forests by theory, reversals in sentences, inputs."""

    forests: tuple[tuple[Figure, str, str], ...]
    reversals: tuple[str, ...]
    inputs: tuple[InputsPicture, ...]
    is_silent: tuple[str, ...]  # outcomes for which no input goes beyond noise


def section(comparison: Comparison | None) -> ConditionsSection | None:
    """Collect what would change the answer; None without a baseline or with too few runs."""
    if comparison is None or comparison.family.has_too_few:
        return None
    family = comparison.family
    of_first = list(_inputs(comparison, family.scenarios[0]))
    drawn = [picture for picture in of_first if isinstance(picture, InputsPicture)]
    silent = [picture for picture in of_first if isinstance(picture, str)]
    return ConditionsSection(
        forests=tuple(_forest(family, name) for name in family.scenarios[:MOST_SCENARIOS]),
        reversals=tuple(
            describe_reversal(reversal, several=len(family.scenarios) > 1) for reversal in family.reversals
        ),
        inputs=tuple(drawn),
        is_silent=tuple(silent),
    )


def _forest(family: VerdictFamily, scenario: str) -> tuple[Figure, str, str]:
    """Every theory by itself, none merged."""
    rows = [
        ForestRow(OutcomeRow(primary, group, {scenario: cell}), cell, change_cell(cell, brief=True))
        for primary in PRIMARY
        for group, cell in _single(family, scenario, primary)
    ]
    about = "Typical change by theory as a ratio to the baseline: median, 95 % interval (thick), 9 in 10 runs (thin)."
    return forest_figure(rows), f"{plain_name(scenario)}: each theory by itself.", about


def _single(
    family: VerdictFamily, scenario: str, primary: PrimaryOutcome
) -> Iterator[tuple[TheoryGroup, MergedVerdict]]:
    questions = [name for name in family.theories[0] if len({poles[name] for poles in family.theories}) > 1]
    for verdict in family.of(scenario, primary.outcome):
        answers = tuple((name, (family.theories[verdict.theory][name],)) for name in questions)
        yield TheoryGroup((verdict.theory,), answers), MergedVerdict((verdict,))


def _inputs(comparison: Comparison, scenario: str) -> Iterator[InputsPicture | str]:
    """Inputs that go with the largest decided change of either side, under the first theory that decides it."""
    for side in (AMERICANS, IRAQIS):
        sizes = {primary: importance(comparison.family, scenario, primary) for primary in outcomes_of(side)}
        primary = max(sizes, key=lambda one: sizes[one])
        verdicts = comparison.family.of(scenario, primary.outcome)
        theory = next((verdict.theory for verdict in verdicts if verdict.direction.is_decided), 0)
        ranked = _associations(comparison, scenario, primary.outcome, theory)
        words = f"{primary.title}, {plain_name(scenario).lower()}, {name_of(comparison.theories[theory])}"
        if not ranked:
            yield words
            continue
        unit = f"typical change from the {plain_name(comparison.baseline_name).lower()}, number"
        finding = f"{primary.title}: {name_of(ranked[0].parameter)} matters most."
        about = (
            f"{words}: median paired change with an input in its lowest quarter (open) and in its highest (filled). "
            "An association over draws, not an effect; of all inputs tried, those beyond noise (false discoveries 5 %)."
        )
        yield InputsPicture(tornado(ranked[:MOST_INPUTS], unit, "", ""), finding, about)


def _associations(comparison: Comparison, scenario: str, outcome: str, theory: int) -> list[Association]:
    run, baseline = comparison.results[scenario], comparison.baseline
    own, usual = (_by_draw(result.outcomes, theory)[outcome] for result in (run, baseline))
    parameters = _by_draw(run.parameters, theory)
    names = [name for name in parameters.columns if name in beliefs()]
    return associations(parameters, (own - usual).dropna().to_dict(), names)


def _by_draw(frame: pd.DataFrame, theory: int) -> pd.DataFrame:
    return frame[frame["theory"] == theory].set_index("draw")
