from __future__ import annotations

import hashlib
import io
import os
import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inchiesta.corpus import read
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, outcome_of
from inchiesta.corpus.parser import Parser
from inchiesta.corpus.raw import RawDocument
from inchiesta.corpus.read import hash_file, read_file
from inchiesta.corpus.sources import SourceFile, list_source

LIMITS = Limits()
PAGE = "<html><body><p>Parole di una pagina.</p></body></html>"


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(LIMITS) as shared:
        yield shared


def read_bytes(folder: Path, name: str, content: bytes | str, parser: Parser, **options: object) -> list[RawDocument]:
    location = folder / name
    location.write_bytes(content.encode() if isinstance(content, str) else content)
    documents = read_file(SourceFile(name, location, location.stat().st_size), limits=LIMITS, parser=parser, **options)
    assert documents, "every file gives at least one document"
    for document in documents:
        assert (document.status == "read") == (document.reason == "")
        assert document.status == "read" or document.text == ""
        assert document.status == "read" or outcome_of(document.reason) in set(Outcome)
    return documents


def outcome(folder: Path, name: str, content: bytes | str, parser: Parser) -> str:
    (document,) = read_bytes(folder, name, content, parser)
    return outcome_of(document.reason)


def test_a_text_is_read_without_a_child() -> None:
    (file,) = list_source(Path("seeds")).files
    with Parser(LIMITS) as parser:
        (document,) = read_file(file, limits=LIMITS, parser=parser)
        assert parser.pid == 0
    assert document.status == "read" and document.format == "txt" and document.title == ""
    assert document.sha256 == hash_file(file.location) == hashlib.sha256(file.location.read_bytes()).hexdigest()
    assert document.content_id == document.sha256[:16]
    assert document.text == file.location.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("nul.txt", bytes(range(256)) * 20, "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported format"),
        ("model.pkl", b"anything", "unsupported format"),
        ("pickle.txt", b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00.", "binary"),
        ("book.ipynb", b"{}", "unsupported format"),
        ("table.feather", b"ARROW1\0\0", "unsupported format"),
        ("table.xlsx", b"PK\x03\x04xl/", "unsupported format"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "encrypted"),
        ("style.css", b"body {}", "unsupported format"),
        ("table.parquet", b"PAR1\x15\x04", "parquet not ours"),
        ("broken.zip", b"PK\x03\x04 and no more", "damaged"),
        ("broken.pdf", b"%PDF-1.4 and no more", "damaged"),
        ("script.html", b"<html><script>document.write('words')</script><div id=root></div></html>", "no text"),
        ("blank.html", b"  \n", "empty"),
        ("page.html", b"\x00\x01\x02\x03" * 100, "binary"),
        ("half.txt", b"\xff\xfea", "encoding"),
    ],
)
def test_bad_files_are_set_aside_with_their_code(
    name: str, content: bytes, expected: str, tmp_path: Path, parser: Parser
) -> None:
    assert outcome(tmp_path, name, content, parser) == expected


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("page.txt", PAGE, "html"),
        ("page", PAGE, "html"),
        ("note", "Parole.", "txt"),
        ("verbale n. 12", "Parole.", "txt"),
        ("note.MD", "# Titolo\n\nParole.", "md"),
    ],
)
def test_the_bytes_decide_where_they_are_clear(
    name: str, content: str, format: str, tmp_path: Path, parser: Parser
) -> None:
    (document,) = read_bytes(tmp_path, name, content, parser)
    assert (document.status, document.format) == ("read", format)


def test_a_text_keeps_everything_but_its_line_ends(tmp_path: Path, parser: Parser) -> None:
    raw = "Title: x\r\n\r\n< p>Perché  così ,\rnon so.\n"
    (document,) = read_bytes(tmp_path, "a.txt", raw.encode("cp1252"), parser)
    assert document.text == "Title: x\n\n< p>Perché  così ,\nnon so.\n"


def test_a_huge_text_on_one_line_is_not_read(tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    location = tmp_path / "long.txt"
    with location.open("wb") as stream:
        stream.write(b"parole " * 1000)
        stream.truncate(60_000_000)
    asked: list[int] = []

    class Counting(io.FileIO):
        def read(self, size: int = -1, /) -> bytes | None:
            asked.append(size)
            return super().read(size)

    monkeypatch.setattr(read.os, "fdopen", lambda handle, mode: Counting(handle, "rb"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (document,) = read_file(SourceFile("long.txt", location, 60_000_000), limits=LIMITS, parser=parser)
    assert document.reason == "too large: 60,000,000 bytes, the limit for txt is 20,000,000"
    assert asked == [4096]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_file_that_may_not_be_opened_is_set_aside(
    tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tests may run as root, whom no permission stops.
    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(13, "denied")

    with monkeypatch.context() as patch:
        patch.setattr(read.os, "open", refuse)
        location = tmp_path / "a.txt"
        location.write_text("x")
        (document,) = read_file(SourceFile("a.txt", location, 1), limits=LIMITS, parser=parser)
    assert outcome_of(document.reason) == "no permission" and document.sha256 == ""


def test_what_changed_since_the_listing_is_not_opened(tmp_path: Path, parser: Parser) -> None:
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.txt")
    found = [
        read_file(SourceFile(name, tmp_path / name, 1), limits=LIMITS, parser=parser)[0].reason
        for name in ("link.txt", "pipe.txt", "gone.txt")
    ]
    assert list(map(outcome_of, found)) == ["symlink", "special file", "unreadable"]


def test_an_error_of_a_library_names_its_class_and_no_text(
    tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes) -> tuple[str, str]:
        raise KeyError("secret words of the text")

    monkeypatch.setattr(read, "decode_bytes", fail)
    (document,) = read_bytes(tmp_path, "a.txt", "secret words", parser)
    assert document.reason == "unreadable: KeyError while reading"


def test_what_was_listed_as_unreadable_keeps_its_reason(tmp_path: Path, parser: Parser) -> None:
    file = SourceFile("a.txt", tmp_path / "a.txt", 0, "symlink: links are not followed")
    (document,) = read_file(file, limits=LIMITS, parser=parser)
    assert (document.status, document.reason) == ("set aside", "symlink: links are not followed")


def test_a_copy_has_the_same_content_id(tmp_path: Path, parser: Parser) -> None:
    (one,) = read_bytes(tmp_path, "one.txt", "Parole.", parser)
    (two,) = read_bytes(tmp_path, "two.txt", "Parole.", parser)
    (other,) = read_bytes(tmp_path, "three.txt", "Altre parole.", parser)
    assert one.content_id == two.content_id != other.content_id


def test_a_table_of_ours_is_read_back_and_only_if_it_is_ours(tmp_path: Path, parser: Parser) -> None:
    table = tmp_path / "documents.parquet"
    rows = [
        {"path": "a.txt", "member": "", "title": "T", "source": "Alba", "author": "", "url": "", "language": "it",
         "published_on": "2024-03", "date_precision": "month", "status": status, "text": "Parole."}
        for status in ("read", "set aside")
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), table, write_page_checksum=True)
    file = SourceFile("documents.parquet", table, table.stat().st_size)
    (refused,) = read_file(file, limits=LIMITS, parser=parser)
    assert outcome_of(refused.reason) == "parquet not ours"
    (document,) = read_file(file, limits=LIMITS, parser=parser, ledger=frozenset({hash_file(table)}))
    assert (
        document.member,
        document.title,
        document.source,
        document.published_on,
        document.date_precision,
        document.text,
        document.language_hint,
    ) == ("row 1", "T", "Alba", "2024-03", "month", "Parole.", "it")


def test_every_kind_of_limit_is_said_with_its_size(tmp_path: Path, parser: Parser) -> None:
    small = replace(LIMITS, text_bytes=10, html_bytes=10, export_bytes=10)
    for name in ("a.txt", "a.html", "a.csv"):
        (tmp_path / name).write_text("x" * 11)
        (document,) = read_file(SourceFile(name, tmp_path / name, 11), limits=small, parser=parser)
        assert document.reason.startswith("too large: 11 bytes, the limit for ")


def test_halves_of_characters_do_not_reach_the_tables(tmp_path: Path, parser: Parser) -> None:
    (document,) = read_bytes(tmp_path, "a.jsonl", '{"text": "a\\ud800b", "title": "\\ud83d\\ude00"}', parser)
    assert document.text == "a\ufffdb" and document.title == "\U0001f600"
    pa.array([document.text, document.title])
