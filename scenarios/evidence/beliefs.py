"""An expert's own beliefs in place of the shipped priors."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scenarios import places
from scenarios.errors import nearest
from scenarios.evidence.own import check_claims
from scenarios.evidence.parameters import Belief, belief, beliefs, declared
from scenarios.evidence.reading import SeedError, expect, said, yaml_mapping
from scenarios.priors import Prior

SLACK = 1e-6
OPTIONAL = {"origin", "grade", "claims_for", "claims_against", "reference"}


def own_beliefs(path: str) -> Mapping[str, Belief]:
    """The shipped beliefs with an expert's own in their place; each needs a prior and a reason."""
    file = places.given(path)
    found = yaml_mapping(file)
    expect(file, "beliefs", found, {"expert", "priors"}, set())
    said(file, "expert", found["expert"])
    if not isinstance(found["priors"], dict) or not found["priors"]:
        raise SeedError(file, "priors", "is empty; name at least one parameter and its prior")
    known, shipped = declared(), dict(beliefs())
    for name, entry in found["priors"].items():
        if name not in known:
            raise SeedError(file, f"priors.{name}", f"is not a parameter.{nearest(name, known)}")
        expect(file, f"priors.{name}", entry, {"prior", "because"}, OPTIONAL)
        actor, declaration = known[name]
        theirs = belief(file, actor, declaration, {"origin": "assumption", "grade": "D", **entry})
        check_claims(file, f"priors.{name}", theirs)
        _check_like(file, theirs.prior, shipped[name])
        shipped[name] = replace(theirs, mechanisms=shipped[name].mechanisms, symbol=shipped[name].symbol)
    return shipped


def _check_like(file: Path, mine: Prior, shipped: Belief) -> None:
    """What the model reads once for all replications stays fixed, label by label; shares stay shares."""
    if not shipped.labels or not shipped.prior.is_fixed:
        return
    key, labels = f"priors.{shipped.name}.prior", ", ".join(f"{label}: ..." for label in shipped.labels)
    if not mine.is_fixed or set(mine.numbers) != set(shipped.labels):
        raise SeedError(file, key, f"{mine} is not one number for each label; write {{fixed: {{{labels}}}}}")
    total = sum(mine.numbers.values())
    if abs(sum(shipped.prior.numbers.values()) - 1.0) < SLACK <= abs(total - 1.0):
        raise SeedError(file, key, f"adds up to {total:g}; these are shares and must add up to one")
