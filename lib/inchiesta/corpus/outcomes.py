"""What can become of a file: one list of stable codes, each the beginning of a `reason`."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Why a file, member or row was set aside. The code stands before the colon of `RawDocument.reason`."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    BINARY = "binary"
    ENCODING = "encoding"
    UNSUPPORTED = "unsupported format"
    SYMLINK = "symlink"
    NO_PERMISSION = "no permission"
    SPECIAL = "special file"
    HIDDEN = "hidden"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    BOMB = "archive bomb"
    MEMBER_REFUSED = "archive member refused"
    TOO_DEEP = "too deep"
    NO_TEXT_COLUMN = "no text column"
    BROKEN_LINE = "broken line"
    NO_TEXT = "no text"
    NOT_OURS = "parquet not ours"
    INTERRUPTED = "interrupted"
    UNREADABLE = "unreadable"


# Depend on the machine and the moment, not on the file alone: not to be remembered from run to run.
TRANSIENT = frozenset({Outcome.TIMEOUT, Outcome.MEMORY, Outcome.INTERRUPTED, Outcome.NO_PERMISSION})


class SetAsideError(Exception):
    """Raised inside the readers when a document cannot be read; becomes its `reason`.

    The words name sizes, counts and kinds, never the text.
    """

    def __init__(self, outcome: Outcome, words: str) -> None:
        super().__init__(f"{outcome.value}: {words}")
        self.outcome = outcome

    @property
    def reason(self) -> str:
        """The reason as it is written into the table documents."""
        return str(self.args[0])


def outcome_of(reason: str) -> str:
    """Give the stable code at the beginning of a reason.

    Examples
    --------
    >>> outcome_of("too large: 62,914,560 bytes, the limit for txt is 20,000,000")
    'too large'
    """
    return reason.partition(":")[0]
