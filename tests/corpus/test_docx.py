from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from inchiesta.corpus.docx import parse_docx
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import SetAsideError
from tests.fixtures.containers import build_bomb, build_docx, build_zip

LIMITS = Limits()


def refused(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(SetAsideError) as caught:
        parse_docx(content, limits)
    return caught.value.reason.partition(":")[0]


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, data.replace(old, new) if part == name else data)
    return out.getvalue()


def test_paragraphs_and_tables_come_in_their_order() -> None:
    content = build_docx(["Uno.", "", "Due."], rows=[["a", "b"], ["c", ""]], title="Titolo", author="Anna")
    found = parse_docx(content, LIMITS)
    assert found.text == "Uno.\n\nDue.\n\na | b\n\nc"
    assert (found.title, found.author, found.published_on) == ("Titolo", "Anna", "")


def test_a_document_without_words_is_told() -> None:
    assert refused(build_docx([" "])) == "no text"


def test_a_bomb_in_a_document_is_found_before_it_is_opened() -> None:
    assert refused(build_bomb(40, name="word/document.xml")) == "archive bomb"
    assert refused(build_docx(["Uno."]), replace(LIMITS, container_bytes=1000)) in ("too large", "archive bomb")


def test_broken_documents_are_damaged() -> None:
    content = build_docx(["Uno."])
    for broken in (content[:500], build_zip({"a.txt": "x"}), with_part(content, "word/document.xml", b"</w:p>", b"")):
        assert refused(broken) == "damaged"


def test_entities_are_not_expanded() -> None:
    head = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bomb">]><w:document'
    content = with_part(build_docx(["Uno."]), "word/document.xml", b"<w:document", head)
    content = with_part(content, "word/document.xml", b"Uno.", b"Uno. &a;&b;")
    try:
        text = parse_docx(content, LIMITS).text
    except SetAsideError:
        return
    assert text == "Uno."
