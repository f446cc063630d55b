"""A file of a source to its documents: nothing is lost, nothing raises, what cannot be read says why."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from inchiesta.corpus.exports import read_rows
from inchiesta.corpus.formats import HEAD_BYTES, find_format
from inchiesta.corpus.limits import EXPORTS, Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.own_tables import read_own_rows
from inchiesta.corpus.parser import ArchiveMember, Parser
from inchiesta.corpus.raw import Parsed, RawDocument, read_document, unread
from inchiesta.corpus.rows import Row
from inchiesta.corpus.sources import SourceFile
from inchiesta.text.decode import UnreadableText, decode_bytes

_CHUNK = 1 << 20


def read_file(
    file: SourceFile,
    *,
    limits: Limits,
    columns: Mapping[str, str] | None = None,
    parser: Parser,
    ledger: frozenset[str] = frozenset(),
) -> list[RawDocument]:
    """Read one file of a source.

    Parameters
    ----------
    file
        As `list_source` gives it.
    limits
        What is too large, too slow or too deep.
    columns
        Field to column name for exports whose columns have no common names: `{"text": "corpo"}`.
    parser
        Parses html, pdf, docx and archives in its child process; txt, md and exports start none.
    ledger
        SHA-256 of the Parquet files this installation wrote; no other is opened.

    Returns
    -------
    list of RawDocument
        At least one. An archive gives one for each member, an export one for each row.

    Notes
    -----
    Never raises for bad input: the outcome is in `status` and `reason`. Deterministic.
    """
    return list(iter_file(file, limits=limits, columns=columns, parser=parser, ledger=ledger))


def iter_file(
    file: SourceFile,
    *,
    limits: Limits,
    columns: Mapping[str, str] | None = None,
    parser: Parser,
    ledger: frozenset[str] = frozenset(),
) -> Iterator[RawDocument]:
    """Give the documents of `read_file` one after the other: an export of any size in little memory."""
    if file.reason:
        yield unread(file.path, "", file.reason)
        return
    try:
        yield from _Reading(file, limits, columns, parser, ledger).documents()
    except SetAsideError as refusal:
        yield unread(file.path, "", refusal.reason)
    except MemoryError:
        yield unread(file.path, "", f"{Outcome.MEMORY.value}: the machine has too little memory for this file")
    except Exception as error:
        # The message may quote the text: only the name of the class is kept.
        yield unread(file.path, "", f"{Outcome.UNREADABLE.value}: {type(error).__name__} while reading")


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file, read in pieces.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as stream:
        return _hash_stream(stream)


def _hash_stream(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


class _Reading:
    """The reading of one file: what every document of it has in common."""

    def __init__(
        self,
        file: SourceFile,
        limits: Limits,
        columns: Mapping[str, str] | None,
        parser: Parser,
        ledger: frozenset[str],
    ) -> None:
        self._file = file
        self._path = file.path
        self._limits = limits
        self._columns = columns
        self._parser = parser
        self._ledger = ledger

    def documents(self) -> Iterator[RawDocument]:
        with open_regular(self._file.location) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size == 0:
                yield self._refused("", f"{Outcome.EMPTY.value}: the file has no bytes", _hash_stream(stream))
                return
            head = stream.read(HEAD_BYTES)
            format = find_format(self._path, head)
            most = self._limits.bytes_of(format)
            if size > most:
                raise SetAsideError(Outcome.TOO_LARGE, f"{size:,} bytes, the limit for {format} is {most:,}")
            stream.seek(0)
            if format == "zip":
                yield from self._archive()
            elif format in EXPORTS:
                yield from self._export(stream, format)
            else:
                yield self._single(stream.read(most + 1), format)

    def _refused(self, member: str, reason: str, sha256: str, format: str = "", content: str = "") -> RawDocument:
        return unread(self._path, member, reason, sha256=sha256, content=content, format=format)

    def _single(self, data: bytes, format: str) -> RawDocument:
        return self._guarded("", hashlib.sha256(data).hexdigest(), format, lambda: self._parse(data, format))

    def _parse(self, data: bytes, format: str) -> Parsed:
        if format == "html":
            return self._parser.parse_html(data)
        if format == "pdf":
            return self._parser.parse_pdf(data)
        if format == "docx":
            return self._parser.parse_docx(data)
        return Parsed(text=decode_text(data))

    def _guarded(self, member: str, sha256: str, format: str, parse: Callable[[], Parsed]) -> RawDocument:
        """Give the document ``parse`` reads, or why it does not; the hash is kept either way."""
        try:
            return read_document(self._path, member, parse(), sha256=sha256, format=format)
        except SetAsideError as refusal:
            reason = refusal.reason
        except MemoryError:
            raise
        except Exception as error:
            reason = f"{Outcome.UNREADABLE.value}: {type(error).__name__} while reading"
        return self._refused(member, reason, sha256, format)

    def _export(self, stream: BinaryIO, format: str) -> Iterator[RawDocument]:
        sha256 = _hash_stream(stream)
        if format == "parquet":
            if sha256 not in self._ledger:
                words = "this installation did not write it; export it as csv or jsonl"
                yield self._refused("", f"{Outcome.NOT_OURS.value}: {words}", sha256, format)
                return
            yield from self._rows(read_own_rows(stream), "", sha256)
            return
        yield from self._table(stream, format, "", sha256)

    def _table(self, stream: BinaryIO, format: str, member: str, sha256: str) -> Iterator[RawDocument]:
        rows = read_rows(stream, format, limits=self._limits, columns=self._columns)
        try:
            yield from self._rows(rows, member, sha256)
        except SetAsideError as refusal:
            yield self._refused(member, refusal.reason, sha256, format)

    def _rows(self, rows: Iterator[Row], member: str, sha256: str) -> Iterator[RawDocument]:
        inside = f"{member}!" if member else ""
        for row in rows:
            place = f"{inside}row {row.number}" if row.number else member
            if row.parsed is not None:
                yield read_document(self._path, place, row.parsed, sha256=sha256, format="row", content=row.content)
            else:
                # A row that is no JSON has no content of its own; its place tells it apart.
                content = row.content or (hash_place(sha256, place) if row.number else "")
                yield self._refused(place, row.reason, sha256, "row" if row.number else "", content)

    def _archive(self) -> Iterator[RawDocument]:
        n_members = 0
        for member in self._parser.walk_archive(self._file.location):
            n_members += 1
            yield from self._member(member)
        if not n_members:
            raise SetAsideError(Outcome.DAMAGED, "the archive gave no member")

    def _member(self, member: ArchiveMember) -> Iterator[RawDocument]:
        if member.reason:
            yield self._refused(member.name, member.reason, member.sha256, member.format)
        elif member.parsed is not None:
            yield read_document(self._path, member.name, member.parsed, sha256=member.sha256, format=member.format)
        elif member.format == "parquet":
            words = "inside archives no Parquet file is opened"
            yield self._refused(member.name, f"{Outcome.NOT_OURS.value}: {words}", member.sha256, member.format)
        elif member.format in EXPORTS:
            yield from self._table(io.BytesIO(member.data), member.format, member.name, member.sha256)
        else:
            yield self._guarded(
                member.name, member.sha256, member.format, lambda: Parsed(text=decode_text(member.data))
            )


def decode_text(data: bytes) -> str:
    """Decode a plain text.

    Raises
    ------
    SetAsideError
        `binary`, `encoding`, or `empty` for white space only.
    """
    try:
        text, _ = decode_bytes(data)
    except UnreadableText as error:
        code, _, words = str(error).partition(": ")
        raise SetAsideError(Outcome.ENCODING if code == "encoding" else Outcome.BINARY, words) from None
    if not text.strip("\ufeff\x1a \t\r\n\f\v\xa0"):
        raise SetAsideError(Outcome.EMPTY, "the file holds only white space")
    return text


def hash_place(sha256: str, place: str) -> str:
    """Give an identity to what has no content of its own: where it stands in which file."""
    return hashlib.sha256(f"{sha256}\0{place}".encode("utf-8", "surrogatepass")).hexdigest()


def open_regular(location: Path) -> BinaryIO:
    """Open a file for reading if it is a regular file now, whatever it was when it was listed.

    Raises
    ------
    SetAsideError
        `no permission`, `symlink`, `special file`, or `unreadable` for any other failure of the disk.
    """
    # Without waiting: a named pipe put in the file's place would block for ever.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(location, flags)
    except PermissionError:
        raise SetAsideError(Outcome.NO_PERMISSION, "the file cannot be opened; check its rights") from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise SetAsideError(Outcome.SYMLINK, "links are not followed; add the file itself") from None
        if error.errno == errno.ENXIO:
            raise SetAsideError(Outcome.SPECIAL, "a pipe or socket is never read") from None
        raise SetAsideError(Outcome.UNREADABLE, f"{type(error).__name__} on opening") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SetAsideError(Outcome.SPECIAL, "not a regular file")
    return os.fdopen(handle, "rb")
