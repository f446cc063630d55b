"""Odd texts are read to their end, in time linear to their length, however long a sentence is."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchiesta.quotes.evidentiality import ground_sentences
from inchiesta.quotes.find import read_documents
from tests.quotes.frames import said

NAME = "Anna Neri"
LONG = 200_000
_MARKS = ["«", "»", '"', "“", "”", "'", "’", "‹", "``", "«a» ", "« - ", "-", "\n", ". ", ", "]
_WORDS = ["a", "il ", "ministro ", "ha detto ", "che ", "secondo ", "said ", "sources ", "avrebbe venduto ", f"{NAME} "]
PIECES = _MARKS + _WORDS


def build_sentence(text: str, language: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Build a document that is one sentence, whatever its length, with all places where Anna Neri is named."""
    documents = pd.DataFrame({"document_id": ["d1"], "language": [language], "text": [text]})
    sentences = pd.DataFrame(
        [("d1:0001", "d1", 0, len(text), language, False, text)],
        columns=["sentence_id", "document_id", "start_char", "end_char", "language", "is_heading", "text"],
    )
    starts = [at for at in range(len(text)) if text.startswith(NAME, at)]
    mentions = pd.DataFrame(
        [("d1", at, at + len(NAME), NAME, "neri", "PER") for at in starts],
        columns=["document_id", "start_char", "end_char", "surface", "actor_id", "kind"],
    )
    return documents, sentences, mentions.astype({"start_char": "int64", "end_char": "int64"})


def count_seconds(piece: str, language: str, n_chars: int) -> float:
    """Read a line made of one piece again and again."""
    tables = build_sentence((piece * (n_chars // len(piece) + 1))[:n_chars], language)
    begun = time.process_time()
    read_documents(*tables)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "piece", ["a", "«", '"', "'", "ha detto che ", "said ", "secondo ", "il ministro ", "l'a 'b' "]
)
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_line_of_200000_characters_takes_about_a_second(piece: str, language: str) -> None:
    # Half a second on one core; a busy machine gets several times as long. A rule that backtracks takes minutes.
    assert count_seconds(piece, language, LONG) < 4


@pytest.mark.parametrize("piece", ["«No», ha detto Anna Neri ", "Anna Neri ha detto: «Sì» e ", "avrebbe venduto "])
def test_a_line_of_thousands_of_quotations_takes_time_in_proportion(piece: str) -> None:
    short, long = (min(count_seconds(piece, "it", n_chars) for _ in range(2)) for n_chars in (LONG // 8, LONG // 2))
    # Four times the length; sixteen times the time would be a square.
    assert long < 9 * short


def test_a_long_sentence_has_one_claim() -> None:
    documents, sentences, mentions = build_sentence("secondo fonti anonime si parla di un accordo, " * 200, "it")
    _, claims = read_documents(documents, sentences, mentions)
    assert [(sentence_id, ground) for sentence_id, _, ground, _ in claims] == [("d1:0001", "hearsay")]
    frame = pd.DataFrame(claims, columns=["sentence_id", "document_id", "evidentiality", "words"])
    assert ground_sentences(sentences, frame).tolist() == ["hearsay"]


def test_marks_without_a_word_between_them_are_no_quotation() -> None:
    assert said("Anna Neri ha detto: «...» e poi «!?».", {NAME: "PER"}) == []


def test_words_that_introduce_nobody_are_no_insertion() -> None:
    text = "Anna Neri ha detto: «La ditta - avrebbe venduto armi - non risponde da mesi»."
    assert said(text, {NAME: "PER"}) == [("La ditta - avrebbe venduto armi - non risponde da mesi", "Neri")]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["it", "en"]))
@settings(max_examples=300, deadline=None)
def test_any_mix_of_pieces_is_read_where_it_stands(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    rows, claims = read_documents(*build_sentence(text, language))
    assert all(text[row[3] : row[4]] == row[5] for row in rows)
    assert len(claims) <= 1
