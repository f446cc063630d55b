"""Which column or key of an export holds what: by common names in five languages, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from inchiesta.corpus.metadata import language_code
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed
from inchiesta.corpus.sources import shown
from inchiesta.text.stated_date import parse_date

FIELDS = ("text", "title", "source", "author", "url", "language", "published_on")

# Column names are listed in reasons; a longer one is a line of text where a header was expected, and stays out.
_LONGEST_NAME = 30
_MOST_NAMES = 12

Chosen = dict[str, str]


@lru_cache(maxsize=1)
def read_column_names() -> dict[str, tuple[str, int]]:
    """Give every known column name, normalised, with its field and its rank (0 is the best)."""
    lines = files("inchiesta").joinpath("resources", "columns.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names: dict[str, tuple[str, int]] = {}
    for rank, line in enumerate(lines):
        field, name = line.split("\t")
        names.setdefault(normal_name(name), (field, rank))
    return names


def normal_name(name: str) -> str:
    """Give a column name as names are compared: lower case, one space for `_`, `-`, `.`."""
    return re.sub(r"[\s_\-.]+", " ", name.strip().lower())


def choose_columns(names: Sequence[str], given: Mapping[str, str] | None = None) -> Chosen:
    """Choose the column of each field.

    Parameters
    ----------
    names
        The columns of a table or the keys of an object.
    given
        Field to column name, as the user says: `{"text": "corpo"}`. It comes before the known names.

    Returns
    -------
    dict
        Field to column, only for the fields that have one.

    Raises
    ------
    SetAsideError
        `no text column`, with the columns that are there.
    """
    given = given or {}
    best: dict[str, tuple[int, str]] = {}
    known = read_column_names()
    for name in names:
        field, rank = known.get(normal_name(name), ("", 0))
        if field and field not in given and name not in given.values() and (field not in best or rank < best[field][0]):
            best[field] = (rank, name)
    chosen = {field: name for field, (_, name) in best.items()}
    by_name = {normal_name(name): name for name in reversed(names)}
    chosen |= {field: by_name[normal_name(name)] for field, name in given.items() if normal_name(name) in by_name}
    if "text" not in chosen:
        raise SetAsideError(Outcome.NO_TEXT_COLUMN, _words_for_missing(names, given))
    return chosen


def _words_for_missing(names: Sequence[str], given: Mapping[str, str]) -> str:
    listed = [shown(name) if len(name) <= _LONGEST_NAME else f"(a name of {len(name)} characters)" for name in names]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    missing = f"there is no column {given['text']}, " if "text" in given else ""
    return f"{missing}columns are {', '.join(listed[:_MOST_NAMES])}{more}; name it with --column text=NAME"


def row_to_parsed(row: Mapping[str, Any], chosen: Chosen) -> Parsed:
    """Give the document a row states.

    Raises
    ------
    SetAsideError
        `empty` when the text has no letter or digit.
    """
    values = {field: as_words(row.get(name), "\n\n" if field == "text" else ", ") for field, name in chosen.items()}
    text = values["text"].replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SetAsideError(Outcome.EMPTY, "the row has no text")
    stated_language = values.get("language", "").strip()
    language = language_code(stated_language)
    published_on, precision = parse_date(values.get("published_on", ""), language)
    stated = {field: " ".join(values.get(field, "").split()) for field in ("title", "source", "author", "url")}
    return Parsed(
        text=text,
        **stated,
        language_hint=language or stated_language,
        published_on=published_on,
        date_precision=precision,
    )


def as_words(value: Any, separator: str) -> str:
    """Give a JSON value as words: strings as they are, the parts of a list joined, the name of an object."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        return separator.join(filter(None, (as_words(part, separator) for part in value)))
    if isinstance(value, dict):
        return next((value[key] for key in ("name", "text", "title", "$date") if isinstance(value.get(key), str)), "")
    return str(value)
