"""Constraints on design points: comparisons of factors, in a small grammar that executes no code.

rule        every ("or" every)*                         also written |
every       single ("and" single)*                      also written &
single      "not" single | comparison                   also written ~
comparison  value (operator value)*                     with == != < <= > >= in, not in
value       number | 'text' | true | false | factor | `factor` | [value, ...] | (rule)
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
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

COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip

SYNONYMS = {"&": "and", "|": "or", "~": "not"}

WORDS = ("and", "or", "not", "in")

TRUTHS = {"true": True, "false": False}

EXAMPLE = "compare factors as in \"`levers.credibility` > 0.2 or scenario == 'status_quo'\""


class UnreadableError(ValueError):
    """Constraint that cannot be read, and the reason."""


@dataclass(frozen=True)
class Token:
    """Token of a constraint: its kind, its text, and where it begins."""

    kind: str
    written: str
    place: int


@dataclass(frozen=True)
class Value:
    """Value of a part of a constraint: one for all points, or one per point."""

    kind: str
    data: Any
    written: str

    @property
    def named(self) -> str:
        """Name and kind in a message."""
        return f"{self.written}, which is {self.kind},"


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
    left = [int(np.logical_and.reduce(satisfied[: number + 1]).sum()) for number in range(len(satisfied))]
    last = left.index(0)
    return (
        f"constraints 0 to {last} together: {left[last - 1]:,} are left by those before {_short(constraints[last])}, "
        "and none by it"
    )


def _truths_of(constraint: str, where: str, columns: Mapping[str, NDArray[Any]]) -> Truths:
    """Whether points satisfy one constraint."""
    try:
        if len(constraint) > LONGEST:
            raise UnreadableError(f"it has {len(constraint):,} characters, at most {LONGEST:,} are read; write several")
        result = ConstraintReader(_tokens(constraint), columns).whole()
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


def _tokens(constraint: str) -> list[Token]:
    """Tokens of a constraint, and an empty one at its end."""
    tokens, place, text = list[Token](), 0, constraint.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            at = len(text) - len(text[place:].lstrip())
            raise UnreadableError(f"it is no comparison at character {at + 1}, {text[at : at + 12]!r}")
        kind = str(match.lastgroup)
        tokens.append(Token(kind, SYNONYMS.get(match[kind], match[kind]), match.start(kind)))
        place = match.end()
    return [*tokens, Token("end", "", len(text))]


class ConstraintReader:
    """ConstraintReader of the tokens of a constraint, from left to right, with the values of factors."""

    def __init__(self, tokens: Sequence[Token], columns: Mapping[str, NDArray[Any]]) -> None:
        self.tokens, self.columns = tokens, columns
        self.place = self.depth = 0

    @property
    def next(self) -> Token:
        """Next token."""
        return self.tokens[self.place]

    def takes(self, *written: str) -> bool:
        """Consume the next token if it is one of some signs and words; return whether it was."""
        is_there = self.next.written in written and self.next.kind in ("mark", "name")
        self.place += is_there
        return is_there

    def whole(self) -> Value:
        """Value of the whole constraint."""
        value = self.rule()
        if self.next.kind != "end":
            raise self.unexpected("a comparison ends before it")
        return value

    def unexpected(self, why: str) -> UnreadableError:
        """Error about the next token."""
        place = f"{self.next.written!r} at character {self.next.place + 1}" if self.next.written else "its end"
        return UnreadableError(f"{place} is out of place: {why}")

    def rule(self) -> Value:
        """Disjunction."""
        return self._joined(self.every, "or", operator.or_)

    def every(self) -> Value:
        """Conjunction."""
        return self._joined(self.single, "and", operator.and_)

    def _joined(self, part: Callable[[], Value], word: str, join: Callable[[Any, Any], Any]) -> Value:
        parts = [part()]
        while self.takes(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else _truth(reduce(join, map(_truths, parts)))

    def single(self) -> Value:
        """Comparison or negation."""
        if not self.takes("not"):
            return self.comparison()
        self._go_down()
        value = _truth(np.logical_not(_truths(self.single())))
        self.depth -= 1
        return value

    def _go_down(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableError(f"it is more than {DEEPEST} brackets and negations deep")

    def comparison(self) -> Value:
        """Value, or chain of comparisons that must all hold."""
        left, results = self.value(), list[Any]()
        while sign := self.sign():
            right = self.value()
            results.append(_compared(left, sign, right))
            left = right
        return _truth(reduce(operator.and_, results)) if results else left

    def sign(self) -> str:
        """Next sign of comparison; empty if there is none."""
        sign, follows = self.next, self.tokens[min(self.place + 1, len(self.tokens) - 1)]
        if sign.kind == "mark" and sign.written in COMPARISONS and self.takes(sign.written):
            return sign.written
        if sign.written == "not" and follows.written == "in":
            self.place += 2
            return "not in"
        return "in" if self.takes("in") else ""

    def value(self) -> Value:
        """Number, text, truth, factor, list or rule in brackets."""
        token = self.next
        for opening, closing in ("()", "[]"):
            if self.takes(opening):
                return self.enclosed(opening, closing)
        if self.takes("-"):
            return self._minus()
        if token.kind in ("mark", "end") or (token.kind == "name" and token.written in WORDS):
            raise self.unexpected("a factor, a number, a text in quotes or a list belongs there")
        self.place += 1
        return self._plain(token)

    def _minus(self) -> Value:
        if self.next.kind != "number":
            raise self.unexpected("a minus belongs before a number")
        self.place += 1
        number = self._plain(self.tokens[self.place - 1])
        return Value(NUMBER, -number.data, f"-{number.written}")

    def _plain(self, token: Token) -> Value:
        if token.kind == "number":
            return _number(token.written)
        if token.kind == "text":
            return Value(TEXT, token.written[1:-1], token.written)
        if token.kind == "name" and token.written.lower() in TRUTHS and token.written not in self.columns:
            return Value(TRUTH, TRUTHS[token.written.lower()], token.written)
        return self._factor(token.written)

    def _factor(self, name: str) -> Value:
        if name not in self.columns:
            near = "".join(f" (did you mean {near}?)" for near in get_close_matches(name, self.columns, n=1))
            raise UnreadableError(f"{name} is no factor of the study{near}, and a text is written in quotes")
        values = self.columns[name]
        kind = TRUTH if values.dtype == bool else NUMBER if values.dtype.kind in "iuf" else TEXT
        return Value(kind, values, name)

    def enclosed(self, opening: str, closing: str) -> Value:
        """Rule in brackets, or list."""
        self._go_down()
        parts = [] if self.next.written == closing else [self.rule()]
        is_list = opening == "[" or not parts
        while self.takes(","):
            is_list = True
            if self.next.written != closing:
                parts.append(self.rule())
        if not self.takes(closing):
            raise self.unexpected(f"{opening} is not closed before it")
        self.depth -= 1
        return Value(LIST, parts, "the list") if is_list else parts[0]


def _number(written: str) -> Value:
    if not isfinite(float(written)):
        raise UnreadableError(f"{written[:12]}... is too large for a number")
    return Value(NUMBER, float(written), written)


def _truth(truths: Any) -> Value:
    return Value(TRUTH, truths, "a comparison")


def _truths(value: Value) -> Any:
    if value.kind != TRUTH:
        raise UnreadableError(f"{value.written} is {value.kind} and no comparison, where one belongs")
    return value.data


def _compared(left: Value, sign: str, right: Value) -> Any:
    """Whether points satisfy a comparison of two values."""
    if sign in ("in", "not in"):
        if right.kind != LIST:
            raise UnreadableError(f"{right.written} is {right.kind} and no list, which belongs after {sign}")
        among = reduce(operator.or_, (_compared(left, "==", member) for member in right.data), np.False_)
        return among if sign == "in" else np.logical_not(among)
    if left.kind != right.kind or left.kind == LIST:
        raise UnreadableError(f"it compares {left.named} with {right.written}, which is {right.kind}")
    if left.kind == TRUTH and sign not in ("==", "!="):
        raise UnreadableError(f"{left.written} is {TRUTH}, of which neither is less; compare by == or !=")
    return COMPARISONS[sign](left.data, right.data)
