"""The command line: `inchiesta report`, and the commands beside it."""

from inchiesta.cli.commands import app, main

__all__ = ["app", "main"]
