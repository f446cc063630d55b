"""Match keys: one spelling for the many ways a name is written. Keys compare, they are never shown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from inchiesta.actors.word_lists import particles

# Spellings that stand for one sound across transliterations; longer ones first.
SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("kh", "h"), ("ch", "k"), ("sh", "s"), ("zh", "z"), ("ph", "f"), ("th", "t"),
    ("gh", "g"), ("ck", "k"), ("ts", "z"), ("tz", "z"), ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"),
    ("j", "i"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
NO_LETTER = re.compile(r"[^a-z0-9]+")
LEADING = re.compile(
    r"(?:(?:[Tt]he|[Ii]l|[Ll]o|[Ll]a|[Ii]|[Gg]li|[Ll]e) |"
    r"(?:[Ll]|[Dd]ell|[Aa]ll|[Dd]all|[Nn]ell|[Ss]ull|[Dd]|[Uu]n)')(?=\w)"
)
POSTFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=500_000)
def plain_key(name: str) -> str:
    """Give ``name`` in small Latin letters without diacritics and punctuation.

    >>> plain_key("Dravić"), plain_key("Стахар")
    ('dravic', 'stakhar')
    """
    return NO_LETTER.sub(" ", anyascii(name).lower().replace("'", " ")).strip()


@lru_cache(maxsize=500_000)
def sound_key(name: str) -> str:
    """Give a key that spellings and transliterations of one name share.

    >>> sound_key("Pashinyan") == sound_key("Pashinian")
    True
    >>> sound_key("Stakhar") == sound_key("Стахар")
    True
    """
    key = plain_key(name)
    for written, sound in SOUNDS:
        key = key.replace(written, sound)
    return DOUBLED.sub(r"\1", key)


@lru_cache(maxsize=500_000)
def surname_key(name: str) -> str:
    """Give the plain key of the surname: the last word with its particles, empty for a bare surname."""
    words = [word for word in name.split(" ") if plain_key(word) not in POSTFIXES]
    if len(words) < 2 or words[0].lower() in particles():
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in particles():
        start -= 1
    return plain_key(" ".join(words[start:]))


@lru_cache(maxsize=500_000)
def mixes_scripts(name: str) -> bool:
    """Tell whether a word of ``name`` mixes letters of different scripts (Latin with a Cyrillic a).

    >>> mixes_scripts("P\\u0430yPal"), mixes_scripts("PayPal"), mixes_scripts("Путин Putin")
    (True, False, False)
    """
    if name.isascii():
        return False
    return any(len({_script(letter) for letter in word if letter.isalpha()}) > 1 for word in re.split(r"[\s\-]+", name))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]


def slug(kind: str, name: str) -> str:
    """Give an id of small letters and hyphens: ``per-nikol-pashinyan``."""
    return f"{kind.lower()}-{plain_key(name).replace(' ', '-') or 'x'}"


def deletions(key: str) -> set[str]:
    """Give ``key`` with each one letter left out, and itself: two keys one edit apart share one of these."""
    return {key} | {key[:index] + key[index + 1 :] for index in range(len(key))}


def strip_article(name: str) -> str:
    """Give ``name`` without the article before it: *the U.S.*, *dell'Arvex*."""
    return LEADING.sub("", name, count=1) or name
