"""Names by which several results are told apart."""

from collections.abc import Mapping, Sequence
from typing import Any

FURTHER = ("as_of", "world", "id")


def apart(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """A name each: its scenario, and where that is not enough its as-of date, its world and at last its id."""
    said = [[str(each["scenario"])] for each in manifests]
    for further in FURTHER:
        names = [", ".join(each) for each in said]
        if len(set(names)) == len(names):
            break
        if len({each[further] for each in manifests}) > 1:
            said = [[*words, str(each[further])] for words, each in zip(said, manifests, strict=True)]
    return [", ".join(each) for each in said]
