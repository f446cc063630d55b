"""The report: what stands where, what it loads, and what hostile text can do in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inchiesta.errors import RunError
from inchiesta.report import build
from inchiesta.report.build import build_report
from inchiesta.report.listing import list_files

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- --><base href=//evil.example>",
    "<a href='javascript:alert(1)'>x</a>",
    "]]><form action=//evil.example><input>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "\u202egnp.exe\u2066",
    "`</code><img src=x onerror=alert(1)>`",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
]
# The one address the notebook's own author linked to.
WRITTEN = "http://x.y/z.png"
FIGURE = {"name": "x", "alt": "", "source": "", "svg": "figures/x.svg", "png": "figures/x.png"}
ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "body",
    "main",
    "header",
    "section",
    "article",
    "aside",
    "nav",
    "figure",
    "figcaption",
    "img",
    "details",
    "summary",
    "blockquote",
    "div",
    "span",
    "p",
    "a",
    "h1",
    "h2",
    "h3",
    "ol",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "pre",
    "strong",
    "em",
    "sup",
    "b",
    "small",
}


class Elements(HTMLParser):
    """Collects every element and attribute a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", "".join(Elements(page).words))


def pages_of(index: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(index.parent.rglob("*.html"))]


def check_harmless(page: str) -> None:
    for tag, attributes in Elements(page).seen:
        assert tag in ELEMENTS, tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href"):
            address = attributes.get(name) or ""
            assert address == WRITTEN or not re.match(r"(?i)\s*((javascript|vbscript|https?|file):|//)", address)
        if tag == "img":
            assert str(attributes["src"]).startswith("data:image/")
            assert attributes["alt"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_shown_and_never_obeyed(small_run: Callable[[str], Path], payload: str) -> None:
    pages = pages_of(small_run(payload))
    assert len(pages) == 2
    for page in pages:
        check_harmless(page)
        assert page.count("<style>") == 1
        assert len([tag for tag, _ in Elements(page).seen if tag == "meta"]) == 6
    assert "\u202e" not in "".join(pages)
    assert "49" not in text_of(pages[0]).split()


def test_a_bidi_control_is_shown_by_its_code_point(small_run: Callable[[str], Path]) -> None:
    text = text_of(small_run("\u202e").read_text(encoding="utf-8"))
    assert "a⟦U+202E⟧.txt" in text
    assert "Aliyev⟦U+202E⟧ parla di" in text


def test_the_policy_loads_nothing_and_names_the_style_it_allows(small_run: Callable[[str], Path]) -> None:
    for page in pages_of(small_run("")):
        policy = next(a["content"] for t, a in Elements(page).seen if a.get("http-equiv") == "Content-Security-Policy")
        css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        assert css
        digest = base64.b64encode(hashlib.sha256(css[1].encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        )
        assert not re.search(r"url\(|@import|@font-face", css[1])


def test_the_page_stands_in_the_order_an_editor_reads(small_run: Callable[[str], Path]) -> None:
    text = text_of(small_run("").read_text(encoding="utf-8"))
    order = [
        "What is it about?",
        "4 files seen",
        "2 read",
        "1 duplicate",
        "1 set aside",
        "skipped: 3 hidden",
        "Aliyev is spoken of (weak).",
        "What must not be concluded",
        "The corpus is small: 2 documents from 1 origins",
        "Do not conclude.",
        "2 documents were read.",
        "Nothing can be said.",
        "too little · withheld",
        "Table x",
        "15 of 20 rows",
        "Methods and parameters",
        "Set aside: 1",
        "binary: not a text",
    ]
    places = [text.find(words, text.find("What is it about?", 30)) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_every_count_links_to_its_files(small_run: Callable[[str], Path]) -> None:
    seen = Elements(small_run("").read_text(encoding="utf-8")).seen
    anchors = {attributes["id"] for _, attributes in seen if "id" in attributes}
    links = [str(a["href"]) for t, a in seen if t == "a" and str(a["href"]).startswith("#")]
    assert {"#files", "#files-read", "#files-duplicate", "#files-set-aside"} <= set(links)
    assert {link[1:] for link in links} <= anchors
    assert len(anchors) == len([1 for _, attributes in seen if "id" in attributes])


def test_every_file_the_page_links_to_is_there(small_run: Callable[[str], Path]) -> None:
    index = small_run("")
    later = {"findings.jsonl", "manifest.json"}  # written by the run, after the page
    for tag, attributes in Elements(index.read_text(encoding="utf-8")).seen:
        address = str(attributes.get("href", "#"))
        if tag == "a" and not address.startswith("#") and address not in later:
            assert (index.parent / address).is_file(), address


def test_evidence_shows_the_sentence_its_neighbours_and_its_file(small_run: Callable[[str], Path]) -> None:
    page = small_run("").read_text(encoding="utf-8")
    assert '<blockquote lang="it"><span class="near">Prima frase.</span>' in page
    assert '<span class="actor" title="Ilham Aliyev">Aliyev</span> parla di' in page
    assert '<span class="neg">tradimento<sup>−</sup></span>.' in page
    assert '<span class="near">Dopo.</span>' in page
    assert "toned: −tradire" in page
    assert f'title="SHA-256 {"a" * 64}">{"a" * 12}</code>' in page
    assert "1 of 3 copies" in text_of(page)
    assert page.count('class="paper"') == 2


def test_more_evidence_than_is_read_is_counted(
    monkeypatch: pytest.MonkeyPatch, small_run: Callable[[str], Path]
) -> None:
    monkeypatch.setattr("inchiesta.report.evidence.MAX_SHOWN", 1)
    assert "1 of 2 shown; all of them in findings.jsonl" in text_of(small_run("").read_text(encoding="utf-8"))


def test_a_large_corpus_has_its_files_on_a_page_of_their_own(
    monkeypatch: pytest.MonkeyPatch, small_run: Callable[[str], Path]
) -> None:
    monkeypatch.setattr(build, "MAX_INSIDE", 3)
    index = small_run("")
    page, files = index.read_text(encoding="utf-8"), (index.parent / "documents.html").read_text(encoding="utf-8")
    assert 'href="documents.html#files-set-aside"' in page
    assert 'id="files-set-aside"' in files
    assert "binary: not a text" not in page
    assert "binary: not a text" in files
    check_harmless(files)


def test_a_file_set_aside_is_never_cut_from_the_list(monkeypatch: pytest.MonkeyPatch, dossier: Any) -> None:
    monkeypatch.setattr("inchiesta.report.listing.MAX_LISTED", 0)
    aside, duplicates, read = list_files(dossier.documents)
    assert (len(aside.rows), aside.total) == (1, 1)
    assert (len(duplicates.rows), duplicates.total) == (0, 1)
    assert (len(read.rows), read.total) == (0, 2)


def _again(index: Path, dossier: Any, **changes: Any) -> None:
    given: dict[str, Any] = {
        "corpus": "c",
        "run": "r",
        "question": "q",
        "parameters": {},
        "versions": {},
        "started": "",
        "accounting": {"seen": 4, "read": 2, "duplicate": 1, "set_aside": 1, "skipped": {}},
        "documents": dossier.documents,
        "sentences": dossier.sentences,
        "mentions": dossier.mentions,
        "tones": dossier.tones,
        "actors": dossier.actors,
        "evidentiality": dossier.evidentiality,
    }
    build_report(index.parent, **(given | changes))


def test_an_accounting_that_does_not_add_up_stops_the_report(small_run: Callable[[str], Path], dossier: Any) -> None:
    wrong = {"seen": 5, "read": 2, "duplicate": 1, "set_aside": 1, "skipped": {}}
    with pytest.raises(RunError, match="does not add up: 5 seen, but 4"):
        _again(small_run(""), dossier, accounting=wrong)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"complete": False}, "not complete"),
        ({"figures": [FIGURE | {"svg": "../../etc/x.svg"}]}, "outside"),
        ({"figures": [FIGURE]}, "cannot be read"),
        ({"findings": [{}]}, "not a part"),
        ({"strange": 1}, "not a part"),
    ],
)
def test_a_broken_part_stops_the_report(
    small_run: Callable[[str], Path], dossier: Any, change: dict[str, Any], said: str
) -> None:
    index = small_run("")
    path = index.parent / "parts" / "01_corpus.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(RunError, match=said):
        _again(index, dossier)


def test_a_report_without_parts_is_none(tmp_path: Path, dossier: Any) -> None:
    with pytest.raises(RunError, match="no parts"):
        _again(tmp_path / "index.html", dossier)


def test_the_same_run_gives_the_same_page(small_run: Callable[[str], Path], dossier: Any) -> None:
    index = small_run("")
    _again(index, dossier)
    first = index.read_bytes()
    _again(index, dossier)
    assert index.read_bytes() == first


def test_one_text_is_called_one_text() -> None:
    assert build._small_corpus(1, 1, "en").startswith("This is one text.")
    assert build._small_corpus(0, 0, "en").startswith("No document could be read")
    assert build._small_corpus(2000, 900, "en") == ""
    assert "40 documents from 2 origins" in build._small_corpus(40, 2, "en")


def test_the_tables_are_not_changed(small_run: Callable[[str], Path], dossier: Any) -> None:
    before = dossier.documents.copy(deep=True)
    _again(small_run(""), dossier)
    pd.testing.assert_frame_equal(dossier.documents, before)
