"""Rendering: our own templates, escaped without exception, under a policy that loads and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from inchiesta.findings import format_number
from inchiesta.report.controls import show_controls

_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}


def render_page(template: str, *, language: str = "en", **context: Any) -> str:
    """Render a page of the report with its style and its Content-Security-Policy.

    Everything in ``context`` is escaped; bidi and control characters are shown by code point.
    """
    css = _style()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    page = _environment(language).get_template(template)
    return page.render(css=Markup(css), policy=policy, **context)  # noqa: S704 - our own file, held by its hash


def write_page(path: Path, text: str) -> None:
    """Write a page as UTF-8, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A lone surrogate (a file name that is not UTF-8) must not keep the report from being written.
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def data_uri(path: Path) -> str:
    """Give a figure file as a data: address, so that the page needs no other file."""
    return data_uri_of(path.read_bytes(), _KINDS[path.suffix])


def data_uri_of(content: bytes, kind: str) -> str:
    """Give bytes of a media type as a data: address."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@cache
def _style() -> str:
    # Windows checkouts may turn line ends: the browser hashes what it parsed, which is \n.
    return files("inchiesta.report").joinpath("templates/page.css").read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("inchiesta.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
    )
    environment.filters["number"] = lambda value: format_number(value, language)
    environment.filters["anchor"] = _anchor
    environment.filters["plain"] = _plain
    return environment


def _show(value: Any) -> Any:
    return show_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(item) for item in value) or "(none)"
    if value is None or value == "":
        return "(empty)"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _anchor(name: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
