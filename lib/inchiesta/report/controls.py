"""Invisible characters shown as what they are.

A bidi control can make `exe.fdp` read as a pdf and turn a name around. Evidence keeps such characters; the page shows
them by code point, so that what is read is what stands there.
"""

from __future__ import annotations

import re

# Bidi embeddings, overrides, isolates and marks, and the control characters that are neither tab nor line break.
_HIDDEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")


def show_controls(text: str) -> str:
    """Give the text with every bidi and control character written as its code point.

    Examples
    --------
    >>> show_controls("pay\\u202efdp.exe")
    'pay⟦U+202E⟧fdp.exe'
    """
    return _HIDDEN.sub(lambda match: f"⟦U+{ord(match.group()):04X}⟧", text)
