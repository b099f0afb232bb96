"""Command lines, files and folders as strangers send them; see `python -m tests.fuzz --help`."""
