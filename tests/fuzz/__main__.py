"""`python -m tests.fuzz`: cases that strangers could send, until one is answered wrongly or all are answered well."""

import argparse
import os
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.carrying_out import PATIENCE
from tests.fuzz.running import AREAS, Fuzz, surveyed

CASES = 10_000


def main() -> int:
    """Run the cases and print the seed; on a fault, the smallest case that shows it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--areas", nargs="+", choices=AREAS, default=list(AREAS))
    parser.add_argument("--survey", type=Path, default=None, help="list every distinct fault in a file instead")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a case hangs")
    options = parser.parse_args()
    print(f"{options.cases:,} cases of {', '.join(options.areas)}; seed {options.seed}", flush=True)
    with TemporaryDirectory(prefix="fuzz-") as folder:
        fuzz = Fuzz(Path(folder), options.patience)
        if options.survey:
            return surveyed(fuzz, options.areas, options.cases, options.seed, options.survey)
        try:
            for area in options.areas:
                fuzz.run(area, options.cases, options.seed)
        except AssertionError as error:
            print(
                f"{error}\nagain: python -m tests.fuzz --seed {options.seed} --cases {options.cases} --areas {area}",
                file=sys.stderr,
            )
            return 1
    print(f"{fuzz.count:,} cases: no traceback, no hang, nothing written elsewhere, no silent default")
    return 0


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    sys.exit(main())
