"""The words of a text that say something: its content words as lemmas, with their places, and texts weighed by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from scipy.sparse import csr_matrix

from inchiesta.text.lemmas import is_in_dictionary, lemma_of
from inchiesta.text.lists import FULL_LANGUAGES, read_stopwords
from inchiesta.text.tokens import find_tokens


class Word(NamedTuple):
    """A word in its place: first character, one past the last, the form it is looked up by."""

    start: int
    end: int
    lemma: str


def find_words(text: str, language: str) -> list[Word]:
    """Give all words and numbers of a text with their lemmas, in small letters.

    >>> [word.lemma for word in find_words("I droni Groza-S del 2019", "it")]
    ['il', 'droni', 'groza-s', 'del', '2019']
    """
    words = []
    for start, end in find_tokens(text):
        written = fold(text[start:end])
        words.append(Word(start, end, lemma_of(written, language) if language in FULL_LANGUAGES else written))
    return words


def is_content(word: Word, language: str) -> bool:
    """Tell whether a word can be a term: no stop word, no number, two letters or more."""
    lemma = word.lemma
    if len(lemma) < 2 or not lemma[0].isalpha() or any(map(str.isdigit, lemma)):
        return False
    return lemma not in read_stopwords(language)


def content_lemmas(text: str, language: str) -> list[str]:
    """Give the lemmas of the content words of a text, in their order; what is a stop word as written is none.

    >>> content_lemmas("The documents of 2019 were leaked", "en")
    ['document', 'leak']
    """
    stopwords = read_stopwords(language)
    return [
        word.lemma
        for word in find_words(text, language)
        if is_content(word, language) and fold(text[word.start : word.end]) not in stopwords
    ]


def list_types(texts: Iterable[str]) -> frozenset[str]:
    """Give the different words of texts, in small letters; for `Term`, which then passes over texts without it."""
    return frozenset(fold(text[start:end]) for text in texts for start, end in find_tokens(text))


class Term:
    """A word or phrase looked for in texts of one language: any inflected form of its words, in this order.

    Two forms are one word if they have the same lemma, or, where the dictionary does not know one of them (droni,
    drone), if they differ in their last vowels only.

    >>> [Term("droni", "it").find("Un drone e due droni: i Groza-S."), Term("groza-s", "it").find("i Groza-S")]
    [[(3, 8), (15, 20)], [(2, 9)]]
    """

    def __init__(self, text: str, language: str, *, types: frozenset[str] | None = None) -> None:
        self.text, self.language = " ".join(text.split()), language
        self._written = [fold(self.text[start:end]) for start, end in find_tokens(self.text)]
        #: What every text that holds it matches. Most texts do not, and are not read.
        self.hint = self._make_hint(types)

    def _make_hint(self, types: frozenset[str] | None) -> re.Pattern[str]:
        if not self._written:
            return re.compile(r"(?!)")
        if types is None:
            return re.compile("")
        first = self._written[0]
        forms = sorted(word for word in types if _same_word(word, first, self.language))
        # An apostrophe may be curled in the text.
        return re.compile("|".join(re.escape(form).replace("'", "['’]") for form in forms) or r"(?!)", re.IGNORECASE)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Give where it stands in a text: first character, one past the last."""
        if not self.hint.search(text):
            return []
        places = find_tokens(text)
        length = len(self._written)
        return [
            (places[at][0], places[at + length - 1][1])
            for at in range(len(places) - length + 1)
            if all(
                _same_word(fold(text[start:end]), written, self.language)
                for (start, end), written in zip(places[at : at + length], self._written, strict=True)
            )
        ]


def fold(written: str) -> str:
    """Give a word as it is compared: small letters, one kind of apostrophe, none at its ends."""
    return written.casefold().replace("’", "'").strip("'-")


@lru_cache(maxsize=200_000)
def _same_word(one: str, other: str, language: str) -> bool:
    if one == other:
        return True
    if language not in FULL_LANGUAGES:
        return False
    if lemma_of(one, language) == lemma_of(other, language):
        return True
    stems = {form.rstrip("aeiou") for form in (one, other)}
    if language != "it" or len(stems) > 1 or len(stems.pop()) < 4:
        return False
    return not (is_in_dictionary(one, language) and is_in_dictionary(other, language))


def weigh_texts(
    texts: Sequence[str], languages: Sequence[str], *, stop_names: frozenset[str] = frozenset()
) -> csr_matrix:
    """Give texts by content lemmas, weighed by tf-idf, rows of length 1 (or 0 where a text has no content word)."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # late: it takes over a second

    found = [
        [lemma for lemma in content_lemmas(text, language) if lemma not in stop_names]
        for text, language in zip(texts, languages, strict=True)
    ]
    if not any(found):
        return csr_matrix((len(found), 1))
    return csr_matrix(TfidfVectorizer(analyzer=_as_they_are, sublinear_tf=True).fit_transform(found))


def _as_they_are(lemmas: list[str]) -> list[str]:
    return lemmas
