"""`python -m tests.golden`: compute the golden lines again and write them, saying what moved.

Run it when a change of the model is meant to move outcomes, and commit the file with the reason.
"""

from tests.golden.lines import FILE, computed, keep, kept, moves, scenarios


def main() -> None:
    """Every scenario, in order."""
    lines = [each for scenario in scenarios() for each in computed(scenario)]
    there = {(each.scenario, each.outcome) for each in lines}
    before = [each for each in kept() if (each.scenario, each.outcome) in there] if FILE.exists() else []
    for move in moves(before, lines):
        print(move)
    keep(lines)
    print(f"{len(lines)} golden lines of {len(scenarios())} scenarios written to {FILE.name}")


main()
