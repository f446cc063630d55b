"""What an HTML page states about itself: title, date, outlet, author, address, language. Nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from inchiesta.corpus.raw import Parsed
from inchiesta.text.stated_date import UNDATED, Stated, parse_date

# Longer values are not what their name says.
LONGEST_VALUE = 500
# JSON-LD of one page; more is a shop's catalogue.
LONGEST_JSON = 1_000_000

_TITLE = ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title")
_SOURCE = ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title", "source")
_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author", "citation_author")
_URL = ("og:url", "twitter:url")
_LANGUAGE = ("og:locale", "content-language", "dc.language", "language")
_DATE = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "article.published",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "publication_date",
    "publish-date", "publish_date", "published_date", "pubdate", "originalpublicationdate", "date",
)  # fmt: skip
_ARTICLE_TYPES = re.compile(r"Article$|Posting$|^Report$|^Review$|NewsStory$", re.IGNORECASE)
# Lists of other stories have dates of their own.
_ELSEWHERE = "ancestor::aside or ancestor::nav or ancestor::footer or ancestor::li"


def read_page_metadata(tree: Any) -> Parsed:
    """Read what a page states about itself.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        The page, unchanged.

    Returns
    -------
    Parsed
        With an empty text. Dates come from the head, JSON-LD and `<time datetime>` only, with their own precision;
        the first kind that states a field wins: JSON-LD of an article, meta tags, elements.
    """
    article = _find_article(tree)
    meta = _read_meta(tree)
    source = _name(article.get("publisher")) or _first(meta, _SOURCE)
    language = (
        _text(tree.get("lang")) or _text(tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
        or _first(meta, _LANGUAGE) or _text(article.get("inLanguage"))
    )  # fmt: skip
    language = language_code(language)
    published_on, precision = _find_date(tree, article, meta, language)
    return Parsed(
        text="",
        title=_without_site(_find_title(tree, article, meta), source),
        source=source,
        author=_find_author(tree, article, meta),
        url=_find_url(tree, article, meta),
        language_hint=language,
        published_on=published_on,
        date_precision=precision,
    )


def language_code(stated: str) -> str:
    """Give the ISO 639-1 code of a stated language tag, or nothing.

    Examples
    --------
    >>> language_code("it-IT"), language_code("en_GB"), language_code("Italian")
    ('it', 'en', '')
    """
    found = re.fullmatch(r"([A-Za-z]{2})(?:[-_].*)?", stated.strip())
    return found[1].lower() if found else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    value = " ".join(value.split())
    return value if len(value) <= LONGEST_VALUE else ""


def _read_meta(tree: Any) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _text(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                meta.setdefault(key, []).append(content)
    return meta


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str:
    return next((meta[key][0] for key in keys if key in meta), "")


def _find_article(tree: Any) -> dict[str, Any]:
    """Give the first JSON-LD object that describes an article, or nothing."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text_content()
        if len(source) > LONGEST_JSON:
            continue
        try:
            for thing in _objects(json.loads(source, strict=False)):
                kinds = thing.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
                    return thing
        except (ValueError, RecursionError):
            continue
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _objects(part)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))


def _name(value: Any) -> str:
    """Give the name or names of a JSON-LD person or organisation."""
    if isinstance(value, list):
        names = [_name(part) for part in value[:20]]
        return _text(", ".join(dict.fromkeys(filter(None, names))))
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _content(element: Any) -> str:
    return _text(element.text_content())


def _find_title(tree: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str:
    stated = _text(article.get("headline")) or _first(meta, _TITLE)
    if stated:
        return stated
    headings = [words for words in map(_content, tree.iter("h1")) if words]
    if len(headings) == 1:
        return headings[0]
    return next((words for words in map(_content, tree.iterfind("head/title")) if words), "")


def _without_site(title: str, source: str) -> str:
    """Cut the outlet's own name from the end of a page title."""
    if not source:
        return title
    cut = re.sub(rf"\s*[|\-–—·»:]\s*{re.escape(source)}\s*$", "", title, flags=re.IGNORECASE)
    return cut or title


def _find_author(tree: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str:
    stated = _name(article.get("author"))
    names = [name for key in _AUTHOR for name in meta.get(key, []) if "://" not in name]
    if stated or names:
        return stated or names[0]
    marked = tree.xpath("//*[@rel='author' or @itemprop='author']")
    return next((words for words in map(_content, marked) if words and "://" not in words), "")


def _find_url(tree: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str:
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    entity = article.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    stated = [*canonical, _first(meta, _URL), article.get("url"), entity]
    return next((url for url in map(_text, stated) if url.lower().startswith(("http://", "https://"))), "")


def _find_date(tree: Any, article: dict[str, Any], meta: dict[str, list[str]], language: str) -> Stated:
    stated = [_text(article.get("datePublished"))]
    stated += [value for key in _DATE for value in meta.get(key, [])]
    stated += tree.xpath("//*[@itemprop='datePublished']/@datetime")
    stated += tree.xpath("//time[@pubdate]/@datetime")
    stated += tree.xpath(
        f"//time[@datetime][ancestor::article or ancestor::main or ancestor::header][not({_ELSEWHERE})]/@datetime"
    )[:1]
    everywhere = sorted(set(tree.xpath(f"//time[@datetime][not({_ELSEWHERE})]/@datetime")))
    stated += everywhere if len(everywhere) == 1 else []
    dates = (parse_date(_text(str(value)), language) for value in stated)
    return next((date for date in dates if date != UNDATED), UNDATED)
