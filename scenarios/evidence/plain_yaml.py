"""YAML as people mean it: text stays as it is written, and nothing in it can grow, nest or build what it likes."""

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

NAN = ".nan"  # text nowhere but in quotes: it stands for a number that is missing

MARKS = "[{\"'"  # with which a list, a mapping or a quoted text begins

OPTIONAL = "?"  # at the end of a pattern: what stands there may be null, too


class UnwantedError(ValueError):
    """YAML that is not taken from a file or a word."""


def _whole(written: str) -> int:
    digits = written.replace("_", "")
    if len(digits) > LONGEST_WHOLE:
        raise UnwantedError(f"holds a number of {len(digits)} digits; at most {LONGEST_WHOLE} are taken")
    return int(digits)


def _decimal(written: str) -> float:
    named = written.lower().replace(".inf", "inf").replace(".nan", "nan")
    found = float(named.replace("_", ""))
    if isinf(found) and "inf" not in named:
        raise UnwantedError(f"holds {written[:20]}{'...' * (len(written) > 20)}, a number beyond all bounds")
    return found


@dataclass(frozen=True)
class Kind:
    """A kind of value that text without quotes is read as."""

    tag: str
    pattern: re.Pattern[str]
    firsts: Sequence[str | None]
    read: Callable[[str], Any]


def _kind(name: str, pattern: str, firsts: str, read: Callable[[str], Any]) -> Kind:
    starts: list[str | None] = [*firsts]
    return Kind(f"tag:yaml.org,2002:{name}", re.compile(rf"(?:{pattern})\Z"), starts, read)


EXPONENT = "[eE][-+]?[0-9]+"

FLOAT = (
    rf"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:{EXPONENT})?|\.[0-9][0-9_]*(?:{EXPONENT})?|[0-9][0-9_]*{EXPONENT}"
    r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)

KINDS = (
    _kind("null", "~|null|Null|NULL|", "~nN", lambda written: None),
    _kind("bool", "true|True|TRUE|false|False|FALSE", "tTfF", lambda written: written.lower() == "true"),
    _kind("int", r"[-+]?(?:0|[1-9](?:_?[0-9])*)", "-+0123456789", _whole),
    _kind("float", FLOAT, "-+0123456789.", _decimal),
    _kind("timestamp", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789", date.fromisoformat),
)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 and dates: neither base 60 nor octal, no yes and on, no key that merges."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  # the table of the class that is inherited


class Dumper(yaml.SafeDumper):
    """Text that `Loader` reads back as itself, each value written out."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value again wherever it stands."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Write a text with breaks or control characters in quotation marks that hold none."""
        return self.represent_scalar(TEXT, data, style=None if data.isprintable() else '"')


Dumper.add_representer(str, Dumper.represent_str)

for _each in KINDS:
    Loader.add_implicit_resolver(_each.tag, _each.pattern, [*_each.firsts, *([""] if _each.tag == NULL else [])])
    Loader.add_constructor(_each.tag, lambda loader, node, read=_each.read: read(node.value))
    Dumper.add_implicit_resolver(_each.tag, _each.pattern, _each.firsts)


def dumped(value: Any, *, in_a_line: bool = False) -> str:
    """A value in YAML, on one line if asked for."""
    if in_a_line:
        found = yaml.dump(value, Dumper=Dumper, default_flow_style=True, width=10**9, allow_unicode=True)
        return found.removesuffix("\n").removesuffix("\n...")
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def quoted_text(text: str) -> str:
    """A text in quotation marks, on one line of plain letters."""
    return yaml.dump(text, Dumper=Dumper, default_style='"', width=10**9).removesuffix("\n")


def scalar(written: str) -> Any:
    """What text without quotes is read as, whatever marks stand in it."""
    return next((kind.read(written) for kind in KINDS if kind.pattern.match(written)), written)


def value(written: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """A value in a cell or a word: a list, mapping or text in quotes as YAML, everything else as one number or text.

    `texts` are patterns as of `parsed`, and `at` is the place where the value stands.
    """
    if written[:1] in MARKS:
        return parsed(written, texts, at)
    return written if _is_text(tuple(at), [*texts], null=scalar(written) is None) else scalar(written)


def parsed(written: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """The value of a YAML text; UnwantedError or YAMLError if it is none, or none that is taken.

    texts   patterns of the places whose values are text as it is written, as `environment/*`; `name?` may be null
    at      the place where the value stands, by which places are counted
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


def _check_size(written: str) -> None:
    size = len(written.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise UnwantedError(f"has {size:,} bytes; at most {MOST_BYTES:,} are read")


def _check_events(written: str) -> None:
    """Refuse anchors, aliases, tags, too deep nesting and too many values before anything is built of them."""
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
    """Make text of keys, and of values at the places where text belongs; refuse a key that stands twice."""
    if isinstance(node, yaml.MappingNode):
        _check_once(node)
        for key, each in node.value:
            if isinstance(key, yaml.ScalarNode):
                key.tag = TEXT
                _as_written(each, (*at, key.value), texts)
    elif isinstance(node, yaml.SequenceNode):
        for place, each in enumerate(node.value):
            _as_written(each, (*at, str(place)), texts)
    elif node.value.lower() != NAN and _is_text(at, texts, null=node.tag == NULL):
        node.tag = TEXT


def _check_once(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in seen:
            raise UnwantedError(f"{key.value}: stands twice (line {node.start_mark.line + 1} on); keep one")
        seen.add(str(key.value))


def _is_text(at: tuple[str, ...], texts: list[str], *, null: bool) -> bool:
    """Whether a value at a place is text whatever it looks like."""
    patterns = [each.removesuffix(OPTIONAL) for each in texts if not (null and each.endswith(OPTIONAL))]
    return any(_fits(at, pattern.split("/")) for pattern in patterns)


def _fits(at: tuple[str, ...], pattern: list[str]) -> bool:
    return len(at) == len(pattern) and all(fnmatchcase(*pair) for pair in zip(at, pattern, strict=True))
