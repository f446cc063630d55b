"""What stands in marks: a quotation, or a title, a name of a work, a heading, a word held at arm's length."""

from __future__ import annotations

import re
from functools import cache

from inchiesta.quotes.frames import AFTER, BEFORE, INSERT, LEAD, Frame
from inchiesta.quotes.page import Page
from inchiesta.quotes.speakers import Speaker, is_open
from inchiesta.quotes.weigh import Scheme, sigmoid, weigh
from inchiesta.quotes.words import ACCORDING, NOUN, PHRASE, VERB, Word, last_word, read_roles, read_words

# From this chance on a passage in marks counts as someone's words.
LEAST_LIKELY = 0.5

_LENGTHS = ("1", "2", "3", "4-5", "6-8", "9-14", "15+")
_CUES = ("none", "verb", "participle", "noun", "according", "phrase")
_CHANCES = ("none", "below .2", "below .4", "below .6", "below .8", "above")
_MARKS = ("guillemets", "curly", "straight", "single")
_LEADS = ("colon", "that", "label", "determiner", "preposition", "speech", "verb", "stop", "name", "other", "nothing")
_YES_NO = ("no", "yes")
_VERB_FORM = re.compile(
    r"\b(?:è|ha|hanno|sono|siamo|abbiamo|ho|non|si|ci|era|sarà|deve|può|che|mi|ti|noi|voi|io|chi|"
    r"is|are|was|were|has|have|had|not|we|i|you|they|he|she|it|will|would|can|do|does|be|this|that|my|our)\b"
)

# Letters in front of a passage within which a word speaks of it.
_NEAR = 40
# Words read off a wall or a board; slogans and banners are someone's, so they are left to the weights.
_INSCRIBED = re.compile(
    r"\b(?:(?:su|lasciat[oaei]) scritt[oaei]|scritt[ae]|cartell[oi]|cartellon[ei]|iscrizion[ei])\b[^.;]*$"
)
# Small words that nearly every sentence of a language holds.
_ITALIAN = read_roles("italian")
_ENGLISH = read_roles("english")

SCHEME = Scheme(
    ("bias", [("",)]),
    ("length", [_LENGTHS, _YES_NO]),
    ("cue", [_LENGTHS, ("insert", "after", "before", "lead", "none")]),
    ("role", [_CUES, _YES_NO]),
    ("speaker", [_CHANCES, ("named", "open")]),
    ("lead", [_LEADS, ("short", "long")]),
    ("mark", [_MARKS, ("short", "long")]),
    ("stop", [_YES_NO, ("short", "long")]),
    ("capital", [("first small", "first big", "all big"), ("short", "long")]),
    ("verb", [_YES_NO, ("short", "long")]),
    ("joined", [("same sentence", "next sentence", "near", "far"), _YES_NO, ("short", "long")]),
    ("closed", [_YES_NO]),
    ("heading", [_YES_NO, ("whole", "part")]),
    ("comma", [("comma behind", "nothing behind", "more behind"), ("short", "long")]),
    ("language", [("it", "en"), ("short", "long")]),
)
_F = SCHEME.first
_WHERE = {INSERT: 0, AFTER: 1, BEFORE: 2, LEAD: 3}
_ROLES = {VERB: 1, "bare": 2, NOUN: 3, ACCORDING: 4, PHRASE: 5}
_DETERMINERS = frozenset(["il", "lo", "la", "l", "i", "gli", "le", "un", "uno", "una", "the", "a", "an"])
_THAT = frozenset(["che", "that", "come", "as"])


def judge_kind(page: Page, frame: Frame, speaker: Speaker | None, *, language: str, before: bool) -> float:
    """Give the chance that a passage in marks is someone's words; ``before`` tells it of the passage before it."""
    if is_nobodys(page, frame, language):
        return 0.0
    total = 0.0
    weights = _weights()
    for feature in list_features(page, frame, speaker, language=language, before=before):
        total += weights[feature]
    return sigmoid(total)


def is_nobodys(page: Page, frame: Frame, language: str) -> bool:
    """Tell whether a passage in marks is surely nobody's speech, by signs too rare to be learned.

    A heading that is nothing but words in marks, words read off a wall or a banner, an entry in a list of sources, and
    words of another language that no verb of speech introduces (a title).
    """
    marked = frame.marked
    if page.headings[frame.first] and frame.state != LEAD and _is_whole(page, frame):
        return True
    if _is_reference(page, marked.outer_end):
        return True
    if frame.state in (INSERT, AFTER):
        return False
    if _INSCRIBED.search(page.low, max(0, marked.outer_start - _NEAR), marked.outer_start):
        return True
    is_told = frame.cue is not None and frame.cue.end >= marked.outer_start - _NEAR
    return not is_told and _is_foreign(page.text[marked.start : marked.end], language)


def _is_whole(page: Page, frame: Frame) -> bool:
    marked = frame.marked
    before = page.text[page.starts[frame.first] : marked.outer_start]
    return not before.strip() and not page.text[marked.outer_end : page.ends[frame.last]].strip(" .")


@cache
def _weights() -> list[float]:
    return weigh(SCHEME, "kinds")


def list_features(page: Page, frame: Frame, speaker: Speaker | None, *, language: str, before: bool) -> list[int]:
    """Give the features of a passage in marks (numbers into ``SCHEME``)."""
    marked = frame.marked
    inner = page.text[marked.start : marked.end]
    words = inner.split(None, 15)
    n_words = len(words)
    length = n_words - 1 if n_words <= 3 else 3 if n_words <= 5 else 4 if n_words <= 8 else 5 if n_words <= 14 else 6
    long = int(n_words > 5)
    has_verb = int(_VERB_FORM.search(inner[:200].lower()) is not None)
    chance = 0 if speaker is None else 1 + min(4, int(speaker.chance * 5))
    big = sum(word[0].isupper() for word in words)
    capital = 2 if big > 1 and big >= 0.6 * n_words else int(words[0][0].isupper())
    cue = frame.cue
    first = page.starts[frame.first]
    whole = _is_whole(page, frame)
    return [
        0,
        _F["length"] + length * 2 + has_verb,
        _F["cue"] + length * 5 + _WHERE.get(frame.state, 4),
        _F["role"] + (_ROLES[cue.role] if cue else 0) * 2 + long,
        _F["speaker"] + chance * 2 + int(is_open(speaker)),
        _F["lead"] + _lead_of(page, marked.outer_start, first, language) * 2 + long,
        _F["mark"] + _mark_of(marked.mark) * 2 + long,
        _F["stop"] + int(inner[-1] in ".!?…,") * 2 + long,
        _F["capital"] + capital * 2 + long,
        _F["verb"] + has_verb * 2 + long,
        _F["joined"] + (frame.joined * 2 + int(before)) * 2 + long,
        _F["closed"] + int(marked.closed),
        _F["heading"] + int(page.headings[frame.first]) * 2 + int(not whole),
        _F["comma"] + _behind(page, marked.outer_end) * 2 + long,
        _F["language"] + int(language == "en") * 2 + long,
    ]


def _is_foreign(inner: str, language: str) -> bool:
    """Tell whether the words in marks are of another language than the text: most often a title."""
    words = inner[:200].lower().split()
    ours, theirs = (_ENGLISH, _ITALIAN) if language == "en" else (_ITALIAN, _ENGLISH)
    foreign = sum(word in theirs for word in words)
    return foreign > 1 and foreign > 2 * sum(word in ours for word in words)


def _is_reference(page: Page, end: int) -> bool:
    """Tell whether a passage stands in a list of sources, before an address."""
    behind = page.low[end : end + 50]
    return "(url" in behind or "http" in behind


def _mark_of(mark: str) -> int:
    return 0 if mark in "«<<‹" else 1 if mark in "“„‟``" else 2 if mark in "\"''" and mark != "'" else 3


def _behind(page: Page, end: int) -> int:
    rest = page.text[end : end + 2].strip()
    return 0 if rest[:1] == "," else 1 if not rest or rest[0] in ".;:!?" else 2


def _lead_of(page: Page, start: int, first: int, language: str) -> int:
    """Tell what stands in front of a passage in marks (a number into ``_LEADS``)."""
    before = page.low[max(first, start - 40) : start].rstrip()
    if not before:
        return 10
    if before[-1] in ":":
        return 0
    if before[-1] in ',.;!?-–—)»”"':
        return 7
    word = last_word(page.low, start)
    words = read_words(language)
    two = " ".join(before.replace("'", " ").split()[-2:])
    if word in _THAT:
        return 1
    known = words.get(two) or words.get(word)
    if known is not None and known.role in ("label", "speech", "preposition", "agent"):
        return {"label": 2, "speech": 5}.get(known.role, 4)
    if word in _DETERMINERS:
        return 3 if not _label_before(before, words) else 2
    cues = page.cues_in(max(first, start - 40), start)
    if cues and cues[-1].end >= start - 2:
        return 6
    if page.names_in(max(first, start - 40), start) and page.text[start - len(word) - 1 : start - len(word)].isupper():
        return 8
    return 9


def _label_before(before: str, words: dict[str, Word]) -> bool:
    parts = before.replace("'", " ").split()
    known = words.get(parts[-2]) if len(parts) > 1 else None
    return getattr(known, "role", "") == "label"
