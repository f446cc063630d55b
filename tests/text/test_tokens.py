"""Words, lemmas and lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.text.lemmas import lemma_of, lemmatise_types
from inchiesta.text.lists import read_rows, read_stopwords
from inchiesta.text.tokens import find_tokens


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in find_tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Armenia e dell’accordo", ["L'", "Armenia", "e", "dell’", "accordo"]),
        ("C'è un po' d'Italia", ["C'", "è", "un", "po'", "d'", "Italia"]),
        ("O'Brien don't say Putin's", ["O'Brien", "don't", "say", "Putin", "'s"]),
        ("1.200 droni Groza-S, 3,5% alle 10:30", ["1.200", "droni", "Groza-S", "3,5%", "alle", "10:30"]),
        ("la S.p.A. negli U.S. «così».", ["la", "S.p.A.", "negli", "U.S.", "così"]),
        ("il 20th secolo", ["il", "20th", "secolo"]),
    ],
)
def test_words_are_found(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=100))
def test_tokens_are_in_order_and_never_empty(text: str) -> None:
    position = 0
    for start, end in find_tokens(text):
        assert position <= start < end <= len(text)
        position = end


def test_lemmas_of_italian_and_english() -> None:
    assert [lemma_of(w, "it") for w in ("ministri", "accusò", "detto")] == ["ministro", "accusare", "dire"]
    assert [lemma_of(w, "en") for w in ("said", "documents", "arms")] == ["say", "document", "arms"]


def test_other_languages_keep_their_words() -> None:
    assert lemmatise_types(["Länder", "Länder"], "de") == {"Länder": "länder"}


@pytest.mark.parametrize("language", ["it", "en"])
def test_lists_state_origin_and_licence(language: str) -> None:
    from importlib.resources import files

    for name in ("abbreviations.tsv", "boilerplate.tsv", "stopwords.txt", "head.tsv", "weekdays.txt", "lemmas.tsv"):
        text = files("inchiesta").joinpath("resources", language, name).read_text(encoding="utf-8")
        assert text.startswith("# ") and "CC0" in text.split("\n")[0]
        assert len({len(row) for row in read_rows(language, name)}) == 1


@pytest.mark.parametrize(
    ("language", "some"), [("it", {"il", "dell'", "che", "perché"}), ("en", {"the", "of", "don't"})]
)
def test_stop_words_are_there(language: str, some: set[str]) -> None:
    assert some < read_stopwords(language) and len(read_stopwords(language)) > 300
