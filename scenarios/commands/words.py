"""A command line in its parts: flags with their values, switches, and the other words."""

import argparse
from collections.abc import Collection, Sequence
from typing import NoReturn

from scenarios.errors import RequestError, nearest

MOST_DIGITS = 18  # of a number on a command line
MOST_SHOWN = 200  # characters of a complaint about a word


class Parser(argparse.ArgumentParser):
    """A parser of words that refuses a wrong one in one line, as every command does."""

    def error(self, message: str) -> NoReturn:
        """Refuse the words."""
        said = message if len(message) <= MOST_SHOWN else f"{message[:MOST_SHOWN]}..."
        raise RequestError(f"{said}; see {self.prog} --help.")


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


def counted(value: str, flag: str, low: int) -> int:
    """A whole number given by a flag."""
    if not is_count(value) or int(value) < low:
        raise RequestError(f"{flag} is {value[:MOST_SHOWN]!r}; it must be a whole number from {low}.")
    return int(value)


def is_count(value: str) -> bool:
    """Whether a word is a whole number of a size that can be meant."""
    return value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS
