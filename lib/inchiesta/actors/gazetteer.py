"""Names every newsroom knows: states with their seats and demonyms, organisations, cities; found in one pass.

The automaton is built once per process and cannot be pickled: each worker builds its own at its first document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from inchiesta.actors.word_lists import APOSTROPHES, given_names, read_rows, wordlike_names

# Shorter names in capitals (CHAD, MALI) collide with acronyms and shouted words.
SHORTEST_SHOUTED = 5
# An acronym is short; SOVIET UNION in capitals is a shouted name.
LONGEST_ACRONYM = 8
# Ways to write an article at the head of a listed alias: the article is never part of the name.
ARTICLE = re.compile(r"(?:il|lo|la|i|gli|le|the) |l'")
# A place is not the name when an address or a handle goes on around it.
FORBIDDEN_BEFORE = frozenset("@/_")


@dataclass(frozen=True, slots=True)
class Listed:
    """One way to write a listed actor. ``rule`` is empty, *inside* (not alone at a sentence start) or *support*."""

    actor_id: str
    kind: str
    form: str
    rule: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One listed name in a text."""

    start: int
    end: int
    listed: Listed


def _cells(row: dict[str, str], *columns: str) -> list[str]:
    found = [alias.strip() for column in columns for alias in row[column].split("|")]
    return [ARTICLE.sub("", alias, count=1) if ARTICLE.match(alias) else alias for alias in found if alias]


def _is_acronym(alias: str) -> bool:
    letters = [character for character in alias if character.isalpha()]
    return len(alias) <= LONGEST_ACRONYM and " " not in alias and len(letters) > 1 and all(c.isupper() for c in letters)


def _territories() -> list[tuple[str, Listed]]:
    found = []
    for row in read_rows("territories.tsv"):
        for alias in _cells(row, "name_en", "name_it", "aliases_en", "aliases_it"):
            found.append((alias, Listed(row["code"], "LOC", "acronym" if _is_acronym(alias) else "name", "")))
    return found


def _organisations() -> list[tuple[str, Listed]]:
    found = []
    for row in read_rows("organisations.tsv"):
        for alias in _cells(row, "name_en", "name_it", "aliases", "acronyms"):
            listed_as_acronym = alias in row["acronyms"].split("|") or _is_acronym(alias)
            found.append((alias, Listed(row["id"], "ORG", "acronym" if listed_as_acronym else "name", "")))
    return found


def _places() -> list[tuple[str, Listed]]:
    rows = list(read_rows("places.tsv"))
    return [
        (alias, Listed(row["id"], "LOC", "name", ""))
        for row in rows
        for alias in _cells(row, "name_en", "name_it", "aliases")
    ]


def _seats_and_demonyms() -> tuple[list[tuple[str, Listed]], list[tuple[str, Listed]]]:
    seats, demonyms = [], []
    for row in read_rows("territories.tsv"):
        # A seat is a body by our annotation rules (ORG), though the actor it stands for is the state (LOC).
        seats += [(alias, Listed(row["code"], "ORG", "seat", "")) for alias in _cells(row, "seat")]
        for alias in _cells(row, "demonym_en", "demonym_it"):
            demonyms.append((alias, Listed(row["code"], "LOC", "demonym", "")))
            if alias[0].islower():
                demonyms.append((alias[0].upper() + alias[1:], Listed(row["code"], "LOC", "demonym", "")))
    return seats, demonyms


@lru_cache(maxsize=1)
def listed_names() -> dict[str, Listed]:
    """Give every listed way to write an actor.

    Where two rows share an alias the first wins, in this order: states, organisations, cities and areas, seats,
    demonyms; a seat that is also an organisation (Farnesina) therefore is that organisation, with form *seat*.
    """
    rules = {row["term"]: row["rule"] for row in read_rows("ambiguous.tsv")}
    seats, demonyms = _seats_and_demonyms()
    seat_words = {alias for alias, _ in seats}
    found: dict[str, Listed] = {}
    for alias, listed in [*_territories(), *_organisations(), *_places(), *seats, *demonyms]:
        alias = alias.translate(APOSTROPHES)
        form = "seat" if alias in seat_words and listed.form != "demonym" else listed.form
        found.setdefault(alias, Listed(listed.actor_id, listed.kind, form, rules.get(alias, "")))
    for alias, listed in list(found.items()):
        shouted = alias.upper()
        if len(alias) >= SHORTEST_SHOUTED and listed.form in ("name", "seat") and not listed.rule:
            found.setdefault(shouted, listed)
    return found


@lru_cache(maxsize=1)
def name_automaton() -> tuple[AhoCorasick, tuple[str, ...], tuple[Listed, ...]]:
    """Give the automaton over all listed names, with the names and what they stand for by index."""
    names = listed_names()
    return AhoCorasick(list(names)), tuple(names), tuple(names.values())


@lru_cache(maxsize=1)
def title_automaton() -> AhoCorasick:
    """Give the automaton over titles and roles: as listed, with a capital, and with every word capitalised."""
    titles = {row["title"] for row in read_rows("titles.tsv")}
    titles |= {title[0].upper() + title[1:] for title in titles} | {_capitalise(title) for title in titles}
    return AhoCorasick(sorted(titles))


def _capitalise(title: str) -> str:
    return " ".join(word[0].upper() + word[1:] if len(word) > 3 else word for word in title.split(" "))


def plain(text: str) -> str:
    """Give ``text`` with one kind of apostrophe, space and hyphen, character for character: offsets stay true."""
    # One pass per character that is there is eight times faster than str.translate.
    for code, letter in APOSTROPHES.items():
        text = text.replace(chr(code), letter) if isinstance(letter, str) else text
    return text


def stands_free(text: str, start: int, end: int) -> bool:
    """Tell whether the span is bounded by characters that end a word."""
    if start and ((text[start].isalnum() and text[start - 1].isalnum()) or text[start - 1] in FORBIDDEN_BEFORE):
        return False
    return not (end < len(text) and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"))


def longest_spans(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Keep the leftmost span, of those the longest, then the next one that does not overlap."""
    kept: list[tuple[int, int, int]] = []
    reached = -1
    for start, end, index in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            kept.append((start, end, index))
            reached = end
    return kept


def find_titles(text: str) -> list[tuple[int, int]]:
    """Find titles and roles in a `plain` text: spans in reading order that do not overlap."""
    found = title_automaton().find_matches_as_indexes(text, overlapping=True)
    spans = [(start, end, index) for index, start, end in found if stands_free(text, start, end)]
    return [(start, end) for start, end, _ in longest_spans(spans)]


def find_listed(text: str) -> list[Hit]:
    """Find listed names in a `plain` text: leftmost, longest, at word boundaries, in their own case.

    Every alias counts with its capitals as listed (*Usa*, not *usa*); longer names also count in capitals throughout.
    Demonyms are found too: they cut names apart (*Russian President Putin*) even where they are not asked for.
    """
    automaton, _, listed = name_automaton()
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    spans = [(start, end, index) for index, start, end in found if stands_free(text, start, end)]
    return [Hit(start, end, listed[index]) for start, end, index in longest_spans(spans)]


def is_given_name(word: str, *, wordlike: bool = False) -> bool:
    """Tell whether ``word`` is a given name we know (also when all in capitals, or of two: Jean-Claude)."""
    names = given_names()
    if word in names or (wordlike and word in wordlike_names()):
        return True
    if "-" in word:
        return word.split("-", 1)[0] in names
    return word.isupper() and len(word) > 2 and word.capitalize() in names
