"""Bytes to text: byte order marks, Unicode without a mark, Western one-byte code pages, and the rest.

The order is that of certainty. Well-formed UTF-8 is hardly ever anything else; a one-byte code page fits any bytes,
so it is believed only when the letters it gives look like a language written in it.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from inchiesta.errors import InchiestaError

# Longest first: the UTF-32 little-endian mark begins with the UTF-16 one.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh91AY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"{\\rtf", "a rich text (RTF) document"),
)
# Enough to see the habit of a text; more only costs time.
_SAMPLE: Final = 65_536
# Text holds no control characters but tab, line ends, form feed and escape; a few strays are forgiven.
_CONTROLS: Final = bytes(b for b in range(32) if b not in b"\t\n\r\f\x0b\x1b\x1a") + b"\x7f"
_MAX_CONTROL_SHARE: Final = 0.01
# UTF-16 of Latin text has a NUL in every other byte; spaces and digits give some even in Cyrillic text.
_MIN_NUL_SHARE: Final = 0.10
_LINE_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
# In a Western text capitals and signs above 0x7F stand alone or begin a word; a run of four high letters
# is a word of another script read with the wrong table.
_HIGH_RUN: Final = re.compile("[\u00c0-\u00ff]{4,}")
_HIGH: Final = re.compile("[\u0080-\uffff]")
# What a Western text puts above 0x7F: its accented letters, quotation marks, dashes, currency, degree ...
_WESTERN: Final = frozenset(
    "àèéìíòóùúçñâêîôûëïüöäßåøæœãõáýÿšžðþÀÈÉÌÍÒÓÙÚÇÑÂÊÎÔÛËÏÜÖÄÅØÆŒÃÕÁÝŠŽ«»‹›“”‘’‚„–—…€£§°ºª·•©®™¿¡´¨½¼¾²³×± \u00ad"
)
_MIN_WESTERN_SHARE: Final = 0.85
# Central European and Turkish pages share the accents of the Western one; these letters tell them apart.
_POLISH_SIGNS: Final = re.compile("[^\\W\\d_][\u00b9\u00b3\u00bf\u00b6\u00b1\u00bc\u00a3][^\\W\\d_]")
_ISO_SIGNS: Final = re.compile("[^\\W\\d_][\u00b6\u00b1\u00bc][^\\W\\d_]")
_TURKISH_SIGNS: Final = re.compile("[þðý]")
_NORDIC_ONLY: Final = re.compile("[æåáíéúóšžø]")
_DANISH: Final = re.compile("[æå]")
_CZECH: Final = re.compile("[šžìùý]")
_BAD_CHARACTERS: Final = re.compile("[\x00-\x08\x0e-\x1f\uffff]")


class UnreadableText(InchiestaError):  # noqa: N818 (a state of the bytes, read as such: except UnreadableText)
    """Bytes that are no text; the message is the reason and never quotes them."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decode_bytes(data: bytes) -> tuple[str, str]:
    r"""Give the text of a file and the name of its encoding.

    Parameters
    ----------
    data : bytes
        The whole file. Empty bytes give empty text.

    Returns
    -------
    tuple of (str, str)
        The text, all line ends as ``\n`` and without byte order mark; the encoding as Python names it.

    Raises
    ------
    UnreadableText
        If the bytes are a known binary format, broken UTF-16/32, or hold too many control characters for text.

    Notes
    -----
    Deterministic. The encoding of a one-byte text is an estimate: cp1252 and latin-1 differ only in signs,
    and a text of a few letters in another script may be taken for Western.

    Examples
    --------
    >>> decode_bytes("perché".encode("cp1252"))
    ('perché', 'cp1252')
    >>> decode_bytes(b"one\r\ntwo")
    ('one\ntwo', 'ascii')
    """
    _check_magic(data)
    text, encoding = _decode(data)
    if "\r" in text or not text.isascii():
        text = _LINE_ENDS.sub("\n", text)
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if 0 in data[:_SAMPLE]:
        return _decode_nuls(data)
    _check_controls(data)
    if data.isascii():
        return data.decode("ascii"), "ascii"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_nearly_utf8(data, error) or _decode_one_byte(data)


def _check_magic(data: bytes) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise UnreadableText(f"binary: expected text, the content is {name}")


def _check_controls(data: bytes) -> None:
    sample = data[:_SAMPLE]
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if n_controls > _MAX_CONTROL_SHARE * len(sample):
        share = 100 * n_controls / len(sample)
        raise UnreadableText(f"binary: {share:.0f}% of the first bytes are control characters, expected text")


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _decode_nearly_utf8(data, error) or _decode_one_byte(data)
        raise UnreadableText(f"encoding: marked as {encoding}, broken at byte {error.start}") from error


def _decode_nuls(data: bytes) -> tuple[str, str]:
    """Tell UTF-16 and UTF-32 without a mark from binary by where the NULs stand."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    quarter = max(1, len(sample) // 4)
    nuls = [sample[i::4].count(0) / quarter for i in range(4)]
    even, odd = (nuls[0] + nuls[2]) / 2, (nuls[1] + nuls[3]) / 2
    if min(nuls[1:]) > 0.9 and nuls[0] < 0.1:
        tries = ["utf-32-le"]
    elif nuls[0] > 0.9 and nuls[1] > 0.9 and nuls[3] < 0.1:
        tries = ["utf-32-be"]
    elif odd > _MIN_NUL_SHARE and even < odd / 8:
        tries = ["utf-16-le"]
    elif even > _MIN_NUL_SHARE and odd < even / 8:
        tries = ["utf-16-be"]
    else:
        tries = []
    for encoding in tries:
        text = _decode_quietly(data, encoding)
        if text is not None and _is_clean(text[:_SAMPLE]):
            return text, encoding
    if not tries and data.count(0) <= len(data) // 1000:
        return _decode(data.replace(b"\0", b" "))  # a stray NUL in an otherwise ordinary text
    raise UnreadableText("binary: the content holds NUL bytes, expected text")


def _is_clean(text: str) -> bool:
    n_bad = len(_BAD_CHARACTERS.findall(text))
    return n_bad <= _MAX_CONTROL_SHARE * max(1, len(text))


def _decode_quietly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_nearly_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[str, str] | None:
    """Read UTF-8 with a few broken bytes (a cut end, one pasted cp1252 letter) as UTF-8."""
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        return data[: error.start].decode("utf-8"), "utf-8"
    text = data.decode("utf-8", errors="replace")
    n_good = sum(1 for character in text[:_SAMPLE] if character > "\x7f" and character != "\ufffd")
    n_broken = text[:_SAMPLE].count("\ufffd")
    # Multi-byte sequences that fit by chance are rare: ten whole ones to each broken one is UTF-8.
    if n_good < 10 * max(1, n_broken):
        return None
    return data.decode("utf-8", errors="cp1252_bytes"), "utf-8"


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("cp1252_bytes", _read_as_cp1252)


def _decode_one_byte(data: bytes) -> tuple[str, str]:
    text = _decode_quietly(data, "cp1252")
    if text is not None and _looks_western(text[:_SAMPLE]):
        page = _choose_page(text[:_SAMPLE])
        return data.decode(page, errors="replace"), page
    guessed = _guess(data[:_SAMPLE])
    if guessed is not None:
        other = data.decode(guessed, errors="replace")
        if other.count("\ufffd") <= len(other) // 1000:
            return other, guessed
    if text is not None:
        return text, "cp1252"
    return data.decode("latin-1"), "latin-1"


def _looks_western(text: str) -> bool:
    high = _HIGH.findall(text)
    n_western = sum(1 for character in high if character in _WESTERN)
    n_in_runs = sum(len(run) for run in _HIGH_RUN.findall(text))
    return n_western >= _MIN_WESTERN_SHARE * len(high) and n_in_runs <= 0.2 * len(high)


def _choose_page(text: str) -> str:
    """Give the Latin code page of a text read as cp1252, by letters only its neighbours put there."""
    if len(_POLISH_SIGNS.findall(text)) > len(text) // 1000:
        return "iso8859-2" if _ISO_SIGNS.search(text) else "cp1250"
    if _TURKISH_SIGNS.search(text) and not _NORDIC_ONLY.search(text):
        return "cp1254"
    if "ø" in text and _CZECH.search(text) and not _DANISH.search(text):
        return "cp1250"
    return "cp1252"


def _guess(sample: bytes) -> str | None:
    # Imported here: charset-normalizer takes 30 ms to load and most corpora never need it.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, threshold=0.3).best()
    return None if best is None else best.encoding
