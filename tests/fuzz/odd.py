"""Odd values, as they stand in words and in files, and documents changed at one place."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.fuzz.cases import shown

NUMBERS = (
    "0", "-1", "+1", "1", "7", "0.5", "1e999", "-1e999", "1e-400", "nan", "inf", "-inf", "0x10", "0o17", "0b1", "1_000",
    "007", "1.", ".5", "9" * 400, "-" + "9" * 400, "0." + "3" * 400, "1:30:00", "20220601", "1080", "²", "\uff11\uff12",
)  # fmt: skip
WORDS = (
    "true", "off", "null", "none", "None", "~", "", "''", '""', "' '", "x", "relabel", "status_quo", "calm", "spent",
    "a b", "a=b", "a:b", "a: b", "a#b", "a #b", "é", "e\u0301", "你好", "\u202eabc", "\udcff", "\t", "a\nb", "\x7f",
    "*", "?", "x[1]", "@x", "%s", "{0}", "`x`", "$HOME", "\\", "\\'", "'", '"', "'a", "it's", "|", ">", "!x", "&a",
    "*a", "&a [*a]", "!!python/object/apply:os.system [ls]", "---", "2021-12-13", "2021-13-45", "2021-12-20 12:00:00",
    "2021-12-13T00:00:00Z", "x" * 10_000,
)  # fmt: skip
NESTED = (
    "[]", "{}", "[[]]", "[{}]", "{a: 1}", "{a: {b: [1, {c: 2}]}}", "[0,1]", "[[0,1]]", "[[0,1],[20,0.5]]",
    "[[0,1],[0]]",
    "[[20,0.5],[0,1]]", "[[0,x]]", "[spent]", "[[spent]]", "[spent,spent]", "[enablers,spent]", "[null]", "{name: x}",
    "[1,'2',[3]]", "[" * 40 + "]" * 40, "[" * 3_000 + "]" * 3_000, "{a: " * 200 + "1" + "}" * 200,
)  # fmt: skip
GRAMMAR = (
    "???", "${oc.env:HOME}", "${oc.env:NOWHERE,x}", "${seed}", "${ensemble.seed}", "${hydra.job.num}", "${.}", "${",
    "${now:%Y}", "a${ensemble.seed}b", "int(3)", "float(3)", "str(3)", "bool(1)", "range(1,3)", "choice(1,2)",
    "choice(calm,simulated)", "interval(0,1)", "sort(2,1)", "shuffle(1,2)", "tag(x,1)", "glob(*)", "glob([c*])",
    "json_str({a: 1})", "extend_list(1)", "1,2", "calm,simulated", "f(x)", "(", ")", "[", "]", "{", "}", ",",
)  # fmt: skip
ODD = (*NUMBERS, *WORDS, *NESTED, *GRAMMAR)
LEAVES = (
    None, True, False, 0, -1, 3, 0.5, 1e308, float("nan"), float("inf"), 10**400, "", " ", "x", "é", "${oc.env:HOME}",
    "???", "a: b", "x\ny", "on", "2021-12-13", [], {}, [[]], [{}], [None], [[0, 1]], [[20220601, 0.5]], {"a": 1},
    {1: 2},
    {"": ""}, [1, "x"], "x" * 2_000,
)  # fmt: skip
KEYS = ("x", "", " ", "é", "name", "hydra", "defaults", "results", "ensemble", "${x}", "<<", "a.b", "1", "_self_")


def values() -> st.SearchStrategy[str]:
    """Values after an equals sign: no NUL, which no shell gives, and no way out of the working folder."""
    free = st.text(st.characters(blacklist_characters="\0/"), max_size=12)
    return st.one_of(st.sampled_from(ODD), st.sampled_from(ODD), st.sampled_from(ODD), free)


Place = tuple[Any, ...]


def places(node: Any, above: Place = ()) -> Iterator[Place]:
    """Every place of a document, its root included."""
    yield above
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, element in inner:
        yield from places(element, (*above, name))


class Mutation(NamedTuple):
    """Change of a document at one place."""

    place: Place
    how: str
    key: str = ""
    value: Any = None

    def __str__(self) -> str:
        at = ".".join(map(str, self.place)) or "the whole"
        what = {"put": f" {shown(self.value)}", "add": f" {shown(self.key)}: {shown(self.value)}"}
        return f"{self.how}{what.get(self.how, '')} at {at}"

    def of(self, document: Any) -> Any:
        """Changed document; None if nothing is left."""
        whole = [deepcopy(document)]
        node: Any = whole
        *above, last = (0, *self.place)
        for name in above:
            node = node[name]
        HOW[self.how](node, last, self)
        return whole[0] if whole else None


def _put(node: Any, name: Any, by: Mutation) -> None:
    node[name] = by.value


def _delete(node: Any, name: Any, _: Mutation) -> None:
    del node[name]


def _wrap(node: Any, name: Any, _: Mutation) -> None:
    node[name] = [node[name]]


def _add(node: Any, name: Any, by: Mutation) -> None:
    inner = node[name]
    if isinstance(inner, dict):
        inner[by.key] = by.value
    elif isinstance(inner, list):
        inner.append(by.value)
    else:
        node[name] = {by.key: by.value}


def _double(node: Any, name: Any, _: Mutation) -> None:
    node[name] = node[name] * 2 if isinstance(node[name], list) else {"twice": node[name]}


HOW = {"put": _put, "delete": _delete, "wrap": _wrap, "add": _add, "double": _double}


@st.composite
def mutations(draw: st.DrawFn, document: Any) -> Mutation:
    """Any change of a document at any place."""
    place = draw(st.sampled_from(list(places(document))))
    how = draw(st.sampled_from(("put", "put", "put", *HOW)))
    key, value = draw(st.sampled_from(KEYS)), draw(st.sampled_from(LEAVES))
    return Mutation(place, how, key if how == "add" else "", value if how in ("put", "add") else None)
