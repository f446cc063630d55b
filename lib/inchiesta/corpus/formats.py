"""What a file is: by its first bytes where they are unmistakable, by its name otherwise."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from inchiesta.corpus.outcomes import Outcome, SetAsideError

# Enough for every signature below and for the first names in a zip.
HEAD_BYTES = 4096

PARSED_BY_CHILD = frozenset({"html", "pdf", "docx"})

BY_SUFFIX = {
    "": "txt", ".txt": "txt", ".text": "txt", ".asc": "txt", ".log": "txt", ".utf8": "txt",
    ".md": "md", ".markdown": "md",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".pdf": "pdf", ".docx": "docx",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".zip": "zip", ".parquet": "parquet",
}  # fmt: skip
# Formats that can carry code or load other files when opened: refused by name, whatever their bytes.
NEVER_LOADED = frozenset(
    {
        ".pkl", ".pickle", ".joblib", ".dill", ".arrow", ".feather", ".ipc", ".npy", ".npz", ".ipynb", ".h5", ".hdf5",
        ".rds", ".rdata", ".pt", ".pth", ".mat", ".exe", ".dll", ".so", ".js", ".py", ".sh", ".bat", ".ps1", ".jar",
    }
)  # fmt: skip
_TEXTUAL = frozenset({"txt", "md", "html", "csv", "tsv", "jsonl"})

_SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh91AY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"ARROW1\x00", "an Arrow file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"OggS\x00", "a sound or film"),
    (b"ID3\x02", "a sound"),
    (b"ID3\x03", "a sound"),
    (b"ID3\x04", "a sound"),
    (b"fLaC", "a sound"),
    (b"{\\rtf", "a rich text (RTF) document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Protocol 2 to 5 with the opcodes that always follow.
_PICKLE = re.compile(rb"\x80[\x02-\x05][\x95\x5d\x7d\x63\x8c(}\x58]")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_OFFICE = (
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint file"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
    (b"mimetypeapplication/epub", "an e-book"),
    (b"META-INF/MANIFEST.MF", "a Java archive"),
)
_CONTAINER_SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp", ".epub", ".jar", ".apk", ".whl", ".kmz"}
)


def suffix_of(name: str) -> str:
    """Give the suffix of a file or member name, lower case."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def format_by_name(name: str) -> str:
    """Give the format a name promises.

    Raises
    ------
    SetAsideError
        `unsupported format` for names of formats that are not read.
    """
    suffix = suffix_of(name)
    if suffix in BY_SUFFIX and suffix not in NEVER_LOADED:
        return BY_SUFFIX[suffix]
    # "Dr. Rossi" or "verbale n. 12" have no suffix: what stands behind the point is no format.
    if not re.fullmatch(r"\.[a-z0-9_]{1,12}", suffix) or suffix[1:].isdigit():
        return "txt"
    raise SetAsideError(Outcome.UNSUPPORTED, f"{suffix} files are not read")


def find_format(name: str, head: bytes) -> str:
    """Give the format of a file from its name and its first bytes.

    Parameters
    ----------
    name
        Name of the file or archive member; only its suffix counts.
    head
        Its first `HEAD_BYTES` bytes.

    Returns
    -------
    str
        txt, md, html, pdf, docx, csv, tsv, jsonl, zip or parquet. Where name and bytes disagree the bytes win for pdf,
        docx, zip and html, because such files arrive with wrong names.

    Raises
    ------
    SetAsideError
        `unsupported format`; `binary` when a textual name hides another format; `encrypted` for a locked docx.
    """
    if suffix_of(name) in NEVER_LOADED:
        raise SetAsideError(Outcome.UNSUPPORTED, f"{suffix_of(name)} files are never loaded")
    found = _format_by_bytes(name, head)
    return found or format_by_name(name)


def _format_by_bytes(name: str, head: bytes) -> str:
    suffix = suffix_of(name)
    if head.startswith(_ZIP):
        return _format_of_container(suffix, head)
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith(b"PAR1") and not head[4:5].isalnum():
        return "parquet"
    _check_signatures(suffix, head)
    if BY_SUFFIX.get(suffix) in ("txt", "jsonl", "pdf", "docx") and _HTML.match(head):
        return "html"
    return ""


def _check_signatures(suffix: str, head: bytes) -> None:
    if head.startswith(_OLE):
        if suffix == ".docx":
            raise SetAsideError(Outcome.ENCRYPTED, "the docx is locked with a password, or an old .doc renamed")
        raise SetAsideError(Outcome.UNSUPPORTED, "an old office document; save it as docx or pdf")
    kind = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")
    if not kind and _PICKLE.match(head):
        kind = "a Python pickle"
    if not kind and (head[4:8] == b"ftyp" or head[8:12] in (b"WAVE", b"AVI ", b"WEBP")):
        kind = "a sound, film or picture"
    if kind and BY_SUFFIX.get(suffix) in _TEXTUAL:
        raise SetAsideError(Outcome.BINARY, f"the name promises text, the bytes are {kind}")
    if kind:
        raise SetAsideError(Outcome.UNSUPPORTED, f"the bytes are {kind}")


def _format_of_container(suffix: str, head: bytes) -> str:
    if suffix in _CONTAINER_SUFFIXES:
        raise SetAsideError(Outcome.UNSUPPORTED, f"{suffix} files are not read")
    if suffix == ".docx" or (suffix == ".doc" and b"[Content_Types].xml" in head):
        return "docx"
    if suffix == ".zip":
        return "zip"
    for mark, kind in _OTHER_OFFICE:
        if mark in head:
            raise SetAsideError(Outcome.UNSUPPORTED, f"the bytes are {kind}")
    return "docx" if b"[Content_Types].xml" in head else "zip"
