"""PDF files: the text of their pages, lines joined to paragraphs. Runs in the child process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed

# A line this much further below the last one than usual begins a paragraph.
GAP = 1.4
# Lines further apart than this (in heights) are not taken for the usual distance: a page may hold headings only.
WIDEST_STEP = 1.5
# A line that ends this far (share of the column) before the right edge ends its paragraph, if it ends a sentence.
SHORT = 0.12
# First-line indent, in heights of a line.
INDENT = 0.8

# pdfium marks a hyphen at a line's end with one of these.
_HYPHEN = re.compile("[\u00ad\ufffe\x02]$|(?<=[^\\W\\d_])-$")
_HYPHEN_INSIDE = re.compile("[\ufffe\x02](?=[^\\W\\d_a-zà-öø-ÿ])")
_UNWANTED = str.maketrans(dict.fromkeys("\ufffe\ufeff\x02\x00", ""))
_ENDS = re.compile(r"""[.!?:;…][)\]"'’”»]*$""")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page with its place in points; `base` and `last_base` are counted from the page's foot.

    pdfium gives two lines with a hyphen between them as one: `last_base` is that of the last character.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    last_base: float


def parse_pdf(data: bytes) -> Parsed:
    """Read a PDF.

    Returns
    -------
    Parsed
        Paragraphs separated by an empty line; hyphens at line ends undone; title and author from the file's properties
        (its dates are the file's, not the publication's, and are left out).

    Raises
    ------
    SetAsideError
        `encrypted`, `damaged`, or `no text` (scanned pages).

    Notes
    -----
    Paragraphs are told from the distance, indent and length of lines: a guess, and wrong for tables. Reading order is
    the file's own.
    """
    document = _open_pdf(data)
    try:
        paragraphs: list[str] = []
        n_pages = len(document)
        for number in range(n_pages):
            _append_page(paragraphs, _page_paragraphs(document, number))
        stated = document.get_metadata_dict()
    finally:
        document.close()
    text = "\n\n".join(paragraphs)
    if not any(map(str.isalnum, text)):
        words = f"{n_pages} pages without a letter, probably scanned; run OCR over the file"
        raise SetAsideError(Outcome.NO_TEXT, words)
    return Parsed(text=text, title=_property(stated, "Title"), author=_property(stated, "Author"))


def _open_pdf(data: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise SetAsideError(Outcome.ENCRYPTED, "the PDF is locked with a password; save an unlocked copy") from None
        raise SetAsideError(Outcome.DAMAGED, "the PDF cannot be opened") from None


def _property(stated: dict[str, str], name: str) -> str:
    value = " ".join(stated.get(name, "").replace("\0", "").split())
    # Office programs write the file's name here.
    is_file_name = re.search(r"\.(?:docx?|pdf|indd|odt|rtf|txt|pages)$|^Microsoft Word - ", value, re.IGNORECASE)
    return "" if is_file_name or value.lower() in ("untitled", "(anonymous)", "unknown") else value


def _page_paragraphs(document: Any, number: int) -> list[str]:
    import pypdfium2

    try:
        page = document[number]
        words = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise SetAsideError(Outcome.DAMAGED, f"page {number + 1} of the PDF cannot be read") from None
    try:
        return join_lines(list(_lines_of(words)))
    finally:
        words.close()
        page.close()


def _lines_of(words: Any) -> Iterator[Line]:
    text = words.get_text_range()
    n_chars = words.count_chars()
    start = 0
    for line in re.split(r"\r\n|\r|\n", text):
        stripped = line.strip()
        first = start + len(line) - len(line.lstrip())
        last = start + len(line.rstrip()) - 1
        if stripped and last < n_chars:
            left, bottom, right, top = words.get_charbox(first, loose=True)
            _, last_bottom, last_right, _ = words.get_charbox(last, loose=True)
            yield Line(stripped, left, max(right, last_right), bottom, top - bottom, last_bottom)
        elif stripped:
            # Characters beyond the basic plane shift the count: no place is known, the line goes on.
            yield Line(stripped, 0.0, 0.0, 0.0, 0.0, 0.0)
        # pdfium counts every line break as two characters.
        start += len(line) + 2


def join_lines(lines: list[Line]) -> list[str]:
    """Join the lines of a page to paragraphs.

    Parameters
    ----------
    lines
        In reading order.

    Returns
    -------
    list of str
        Paragraphs in reading order, each on one line.
    """
    if not lines:
        return []
    steps = [above.last_base - below.base for above, below in pairwise(lines)]
    most = WIDEST_STEP * median(line.height for line in lines)
    usual = min(median([step for step in steps if step > 0] or [0.0]), most)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    paragraphs = [lines[0].text]
    for above, below in pairwise(lines):
        if _begins_paragraph(above, below, usual, right - left):
            paragraphs.append(below.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], below.text)
    # Before a capital the hyphen belongs to the name.
    return [_HYPHEN_INSIDE.sub("-", paragraph).translate(_UNWANTED) for paragraph in paragraphs]


def _begins_paragraph(above: Line, below: Line, usual: float, width: float) -> bool:
    if not below.height or not above.height:
        return False
    step = above.last_base - below.base
    if step <= 0 or not width:
        # A new column: goes on unless a sentence ended.
        return bool(_ENDS.search(above.text)) and step < -below.height
    if step > GAP * usual:
        return True
    if abs(above.height - below.height) > 0.25 * max(above.height, below.height):
        return True
    ended = bool(_ENDS.search(above.text))
    is_short = above.right < above.left + (1 - SHORT) * width
    is_indented = below.left - above.left > INDENT * below.height
    return ended and (is_short or is_indented)


def _joined(above: str, below: str) -> str:
    if _HYPHEN.search(above) and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}"


def _append_page(paragraphs: list[str], page: list[str]) -> None:
    """Add a page; a sentence that runs over the page's end stays one paragraph."""
    if paragraphs and page and page[0][:1].islower() and not _ENDS.search(paragraphs[-1]):
        paragraphs[-1] = _joined(paragraphs[-1], page.pop(0))
    paragraphs += page
