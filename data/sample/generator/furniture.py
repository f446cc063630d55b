"""Outlets and the furniture of their pages: menus, cookie banners, related links, newsletter boxes, footers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from string import Template

_PAGES = Path(__file__).parent / "pages"

_MONTHS = {
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: the code names its templates in ``pages/``, the folder is where its files arrive."""

    code: str
    source: str
    language: str
    domain: str
    folder: str


OUTLETS = {
    outlet.code: outlet
    for outlet in (
        Outlet("it-alba", "Il Giornale di Porto Alba", "it", "giornale-porto-alba.example", "it-alba"),
        Outlet("it-delta", "La Voce del Delta", "it", "voce-del-delta.example", "it-delta"),
        Outlet("en-halden", "The Halden Courier", "en", "halden-courier.example", "en-halden"),
        Outlet("en-wire", "Meridian Wire", "en", "meridian-wire.example", "en-wire"),
        # Two that write nothing of their own.
        Outlet("it-quaderno", "Il Quaderno di Brankov", "it", "quaderno-brankov.example", "varie"),
        Outlet("en-ledger", "Ulmet Evening Ledger", "en", "ulmet-ledger.example", "varie"),
    )
}


def write_day(day: date, language: str) -> str:
    """Give a date in words.

    Examples
    --------
    >>> write_day(date(2024, 3, 12), "it"), write_day(date(2024, 3, 12), "en")
    ('12 marzo 2024', '12 March 2024')
    """
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def name_file(title: str) -> str:
    """Give the words of a title as outlets put them into addresses and file names.

    Examples
    --------
    >>> name_file("«Al fianco di Brankov»: Marenghi offre aiuti dopo l'attacco")
    'al-fianco-di-brankov-marenghi-offre-aiuti'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:7])


def give_address(outlet: Outlet, title: str, published: date) -> str:
    """Give the address of an article, in a domain that cannot exist."""
    return f"https://www.{outlet.domain}/{published:%Y/%m}/{name_file(title)}"


def render_page(
    outlet: Outlet, title: str, paragraphs: Sequence[str], published: date, links: Sequence[str], charset: str = "utf-8"
) -> str:
    """Give an article as a page of an outlet.

    Parameters
    ----------
    outlet : Outlet
        Whose template is used.
    title, paragraphs, published
        The article.
    links : sequence of str
        Titles of the articles the page points to.
    charset : str
        What the page says of its encoding.

    Returns
    -------
    str
        An HTML page.
    """
    template = Template((_PAGES / f"{outlet.code}.html").read_text(encoding="utf-8"))
    items = (f'<li><a href="/{name_file(link)}">{escape(link, quote=False)}</a></li>' for link in links)
    return template.substitute(
        title=escape(title),
        paragraphs="\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs),
        date=published.isoformat(),
        day=write_day(published, outlet.language),
        url=give_address(outlet, title, published),
        related="".join(items),
        charset=charset,
    )


def render_pasted(outlet: Outlet, title: str, paragraphs: Sequence[str], published: date, link: str) -> str:
    """Give an article as it comes out when a page of an outlet is marked from top to bottom and pasted."""
    template = Template((_PAGES / f"{outlet.code}.txt").read_text(encoding="utf-8"))
    return template.substitute(
        title=title,
        day=write_day(published, outlet.language),
        first="\n\n".join(paragraphs[:1]),
        rest="\n\n".join(paragraphs[1:]),
        link=link,
    )
