"""Lines of large files: streamed, decoded one by one, none longer than allowed."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.text.decode import UnreadableText, decode_bytes

# Enough to see an encoding; the same as one text of 200 pages.
_SAMPLE = 1 << 20
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(stream: BinaryIO) -> str:
    """Find the encoding of an export from its first megabyte; the stream is left at its beginning.

    Raises
    ------
    SetAsideError
        `binary` or `encoding`.
    """
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    if len(sample) == _SAMPLE and b"\n" in sample:
        sample = sample[: sample.rindex(b"\n") + 1]
    stream.seek(0)
    for mark, encoding in _WIDE:
        if sample.startswith(mark):
            return encoding
    try:
        encoding = decode_bytes(sample)[1]
    except UnreadableText as error:
        code, _, words = str(error).partition(": ")
        raise SetAsideError(Outcome.ENCODING if code == "encoding" else Outcome.BINARY, words) from None
    # What is ASCII so far may be UTF-8 later.
    return "utf-8" if encoding == "ascii" else encoding


def read_lines(stream: BinaryIO, encoding: str, *, longest: int) -> Iterator[str | None]:
    """Give the lines of a stream from its beginning, each with its line end.

    Parameters
    ----------
    encoding
        As `find_encoding` gives it. A line that does not fit is decoded by itself.
    longest
        Bytes; a longer line comes as None, and is not held.
    """
    if encoding.startswith(("utf-16", "utf-32")):
        yield from _read_wide_lines(stream, encoding, longest)
        return
    if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        stream.seek(0)
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = stream.readline(longest)
            yield None
            continue
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            yield _decode_alone(line, encoding)


def _read_wide_lines(stream: BinaryIO, encoding: str, longest: int) -> Iterator[str | None]:
    reader = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
    try:
        while line := reader.readline(longest + 1):
            if len(line) > longest:
                while line and not line.endswith("\n"):
                    line = reader.readline(longest)
                yield None
            else:
                yield line
    finally:
        reader.detach()


def _decode_alone(line: bytes, encoding: str) -> str:
    """Decode a line that its file's encoding does not fit: pieces pasted together from elsewhere."""
    try:
        text = decode_bytes(line)[0]
    except UnreadableText:
        return line.decode(encoding, "replace")
    return text
