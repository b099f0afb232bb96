"""The texts weighed: every hypothesis and disagreement on two screens, and what the chain to the code leaves out."""

import textwrap
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

from scenarios.evidence import weights
from scenarios.evidence.claims import STRENGTHS, Claim, claims, sources
from scenarios.evidence.disagreements import Reading, disagreements, readings
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import GRADES, ORIGINS, beliefs
from scenarios.evidence.theories import Hypothesis, changes_of, hypotheses
from scenarios.evidence.weights import AGAINST, FOR, NOTHING, TIE, counted, directions, leading, points, turns, weighed
from scenarios.explain import render
from scenarios.explain.beliefs import done
from scenarios.explain.coverage import coverage, grades_of, reliability, uses
from scenarios.explain.render import Lines
from scenarios.explain.texts import held

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
        *render.paragraph(INTRODUCTION),
        "",
        *head_row("rival hypotheses", each_one=each_one),
        *table(numbers["H"], each_one=each_one),
        "",
        *head_row("disagreements", each_one=each_one),
        *table(numbers["D"], each_one=each_one),
        "",
        *render.paragraph(NOT_PROBABILITIES),
        *render.section("parameters by origin and grade", grades()),
        *render.section("coverage", render.items(_covered())),
        *render.section("reliability of the coding", render.paragraph(trusted())),
        "",
        *render.paragraph(MORE),
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
    lines = ["How far two codings of the claims agree.", *render.paragraph(trusted()), ""]
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
        *render.section("mended", render.paragraph(mended)),
        *render.section("not tested", [f"  {each}" for each in found.untested]),
    ]


def coverage_page() -> Lines:
    """What the chain leaves out, by name."""
    found = coverage()
    lines = ["What the chain from the texts to the code leaves out.", "", *render.items(_covered())]
    for kind, names in found.claims_used_otherwise.items():
        lines += render.section(f"claims without a rule, used by {kind}s", render.paragraph(", ".join(names)))
    lines += render.section(
        "claims used by nothing; why: explain CLAIM", render.paragraph(", ".join(found.claims_unused))
    )
    for origin, paths in found.rules_without.items():
        lines += render.section(f"rules that no text asserts, from {origin}", [f"  {path}" for path in paths])
    idle = ", ".join(found.mechanisms_without_parameters)
    lines += render.section("mechanisms without parameters", render.paragraph(idle))
    lines += render.section("parameters by origin and grade", grades())
    silent = ", ".join(found.parameters_without_claims)
    return [*lines, *render.section("parameters on which no text speaks", render.paragraph(silent))]


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
    names = weights.presets()
    rows = {q: {name: _cell(name, q) for name in names} for q in hypotheses()}
    widths = {name: max(len(name), *(len(each[name]) for each in rows.values())) for name in names}
    lines = ["Presets: theory=s000 sees the world as S000 does.", *render.paragraph(RULE), ""]
    lines.append(f"  {'question':<18}" + "  ".join(f"{name:<{width}}" for name, width in widths.items()).rstrip())
    for question, each in rows.items():
        cells = "  ".join(f"{each[name]:<{width}}" for name, width in widths.items())
        lines.append(f"  {hypotheses()[question].number:<4}{question:<14}{cells}".rstrip())
    lines += render.section("decided by strength alone, so left neutral", render.items(_by_strength_alone()))
    stale = weights.drifted()
    state = f"{', '.join(stale)} differ from the rule: evidence presets --write" if stale else "as the rule has them"
    return [*lines, "", f"files in configs/theory/: {state}"]


RULE = (
    "Of each question a preset takes the pole that leads among its article's claims alone, both by strength and by "
    "number, for strength is coded poorly; poles that share a row of hypotheses.csv stand side by side. Where the "
    f"article is silent ({SILENT}) or undecided ({UNDECIDED}) it takes the neutral poles, which theory=neutral takes "
    "throughout."
)


def _cell(name: str, question: str) -> str:
    found = weights.preset(name)[question]
    if found.spoken or not found.reason:
        return "|".join(found.poles) if len(found.poles) < len(hypotheses()[question].poles) else "all"
    return SILENT if found.reason == "silent" else UNDECIDED


def _by_strength_alone() -> Iterable[tuple[str, str]]:
    for name, article in weights.presets().items():
        for question, found in weights.preset(name).items():
            number = hypotheses()[question].number
            ahead = leading(counted(number, only=article)) if article else NOTHING
            if not found.spoken and ahead not in (TIE, NOTHING):
                yield f"{name} {question}", f"{ahead} ({weights.standing(number, article)})"


WARNING = (
    "Weights say how firmly five texts assert a position, not how likely it is: they are not probabilities, do not "
    "come from independent sources, and never pool theories. 'str.' counts claims by their strength (1-3), which is "
    "coded with low reliability, 'count' counts every claim one; read nothing into what only one of them shows."
)


def question(number: str, *, each_one: bool = False) -> Lines:
    """A hypothesis or disagreement: its weights, and every claim behind each pole."""
    theories = [each for each in hypotheses().values() if each.number == number]
    switch = f", theory.{theories[0].name}" if theories else ""
    kind = "hypothesis" if number.startswith("H") else "disagreement"
    lines = render.heading(number, f"{kind}{switch}", asked(number))
    lines += [*head_row("question", each_one=each_one), *rows(number, each_one=each_one)]
    for reading in readings()[number].values():
        lines += render.section(f"position {reading.pole}", one_pole(number, reading, theories))
    lines += render.section("leading pole without one article", without(number, each_one=each_one))
    lines += render.section("what presets take", render.items(_taken(theories)))
    return [*lines, "", *render.paragraph(WARNING)]


def one_pole(number: str, reading: Reading, theories: Iterable[Hypothesis]) -> Lines:
    """One pole: what it says, its weights, what stands for it in the model, its claims by article."""
    lines = render.labelled("says", reading.statement)
    lines += render.labelled("weight", render.weighed(reading))
    for theory in theories:
        for pole in (each for each in theory.poles.values() if each.weight_of == reading.pole):
            sets = "; ".join(f"{change.parameter}: {done(change)}" for change in pole.changes)
            lines += render.labelled(
                "switch", f"theory.{theory.name}={pole.name} ({sets or 'every prior as it stands'})"
            )
    if number in disagreements():
        lines += render.labelled("held by", held(disagreements()[number].positions[reading.pole].held_by))
    return [*lines, *by_article(reading.claims)]


def by_article(names: Iterable[str]) -> Lines:
    """Claims under the article that makes them, with strength and paraphrase."""
    cited = [claims()[name] for name in names]
    lines: Lines = []
    for article, strength in points(each.name for each in cited).items():
        mine = [each for each in cited if each.source.name == article]
        lines.append(f"  {article}: strength {strength} in {len(mine)} {'claim' if len(mine) == 1 else 'claims'}")
        lines += render.items((f"  {each.name} [{each.strength}]", _told(each)) for each in mine)
    return lines or ["  no claim"]


def _told(claim: Claim) -> str:
    return f"{claim.says} ({render.spoken(claim.kind)}, line {claim.line})"


def without(number: str, *, each_one: bool) -> Lines:
    """What leads when one article is left out; only articles that matter are named."""
    articles = dict.fromkeys((*turns(number, each_one=each_one), *turns(number, each_one=not each_one)))
    found = [("with all", _both(number)), *((f"without {article}", _both(number, article)) for article in articles)]
    return render.items(found if articles else [*found, ("without any one", "the same")])


def _both(number: str, article: str = "") -> str:
    strong, plain = (led(number, each_one=each_one, without=article) for each_one in (False, True))
    return strong if strong == plain else f"{strong} by strength, {plain} by count"


def _taken(theories: Iterable[Hypothesis]) -> Iterable[tuple[str, str]]:
    for theory in theories:
        for name, article in weights.presets().items():
            found = weights.choice(theory, article)
            yield f"theory={name}", f"{', '.join(found.poles)}" + (f" ({found.reason})" if found.reason else "")


def parameter(name: str) -> Lines:
    """A parameter: which claims speak for its stated sign or size, which against, and how firmly."""
    belief = beliefs()[name]
    lines = render.heading(name, f"parameter of {render.spoken(belief.actor)}", belief.meaning)
    lines += render.labelled("grade", f"{belief.grade}, origin {belief.origin}")
    lines += render.labelled("because", belief.because)
    if not belief.claims_for and not belief.claims_against:
        return [*lines, "", "no claim of the texts speaks for or against it"]
    for way, cited in ((FOR, belief.claims_for), (AGAINST, belief.claims_against)):
        strong, plain = (directions(belief, each_one=ones)[way] for ones in (False, True))
        title = f"{way} the stated sign or size: {strong:.3f} by strength, {plain:.3f} with every claim counted one"
        lines += render.section(title, by_article(cited))
    lines += render.section("changed by", render.items(_changes(name)))
    lines += render.section("stands for positions", render.items(_positions(name)))
    return [*lines, "", *render.paragraph(WARNING)]


def _changes(name: str) -> Iterable[tuple[str, str]]:
    return ((f"theory.{theory.name}={pole.name}", done(change)) for theory, pole, change in changes_of(name))


def _positions(name: str) -> Iterable[tuple[str, str]]:
    for number, each in disagreements().items():
        for position in each.positions.values():
            for way in ("high", "low"):
                if name in getattr(position.held_by, way):
                    yield f"{number} {position.name}, when {way}", position.statement


def article(name: str, *, each_one: bool = False) -> Lines:
    """An article: what it has for every question that it speaks to, by its claims alone, and its preset."""
    found = sources()[name]
    said = [each for each in claims().values() if each.source.name == name]
    lines = render.heading(name, f"{found.kind}, {found.date}", found.title)
    lines += render.labelled("leaning", found.leaning)
    lines += render.labelled("claims", f"{len(said)}: {_strengths(said)}; {_used(said)}")
    asked = [number for number in readings() if any(counted(number, only=name).values())]
    head = head_row("by its claims alone", each_one=each_one)
    lines += ["", *(line.removesuffix("  without") for line in head)]
    lines += [line for number in asked for line in rows(number, each_one=each_one, only=name)]
    silent = ", ".join(each for each in readings() if each not in asked)
    lines += render.section("says nothing on", render.paragraph(silent))
    lines += render.section("without it, of all texts", render.items(_turned(name)))
    taken = weights.preset(name.lower())
    spoken = ((f"theory.{q}={'|'.join(each.poles)}", each.reason) for q, each in taken.items() if each.spoken)
    lines += render.section(f"what theory={name.lower()} takes; the rest is neutral", render.items(spoken))
    return [*lines, "", *render.paragraph(WARNING)]


def _strengths(said: Iterable[Claim]) -> str:
    found = Counter(each.strength for each in said)
    return ", ".join(f"{found[strength]} of strength {strength}" for strength in sorted(STRENGTHS, reverse=True))


def _used(said: Iterable[Claim]) -> str:
    idle = [each.name for each in said if each.name not in uses()]
    return f"used by nothing: {', '.join(idle)}" if idle else "all used"


def _turned(name: str) -> Iterable[tuple[str, str]]:
    for number in readings():
        if name in {*turns(number), *turns(number, each_one=True)}:
            yield number, f"{_both(number)} leads now, then {_both(number, name)}"


ASKED, POLE = 34, 19


def asked(number: str) -> str:
    """The question of a hypothesis or disagreement."""
    if number in disagreements():
        return disagreements()[number].question
    return next(each.question for each in hypotheses().values() if each.number == number)


def head_row(first: str, *, each_one: bool) -> Lines:
    """The lines above the table."""
    articles = " ".join(f"{article:>4}" for article in sources())
    counts = "claims in" if each_one else "strength in"
    top = f"{'':{ASKED + POLE}}{'  weight by':<14}{counts}"
    return [top, f"{first:<{ASKED}}{'  position':<{POLE}}  str. count {articles}  without"]


def table(numbers: Iterable[str], *, each_one: bool = False) -> Lines:
    """The rows of questions, in their order."""
    return [line for number in numbers for line in rows(number, each_one=each_one)]


def rows(number: str, *, each_one: bool = False, only: str = "") -> Lines:
    """One row per pole, the question beside them; `>` marks the pole that leads, in all texts or in one."""
    question = textwrap.wrap(f"{number:<4}{asked(number)}", ASKED - 2, subsequent_indent="    ")
    poles = [pole_row(number, pole, each_one=each_one, only=only) for pole in readings()[number]]
    changes = [f"{article}: {then}" for article, then in turns(number, each_one=each_one).items() if not only]
    blank = " " * max(map(len, poles))
    return [
        f"{text or '':<{ASKED}}{row or blank}  {change or ''}".rstrip()
        for text, row, change in zip_longest(question, poles, changes)
    ]


def pole_row(number: str, pole: str, *, each_one: bool = False, only: str = "") -> str:
    """A pole with its weights, and what each article has for it."""
    ahead = leading(counted(number, each_one=each_one, only=only)) == pole
    strong, plain = (weighed(number, each_one=way, only=only)[pole] for way in (False, True))
    said = points(readings()[number][pole].claims, each_one=each_one)
    cells = " ".join(f"{said.get(article, '.') if only in ('', article) else '':>4}" for article in sources())
    return f"{('> ' if ahead else '  ') + pole:<{POLE}}{strong:>7.3f} {plain:.3f} {cells}"


def led(number: str, *, each_one: bool = False, without: str = "") -> str:
    """What leads, in words."""
    found = leading(counted(number, each_one=each_one, without=without))
    return {TIE: "a tie", NOTHING: "nothing, for no text speaks"}.get(found, found)
