"""The report in a real browser, with the network off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
HOSTILE = "<img src=http://127.0.0.1:9/x onerror=console.error(1)><script>console.error(2)</script>"

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import Error, sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        try:
            opened = play.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Error as error:
            pytest.fail(f"this test needs Chromium: install the package chromium or run `playwright install`\n{error}")
        yield opened
        opened.close()


@pytest.mark.parametrize("spoil", ["", HOSTILE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_the_report_reads_offline(
    browser: Any, small_run: Callable[[str], Path], width: int, scheme: str, spoil: str
) -> None:
    index = small_run(spoil)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in (index, index.parent / "notebooks" / "01_corpus.html"):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(block => block.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path.name
        # The svg output of the small notebook is no picture; every figure of the report is.
        loaded = page.evaluate("[...document.images].map(image => image.complete && image.naturalWidth > 0)")
        assert loaded
        assert path != index or all(loaded)
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 2
    context.close()


def test_paper_shows_the_evidence_the_screen_keeps_closed(browser: Any, small_run: Callable[[str], Path]) -> None:
    page = browser.new_page()
    page.goto(small_run("").as_uri())
    assert not page.locator(".paper blockquote").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".paper blockquote").first.is_visible()
    assert not page.locator("nav").is_visible()
    page.close()
