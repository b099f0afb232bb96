"""A study as a page of a notebook: what failed first, what was asked, means by point and theory, a picture, grades."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from scenarios.config.user_inputs import own_texts
from scenarios.evidence.parameters import GRADES
from scenarios.plots import points
from scenarios.plots.points import factor_name
from scenarios.report.notebook import ROWS, SHOWN, boxed, caveat, means, picture, table_of_means
from scenarios.report.page.render import Child, Markup, listed, paragraph, tag
from scenarios.text import name_of, shown

if TYPE_CHECKING:
    from scenarios.studies.dataset import Dataset

DRAWN = "attacks_on_us_sites"

MOST_SETTINGS = 6  # of a factor, that are named

MOST_REASONS = 3  # of points that failed, that are told


def page(study: "Dataset") -> Markup:
    """A page about a study; every value is escaped."""
    heading = f"{name_of(study.name)}, a study as of {', '.join(study.manifest['as_of'])}"
    return tag("div", boxed(_warnings(study)), tag("h3", heading), list(_asked(study)), _means(study),
               picture(points(study, DRAWN)), list(_rests_on(study)))  # fmt: skip


def _warnings(study: "Dataset") -> list[str]:
    """What could not be read and what failed, before anything else."""
    said = [f"Could not be read and is left out: {each}" for each in study.troubles]
    bad = study.failures
    if len(bad):
        reasons = list(dict.fromkeys(bad["reason"]))[:MOST_REASONS]
        said.append(
            f"{len(bad):,} of {len(study.points):,} points failed or are missing; their failed draws are left out of "
            f"every number, and those that failed may not be like the rest. Reasons: {'; '.join(reasons)}."
        )
    return said


def _asked(study: "Dataset") -> Iterator[Child]:
    about = study.manifest
    yield caveat()
    yield paragraph(str(about["study"].get("story", "")))
    worlds = f", world {' / '.join(about['worlds'])}" if "worlds" in about else ""
    seeds = " / ".join(map(str, about["seeds"]))
    yield paragraph(
        f"{about['points']:,} points, {about['replications']:,} replications{worlds}, seed {seeds}. Factors:"
    )
    yield listed(f"{factor_name(name)}: {_settings(study, name)}" for name in study.factors)
    yield from map(paragraph, own_texts(about))


def _settings(study: "Dataset", factor: str) -> str:
    """The settings of a factor, or how many there are between its ends."""
    found, unit = study.points[factor].drop_duplicates(), study.points.attrs["unit"][factor]
    numeric = pd.api.types.is_numeric_dtype(found)
    said = [_setting(each) for each in found]
    ended = f" [{unit}]" if numeric else ""
    if len(said) <= MOST_SETTINGS:
        return f"{', '.join(said)}{ended}"
    return f"{len(said):,} values" + (f" from {shown(found.min())} to {shown(found.max())}{ended}" if numeric else "")


def _setting(value: Any) -> str:
    return shown(value) if isinstance(value, float) else name_of(str(value))


def _means(study: "Dataset") -> Markup:
    """Some headlines by point and theory."""
    found = study.summarised(SHOWN).groupby(["point", "theory"], sort=False)
    rows = [
        (str(point), *_set_at(study, point), str(theory), *means(part.set_index("outcome")))
        for (point, theory), part in islice(found, ROWS)
    ]
    return table_of_means(("point", *map(factor_name, study.factors), "theory"), rows, found.ngroups)


def _set_at(study: "Dataset", point: int) -> Iterator[str]:
    return (_setting(each) for each in study.points.loc[point, study.factors])


def _rests_on(study: "Dataset") -> Iterator[Child]:
    meanings = "; ".join(f"{grade} {words}" for grade, words in GRADES.items())
    yield from (paragraph(f"Rests on {each}. {meanings}.") for each in study.manifest.get("grades", ()))
    yield paragraph("Dataset: ", tag("code", study.manifest["dataset"]))
    yield paragraph("Folder: ", tag("code", str(study.path)))
