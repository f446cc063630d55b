"""Speakers without a name: roles, pronouns, people nobody names; and the roles names are introduced with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inchiesta.quotes.page import Name, Page
from inchiesta.quotes.words import last_word, read_words

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
# Letters on either side of an expression of speech within which its subject stands.
_REACH = 60
_LONGEST = 4
# Words between a name and the role behind it (Anna Neri, the new prime minister).
_MOST_BETWEEN = 4
_SUBJECTS = frozenset({"pronoun", "plural", "unnamed", "role"})
_APPOSITION = re.compile(r",\s+((?:[^\W\d]|[’' -]){3,90}?)(?=[,.;:«“\"()]|$)")
_STOP = re.compile(r"[.;:!?«»“”\"()]|, ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A speaker without a name: ``role`` is pronoun, plural, unnamed or role; ``text[start:end]`` with its article."""

    start: int
    end: int
    role: str
    head: str


def find_phrases(page: Page, start: int, end: int, language: str) -> Iterator[Phrase]:
    """Give the phrases in a stretch of text that may be the subject of an expression of speech."""
    words = read_words(language)
    tokens = [(match.start(), match.end(), match[0].rstrip("'")) for match in _TOKEN.finditer(page.low, start, end)]
    number = 0
    while number < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - number), 0, -1):
            first, last = tokens[number], tokens[number + length - 1]
            word = words.get(first[2] if length == 1 else page.low[first[0] : last[1]])
            if word is not None and word.role in _SUBJECTS:
                if word.role not in ("pronoun", "plural") and first[0] > start and number:
                    article = tokens[number - 1]
                    begin = article[0] if first[0] - article[1] <= 1 else first[0]
                else:
                    begin = first[0]
                yield Phrase(begin, last[1], word.role, tokens[number + length - 1][2] if length < 3 else first[2])
                number += length - 1
                break
        number += 1


def reach_of(cue_start: int, cue_end: int, start: int, end: int) -> tuple[int, int]:
    """Give the part of a stretch near an expression of speech."""
    return max(start, cue_start - _REACH), min(end, cue_end + _REACH)


def resolve_role(page: Page, head: str, language: str) -> Name | None:
    """Give the only person of the document introduced with a role, if there is just one."""
    if page.roles is None:
        page.roles = _gather_roles(page, language)
    named = page.roles.get(head, [])
    return named[0] if named and len({name.actor for name in named}) == 1 else None


def _gather_roles(page: Page, language: str) -> dict[str, list[Name]]:
    """Give the persons of a document by the words of the roles they are introduced with."""
    roles: dict[str, list[Name]] = {}
    for name in page.names:
        if name.kind != "PER":
            continue
        for begin, end in _beside(page, name):
            for phrase in find_phrases(page, begin, end, language):
                if phrase.role == "role":
                    roles.setdefault(phrase.head, []).append(name)
    return roles


def _beside(page: Page, name: Name) -> Iterator[tuple[int, int]]:
    """Give the stretches before and behind a name in which its role stands."""
    begin = max(page.starts[page.sentence_at(name.start)], name.start - _REACH)
    stops = [match.end() for match in _STOP.finditer(page.text, begin, max(begin, name.start - 2))]
    begin = stops[-1] if stops else begin
    # Another name in between owns the role.
    if not any(begin <= other.start < name.start and other.kind == "PER" for other in page.names_in(begin, name.start)):
        yield begin, name.start
    found = _APPOSITION.match(page.text, name.end)
    if found:
        yield found.start(1), found.end(1)


def find_role(page: Page, name: Name, language: str) -> str:
    """Give the words a speaker is introduced with: the role, with its institution where it follows; empty for none."""
    for begin, end in _beside(page, name):
        roles = [phrase for phrase in find_phrases(page, begin, end, language) if phrase.role == "role"]
        if roles:
            text = page.text[roles[0].start : end].strip(" ,")
            return text if len(text) < 100 and text[:1].isalpha() else ""
    return ""


def resolve_pronoun(page: Page, start: int) -> Name | None:
    """Give whom a pronoun means where it is safe: the only person of its sentence so far and the two before."""
    sentence = page.sentence_at(start)
    begin = page.starts[max(0, sentence - 2)]
    persons = [name for name in page.names_in(begin, start) if name.kind == "PER"]
    if len({name.actor for name in persons}) == 1:
        return persons[-1]
    return None


def is_beside_a_name(page: Page, phrase: Phrase, language: str) -> bool:
    """Tell whether a role belongs to a name (il ministro Anna Neri; Anna Neri, the minister,) or hangs on a preposition."""
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
    """Tell what stands in front of a name: 0 nothing, 1 a preposition, 2 one who acts (da, by), 3 a source (secondo)."""
    word = last_word(page.low, start) if start and page.low[start - 1] in " '" else ""
    found = read_words(language).get(word) if word else None
    role = found.role if found else ""
    if role == "according" or word in ("to", "di", "del", "della", "dell") and _follows_source(page, start):
        return 3
    return 1 if role == "preposition" else 2 if role == "agent" else 0


def _follows_source(page: Page, start: int) -> bool:
    before = page.low[max(0, start - 22) : start]
    return any(source in before for source in ("according", "a detta", "a giudizio", "a parere", "avviso", "stando", "per voce"))
