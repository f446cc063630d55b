"""Page furniture: the lines around an article that belong to the page (share buttons, related links, copyright).

Two sources: the phrases of ``resources/<language>/boilerplate.tsv``, and what a corpus shows by itself
(`inchiesta.text.recurring`). Only whole lines go, and never one that is a sentence of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from inchiesta.text.edits import Replacement
from inchiesta.text.lists import FULL_LANGUAGES, read_rows

# Longer lines are paragraphs.
MAX_WORDS = 12
MAX_CHARS = 160
# A line with a full stop and more words than this is a sentence of the article unless the phrase fills half of it.
_MAX_STOPPED_WORDS = 6
_MIN_STOPPED_COVER = 0.5
# "contains" phrases are weak alone: they must fill this share of a line, or stand with © or a long number.
_MIN_COVER = 0.4
_MARKED = re.compile(r"©|\d{7}")
# "5 min read" is furniture, "She was last seen in the harbour two days ago" may be a heading.
_MAX_DATE_WORDS = 5
_STOPPED = re.compile(r"[.!?…][»”\"’')\]]*$")
_SENTENCE_BEFORE = re.compile(r"[^\W\d_][.!?…][»”\"’')\]]*\s*$")
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"\d")
_LINE = re.compile(r"[^\n]+")
_EDGES = " \t#*>•·|–—-_:…►▶→»"


class _Rules(NamedTuple):
    lines: dict[str, str]
    prefixes: dict[str, str]
    prefix: tuple[str, ...]
    suffixes: dict[str, str]
    suffix: tuple[str, ...]
    contains: dict[str, str]
    contained: re.Pattern[str]


@cache
def _rules() -> _Rules:
    """Give the phrases of all languages together: a page may carry furniture in another language than its article."""
    by_match: dict[str, dict[str, str]] = {"line": {}, "prefix": {}, "suffix": {}, "contains": {}}
    for language in FULL_LANGUAGES:
        for phrase, match, kind in read_rows(language, "boilerplate.tsv"):
            key = phrase.casefold().strip(_EDGES) if match == "line" else phrase.casefold()
            by_match[match].setdefault(key, kind)
    longest_first = sorted(by_match["contains"], key=lambda phrase: (-len(phrase), phrase))
    contained = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return _Rules(
        by_match["line"],
        by_match["prefix"],
        tuple(by_match["prefix"]),
        by_match["suffix"],
        tuple(by_match["suffix"]),
        by_match["contains"],
        contained,
    )


def normalise_line(line: str) -> str:
    """Give a line as it is compared: case folded, digits as 0, one space, no bullets or colon at the ends.

    Examples
    --------
    >>> normalise_line("  •  Aggiornato alle 18:30: ")
    'aggiornato alle 00:00'
    """
    return _DIGITS.sub("0", _SPACES.sub(" ", line.casefold())).strip(_EDGES)


def find_furniture(text: str, *, learned: frozenset[str]) -> Iterator[Replacement]:
    """Give the removals of the lines that are page furniture.

    Parameters
    ----------
    text : str
        Text after `mend_characters`.
    learned : frozenset of str
        Normalised lines that recur in the documents of the same source (see `learn_furniture`).

    Yields
    ------
    Replacement
        With rule ``furniture:KIND`` or ``learned``; the line end goes along.
    """
    rules, first = _rules(), True
    for line in _LINE.finditer(text):
        start, end = line.span()
        if end - start <= MAX_CHARS:
            rule = _rule_of(line[0], rules, learned, is_first=first)
            if rule:
                yield _remove(text, start, end, rule)
                continue
        first = False


def _remove(text: str, start: int, end: int, rule: str) -> Replacement:
    return Replacement(start, end + 1 if end < len(text) else end, "", rule)


def _rule_of(line: str, rules: _Rules, learned: frozenset[str], *, is_first: bool) -> str:
    folded = line.casefold().strip()
    if kind := rules.lines.get(folded.strip(_EDGES)):
        return f"furniture:{kind}"
    if learned and normalise_line(line) in learned:
        return "learned"
    # The first line is the headline: only a phrase that fills it takes it away.
    kind = "" if is_first else _kind_of_part(folded, rules)
    return f"furniture:{kind}" if kind else ""


def _kind_of_part(line: str, rules: _Rules) -> str:
    if line.startswith(rules.prefix):
        phrase = max((p for p in rules.prefix if line.startswith(p)), key=len)
        if _fits_prefix(line, phrase):
            return rules.prefixes[phrase]
    if line.endswith(rules.suffix):
        phrase = max((p for p in rules.suffix if line.endswith(p)), key=len)
        if _fits_suffix(line, phrase, rules.suffixes[phrase]):
            return rules.suffixes[phrase]
    found = rules.contained.search(line)
    if found and _n_words(line) <= MAX_WORDS and _fits_contained(line, found):
        return rules.contains[found[0]]
    return ""


def _n_words(line: str) -> int:
    return line.count(" ") + 1


def _is_sentence(line: str, phrase: str) -> bool:
    is_long = _n_words(line) > _MAX_STOPPED_WORDS and bool(_STOPPED.search(line))
    return is_long and len(phrase) < _MIN_STOPPED_COVER * len(line)


def _fits_prefix(line: str, phrase: str) -> bool:
    rest = line[len(phrase) : len(phrase) + 1]
    if phrase[-1].isalnum() and rest.isalnum():
        return False  # a longer word: "fotografie" is not "foto"
    return _n_words(line) <= MAX_WORDS and not _is_sentence(line, phrase)


def _fits_suffix(line: str, phrase: str, kind: str) -> bool:
    before = line[: -len(phrase)]
    if kind == "date" and _n_words(line) > _MAX_DATE_WORDS:
        return False
    return _n_words(line) <= MAX_WORDS and not (_n_words(before) > 3 and _SENTENCE_BEFORE.search(before))


def _fits_contained(line: str, found: re.Match[str]) -> bool:
    if _is_sentence(line, found[0]) and "©" not in line:
        return False
    return len(found[0]) >= _MIN_COVER * len(line) or bool(_MARKED.search(line))
