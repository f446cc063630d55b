"""Executed notebooks as pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inchiesta.errors import RunError
from inchiesta.report.notebook_html import clean_html, clean_markdown, render_notebook


@pytest.fixture
def page(small_run: Callable[[str], Path]) -> str:
    index = small_run("")
    return (index.parent / "notebooks" / "01_corpus.html").read_text(encoding="utf-8")


def test_every_output_is_shown_in_its_safest_rich_form(page: str) -> None:
    assert "<b>html</b>" in page
    assert "<em>md</em>" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert "out\nred</pre>" in page
    assert 'class="output error">trace</pre>' in page
    assert "alert(1)" not in page.replace("javascript:alert(1)", "")


def test_the_parameters_stand_open_and_the_code_is_numbered(page: str) -> None:
    assert '<details class="code" open>\n<summary>parameters [1]</summary>' in page


def test_markdown_neither_runs_nor_loads(page: str) -> None:
    assert "javascript:alert(1)" in page  # as text
    assert 'href="javascript' not in page
    assert '<img src="http' not in page
    shown = "<p>&lt;b onclick=x&gt;hi&lt;/b&gt; <strong>there</strong></p>\n"
    assert clean_markdown("<b onclick=x>hi</b> **there**") == shown


@pytest.mark.parametrize(
    ("html", "left"),
    [
        (
            "<table border=1 class=dataframe style='x'><tr><td align=right style='y'>1</td></tr></table>",
            '<table><tbody><tr><td align="right">1</td></tr></tbody></table>',
        ),
        ("<script>alert(1)</script>x", "x"),
        ("<style>*{}</style>x", "x"),
        ("<img src=//evil.example/p.gif>x", "x"),
        ("<a href='javascript:x'>l</a> <a href='https://x.y'>m</a>", "l m"),
        ("<svg><script>x</script></svg>y", "y"),
        ("<p id=files onclick=x>t</p>", "<p>t</p>"),
        ("a\u202eb", "a⟦U+202E⟧b"),
    ],
)
def test_html_outputs_keep_their_tables_and_lose_the_rest(html: str, left: str) -> None:
    assert clean_html(html) == left


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": [{}]}', '{"cells": 3}', "\x00"])
def test_what_is_no_notebook_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "01_x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"notebooks/01_x.ipynb is not a notebook"):
        render_notebook(path, corpus="c", run="r")


def test_only_the_author_of_a_notebook_can_link() -> None:
    assert 'href="https://doi.org/1"' in clean_markdown("[paper](https://doi.org/1)", links=True)
    assert 'rel="noopener noreferrer"' in clean_markdown("[paper](https://doi.org/1)", links=True)
    assert clean_markdown("[paper](https://doi.org/1)") == "<p>paper</p>\n"
