"""Executed notebooks as pages: code, text and outputs, with nothing in them that could run or load."""

from __future__ import annotations

import base64
import binascii
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from inchiesta.errors import RunError
from inchiesta.report.controls import show_controls
from inchiesta.report.render import data_uri_of, render_page

TAGS = {
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
}
# No style, no class, no id: the page's own style is all there is. No image: its address could only be another file's.
ATTRIBUTES = {
    "a": {"href"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "span": {"lang", "title"},
    "p": {"lang"},
}
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def render_notebook(path: Path, *, corpus: str, run: str) -> str:
    """Give an executed notebook as one page that loads nothing and runs nothing.

    Raises
    ------
    RunError
        If the file is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = [_cell(cell) for cell in notebook["cells"]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RunError(f"notebooks/{path.name} is not a notebook ({type(error).__name__}); run it again") from error
    return render_page("notebook.html", name=path.stem, cells=cells, corpus=corpus, run=run)


def clean_html(text: str, *, links: bool = False) -> Markup:
    """Give HTML from an output with everything removed but text, tables and plain marks.

    Links go too unless ``links`` is true: an output can carry what a source wrote, and whoever follows a link out of a
    leaked text shows the other side that it is being read.
    """
    tags = TAGS | ({"a"} if links else set())
    cleaned = nh3.clean(
        show_controls(text),
        tags=tags,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return Markup(cleaned)  # noqa: S704 - just cleaned


def clean_markdown(text: str, *, links: bool = False) -> Markup:
    """Give Markdown as HTML; HTML inside it is shown, not obeyed. Links as in `clean_html`."""
    return clean_html(_markdown().render(text), links=links)


@cache
def _markdown() -> MarkdownIt:
    # Linkify and images stay off: a report names an address, it does not fetch from it.
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    source = _joined(cell.get("source", ""))
    if cell["cell_type"] == "markdown":
        return {"kind": "markdown", "html": clean_markdown(source, links=True)}
    if cell["cell_type"] != "code":
        return {"kind": "raw", "source": source}
    tags = cell.get("metadata", {}).get("tags", [])
    outputs = [shown for output in cell.get("outputs", []) if (shown := _output(output)) is not None]
    return {
        "kind": "code",
        "source": source,
        "number": cell.get("execution_count"),
        "outputs": outputs,
        "parameters": bool({"parameters", "injected-parameters"} & set(tags)),
    }


def _output(output: dict[str, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        return {"kind": "text", "text": _plain(output.get("text", "")), "error": output.get("name") == "stderr"}
    if kind == "error":
        trace = "\n".join(output.get("traceback", [])) or f"{output.get('ename')}: {output.get('evalue')}"
        return {"kind": "text", "text": _plain(trace), "error": True}
    return _display(output.get("data", {}), output.get("metadata", {}))


def _display(content: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any] | None:
    """The richest form that is safe: a picture, cleaned HTML, or plain text."""
    if "image/svg+xml" in content:
        picture = _joined(content["image/svg+xml"]).encode()
        return _image(picture, "image/svg+xml", metadata)
    for kind in ("image/png", "image/jpeg"):
        if kind in content:
            try:
                return _image(base64.b64decode(_joined(content[kind]), validate=False), kind, metadata)
            except binascii.Error:
                return {"kind": "text", "text": "(a picture that cannot be read)", "error": True}
    if "text/html" in content:
        return {"kind": "html", "html": clean_html(_joined(content["text/html"]))}
    if "text/markdown" in content:
        return {"kind": "html", "html": clean_markdown(_joined(content["text/markdown"]))}
    return {"kind": "text", "text": _plain(content["text/plain"]), "error": False} if "text/plain" in content else None


def _image(content: bytes, kind: str, metadata: dict[str, Any]) -> dict[str, Any]:
    stated = metadata.get(kind, {})
    alt = stated.get("alt", "") if isinstance(stated, dict) else ""
    return {"kind": "image", "src": data_uri_of(content, kind), "alt": str(alt) or "Figure of the notebook"}


def _plain(text: Any) -> str:
    return _ANSI.sub("", _joined(text)).rstrip("\n")


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)
