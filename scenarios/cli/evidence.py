"""`evidence [NAME ...]`: what the five texts assert, how firmly, and how far that can be trusted."""

from collections.abc import Callable, Mapping, Sequence

from scenarios.cli.words import is_help
from scenarios.errors import DONE, RequestError, nearest
from scenarios.evidence import weights as evidence_weights
from scenarios.evidence.claims import claims, sources
from scenarios.evidence.disagreements import readings
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import hypotheses
from scenarios.explain import weights
from scenarios.explain import weights as explain_weights
from scenarios.explain.render import Lines

SECTIONS: Mapping[str, Callable[[], Lines]] = {
    "parameters": weights.parameters_page,
    "coverage": weights.coverage_page,
    "reliability": weights.reliability_page,
    "presets": weights.presets_page,
}

WITHOUT_STRENGTH, WRITE = "--without-strength", "--write"

FLAGS = (WITHOUT_STRENGTH, WRITE)

HELP = """\
usage: python -m scenarios evidence [NAME ...] [--without-strength]

  (nothing)               every position with its weights, coverage and reliability
  H1, D5, isis            one question: every claim behind each of its positions, by article
  realised_fraction_...   one parameter: the claims for and against its stated sign or size
  S001                    one article: what it has for every question, and the preset that follows
  parameters              every parameter on which a text speaks
  coverage                claims without a rule, rules without a claim, parameters by origin and grade
  reliability             how far two codings of the claims agree
  presets                 what theory=s000 ... s004 and theory=neutral take; --write writes configs/theory/
  --without-strength      count every claim one; weights are shown both ways in any case

Weights are not probabilities and never pool theories. A claim: python -m scenarios explain S004-42."""


def main(arguments: Sequence[str]) -> int:
    """Print the pages asked for, or an overview if nothing is named."""
    if is_help(arguments):
        print(HELP)
        return DONE
    names = [word for word in arguments if not word.startswith("-")]
    flags = [word for word in arguments if word.startswith("-")]
    for flag in flags:
        if flag not in FLAGS:
            raise RequestError(f"{flag} is not a flag of evidence.{nearest(flag, FLAGS)}")
    if WRITE in flags:
        print(written(names))
        return DONE
    each_one = WITHOUT_STRENGTH in flags
    pages = [page(name, each_one=each_one) for name in names] or [weights.overview(each_one=each_one)]
    print("\n\n".join("\n".join(lines) for lines in pages))
    return DONE


def written(names: Sequence[str]) -> str:
    """Write the preset files that have drifted, and say so."""
    if list(names) != ["presets"]:
        raise RequestError(f"{WRITE} goes with presets alone: python -m scenarios evidence presets {WRITE}")
    return f"written: {', '.join(evidence_weights.write()) or 'nothing; configs/theory/ is as the rule has it'}"


def page(name: str, *, each_one: bool = False) -> Lines:
    """The page of a name, whatever its case; RequestError names the nearest if there is none."""
    exact = {each.lower(): each for each in known()}.get(plain(name))
    if exact is None:
        raise RequestError(f"evidence: {name!r} is unknown.{_hint(name)}")
    if exact in SECTIONS:
        return SECTIONS[exact]()
    if exact in hypotheses():
        exact = hypotheses()[exact].number
    if exact in readings():
        return explain_weights.question(exact, each_one=each_one)
    if exact in sources():
        return explain_weights.article(exact, each_one=each_one)
    return explain_weights.parameter(exact)


def known() -> tuple[str, ...]:
    """Every name that has a page."""
    return (*readings(), *hypotheses(), *sources(), *SECTIONS, *beliefs())


def plain(name: str) -> str:
    """A name in small letters, a theory's without the group before it and the pole behind it."""
    found = name.lower()
    return found.removeprefix("theory.").replace("=", ".").partition(".")[0] if found.startswith("theory.") else found


def _hint(name: str) -> str:
    if name.upper() in claims():
        return f" A claim has its page in: python -m scenarios explain {name.upper()}."
    near = nearest(name.upper() if any(each.isdigit() for each in name) else name.lower(), known())
    return near if "Did you mean" in near else f" Questions: {', '.join(readings())}; see evidence --help."
