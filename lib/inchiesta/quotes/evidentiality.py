"""On whose word a sentence stands: the narrator's, someone's, nobody's in particular, or against a denial."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from inchiesta.quotes.page import Page
from inchiesta.quotes.words import ACCORDING, BARE, CONDITIONAL, DENIED, HEARSAY, VERB, Cue
from inchiesta.text.lists import FULL_LANGUAGES

# From the weakest ground to the firmest; a sentence takes the first that shows.
ORDER = (DENIED, HEARSAY, "attributed")
_DENIES = re.compile(r"(?: [\w’']+){0,3}? (?:che|di|ogni|qualsiasi|le|la|il|that|any|having|the|all|being)\b", re.I)
# The press's conditional: "avrebbe venduto", with a participle; "se fosse ..." makes it a plain condition.
_PARTICIPLE = re.compile(r"(?: \w+)? \w+(?:at|ut|it|tt|st|rt|rs|es|is|us|nt|ss|ns)[oaie]\b|(?: \w+)? \w+[aei]ndo\b")
_IF = re.compile(r"\b(?:se|qualora|purché|nel caso)\b")
_UNNAMED = re.compile(r"(?:sources?|fonti|fonte|officials?|insiders?|indiscrezioni|voci)\b")


def judge_sentences(page: Page, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str, list[str]]]:
    """Give the sentences that are not simply stated: their number, the ground they stand on, the words that show it.

    Parameters
    ----------
    page : Page
        The document.
    spans : sequence of (int, int)
        Its quotations, direct and indirect.
    """
    # By sentence, which a page may hold in several pieces.
    shown: dict[str, tuple[int, dict[str, list[str]]]] = {}

    def show(sentence: int, ground: str, words: str) -> None:
        found = shown.setdefault(page.sentence_ids[sentence], (sentence, {}))[1].setdefault(ground, [])
        if words and words not in found:
            found.append(words)

    for start, end in spans:
        for sentence in range(page.sentence_at(start), page.sentence_at(max(start, end - 1)) + 1):
            show(sentence, "attributed", "")
    for cue in page.cues:
        if cue.role in (VERB, ACCORDING, BARE) or cue.role in _GROUNDS or cue.word.certainty == "hearsay":
            ground = _ground_of(page, cue, spans)
            if ground and not page.is_marked(cue.start):
                show(page.sentence_at(cue.start), ground, page.text[cue.start : cue.end])
    for sentence, grounds in sorted(shown.values(), key=lambda row: row[0]):
        ground = next(name for name in ORDER if name in grounds)
        yield sentence, ground, grounds[ground]


_GROUNDS = frozenset({HEARSAY, DENIED, CONDITIONAL})


def _ground_of(page: Page, cue: Cue, spans: Sequence[tuple[int, int]]) -> str:
    if cue.role in (HEARSAY, DENIED):
        return cue.role
    if cue.role == CONDITIONAL:
        return HEARSAY if _is_press_conditional(page, cue, spans) else ""
    if cue.word.kind == "deny":
        return DENIED if _DENIES.match(page.low, cue.end, cue.end + 60) else ""
    if cue.word.certainty == "hearsay":
        return HEARSAY
    if cue.role == ACCORDING:
        return HEARSAY if _UNNAMED.search(page.low, cue.end, cue.end + 20) else "attributed"
    return ""


def _is_press_conditional(page: Page, cue: Cue, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a conditional holds a report at arm's length, rather than a condition or reported speech."""
    if not _PARTICIPLE.match(page.low, cue.end, cue.end + 40):
        return False
    sentence = page.sentence_at(cue.start)
    if _IF.search(page.low, page.starts[sentence], page.ends[sentence]):
        return False
    # "ha annunciato che avrebbe ...": the future as it was seen then.
    told = page.cues_in(page.starts[sentence], cue.start)
    if any(other.role in (VERB, ACCORDING) for other in told):
        return False
    return not any(start <= cue.start < end for start, end in spans)


def ground_sentences(sentences: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Give on whose word each sentence stands.

    Parameters
    ----------
    sentences, claims : DataFrame
        The tables of these names.

    Returns
    -------
    Series
        By sentence_id: stated, attributed, hearsay or denied; empty where the language of a sentence is not read, of
        which nothing is known. *Stated* means that nothing we look for says otherwise.
    """
    shown = (
        sentences["sentence_id"].map(claims.set_index("sentence_id")["evidentiality"]).astype("str").fillna("stated")
    )
    read = sentences["language"].isin(FULL_LANGUAGES)
    return pd.Series(
        shown.where(read, "").to_numpy(), index=sentences["sentence_id"], name="evidentiality", dtype="str"
    )


def is_anonymous(surface: str) -> bool:
    """Tell whether the words for a speaker hide who it is (una fonte, sources close to the court)."""
    return _UNNAMED.search(surface.lower()) is not None
