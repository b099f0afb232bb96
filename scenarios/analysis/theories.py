"""Theories of a comparison: their names and poles, and the sign of every contrast by theory."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scenarios.evidence.theories import Stratum, hypotheses
from scenarios.runs.result import Result

Poles = Mapping[str, str]

CENTRE = "centre"

HIGHER, LOWER, SAME, UNDECIDED, UNDEFINED = "+", "-", "=", "?", ""

WORDS = {HIGHER: "higher", LOWER: "lower", SAME: "the same", UNDECIDED: "undecided", UNDEFINED: "undefined"}


def one_at_a_time(of: Sequence[Stratum]) -> tuple[Stratum, ...]:
    """Theories with every pole of hypotheses H1-H9, one varied at a time around a centre that comes first.

    The centre has the requested pole of every question; where several are requested, the neutral pole, or the first
    of them if no single pole is neutral.
    """
    known = hypotheses()
    poles_by_question = {name: list(dict.fromkeys(dict(stratum.poles)[name] for stratum in of)) for name in known}
    centre = {name: _centre(poles, known[name].neutral) for name, poles in poles_by_question.items()}
    others = [
        {**centre, name: pole}
        for name, question in known.items()
        if question.number.startswith("H")
        for pole in question.poles
        if pole != centre[name]
    ]
    return tuple(Stratum(tuple(poles.items())) for poles in (centre, *others))


def _centre(poles: Sequence[str], neutral: Sequence[str]) -> str:
    return neutral[0] if len(poles) > 1 and len(neutral) == 1 else poles[0]


def simulated_theories(result: Result) -> list[Poles]:
    """Pole of every question under every theory of a run."""
    return [dict(map(tuple, theory["poles"])) for theory in result.manifest["request"]["theories"]]


def centre_of(strata: Sequence[Poles]) -> int | None:
    """Number of the theory from which every other differs in one question; None unless several questions vary."""
    if len(varied(strata)) < 2:
        return None
    for at, centre in enumerate(strata):
        if all(len(differing_answers(centre, other)) == 1 for other in strata if other != centre):
            return at
    return None


def varied(strata: Sequence[Poles]) -> list[str]:
    """Questions on which theories differ."""
    return [name for name in strata[0] if len({poles[name] for poles in strata}) > 1]


def differing_answers(poles: Poles, other: Poles) -> list[str]:
    """Questions on which two theories differ."""
    return [name for name in poles if poles[name] != other.get(name)]


def theory_names(result: Result) -> list[str]:
    """Short names of a run's theories: those of the run, or the difference from a centre."""
    strata = simulated_theories(result)
    at = centre_of(strata)
    if at is None:
        return result.theories
    return [_apart(stratum, strata[at]) for stratum in strata]


def _apart(stratum: Poles, centre: Poles) -> str:
    """Question and pole in which a theory differs from the centre."""
    questions = differing_answers(stratum, centre)
    return f"{questions[0]} {stratum[questions[0]]}" if questions else CENTRE


def signs(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Sign of every contrast: + and - where its interval excludes zero, = where all replications agree, else ?.

    Columns scenario, baseline, outcome, theory, sign, after_adjusting, mean, low, high, p_adjusted, n; the sign after
    adjusting is that of intervals that hold for all contrasts together.
    """
    kept = ["scenario", "baseline", "outcome", "theory", "mean", "low", "high", "p_adjusted", "n"]
    table = contrasts[kept].assign(
        sign=[_sign(*bounds) for bounds in contrasts[["low", "high"]].to_numpy()],
        after_adjusting=[_sign(*bounds) for bounds in contrasts[["adjusted_low", "adjusted_high"]].to_numpy()],
    )
    return table[[*kept[:4], "sign", "after_adjusting", *kept[4:]]]


def _sign(low: float, high: float) -> str:
    if not (np.isfinite(low) and np.isfinite(high)):
        return UNDEFINED
    if low == high == 0:
        return SAME
    if low > 0:
        return HIGHER
    return LOWER if high < 0 else UNDECIDED


def agreement_table(signs: pd.DataFrame) -> pd.DataFrame:
    """Number of theories under which a contrast has a sign, one row per scenario and outcome.

    Columns scenario, outcome, theories, higher, lower, same, undecided, undefined, higher_adjusted, lower_adjusted,
    agreement (in words).
    """
    rows = []
    for (scenario, outcome), part in signs.groupby(["scenario", "outcome"], sort=False):
        counts = {sign: int((part["sign"] == sign).sum()) for sign in WORDS}
        after = {sign: int((part["after_adjusting"] == sign).sum()) for sign in (HIGHER, LOWER)}
        rows.append(
            {
                "scenario": scenario, "outcome": outcome, "theories": len(part),
                "higher": counts[HIGHER], "lower": counts[LOWER], "same": counts[SAME],
                "undecided": counts[UNDECIDED], "undefined": counts[UNDEFINED],
                "higher_adjusted": after[HIGHER], "lower_adjusted": after[LOWER],
                "agreement": agreement(counts),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def agreement(counts: Mapping[str, int]) -> str:
    """Counts of signs in words: `lower under 7 of 10, undecided under 3`."""
    whole = sum(counts.values())
    ordered = sorted((sign for sign in counts if counts[sign]), key=lambda sign: -counts[sign])
    parts = [f"{WORDS[sign]} under {counts[sign]}{f' of {whole}' if not at else ''}" for at, sign in enumerate(ordered)]
    return ", ".join(parts) + ("; the sign turns" if counts[HIGHER] and counts[LOWER] else "")
