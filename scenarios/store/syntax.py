"""Digest of the syntax of code: the same on every Python, independent of comments, docstrings and layout.

The module imports nothing but the standard library, so that any Python can run it by itself.
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

UNSEEN = {"kind", "type_comment"}  # fields that no bytecode depends on


def digest_of_files(root: Path, patterns: Iterable[str]) -> str:
    """Digest of the names and syntax trees of the modules below a folder that match patterns."""
    digest = hashlib.blake2b(digest_size=16)
    for pattern in patterns:
        for name in sorted(file.relative_to(root).as_posix() for file in root.glob(pattern)):
            digest.update(name.encode())
            digest.update(canonical((root / name).read_text(encoding="utf-8")).encode())
    return digest.hexdigest()


def canonical(source: str) -> str:
    """The syntax tree of a module as text."""
    return json.dumps(_plain(ast.parse(source)), ensure_ascii=True)


def _plain(node: Any) -> Any:
    """A node as nested lists without empty fields, since newer Pythons have fields that older ones lack."""
    if isinstance(node, ast.Constant):
        return [type(node.value).__name__, ascii(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["JoinedStr", *_pieces(node.values)]
    if isinstance(node, ast.AST):
        fields = {name: _field(name, value) for name, value in ast.iter_fields(node) if name not in UNSEEN}
        return [
            type(node).__name__,
            *sorted([name, value] for name, value in fields.items() if value not in (None, [])),
        ]
    if isinstance(node, list):
        return [_plain(each) for each in node]
    return node if isinstance(node, str | int | None) else ascii(node)


def _field(name: str, value: Any) -> Any:
    """One field of a node, without a docstring or an empty format."""
    if name == "body" and isinstance(value, list):
        return _plain(_without_docstring(value))
    if name == "format_spec" and isinstance(value, ast.JoinedStr):
        return _plain(value) if _pieces(value.values) else None
    return _plain(value)


def _without_docstring(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return list(body[1:]) or [ast.Pass()]
    return list(body)


def _pieces(values: Sequence[ast.expr]) -> list[Any]:
    """Pieces of an f-string, with adjacent texts joined and empty ones omitted, since Pythons differ here."""
    pieces: list[Any] = []
    for value in values:
        text = value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
        if text is None:
            pieces.append(_plain(value))
        elif text and pieces and isinstance(pieces[-1], str):
            pieces[-1] += text
        elif text:
            pieces.append(text)
    return pieces
