"""The rules of the house that no linter knows: discipline of agents, size of functions, words of the domain."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(file for folder in ("agents", "scenarios", "docs") for file in (ROOT / folder).rglob("*.py"))
ACTORS = sorted(file for file in (ROOT / "agents").rglob("*.py") if "ensemble" not in file.parts)
REDUCTIONS = {
    "mean", "std", "var", "median", "quantile", "percentile", "any", "all", "argmax", "argmin", "sort", "argsort",
}  # fmt: skip
RANDOM = {"default_rng", "RandomState", "shuffle", "shuffle_do"}
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(parsed(file))


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in nodes(file) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("file", CODE, ids=named)
def test_no_function_is_long_and_no_module_is(file):
    long = [f"{each.name} {each.end_lineno - each.lineno + 1}" for each in functions(file)
            if each.end_lineno - each.lineno + 1 > LONGEST_FUNCTION]  # fmt: skip
    assert not long, f"longer than {LONGEST_FUNCTION} lines: {long}"
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_most_functions_are_short():
    lengths = sorted(each.end_lineno - each.lineno + 1 for file in CODE for each in functions(file))
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[int(0.95 * len(lengths))] <= 30


@pytest.mark.parametrize("file", CODE, ids=named)
def test_everything_is_annotated(file):
    bare = [
        each.name
        for each in functions(file)
        if each.returns is None
        or any(a.annotation is None for a in (*each.args.args, *each.args.kwonlyargs) if a.arg not in ("self", "cls"))
    ]
    assert not bare


@pytest.mark.parametrize("file", ACTORS, ids=named)
def test_chance_in_agents_comes_from_addressed_luck_alone(file):
    for node in nodes(file):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            assert not (node.attr == "random" and owner in ("np", "numpy", "self", "model", "self.model")), owner
            assert node.attr not in RANDOM
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert "random" not in ast.unparse(node).split()


@pytest.mark.parametrize("file", ACTORS, ids=named)
def test_replications_never_meet_in_agents(file):
    """No reduction over replications: what is summed there is summed over agents or units, from the left."""
    for node in nodes(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REDUCTIONS:
            pytest.fail(f"line {node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "sum":
            assert ast.unparse(node.func.value).startswith("reference"), f"line {node.lineno}: {ast.unparse(node)}"
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)), f"line {node.lineno}"


@pytest.mark.parametrize("file", ACTORS, ids=named)
def test_no_if_depends_on_state(file):
    """`if` is for configuration; what differs between replications is a mask."""
    allowed = ("self.model.closed_loop", "name == FACADE", "not providers", "setting is None")
    for node in nodes(file):
        if isinstance(node, ast.If | ast.IfExp):
            assert ast.unparse(node.test) in allowed, f"line {node.lineno}: if {ast.unparse(node.test)}"


@pytest.mark.parametrize("file", ACTORS, ids=named)
def test_state_is_replaced_and_where_is_written_once(file):
    for node in nodes(file):
        assert not isinstance(node, ast.AugAssign), f"line {node.lineno}: replace state, do not change it in place"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.where":
            assert "mechanisms" in file.parts, f"line {node.lineno}: use choose"


@pytest.mark.parametrize("file", CODE, ids=named)
def test_nothing_is_left_to_do_or_commented_out(file):
    text = file.read_text(encoding="utf-8")
    for word in ("TODO", "FIXME", "XXX", "HACK"):
        assert word not in text


@pytest.mark.parametrize("file", sorted((ROOT / "agents" / "mechanisms").glob("*.py")), ids=named)
def test_every_mechanism_says_what_it_means(file):
    for each in functions(file):
        assert ast.get_docstring(each), each.name
        assert not any(argument.arg == "self" for argument in each.args.args)


@pytest.mark.parametrize("file", [*ACTORS], ids=named)
def test_behaviour_holds_no_numbers_but_bounds_and_units(file):
    """A number in a behaviour is a parameter; zero, one, two and a half are grammar, constants have names."""
    if "parameters" in file.parts:
        pytest.skip("declarations are numbers")
    grammar = {0, 1, 2, 0.5, -1, 4}
    tree = parsed(file)
    named_constants = {
        id(n) for each in tree.body if isinstance(each, ast.Assign | ast.AnnAssign) for n in ast.walk(each)
    }
    numbers = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and id(node) not in named_constants
        and node.value not in grammar
    ]
    assert all(value in (1e-12, 1e-9) for _, value in numbers), numbers  # guards against division by zero


def test_no_machine_path_and_no_address_is_committed():
    forbidden = ("/" + "root/", "/" + "home/", "/" + "work/")
    for file in [*CODE, *ROOT.glob("*.md"), *ROOT.glob("configs/**/*.yaml"), *ROOT.glob("seeds/**/*.yaml")]:
        text = file.read_text(encoding="utf-8")
        assert not any(path in text for path in forbidden), file
