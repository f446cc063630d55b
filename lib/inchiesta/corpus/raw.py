"""A document as it arrived: what the readers hand to cleaning, nothing interpreted yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

READ = "read"
SET_ASIDE = "set aside"
# 16 hexadecimal digits: two of a million documents share one with a probability below one in 10 million.
ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser found in one document: its text and what the document states about itself."""

    text: str
    title: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    language_hint: str = ""
    published_on: str = ""
    date_precision: str = "none"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One file, archive member or export row, read or set aside.

    Attributes
    ----------
    path
        Below the source, with `/`; the file's name when the source is a file.
    member
        Empty for a plain file; `inner/name.html`, `inner.zip!name.txt`, `row 17`, `inner.csv!row 17`.
    sha256
        Of the file, or of the archive member's bytes; empty when they were not read.
    content_id
        16 hexadecimal digits of the SHA-256 of what makes the document: the file's bytes, the member's bytes, the row
        as canonical JSON; of path and member when nothing was read. Equal ids are copies.
    status, reason
        `read`, or `set aside` with a reason that begins with a code of `inchiesta.corpus.outcomes.Outcome`.
    title, source, author, url, language_hint
        As stated by the file or export, empty when not stated. Texts without a stated form (txt, md) leave them empty.
    published_on, date_precision
        `2024-03-12`, `2024-03`, `2024` or empty; day, month, year or none.
    format
        txt, md, html, pdf, docx, row; for files set aside also zip, csv, tsv, jsonl, parquet or empty when unknown.
    text
        Decoded, newlines as `\\n`, nothing cleaned; empty unless read.
    """

    path: str
    member: str
    sha256: str
    content_id: str
    status: str
    reason: str
    title: str
    source: str
    author: str
    url: str
    language_hint: str
    published_on: str
    date_precision: str
    format: str
    text: str


def unread(
    path: str, member: str, reason: str, *, sha256: str = "", content: str = "", format: str = ""
) -> RawDocument:
    """Give a document that is set aside; ``content`` is the hash of a row, where a row is set aside."""
    content_id = (content or sha256)[:ID_DIGITS] or id_of_place(path, member)
    return RawDocument(
        path, member, sha256, content_id, SET_ASIDE, whole(reason), "", "", "", "", "", "", "none", format, ""
    )


def read_document(
    path: str, member: str, parsed: Parsed, *, sha256: str, format: str, content: str = ""
) -> RawDocument:
    """Give a document that was read; ``content`` is the hash of a row, elsewhere the file's own hash counts."""
    return RawDocument(
        path, member, sha256, (content or sha256)[:ID_DIGITS], READ, "",
        whole(parsed.title), whole(parsed.source), whole(parsed.author), whole(parsed.url), whole(parsed.language_hint),
        parsed.published_on, parsed.date_precision, format, whole(parsed.text),
    )  # fmt: skip


def id_of_place(path: str, member: str) -> str:
    """Identity of what could not be read: where it stands."""
    return hashlib.sha256(f"not read\0{path}\0{member}".encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


def whole(text: str) -> str:
    r"""Give ``text`` with halves of UTF-16 pairs joined, or shown as U+FFFD: tables hold UTF-8.

    Examples
    --------
    >>> whole("a\ud83d\ude00b\ud800c") == "a\U0001f600b\ufffdc"
    True
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
