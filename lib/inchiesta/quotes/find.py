"""Quotations with their speakers, document by document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from inchiesta.quotes.direct import read_direct
from inchiesta.quotes.evidentiality import is_anonymous, judge_sentences
from inchiesta.quotes.frames import Frame
from inchiesta.quotes.guess import guess_names
from inchiesta.quotes.indirect import read_indirect
from inchiesta.quotes.marks import find_marked
from inchiesta.quotes.page import Name, Page
from inchiesta.quotes.phrases import role_of
from inchiesta.quotes.speakers import Speaker, is_open
from inchiesta.quotes.words import CLAIMS, Cue, find_cues, fold
from inchiesta.schema import FLAG, LIST, REAL, TEXT, WHOLE
from inchiesta.tables import table_of
from inchiesta.text.lists import FULL_LANGUAGES

# Where nobody is named there is no first character.
NOWHERE = -1
NAMED_AT = "named_at"


# A sentence longer than this is a list or a text without stops. It is read in pieces, so that what is looked for around
# each quotation, in its sentence, stays bounded.
_LONGEST = 2000
# A sentence: first character, the one behind the last, sentence_id, language, whether it is a heading.
Placed = tuple[int, int, str, str, bool]
Row = tuple[str, str, str, int, int, str, str, str, str, int, str, str, str, float, str, int]


def find_quotes(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the quotations of documents and who speaks, document by document.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; document_id and text are read. Any number of rows.
    sentences : DataFrame
        Table ``sentences`` of these documents; sentence_id, document_id, start_char, end_char, language, is_heading.
    mentions : DataFrame, optional
        Table ``mentions`` of these documents, resolved to actors or not. Without it names are guessed from capitals.
    actors : DataFrame, optional
        Table ``actors``. With it, only actors it lists are given as ``speaker_id``.

    Returns
    -------
    DataFrame
        Table ``quotes`` in reading order. ``speaker_id`` is the actor of the mention that names the speaker; empty
        where mentions are not resolved (see `attach_speakers`).

    Notes
    -----
    Deterministic; a document's rows depend on that document only. Only Italian and English are read. Whether a passage
    in marks is a quotation, and who of those named nearby speaks, is decided by weights learned from labelled news
    (see `inchiesta.quotes.learn`). A speaker less likely than 0.43 is left open, with the words the text uses. Not
    shown: whether a quotation is authentic, or complete; speech reported over several sentences without marks.
    """
    rows, _ = read_documents(documents, sentences, mentions)
    return attach_speakers(frame_rows(rows), mentions, actors)


def read_documents(
    documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> tuple[list[Row], list[tuple[str, str, str, list[str]]]]:
    """Give the rows of ``quotes`` (speakers not yet resolved) and of ``claims``."""
    rows: list[Row] = []
    claims = []
    for page in open_pages(documents, sentences, mentions):
        found = _read_page(page)
        rows += found
        spans = [(row[3], row[4]) for row in found]
        for sentence, ground, words in judge_sentences(page, spans):
            claims.append((page.sentence_ids[sentence], page.document_id, ground, words))
    return rows, claims


def find_claims(documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the sentences that are not simply stated by the narrator: table ``claims``, in reading order."""
    return frame_of("claims", read_documents(documents, sentences, mentions)[1])


def attach_speakers(
    found: pd.DataFrame, mentions: pd.DataFrame | None, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give what `frame_rows` gave as the table ``quotes``, with the actors the speakers were resolved to."""
    names = table_of("quotes").names
    if mentions is None:
        return found[names]
    known = mentions[["document_id", "start_char", "actor_id"]].rename(columns={"start_char": NAMED_AT})
    if actors is not None:
        known = known[known["actor_id"].isin(actors["actor_id"])]
    joined = found.merge(known, on=["document_id", NAMED_AT], how="left", validate="many_to_one")
    return joined.assign(speaker_id=joined["actor_id"].fillna("").astype("str"))[names]


def frame_rows(rows: Sequence[Row]) -> pd.DataFrame:
    """Give rows as a table ``quotes`` with ``named_at`` besides: where the mention of the speaker begins."""
    quotes = frame_of("quotes", [row[:-1] for row in rows])
    return quotes.assign(named_at=pd.Series([row[-1] for row in rows], dtype="int64"))


def frame_of(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Give rows as the table ``name``, with column types that do not depend on there being rows."""
    table = table_of(name)
    frame = pd.DataFrame(list(rows), columns=table.names)
    kinds = {TEXT: "str", WHOLE: "int64", REAL: "float64", FLAG: "bool", LIST: "object"}
    return frame.astype({column.name: kinds[column.type] for column in table.columns})


def _read_page(page: Page) -> list[Row]:
    direct = read_direct(page)
    rows = [_row(page, quote.frame, quote.speaker, "partial" if quote.is_partial else "direct") for quote in direct]
    taken = [(quote.frame.marked.outer_start, quote.frame.marked.outer_end) for quote in direct]
    used = {quote.frame.cue.start for quote in direct if quote.frame.cue}
    for told in read_indirect(page, taken, used):
        rows.append(_row(page, told.frame, told.speaker, "indirect"))
    rows.sort(key=lambda row: row[3])
    return [(f"{page.document_id}:q{number:04d}", *row[1:]) for number, row in enumerate(rows, 1)]


def _row(page: Page, frame: Frame, speaker: Speaker | None, kind: str) -> Row:
    marked, cue = frame.marked, frame.cue
    surface, place, role, chance, named_at = "", NOWHERE, "", 0.0, NOWHERE
    if speaker is not None:
        is_named = not is_open(speaker)
        if is_named and speaker.name is not None:
            role, named_at = role_of(page, speaker.name), speaker.name.start
        if is_named or speaker.name is None:
            surface, place, chance = page.text[speaker.start : speaker.end], speaker.start, speaker.chance
        else:
            chance = 1 - speaker.chance
    claim = CLAIMS.get(cue.word.kind, "says") if cue else "says"
    return (
        "",
        page.document_id,
        page.sentence_ids[frame.first],
        marked.start,
        marked.end,
        page.text[marked.start : marked.end],
        kind,
        "",
        surface,
        place,
        role,
        page.text[cue.start : cue.end] if cue else "",
        claim,
        round(chance, 4),
        _ground(frame, surface, claim),
        named_at,
    )


def _ground(frame: Frame, surface: str, claim: str) -> str:
    """Tell on whose word a quotation stands."""
    if claim == "denies":
        return "denied"
    cue = frame.cue
    is_hearsay = cue is not None and cue.word.certainty == "hearsay"
    return "hearsay" if is_hearsay or is_anonymous(surface) else "attributed"


def open_pages(
    documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> Iterator[Page]:
    """Give the documents that have text and sentences in Italian or English, ready to be read."""
    placed = _by_document(sentences, ["start_char", "end_char", "sentence_id", "language", "is_heading"])
    named: dict[str, list[tuple[int, int, str, str]]] = (
        {} if mentions is None else _by_document(mentions, ["start_char", "end_char", "kind", "surface"])
    )
    for document_id, text in zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True):
        rows = placed.get(document_id)
        spoken = {row[3] for row in rows} & set(FULL_LANGUAGES) if text and rows else set()
        if rows and spoken:
            names = guess_names(text, rows) if mentions is None else named.get(document_id, [])
            yield _open_page(document_id, text, rows, names, sorted(spoken))


def _open_page(document_id: str, text: str, rows: list, names: list, spoken: list[str]) -> Page:  # type: ignore[type-arg]
    if any(row[1] - row[0] > _LONGEST for row in rows):
        rows = [piece for row in rows for piece in _cut(row)]
    starts, ends, ids, languages, headings = (list(column) for column in zip(*rows, strict=True))
    low = fold(text)
    if len(spoken) > 1:
        counts = {language: languages.count(language) for language in spoken}
        spoken = sorted(spoken, key=lambda language: (-counts[language], language))
    cues, subjects = _find_words(low, starts, languages, spoken)
    # A passage in a language that is not read is left out.
    languages = [language if language in spoken else "" for language in languages]
    people = [Name(start, end, kind, _key(surface, kind), surface) for start, end, kind, surface in names]
    marked = find_marked(text)
    if "" in languages:
        marked = [m for m in marked if languages[max(0, bisect_right(starts, m.outer_start) - 1)]]
    return Page(document_id, text, low, starts, ends, ids, languages, headings, people, cues, subjects, marked)


def _cut(row: Placed) -> Iterator[Placed]:
    """Give a sentence in pieces of bounded length."""
    start, end, sentence_id, language, is_heading = row
    for begin in range(start, max(end, start + 1), _LONGEST):
        yield begin, min(end, begin + _LONGEST), sentence_id, language, is_heading


def _find_words(low: str, starts: list[int], languages: list[str], spoken: list[str]) -> tuple[list[Cue], list[Cue]]:
    """Give the cues and subjects of a text, each sentence read with the words of its own language."""
    cues, subjects = find_cues(low, spoken[0])
    for language in spoken[1:]:

        def is_foreign(word: Cue, language: str = language) -> bool:
            return languages[max(0, bisect_right(starts, word.start) - 1)] == language

        other_cues, other_subjects = find_cues(low, language)
        cues = [c for c in cues if not is_foreign(c)] + [c for c in other_cues if is_foreign(c)]
        subjects = [s for s in subjects if not is_foreign(s)] + [s for s in other_subjects if is_foreign(s)]
        cues.sort(key=lambda word: word.start)
        subjects.sort(key=lambda word: word.start)
    return cues, subjects


def _key(surface: str, kind: str) -> str:
    """Give what two namings of one person in a document share: the last word; of others the whole name."""
    return surface.rpartition(" ")[2].casefold() if kind == "PER" else surface.casefold()


def _by_document(frame: pd.DataFrame, columns: list[str]) -> dict[str, list]:  # type: ignore[type-arg]
    ordered = frame.sort_values(["document_id", "start_char"], kind="stable")
    ids = ordered["document_id"].tolist()
    rows = list(zip(*(ordered[column].tolist() for column in columns), strict=True))
    begins = [place for place in range(len(ids)) if not place or ids[place] != ids[place - 1]]
    return {ids[begin]: rows[begin:end] for begin, end in pairwise([*begins, len(ids)])}
