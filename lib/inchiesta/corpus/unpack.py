"""Zip members as streams that are counted while they run. Runs in the child process."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from typing import BinaryIO

from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError

# Small enough that a bomb is noticed early, large enough to be quick.
_CHUNK = 1 << 18
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, IndexError, UnicodeError)


class Budget:
    """What one archive, all depths together, may still unpack.

    Parameters
    ----------
    packed
        Bytes of the archive as it lies on the disk: the ratio is counted against it too, because members that overlap
        each look harmless.
    total
        Bytes it may unpack to.
    """

    def __init__(self, limits: Limits, packed: int, *, total: int) -> None:
        self._limits = limits
        self._packed = max(packed, 1)
        self._total = total
        self.unpacked = 0

    def check_declared(self, info: zipfile.ZipInfo) -> None:
        """Refuse a member by what its entry says, before a byte is unpacked."""
        self._check_ratio(info.file_size, info.compress_size)

    def count(self, n_bytes: int, so_far: int, packed: int) -> None:
        """Count bytes as they stream; raise `archive bomb` when they are too many."""
        self.unpacked += n_bytes
        self._check_ratio(so_far, packed)
        self._check_ratio(self.unpacked, self._packed)
        if self.unpacked > self._total:
            raise SetAsideError(Outcome.BOMB, f"unpacks to more than {self._total:,} bytes")

    def _check_ratio(self, unpacked: int, packed: int) -> None:
        if unpacked > self._limits.archive_ratio_floor and unpacked > self._limits.archive_ratio * max(packed, 1):
            raise SetAsideError(Outcome.BOMB, f"unpacks to more than {self._limits.archive_ratio} times its size")


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip or raise SetAsideError `damaged`."""
    try:
        return zipfile.ZipFile(stream)
    except (*_BROKEN, NotImplementedError) as error:
        raise SetAsideError(Outcome.DAMAGED, f"not a whole zip archive ({type(error).__name__})") from None


def unpack_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, budget: Budget, most: int) -> Iterator[bytes]:
    """Give the bytes of a member in pieces.

    Raises
    ------
    SetAsideError
        `encrypted`, `too large` (more than ``most`` bytes), `archive bomb`, `damaged`, `unsupported format`.
    """
    if info.flag_bits & _ENCRYPTED:
        raise SetAsideError(Outcome.ENCRYPTED, "the member is locked with a password")
    budget.check_declared(info)
    if info.file_size > most:
        raise SetAsideError(Outcome.TOO_LARGE, f"{info.file_size:,} bytes, the limit is {most:,}")
    so_far = 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                so_far += len(chunk)
                budget.count(len(chunk), so_far, info.compress_size)
                if so_far > most:
                    raise SetAsideError(Outcome.TOO_LARGE, f"more than {most:,} bytes")
                yield chunk
    except NotImplementedError:
        raise SetAsideError(Outcome.UNSUPPORTED, f"compression method {info.compress_type}") from None
    except (*_BROKEN, RuntimeError) as error:
        raise SetAsideError(Outcome.DAMAGED, f"the member does not unpack ({type(error).__name__})") from None
