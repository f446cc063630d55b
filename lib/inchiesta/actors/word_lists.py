"""The word lists of the actors: read once from ``resources/actors``, in the shapes the finders look words up in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

# Languages whose capitalised words we know how to read; every other language gets the gazetteer only.
FULL_LANGUAGES = ("it", "en")
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "‑": "-"})


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Read a tab-separated word list, one dictionary per row (missing cells are empty)."""
    path = files("inchiesta") / "resources" / "actors" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


@cache
def given_names() -> frozenset[str]:
    """Give the given names, as written."""
    known = {row["name"] for row in read_rows("names.tsv") if row["origin"] != "also a word"}
    return frozenset(known | {row["name"] for row in read_rows("hints.tsv") if row["kind"] == "given"})


@cache
def wordlike_names() -> frozenset[str]:
    """Give the given names that are also words or places (Bill, Rose, Georgia): they count only before another name."""
    return frozenset(row["name"] for row in read_rows("names.tsv") if row["origin"] == "also a word")


@cache
def words_of_class(language: str, *classes: str) -> frozenset[str]:
    """Give the lower-case words of ``not_names.tsv`` of some classes: function, date, honorific, never ..."""
    return frozenset(
        row["word"] for row in read_rows("not_names.tsv") if row["language"] == language and row["class"] in classes
    )


@cache
def heads(language: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Give the head words of organisations and places: kind and the prepositions that may continue the name."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    rows = list(read_rows("org_words.tsv"))
    # Both languages are read: an Italian text names the Lorvan Treaty Alliance, an English one the Corte dei conti.
    for row in sorted(rows, key=lambda row: row["language"] != language):
        joins = frozenset(row["joins"].split("|")) - {""}
        found.setdefault(row["word"].lower(), (row["kind"], joins))
    return found


@cache
def particles() -> dict[str, str]:
    """Give the small words inside names of persons: *strong* ones join, *weak* ones only after one given name."""
    return {row["words"]: row["strength"] for row in read_rows("particles.tsv")}


@cache
def cues(language: str, position: str) -> dict[str, tuple[str, int]]:
    """Give the words that hint at a kind when they stand ``before`` or ``after`` a name, or that extend a place."""
    rows = (row for row in read_rows("cues.tsv") if row["language"] == language and row["position"] == position)
    return {row["words"]: (row["kind"], int(row["weight"])) for row in rows}


@cache
def word_classes(language: str) -> dict[str, str]:
    """Give the class of each lower-case word of ``not_names.tsv``."""
    return {row["word"]: row["class"] for row in read_rows("not_names.tsv") if row["language"] in (language, "xx")}


@cache
def demonym_words() -> frozenset[str]:
    """Give the demonyms of all states in lower case, both languages."""
    rows = list(read_rows("territories.tsv"))
    cells = [cell for row in rows for column in ("demonym_en", "demonym_it") for cell in row[column].split("|")]
    return frozenset(cell.strip().lower() for cell in cells if cell.strip())


@cache
def title_words() -> dict[str, str]:
    """Give the class of each one-word title or role in lower case; *opens* for a word that only begins a longer one."""
    found: dict[str, str] = {}
    for row in read_rows("titles.tsv"):
        first, _, rest = row["title"].lower().partition(" ")
        if rest:
            found.setdefault(first, "opens")
        else:
            found[first] = row["role_class"]
    return found


@cache
def surname_hints() -> frozenset[str]:
    """Give family names met in the news: a hint, since many are also something else."""
    return frozenset(row["name"] for row in read_rows("hints.tsv") if row["kind"] == "surname")


@cache
def name_hints() -> dict[str, str]:
    """Give names of places, organisations and other things with their kind: hints to the tagger, no actors yet.

    A name that may be several (*Napoli*, town and team) has its kinds one after the other.
    """
    kinds: dict[str, list[str]] = {}
    for row in read_rows("hints.tsv"):
        if row["kind"] not in ("surname", "given"):
            kinds.setdefault(row["name"], []).append(row["kind"])
    return {name: " ".join(sorted(found)) for name, found in kinds.items()}
