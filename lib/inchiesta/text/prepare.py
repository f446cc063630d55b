"""One document from raw text to rows: clean text, head, language, sentences, edits, repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inchiesta.text.clean import mend_characters, mend_lines
from inchiesta.text.edits import Revision
from inchiesta.text.head import Head, read_head
from inchiesta.text.language import DEFAULT_LANGUAGES, detect_language, detect_paragraphs
from inchiesta.text.repeats import Repeat, find_repeats
from inchiesta.text.sentences import is_heading, split_sentences

# A language stated by the file or the page decides where the text itself leaves more doubt than this.
_SURE = 0.9
_LINE = re.compile(r"[^\n]+")

SentenceRow = tuple[str, str, int, int, int, str, bool, int | None, str]
EditRow = tuple[str, int, int, int, int, str, str, str]
RepeatRow = tuple[str, int, int, float, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One document, read: its clean text, what it states about itself, and its rows for three tables.

    ``sentences``, ``edits`` and ``repeats`` have the columns of `inchiesta.tables` in their order.
    """

    text: str
    title: str
    published_on: str
    date_precision: str
    source: str
    author: str
    url: str
    language: str
    language_score: float
    sentences: list[SentenceRow]
    edits: list[EditRow]
    repeats: list[RepeatRow]


def prepare_document(
    raw_text: str,
    *,
    document_id: str,
    title: str = "",
    language_hint: str = "",
    learned: frozenset[str] = frozenset(),
    languages: tuple[str, ...] = DEFAULT_LANGUAGES,
    format: str = "txt",
) -> Prepared:
    """Clean one raw text and give its rows.

    Parameters
    ----------
    raw_text : str
        Decoded text, as it arrived.
    document_id : str
        Key of the document.
    title : str
        Headline stated by the file or export; wins over one found in the text and is not written into it.
    language_hint : str
        Language stated by the file (``it``, ``it-IT``); decides only where the text leaves doubt.
    learned : frozenset of str
        Lines of page furniture learned for the document's source (see `inchiesta.text.recurring`).
    languages : tuple of str
        ISO 639-1 codes to tell apart.
    format : str
        ``md`` takes out Markdown signs; all other formats are plain text by now.

    Returns
    -------
    Prepared
        ``text[start_char:end_char]`` is the sentence, always; applying ``edits`` to ``raw_text`` gives ``text``.

    Notes
    -----
    Deterministic and independent of other documents but for ``learned``. Titles and dates found in the text are those
    of the first lines; a text without a headline has none.
    """
    markdown = format == "md"
    revision = Revision(raw_text)
    mend_characters(revision)
    head = read_head(revision.text, markdown=markdown, learned=learned)
    revision.replace(head.removals)
    mend_lines(revision, learned=learned, markdown=markdown)
    text = revision.text
    language, score = _decide_language(text, language_hint or head.language, languages)
    lines = list(_LINE.finditer(text))
    paragraphs = [line[0] for line in lines]
    codes = detect_paragraphs(paragraphs, language, languages)
    repeats = find_repeats(paragraphs)
    shown = title or head.title
    sentences = _sentence_rows(document_id, lines, codes, repeats, shown)
    edits = [(document_id, *edit) for edit in revision.edits()]
    return _collect(text, shown, head, language, score, sentences, edits, _repeat_rows(document_id, repeats))


def _collect(
    text: str,
    title: str,
    head: Head,
    language: str,
    score: float,
    sentences: list[SentenceRow],
    edits: list[EditRow],
    repeats: list[RepeatRow],
) -> Prepared:
    return Prepared(
        text=text,
        title=title,
        published_on=head.published_on,
        date_precision=head.date_precision,
        source=head.source,
        author=head.author,
        url=head.url,
        language=language,
        language_score=score,
        sentences=sentences,
        edits=edits,
        repeats=repeats,
    )


def _decide_language(text: str, hint: str, languages: tuple[str, ...]) -> tuple[str, float]:
    language, score = detect_language(text, languages)
    stated = re.split(r"[-_]", hint.strip().lower())[0]
    if stated in languages and stated != language and score < _SURE:
        return stated, score if language != "und" else 0.0
    return language, score


def _sentence_rows(
    document_id: str, lines: list[re.Match[str]], codes: list[str], repeats: list[Repeat], title: str
) -> list[SentenceRow]:
    earlier = {repeat.paragraph: repeat.repeats_paragraph for repeat in repeats}
    rows: list[SentenceRow] = []
    for paragraph, (line, code) in enumerate(zip(lines, codes, strict=True)):
        spans = split_sentences(line[0], code)
        heading = is_heading(line[0], len(spans)) or (paragraph == 0 and line[0].strip() == title)
        for start, end in spans:
            key = f"{document_id}:{len(rows) + 1:04d}"
            place = (paragraph, line.start() + start, line.start() + end)
            rows.append((key, document_id, *place, code, heading, earlier.get(paragraph), line[0][start:end]))
    return rows


def _repeat_rows(document_id: str, repeats: list[Repeat]) -> list[RepeatRow]:
    return [(document_id, *repeat) for repeat in repeats]
