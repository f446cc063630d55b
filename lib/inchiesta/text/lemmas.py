"""The dictionary form of a word: looked up once for each type, never for each token."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from inchiesta.text.lists import FULL_LANGUAGES, read_rows

# Zipf: half a million types cover a corpus of 100,000 articles; each costs about 0.2 kB.
_N_KEPT = 500_000


@cache
def _preferred(language: str) -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows(language, "lemmas.tsv")}


@lru_cache(maxsize=_N_KEPT)
def lemma_of(word: str, language: str) -> str:
    """Give the dictionary form of a word, in small letters.

    Parameters
    ----------
    word : str
        One word as written.
    language : str
        ISO 639-1 code. Italian and English have lemmas; in other languages the word comes back in small letters.

    Returns
    -------
    str
        ``accuse`` -> ``accusa``; never empty for a word that is not.

    Notes
    -----
    Deterministic. A word is looked at without its sentence: of two readings (*stato* noun or verb) the dictionary's
    first one counts, always the same.

    References
    ----------
    Barbaresi, simplemma, doi 10.5281/zenodo.4673264.

    Examples
    --------
    >>> lemma_of("ministri", "it"), lemma_of("said", "en"), lemma_of("Слова", "ru")
    ('ministro', 'say', 'слова')
    """
    folded = word.casefold()
    if language not in FULL_LANGUAGES or not folded.isalpha():
        return folded
    if folded in _preferred(language):
        return _preferred(language)[folded]
    # Imported here: its word lists take a second and 100 MB on first use.
    from simplemma import lemmatize

    return str(lemmatize(folded, lang=language)).casefold() or folded


def lemmatise_types(words: Iterable[str], language: str) -> dict[str, str]:
    """Give the lemma of each different word.

    Parameters
    ----------
    words : iterable of str
        Words as written, in any number.
    language : str
        ISO 639-1 code.

    Returns
    -------
    dict of str to str
        Word to lemma, sorted by word.

    Examples
    --------
    >>> lemmatise_types(["armi", "alleati", "armi"], "it")
    {'alleati': 'alleato', 'armi': 'arma'}
    """
    return {word: lemma_of(word, language) for word in sorted(set(words))}


@lru_cache(maxsize=200_000)
def is_in_dictionary(word: str, language: str) -> bool:
    """Tell whether ``word`` (lower case) is a form of an ordinary word of ``language`` (it or en)."""
    from simplemma import is_known  # late: loading its dictionaries takes a third of a second

    return bool(is_known(word, lang=language))
