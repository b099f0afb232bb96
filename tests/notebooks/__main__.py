"""`python -m tests.notebooks` writes every notebook again from its text."""

from tests.notebooks.pairs import ROOT, write_all

for written in write_all():
    print(written.relative_to(ROOT))
