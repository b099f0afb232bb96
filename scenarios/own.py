"""What a table says of choices, files and values of an analyst's own, so that nobody takes it for what ships."""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from scenarios.evidence.own import in_a_few_words
from scenarios.evidence.theories import chosen, strata_of

WIDTH, MOST = 110, 6


def own_lines(manifest: Mapping[str, Any]) -> list[str]:
    """What differs from what ships, a paragraph each; nothing where all is as it ships."""
    return [
        line
        for text in own_texts(manifest)
        for line in textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    ]


def brought(manifests: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What several runs have of an analyst's own, each once."""
    found: list[Mapping[str, Any]] = []
    for each in (own for manifest in manifests for own in manifest.get("own", ())):
        found += [each] if each not in found else []
    return found


def own_texts(manifest: Mapping[str, Any]) -> list[str]:
    """What differs from what ships: the poles of theories held fixed, the loop, and each file of the user's own."""
    request = manifest.get("request", {})
    held = chosen(strata_of(request["theories"])) if "theories" in request else {}
    poles = [f"theory held fixed: {', '.join(f'{name} {pole}' for name, pole in held.items())}"] if held else []
    loop = ["loop closed: events may override the announced path"] if request.get("closed_loop") else []
    return [*poles, *loop, *(_told(each) for each in manifest.get("own", ()))]


def _told(own: Mapping[str, Any]) -> str:
    changes = [_change(name, *pair) for name, pair in own["changed"].items()]
    left = len(changes) - MOST
    more = [f"and {left} more, in manifest.json"] if left > 0 else []
    return f"{in_a_few_words(own)}: {'; '.join([*changes[:MOST], *more])}" if changes else in_a_few_words(own)


def _change(name: str, shipped: str, here: str) -> str:
    return f"{name} {here}, shipped {shipped}"
