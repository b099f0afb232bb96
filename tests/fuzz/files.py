"""Files of a user's own: what ships in every group, changed as a document or as a text."""

from itertools import pairwise
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.fuzz import sources
from tests.fuzz.cases import Case, Change, Edit
from tests.fuzz.odd import Mutation, mutations
from tests.fuzz.words import BASE

FILE = "mine.yaml"
# Place of a file of each group, and the words that take it.
USES: dict[str, tuple[str, tuple[str, ...]]] = {
    "scenario": ("configs/scenario/mine.yaml", ("run", "+scenario=mine", "against=none")),
    "world": ("configs/world/mine.yaml", (*BASE, "world=mine")),
    "theory": ("configs/theory/mine.yaml", (*BASE, "theory=mine")),
    "ensemble": ("configs/ensemble/mine.yaml", (*BASE, "ensemble=mine")),
    "engine": ("configs/engine/mine.yaml", ("sweep", "+study=small.yaml", "engine=mine", "--dry-run")),
    "study": (FILE, ("sweep", f"+study={FILE}")),
    "start": (FILE, (*BASE, f"start={FILE}")),
    "beliefs": (FILE, (*BASE, f"beliefs={FILE}")),
    "table": ("points.csv", ("sweep", "+study=small.yaml")),
}
OTHER_USES = (("list",), ("show", "full_withdrawal"), ("show", "mine"), ("compare", "mine", "relabel"))
BESIDE = {
    "engine": Edit("small.yaml", "write", yaml.safe_dump(sources.STUDY_FILE).encode()),
    "table": Edit("small.yaml", "write", yaml.safe_dump({"name": "small", "table": "points.csv"}).encode()),
}
BOMB = "a: &a [x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefgh")
)
BYTES = (
    b"", b"\0", b"\xff\xfe", "\ufeff".encode(), b"\xe9", b"\t", b"\r", b"\r\n", b"&a [*a]", BOMB.encode(), b"*x",
    b"<<: {}\n",
    b"? [a]\n: b\n", b"---\n", b"...\n", b"!!python/name:os.system\n", b"!x\n", b"{", b"]", b"'", b'"', b"|\n", b"#",
    b": ",
    b"x" * 1_100_000, b"[" * 3_000, b"- " * 1_000, b"{a: " * 60, b"hydra: {callbacks: {x: {_target_: os.getcwd}}}\n",
    b"results: elsewhere\n", b"${oc.env:HOME}", b"1" * 400, b"=1+1", b",", b'"', b"&a [*a],", b"\n\n",
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn, group: str) -> Any:
    """Sound document of a group."""
    if group == "beliefs":
        return sources.BELIEFS
    if group == "start":
        return yaml.safe_load(sources.start_text())
    if group == "study":
        return draw(
            st.sampled_from((sources.STUDY_FILE, sources.SAMPLED, sources.document("study", "withdrawal_by_theory")))
        )
    return sources.document(group, draw(st.sampled_from(sources.names(group))))


def named(document: Any, group: str) -> Any:
    """Document with the name of its file, where it must have it."""
    if group == "scenario":
        return document | {"scenario": document["scenario"] | {"name": "mine"}}
    return document | {"name": "mine"} if "name" in document and group != "start" else document


@st.composite
def texts(draw: st.DrawFn, group: str) -> bytes:
    """Sound text of a group."""
    if group == "table":
        return sources.CSV.encode()
    if group == "start":
        return sources.start_text().encode()
    return yaml.safe_dump(named(draw(documents(group)), group), sort_keys=False).encode()


@st.composite
def changed_documents(draw: st.DrawFn) -> Case:
    """One change of a document, which must be refused or change the request."""
    group = draw(st.sampled_from([each for each in USES if each != "table"]))
    sound = named(draw(documents(group)), group)
    mutation = draw(mutations(sound))
    return _case(group, draw(uses(group)), _dumped(mutation.of(sound)), f"{group}: {mutation}",
                 (mutation, _dumped(sound)))  # fmt: skip


@st.composite
def changed_texts(draw: st.DrawFn) -> Case:
    """Odd bytes within a text, or in place of a piece of it."""
    group = draw(st.sampled_from(list(USES)))
    text = draw(texts(group))
    at = draw(st.integers(0, len(text)))
    to = draw(st.sampled_from((at, at, at + 1, len(text))))
    odd = draw(st.one_of(st.sampled_from(BYTES), st.binary(max_size=4)))
    note = f"{group}: {odd[:60]!r} in place of bytes {at} to {to}, after {text[max(0, at - 30) : at]!r}"
    return _case(group, draw(uses(group)), text[:at] + odd + text[to:], note)


RATE = "`parameters.baseline_attack_rate`"
CONSTRAINTS = (
    f"{RATE} < 0.3", f"{RATE} in (0.1, 0.4)", "scenario == 'status_quo'", "not scenario == 'x'", f"{RATE}.to_csv('x')",
    f"{RATE}.map(@str)", "@x", "@pd.eval('1')", "scenario.str.len() > 3", "__import__('os').system('true')",
    "lambda: 1",
    "scenario", "1", "", "()", "scenario ==", "scenario = 'x'", "x == 1", f"{RATE} ** 9 ** 9 ** 9 > 1", "index > 0",
    f"{RATE} < 'a'", f"{RATE} < " + "9" * 400, "(" * 300 + "1" + ")" * 300, "scenario == 'a' or " * 500 + "True",
    "`é` < 1",
    "[x for x in scenario]", "scenario[0] == 's'", f"{RATE} < 0.3; 1", f"{RATE} < 0.3 # x", f"{RATE}\n< 0.3",
    "scenario\0",
)  # fmt: skip


@st.composite
def constraints(draw: st.DrawFn) -> Case:
    """Study with a condition of any kind on its points."""
    text = draw(st.sampled_from(CONSTRAINTS))
    content = _dumped({**sources.STUDY_FILE, "constraints": [text]})
    return _case("study", USES["study"][1], content, f"study: constraints: {text[:80]!r}")


def uses(group: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Words by which a file is used; sometimes those of a command that only reads it."""
    usual = USES[group][1]
    across = OTHER_USES if group in ("scenario", "world", "theory") else (("list",),)
    return st.sampled_from((usual, usual, usual, usual, usual, *across))


def _case(
    group: str, words: tuple[str, ...], content: bytes, note: str, before: tuple[Mutation, bytes] | None = None
) -> Case:
    others = tuple([BESIDE[group]] if group in BESIDE else [])
    place = USES[group][0]
    area = "studies" if group in ("study", "table", "engine") else "files"
    change = None
    if before is not None and before[0].how in ("put", "add") and words == USES[group][1] and before[1] != content:
        mutation, sound = before
        without = Case(area, words, (*others, Edit(place, "write", sound)))
        change = Change(f"{group}: {mutation}", repr(mutation.value), without)
    return Case(area, words, (*others, Edit(place, "write", content, note)), change=change)


def _dumped(document: Any) -> bytes:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True).encode("utf-8", "surrogateescape")


def cases() -> st.SearchStrategy[Case]:
    return st.one_of(changed_documents(), changed_documents(), changed_texts(), changed_texts(), constraints())
