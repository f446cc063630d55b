"""Tokens as the tagger sees them: words, numbers and single marks of punctuation, with their offsets.

Finer than `inchiesta.text.tokens`: a name may begin or end at any of these cuts (*Italia-Francia*, *Obama's*).
"""

from __future__ import annotations

import re

# What Italian and French write in front of an apostrophe; with it a token of its own.
_ELIDED = (
    r"(?:[ldcsmtvnj]|gl|un|qu|[dnsc]?[aeou]ll?|dell|nell|sull|coll|dall|all|quell|quest|bell|sant|anch|com|dov|cos|tutt|"
    r"nessun|qualcun|alcun|ciascun|mezz|grand|vent|trent|ott|quand|quant|senz|jusqu|lorsqu|puisqu|quoiqu)"
)
_TOKEN = re.compile(
    r"(?>[^\W_]+)(?!['’.])"  # most words by far: nothing joins them to what follows
    rf"|\b(?i:{_ELIDED})['’](?=[^\W\d_])(?!(?i:s|t|d|m|ll|re|ve)\b)"
    r"|['’][sS]\b"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., J.F.
    r"|[^\W_]+"
    r"|[^\w\s]|_"
)


def cut_tokens(text: str) -> list[tuple[int, int]]:
    """Cut a text into tokens: (start, end) in reading order; only white space is left out.

    >>> text = "L'Armenia, dell'ex URSS: Groza-S"
    >>> [text[start:end] for start, end in cut_tokens(text)]
    ["L'", 'Armenia', ',', "dell'", 'ex', 'URSS', ':', 'Groza', '-', 'S']
    """
    return list(map(re.Match.span, _TOKEN.finditer(text)))
