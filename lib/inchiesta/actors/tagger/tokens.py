"""Tokens as the tagger sees them: words, numbers and single marks of punctuation, with their offsets.

Finer than `inchiesta.text.tokens`: a name may begin or end at any of these cuts (*Italia-Francia*, *Tessaly's*).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

# What Italian and French write in front of an apostrophe; with it a token of its own.
_ELIDED = (
    r"(?:[ldcsmtvnj]|gl|un|qu|[dnsc]?[aeou]ll?|dell|nell|sull|coll|dall|all|quell|quest|bell|sant|anch|com|dov|cos|tutt|"
    r"nessun|qualcun|alcun|ciascun|mezz|grand|vent|trent|ott|quand|quant|senz|jusqu|lorsqu|puisqu|quoiqu)"
)
# White space is matched too: a token begins where all before it ends, which costs half of asking each match.
_REST = (
    rf"|\b(?i:{_ELIDED})['’](?=[^\W\d_])(?!(?i:s|t|d|m|ll|re|ve)\b)"
    r"|['’][sS]\b"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., J.F.
    r"|[^\W_]+"
    r"|[^\w\s]|_|\s+"
)
# Most words by far: nothing joins them to what follows. Where a text has no underscore, all of a word is easier to say.
_TOKEN = re.compile(r" |[^\W_]++(?!['’.])" + _REST)
_PLAIN_TOKEN = re.compile(r" |\w++(?!['’.])" + _REST)


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text in reading order: their letters and where they begin and end."""

    words: list[str]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def cut_tokens(text: str) -> Tokens:
    """Cut a text into tokens; only white space is left out.

    >>> cut_tokens("L'Armenia, dell'ex URSS: Groza-S").words
    ["L'", 'Armenia', ',', "dell'", 'ex', 'URSS', ':', 'Groza', '-', 'S']
    """
    pieces: list[str] = (_TOKEN if "_" in text else _PLAIN_TOKEN).findall(text)
    lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
    ends = lengths.cumsum()
    kept = ~np.fromiter(map(str.isspace, pieces), dtype=bool, count=len(pieces))
    return Tokens(list(compress(pieces, kept.tolist())), (ends - lengths)[kept], ends[kept])
