"""What lies in a source: every file once, in one order, with what cannot be opened said beforehand."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inchiesta.corpus.outcomes import Outcome
from inchiesta.errors import SourceError

# README, README.md, readme.it.txt: about the folder, not of it. "readme_leak.txt" may be a document.
_README = re.compile(r"readme(\.[^/]*)?", re.IGNORECASE)
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISBLK, "a block device"),
)


@dataclass(frozen=True)
class SourceFile:
    """One file of a source.

    Attributes
    ----------
    path
        Below the source, with `/`; bytes that are not UTF-8 and control characters are shown as `\\xNN`.
    location
        Where it is opened.
    size
        Bytes; 0 when unknown.
    reason
        Empty, or why it will be set aside unopened (symlink, special file, no permission).
    """

    path: str
    location: Path
    size: int
    reason: str = ""


@dataclass(frozen=True)
class Listing:
    """All files of a source, sorted by path, and how many were skipped on purpose."""

    name: str
    files: list[SourceFile]
    skipped: dict[str, int] = field(default_factory=dict)


def list_source(source: Path) -> Listing:
    """List the files of a source.

    Parameters
    ----------
    source
        A file, or a folder, which is walked. A symlink as the source itself is followed; below it none is.

    Returns
    -------
    Listing
        Files sorted by path. `skipped` counts hidden files (also those in hidden folders) and the README at the top.

    Raises
    ------
    SourceError
        If there is nothing at ``source``, it cannot be opened, or no file remains.
    """
    try:
        mode = source.stat().st_mode
    except FileNotFoundError:
        raise SourceError(
            f"there is nothing at '{shown(str(source))}': expected a file or a folder of texts; check the path"
        ) from None
    except OSError as error:
        raise _cannot_open(source, error) from error
    name = shown(source.name or source.resolve().name)
    if stat.S_ISDIR(mode):
        return _list_folder(source, name)
    # A link the user names is meant; the file behind it is opened.
    return Listing(name, [_describe(source.resolve(), name, source.stat())], {"hidden": 0, "readme": 0})


def _list_folder(source: Path, name: str) -> Listing:
    skipped = {"hidden": 0, "readme": 0}
    files: list[SourceFile] = []
    try:
        os.scandir(source).close()
    except OSError as error:
        raise _cannot_open(source, error) from error
    for found, path in _walk(source):
        if any(part.startswith(".") for part in path.split("/")):
            skipped["hidden"] += 1
        elif _README.fullmatch(path):
            skipped["readme"] += 1
        else:
            files.append(found)
    if not files:
        raise SourceError(
            f"the folder '{shown(str(source))}' holds no document: expected txt, md, html, pdf, docx, csv, jsonl or "
            f"zip files, found none ({skipped['hidden']} hidden, {skipped['readme']} README); put the texts there"
        )
    return Listing(name, sorted(files, key=lambda file: (file.path, str(file.location))), skipped)


def _walk(source: Path) -> Iterator[tuple[SourceFile, str]]:
    """Give every entry that is not a readable folder, each with its path below the source."""
    folders = [(source, "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            reason = f"{Outcome.NO_PERMISSION.value}: the folder cannot be opened ({type(error).__name__})"
            yield SourceFile(prefix.rstrip("/"), folder, 0, reason), prefix.rstrip("/")
            continue
        for entry in found:
            path = prefix + shown(entry.name)
            if entry.is_dir(follow_symlinks=False):
                folders.append((Path(entry.path), path + "/"))
            else:
                yield _describe_entry(entry, path), path


def _describe_entry(entry: os.DirEntry[str], path: str) -> SourceFile:
    try:
        return _describe(Path(entry.path), path, entry.stat(follow_symlinks=False))
    except OSError as error:
        reason = f"{Outcome.NO_PERMISSION.value}: the file cannot be looked at ({type(error).__name__})"
        return SourceFile(path, Path(entry.path), 0, reason)


def _describe(location: Path, path: str, status: os.stat_result) -> SourceFile:
    if stat.S_ISLNK(status.st_mode):
        return SourceFile(path, location, 0, f"{Outcome.SYMLINK.value}: links are not followed; add the file itself")
    for is_kind, words in _KINDS:
        if is_kind(status.st_mode):
            return SourceFile(path, location, 0, f"{Outcome.SPECIAL.value}: {words} is never opened")
    return SourceFile(path, location, status.st_size)


def shown(name: str) -> str:
    r"""Give a name that can be stored and printed: what is not UTF-8 or would steer a terminal becomes `\xNN`.

    Examples
    --------
    >>> print(shown("a\nb\udcff.txt"))
    a\x0ab\xff.txt
    """
    if name.isascii() and name.isprintable():
        return name
    return "".join(_shown_character(character) for character in name)


def _shown_character(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if 0xD800 <= code <= 0xDFFF or code in (0x2028, 0x2029) else character


def _cannot_open(source: Path, error: OSError) -> SourceError:
    return SourceError(
        f"'{shown(str(source))}' cannot be opened ({type(error).__name__}): expected a readable file or folder; "
        "check its permissions"
    )
