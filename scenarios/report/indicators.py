"""Page of indicators in Markdown: early observables that discriminate between futures and theories."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from scenarios.analysis.indicators import ACROSS, DAYS, LEAST, describe_future, indicators, informative, spelled
from scenarios.config.user_inputs import own_lines
from scenarios.outcomes import LEVEL, OUTCOMES
from scenarios.runs.result import Result

SHOWN = 3  # indicators listed for one future under one theory

CONFIDENT = 0.05  # adjusted p value from which an indicator is marked as uncertain

UNTESTED = (
    f"Nothing can be tested: no future leaves {LEAST} replications on either side in both halves of the draws. Run "
    "more (ensemble=standard, or ensemble.replications=2000)."
)

UNTESTED_ACROSS = "One theory was run, or too few replications of each: no theories can be distinguished."


def page(result: Result, days: float = DAYS) -> str:
    """Compose the page: how to read it, the indicators under every theory, and those that distinguish theories."""
    tested = indicators(result, days)
    listed = informative(tested)
    lines = [*_head(result, tested, days), ""]
    for theories, section in _sections(result.theories, tested, listed).items():
        lines += [f"## {_theory_heading(theories, len(result.theories))}", "", *section]
    lines += ["## Which theory holds", "", *_of_theory(tested, listed, ACROSS)]
    return "\n".join([*lines, *_foot(result, tested, listed)])


def _sections(
    theories: Sequence[str], tested: pd.DataFrame, listed: pd.DataFrame
) -> Mapping[tuple[str, ...], list[str]]:
    """Sections by theory; theories with the same indicators share one."""
    sections = {theory: list(_of_theory(tested, listed, theory)) for theory in theories}
    return {tuple(name for name in theories if sections[name] == lines): lines for lines in sections.values()}


def _theory_heading(theories: tuple[str, ...], whole: int) -> str:
    if whole == 1:
        return f"Under the one theory that was run, {theories[0]}"
    return f"If {theories[0]} holds" if len(theories) == 1 else f"If any of {', '.join(theories)} holds"


def _head(result: Result, tested: pd.DataFrame, days: float) -> list[str]:
    start = date.fromisoformat(result.manifest["as_of"])
    window = float(tested["days"].iloc[0]) if len(tested) else days
    until = start + timedelta(days=int(window) - 1)
    return [
        f"# What to watch: {result.scenario} as of {start}, world {result.manifest['world']}",
        "",
        f"Which quantities seen in the first {window:g} days (until {until}, whole periods of the series) predict the "
        f"rest of the {result.manifest['request']['horizon']:g} days? Only quantities that an observer could count are "
        "used; a future is defined by the days after alone. Thresholds were chosen on one half of the draws; every "
        f"number comes from the other half{_tested_on(tested)}.",
    ]


def _tested_on(tested: pd.DataFrame) -> str:
    within = tested[tested["theory"] != ACROSS]
    return f", about {within['n'].median():,.0f} replications of a theory" if len(within) else ""


def _of_theory(tested: pd.DataFrame, listed: pd.DataFrame, theory: str) -> Iterator[str]:
    """Lines on the best indicators of every future under a theory, or that there are none."""
    futures = listed[listed["theory"] == theory]
    if not (tested["theory"] == theory).any():
        yield from (UNTESTED_ACROSS if theory == ACROSS else UNTESTED, "")
        return
    for future, rows in futures.groupby("future", sort=False):
        yield f"**{_future_heading(rows.iloc[0], str(future))}**"
        yield ""
        yield from (f"- {describe_indicator(row)}" for row in rows.head(SHOWN).to_dict("records"))
        yield from [f"- {len(rows) - SHOWN} more, weaker"] if len(rows) > SHOWN else []
        yield ""
    if futures.empty:
        days = tested["days"].iloc[0]
        yield f"Nothing observable in {days:g} days separates these {'theories' if theory == ACROSS else 'futures'}."
        yield ""


def _future_heading(row: pd.Series, future: str) -> str:
    """Describe a future with its prior share."""
    if row["theory"] == ACROSS:
        question, _, pole = future.partition(".")
        return f"The pole `{pole}` of the question {question}: {_share(row['share'])} of what was run"
    return f"{describe_future(future, row['exceeds'])} in the days after: {_share(row['share'])} of futures"


def describe_indicator(row: Mapping[str, Any]) -> str:
    """Describe one indicator in a sentence."""
    mark = "" if row["adjusted"] < CONFIDENT else " Uncertain after adjustment for the number of comparisons."
    return (
        f"If {_seen(row)} in the first {row['days']:g} days, it becomes {_share(after(row['share'], row['lr_plus']))} "
        f"(odds times {_factor(row, 'lr_plus')}); if not, {_share(after(row['share'], row['lr_minus']))} "
        f"(times {_factor(row, 'lr_minus')}). Area {row['auc']:.2f} ({row['auc_low']:.2f}-{row['auc_high']:.2f}).{mark}"
    )


def after(share: float, ratio: float) -> float:
    """Return a probability after its odds are multiplied by a ratio."""
    return share * ratio / (1.0 - share + share * ratio)


def _seen(row: Mapping[str, Any]) -> str:
    name, side = str(row["indicator"]), "more" if row["direction"] == "above" else "fewer"
    words, limit = spelled(name), row["threshold"]
    if OUTCOMES[name].kind == LEVEL:
        return f"the mean of {words} is {'above' if side == 'more' else 'below'} {limit:,.3g}"
    if side == "more" and limit == 0:
        return f"any {words} are seen"
    if side == "more" and limit == 1:
        return f"2 or more {words} are seen"
    return f"no {words} are seen" if side == "fewer" and limit == 1 else f"{side} than {limit:,.0f} {words} are seen"


def _factor(row: Mapping[str, Any], name: str) -> str:
    value, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    return f"{value:.1f}, {low:.1f}-{high:.1f}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _foot(result: Result, tested: pd.DataFrame, listed: pd.DataFrame) -> list[str]:
    sure = int((listed["adjusted"] < CONFIDENT).sum())
    return [
        f"{len(tested):,} comparisons were made; at most about {0.025 * len(tested):.0f} would be listed by chance "
        f"alone, {len(listed):,} are, and {sure:,} of them are significant at 5 per cent after adjustment for the "
        "number of comparisons (Benjamini and Hochberg).",
        "",
        *own_lines(result.manifest),
        f"Rests on {result.manifest['grades']}.",
        "",
        f"{result.manifest['caveat']} An indicator separates futures of this model under its assumptions; nothing here "
        "implies that it causes them. docs/watch.md explains the numbers.",
    ]
