"""HTML pages: the article's text and what the page states about itself. Runs in the child process."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from inchiesta.corpus.metadata import read_page_metadata
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed
from inchiesta.text.decode import UnreadableText, decode_bytes

# trafilatura is made for full pages; on short ones it may drop most paragraphs. Below this share of what the plain
# paragraphs hold its answer is not believed.
LEAST_SHARE = 0.5
# Characters: below this trafilatura takes the whole page, menus included.
LEAST_TEXT = 250

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
# Browsers look no further either.
_HEAD_BYTES = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# The standard of the web: pages that say Latin-1 are written in cp1252.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "gb2312": "gb18030",
}
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "figcaption", "dt", "dd")
_NOT_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "iframe",
    "svg",
    "head",
    "button",
    "select",
    "textarea",
    "object",
)
_NEVER_TEXT = ("script", "style", "noscript", "template", "head", "iframe", "svg", "object")


def parse_html(data: bytes) -> Parsed:
    """Read an HTML page.

    Parameters
    ----------
    data
        Bytes of the page. A byte order mark counts first, then well-formed UTF-8, then the declared character set.

    Returns
    -------
    Parsed
        Paragraphs separated by an empty line, and the stated metadata.

    Raises
    ------
    SetAsideError
        `no text` for a page without readable words, `damaged` for elements nested too deep, `binary` for other bytes.
    """
    tree = _parse_tree(_decode_page(data))
    stated = read_page_metadata(tree)
    text = _extract_article(tree)
    plain, body = _plain_paragraphs(tree)
    if len(text) < max(LEAST_TEXT, LEAST_SHARE * len(plain)):
        text = plain or body
    if not text:
        raise SetAsideError(Outcome.NO_TEXT, _why_empty(tree))
    return replace(stated, text=text)


def _decode_page(data: bytes) -> str:
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    if declared and not data.startswith(_MARKS):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            text = _decode_as(data, declared[1].decode("ascii").lower())
            if text is not None:
                return text
    try:
        return decode_bytes(data)[0]
    except UnreadableText as error:
        raise SetAsideError(Outcome.BINARY, str(error).partition(": ")[2]) from None


def _decode_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(_MEANT.get(encoding, encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _parse_tree(page: str) -> Any:
    from lxml import etree, html

    page = _XML_HEAD.sub("", page.replace("\0", " "), count=1)
    if not page.strip():
        raise SetAsideError(Outcome.EMPTY, "the page holds only white space")
    # Without huge_tree a page is cut at 256 open elements, which old pages with unclosed <font> reach.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        # libxml2 says so in a code only.
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise SetAsideError(Outcome.NO_TEXT, "the page has no element that could hold text") from None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        # The tree ends there: reading it would lose the rest without a word.
        raise SetAsideError(Outcome.DAMAGED, "elements are nested more than 2,000 deep")
    return tree


def _extract_article(tree: Any) -> str:
    from copy import deepcopy

    import trafilatura
    from lxml import etree

    page = deepcopy(tree)
    # On short pages trafilatura falls back to everything it sees.
    etree.strip_elements(page, "nav", "footer", "aside", "noscript", with_tail=False)
    # Without metadata: trafilatura's date search guesses from the text, and only stated dates count here.
    text = trafilatura.extract(
        page, output_format="txt", favor_precision=False, include_comments=False, include_tables=True,
        with_metadata=False, deduplicate=False,
    )  # fmt: skip
    return _join_lines((text or "").split("\n"))


def _plain_paragraphs(tree: Any) -> tuple[str, str]:
    """Give the text of all `<p>` outside of furniture, and, should there be none, of the whole body."""
    from lxml import etree

    body = tree.find("body") if tree.tag != "body" else tree
    if body is None:
        return "", ""
    etree.strip_elements(body, *_NEVER_TEXT, with_tail=False)
    everything = _join_lines(_lines_of(body))
    etree.strip_elements(body, *_NOT_TEXT, with_tail=False)
    paragraphs = _join_lines(" ".join(p.text_content().split()) for p in body.iter("p"))
    return paragraphs, _join_lines(_lines_of(body)) or everything


def _lines_of(body: Any) -> list[str]:
    for element in body.iter("br", *_BLOCKS, "div", "section", "article", "tr"):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "") if element.tag != "br" else element.text
    return [" ".join(line.split()) for line in body.text_content().split("\n")]


def _join_lines(lines: Any) -> str:
    return "\n\n".join(line for line in (raw.strip() for raw in lines) if any(map(str.isalnum, line)))


def _why_empty(tree: Any) -> str:
    scripts = sum(1 for _ in tree.iter("script"))
    return f"the page holds no words ({scripts} scripts); save it from a browser after it has loaded"
