"""YAML as its writers mean it: text stays as written, and no content can expand, nest deeply or run code."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from math import isinf
from typing import Any

import yaml

MOST_BYTES = 1_000_000

MOST_VALUES = 100_000

DEEPEST = 50

LONGEST_WHOLE = 30  # digits

TEXT = "tag:yaml.org,2002:str"

NULL = "tag:yaml.org,2002:null"

NAN = ".nan"  # text only in quotes: without them, a missing number

MARKS = "[{\"'"  # first signs of a list, a mapping or a quoted text

OPTIONAL = "?"  # at the end of a pattern: the value may be null, too


class UnwantedError(ValueError):
    """YAML content that is not accepted in a file or a word."""


def _whole(written: str) -> int:
    digits = written.replace("_", "")
    if len(digits) > LONGEST_WHOLE:
        raise UnwantedError(f"holds a number of {len(digits)} digits; at most {LONGEST_WHOLE} are accepted")
    return int(digits)


def _decimal(written: str) -> float:
    named = written.lower().replace(".inf", "inf").replace(".nan", "nan")
    number = float(named.replace("_", ""))
    if isinf(number) and "inf" not in named:
        raise UnwantedError(f"holds {written[:20]}{'...' * (len(written) > 20)}, a number beyond all bounds")
    return number


@dataclass(frozen=True)
class ScalarKind:
    """Type of value that text without quotes may have."""

    tag: str
    pattern: re.Pattern[str]
    firsts: Sequence[str | None]
    read: Callable[[str], Any]


def _scalar_kind(name: str, pattern: str, firsts: str, read: Callable[[str], Any]) -> ScalarKind:
    starts: list[str | None] = [*firsts]
    return ScalarKind(f"tag:yaml.org,2002:{name}", re.compile(rf"(?:{pattern})\Z"), starts, read)


EXPONENT = "[eE][-+]?[0-9]+"

FLOAT = (
    rf"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:{EXPONENT})?|\.[0-9][0-9_]*(?:{EXPONENT})?|[0-9][0-9_]*{EXPONENT}"
    r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)

KINDS = (
    _scalar_kind("null", "~|null|Null|NULL|", "~nN", lambda written: None),
    _scalar_kind("bool", "true|True|TRUE|false|False|FALSE", "tTfF", lambda written: written.lower() == "true"),
    _scalar_kind("int", r"[-+]?(?:0|[1-9](?:_?[0-9])*)", "-+0123456789", _whole),
    _scalar_kind("float", FLOAT, "-+0123456789.", _decimal),
    _scalar_kind("timestamp", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789", date.fromisoformat),
)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reader of YAML 1.2 with dates: no base 60, no octal, no yes and on, no merge keys."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  # the table of the class that is inherited


class Dumper(yaml.SafeDumper):
    """Writer of text that `Loader` reads back unchanged, with every value in full."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a repeated value in full."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Write a text with breaks or control characters in quotation marks."""
        return self.represent_scalar(TEXT, data, style=None if data.isprintable() else '"')


Dumper.add_representer(str, Dumper.represent_str)

for _kind in KINDS:
    Loader.add_implicit_resolver(_kind.tag, _kind.pattern, [*_kind.firsts, *([""] if _kind.tag == NULL else [])])
    Loader.add_constructor(_kind.tag, lambda loader, node, read=_kind.read: read(node.value))
    Dumper.add_implicit_resolver(_kind.tag, _kind.pattern, _kind.firsts)


def dumped(value: Any, *, in_a_line: bool = False) -> str:
    """Value in YAML, on one line if requested."""
    if in_a_line:
        line = yaml.dump(value, Dumper=Dumper, default_flow_style=True, width=10**9, allow_unicode=True)
        return line.removesuffix("\n").removesuffix("\n...")
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def quoted_text(text: str) -> str:
    """Text in quotation marks, on one line of plain letters."""
    return yaml.dump(text, Dumper=Dumper, default_style='"', width=10**9).removesuffix("\n")


def scalar(written: str) -> Any:
    """Value of text without quotes, whatever marks it contains."""
    return next((kind.read(written) for kind in KINDS if kind.pattern.match(written)), written)


def value(written: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """Value in a cell or a word: a list, mapping or text in quotes as YAML, everything else as one number or text.

    `texts` are patterns as in `parsed`, and `at` is the place of the value.
    """
    if written[:1] in MARKS:
        return parsed(written, texts, at)
    return written if _is_text(tuple(at), [*texts], null=scalar(written) is None) else scalar(written)


def parsed(written: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """Value of a YAML text; UnwantedError or YAMLError if it is invalid or not accepted.

    texts   patterns of the places whose values are text as written, such as `environment/*`; `name?` may be null
    at      the place of the value, from which places are counted
    """
    _check_size(written)
    _check_events(written)
    loader = Loader(written)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _as_written(node, tuple(at), [*texts])
        return loader.construct_document(node)
    finally:
        loader.dispose()


def position(written: str, place: Sequence[str | int]) -> tuple[int, int]:
    """Line and column, from one on, of the value at a place in an accepted text, or of the nearest above it."""
    loader = Loader(written)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    mark = node.start_mark
    for step in place:
        entry = _entry(node, step)
        if entry is None:
            break
        mark, node = entry[0].start_mark, entry[1]
    return mark.line + 1, mark.column + 1


def _entry(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Key and value of a mapping, or an element of a list twice; None if there is none."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _check_size(written: str) -> None:
    size = len(written.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise UnwantedError(f"has {size:,} bytes; at most {MOST_BYTES:,} are read")


def _check_events(written: str) -> None:
    """Refuse anchors, aliases, tags, deep nesting and too many values before any object is built."""
    depth = values = 0
    for event in yaml.parse(written, Loader=Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            raise UnwantedError(f"line {line} has an anchor or alias (& or *); write the value out, or quote the text")
        tag = getattr(event, "tag", None)
        if tag:
            raise UnwantedError(f"line {line} has the tag {tag}; leave it out, or quote the text")
        values += isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnwantedError(f"line {line} is nested deeper than {DEEPEST} levels; at most {DEEPEST} are read")
        if values > MOST_VALUES:
            raise UnwantedError(f"has more than {MOST_VALUES:,} values (line {line}); at most {MOST_VALUES:,} are read")


def _as_written(node: yaml.Node, at: tuple[str, ...], texts: list[str]) -> None:
    """Turn into text all keys, and the values at places for text; refuse a key that appears twice."""
    if isinstance(node, yaml.MappingNode):
        _check_once(node)
        for key, child in node.value:
            if isinstance(key, yaml.ScalarNode):
                key.tag = TEXT
                _as_written(child, (*at, key.value), texts)
    elif isinstance(node, yaml.SequenceNode):
        for place, child in enumerate(node.value):
            _as_written(child, (*at, str(place)), texts)
    elif node.value.lower() != NAN and _is_text(at, texts, null=node.tag == NULL):
        node.tag = TEXT


def _check_once(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in seen:
            raise UnwantedError(f"{key.value}: appears twice (line {node.start_mark.line + 1} on); keep one")
        seen.add(str(key.value))


def _is_text(at: tuple[str, ...], texts: list[str], *, null: bool) -> bool:
    """True if the value at a place is text, whatever it looks like."""
    patterns = [pattern.removesuffix(OPTIONAL) for pattern in texts if not (null and pattern.endswith(OPTIONAL))]
    return any(_fits(at, pattern.split("/")) for pattern in patterns)


def _fits(at: tuple[str, ...], pattern: list[str]) -> bool:
    return len(at) == len(pattern) and all(fnmatchcase(*pair) for pair in zip(at, pattern, strict=True))
