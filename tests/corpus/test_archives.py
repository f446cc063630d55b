from __future__ import annotations

import resource
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import outcome_of
from inchiesta.corpus.parser import Parser
from inchiesta.corpus.raw import RawDocument
from inchiesta.corpus.read import read_file
from inchiesta.corpus.sources import SourceFile
from tests.fixtures.containers import (
    build_bomb,
    build_docx,
    build_zip,
    build_zip_with_link,
    mark_encrypted,
    nest,
    repeat_first_entry,
)
from tests.fixtures.pdfs import build_pdf

LIMITS = Limits()


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(LIMITS) as shared:
        yield shared


def read_zip(folder: Path, content: bytes, parser: Parser, limits: Limits = LIMITS) -> list[RawDocument]:
    location = folder / "a.zip"
    location.write_bytes(content)
    return read_file(SourceFile("a.zip", location, len(content)), limits=limits, parser=parser)


def outcomes(documents: list[RawDocument]) -> dict[str, str]:
    found = {document.member: outcome_of(document.reason) for document in documents}
    assert len(found) == len(documents)
    return found


def test_members_of_every_format_are_read(tmp_path: Path, parser: Parser) -> None:
    members = {
        "a.txt": "uno",
        "folder/b.html": "<p>due parole</p>",
        "c.pdf": build_pdf([["tre parole"]]),
        "d.docx": build_docx(["quattro"]),
        "e.csv": "title;testo\nT1;cinque\nT2;sei\n",
        "f.jsonl": '{"text": "sette"}\nnope\n',
        "inner.zip": build_zip({"g.txt": "otto"}),
    }
    documents = read_zip(tmp_path, build_zip(members), parser)
    assert [(d.member, d.format, d.text) for d in documents] == [
        ("a.txt", "txt", "uno"),
        ("folder/b.html", "html", "due parole"),
        ("c.pdf", "pdf", "tre parole"),
        ("d.docx", "docx", "quattro"),
        ("e.csv!row 1", "row", "cinque"),
        ("e.csv!row 2", "row", "sei"),
        ("f.jsonl!row 1", "row", "sette"),
        ("f.jsonl!row 2", "row", ""),
        ("inner.zip!g.txt", "txt", "otto"),
    ]
    assert documents[-2].reason == "broken line: line 2 is not JSON"


def test_a_member_has_the_identity_of_its_bytes(tmp_path: Path, parser: Parser) -> None:
    (member,) = read_zip(tmp_path, build_zip({"a.txt": "uno"}), parser)
    (tmp_path / "b.txt").write_text("uno")
    (file,) = read_file(SourceFile("b.txt", tmp_path / "b.txt", 3), limits=LIMITS, parser=parser)
    assert (member.sha256, member.content_id) == (file.sha256, file.content_id)


def test_names_that_point_elsewhere_are_refused(tmp_path: Path, parser: Parser) -> None:
    names = ["../x.txt", "a/../../x.txt", "..\\x.txt", "/etc/x.txt", "C:/x.txt", "\\\\host\\x.txt"]
    content = build_zip({**dict.fromkeys(names, "evil"), "good.txt": "buono"})
    found = outcomes(read_zip(tmp_path, content, parser))
    assert found == {**dict.fromkeys(names, "archive member refused"), "good.txt": ""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def test_a_name_with_a_nul_is_refused(tmp_path: Path, parser: Parser) -> None:
    content = build_zip({"good.txtX.exe": "evil"}).replace(b"good.txtX.exe", b"good.txt\0.exe")
    assert outcomes(read_zip(tmp_path, content, parser)) == {"good.txt": "archive member refused"}


def test_a_link_in_an_archive_is_refused(tmp_path: Path, parser: Parser) -> None:
    found = outcomes(read_zip(tmp_path, build_zip_with_link("link.txt", "/etc/passwd"), parser))
    assert found == {"link.txt": "archive member refused"}


def test_what_systems_leave_in_archives_is_accounted_for(tmp_path: Path, parser: Parser) -> None:
    content = build_zip({"a.txt": "uno", "__MACOSX/._a.txt": "x", ".DS_Store": "x", "folder/": ""})
    found = outcomes(read_zip(tmp_path, content, parser))
    assert found == {"a.txt": "", "__MACOSX/._a.txt": "hidden", ".DS_Store": "hidden"}


def test_a_locked_member_is_set_aside_and_the_others_read(tmp_path: Path, parser: Parser) -> None:
    content = mark_encrypted(build_zip({"a.txt": "segreto", "b.txt": "aperto"}))
    assert outcomes(read_zip(tmp_path, content, parser)) == {"a.txt": "encrypted", "b.txt": ""}


@pytest.mark.parametrize("cut", [4, 30, 60, -1, -10])
def test_a_broken_archive_is_one_document(cut: int, tmp_path: Path, parser: Parser) -> None:
    content = build_zip({"a.txt": "parole " * 100, "b.txt": "x"})
    (document,) = read_zip(tmp_path, content[:cut], parser)
    assert (document.member, outcome_of(document.reason)) == ("", "damaged")


def test_a_member_with_a_wrong_checksum_is_damaged(tmp_path: Path, parser: Parser) -> None:
    content = build_zip({"a.txt": "parole parole", "b.txt": "altre"}, compression=zipfile.ZIP_STORED)
    found = outcomes(read_zip(tmp_path, content.replace(b"parole parole", b"parole pArole"), parser))
    assert found == {"a.txt": "damaged", "b.txt": ""}


def test_an_empty_archive_is_empty(tmp_path: Path, parser: Parser) -> None:
    assert outcomes(read_zip(tmp_path, build_zip({}), parser)) == {"": "empty"}
    assert outcomes(read_zip(tmp_path, build_zip({"a.txt": ""}), parser)) == {"a.txt": "empty"}


def test_a_bomb_stops_the_archive_quickly_and_every_member_is_accounted_for(tmp_path: Path, parser: Parser) -> None:
    content = build_zip({"a.txt": "uno", "b.zip": build_bomb(60), "c.txt": "tre", "d.html": "<p>x"})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    found = outcomes(read_zip(tmp_path, content, parser))
    assert time.monotonic() - begun < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert found == {"a.txt": "", "b.zip!bomb.txt": "archive bomb", "c.txt": "archive bomb", "d.html": "archive bomb"}


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path: Path, parser: Parser) -> None:
    content = bytearray(build_bomb(15))
    entry = content.index(b"PK\x01\x02")
    # The entry now promises as many packed bytes as there are unpacked ones.
    content[entry + 20 : entry + 24] = (15_000_000).to_bytes(4, "little")
    assert outcomes(read_zip(tmp_path, bytes(content), parser)) == {"bomb.txt": "damaged"}


def test_members_that_share_their_bytes_are_a_bomb(tmp_path: Path, parser: Parser) -> None:
    documents = read_zip(tmp_path, repeat_first_entry(build_bomb(6), 300), parser)
    assert [outcome_of(d.reason) for d in documents] == ["", *["archive bomb"] * 299]


def test_many_small_members_cannot_add_up_to_a_bomb(tmp_path: Path, parser: Parser) -> None:
    with Parser(replace(LIMITS, archive_total_bytes=1_000_000)) as strict:
        found = outcomes(read_zip(tmp_path, build_zip({f"{n}.txt": "x" * 300_000 for n in range(5)}), strict))
    assert list(found.values()) == ["", "", "", "archive bomb", "archive bomb"]


def test_too_many_members_are_said_with_their_number(tmp_path: Path) -> None:
    with Parser(replace(LIMITS, archive_members=3)) as strict:
        documents = read_zip(tmp_path, build_zip({f"{n}.txt": "x" for n in range(10)}), strict)
    assert [d.member for d in documents] == ["0.txt", "1.txt", "2.txt", ""]
    assert documents[-1].reason == "archive bomb: more than 3 members; 7 were not read"


def test_archives_are_read_three_deep(tmp_path: Path, parser: Parser) -> None:
    text = build_zip({"a.txt": "uno"})
    assert outcomes(read_zip(tmp_path, nest(text, 2), parser)) == {"inner.zip!inner.zip!a.txt": ""}
    assert outcomes(read_zip(tmp_path, nest(text, 3), parser)) == {"inner.zip!inner.zip!inner.zip": "too deep"}


def test_a_member_above_its_limit_is_not_unpacked(tmp_path: Path) -> None:
    with Parser(replace(LIMITS, text_bytes=1000)) as strict:
        found = outcomes(read_zip(tmp_path, build_zip({"a.txt": "x" * 1001, "b.txt": "y" * 1000}), strict))
    assert found == {"a.txt": "too large", "b.txt": ""}


def test_a_member_that_ends_the_child_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    heavy = b"<body>" + b"<p>a" * 2_000_000
    members = {"a.txt": "uno", "heavy.html": heavy, "inner.zip": build_zip({"b.txt": "due"}), "c.html": "<p>tre"}
    limits = replace(LIMITS, memory_bytes=250_000_000, archive_ratio=100_000)
    with Parser(limits) as parser:
        documents = read_zip(tmp_path, build_zip(members), parser, limits)
    assert outcomes(documents) == {"a.txt": "", "heavy.html": "memory", "inner.zip!b.txt": "", "c.html": ""}
    assert documents[1].sha256 and documents[1].format == "html"


def test_after_many_failures_the_rest_is_set_aside_untried(tmp_path: Path) -> None:
    heavy = b"<body>" + b"<p>a" * 2_000_000
    members = {"a.html": heavy, "b.html": heavy + b"b", "c.txt": "tre", "d.html": "<p>quattro"}
    limits = replace(LIMITS, memory_bytes=250_000_000, archive_ratio=100_000, archive_failures=2)
    with Parser(limits) as parser:
        documents = read_zip(tmp_path, build_zip(members), parser, limits)
    assert list(outcomes(documents).values()) == ["memory"] * 4
    assert documents[-1].reason == "memory: not tried after 2 members that failed so"


def test_a_picture_named_txt_and_a_script_are_told_apart(tmp_path: Path, parser: Parser) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(9)
    members = {"a.txt": picture, "b.png": picture, "c.pkl": b"x", "d.txt": build_zip({})}
    found = outcomes(read_zip(tmp_path, build_zip(members), parser))
    assert list(found.values()) == ["binary", "unsupported format", "unsupported format", "unsupported format"]


def test_a_table_inside_an_archive_is_never_opened(tmp_path: Path, parser: Parser) -> None:
    found = outcomes(read_zip(tmp_path, build_zip({"a.parquet": b"PAR1\x15"}), parser))
    assert found == {"a.parquet": "parquet not ours"}
