"""How far the coding of the claims can be trusted: two codings of a sample, compared."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from scenarios import places
from scenarios.evidence.reading import SeedError, expect, listed, yaml_mapping


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The claims that were coded twice."""

    rows: int
    of: int
    seed: int
    misphrased: int
    all_equal: int
    cells_corrected: int
    rows_corrected: int


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two codings of one field agree, beyond chance, with a 95 per cent interval."""

    field: str
    agree: int
    kappa: float
    low: float
    high: float
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """What is known of the coding, and what is not."""

    sample: Sample
    fields: Mapping[str, Agreement]
    untested: tuple[str, ...]

    @property
    def weakest(self) -> Agreement:
        """The field on which the codings agree least."""
        return min(self.fields.values(), key=lambda each: each.kappa)


@cache
def reliability() -> Reliability:
    """The figures of seeds/reliability.yaml, checked."""
    file = places.seeds() / "reliability.yaml"
    found = yaml_mapping(file)
    expect(file, "", found, {"sample", "fields", "untested"}, set())
    expect(file, "sample", found["sample"], {each.name for each in fields(Sample)}, set())
    for name, count in found["sample"].items():
        if not isinstance(count, int) or count < 0:
            raise SeedError(file, f"sample.{name}", f"is {count!r}; it must be a count")
    sample = Sample(**found["sample"])
    agreements = {name: _agreement(file, name, entry, sample) for name, entry in found["fields"].items()}
    return Reliability(sample=sample, fields=agreements, untested=listed(file, "", found, "untested"))


def _agreement(file: Path, name: str, entry: Mapping[str, Any], sample: Sample) -> Agreement:
    key = f"fields.{name}"
    expect(file, key, entry, {"agree", "kappa", "low", "high"}, {"note"})
    found = Agreement(field=name, **entry)
    if not 0 <= found.agree <= sample.rows:
        raise SeedError(file, f"{key}.agree", f"is {found.agree}, not from 0 to the {sample.rows} rows coded twice")
    if not -1 <= found.low <= found.kappa <= found.high <= 1:
        raise SeedError(
            file, key, f"has a kappa of {found.kappa:g} outside its interval {found.low:g} to {found.high:g}"
        )
    return found
