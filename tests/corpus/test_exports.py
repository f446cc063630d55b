from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.corpus.columns import choose_columns
from inchiesta.corpus.exports import read_rows
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import SetAsideError
from inchiesta.corpus.rows import Row

LIMITS = Limits()


def rows_of(content: str | bytes, format: str = "csv", **options: object) -> list[Row]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_rows(io.BytesIO(data), format, limits=LIMITS, **options))


def texts(content: str | bytes, format: str = "csv", **options: object) -> list[str]:
    return [row.parsed.text if row.parsed else row.reason for row in rows_of(content, format, **options)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    content = "id|Titolo|Testo|Data\n7|Uno, due; tre|Parole.|2024-03-12\n".replace("|", delimiter)
    content = content.replace("Uno, due; tre", '"Uno, due; tre"')
    (row,) = rows_of(content)
    assert row.parsed and (row.parsed.title, row.parsed.text, row.parsed.published_on) == (
        "Uno, due; tre", "Parole.", "2024-03-12")  # fmt: skip


@pytest.mark.parametrize(
    ("header", "field"),
    [("headline", "title"), ("Titolo", "title"), ("TITRE", "title"), ("published_at", "published_on"),
     ("Data pubblicazione", "published_on"), ("Testata", "source"), ("outlet", "source"), ("Link", "url"),
     ("by-line", "author"), ("autore", "author"), ("lang", "language"), ("Sprache", "language")],
)  # fmt: skip
def test_common_names_are_known(header: str, field: str) -> None:
    assert choose_columns(["Corpo", header]) == {"text": "Corpo", field: header}


def test_the_better_name_wins_whatever_the_order() -> None:
    assert choose_columns(["name", "title", "content", "text", "date", "published"]) == {
        "title": "title", "text": "text", "published_on": "published"}  # fmt: skip


def test_a_column_can_be_named() -> None:
    content = "prosa,titolo\nParole.,T\n"
    assert texts(content, columns={"text": "Prosa"}) == ["Parole."]
    with pytest.raises(SetAsideError, match=r"no text column: columns are prosa, titolo; name it with --column"):
        rows_of(content)
    with pytest.raises(SetAsideError, match="there is no column corpo, columns are prosa"):
        rows_of(content, columns={"text": "corpo"})


def test_a_text_where_the_header_should_be_is_not_quoted() -> None:
    with pytest.raises(SetAsideError) as caught:
        rows_of("Il ministro ha detto ieri che non sapeva nulla,x\nb,c\n")
    assert "ministro" not in caught.value.reason and "(a name of 46 characters)" in caught.value.reason


def test_names_and_numbers_stay_as_they_are_written() -> None:
    (row,) = rows_of("id,author,title,text\n007,NA,Null,nan\n")
    assert row.parsed and (row.parsed.author, row.parsed.title, row.parsed.text) == ("NA", "Null", "nan")
    (other,) = rows_of("id,author,title,text\n7,NA,Null,nan\n")
    assert row.content != other.content


def test_rows_too_long_too_short_or_without_text_are_told_one_by_one() -> None:
    broken = "broken line: line 5 has 3 cells, the header has 2"
    expected = ["a", "c", "empty: the row has no text", broken, "h", "j"]
    assert texts("text,title\na,b\nc\n,d\ne,f,g\nh,i,\n\nj,k\n") == expected
    assert [row.number for row in rows_of("text\na\n\nb\n")] == [1, 2]


def test_an_open_quote_costs_its_own_row() -> None:
    assert texts('title,text\nT1,one\nT2,"two\nT3,three\nT4,"four"\nT5,five\n') == [
        "one", "broken line: line 3 opens a quote that is not closed", "three", "four", "five"]  # fmt: skip


def test_bare_quotes_inside_a_quoted_cell_are_read() -> None:
    assert texts('title,text\nT1,"He said "yes" twice."\nT2,5" long\n') == ['He said yes" twice."', '5" long']


def test_many_open_quotes_end_the_file_and_say_so() -> None:
    content = "text\n" + '"open\n' * 7
    limits = replace(LIMITS, open_quotes=2)
    found = [row.reason for row in read_rows(io.BytesIO(content.encode()), "csv", limits=limits)]
    assert len(found) < 8 and "and all behind it" in found[-1]


def test_quoted_line_breaks_belong_to_the_text() -> None:
    assert texts('text,title\r\n"one\r\ntwo",T\r\nthree,U\r\n') == ["one\ntwo", "three"]


def test_carriage_returns_alone_end_rows() -> None:
    assert texts("text,title\ra,T\rb,U\r") == ["a", "b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_exports(encoding: str) -> None:
    content = "titolo;testo\nÈ così;Perché no? Più giù, “là” è già così.\n" * 1
    (row,) = rows_of(content.encode(encoding))
    assert row.parsed and row.parsed.title == "È così" and row.parsed.text.startswith("Perché no? Più giù, “là”")
    quoted = '"testo"\n"Perché così è già là."\n'
    assert texts(quoted.encode(encoding)) == ["Perché così è già là."]


def test_one_pasted_line_in_another_encoding_does_not_spoil_the_rest() -> None:
    content = b"testo\n" + "Perché così.\n".encode() * 50 + "Perché così.\n".encode("cp1252")
    assert set(texts(content)) == {"Perché così."}


def test_excel_names_its_delimiter_in_a_first_line() -> None:
    assert texts("sep=;\ntitle;text\na,b;c,d\n") == ["c,d"]


def test_equal_column_names_do_not_hide_each_other() -> None:
    one, two = (rows_of(f"text,note,note\na,{note},x\n")[0].content for note in "12")
    assert one != two


def test_an_export_without_rows_is_empty() -> None:
    assert texts("title,text\n") == ["empty: the export has no rows"]
    assert texts("\n\n", "jsonl") == ["empty: the export has no rows"]


def test_a_broken_line_is_set_aside_and_the_others_read() -> None:
    lines = ['{"text": "one"}', '{"text": "two"', "[1]", "", '{"testo": "three"}', '{"a": 1}', '{"text": null}']
    lines.append("[" * 9999)
    assert texts("\n".join(lines), "jsonl") == [
        "one",
        "broken line: line 2 is not JSON",
        "broken line: line 3 is a JSON list, expected an object",
        "three",
        "no text column: columns are a; name it with --column text=NAME",
        "empty: the row has no text",
        "broken line: line 8 is not JSON",
    ]
    assert [row.number for row in rows_of("\n".join(lines), "jsonl")] == [1, 2, 3, 5, 6, 7, 8]


def test_json_values_become_words() -> None:
    row = {"paragraphs": ["One.", "Two."], "author": [{"name": "Anna B."}, "Carlo"], "source": {"name": "Alba"},
           "date": 1710201600, "lang": "it-IT", "title": 12}  # fmt: skip
    (found,) = rows_of(json.dumps(row), "jsonl")
    assert found.parsed
    assert (found.parsed.text, found.parsed.author, found.parsed.source, found.parsed.title) == (
        "One.\n\nTwo.", "Anna B., Carlo", "Alba", "12")  # fmt: skip
    assert (found.parsed.published_on, found.parsed.language_hint) == ("2024-03-12", "it")


def test_the_order_of_keys_does_not_change_a_row() -> None:
    one, two, other = ('{"text": "a", "id": 1}', '{"id": 1, "text": "a"}', '{"id": 2, "text": "a"}')
    contents = [row.content for row in rows_of("\n".join((one, two, other)), "jsonl")]
    assert contents[0] == contents[1] != contents[2]


def test_a_line_beyond_the_limit_is_skipped_without_being_held() -> None:
    limits = replace(LIMITS, field_bytes=100)
    lines = ['{"text": "one"}', json.dumps({"text": "x" * 500}), '{"text": "three"}']
    found = list(read_rows(io.BytesIO("\n".join(lines).encode()), "jsonl", limits=limits))
    assert [bool(row.parsed) for row in found] == [True, False, True]
    assert found[1].reason == "too large: line 2 has more than 100 bytes"
    table = f"text\none\n{'x' * 500}\nthree\n".encode()
    found = list(read_rows(io.BytesIO(table), "csv", limits=limits))
    assert [row.parsed.text if row.parsed else row.reason.partition(":")[0] for row in found] == [
        "one", "too large", "three"]  # fmt: skip


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_every_row_of_json_lines_comes_back(contents: list[str]) -> None:
    lines = "\n".join(json.dumps({"text": content}) for content in contents)
    found = rows_of(lines, "jsonl")
    assert len(found) == len(contents)
    for row, content in zip(found, contents, strict=True):
        expected = content.replace("\r\n", "\n").replace("\r", "\n") if content.strip() else ""
        assert (row.parsed.text if row.parsed else "") == expected


@given(st.binary(max_size=300), st.sampled_from(["csv", "tsv", "jsonl"]))
def test_no_bytes_raise_anything_but_a_reason(data: bytes, format: str) -> None:
    try:
        assert rows_of(data, format)
    except SetAsideError as refusal:
        assert refusal.reason
