"""Figures as files: svg for the page, png for the notebook, the same bytes from the same figure."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from matplotlib.figure import Figure as Figure  # handed on, so that nobody else needs to know the library

from inchiesta.charts.style import chart_style

# What the reader's machine has; layout was measured in DejaVu Sans, which is wider than all of these.
_SYSTEM_SANS = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def svg_text(figure: Figure) -> str:
    """Give the figure as svg with its text as text, without date or other metadata."""
    return _render(figure, "svg").decode("utf-8").replace("'DejaVu Sans'", _SYSTEM_SANS)


def png_bytes(figure: Figure, *, dpi: int = 200) -> bytes:
    """Give the figure as png without metadata."""
    return _render(figure, "png", dpi=dpi)


def write_figure(figure: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write ``name``.svg and ``name``.png into the folder and give the two paths."""
    folder.mkdir(parents=True, exist_ok=True)
    svg, png = folder / f"{name}.svg", folder / f"{name}.png"
    svg.write_text(svg_text(figure), encoding="utf-8", newline="\n")
    png.write_bytes(png_bytes(figure))
    return svg, png


def _render(figure: Figure, kind: str, *, dpi: int = 200) -> bytes:
    buffer = io.BytesIO()
    empty = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with chart_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*Glyph.*missing from.*")
        figure.savefig(buffer, format=kind, dpi=dpi, metadata=empty)
    return buffer.getvalue()
