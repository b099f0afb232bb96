"""Constraints on design points: comparisons of factors, in a small grammar that executes no code.

Python's parser builds the tree, of signs, brackets, `and`, `or`, `not` and `in` alone: every factor, number and text
is replaced by a placeholder before. The tree is evaluated here, for all points at once.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from itertools import accumulate, pairwise
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import RequestError

Truths = NDArray[np.bool_]

NUMBER, TEXT, TRUTH, LIST = "a number", "a text", "true or false", "a list"

LONGEST, DEEPEST, SHOWN = 2_000, 50, 80  # characters, brackets, characters of a constraint in a message

TOKEN = re.compile(
    r"""\s*+(?:(?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?(?!\w))
    |(?P<text>'[^']*+'|"[^"]*+")|`(?P<quoted>[^`]++)`|(?P<name>[^\W\d]\w*+(?:\.\w++)*+)
    |(?P<mark>[=!<>]=|[<>()\[\],&|~-]))""",
    re.VERBOSE,
)

COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip

SYNONYMS = {"&": "and", "|": "or", "~": "not"}

WORDS = ("and", "or", "not", "in")

OPENING, CLOSING = ("( ", "[ "), (") ", "] ")

TRUTHS = {"true": True, "false": False}

TOO_DEEP = f"it is more than {DEEPEST} brackets and negations deep"

MISSING = "a factor, a number, a text in quotes, a sign or a bracket is missing there"

EXAMPLE = "compare factors as in \"`levers.credibility` > 0.2 or scenario == 'status_quo'\""


class UnreadableError(ValueError):
    """Constraint that cannot be read, and the reason."""


@dataclass(frozen=True)
class Value:
    """Value of a part of a constraint: one for all points, or one per point."""

    kind: str
    data: Any
    written: str


def satisfying(constraints: Sequence[str], columns: Mapping[str, NDArray[Any]]) -> Truths:
    """Whether points satisfy all constraints; RequestError if one cannot be read, or no point is left."""
    satisfied = [_truths_of(text, f"study.constraints[{number}]", columns) for number, text in enumerate(constraints)]
    kept = np.logical_and.reduce(satisfied)
    if not kept.any():
        blamed = _blame(constraints, satisfied)
        raise RequestError(f"study.constraints: none of {kept.size:,} points satisfies {blamed}.")
    return kept


def _blame(constraints: Sequence[str], satisfied: Sequence[Truths]) -> str:
    """Name the constraint that leaves no point, by itself or after those before it."""
    for number, truths in enumerate(satisfied):
        if not truths.any():
            return f"constraint {number} by itself, {_short(constraints[number])}; widen it or the ranges of factors"
    left = [int(truths.sum()) for truths in accumulate(satisfied, np.logical_and)]
    last = left.index(0)
    return (
        f"constraints 0 to {last} together: {left[last - 1]:,} are left by those before {_short(constraints[last])}, "
        "and none by it"
    )


def _truths_of(constraint: str, where: str, columns: Mapping[str, NDArray[Any]]) -> Truths:
    """Whether points satisfy one constraint."""
    try:
        result = ConstraintReader(constraint, columns).whole()
    except UnreadableError as error:
        factors = ", ".join(list(columns)[:12])
        raise RequestError(
            f"{where}: {_short(constraint)} cannot be read, {error}; {EXAMPLE}. Factors: {factors}."
        ) from error
    if result.kind != TRUTH or not isinstance(result.data, np.ndarray):
        raise RequestError(f"{where}: {_short(constraint)} is no comparison of factors, true or false; {EXAMPLE}.")
    return result.data.astype(bool)


def _short(constraint: str) -> str:
    return repr(constraint if len(constraint) <= SHOWN else f"{constraint[:SHOWN]}...")


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and place of every token."""
    place, end = 0, len(text.rstrip())
    while place < end:
        match = TOKEN.match(text, place)
        if match is None:
            place = end - len(text[place:end].lstrip())
            raise UnreadableError(f"it is no comparison at character {place + 1}, {text[place : place + 12]!r}")
        kind = str(match.lastgroup)
        yield kind, SYNONYMS.get(match[kind], match[kind]), match.start(kind)
        place = match.end()


def _line_of(error: SyntaxError, lines: Sequence[str]) -> int:
    """Line of an error; 0 at the end of the text, which versions of Python place differently."""
    line, column = error.lineno or 0, error.offset or 0
    is_inside = 0 < line <= len(lines) and 0 < column <= len(lines[line - 1].rstrip())
    return line if is_inside else 0


class ConstraintReader:
    """Reader of a constraint: its tokens, with placeholders for values, and the value of its tree."""

    def __init__(self, constraint: str, columns: Mapping[str, NDArray[Any]]) -> None:
        self.text, self.columns, self.negations = constraint, columns, 0
        self.tokens: list[tuple[str, int]] = []  # text and place; each has a line of its own in what Python parses
        self.values: dict[str, Value] = {}  # by placeholder

    def whole(self) -> Value:
        """Value of the whole constraint."""
        if len(self.text) > LONGEST:
            raise UnreadableError(f"it has {len(self.text):,} characters, at most {LONGEST:,} are read; write several")
        lines = [self._line(*token) for token in _tokens(self.text)]
        if max(accumulate((line in OPENING) - (line in CLOSING) for line in lines), default=0) > DEEPEST:
            raise UnreadableError(TOO_DEEP)
        try:
            return self.value(ast.parse("\\\n".join(lines), mode="eval").body)
        except SyntaxError as error:
            why = error.msg if "never closed" in error.msg else MISSING
            raise self._misplaced(_line_of(error, lines), why) from None
        except (RecursionError, MemoryError):
            raise UnreadableError(TOO_DEEP) from None

    def _line(self, kind: str, written: str, place: int) -> str:
        """Token as Python reads it: a sign as it is, anything else as a placeholder for its value."""
        self.tokens.append((written, place))
        if kind == "mark" or (kind == "name" and written in WORDS):
            return f"{written} "
        placeholder = f"_{len(self.values)} "
        self.values[placeholder.strip()] = self._plain(kind, written)
        return placeholder

    def _misplaced(self, line: int, why: str) -> UnreadableError:
        """Error about the token on a line, or about the end of the constraint on line 0."""
        written, place = self.tokens[line - 1] if line else ("", 0)
        where = f"{written!r} at character {place + 1}" if line else "its end"
        return UnreadableError(f"{where} is out of place: {why}")

    def _plain(self, kind: str, written: str) -> Value:
        """Value of a number, a text, a truth or a factor."""
        if kind == "number":
            if not isfinite(float(written)):
                raise UnreadableError(f"{written[:12]}... is too large for a number")
            return Value(NUMBER, float(written), written)
        if kind == "text":
            return Value(TEXT, written[1:-1], written)
        if kind == "name" and written.lower() in TRUTHS and written not in self.columns:
            return Value(TRUTH, TRUTHS[written.lower()], written)
        return self._factor(written)

    def _factor(self, name: str) -> Value:
        if name not in self.columns:
            near = "".join(f" (did you mean {near}?)" for near in get_close_matches(name, self.columns, n=1))
            raise UnreadableError(f"{name} is no factor of the study{near}, and a text is written in quotes")
        values = self.columns[name]
        kind = TRUTH if values.dtype == bool else NUMBER if values.dtype.kind in "iuf" else TEXT
        return Value(kind, values, name)

    def value(self, node: ast.expr) -> Value:
        """Value of a node of the tree; UnreadableError for any but comparisons, lists and their parts."""
        match node:
            case ast.Name(id=placeholder):
                return self.values[placeholder]
            case ast.List(elts=members) | ast.Tuple(elts=members):
                return Value(LIST, [self.value(member) for member in members], "the list")
            case ast.UnaryOp(op=ast.USub(), operand=ast.Name() as operand):
                return self._minus(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._negated(operand)
            case ast.BoolOp(op=op, values=parts):
                join = operator.and_ if isinstance(op, ast.And) else operator.or_
                return _truth(reduce(join, [_truths(self.value(part)) for part in parts]))
            case ast.Compare(left=left, ops=signs, comparators=others):
                return self._chain([left, *others], signs)
        raise self._misplaced(node.lineno, "what begins with it is no comparison of factors")

    def _minus(self, operand: ast.Name) -> Value:
        number = self.values[operand.id]
        if not isinstance(number.data, float):
            raise self._misplaced(operand.lineno, "a minus belongs before a number")
        return Value(NUMBER, -number.data, f"-{number.written}")

    def _negated(self, operand: ast.expr) -> Value:
        self.negations += 1
        if self.negations > DEEPEST:
            raise UnreadableError(TOO_DEEP)
        value = _truth(np.logical_not(_truths(self.value(operand))))
        self.negations -= 1
        return value

    def _chain(self, nodes: Sequence[ast.expr], signs: Sequence[ast.cmpop]) -> Value:
        """Comparisons that must all hold."""
        pairs = pairwise([self.value(node) for node in nodes])
        compared = [_compared(left, sign, right) for (left, right), sign in zip(pairs, signs, strict=True)]
        return _truth(reduce(operator.and_, compared))


def _truth(truths: Any) -> Value:
    return Value(TRUTH, truths, "a comparison")


def _truths(value: Value) -> Any:
    if value.kind != TRUTH:
        raise UnreadableError(f"{value.written} is {value.kind} and no comparison, where one belongs")
    return value.data


def _compared(left: Value, sign: ast.cmpop, right: Value) -> Any:
    """Whether points satisfy a comparison of two values."""
    if isinstance(sign, ast.In | ast.NotIn):
        word = "in" if isinstance(sign, ast.In) else "not in"
        if right.kind != LIST:
            raise UnreadableError(f"{right.written} is {right.kind} and no list, which belongs after {word}")
        among = reduce(operator.or_, (_compared(left, ast.Eq(), member) for member in right.data), np.False_)
        return among if word == "in" else np.logical_not(among)
    if left.kind != right.kind or left.kind == LIST:
        raise UnreadableError(
            f"it compares {left.written}, which is {left.kind}, with {right.written}, which is {right.kind}"
        )
    if left.kind == TRUTH and not isinstance(sign, ast.Eq | ast.NotEq):
        raise UnreadableError(f"{left.written} is {TRUTH}, of which neither is less; compare by == or !=")
    return COMPARISONS[type(sign)](left.data, right.data)
