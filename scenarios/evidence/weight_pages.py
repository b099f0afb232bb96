"""The texts weighed: every hypothesis and disagreement on two screens, and what the chain to the code leaves out."""

from collections.abc import Iterable

from scenarios.evidence import page, presets, weight_table
from scenarios.evidence.claims import claims
from scenarios.evidence.coverage import coverage, grades_of
from scenarios.evidence.disagreements import readings
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.page import Lines
from scenarios.evidence.parameters import GRADES, ORIGINS, beliefs
from scenarios.evidence.reliability import reliability
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weighing import AGAINST, FOR, NOTHING, TIE, counted, directions, leading, points

INTRODUCTION = (
    "Each claim speaks with its strength, 1 to 3 (str.), or as one (count). A weight is (0.5 + what speaks for a "
    "position) / (0.5 for each position + what speaks for any); 0.5 a position is the prior, and all there is where "
    "no text speaks. > leads; 'without' names an article without which something else would lead. A dot: the article "
    "is silent."
)
NOT_PROBABILITIES = (
    "Weights say how firmly five texts assert a position, not how likely it is. They are not probabilities, and the "
    "texts are not independent: S001 quotes a few voices many times, S002 and S003 tell of one visit. They never pool "
    "theories: theories run side by side. In D4, D8, D10, D11, D13, D14 and D16 both positions can be true."
)
MORE = (
    "more: python -m scenarios evidence NAME, with NAME a question (H1, D5, isis), a parameter, an article (S001), or "
    "parameters, coverage, reliability, presets; --without-strength shows claims in place of strength"
)
UNDECIDED, SILENT = "?", "."


def overview(*, each_one: bool = False) -> Lines:
    """Every pole of every question, coverage and reliability in short."""
    numbers = {kind: [each for each in readings() if each.startswith(kind)] for kind in "HD"}
    return [
        "What the five texts assert, and how firmly.",
        *page.paragraph(INTRODUCTION),
        "",
        *weight_table.head("rival hypotheses", each_one=each_one),
        *weight_table.table(numbers["H"], each_one=each_one),
        "",
        *weight_table.head("disagreements", each_one=each_one),
        *weight_table.table(numbers["D"], each_one=each_one),
        "",
        *page.paragraph(NOT_PROBABILITIES),
        *page.section("parameters by origin and grade", grades()),
        *page.section("coverage", page.items(_covered())),
        *page.section("reliability of the coding", page.paragraph(trusted())),
        "",
        *page.paragraph(MORE),
    ]


def grades() -> Lines:
    """Parameters by where they come from and how much their size rests on."""
    lines = [f"  {'':<12}" + "".join(f"{grade:>5}" for grade in GRADES) + "  all"]
    for origin in ORIGINS:
        found = grades_of(origin)
        cells = "".join(f"{number or '.':>5}" for number in found.values())
        lines.append(f"  {origin:<12}{cells}{sum(found.values()):>5}")
    return lines


def _covered() -> Iterable[tuple[str, str]]:
    found = coverage()
    otherwise = ", ".join(f"{kind}s {len(names)}" for kind, names in found.claims_used_otherwise.items())
    without = ", ".join(f"{len(names)} from {origin}" for origin, names in found.rules_without.items() if names)
    yield (
        "claims",
        (
            f"{len(claims())}: {len(found.claims_with_a_rule)} carried by a rule, "
            f"{sum(map(len, found.claims_used_otherwise.values()))} used otherwise ({otherwise}), "
            f"{len(found.claims_unused)} used by nothing"
        ),
    )
    yield "rules", f"{len(found.rules_with_a_claim)} with a claim behind them, without one {without or 'none'}"
    yield "mechanisms", f"{len(mechanisms())}, without parameters {len(found.mechanisms_without_parameters) or 'none'}"
    yield "parameters", f"{len(beliefs())}, of them {len(found.parameters_without_claims)} on which no text speaks"


def trusted() -> str:
    """How far the coding can be trusted, in a sentence or two."""
    found, weakest = reliability(), reliability().weakest
    others = sorted(each.kappa for each in found.fields.values() if each is not weakest)
    return (
        f"Two machine codings of {found.sample.rows} of {found.sample.of} claims agree well on who, whom, what and "
        f"sign (kappa {others[0]:.2f} to {others[-1]:.2f}) and poorly on {weakest.field} (kappa {weakest.kappa:.2f}, "
        f"{weakest.low:.2f} to {weakest.high:.2f}); both are by one team, so this is an upper bound. A check by a "
        "native reader of Arabic is owed. Nothing should turn on what the two columns of weights do not share."
    )


def reliability_page() -> Lines:
    """Agreement field by field, and what was not tested."""
    found = reliability()
    lines = ["How far two codings of the claims agree.", *page.paragraph(trusted()), ""]
    lines.append(f"  {'field':<10}{'agree':>8}{'kappa':>8}   95 % interval")
    for each in found.fields.values():
        note = f"   {each.note}" if each.note else ""
        interval = f"{each.low:.2f} to {each.high:.2f}"
        lines.append(f"  {each.field:<10}{each.agree:>5}/{found.sample.rows}{each.kappa:>8.2f}   {interval}{note}")
    sample = found.sample
    mended = (
        f"{sample.misphrased} of {sample.rows} paraphrases were off in attribution, hedge or reference; in all, "
        f"{sample.cells_corrected} cells in {sample.rows_corrected} rows were corrected after the comparison. All "
        f"coded fields agreed in {sample.all_equal} of {sample.rows} rows."
    )
    return [
        *lines,
        *page.section("mended", page.paragraph(mended)),
        *page.section("not tested", [f"  {each}" for each in found.untested]),
    ]


def coverage_page() -> Lines:
    """What the chain leaves out, by name."""
    found = coverage()
    lines = ["What the chain from the texts to the code leaves out.", "", *page.items(_covered())]
    for kind, names in found.claims_used_otherwise.items():
        lines += page.section(f"claims without a rule, used by {kind}s", page.paragraph(", ".join(names)))
    lines += page.section("claims used by nothing; why: explain CLAIM", page.paragraph(", ".join(found.claims_unused)))
    for origin, paths in found.rules_without.items():
        lines += page.section(f"rules that no text asserts, from {origin}", [f"  {path}" for path in paths])
    idle = ", ".join(found.mechanisms_without_parameters)
    lines += page.section("mechanisms without parameters", page.paragraph(idle))
    lines += page.section("parameters by origin and grade", grades())
    silent = ", ".join(found.parameters_without_claims)
    return [*lines, *page.section("parameters on which no text speaks", page.paragraph(silent))]


def parameters_page() -> Lines:
    """Every parameter on which a text speaks: what is for and against its stated sign or size."""
    spoken = {name: each for name, each in beliefs().items() if each.claims_for or each.claims_against}
    width = max(map(len, spoken))
    lines = [
        "What the texts have for the stated sign or size of a parameter, and against it: strength (claims), articles.",
        "The weight is of the stated sign or size, by strength and with every claim counted one.",
        "",
        f"  {'parameter':<{width}}  str. count  for",
    ]
    for name, each in spoken.items():
        strong, plain = (directions(each, each_one=each_one)[FOR] for each_one in (False, True))
        told = _behind(each.claims_for) or "nothing"
        told += f"; {AGAINST} {_behind(each.claims_against)}" if each.claims_against else ""
        lines.append(f"  {name:<{width}} {strong:.3f} {plain:.3f}  {told}")
    return lines


def _behind(names: tuple[str, ...]) -> str:
    by_article = points(names)
    return f"{sum(by_article.values())} ({len(names)}) {' '.join(by_article)}" if names else ""


def presets_page() -> Lines:
    """What every preset takes of every question, the rule, and whether the files follow it."""
    names = presets.presets()
    rows = {q: {name: _cell(name, q) for name in names} for q in hypotheses()}
    widths = {name: max(len(name), *(len(each[name]) for each in rows.values())) for name in names}
    lines = ["Presets: theory=s000 sees the world as S000 does.", *page.paragraph(RULE), ""]
    lines.append(f"  {'question':<18}" + "  ".join(f"{name:<{width}}" for name, width in widths.items()).rstrip())
    for question, each in rows.items():
        cells = "  ".join(f"{each[name]:<{width}}" for name, width in widths.items())
        lines.append(f"  {hypotheses()[question].number:<4}{question:<14}{cells}".rstrip())
    lines += page.section("decided by strength alone, so left neutral", page.items(_by_strength_alone()))
    stale = presets.drifted()
    state = f"{', '.join(stale)} differ from the rule: evidence presets --write" if stale else "as the rule has them"
    return [*lines, "", f"files in configs/theory/: {state}"]


RULE = (
    "Of each question a preset takes the pole that leads among its article's claims alone, both by strength and by "
    "number, for strength is coded poorly; poles that share a row of hypotheses.csv stand side by side. Where the "
    f"article is silent ({SILENT}) or undecided ({UNDECIDED}) it takes the neutral poles, which theory=neutral takes "
    "throughout."
)


def _cell(name: str, question: str) -> str:
    found = presets.preset(name)[question]
    if found.spoken or not found.reason:
        return "|".join(found.poles) if len(found.poles) < len(hypotheses()[question].poles) else "all"
    return SILENT if found.reason == "silent" else UNDECIDED


def _by_strength_alone() -> Iterable[tuple[str, str]]:
    for name, article in presets.presets().items():
        for question, found in presets.preset(name).items():
            number = hypotheses()[question].number
            ahead = leading(counted(number, only=article)) if article else NOTHING
            if not found.spoken and ahead not in (TIE, NOTHING):
                yield f"{name} {question}", f"{ahead} ({presets.standing(number, article)})"
