"""Tails: institutions that go on in lower case (*Centro regionale per la democrazia e la sicurezza*), in Italian."""

from __future__ import annotations

import re

from inchiesta.actors.word_lists import cues

# Adjectives by their endings; verbs that share them are kept out because a *per* with an article has to follow.
ADJECTIVE = r"(?: \w+(?:al[ei]|ar[ei]|ic[oaie]|ich[ei]|iv[oaie]|es[ei]|an[oa]|att?[oa]|ss[oa]|en[oa])){0,2}"
PURPOSE = r" per (?:(?:la|il|lo|i|gli|le) |l')"
# A ministry says its field at once: Ministero della difesa.
FIELD = r" (?:(?:della|del|dello|dei|degli|delle) |dell')"
NOUN = r"[a-zàèéìòù]{4,}"
MORE = rf"(?:(?: e (?:(?:la|il|lo|i|gli|le) |l')| di ){NOUN})?"
# Words that follow *per* + article without naming a field (per la prima volta, per il momento).
NO_FIELD = r"(?!(?:prim[ao]|second[ao]|ultim[ao]|momento|qual[ei]|stess[ao]|fatto|nuov[oa]|prossim[oa]|altr[oa])\b)"
TAIL = re.compile(rf"{ADJECTIVE}{PURPOSE}{NO_FIELD}{NOUN}{MORE}")
MINISTRY_TAIL = re.compile(rf"{FIELD}{NO_FIELD}{NOUN}")
MINISTRIES = frozenset({"ministero", "dipartimento", "dicastero"})


def find_tail(text: str, start: int, end: int) -> int:
    """Give where a name that begins with a capitalised head word ends when it goes on in lower case, else ``end``.

    >>> name = "Centro regionale per la democrazia e la sicurezza con sede a Yerevan"
    >>> name[: find_tail(name, 0, 6)]
    'Centro regionale per la democrazia e la sicurezza'
    """
    head = text[start:end].lower()
    if head not in cues("it", "institution"):
        return end
    match = TAIL.match(text, end) or (MINISTRY_TAIL.match(text, end) if head in MINISTRIES else None)
    return match.end() if match else end
