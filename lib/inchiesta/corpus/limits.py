"""How much of anything is read: every threshold of the intake, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Limits of reading. Sizes in bytes unless the name says otherwise.

    Notes
    -----
    What exceeds a limit is set aside with the limit in its reason; nothing is cut.
    """

    # A novel has about 1 MB; 20 MB of text in one file is a dump or an attack, and cleaning holds several copies of it.
    text_bytes: int = 20 * MEGABYTE
    # Saved pages with inlined images reach 10 MB; lxml needs about 10 bytes of memory for each byte of page.
    html_bytes: int = 20 * MEGABYTE
    # Scanned files of a few hundred pages; sent to the child in one piece.
    pdf_bytes: int = 100 * MEGABYTE
    # Mostly pictures, which are not read; the XML is limited by container_bytes.
    docx_bytes: int = 100 * MEGABYTE
    # The unpacked parts of a docx: ten times the XML of the longest books.
    container_bytes: int = 200 * MEGABYTE
    # Exports are streamed, but their rows are handed on as one list: 100,000 articles have about 300 MB.
    export_bytes: int = 600 * MEGABYTE
    # An export inside an archive is held whole, because a compressed stream cannot be read twice.
    member_export_bytes: int = 200 * MEGABYTE
    # One field of a csv or one line of a jsonl: the same as one text.
    field_bytes: int = 20 * MEGABYTE
    # A csv quote that is never closed swallows the lines behind it; each costs a second look at up to one field.
    open_quotes: int = 100
    # Compressed text rarely passes 20x, a bomb starts at 1,000x.
    archive_ratio: int = 200
    # Below this an honest file of one repeated character would count as a bomb, and it can do no harm.
    archive_ratio_floor: int = 10 * MEGABYTE
    # Bytes unpacked from one archive, all depths together.
    archive_total_bytes: int = 2_000 * MEGABYTE
    # The compressed archive itself: more cannot hold less than archive_total_bytes of text.
    archive_bytes: int = 2_000 * MEGABYTE
    # An archive inside an archive is held in the child's memory.
    nested_archive_bytes: int = 200 * MEGABYTE
    # The size of corpus the suite is built for.
    archive_members: int = 100_000
    # zip in zip in zip: deliveries of deliveries exist, deeper nesting is a bomb's shape.
    archive_depth: int = 3
    # After so many members that kill the child, the rest of an archive is not tried: each may cost `seconds`.
    archive_failures: int = 5
    # A 500-page PDF takes about 5 s, a page of html 0.01 s.
    seconds: float = 30.0
    # Address space of the child. With all parsers loaded it has 0.2 GB; 20 MB of html needs 0.5 GB.
    memory_bytes: int = 1_000 * MEGABYTE
    # lxml and pdfium fragment memory: a fresh child costs 0.5 s, that is 0.25 ms a document.
    documents_per_child: int = 2_000

    def bytes_of(self, format: str, *, inside_archive: bool = False) -> int:
        """Give the largest size that is read for a format."""
        if format in EXPORTS:
            return self.member_export_bytes if inside_archive else self.export_bytes
        if format == "zip":
            return self.nested_archive_bytes if inside_archive else self.archive_bytes
        sizes = {"html": self.html_bytes, "pdf": self.pdf_bytes, "docx": self.docx_bytes}
        return sizes.get(format, self.text_bytes)


EXPORTS = frozenset({"csv", "tsv", "jsonl", "parquet"})
