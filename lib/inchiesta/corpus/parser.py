"""Parsing at arm's length: one long-lived child process, replaced whenever a document kills or stalls it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from inchiesta.corpus.frames import FrameError, Header, pack_frame, read_frame
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.process import ChildProcess, ProcessEndedError, ProcessTimeoutError
from inchiesta.corpus.raw import Parsed


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One member of an archive: refused with a reason, parsed by the child, or its bytes.

    Attributes
    ----------
    name
        `folder/name.html`; `inner.zip!name.html` for an archive in the archive; empty for the archive as such.
    sha256
        Of the member's bytes; empty when they were not read.
    format, reason, parsed, data
        Exactly one of `reason`, `parsed` and `data` is filled.
    """

    name: str
    sha256: str = ""
    format: str = ""
    reason: str = ""
    parsed: Parsed | None = None
    data: bytes = b""


class Parser:
    """Owner of the child process; a context manager.

    Parameters
    ----------
    limits
        Memory, time and sizes. The child starts with the first document that needs it.

    Notes
    -----
    No method blocks longer than `limits.seconds` per document, and none dies with the child: a timeout, a crash or too
    much memory becomes a SetAsideError with the outcome `timeout`, `interrupted` or `memory`, and the next call starts
    a fresh child. Not for use by two threads at a time; a copy in a forked process starts a child of its own.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: ChildProcess | None = None
        self._owner = 0
        self._n_documents = 0
        self.n_started = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id of the running child, 0 when there is none."""
        return self._child.process.pid if self._child else 0

    def close(self) -> None:
        """End the child; the parser can be used again."""
        child, self._child = self._child, None
        if child and self._owner == os.getpid():
            child.kill()

    def parse_html(self, data: bytes) -> Parsed:
        """Read an HTML page; see `inchiesta.corpus.html.parse_html`. Raises SetAsideError."""
        return self._parse("html", data)

    def parse_pdf(self, data: bytes) -> Parsed:
        """Read a PDF; see `inchiesta.corpus.pdf.parse_pdf`. Raises SetAsideError."""
        return self._parse("pdf", data)

    def parse_docx(self, data: bytes) -> Parsed:
        """Read a Word document; see `inchiesta.corpus.docx.parse_docx`. Raises SetAsideError."""
        return self._parse("docx", data)

    def walk_archive(self, location: Path) -> Iterator[ArchiveMember]:
        """Walk a zip archive, member by member; never raises for what the archive holds.

        Parameters
        ----------
        location
            The archive.

        Yields
        ------
        ArchiveMember
            In the order of the archive's directory. A member that kills or stalls the child is set aside and the walk
            goes on behind it, `limits.archive_failures` times; then the rest is set aside.
        """
        after, refuse = 0, ""
        for attempt in range(self._limits.archive_failures + 2):
            last: Header = {}
            try:
                for header, payload in self._exchange(_zip_request(location, after, refuse), b""):
                    last = header
                    if header["frame"] != "begun" and header.get("number", after + 1) > after:
                        yield _member(header, payload)
                return
            except SetAsideError as failure:
                if last.get("frame") != "begun":
                    yield ArchiveMember("", reason=failure.reason)
                    return
                yield ArchiveMember(last["member"], last["sha256"], last["format"], failure.reason)
                after = max(after, last["number"])
                if attempt + 1 >= self._limits.archive_failures:
                    refuse = f"{failure.outcome.value}: not tried after {attempt + 1} members that failed so"

    def _parse(self, kind: str, data: bytes) -> Parsed:
        # Taken whole before it is looked at: an exchange that is left half way costs the child.
        answers = list(self._exchange({"kind": kind}, data))
        if len(answers) != 1:
            raise SetAsideError(Outcome.DAMAGED, f"the parser gave {len(answers)} answers")
        header, payload = answers[0]
        if header["reason"]:
            raise SetAsideError(*_split(header["reason"]))
        return _parsed(header, payload)

    def _exchange(self, request: Header, payload: bytes) -> Iterator[tuple[Header, bytes]]:
        """Send a request and give the frames of its answer; the child is ended unless the answer is complete."""
        is_complete = False
        try:
            child = self._running_child()
            pieces = pack_frame({**request, "limits": asdict(self._limits)}, payload)
            child.write(pieces, seconds=self._limits.seconds)
            while True:
                header, answer = self._next_frame(child)
                if header["frame"] == "end":
                    is_complete = True
                    return
                yield header, answer
        except ProcessTimeoutError:
            words = f"not parsed within {self._limits.seconds:g} seconds"
            raise SetAsideError(Outcome.TIMEOUT, words) from None
        except (ProcessEndedError, FrameError, OSError) as error:
            raise SetAsideError(Outcome.INTERRUPTED, f"the parser process {error} on this file") from None
        finally:
            if not is_complete:
                self.close()

    def _next_frame(self, child: ChildProcess) -> tuple[Header, bytes]:
        limits = self._limits
        header, payload = read_frame(
            lambda n_bytes: child.read(n_bytes, seconds=limits.seconds),
            # UTF-8 needs at most 4 bytes a character; an export travels as it is.
            max_payload=max(4 * limits.text_bytes, limits.member_export_bytes),
        )
        if header["frame"] == "memory":
            raise SetAsideError(Outcome.MEMORY, f"needs more than {limits.memory_bytes:,} bytes to parse")
        return header, payload

    def _running_child(self) -> ChildProcess:
        if self._owner != os.getpid():
            # The child of the process this one was forked from: its pipes are not ours.
            self._child = None
        if self._child and (self._n_documents >= self._limits.documents_per_child or self._child.has_ended()):
            self.close()
        if self._child is None:
            self._child = ChildProcess(memory_bytes=self._limits.memory_bytes)
            self._owner, self._n_documents = os.getpid(), 0
            self.n_started += 1
        self._n_documents += 1
        return self._child


def _zip_request(location: Path, after: int, refuse: str) -> Header:
    return {"kind": "zip", "path": str(location.absolute()), "after": after, "refuse": refuse}


def _split(reason: str) -> tuple[Outcome, str]:
    code, _, words = reason.partition(": ")
    return Outcome(code), words


def _parsed(header: Header, payload: bytes) -> Parsed:
    stated = {name: str(value) for name, value in header["stated"].items()}
    return Parsed(text=payload.decode("utf-8", "surrogatepass"), **stated)


def _member(header: Header, payload: bytes) -> ArchiveMember:
    if header["frame"] == "refused":
        return ArchiveMember("", reason=header["reason"])
    about = (header["member"], header["sha256"], header["format"], header["reason"])
    if header["frame"] == "document" and not header["reason"]:
        return ArchiveMember(*about, parsed=_parsed(header, payload))
    return ArchiveMember(*about, data=payload)
