"""Chains: runs of capitalised words with the small words between them, found by one expression and cut into words.

A chain is only raw material (*President of the Republic Aldo Marenghi and Arvex Systems* is one chain);
`inchiesta.actors.compounds` decides which names stand in it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from inchiesta.actors.word_lists import heads, particles


def _ranges(codes: list[int]) -> str:
    """Write code points as the inside of a character class."""
    parts, start = [], 0
    for index, code in enumerate(codes):
        if index + 1 == len(codes) or codes[index + 1] != code + 1:
            parts.append(f"{re.escape(chr(codes[start]))}-{re.escape(chr(code))}")
            start = index + 1
    return "".join(parts)


# Latin, Greek, Cyrillic, Armenian and Georgian capitals; the planes above hold no capitals of living news languages.
UPPER = "[" + _ranges([code for code in range(min(0x2000, sys.maxunicode)) if chr(code).isupper()]) + "]"
# Abbreviations whose full stop belongs to the name or its title.
DOTTED = r"(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|Rev|St|Prof|Sgt|Capt|Sig|Dott|On|Ing|Avv|Mons|Jr|Sr)\."
INITIALS = rf"{UPPER}\.(?:[ -]?{UPPER}\.)*(?!\w)"
# An apostrophe goes on inside a word (D'Alema) unless it is the English genitive; so does a hyphen (Okoro-Lindt).
WORD = rf"{UPPER}\w*(?:'(?!s\b)\w+|[-–](?=\w)\w+)*"
TOKEN = rf"(?:{DOTTED}|{INITIALS}|{WORD})"
# Italian articles and prepositions that elide: at the head of a chain they are never part of a name.
ELIDED_PREFIX = r"(?:L|D|Dell|All|Dall|Nell|Sull|Un|Quest|Quell|C|S|N|Com|Cos|Dov|Tutt|Anch)'"
JOINED = r"(?:(?:dell|all|l|d|sull|nell)'|(?:al|el|as|ash|an|ad)-)"


# The same three ways for the first word, written behind its capital: an expression that begins with one set of
# characters is searched several times faster than one that begins by looking around.
FIRST_DOTTED = (
    r"(?:(?<=M)(?:rs?|s|ons)|(?<=D)(?:r|ott)|(?<=G)(?:en|ov)|(?<=C)(?:ol|apt)|(?<=L)t|(?<=S)(?:en|t|gt|ig|r)"
    r"|(?<=R)(?:ep|ev)|(?<=P)rof|(?<=O)n|(?<=I)ng|(?<=A)vv|(?<=J)r)\."
)
FIRST_INITIALS = rf"\.(?:[ -]?{UPPER}\.)*(?!\w)"
FIRST_WORD = r"\w*(?:'(?!s\b)\w+|[-–](?=\w)\w+)*"


@cache
def chain_pattern() -> re.Pattern[str]:
    """Give the expression for a chain; the small words come from the particles and the joins of the head words."""
    small = set(particles()) | {"e", "ed", "and", "&", "y", "il", "lo", "i", "gli", "of", "the", "for"}
    for _, joins in heads("it").values():
        small |= {word for join in joins for word in join.split(" ")}
    words = "|".join(sorted((re.escape(word) for word in small if word[-1] not in "'-"), key=len, reverse=True))
    first = rf"{UPPER}(?<![\w@/].)(?:{FIRST_DOTTED}|{FIRST_INITIALS}|{FIRST_WORD})"
    return re.compile(rf"{first}(?:(?: (?:{words}))* {JOINED}?{TOKEN})*")


def find_chains(text: str) -> Iterator[tuple[int, int]]:
    """Find the chains of a plain text: spans, without an elided article at their head (*L'*\\ Armenia)."""
    search = chain_pattern().search
    match = search(text)
    while match is not None:
        start, end = match.span()
        elided = ELIDED.match(text, start, end) if text.find("'", start, start + LONGEST_ELIDED) > 0 else None
        if elided is None:
            yield start, end
        elif text[elided.end()].isupper():
            yield elided.end(), end
        else:
            end = elided.end()
        match = search(text, end)


TOKEN_PATTERN = re.compile(rf"(?<!\w){TOKEN}")
CAPITALISED = re.compile(rf"{UPPER}\w+")
ELIDED = re.compile(ELIDED_PREFIX + r"(?=\w)")
LONGEST_ELIDED = 8
ROMAN = re.compile(r"[IVXLCDM]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A capitalised word (or a listed name) of a chain, with the small words before it.

    ``tag`` is empty for a plain word, *title*, *demonym*, or *listed* for a listed name.
    """

    text: str
    start: int
    end: int
    small: str
    tag: str
    kind: str = ""
    actor_id: str = ""


Mark = tuple[int, int, str, str, str]


def cut_chain(chain: str, marks: tuple[Mark, ...]) -> list[Word]:
    """Cut a chain into words; each mark (start, end, tag, kind, actor_id) becomes one word of its own.

    A listed name that is only a part of a hyphenated word (the Ginevra of Ginevra-Cointrin) is no mark; where the marks
    cover all parts (Italia-Francia) they stay.
    """
    spans: list[Mark] = list(marks)
    for match in TOKEN_PATTERN.finditer(chain):
        start, end = match.span()
        inside = [mark for mark in spans if mark[0] < end and start < mark[1]]
        if inside and not _has_bare_part(chain, start, end, inside):
            continue
        spans = [mark for mark in spans if mark not in inside] + [(start, end, "", "", "")]
    words: list[Word] = []
    reached = 0
    for start, end, tag, kind, actor_id in sorted(spans):
        words.append(Word(chain[start:end], start, end, chain[reached:start].strip(), tag, kind, actor_id))
        reached = end
    return words


def _has_bare_part(chain: str, start: int, end: int, inside: list[Mark]) -> bool:
    """Tell whether a hyphenated word has a capitalised part that no mark covers."""
    if any(mark[0] <= start and mark[1] >= end for mark in inside):
        return False
    for match in CAPITALISED.finditer(chain, start, end):
        if not any(mark[0] < match.end() and match.start() < mark[1] for mark in inside):
            return True
    return False
