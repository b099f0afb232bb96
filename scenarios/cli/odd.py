"""`odd`: the tables of docs/odd.md, printed, written into the page, or compared with it."""

from collections.abc import Sequence

from scenarios.errors import DONE, RequestError

HELP = """\
usage: python -m scenarios odd [--check | --write]

  (nothing)   print the tables that docs/odd.md takes from the code and from seeds/
  --check     end with exit code 2 if the page shows one of them as it no longer is, and name it
  --write     write them into the page, between <!-- generated: NAME --> and <!-- end -->"""


def main(arguments: Sequence[str]) -> int:
    """Print, check or write the tables."""
    from scenarios.report.odd.page import page, tables
    from scenarios.report.regions import drifted, write

    match list(arguments):
        case []:
            print("\n\n".join(f"<!-- {name} -->\n\n{each}" for name, each in tables().items()))
        case ["--check"]:
            stale = drifted(page().read_text(encoding="utf-8"), tables())
            if stale:
                raise RequestError(
                    f"docs/odd.md no longer shows {', '.join(stale)} as the code and seeds/ have it; "
                    "run `python -m scenarios odd --write`, and read whether its words still hold."
                )
            print("docs/odd.md shows every table as the code and seeds/ have it.")
        case ["--write"]:
            file, made = page(), tables()
            text = file.read_text(encoding="utf-8")
            stale = drifted(text, made)
            write(file, made)
            print(f"docs/odd.md: {', '.join(stale) or 'nothing'} written.")
        case ["-h" | "--help"]:
            print(HELP)
        case _:
            raise RequestError("odd takes --check, --write or nothing; see `python -m scenarios odd --help`.")
    return DONE
