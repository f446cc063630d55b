"""Figures in notebooks: a plain Figure is shown once, as a png at 200 dpi with its alternative text."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from inchiesta.charts.files import png_bytes


def show_figures_in_notebook() -> None:
    """Let the running notebook show plain Figures; outside a notebook nothing happens.

    IPython shows figures by itself only when pyplot is loaded, and pyplot would show each of them a second time.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is not None:
        shell.display_formatter.formatters["image/png"].for_type(Figure, notebook_png)


def notebook_png(figure: Figure) -> tuple[bytes, dict[str, Any]]:
    """Give the png and its metadata: width and height in CSS pixels, and the alternative text."""
    width, height = (float(side) for side in figure.get_size_inches())
    size = {"width": round(width * 100), "height": round(height * 100)}
    return png_bytes(figure), {**size, "alt": str(figure.get_label())}
