"""A command line in its parts: flags with their values, switches, and the other words."""

import argparse
from collections.abc import Collection, Sequence
from typing import NoReturn

from scenarios.errors import RequestError, nearest

HIGHEST, LONGEST = 1_000_000_000, 30  # of a number that a flag gives: its value, and its digits

MOST_SHOWN = 200  # characters of a complaint about a word


def parted(
    command: str, arguments: Sequence[str], valued: Collection[str] = (), switches: Collection[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """Flags by name (a switch maps to itself), and the other words; RequestError for an unknown flag."""
    flags: dict[str, str] = {}
    words, left = [], list(arguments)
    while left:
        word = left.pop(0)
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            words.append(word)
        elif name in valued:
            if not equals and not left:
                raise RequestError(f"{name} needs a value; see `python -m scenarios {command} --help`.")
            flags[name] = value if equals else left.pop(0)
        elif word in switches:
            flags[word] = word
        else:
            raise RequestError(f"{word} is not a flag of {command}.{nearest(word, [*valued, *switches, '--help'])}")
    return flags, words


def is_help(arguments: Sequence[str]) -> bool:
    """Whether only the usage is asked for."""
    return any(word in ("-h", "--help") for word in arguments)


def one_word(command: str, words: Sequence[str], what: str) -> str:
    """The only word of a command that takes one."""
    if len(words) != 1:
        raise RequestError(f"{command} takes {what}, {len(words)} words were given; see {command} --help.")
    return words[0]


def counted(value: str, flag: str, low: int, high: int = HIGHEST) -> int:
    """A whole number given by a flag."""
    number = int(value) if is_count(value) else None
    if number is None or not low <= number <= high:
        raise RequestError(f"{flag} is {value[:LONGEST]!r}; it must be a whole number from {low:,} to {high:,}.")
    return number


def is_count(value: str) -> bool:
    """Whether a word is a whole number of a size that can be meant."""
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST


class Parser(argparse.ArgumentParser):
    """Arguments of a command with many flags; what is wrong with them is a RequestError, as everywhere."""

    def read(self, arguments: Sequence[str]) -> argparse.Namespace | None:
        """The arguments by name; nothing if the usage was all that was wanted, which is printed."""
        if is_help(arguments):
            self.print_help()
            return None
        return self.parse_args(arguments)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments in one line."""
        complaint = " ".join(message.split())[:MOST_SHOWN]
        raise RequestError(f"{self.prog.rpartition(' ')[2]}: {complaint}; see `{self.prog} --help`.")
