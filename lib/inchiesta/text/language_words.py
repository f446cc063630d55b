"""What a reader calls a language."""

from __future__ import annotations

LANGUAGE_WORDS = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "too little text to tell",
}


def name_language(code: str) -> str:
    """Give the English name of a language; a code without one here as it is.

    >>> name_language("it"), name_language("xx")
    ('Italian', 'xx')
    """
    return LANGUAGE_WORDS.get(code, code)
