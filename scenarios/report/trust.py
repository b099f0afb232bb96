"""How far to trust an answer: grades of the inputs, the weight of few runs, and the worst known miss of the model."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import Measure
from scenarios.report.page.calibrated_language import FAIR, FIRM, WEAK, evidence_level
from scenarios.text import capitalised, join_words, plain_name, significant
from scenarios.validation.verdicts import FAIL, Verdict

TESTED, JUDGED = ("A",), ("C", "D")  # grades of inputs fitted and tested, and of those that are judgement

CONFIDENCE = {WEAK: "Low", FAIR: "Moderate", FIRM: "High"}

MISSES = {
    "P11": ("attacks_on_us_sites", "attacks on US targets of 2019 to 2021"),
    "P12": ("attacks_on_us_sites", "attacks of the Gaza war"),
    "P14": ("attacks_on_us_sites", "attacks of the lull before the Gaza war"),
    "P24": ("us_deaths", "US deaths for 100 attacks"),
    "P26": ("attacks_on_others", "faction attacks on Iraqis after a lost vote"),
}  # check: outcome that it bears on, and what is counted

JUDGEMENT_LED = "judgement-led"

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def trust_sentences(
    family: VerdictFamily,
    manifest: Mapping[str, Any],
    named: Iterable[str],
    recorded: Sequence[Verdict],
    origins: Mapping[str, str] | None = None,
) -> list[str]:
    """Sentences on how far to trust an answer, the most important first.

    manifest    of the baseline
    named       outcomes that the sentences of the answer name
    recorded    verdicts of the checks on record
    origins     start for which a scenario was written, where it is another than here
    """
    alone = ["One theory alone."] if len(family.theories) == 1 else []
    moved = describe_moves(origins or {}, str(manifest["start"]))
    misses = worst_miss(recorded, named, family)
    return [describe_grades(graded(manifest)), *alone, *misses, *moved, *heavy_runs(family)]


def graded(manifest: Mapping[str, Any]) -> dict[str, int]:
    """Number of inputs by grade, as a manifest has them; empty where it does not say."""
    return {grade: int(number) for number, grade in re.findall(r"(\d+) ([A-D])\b", str(manifest.get("grades", "")))}


def judgement_stamp(grades: Mapping[str, int]) -> str:
    """Whether the answer rests on judgement; empty where all inputs are fitted and tested."""
    whole, tested = sum(grades.values()), sum(grades.get(grade, 0) for grade in TESTED)
    if whole and tested == whole:
        return ""
    return f"learnt in part: {tested} of {whole} inputs" if tested else JUDGEMENT_LED


def describe_grades(grades: Mapping[str, int]) -> str:
    """Confidence, the stamp, and the grades in words."""
    whole, tested = sum(grades.values()), sum(grades.get(grade, 0) for grade in TESTED)
    if not whole:
        return f"Low confidence, {JUDGEMENT_LED}: the grades of the inputs are not known."
    judged = sum(grades.get(grade, 0) for grade in JUDGED)
    confidence = f"{CONFIDENCE[evidence_level(grades)]} confidence"
    if tested == whole:
        return f"{confidence}: all {whole} inputs are fitted and tested."
    if tested:
        return f"{confidence}, {judgement_stamp(grades)} are fitted and tested, {judged} are judgement."
    return (
        f"{confidence}, {judgement_stamp(grades)}: none of {whole} inputs is fitted and tested, {judged} are judgement."
    )


def worst_miss(recorded: Sequence[Verdict], named: Iterable[str], family: VerdictFamily) -> list[str]:
    """Sentence on the check that the model misses by the most, among those that bear on the outcomes named."""
    outcomes = set(named)
    poles = {pole for theory in family.theories for pole in theory.values()}
    misses = [
        verdict
        for verdict in recorded
        if verdict.verdict == FAIL and MISSES.get(verdict.name, ("", ""))[0] in outcomes and verdict.theory in poles
    ]
    if not misses:
        return []
    worst = max(misses, key=_distance)
    way = "above" if worst.statistic > worst.band[1] else "below"
    size = f"{significant(worst.statistic)} for {worst.band[0]:g} to {worst.band[1]:g}"
    return [f"{capitalised(MISSES[worst.name][1])} come out {way} the record ({size})."]


def _distance(verdict: Verdict) -> float:
    """Distance of a statistic from its band as a factor, in logs."""
    low, high = verdict.band
    bound = high if verdict.statistic > high else low
    least = 1e-9
    return abs(math.log(max(abs(verdict.statistic), least) / max(abs(bound), least)))


def heavy_runs(family: VerdictFamily) -> list[str]:
    """Sentence on the share of a mean change that few runs carry."""
    decided = [
        verdict
        for verdicts in family.against.values()
        for verdict in verdicts
        if verdict.direction.is_decided and verdict.measure != Measure.POINTS
    ]
    most = max((verdict.carried for verdict in decided), default=0.0)
    return [f"Means lean on few runs: 5 of 100 carry up to {100 * most:.0f} % of a mean change."] if most else []


def describe_moves(origins: Mapping[str, str], start: str) -> list[str]:
    """Sentence on scenarios that were written for another start."""
    if not origins:
        return []
    first, *others = [f"{plain_name(name)}{{}} for {month_of(own)}" for name, own in origins.items()]
    written = join_words([first.format(" was written"), *(other.format("") for other in others)])
    return [f"{written}; {'all begin' if others else 'it begins'} in {month_of(start)} here."]


def month_of(start: str) -> str:
    """Name of a start as a month; a start of another name as it is."""
    matched = re.fullmatch(r"(\d{4})-(\d{2})", start)
    return f"{MONTHS[int(matched[2]) - 1]} {matched[1]}" if matched and 1 <= int(matched[2]) <= 12 else start
