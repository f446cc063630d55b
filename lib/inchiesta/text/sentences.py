"""Sentences with exact offsets, by a few rules and the abbreviations of the language.

One regular expression finds where a sentence could end; a check of the word in front and the word behind decides.
The best library read 8 articles a second where this reads thousands.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from inchiesta.text.lists import FULL_LANGUAGES, read_rows, read_stopwords

_STOPS = re.compile("[.!?…։؟۔।॥。！？]+")
# What closes behind a stop, and the white space; German “ and » close, too, when they touch the stop.
_CLOSE = re.compile(r"(?P<close>[»”\"’'›“«)\]]*(?:[ ](?:[»”›]|''))*)\s+(?=\S)")
# Stops of scripts that put no space behind them.
_WIDE = frozenset("。！？")
_WIDE_CLOSE = re.compile("[」』”）]*")
# A stop whose space was lost: "Minsk.Il governo".
_TIGHT = re.compile(r"[^\W\d_][^\W\d_]+(?=[ ,'’])")
# What may open a sentence before its first letter.
_OPENING = "«“„‟\"'‘‹»‚([{–—-•*¿¡…"
_LAST_WORD = re.compile(r"[^\s«“„\"‹(\[{/–—]*$")
_ELISION = re.compile(r"^[^\W\d_]{1,6}['’](?=[^\W\d_])")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")
_NUMBER_BEHIND = re.compile(r"[ ]?(?:\d|[IVXLC]+\b|°)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")
# Longer than any abbreviation or number; a longer "word" is not looked at.
_MAX_WORD = 24
# "am 3. Oktober": in these languages a day or an ordinal carries a full stop.
_ORDINAL_STOP = frozenset({"de", "da", "no", "cs", "hu", "pl", "fi", "tr", "hr", "sr"})
# Headlines of Italian and English papers rarely pass ten words; twelve leave room for an article or two.
_MAX_HEADING_WORDS = 12
# A dash opens a speech or the name under a quotation, a star a note.
_NO_HEADING_START = frozenset("—–-*•")
_NO_HEADING_END = frozenset(".!?…:;,。！？")
_LETTER = re.compile(r"[^\W\d_]")
_DOMAIN_ENDS = frozenset({"com", "it", "org", "net", "eu", "gov", "edu", "info", "ru"})


class _Lists(NamedTuple):
    never: frozenset[str]
    before_number: frozenset[str]
    maybe: frozenset[str]
    starters: frozenset[str]


@cache
def _lists(language: str) -> _Lists:
    languages = (language,) if language in FULL_LANGUAGES else FULL_LANGUAGES
    ends: dict[str, set[str]] = {"no": set(), "number": set(), "yes": set()}
    for name in languages:
        for abbreviation, _, can_end in read_rows(name, "abbreviations.tsv"):
            # "cav. lav.": the last part is what stands before the stop
            ends[can_end].add(abbreviation.rsplit(" ", 1)[-1].rstrip("."))
    starters = frozenset().union(*(read_stopwords(name) for name in languages))
    return _Lists(frozenset(ends["no"]), frozenset(ends["number"]), frozenset(ends["yes"]), starters)


def split_sentences(text: str, language: str) -> list[tuple[int, int]]:
    r"""Give where the sentences of a text begin and end.

    Parameters
    ----------
    text : str
        Any text; each line is a paragraph, and no sentence goes beyond its line.
    language : str
        ISO 639-1 code. Italian and English have abbreviations of their own; other languages use both lists.

    Returns
    -------
    list of (int, int)
        Start and end in characters, in the order of the text. Trimmed, never empty, never overlapping; every
        character that is no white space lies in exactly one.

    Notes
    -----
    Deterministic. A heading without a full stop is a sentence because it is a line. A sentence inside a long quotation
    is one, too: the marks around a quotation may stand in different sentences. No sentence ends at a colon.

    Examples
    --------
    >>> text = "L'on. Rossi ha detto: «È finita.» Poi è uscito.\nFine"
    >>> [text[start:end] for start, end in split_sentences(text, "it")]
    ["L'on. Rossi ha detto: «È finita.»", 'Poi è uscito.', 'Fine']
    """
    lists = _lists(language)
    sentences: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            sentences += [(position + a, position + b) for a, b in _split_line(line, language, lists)]
        position += len(line) + 1
    return sentences


def _split_line(line: str, language: str, lists: _Lists) -> list[tuple[int, int]]:
    start, end = _skip_space(line, 0), len(line.rstrip())
    spans: list[tuple[int, int]] = []
    for match in _STOPS.finditer(line, start, end - 1):
        if match.start() < start:
            continue
        stop = _find_end(line, start, match, language, lists)
        if stop and stop < end:
            spans.append((start, stop))
            start = _skip_space(line, stop)
    spans.append((start, end))
    return spans


def _find_end(line: str, start: int, match: re.Match[str], language: str, lists: _Lists) -> int:
    """Give where the sentence ends that this stop may end, 0 if it goes on."""
    found = _CLOSE.match(line, match.end())
    if found:
        end = _end_of(line, start, found)
        return end if _is_end(line, start, match, end, language, lists) else 0
    if line[match.end() - 1] in _WIDE:
        return _wide_end(line, match.end())
    return match.end() if len(match[0]) == 1 and _is_tight_end(line, match) else 0


def _wide_end(line: str, position: int) -> int:
    found = _WIDE_CLOSE.match(line, position)
    return found.end() if found else position


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _end_of(line: str, start: int, found: re.Match[str]) -> int:
    """Give the end behind the closing signs: a straight quotation mark set apart closes when one is open."""
    following = found.end()
    is_apart = line[following] == '"' and line[following + 1 : following + 2].isspace()
    if is_apart and line.count('"', start, following) % 2:
        return following + 1
    return found.end("close")


def _is_end(line: str, start: int, match: re.Match[str], end: int, language: str, lists: _Lists) -> bool:
    position = _skip_space(line, end)
    while position < len(line) and line[position] in _OPENING:
        position += 1
    position = _skip_space(line, position)
    if line[position : position + 1].islower():
        return False
    if match[0] == "." and not line[match.end() : end].strip("'’"):
        return _ends_after_word(line, start, match.start(), position, language, lists)
    return not (len(match[0]) > 1 or match[0] == "…") or line[match.start() - 1 : match.start()] not in ("[", "(")


def _ends_after_word(text: str, start: int, stop: int, position: int, language: str, lists: _Lists) -> bool:
    """Decide for one full stop by the word in front of it and the word that follows at ``position``."""
    found = _LAST_WORD.search(text, max(start, stop - _MAX_WORD), stop)
    word = found[0] if found else ""
    if word.isdigit():
        return _ends_after_number(text, start, stop, word, position, language)
    if len(word) == 1 and word.isupper():  # an initial, unless a new sentence clearly begins: "vitamina C. Il ..."
        return _opens_sentence(text, position, lists) and not text[position : position + 1].isdigit()
    if _is_listed(word, lists.never):
        return False
    if _is_listed(word, lists.before_number):
        return not _NUMBER_BEHIND.match(text, position)
    if _is_listed(word, lists.maybe) or _DOTTED.match(word):
        return _opens_sentence(text, position, lists) or (word.islower() and not _DOTTED.match(word))
    return True


def _is_listed(word: str, listed: frozenset[str]) -> bool:
    """Tell whether a word is listed as written, or in small letters, or without an elided article in front."""
    if word in listed or (word[:1].isupper() and word.lower() in listed):
        return True
    elided = _ELISION.match(word)
    return elided is not None and _is_listed(word[elided.end() :], listed)


def _ends_after_number(text: str, start: int, stop: int, word: str, position: int, language: str) -> bool:
    if stop - len(word) == start and len(word) <= 3:
        return False  # "1. Il governo": the number of a list
    if language in _ORDINAL_STOP and len(word) <= 2:
        return False
    # "alle 10. 30": a time that lost its form
    return len(word) > 2 or not text[position : position + 2].isdigit()


def _opens_sentence(text: str, position: int, lists: _Lists) -> bool:
    found = _NEXT_WORD.match(text, position)
    return found is None or found[0].lower().replace("’", "'") in lists.starters


def _is_tight_end(text: str, match: re.Match[str]) -> bool:
    """Tell whether a stop without a space ends a sentence: small letters before, a capitalised word behind."""
    found = _TIGHT.match(text, match.end())
    word = found[0] if found else ""
    before = text[match.start() - 3 : match.start()]
    return before.islower() and word[:1].isupper() and word[1:].islower() and word.lower() not in _DOMAIN_ENDS


def is_heading(paragraph: str, n_sentences: int) -> bool:
    """Tell whether a paragraph is a heading: one sentence of at most 12 words without a stop.

    Parameters
    ----------
    paragraph : str
        One line, trimmed.
    n_sentences : int
        Sentences in it.

    Notes
    -----
    A quotation may be a heading (“Con tali amici”), a piece of one may not. A list item or a signature looks the same.
    """
    if n_sentences != 1 or paragraph.count(" ") >= _MAX_HEADING_WORDS or not _LETTER.search(paragraph):
        return False
    if paragraph[0] in _NO_HEADING_START or paragraph[0].islower():
        return False
    if paragraph.rstrip("»”\"’'› ")[-1:] in _NO_HEADING_END:
        return False
    n_open = sum(paragraph.count(mark) for mark in "«“")
    n_close = sum(paragraph.count(mark) for mark in "»”")
    return n_open == n_close and paragraph.count('"') % 2 == 0
