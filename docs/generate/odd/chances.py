"""Every place in the code where luck is drawn: its address, when, and what becomes of the number."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docs.generate.odd.anatomy import Method, agent_classes, methods_in, phase_of
from scenarios.explain.source_code import modules

COUNTS = {"luck": "step", "over": "step", "series": "occurrence", "nth": "occurrence", "at": "attempt"}

DISTRIBUTIONS = {
    "happens": "Bernoulli",
    "occurrences": "Poisson",
    "normal": "standard normal",
    "lognormal_frailty": "lognormal of mean one",
    "binomial": "binomial",
    "negative_binomial": "negative binomial",
    "categorical": "categorical",
    "truncated_pareto": "truncated Pareto",
    "gamma": "gamma",
    "gammainccinv": "gamma",
    "next_regime": "categorical",
}

OTHERWISE = {"attempt": "the prior", "step": "uniform"}

LEFT_OUT = ("agents/ensemble/", "scenarios/explain/", "scenarios/validation/", "scenarios/evidence/")

Names = Mapping[str, tuple[str, ...]]  # of the agents of each class


@dataclass(frozen=True)
class Chance:
    """A place where luck is drawn."""

    address: str  # with <units> in place of what differs
    pattern: re.Pattern[str]
    method: Method
    counts: str  # what the number counts: a step, an occurrence or an attempt
    made_of_it: str  # expressions in which u is the uniform number

    @property
    def phase(self) -> str:
        """The phase of a day in which it is drawn."""
        return phase_of(self.method)

    @property
    def distribution(self) -> str:
        """The distribution that the number is turned into."""
        words = [DISTRIBUTIONS.get(call, "") for call in re.findall(r"(\w+)\(", self.made_of_it)]
        known = ", ".join(dict.fromkeys(word for word in words if word))
        return known or ("Bernoulli" if " < " in self.made_of_it else OTHERWISE[self.counts])


def chances(names: Names) -> list[Chance]:
    """Every place where luck is drawn, in the order of the modules."""
    return [
        _chance(method, call, names)
        for path in modules()
        if not path.startswith(LEFT_OUT)
        for method in methods_in(path)
        for call in ast.walk(method.node)
        if isinstance(call, ast.Call) and _draws(call, method)
    ]


def matched(places: list[Chance], address: str) -> Chance | None:
    """The place that draws an address: the one whose pattern says most of it in full."""
    fitting = [each for each in places if each.pattern.fullmatch(address)]
    return min(fitting, key=lambda each: each.address.count("<"), default=None)


def _draws(call: ast.Call, method: Method) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in COUNTS:
        return False
    owner = ast.unparse(function.value)
    own = function.attr == "nth" and owner == "self" and method.owner in agent_classes()
    return function.attr == "luck" or own or owner.split(".")[-1] == "luck"


def _chance(method: Method, call: ast.Call, names: Names) -> Chance:
    assert isinstance(call.func, ast.Attribute)
    own = ast.unparse(call.func.value) == "self" and method.owner in agent_classes()
    parts = [*(["self.name", "."] if own else []), *_parts(call.args[0])]
    if call.func.attr == "over":
        unit = ast.unparse(call.args[1]).lower().removesuffix("s")
        parts += [".", f"<{unit}>"]
    counts = COUNTS[call.func.attr]
    agents = names.get(method.owner, ())
    return Chance(
        address="".join(_shown(part, method.owner, agents) for part in parts),
        pattern=re.compile("".join(_matching(part, agents) for part in parts)),
        method=method,
        counts=counts,
        made_of_it="" if counts == "attempt" else _made_of(method.node, call),
    )


def _parts(name: ast.expr) -> list[str]:
    """A name as it is put together: fixed parts, `self.name`, and <units>."""
    if isinstance(name, ast.Constant):
        return [str(name.value)]
    if isinstance(name, ast.JoinedStr):
        return [part for each in name.values for part in _parts(each)]
    text = ast.unparse(name.value if isinstance(name, ast.FormattedValue) else name)
    return [text if text == "self.name" else f"<{text.split('.')[-1]}>"]


def _shown(part: str, owner: str, agents: tuple[str, ...]) -> str:
    if part != "self.name":
        return part
    return agents[0] if len(agents) == 1 else placeholder(owner)


def _matching(part: str, agents: tuple[str, ...]) -> str:
    if part == "self.name":
        return f"(?:{'|'.join(re.escape(each) for each in agents)})"
    return ".+" if part.startswith("<") else re.escape(part)


def placeholder(owner: str) -> str:
    """The placeholder for the name of any agent of a class."""
    return f"<{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', owner).lower()}>"


def _made_of(node: ast.FunctionDef, call: ast.Call) -> str:
    """The calls or comparisons into which a number goes, u in its place."""
    above = {child: parent for parent in ast.walk(node) for child in ast.iter_child_nodes(parent)}
    taken: ast.AST = above[call]
    while not isinstance(taken, ast.Call | ast.stmt):
        taken = above[taken]
    if isinstance(taken, ast.Call):
        return _with_u(taken, ast.unparse(call))
    kept = taken.targets[0] if isinstance(taken, ast.Assign) else None
    if not isinstance(kept, ast.Name):
        return ""
    return " and ".join(_with_u(each, kept.id) for each in _uses(node, kept.id))


def _uses(node: ast.FunctionDef, name: str) -> Iterator[ast.Call | ast.Compare]:
    """The innermost calls and comparisons that a variable enters."""
    outer = [use for use in ast.walk(node) if isinstance(use, ast.Call | ast.Compare) and _names_within(use, name)]
    for use in outer:
        if not any(other in ast.walk(use) for other in outer if other is not use):
            yield use


def _names_within(node: ast.AST, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(node))


def _with_u(node: ast.Call | ast.Compare, text: str) -> str:
    """An expression as written, without its keywords, with u for the uniform number."""
    if isinstance(node, ast.Compare):
        return re.sub(rf"\b{re.escape(text)}\b", "u", ast.unparse(node))
    rest = ", ..." if node.keywords else ""
    inside = ", ".join(ast.unparse(each) for each in node.args).replace(text, "u")
    return f"{ast.unparse(node.func)}({inside}{rest})"
