"""An expert's own beliefs in place of the shipped priors."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scenarios.errors import nearest
from scenarios.evidence.parameters import Belief, belief, beliefs, declared
from scenarios.evidence.reading import SeedError, expect, yaml_mapping


def own_beliefs(path: str) -> Mapping[str, Belief]:
    """The shipped beliefs with an expert's own in their place; each needs a prior and a reason."""
    file = Path(path)
    found = yaml_mapping(file)
    expect(file, "beliefs", found, {"expert", "priors"}, set())
    if not isinstance(found["priors"], dict) or not found["priors"]:
        raise SeedError(file, "priors", "is empty; name at least one parameter and its prior")
    known, shipped = declared(), dict(beliefs())
    for name, entry in found["priors"].items():
        if name not in known:
            raise SeedError(file, f"priors.{name}", f"is not a parameter.{nearest(name, known)}")
        expect(file, f"priors.{name}", entry, {"prior", "because"}, {"claims_for", "claims_against", "reference"})
        actor, declaration = known[name]
        theirs = belief(file, actor, declaration, {"origin": "assumption", "grade": "D", **entry})
        shipped[name] = replace(theirs, mechanisms=shipped[name].mechanisms, symbol=shipped[name].symbol)
    return shipped
