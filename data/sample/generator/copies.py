"""The 40 near-copies: which article is copied where, and what happens to it on the way."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from data.sample.generator.furniture import OUTLETS
from data.sample.generator.originals import Article

_WORDS = Path(__file__).parent / "words"

COPIES = {"reposted": 9, "trimmed": 8, "headline": 7, "paragraph_added": 6, "edited": 5, "furniture": 5}
# Agencies write to be copied: their articles are drawn this many times as often as those of the papers.
_AGENCY_WEIGHT = 3
# With fewer paragraphs, dropping or adding one would leave another article.
_LEAST_PARAGRAPHS = 5
# Share of the words a light hand changes.
EDITED_SHARE = (0.05, 0.10)
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Version:
    """An article as somebody published it. ``kind`` tells how it differs from its origin."""

    article: Article
    origin: str
    kind: str
    outlet: str
    title: str
    paragraphs: tuple[str, ...]
    published: date

    @property
    def text(self) -> str:
        """The text of this version."""
        return "\n\n".join(self.paragraphs)


def first_version(article: Article) -> Version:
    """Give an article as it first appeared. A translation is an origin of its own: its words are not those it had."""
    kind = "translation" if article.translated_from else "original"
    return Version(article, article.id, kind, article.outlet, article.title, article.paragraphs, article.published)


def make_copies(articles: Iterable[Article], seed: int) -> list[Version]:
    """Make the near-copies.

    Parameters
    ----------
    articles : iterable of Article
        What can be copied.
    seed : int
        Chooses articles, outlets, days and changes; other headlines are fixed in ``words/headlines.tsv``.

    Returns
    -------
    list of Version
        As many of each kind as `COPIES` says, 0 to 3 days after their origin, never at the outlet of the origin.
    """
    by_id = {article.id: article for article in articles}
    draw = random.Random(f"{seed}/copies")
    copies: list[Version] = []
    used: set[tuple[str, str]] = set()
    for kind, n_copies in COPIES.items():
        for article in _choose(kind, n_copies, by_id, draw):
            outlet = _other_outlet(article, used, draw)
            used.add((article.id, outlet))
            copies.append(_copy(article, kind, outlet, draw))
    return copies


def _choose(kind: str, n_copies: int, by_id: dict[str, Article], draw: random.Random) -> list[Article]:
    if kind == "headline":
        return [by_id[name] for name in _headlines()]
    able = [article for article in by_id.values() if _is_able(article, kind)]
    weighted = [article for article in able for _ in range(_AGENCY_WEIGHT if article.outlet == "en-wire" else 1)]
    draw.shuffle(weighted)
    return list({article.id: article for article in weighted}.values())[:n_copies]


def _is_able(article: Article, kind: str) -> bool:
    if kind == "edited":
        return len(article.paragraphs) >= _LEAST_PARAGRAPHS and _can_be_edited(article)
    return kind == "reposted" or len(article.paragraphs) >= _LEAST_PARAGRAPHS


def _other_outlet(article: Article, used: set[tuple[str, str]], draw: random.Random) -> str:
    # The agency sells and does not reprint.
    outlets = [
        outlet.code for outlet in OUTLETS.values()
        if outlet.language == article.language and outlet.code not in ("en-wire", article.outlet)
    ]  # fmt: skip
    free = [outlet for outlet in outlets if (article.id, outlet) not in used]
    return draw.choice(free or outlets)


def _copy(article: Article, kind: str, outlet: str, draw: random.Random) -> Version:
    published = article.published + timedelta(days=draw.randint(0, 3))
    copy = replace(first_version(article), kind=kind, outlet=outlet, published=published)
    return _CHANGES[kind](copy, draw)


def _keep(copy: Version, _draw: random.Random) -> Version:
    return copy


def _trim(copy: Version, draw: random.Random) -> Version:
    """Drop the last 20 to 50 % of the paragraphs, at least one."""
    n_paragraphs = len(copy.paragraphs)
    n_dropped = draw.randint(-(-n_paragraphs // 5), n_paragraphs // 2)
    return replace(copy, paragraphs=copy.paragraphs[: n_paragraphs - n_dropped])


def _change_headline(copy: Version, _draw: random.Random) -> Version:
    return replace(copy, title=_headlines()[copy.article.id])


def _add_paragraph(copy: Version, draw: random.Random) -> Version:
    added = draw.choice(
        [words for language, words in _read_rows("paragraphs.tsv") if language == copy.article.language]
    )
    place = draw.randint(2, len(copy.paragraphs))
    return replace(copy, paragraphs=(*copy.paragraphs[:place], added, *copy.paragraphs[place:]))


def _edit(copy: Version, draw: random.Random) -> Version:
    """Swap 5 to 10 % of the words; numbers, names and what the truth points to stay."""
    places = _editable(copy.article)
    n_words = count_words(copy.text)
    n_most = min(len(places), int(n_words * EDITED_SHARE[1]))
    n_edited = draw.randint(-(-n_words * 5 // 100), n_most)
    text = copy.text
    for start, end, other in sorted(draw.sample(places, n_edited), reverse=True):
        text = text[:start] + other + text[end:]
    return replace(copy, paragraphs=tuple(text.split("\n\n")))


_CHANGES: dict[str, Callable[[Version, random.Random], Version]] = {
    "reposted": _keep,
    "trimmed": _trim,
    "headline": _change_headline,
    "paragraph_added": _add_paragraph,
    "edited": _edit,
    "furniture": _keep,
}


def count_words(text: str) -> int:
    """Count the words of a text as the share of edited words is reckoned."""
    return len(re.findall(r"[^\W_]+", text))


def _can_be_edited(article: Article) -> bool:
    return len(_editable(article)) >= -(-count_words(article.text) * 5 // 100)


def _editable(article: Article) -> list[tuple[int, int, str]]:
    """Give the words of an article that have another, outside of all spans the truth names."""
    others = {word: other for language, word, other in _read_rows("synonyms.tsv") if language == article.language}
    held = list(_held_spans(article))
    places = []
    for word in _WORD.finditer(article.text):
        other = others.get(word[0].lower())
        if other and not any(word.start() < end and start < word.end() for start, end in held):
            places.append((word.start(), word.end(), other[0].upper() + other[1:] if word[0][0].isupper() else other))
    return places


def _held_spans(article: Article) -> Iterable[tuple[int, int]]:
    """Give the spans of surfaces, of beginnings of quotes and of sentences with a tone, and of dates."""
    words = [surface for surfaces in article.actors.values() for surface in surfaces]
    words += [quote["begins"] for quote in article.quotes] + [tone["sentence_begins"] for tone in article.tone]
    words += [stated["text"] for stated in article.dates]
    for held in sorted(set(words)):
        yield from (found.span() for found in re.finditer(re.escape(held), article.text))


def _headlines() -> dict[str, str]:
    return dict(_read_rows("headlines.tsv"))


def _read_rows(name: str) -> list[list[str]]:
    lines = (_WORDS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[2:]]
