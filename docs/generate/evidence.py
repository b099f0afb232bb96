"""The tables of docs/evidence.md: positions weighed, presets, coverage of the chain, reliability of the coding."""

from collections.abc import Iterator

from docs.generate.coverage import coverage, grades_of, reliability
from docs.generate.regions import code, table
from scenarios.evidence import weights
from scenarios.evidence.claims import claims, sources, sum_points
from scenarios.evidence.disagreements import weighed_poles
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import GRADES, ORIGINS, beliefs
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weights import AGAINST, FOR, NOTHING, TIE, count_points, directions, leading, reversals
from scenarios.explain.questions import position_weights, question_of

Rows = Iterator[tuple[object, ...]]

SILENT, UNDECIDED = ".", "?"


def tables() -> dict[str, str]:
    """Every table of the page, made anew."""
    return {
        "hypotheses": positions("H"), "disagreements": positions("D"), "parameters": parameters(),
        "reliability": agreement(), "presets": presets(), "presets by strength alone": by_strength_alone(),
        "coverage": covered(), "grades": grades(), "left out": left_out(),
    }  # fmt: skip


def positions(kind: str) -> str:
    """Every position of the hypotheses or disagreements, with both weights and what each article has for it."""
    head = ("question", "position", "by strength", "by count", *sources(), "without")
    return table(head, (row for number in weighed_poles() if number.startswith(kind) for row in _positions(number)))


def _positions(number: str) -> Rows:
    by_count = {pole: sum_points(each.claims, by_count=True) for pole, each in weighed_poles()[number].items()}
    for place, of in enumerate(position_weights(number).values()):
        cells = [f"{of.strengths[article]} ({by_count[of.position][article]})" if article in of.strengths else SILENT
                 for article in sources()]  # fmt: skip
        name = f"**{of.position}**" if of.leads else of.position
        question = "" if place else f"{number} {question_of(number)}"
        yield question, name, f"{of.by_strength:.3f}", f"{of.by_count:.3f}", *cells, "" if place else _turns(number)


def _turns(number: str) -> str:
    """The articles without which something else leads, by strength, and by count where that differs."""
    strong, plain = (reversals(number, by_count=by_count) for by_count in (False, True))
    parts = [f"{article}: {then}" for article, then in strong.items()]
    parts += [f"{article}: {then} by count" for article, then in plain.items() if strong.get(article) != then]
    return "; ".join(parts)


def parameters() -> str:
    """Every parameter on which a text speaks: what is for and against its stated sign or size."""
    cited = {name: each for name, each in beliefs().items() if each.claims_for or each.claims_against}
    rows = []
    for name, belief in cited.items():
        strong, plain = (directions(belief, by_count=by_count)[FOR] for by_count in (False, True))
        sides = (_behind(belief.claims_for), _behind(belief.claims_against))
        rows.append((code(name), f"{strong:.3f}", f"{plain:.3f}", *sides))
    return table(("parameter", "by strength", "by count", FOR, AGAINST), rows)


def _behind(names: tuple[str, ...]) -> str:
    by_article = sum_points(names)
    return f"{sum(by_article.values())} ({len(names)}) {' '.join(by_article)}" if names else ""


def presets() -> str:
    """What every preset takes of every question."""
    rows = ((f"{of.number} {name}", *(_taken(each, name) for each in weights.presets()))
            for name, of in hypotheses().items())  # fmt: skip
    return table(("question", *weights.presets()), rows)


def _taken(name: str, question: str) -> str:
    choice = weights.preset(name)[question]
    if choice.decided or not choice.reason:
        return ", ".join(choice.poles) if len(choice.poles) < len(hypotheses()[question].poles) else "all"
    return SILENT if choice.reason == "silent" else UNDECIDED


def by_strength_alone() -> str:
    """What strength alone would have decided, and which is therefore left neutral."""
    return table(("preset", "question", "leads by strength", "strength (claims)"), _by_strength_alone())


def _by_strength_alone() -> Rows:
    for name, article in weights.presets().items():
        for question, choice in weights.preset(name).items():
            number = hypotheses()[question].number
            ahead = leading(count_points(number, only=article)) if article else NOTHING
            if not choice.decided and ahead not in (TIE, NOTHING):
                yield name, question, ahead, weights.describe_points(number, article)


def covered() -> str:
    """Claims, rules, mechanisms and parameters, counted by what supports them."""
    of = coverage()
    otherwise = sum(map(len, of.claims_used_otherwise.values()))
    kinds = ", ".join(f"{kind}s {len(names)}" for kind, names in of.claims_used_otherwise.items())
    without = ", ".join(f"{len(names)} from {origin}" for origin, names in of.rules_without.items() if names)
    rows = (
        ("claims", len(claims()), f"{len(of.claims_with_a_rule)} carried by a rule, {otherwise} used otherwise "
                                  f"({kinds}), {len(of.claims_unused)} used by nothing"),
        ("rules", len(of.rules_with_a_claim) + sum(map(len, of.rules_without.values())),
         f"{len(of.rules_with_a_claim)} with a claim behind them, without one {without or 'none'}"),
        ("mechanisms", len(mechanisms()), f"without parameters {len(of.mechanisms_without_parameters) or 'none'}"),
        ("parameters", len(beliefs()), f"{len(of.parameters_without_claims)} on which no text speaks"),
    )  # fmt: skip
    return table(("", "in all", "of which"), rows)


def grades() -> str:
    """Parameters by origin and grade."""
    rows = ((origin, *(n or SILENT for n in grades_of(origin).values()), sum(grades_of(origin).values()))
            for origin in ORIGINS)  # fmt: skip
    return table(("origin", *GRADES, "all"), rows)


def left_out() -> str:
    """What the chain leaves out, by name."""
    of = coverage()
    rows = [
        *((f"claims without a rule, used by {kind}s", names) for kind, names in of.claims_used_otherwise.items()),
        ("claims used by nothing", of.claims_unused),
        *((f"rules that no text asserts, from {origin}", names) for origin, names in of.rules_without.items()),
        ("mechanisms without parameters", of.mechanisms_without_parameters),
        ("parameters on which no text speaks", of.parameters_without_claims),
    ]
    return table(("what", "which"), ((what, ", ".join(map(code, names))) for what, names in rows if names))


def agreement() -> str:
    """Agreement of the two codings field by field, and what was mended and not tested."""
    of, sample = reliability(), reliability().sample
    rows = ((each.field, f"{each.agree}/{sample.rows}", f"{each.kappa:.2f}", f"{each.low:.2f} to {each.high:.2f}",
             each.note) for each in of.fields.values())  # fmt: skip
    return (
        f"{table(('field', 'agree', 'kappa', '95 % interval', ''), rows)}\n\n"
        f"{sample.misphrased} of {sample.rows} paraphrases were off in attribution, hedge or reference; in all, "
        f"{sample.cells_corrected} cells in {sample.rows_corrected} rows were corrected after the comparison. All "
        f"coded fields agreed in {sample.all_equal} of {sample.rows} rows. Not tested: {'; '.join(of.untested)}."
    )
