"""Which language a text is in, and which of its paragraphs are in another one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Protocol

from inchiesta.text.lists import FULL_LANGUAGES, read_stopwords

# The languages of Europe, of the Mediterranean and of the former Soviet Union that news corpora bring, and those whose
# absence would give another a false text (Finnish, Japanese ...). More languages cost confusions in short texts.
DEFAULT_LANGUAGES = (
    "it", "en", "fr", "de", "es", "pt", "nl", "ru", "uk", "be", "pl", "ro", "tr", "ar", "hy", "ka", "az", "el", "cs",
    "hu", "sr", "bg", "sv", "da", "fa", "he", "zh", "ja", "ko", "fi", "hr", "sq", "kk",
)  # fmt: skip
# Below this many letters there is no telling (und).
MIN_LETTERS = 20
_ENOUGH = re.compile(rf"(?:[^\W\d_][\W\d_]*){{{MIN_LETTERS}}}")
# A Chinese, Japanese or Korean sign says as much as several letters.
_DENSE_ENOUGH = re.compile(r"(?:[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][^\u3040-\u9fff\uac00-\ud7af]*){5}")
# A best guess below one half is no guess: the text may be in a language that is not in the list.
MIN_SCORE = 0.5
# The beginning tells; the middle is added for long texts that open with a quotation or a dateline.
SAMPLE_CHARS = 300
_LONG_CHARS = 1_500
# A paragraph has a language of its own only with this many letters, this much confidence, and two small words of
# that language where we have a list: names and titles make any text look foreign.
PARAGRAPH_LETTERS = 60
PARAGRAPH_SCORE = 0.95
_MIN_SMALL_WORDS = 2
# Share of small words that only this language has: in Italian and English prose 0.3 to 0.5, in others below 0.2.
_OWN_SHARE = 0.25
_CHECKED_CHARS = 240
# Letters of several scripts are counted in this much of a text.
_COUNTED_CHARS = 20_000

_NOT_LATIN = re.compile("[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff]")
_SCRIPTS = {
    "latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "armenian": re.compile("[\u0531-\u058f]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u077f]"),
    "georgian": re.compile("[\u10a0-\u10ff]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "han": re.compile("[\u4e00-\u9fff]"),
    "hangul": re.compile("[\uac00-\ud7af]"),
}
_SCRIPT_LANGUAGE = {
    "greek": "el", "armenian": "hy", "hebrew": "he", "georgian": "ka", "kana": "ja", "hangul": "ko", "han": "zh",
}  # fmt: skip
_SCRIPT_OF = {
    **{code: script for script, code in _SCRIPT_LANGUAGE.items()},
    "ru": "cyrillic", "uk": "cyrillic", "be": "cyrillic", "bg": "cyrillic", "sr": "cyrillic", "kk": "cyrillic",
    "ar": "arabic", "fa": "arabic",
}  # fmt: skip
# A Japanese text is mostly Han signs, but a Chinese one has no kana at all.
_MIN_KANA_SHARE = 0.1
_DENSE = frozenset({"kana", "han", "hangul"})
_WORD = re.compile(r"[^\W\d_]+['’]?")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@cache
def _identifier(languages: tuple[str, ...]) -> _Identifier:
    # py3langid rather than lingua: on 744 gold articles both erred once, on 7,989 sentences both in 0.3%; but it reads
    # 12,000 articles/s against 5,000, loads in 0.4 s against 2.5 s and takes 0.13 GB against 0.48 GB in every process.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted({*languages} & {str(label) for label in identifier.labels}))
    found: _Identifier = identifier
    return found


def detect_language(text: str, languages: tuple[str, ...] = DEFAULT_LANGUAGES) -> tuple[str, float]:
    """Give the language of a text.

    Parameters
    ----------
    text : str
        Any text; of a long one the first 300 characters and 300 from the middle are read.
    languages : tuple of str
        ISO 639-1 codes to tell apart.

    Returns
    -------
    tuple of (str, float)
        Code and confidence (0 to 1); ``("und", 0.0)`` below 20 letters or where no language reaches 0.5.

    Notes
    -----
    Deterministic. The script decides first: Armenian letters need no model, and Latin letters in a Russian text do not
    count. A text in a language outside ``languages`` is mostly `und`, but a close relative may be taken for it.

    References
    ----------
    Lui and Baldwin 2012, langid.py, ACL System Demonstrations, 25-30.

    Examples
    --------
    >>> detect_language("Il ministro ha annunciato le dimissioni.")[0], detect_language("OK 12")
    ('it', ('und', 0.0))
    """
    script, sample = _main_script(text[:SAMPLE_CHARS] if len(text) <= _LONG_CHARS else _two_samples(text), text)
    is_enough = _DENSE_ENOUGH.search(text[:_COUNTED_CHARS]) if script in _DENSE else _ENOUGH.search(sample)
    if not script or not is_enough:
        return "und", 0.0
    if only := _SCRIPT_LANGUAGE.get(script):
        return (only, 1.0) if only in languages else ("und", 0.0)
    language, score = _identifier(tuple(languages)).classify(sample)
    if _SCRIPT_OF.get(language, "latin") != script:  # a name in another script outweighed the sentence
        ranked = _identifier(tuple(languages)).rank(sample)
        inside = [(str(code), float(s)) for code, s in ranked if _SCRIPT_OF.get(code, "latin") == script]
        language, score = inside[0][0], inside[0][1] / (sum(s for _, s in inside) or 1.0)
    return (str(language), round(float(score), 6)) if score >= MIN_SCORE else ("und", 0.0)


def _two_samples(text: str) -> str:
    """Give the beginning, and the middle unless its small words are plainly those the beginning has."""
    middle = len(text) // 2
    start, later = text[:SAMPLE_CHARS], text[middle : middle + SAMPLE_CHARS]
    if any(_has_own_share(start, code) and _has_own_share(later, code) for code in FULL_LANGUAGES):
        return start
    return f"{start} {later}"


def _has_own_share(text: str, language: str) -> bool:
    """Tell whether a quarter of the words are small words that only this of the full languages has."""
    own = _own_words(language)
    words = _WORD.findall(text[:_CHECKED_CHARS].lower().replace("’", "'"))
    return bool(own) and sum(map(own.__contains__, words)) >= _OWN_SHARE * max(1, len(words))


def _main_script(sample: str, text: str) -> tuple[str, str]:
    """Give the script most letters of the text are in, and the sample without the letters of the others."""
    if not _NOT_LATIN.search(sample):
        return "latin", sample
    read = text[:_COUNTED_CHARS]
    counts = {script: len(pattern.findall(read)) for script, pattern in _SCRIPTS.items()}
    n_signs = counts["kana"] + counts["han"]
    if n_signs and counts["kana"] >= _MIN_KANA_SHARE * n_signs:
        counts["kana"], counts["han"] = n_signs, 0
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return "", sample
    if script not in _DENSE:
        for other, pattern in _SCRIPTS.items():
            if other != script and counts[other]:
                sample = pattern.sub(" ", sample)
    return script, sample


@cache
def _own_words(language: str) -> frozenset[str]:
    """Give the small words that only this one of the full languages has."""
    others = frozenset().union(*(read_stopwords(other) for other in FULL_LANGUAGES if other != language))
    return read_stopwords(language) - others


def detect_paragraphs(paragraphs: list[str], language: str, languages: tuple[str, ...]) -> list[str]:
    """Give the language of each paragraph of a document.

    Parameters
    ----------
    paragraphs : list of str
        The lines of a clean text.
    language : str
        Language of the document; ``und`` gives ``und`` to short paragraphs.
    languages : tuple of str
        ISO 639-1 codes to tell apart.

    Returns
    -------
    list of str
        One code for each paragraph. A paragraph below 60 letters, or not surely in another language, has that of the
        document, or of both its neighbours where these agree.
    """
    found = [_other_language(paragraph, language, languages) for paragraph in paragraphs]
    if not any(found):
        return [language] * len(paragraphs)
    before, after = _nearest(found), _nearest(found[::-1])[::-1]
    codes = []
    for code, earlier, later in zip(found, before, after, strict=True):
        inherited = earlier if code is None and earlier == later else ""
        codes.append(code or inherited or language)
    return codes


def _nearest(found: list[str | None]) -> list[str]:
    """Give for each paragraph the last one told before it."""
    last, nearest = "", []
    for code in found:
        nearest.append(last)
        last = last if code is None else code
    return nearest


def _other_language(paragraph: str, language: str, languages: tuple[str, ...]) -> str | None:
    """Give another language, "" for the document's own, None where it is too short to tell."""
    if len(paragraph) < PARAGRAPH_LETTERS:
        return None
    if _has_own_share(paragraph, language):
        return ""
    if sum(map(str.isalpha, paragraph)) < PARAGRAPH_LETTERS:
        return None
    code, score = detect_language(paragraph, languages)
    if code == language:
        return ""
    return code if score >= PARAGRAPH_SCORE and _has_small_words(paragraph, code) else None


def _has_small_words(paragraph: str, language: str) -> bool:
    small = _own_words(language)
    if not small:
        return language != "und"
    counts = Counter(_WORD.findall(paragraph.lower().replace("’", "'")))
    return sum(n for word, n in counts.items() if word in small) >= _MIN_SMALL_WORDS
