"""What a text states about itself at its head: front matter, `Titolo:` lines, a bare date, the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from inchiesta.text.edits import Replacement
from inchiesta.text.furniture import find_furniture
from inchiesta.text.lists import FULL_LANGUAGES, read_rows
from inchiesta.text.stated_date import parse_date, read_months

# Statements stand in the first lines; further down "Fonte: ..." is a line of the article or of the page.
_HEAD_LINES = 10
_DATE_LINES = 5
# A longer value is prose behind a colon.
_MAX_VALUE = 300
_MAX_DATE_CHARS = 60
# Headlines of the longest kind, with kicker, keep below this.
MAX_TITLE_CHARS = 200
MAX_TITLE_WORDS = 30
_STATEMENT = re.compile(
    r"(?:\*\*|__)?(?P<key>[^\W\d_]+(?: [^\W\d_]+){0,2})(?:\*\*|__)?\s?:(?:\*\*|__)?\s?(?P<value>.+)"
)
_FRONT_MATTER = re.compile(r"---\n(?P<body>.{1,5000}?)\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"#{1,3}\s+(?P<title>[^\n]+?)\s*#*\s*$")
_WORD = re.compile(r"[^\W\d_]+")
_STOPPED = re.compile(r"(?<!\.)[.:;,]$|[.!?…][»”\"]\s*$")
_QUOTES = "\"'“”"


@dataclass
class Head:
    """What was found at the head; empty strings where nothing was. ``removals`` are the lines that stated it."""

    title: str = ""
    published_on: str = ""
    date_precision: str = "none"
    source: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    removals: list[Replacement] = field(default_factory=list)


@cache
def _fields() -> dict[str, str]:
    return {key: name for language in FULL_LANGUAGES for key, name in read_rows(language, "head.tsv")}


@cache
def _date_words() -> frozenset[str]:
    days = {row[0] for language in FULL_LANGUAGES for row in read_rows(language, "weekdays.txt")}
    return frozenset(days | set(read_months()) | {"th", "st", "nd", "rd", "de", "of", "il", "del", "di", "the"})


def read_head(text: str, *, markdown: bool, learned: frozenset[str] = frozenset()) -> Head:
    """Give what the first lines of a text state about it.

    Parameters
    ----------
    text : str
        Text after `mend_characters`.
    markdown : bool
        Whether a line with ``#`` is a heading.
    learned : frozenset of str
        Lines of page furniture, so that none of them is taken for the headline.

    Returns
    -------
    Head
        A headline stays in the text; all other statements are in ``removals`` with rule ``metadata``.
    """
    head = Head()
    position = _read_front_matter(text, head)
    title_line = ""
    for n_lines, line in enumerate(_LINE.finditer(text, position), start=1):
        if n_lines > _HEAD_LINES or (title_line and n_lines > _DATE_LINES and not head.removals):
            break
        words = line[0].strip()
        if _take_statement(words, head) or (n_lines <= _DATE_LINES and _take_date(words, head)):
            head.removals.append(_removal(text, line.start(), line.end()))
        elif not title_line and not _is_furniture(words, learned):
            title_line = words
            if not head.title and _looks_like_title(words, text[line.end() :], markdown=markdown):
                head.title = _plain(words, markdown=markdown)
    return head


def _removal(text: str, start: int, end: int) -> Replacement:
    return Replacement(start, min(end + 1, len(text)), "", "metadata")


def _read_front_matter(text: str, head: Head) -> int:
    found = _FRONT_MATTER.match(text)
    lines = found["body"].split("\n") if found else []
    if not found or not all(":" in line or line.lstrip().startswith(("-", "#")) or not line.strip() for line in lines):
        return 0
    for line in lines:
        _take_statement(line.strip(), head)
    head.removals.append(Replacement(0, found.end(), "", "metadata"))
    return found.end()


def _take_statement(line: str, head: Head) -> bool:
    """Take a line such as `Fonte: Meridian Wire`; the first statement of a field counts."""
    found = _STATEMENT.fullmatch(line) if len(line) <= _MAX_VALUE else None
    name = _fields().get(found["key"].lower()) if found else None
    if found is None or name is None:
        return False
    value = found["value"].strip().strip(_QUOTES).strip()
    if name == "date":
        stated = parse_date(value)
        if not stated[0]:
            return False
        if not head.published_on:
            head.published_on, head.date_precision = stated
    elif not getattr(head, name):
        setattr(head, name, value)
    return True


def _take_date(line: str, head: Head) -> bool:
    """Take a line that is a date and nothing else: `Friday, January 4, 2019`."""
    if head.published_on or len(line) > _MAX_DATE_CHARS or not any(map(str.isdigit, line)):
        return False
    if any(word.lower() not in _date_words() for word in _WORD.findall(line)):
        return False
    published_on, precision = parse_date(line.strip("()[]*_ "))
    if precision not in ("day", "month"):
        return False
    head.published_on, head.date_precision = published_on, precision
    return True


def _is_furniture(line: str, learned: frozenset[str]) -> bool:
    return any(True for _ in find_furniture(line, learned=learned))


def _looks_like_title(line: str, rest: str, *, markdown: bool) -> bool:
    if markdown and _HEADING.match(line):
        return True
    is_short = len(line) <= MAX_TITLE_CHARS and line.count(" ") < MAX_TITLE_WORDS
    return is_short and bool(rest.strip()) and bool(_WORD.search(line)) and not _STOPPED.search(line)


def _plain(line: str, *, markdown: bool) -> str:
    found = _HEADING.match(line) if markdown else None
    return found["title"].strip("*_ ") if found else line
