"""One document from raw text to rows."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchiesta.tables import check_table, table_of
from inchiesta.text.decode import decode_bytes
from inchiesta.text.edits import Edit
from inchiesta.text.prepare import Prepared, prepare_document
from tests.text.test_edits import check_edits

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def seed() -> tuple[str, Prepared]:
    raw, _ = decode_bytes(SEED.read_bytes())
    return raw, prepare_document(raw, document_id="d0123456789abcdef")


def check(raw: str, prepared: Prepared) -> None:
    check_edits(raw, prepared.text, [Edit(*row[1:]) for row in prepared.edits])
    for row in prepared.sentences:
        assert prepared.text[row[3] : row[4]] == row[8] == row[8].strip() != ""


def test_the_seed_is_clean(seed: tuple[str, Prepared]) -> None:
    raw, prepared = seed
    check(raw, prepared)
    sentences = [row[8] for row in prepared.sentences]
    for leftover in ("< p>", "Argomenti correlati", "Altre notizie", " .", " ,"):
        assert not any(leftover in sentence for sentence in sentences)
    assert "Vladimir Putin." in sentences
    assert prepared.title == sentences[0] and prepared.sentences[0][6]
    assert (prepared.language, {row[5] for row in prepared.sentences}) == ("it", {"it"})


def test_the_headings_of_the_seed_stay(seed: tuple[str, Prepared]) -> None:
    headings = [row[8] for row in seed[1].sentences if row[6]]
    assert headings[1:] == ["Perdita di documenti", "“Con tali amici”"]


def test_the_paragraph_the_seed_repeats_is_marked(seed: tuple[str, Prepared]) -> None:
    (repeat,) = seed[1].repeats
    assert repeat[1:3] == (8, 4) and repeat[4] == "reworded"
    marked = [row for row in seed[1].sentences if row[7] is not None]
    assert [row[2] for row in marked] == [8] and marked[0][8].startswith("Il primo ministro armeno Nikol Pashinyan")


def test_the_rows_have_the_shape_of_the_tables(seed: tuple[str, Prepared]) -> None:
    for name, rows in (("sentences", seed[1].sentences), ("edits", seed[1].edits), ("repeats", seed[1].repeats)):
        table = pd.DataFrame(rows, columns=table_of(name).names)
        if name == "sentences":
            table["repeats_paragraph"] = table["repeats_paragraph"].astype("Int64")
        check_table(name, table)


def test_a_hint_decides_only_in_doubt() -> None:
    assert prepare_document("Ok, va bene", document_id="d", language_hint="it-IT").language == "it"
    text = "The minister announced his resignation after the meeting of the government."
    assert prepare_document(text, document_id="d", language_hint="it").language == "en"


def test_an_empty_text_gives_no_rows() -> None:
    prepared = prepare_document(" \n\t", document_id="d")
    assert (prepared.text, prepared.sentences, prepared.language) == ("", [], "und")


PIECES = st.sampled_from(
    [
        "Titolo: ",
        "12 marzo 2024",
        "\n",
        "\n\n",
        "Il ministro ha detto. ",
        "< p>",
        "Condividi\n",
        "---\n",
        "# ",
        "**x**",
        " ,",
        "«",
        "»",
        "\u202e",
        "Ã©",
        "&amp;",
        "parola ",
        "Leggi anche: ",
        "\x00",
        "\r",
        "\u0085",
        "A. ",
        "e.g. ",
    ]
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=30).map("".join)), st.sampled_from(["txt", "md"]))
def test_any_text_keeps_exact_offsets(raw: str, format: str) -> None:
    check(raw, prepare_document(raw, document_id="d", format=format))


@pytest.mark.parametrize(
    "piece", ["a", "A. ", '."', "<p ", "<script>", "<!--", "&amp;", "Ã© ", "**a ", "[a](", "\n- ", "a\u200b"]
)
def test_time_stays_in_line_with_length(piece: str) -> None:
    raw = piece * (60_000 // len(piece))
    check(raw, prepare_document(raw, document_id="d", format="md"))
