"""Seeds, configurations and code compared with one another, both ways; every fault is named by file, key and reason."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from agents.setting import Levers
from docs.generate.coverage import reliability
from scenarios import resources
from scenarios.errors import RequestError, nearest
from scenarios.evidence.actors import actors
from scenarios.evidence.calendar import calendar
from scenarios.evidence.claims import claims, mentioned, unused
from scenarios.evidence.disagreements import disagreements, weighed_poles
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.evidence.parameters import Belief, beliefs, start, starts
from scenarios.evidence.seed_files import SeedError
from scenarios.evidence.theories import hypotheses
from scenarios.explain.coverage import uses
from scenarios.explain.source_code import modules, public_functions, tree

Faults = Iterator[SeedError]

STATES_ASSUMPTION = re.compile(r"assum|judg|guard|chosen", re.IGNORECASE)

MECHANISM = re.compile(r"\bM\d{2}\b")

LABELS = ("role", "legal_basis")  # levers that are labels alone

READ = (".yaml", ".csv", ".py")


def check_all() -> None:
    """Check all of seeds/; RequestError names every fault."""
    if named := faults():
        raise RequestError("\n".join(str(fault) for fault in named))


def faults() -> tuple[SeedError, ...]:
    """Every fault between the files; a fault within one file is raised as it is read."""
    calendar(date.min)
    reliability()
    return tuple(fault for check in CHECKS for fault in check())


def claims_and_mechanisms_that_do_not_exist() -> Faults:
    """Numbers that seeds, configurations and code cite, and that do not exist."""
    for file in _texts():
        words = file.read_text(encoding="utf-8")
        for name in mentioned(words):
            if name not in claims():
                yield SeedError(_shown(file), "", f"cites {name}, which is not a claim.{nearest(name, claims())}")
        for number in sorted(set(MECHANISM.findall(words)) - set(mechanisms())):
            yield SeedError(_shown(file), "", f"cites {number}, which is no mechanism.{nearest(number, mechanisms())}")


def _texts() -> list[Path]:
    folders = [resources.seeds(), resources.configs(), *resources.packages().values()]
    return sorted({file for folder in folders for file in folder.rglob("*") if file.suffix in READ})


def _shown(file: Path) -> Path:
    """The path as SeedError shows it: below seeds/, or below the folder that holds configs/ and the code."""
    return file if resources.seeds() in file.parents else file.relative_to(resources.packages()["agents"].parent)


def claims_unused_or_used_twice() -> Faults:
    """Every claim is used, or listed as unused with a reason, and none is both."""
    file = resources.seeds() / "unused_claims.yaml"
    for name in claims():
        if name not in uses() and name not in unused():
            yield SeedError(file, name, "is used by nothing; cite it where it belongs, or give the reason here")
    for name in unused():
        if name in uses():
            where = ", ".join(f"{use.kind} {use.name}" for use in uses()[name][:3])
            yield SeedError(file, name, f"is used by {where}; take it off this list")


def rules_that_do_not_exist() -> Faults:
    """Every rule that seeds name can be imported, and belongs to a mechanism or to the other rules, not to both."""
    named = {path: ("mechanisms.yaml", number) for number, each in mechanisms().items() for path in each.rules}
    for path in other_rules():
        if path in named:
            yield SeedError(
                resources.seeds() / "rules.yaml", path, f"also carries {named[path][1]}; take it off this list"
            )
        named[path] = ("rules.yaml", path)
    for path, (file, key) in named.items():
        if not importable(path):
            yield SeedError(resources.seeds() / file, f"{key}.rules", f"{path} is not in the code.{_near(path)}")


def importable(dotted: str) -> bool:
    """True if a dotted path leads to a function, method or class that can be imported."""
    module, _, rest = dotted.rpartition(".")
    owner = ""
    if module.rpartition(".")[2][:1].isupper():
        module, _, owner = module.rpartition(".")
    try:
        imported = import_module(module)
    except ImportError:
        return False
    return hasattr(getattr(imported, owner, None) if owner else imported, rest)


def _near(path: str) -> str:
    return nearest(path, public_functions("agents.mechanisms"))


def rules_that_nothing_carries() -> Faults:
    """Every rule of agents/mechanisms that is called is carried by a mechanism, or is one of the other rules."""
    named = {path for each in mechanisms().values() for path in each.rules} | set(other_rules())
    for path, name in public_functions("agents.mechanisms").items():
        if path not in named and name in called():
            reason = "is a rule that seeds do not know; name it under a mechanism, or here with its origin"
            yield SeedError(resources.seeds() / "rules.yaml", path, reason)


@cache
def called() -> frozenset[str]:
    """Names of everything that is called, or passed on to be called, anywhere in the code."""
    nodes = [node for path in modules() for node in ast.walk(tree(path))]
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return frozenset(loaded | {node.attr for node in nodes if isinstance(node, ast.Attribute)})


def mechanisms_without_parameters_or_levers() -> Faults:
    """Every mechanism is named by a parameter, and every lever and mechanism that seeds name exists."""
    file = resources.seeds() / "mechanisms.yaml"
    named = {number for each in beliefs().values() for number in each.mechanisms}
    for number, mechanism in mechanisms().items():
        if number not in named:
            yield SeedError(file, number, "is named by no parameter, so nothing can be varied about it")
        yield from _unknown(file, f"{number}.levers", mechanism.levers, levers())
    for name, belief in beliefs().items():
        yield from _unknown(belief.file, f"{name}.mechanisms", belief.mechanisms, mechanisms())
    for name, theory in hypotheses().items():
        yield from _unknown(resources.seeds() / "theories.yaml", f"{name}.mechanisms", theory.mechanisms, mechanisms())


def levers() -> tuple[str, ...]:
    """Levers that a scenario may set."""
    return (*(each.name for each in fields(Levers)), *LABELS)


def _unknown(file: Path, key: str, names: Iterable[str], valid: Iterable[str]) -> Faults:
    options = tuple(valid)
    for name in names:
        if name not in options:
            yield SeedError(file, key, f"names {name}, which does not exist.{nearest(name, options)}")


def disagreements_that_nothing_carries() -> Faults:
    """Everything that a disagreement names exists; its positions are those of hypotheses.csv, with the same claims."""
    file = resources.seeds() / "disagreements.yaml"
    for number, each in disagreements().items():
        yield from _unknown(file, f"{number}.parameters", each.parameters, beliefs())
        yield from _unknown(file, f"{number}.theories", each.theories, hypotheses())
        yield from _unknown(file, f"{number}.levers", each.levers, levers())
        weighed = {name: set(pole.claims) for name, pole in weighed_poles().get(number, {}).items()}
        if weighed != {name: set(position.claims) for name, position in each.positions.items()}:
            yield SeedError(file, f"{number}.positions", "differ from the rows of hypotheses.csv in names or claims")
    for number in weighed_poles():
        if number.startswith("D") and number not in disagreements():
            yield SeedError(file, number, "is weighed in hypotheses.csv and missing here")


def positions_that_nothing_carries() -> Faults:
    """Each element that carries a position is among the carriers of its disagreement."""
    file = resources.seeds() / "disagreements.yaml"
    for number, each in disagreements().items():
        poles = [
            f"{name}.{pole}" for name in each.theories if name in hypotheses() for pole in hypotheses()[name].poles
        ]
        for name, position in each.positions.items():
            by, key = position.carriers, f"{number}.positions.{name}.held_by"
            yield from _unknown(file, f"{key}.poles", by.poles, poles)
            yield from _unknown(file, f"{key}.high", by.high, each.parameters)
            yield from _unknown(file, f"{key}.low", by.low, each.parameters)
            yield from _unknown(file, f"{key}.levers", (lever.partition("=")[0] for lever in by.levers), each.levers)


def positions_without_a_pole_of_their_own_theory() -> Faults:
    """Each pole of a disagreement's own theory carries the position whose weight it has."""
    file = resources.seeds() / "disagreements.yaml"
    for name, theory in hypotheses().items():
        of = disagreements().get(theory.number)
        positions = of.positions if of else {}
        for pole in (each for each in theory.poles.values() if each.weight_of in positions):
            if f"{name}.{pole.name}" not in positions[pole.weight_of].carriers.poles:
                key = f"{theory.number}.positions.{pole.weight_of}.held_by.poles"
                yield SeedError(file, key, f"lacks {name}.{pole.name}, which theories.yaml gives its weight")


def theories_that_act_on_the_same_parameter() -> Faults:
    """No two questions act on one parameter, for one of them would be lost."""
    taken: dict[str, str] = {}
    for name, theory in hypotheses().items():
        for parameter in {change.parameter for pole in theory.poles.values() for change in pole.changes}:
            other = taken.setdefault(parameter, name)
            if other != name:
                yield SeedError(resources.seeds() / "theories.yaml", name, f"acts on {parameter}, as {other} does")


def theories_without_weights() -> Faults:
    """Every hypothesis is weighed in hypotheses.csv, which has the weight of every pole."""
    file = resources.seeds() / "theories.yaml"
    for name, theory in hypotheses().items():
        rows = weighed_poles().get(theory.number, {})
        if not rows:
            yield SeedError(file, f"{name}.hypothesis", f"is {theory.number}, which hypotheses.csv does not have")
        weighed = [pole.weight_of for pole in theory.poles.values() if pole.weight_of]
        yield from _unknown(file, f"{name}.poles", weighed, rows)
        for pole in rows:
            if pole not in weighed:
                yield SeedError(file, f"{name}.poles", f"has no pole with the weight of {theory.number} {pole}")


def assumptions_without_their_name() -> Faults:
    """Grade D states in words that it is an assumption; what comes from the articles cites them."""
    for name, belief in _believed().items():
        in_words = STATES_ASSUMPTION.search(belief.because)
        by_code = "assumption" in (belief.direction_from, belief.size_from)
        if belief.grade == "D" and not in_words and (belief.origin == "assumption" or not by_code):
            yield SeedError(belief.file, f"{name}.because", "is of grade D and does not state that it is an assumption")
        cites = belief.claims_for or belief.claims_against
        if not cites and (belief.origin == "articles" or belief.direction_from == "texts"):
            yield SeedError(belief.file, f"{name}.claims_for", "is empty, but the belief claims to come from the texts")


def _believed() -> Mapping[str, Belief]:
    states = {f"{name}.{state}": each for name in starts() for state, each in start(name).states.items()}
    return {**beliefs(), **states}


def subclasses(package: str, base: str) -> tuple[str, ...]:
    """Dotted paths of the classes in the modules of a package that derive from a base, by its name alone."""
    return tuple(
        f"{path.removesuffix('.py').replace('/', '.')}.{node.name}"
        for path in modules()
        if path.startswith(f"{package}/")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and base in [ast.unparse(each) for each in node.bases]
    )


def agents_without_an_entry() -> Faults:
    """Every kind of agent in the code is in actors.yaml, and every entry there is in the code."""
    file = resources.seeds() / "actors.yaml"
    coded = subclasses("agents", "EnsembleAgent")
    for name, actor in actors().items():
        yield from _unknown(file, f"{name}.class", (actor.kind,), coded)
    for path in coded:
        if path not in {actor.kind for actor in actors().values()}:
            yield SeedError(file, path, "is an agent in the code and has no entry here; give its origin")


CHECKS = (
    claims_and_mechanisms_that_do_not_exist,
    claims_unused_or_used_twice,
    rules_that_do_not_exist,
    rules_that_nothing_carries,
    mechanisms_without_parameters_or_levers,
    disagreements_that_nothing_carries,
    positions_that_nothing_carries,
    positions_without_a_pole_of_their_own_theory,
    theories_that_act_on_the_same_parameter,
    theories_without_weights,
    assumptions_without_their_name,
    agents_without_an_entry,
)
