"""A command line in its parts: flags with their values, switches, and the other words."""

from collections.abc import Collection, Sequence

from scenarios.errors import RequestError, nearest


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
    if not value.isdecimal() or int(value) < low:
        raise RequestError(f"{flag} is {value!r}; it must be a whole number from {low}.")
    return int(value)
