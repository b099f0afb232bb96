"""Entry point of jobs on nodes: runs submitit's job if the folder from which it is unpickled is private."""

import sys
from pathlib import Path

from scenarios.errors import WRONG_REQUEST, RequestError
from scenarios.execution.slurm.private import check_private


def main(folder: Path) -> int:
    """Run the job that Slurm's environment names; returns the exit code."""
    from submitit.core.submission import process_job

    try:
        check_private(folder)
    except RequestError as error:
        print(f"error: {error}", file=sys.stderr)
        return WRONG_REQUEST
    process_job(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
