"""Leftovers of HTML and Markdown in plain text, control and invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from inchiesta.text.edits import Replacement

_ENTITY = re.compile(r"&(?:amp;){0,3}(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_BLOCK_TAGS = (
    "p|br|hr|div|section|article|header|footer|aside|main|nav|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|"
    "blockquote|figure|figcaption|pre|form|html|body|head|title|center|address"
)
_INLINE_TAGS = (
    "a|abbr|b|big|cite|code|del|em|font|i|iframe|img|ins|input|label|mark|meta|link|picture|q|s|small|source|span|"
    "strike|strong|sub|sup|svg|time|tt|u|video|wbr|button|noscript"
)
# `< p>` and `< /p >`, as careless converters leave them, are tags as well. Attributes are cut at 1,000 characters: a
# lone `<` must not swallow a page.
_TAG = re.compile(
    rf"<\s?/?\s?(?:(?P<block>{_BLOCK_TAGS})|(?:{_INLINE_TAGS}))(?:\s[^<>]{{0,1000}})?\s?/?\s?>"
    r"|<!doctype[^<>]{0,200}>",
    re.IGNORECASE,
)
# What a page never shows: comments, scripts, styles. A longer one is rather an opening sign that was never closed.
_HIDDEN = re.compile(r"<(?:!--|(?P<name>script|style)\b[^<>]{0,1000}>)", re.IGNORECASE)
_MAX_HIDDEN = 20_000
_CLOSINGS = {name: re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE) for name in ("script", "style")}
_CLOSINGS[""] = re.compile("-->")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c"
# The joiners U+200C/D shape words in Persian and Indic scripts and emoji: they go only beside Latin letters.
_UNSEEN = re.compile(
    rf"(?P<bidi>[{_BIDI}]+)|(?P<control>[\x00-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ufff9-\ufffb]+)"
    "|(?P<unseen>(?:[\u00ad\u200b\u2060-\u2064\ufeff\u180e]|(?<=[A-Za-z0-9])[\u200c\u200d]|[\u200c\u200d](?=[A-Za-z0-9]))+)"
)
# One class finds whether there is any: an alternation would cost as much as the rest of cleaning.
_ANY_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)
_LINE_MARKS = re.compile(
    r"^[ ]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*_][ \t]*){3,}$|={3,}$|```.*$|[*+-][ \t]+)", re.MULTILINE
)
_LINE_TAIL = re.compile(r"[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"!?\[(?P<words>[^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,1000}(?:\s+\"[^\"\n]*\")?\)")
_STRONG = re.compile(r"(?<![\w*_])(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<words>[^*_\n]{1,500}?)(?<=\S)(?P=mark)(?![\w*_])")
_CODE = re.compile(r"(?P<mark>`{1,2})(?P<words>[^`\n]{1,300})(?P=mark)")


def find_entities(text: str) -> Iterator[Replacement]:
    """Give the replacements of HTML entities (``&nbsp;``, ``&amp;``, ``&#8217;``) by their characters."""
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        plain = unescape(unescape(match[0]))
        while plain.startswith("&amp;"):
            plain = unescape(plain)
        if plain != match[0] and not plain.endswith(";"):
            yield Replacement(match.start(), match.end(), plain, "markup")


def find_hidden(text: str) -> Iterator[Replacement]:
    """Give the removals of comments, scripts and styles with all they hold."""
    if "<" not in text:
        return
    end = 0
    closings: dict[str, re.Match[str] | None] = {}
    for match in _HIDDEN.finditer(text):
        name = (match["name"] or "").lower()
        closing = closings.get(name)
        if name not in closings or (closing and closing.start() < match.end()):
            # looked up again only behind the last one found, so that time stays in line with length
            closing = closings[name] = _CLOSINGS[name].search(text, match.end())
        if match.start() >= end and closing and closing.end() - match.start() <= _MAX_HIDDEN:
            end = closing.end()
            yield Replacement(match.start(), end, "", "markup")


def find_tags(text: str) -> Iterator[Replacement]:
    """Give the replacements of leftover HTML tags: a block tag in the middle of a line ends the line."""
    if "<" not in text:
        return
    for match in _TAG.finditer(text):
        start, end = match.span()
        ends_line = bool(match["block"]) and _has_text(text, start, end)
        yield Replacement(start, end, "\n" if ends_line else "", "markup")


def _has_text(text: str, start: int, end: int) -> bool:
    """Tell whether the line goes on before and behind the tag."""
    before = text[max(0, start - 200) : start].rstrip(" \t")
    return bool(before) and before[-1] not in "\n>" and bool(text[end : end + 200].split("\n", 1)[0].strip())


def find_line_ends(text: str) -> Iterator[Replacement]:
    """Give the replacements of unusual line ends and page breaks."""
    if not _ANY_UNSEEN.search(text):
        return
    for match in _LINE_END.finditer(text):
        yield Replacement(match.start(), match.end(), "\n", "control")


def find_invisible(text: str) -> Iterator[Replacement]:
    """Give the removals of characters without a shape; changes of direction are named, they can hide words."""
    if not _ANY_UNSEEN.search(text):
        return
    for match in _UNSEEN.finditer(text):
        rule = "bidi control" if match["bidi"] else "control" if match["control"] else "invisible"
        yield Replacement(match.start(), match.end(), "", rule)


def find_line_marks(text: str) -> Iterator[Replacement]:
    """Give the removals of Markdown signs at the ends of lines: headings, quotes, bullets, rules."""
    marks = [*_LINE_MARKS.finditer(text), *_LINE_TAIL.finditer(text)]
    last = 0
    for match in sorted(marks, key=lambda found: found.start()):
        if match.start() >= last and match[0]:
            yield Replacement(match.start(), match.end(), "", "markup")
            last = match.end()


def find_emphasis(text: str) -> Iterator[Replacement]:
    """Give the removals of Markdown emphasis, code marks and links; the words stay."""
    last = 0
    found = [*_LINK.finditer(text), *_STRONG.finditer(text), *_CODE.finditer(text)]
    for match in sorted(found, key=lambda one: (one.start(), -one.end())):
        if match.start() >= last:
            yield Replacement(match.start(), match.start("words"), "", "markup")
            yield Replacement(match.end("words"), match.end(), "", "markup")
            last = match.end()
