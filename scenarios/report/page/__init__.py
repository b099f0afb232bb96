"""The offline report: one self-contained page about one or several finished runs."""
