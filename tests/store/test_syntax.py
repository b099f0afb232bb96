"""One digest of code on every Python: what computes counts, how it is written does not."""

import ast
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scenarios.store import identity, syntax
from scenarios.store.syntax import canonical, digest_of_files
from tests.requests import ROOT

EVERYTHING = '''
"""A module with every statement and expression of Python 3.11."""
from __future__ import annotations
import a.b as c, d
from . import e
from ..f import (g as h, i)
global_: int = 0x1F + 0b11 + 1_000 - -1e-300 * 1e999 // 2j ** 3 % 4 @ 5
text = "a" 'b' """c""" u"d" r"\\e" "\\N{BULLET}\\ud800\\x00é\U0001fae8"
octets = b"\\xff" rb"\\f"
spliced = "a" f"b{x}" "c" f"{y!r:>{width}.2f}d" f"" "" f"{z=}" f"{z = !s:}" f"{{}}" rf"\\{q:\\}" f"{'' 'n'}{w:}"
nested = f"{f'{inner:{width!r}}'}" if False else f'{lambda_(lambda: 1)}{[k for k in {1: 2}]!a}'
joined = (f"one {a} "
          "two" f" {b:%Y-%m-%d} three {c:{d}{e}x}"
          f"{f:{'>'}{10}}")
nothing = None, True, False, ..., (), [], {}, {*()}, {**{}, "k": 1, **more}
first, *rest = starred = [*one, *two]
x += 1; x -= 1; x *= 2; x @= y; x /= 2; x //= 2; x %= 2; x **= 2; x >>= 1; x <<= 1; x &= 1; x ^= 1; x |= 1
(annotated): "text" = 1
obj.attr: int
table[1:2, ::3, ...][*where] = not a and (b or c) if d else ~+e
compared = 1 < 2 <= 3 == 3 != 4 > 3 >= 2 is None is not a in b not in c
if (walrus := f(1, *args, key=2, **kwargs)) > 1:
    pass
elif walrus:
    """A text that is no docstring of anything."""
else:
    del x, y[0], z.a
@decorator
@other(1)
def function(only, also=1, /, usual: int = 2, *args: *Ts, named, default: str = "x", **kwargs: Any) -> "R":
    """A docstring."""
    global global_
    def inner():
        nonlocal only
        yield
        got = yield 1
        yield from (n for n in range(3) if n if not n)
        return lambda p, /, q=1, *r, s, t=2, **u: (p, q)
    return inner, lambda: 0, lambda *, k: k
class Empty: ...
class Documented(Base, metaclass=Meta, **options):
    """Only a docstring."""
async def waits():
    async with one as a, two() as (b, c):
        await a
    async for n in stream():
        continue
    else:
        raise Error from cause
    return [await v async for v in w if v], {k: v async for k, v in w}, {s for s in t}
with (open(a) as b, open(c)): pass
for n in 1, *two:
    while n: break
    else: assert n, "no"
else: raise
try: pass
except (A, B) as error: raise
except: pass
else: pass
finally: pass
try: pass
except* A as group: pass
match command, *others:
    case 1 | -2.5 | 3+4j | "t" "u" | b"v" | None | True: pass
    case [a, [b, *_], (c, *d)] if a: pass
    case {"k": v, 1: 2, **kept}: pass
    case Point(0, y=Y.const) as whole: pass
    case _: pass
'''
EXPECTED = "871d7a0279c3eb1a"
ONE_FILE = (
    "import importlib.util, pathlib, sys\n"
    "spec = importlib.util.spec_from_file_location('syntax', sys.argv[1])\n"
    "module = importlib.util.module_from_spec(spec)\n"
    "spec.loader.exec_module(module)\n"
    "print(module.digest_of_files(pathlib.Path(sys.argv[2]), sys.argv[3:]))\n"
)


def short(source: str) -> str:
    return hashlib.sha256(canonical(source).encode()).hexdigest()[:16]


def other_pythons() -> list[str]:
    """Every Python from 3.11 on that can be started here."""
    named = [shutil.which(f"python3.{minor}") for minor in range(11, 14)]
    kept = sorted(Path.home().glob(".pyenv/versions/3.1[123]*/bin/python"))
    return [str(each) for each in (*named, *kept) if each and _starts(str(each))]


def _starts(python: str) -> bool:
    ended = subprocess.run([python, "-I", "-c", "print(1)"], capture_output=True, text=True, check=False)
    return ended.stdout.strip() == "1"


def test_the_digest_of_every_kind_of_syntax_is_the_one_that_was_written_down():
    assert short(EVERYTHING) == EXPECTED


def test_every_kind_of_node_of_the_oldest_python_is_in_the_trial():
    """Abstract and deprecated kinds, contexts and the roots of other modes apart."""
    unused = {
        "AugLoad", "AugStore", "Bytes", "Ellipsis", "ExtSlice", "FunctionType", "Index", "Interactive", "Expression",
        "NameConstant", "Num", "Param", "Str", "Suite", "TypeIgnore", "expr_context", "slice",
        "ParamSpec", "TypeVar", "TypeVarTuple", "TypeAlias", "TemplateStr", "Interpolation",
    }  # fmt: skip
    kinds = {
        each.__name__ for each in vars(ast).values()
        if isinstance(each, type) and issubclass(each, ast.AST) and not each.__subclasses__()
    }  # fmt: skip
    written = set(re.findall(r'\["(\w+)"', canonical(EVERYTHING))) | {"Constant"}
    assert kinds - unused - written == set()


@pytest.mark.parametrize("python", other_pythons())
def test_every_python_here_comes_to_the_same_digest(python, tmp_path):
    (tmp_path / "every.py").write_text(EVERYTHING, encoding="utf-8")
    folders = [(tmp_path, ["*.py"]), (ROOT, identity.COMPUTES), (ROOT, ["scenarios/**/*.py", "tests/**/*.py"])]
    for folder, patterns in folders:
        ended = subprocess.run(
            [python, "-I", "-c", ONE_FILE, syntax.__file__, str(folder), *patterns],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ended.stderr == ""
        assert ended.stdout.strip() == digest_of_files(folder, patterns)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"""Words."""\nx = 1', "x = 1"),
        ("def f():\n    'words'\n    return 1", "def f(): return 1  # a comment"),
        ("class A:\n    '''words'''", "class A: pass"),
        ("async def f():\n    'words'\n    return 1", "async def f():\n    return 1"),
        ("x = (\n    1 +\n    2,\n)", "x = 1 + 2,"),
        ("x = 'a' 'b'", 'x = "ab"'),
        ("x = u'a'", "x = 'a'"),
        ("x = f'a' 'b' f'{y}' 'c' f'd'", "x = f'ab{y}cd'"),
        ("x = f'{y:}'", "x = f'{y}'"),
        ("x = 1_000", "x = 1000"),
    ],
)
def test_what_computes_the_same_has_the_same_digest(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1", "x = 1.0"), ("x = 1", "x = True"), ("x = 'a'", "x = b'a'"), ("x = '1'", "x = 1"),
        ("x = None", "x = 'None'"), ("x = f'{y}'", "x = f'{y!r}'"), ("x = f'{y}'", "x = '{y}'"),
        ("x = f'{y:>3}'", "x = f'{y:>4}'"), ("x = f'a{y}'", "x = f'{y}a'"), ("return_ = 1", "return_: int = 1"),
        ("def f(a, /): pass", "def f(a): pass"), ("def f(*, a): pass", "def f(a): pass"),
        ("def f(*, a=1): pass", "def f(*, a): pass"), ("x = {**a}", "x = {a: a}"), ("x = [a]", "x = (a,)"),
        ("import a", "import a as b"), ("from . import a", "from .. import a"), ("x += 1", "x = x + 1"),
        ("try: pass\nexcept A: pass", "try: pass\nexcept* A: pass"), ("x = 1 - 2", "x = 1 + 2"),
        ("for x in y: pass", "async def f():\n    async for x in y: pass"), ("x = -0.0", "x = 0.0"),
        ("x = 0.1", "x = 0.10000000000000002"), ("x = 'é'", "x = 'e'"), ("return_ = ...", "return_ = None"),
        ("match x:\n    case [a]: pass", "match x:\n    case a: pass"), ("x = a[1:]", "x = a[:1]"),
        ("def f(): return", "def f(): return None"), ("x = lambda: 1", "x = lambda: 2"), ("x: int", "x: float"),
    ],
)  # fmt: skip
def test_what_computes_something_else_has_another_digest(one, other):
    assert canonical(one) != canonical(other)


def test_the_name_of_a_module_enters_and_its_place_on_the_disk_does_not(tmp_path):
    for place, name in (("one", "a.py"), ("two", "a.py"), ("three", "b.py")):
        (tmp_path / place / "inner").mkdir(parents=True)
        (tmp_path / place / "inner" / name).write_text("x = 1\n")
    one, two, three = (digest_of_files(tmp_path / each, ["**/*.py"]) for each in ("one", "two", "three"))
    assert one == two != three
