"""Archives, walked and never extracted: names are data, bytes are counted as they stream. Runs in the child process."""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from inchiesta.corpus.formats import HEAD_BYTES, find_format, format_by_name
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.sources import shown
from inchiesta.corpus.unpack import Budget, open_zip, unpack_member

# Stands between an archive and what lies in it.
INSIDE = "!"

_DRIVE = re.compile(r"^[A-Za-z]:")
_MADE_BY_SYSTEMS = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a walk, by the running number of the member.

    `begun` says that a member is about to be unpacked; the same number follows with either `reason` or `data`.
    """

    number: int
    name: str
    begun: bool = False
    reason: str = ""
    sha256: str = ""
    format: str = ""
    data: bytes = b""


class Walk:
    """One walk through an archive and the archives inside it.

    Parameters
    ----------
    size
        Bytes of the archive.
    after
        Number of the last member that needs no second look: a walk goes on there after a member killed the child.
    refuse
        When not empty, no member is unpacked and each is set aside with this reason.
    """

    def __init__(self, limits: Limits, size: int, *, after: int = 0, refuse: str = "") -> None:
        self._limits = limits
        self._after = after
        self._stopped = refuse
        self._number = 0
        self._budget = Budget(limits, size, total=limits.archive_total_bytes)

    def steps(self, stream: BinaryIO, prefix: str = "", depth: int = 1) -> Iterator[Step]:
        """Give the steps of the archive ``stream``, in the order of its directory.

        Raises
        ------
        SetAsideError
            When the archive as such cannot be read; what was given before stays valid.
        """
        with open_zip(stream) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if not members:
                raise SetAsideError(Outcome.EMPTY, "the archive has no members")
            for position, info in enumerate(members):
                self._number += 1
                if self._number > self._limits.archive_members:
                    left = len(members) - position
                    words = f"more than {self._limits.archive_members:,} members; {left:,} were not read"
                    raise SetAsideError(Outcome.BOMB, words)
                yield from self._member(archive, info, prefix + shown(info.filename), depth)

    def _member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Step]:
        number = self._number
        if number <= self._after and format_or_nothing(name) != "zip":
            return
        if self._stopped:
            yield Step(number, name, reason=self._stopped)
            return
        try:
            _check_member(info)
            yield Step(number, name, begun=True)
            data, format = self._unpack(archive, info)
            if format == "zip":
                yield from self._nested(data, name, depth)
                return
        except SetAsideError as refusal:
            if refusal.outcome is Outcome.BOMB:
                self._stopped = refusal.reason
            yield Step(number, name, reason=refusal.reason)
            return
        yield Step(number, name, sha256=hashlib.sha256(data).hexdigest(), format=format, data=data)

    def _nested(self, data: bytes, name: str, depth: int) -> Iterator[Step]:
        number = self._number
        if depth >= self._limits.archive_depth:
            words = f"archives inside archives are read {self._limits.archive_depth} deep"
            raise SetAsideError(Outcome.TOO_DEEP, words)
        try:
            yield from self.steps(io.BytesIO(data), name + INSIDE, depth + 1)
        except SetAsideError as refusal:
            if refusal.outcome is Outcome.BOMB:
                self._stopped = refusal.reason
            # The number of the last member inside, so that the walk's numbers never fall.
            yield Step(max(number, self._number), name, reason=refusal.reason)

    def _unpack(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, str]:
        """Give a member's bytes and format; the first piece decides whether the rest is unpacked."""
        most = self._limits.bytes_of(format_by_name(info.filename), inside_archive=True)
        pieces = unpack_member(archive, info, budget=self._budget, most=most)
        first = next(pieces, b"")
        if not first:
            raise SetAsideError(Outcome.EMPTY, "the member has no bytes")
        format = find_format(info.filename, first[:HEAD_BYTES])
        if format == "zip" and format_or_nothing(info.filename) != "zip":
            # A walk that goes on behind a failure knows the archives it must enter again by their names.
            raise SetAsideError(Outcome.UNSUPPORTED, "a zip archive under another name")
        return b"".join([first, *pieces]), format


def format_or_nothing(name: str) -> str:
    """Give the format a name promises, or nothing where it is none that is read."""
    try:
        return format_by_name(name)
    except SetAsideError:
        return ""


def _check_member(info: zipfile.ZipInfo) -> None:
    """Refuse names that point elsewhere, links, and what systems leave in archives."""
    # zipfile cuts a name at NUL; the original keeps it.
    name = info.orig_filename.replace("\\", "/")
    parts = [part for part in name.split("/") if part]
    if "\0" in name:
        raise SetAsideError(Outcome.MEMBER_REFUSED, "its name holds a NUL")
    if ".." in parts:
        raise SetAsideError(Outcome.MEMBER_REFUSED, "its name points outside of the archive (..)")
    if name.startswith("/") or _DRIVE.match(name):
        raise SetAsideError(Outcome.MEMBER_REFUSED, "its name is an absolute path")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SetAsideError(Outcome.MEMBER_REFUSED, "it is a symlink")
    if any(part.startswith(".") or part in _MADE_BY_SYSTEMS for part in parts):
        raise SetAsideError(Outcome.HIDDEN, "a hidden member or one left by the operating system")
