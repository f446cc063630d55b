"""The word lists of ``resources/<language>/``, read once and kept."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# Languages with lists of their own; the others are counted, not read.
FULL_LANGUAGES = ("it", "en")


@cache
def read_rows(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of ``resources/<language>/<name>``, the header and lines that begin with ``#`` left out.

    Parameters
    ----------
    language : str
        ISO 639-1 code, the folder's name.
    name : str
        File name: ``abbreviations.tsv``, ``stopwords.txt``, ...

    Returns
    -------
    tuple of tuple of str
        One tuple of cells for each line, in the order of the file; empty where there is no such file.
    """
    place = files("inchiesta").joinpath("resources", language, name)
    if not place.is_file():
        return ()
    lines = [line for line in place.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    first = 1 if name.endswith(".tsv") else 0
    return tuple(tuple(line.split("\t")) for line in lines[first:])


@cache
def read_stopwords(language: str) -> frozenset[str]:
    """Give the stop words of a language, lower case, typewriter apostrophes; empty for a language without a list."""
    return frozenset(row[0] for row in read_rows(language, "stopwords.txt"))
