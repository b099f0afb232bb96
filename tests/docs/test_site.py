"""The website of the documentation: every page has its place, links resolve, no other host is needed."""

import ast
import re
import subprocess
import sys
import unicodedata
from importlib import import_module
from importlib.util import find_spec

import pytest
import yaml

from tests.requests import ROOT

DOCS = ROOT / "docs"
SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
PAGES = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
RECIPES = ("how-to.md", "architecture.md")  # which are applied by test_how_to.py
OURS = {"scenarios": "scenarios", "plots": "scenarios.plots"}
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
EMBEDDED = re.compile(r"""<(?:script|img|iframe|source)[^>]+src=["']?(?:https?:)?//|<link(?![^>]+rel=["']?canonical)
                          [^>]+href=["']?(?:https?:)?//|url\(["']?(?:https?:)?//""", re.VERBOSE)  # fmt: skip


def targets(node):
    """Pages of the navigation, in order."""
    if isinstance(node, str):
        return [node]
    return [page for child in (node.values() if isinstance(node, dict) else node) for page in targets(child)]


def prose(page):
    """The text of a page without its code."""
    return re.sub(r"`[^`\n]*`", "``", FENCE.sub("", (DOCS / page).read_text(encoding="utf-8")))


def anchors(page):
    """The anchors of a page's headings, as the table of contents makes them."""
    text = FENCE.sub("", (DOCS / page).read_text(encoding="utf-8"))
    headings = (re.sub(r"[`*]", "", title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    plain = (unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode() for title in headings)
    return {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower()) for title in plain}


def test_every_page_has_its_place_in_the_navigation_and_every_place_its_page():
    placed = targets(SITE["nav"])
    assert len(placed) == len(set(placed))
    assert sorted(placed) == PAGES


def test_the_start_page_leads_to_every_page():
    linked = {match["target"].partition("#")[0] for match in LINK.finditer(prose("README.md"))}
    assert linked == set(PAGES) - {"README.md"}
    shown = re.findall(r"^\| \[([\w-]+\.md)\]\(([\w-]+\.md)\) \|", prose("README.md"), re.MULTILINE)
    assert all(name == target for name, target in shown)


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_resolve_within_the_site(page):
    for match in LINK.finditer(prose(page)):
        if re.match(r"https?://", match["target"]):
            continue
        place, _, anchor = match["target"].partition("#")
        file = (DOCS / page).parent.joinpath(place).resolve() if place else DOCS / page
        assert file.is_relative_to(DOCS), f"{page}: {match['target']} is outside the site"
        assert file.is_file(), f"{page}: {match['target']}"
        assert not anchor or anchor in anchors(file.relative_to(DOCS)), f"{page}: {match['target']}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_a_page_at_the_root_resolve(name):
    links = [match["target"] for match in LINK.finditer(FENCE.sub("", (ROOT / name).read_text(encoding="utf-8")))]
    assert [link for link in links if not (ROOT / link.partition("#")[0]).exists()] == []
    assert name == "README.md" or not links, (
        "the page is shown within the site as well, where a link would lead elsewhere"
    )


@pytest.mark.parametrize("page", ["../README.md", *(page for page in PAGES if page not in RECIPES)])
def test_names_in_the_code_of_a_page_exist(page):
    for code in re.findall(
        r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        for node in ast.walk(ast.parse(re.sub(r"^[!%].*", "pass", code, flags=re.MULTILINE))):
            if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in ("agents", "scenarios"):
                module = import_module(str(node.module))
                assert [name.name for name in node.names if not hasattr(module, name.name)] == [], node.module
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in OURS:
                assert hasattr(import_module(OURS[node.value.id]), node.attr), ast.unparse(node)


def test_names_of_the_python_reference_exist():
    names = re.findall(r"^::: (\S+)$", (DOCS / "reference" / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) > 20
    parts = [name.rpartition(".") for name in names]
    assert [(module, name) for module, _, name in parts if not hasattr(import_module(module), name)] == []


def test_nothing_is_requested_from_other_hosts():
    assert SITE["theme"]["font"] is False
    assert not {"extra_css", "extra_javascript", "hooks"} & set(SITE)
    shown = [page for page in PAGES if re.search(r"!\[[^\]]*\]\(http|<(?:img|script|iframe)|```mermaid", prose(page))]
    assert shown == []


@pytest.mark.slow
@pytest.mark.skipif(find_spec("mkdocs") is None, reason="needs the extra `docs`")
def test_the_site_is_built_strictly_and_requests_nothing(tmp_path):
    words = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path))
    built = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-3000:]
    assert not {page.name for page in tmp_path.rglob("*.html") if EMBEDDED.search(page.read_text(encoding="utf-8"))}
