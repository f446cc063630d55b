"""Errors a user can act on: what was expected, what arrived, what to do.

Each class carries the exit code of the command line (see ``docs`` in the README). No message ever quotes
the text of a document: files are named by path and by the first characters of their SHA-256.
"""

from __future__ import annotations


class InchiestaError(Exception):
    """Any error that is shown to the user as one line, without a traceback.

    ``exit_code`` is the status the command line ends with.
    """

    exit_code = 4


class SettingsError(InchiestaError):
    """Bad settings, parameters or source; nothing was started (exit code 2)."""

    exit_code = 2


class SourceError(SettingsError):
    """The source does not exist, is empty or cannot be opened (exit code 2)."""


class ParameterError(SettingsError):
    """A notebook parameter with an unknown name or of the wrong type (exit code 2)."""


class TableError(InchiestaError):
    """A table that does not have the shape `inchiesta.tables` promises."""


class UnknownTableError(TableError):
    """A table name that is not in the data dictionary (exit code 2)."""

    exit_code = 2


class FindingError(InchiestaError):
    """A number that was stated without its base or its evidence."""


class RunError(InchiestaError):
    """A run that failed; the previous report is kept (exit code 4)."""


class WorkerDiedError(InchiestaError):
    """A process of the pool died; its batch has to be done in another way."""


class LockedError(InchiestaError):
    """Another run holds the lock (exit code 5)."""

    exit_code = 5
