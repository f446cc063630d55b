"""Speakers without a name: roles, pronouns, people nobody names; and the roles names are introduced with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from inchiesta.quotes.page import Name, Page
from inchiesta.quotes.words import last_word, read_roles, read_words
from inchiesta.text.lists import FULL_LANGUAGES, read_rows

# Letters on either side of an expression of speech within which its subject stands.
_REACH = 60
# A role is told at the first namings of a person.
_MOST_NAMINGS = 3
# Words between a name and the role behind it (Anna Neri, the new prime minister).
_MOST_BETWEEN = 4
_JOINTS = read_roles("joint")
_APPOSITION = re.compile(r",\s+((?:[^\W\d]|[’' -]){3,140}?)(?=[,.;:«“\"()]|$)")
# These tell nothing of a person's part.
_HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "miss", "sir", "signor", "signora", "signore", "sig", "il signor", "la signora"}
)
_OF = read_roles("owner")
# Whoever bears these speaks for the person named nearby, and is not that person.
FOR_OTHERS = read_roles("for others")
_STOP = re.compile(r"[.;:!?«»“”\"()]|, ")


class Phrase(NamedTuple):
    """A speaker without a name: ``role`` is pronoun, plural, unnamed, body or role; the text with its article."""

    start: int
    end: int
    role: str
    head: str


def find_phrases(page: Page, start: int, end: int) -> Iterator[Phrase]:
    """Give the phrases in a stretch of text that may be the subject of an expression of speech, with their article."""
    first = bisect_left(page.subject_starts, start)
    for subject in page.subjects[first : bisect_left(page.subject_starts, end)]:
        begin = subject.start
        if subject.role in ("role", "unnamed", "body") and begin > start:
            begin = _article_before(page.low, begin, start)
        yield Phrase(begin, subject.end, subject.role, subject.word.kind or _head_of(subject.word.lemma))


def _article_before(text: str, position: int, floor: int) -> int:
    """Give where the word in front of a place begins, where nothing but a space or an apostrophe is in between."""
    place = position - 1
    if text[place] not in " '":
        return position
    while place > floor and text[place - 1].isalnum():
        place -= 1
    return place if text[place].isalnum() else position


@cache
def _head_of(lemma: str) -> str:
    """Give the word of a role that stays the same when it is shortened (ministro degli Esteri, prime minister)."""
    words = lemma.split()
    joined = any(word in _JOINTS for word in words)
    return words[0] if joined and words[0] not in ("ex", "vice") else words[-1]


def reach_of(cue_start: int, cue_end: int, start: int, end: int) -> tuple[int, int]:
    """Give the part of a stretch near an expression of speech."""
    return max(start, cue_start - _REACH), min(end, cue_end + _REACH)


def resolve_role(page: Page, head: str) -> tuple[Name | None, int]:
    """Give the person of the document introduced with a role, if there is just one, and how many there are."""
    actors, first = _holders_of(page, head)
    return (first if len(actors) == 1 else None), len(actors)


def _holders_of(page: Page, head: str) -> tuple[frozenset[str], Name | None]:
    if page.roles is None:
        page.roles = _gather_roles(page)
    if head not in page.holders:
        named = page.roles.get(head, [])
        page.holders[head] = frozenset(name.actor for name in named), named[0] if named else None
    return page.holders[head]


def resolve_kindred(page: Page, head: str) -> Name | None:
    """Give the only person of the document introduced with a role of the same family (senatrice, parlamentare)."""
    if head not in page.kindred:
        family, roles = read_families().get(head), page.roles or {}
        named = [name for other, names in roles.items() if read_families().get(other) == family for name in names]
        is_one = family is not None and len({name.actor for name in named}) == 1
        page.kindred[head] = named[0] if is_one else None
    return page.kindred[head]


@cache
def read_families() -> dict[str, str]:
    """Give the family of roles.tsv a role belongs to, by the word `Phrase.head` holds."""
    families: dict[str, str] = {}
    for language in FULL_LANGUAGES:
        words = read_words(language)
        for role, family in read_rows(language, "roles.tsv"):
            families.setdefault(words[role].kind or _head_of(role), family)
    return families


def _gather_roles(page: Page) -> dict[str, list[Name]]:
    """Give the persons of a document by the words of the roles they are introduced with."""
    roles: dict[str, list[Name]] = {}
    for name in page.names:
        if name.kind != "PER":
            continue
        for begin, end in _beside(page, name):
            for phrase in find_phrases(page, begin, end):
                # Far behind its comma a role is somebody else's: *Rossi, che ne parlò ieri con il ministro*.
                is_near = begin < name.start or page.text.count(" ", begin, phrase.start) <= _MOST_BETWEEN
                if phrase.role == "role" and is_near:
                    roles.setdefault(phrase.head, []).append(name)
    return roles


def resolve_shared(page: Page, head: str, position: int) -> Name | None:
    """Give whom a role of several persons means: the only one named in the same sentence or the two before."""
    begin = page.starts[max(0, page.sentence_at(position) - 2)]
    actors, _ = _holders_of(page, head)
    near = [name for name in page.names_in(begin, position) if name.actor in actors]
    return near[-1] if len({name.actor for name in near}) == 1 else None


def _beside(page: Page, name: Name) -> Iterator[tuple[int, int]]:
    """Give the stretches before and behind a name in which its role stands."""
    begin = max(page.starts[page.sentence_at(name.start)], name.start - _REACH)
    stops = [match.end() for match in _STOP.finditer(page.text, begin, max(begin, name.start - 2))]
    begin = stops[-1] if stops else begin
    # A role before another name is that one's; behind a preposition (the lawyer of Anna Neri) it is not this one's.
    persons = [other.end for other in page.names_in(begin, name.start) if other.kind == "PER"]
    if last_word(page.low, name.start) not in _OF:
        yield max([begin, *persons]), name.start
    found = _APPOSITION.match(page.text, name.end)
    if found:
        yield found.start(1), found.end(1)


def role_of(page: Page, name: Name) -> str:
    """Give the words a speaker is introduced with anywhere in the document, first where it is quoted."""
    if name.actor not in page.introduced:
        namings = page.namings_of(name.actor)
        found = (find_role(page, other) for other in [name, *namings[:_MOST_NAMINGS]])
        page.introduced[name.actor] = next((role for role in found if role), "") if namings else ""
    return page.introduced[name.actor]


def find_role(page: Page, name: Name) -> str:
    """Give the words a speaker is introduced with: the role, with its institution where it follows; empty for none."""
    for begin, end in _beside(page, name):
        roles = [phrase for phrase in find_phrases(page, begin, end) if phrase.role == "role"]
        if roles:
            begin = roles[0].start
            if page.low[begin:end].split(" ", 1)[0] in _OF:
                begin = page.low.find(" ", begin) + 1
            text = page.text[begin:end].strip(" ,")
            if text.lower().rstrip(".") in _HONORIFICS:
                continue
            return text if len(text) < 140 and text[:1].isalpha() else ""
    return ""


def resolve_body(page: Page, start: int) -> Name | None:
    """Give the institution *la società* means: the only one named in its sentence so far and the two before."""
    begin = page.starts[max(0, page.sentence_at(start) - 2)]
    bodies = [name for name in page.names_in(begin, start) if name.kind == "ORG"]
    return bodies[-1] if len({name.actor for name in bodies}) == 1 else None


def resolve_pronoun(page: Page, start: int) -> Name | None:
    """Give whom a pronoun means where it is safe: the only person of its sentence so far and the two before."""
    sentence = page.sentence_at(start)
    begin = page.starts[max(0, sentence - 2)]
    persons = [name for name in page.names_in(begin, start) if name.kind == "PER"]
    if len({name.actor for name in persons}) == 1:
        return persons[-1]
    return None


def is_beside_a_name(page: Page, phrase: Phrase, language: str) -> bool:
    """Tell whether a role belongs to a name (il ministro Anna Neri; Anna Neri, the minister) or a preposition."""
    word = page.low[phrase.start : phrase.end].replace("'", " ").split(None, 1)[0]
    known = read_words(language).get(word)
    if known is not None and known.role in ("preposition", "agent") and phrase.end - phrase.start > len(word):
        return preposition_before(page, phrase.start, language) != 3 and known.role != "agent"
    for name in page.names_in(phrase.end, phrase.end + _REACH):
        if name.kind == "PER":
            gap = page.text[phrase.end : name.start]
            return not _STOP.search(gap.replace(", ", " ", 1)) and not page.cues_in(phrase.end, name.start)
    for name in page.names_in(phrase.start - _REACH, phrase.start):
        gap = page.text[name.end : phrase.start]
        if name.kind == "PER" and gap.startswith(",") and gap.count(" ") <= _MOST_BETWEEN and not _STOP.search(gap[1:]):
            return True
    return False


def preposition_before(page: Page, start: int, language: str) -> int:
    """Tell what stands in front of a name: 0 nothing, 1 a preposition, 2 an agent (da, by), 3 a source (secondo)."""
    word = last_word(page.low, start) if start and page.low[start - 1] in " '" else ""
    found = read_words(language).get(word) if word else None
    role = found.role if found else ""
    if role == "according" or (word in ("to", "di", "del", "della", "dell") and _follows_source(page, start)):
        return 3
    return 1 if role == "preposition" else 2 if role == "agent" else 0


def _follows_source(page: Page, start: int) -> bool:
    before = page.low[max(0, start - 22) : start]
    return any(
        source in before
        for source in ("according", "a detta", "a giudizio", "a parere", "avviso", "stando", "per voce")
    )
