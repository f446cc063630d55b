"""The command line by ``python -m inchiesta.cli``."""

from inchiesta.cli.commands import main

main()
