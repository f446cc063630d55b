import numpy as np
import pytest

from inchiesta.topics import vectors
from inchiesta.topics.vectors import count_vectors


def count(texts: list[str], **options: frozenset[str]) -> vectors.Vectors:
    names = options.get("stop_names", frozenset())
    return count_vectors(texts, "en", stop_names=names, fitted=np.ones(len(texts), dtype=bool))


def test_inflected_forms_are_one_term_and_stop_words_numbers_and_letters_none() -> None:
    found = count(["The documents of 2019", "a document x"])
    assert found.terms == ["document"]
    assert found.counts.toarray().tolist() == [[1.0], [1.0]]


def shown(found: vectors.Vectors) -> list[str]:
    return [term for term, is_shown in zip(found.terms, found.is_shown, strict=True) if is_shown]


def test_names_place_a_passage_and_name_no_topic() -> None:
    found = count(["Kestovia sells drones"], stop_names=frozenset({"kestovia"}))
    assert found.terms == ["drone", "kestovia", "sell"]
    assert shown(found) == ["drone", "sell"]


def test_numbers_and_verbs_of_speech_are_not_shown_and_dates_are_no_terms() -> None:
    found = count(["On Tuesday, March 12, he said 12,000 drones march"])
    assert found.terms == ["12", "12000", "drone", "march", "say"]
    assert shown(found) == ["drone", "march"]


def test_words_that_always_meet_become_one_term() -> None:
    places = ("north", "south", "east", "west", "inland")
    found = count([*(f"climate change hits {place} harbour" for place in places), "rain", "snow"])
    assert "climate change" in found.terms
    assert "climate" not in found.terms


def test_rows_of_the_weighted_matrix_have_length_one_or_zero() -> None:
    found = count(["documents and drones", "the of and"])
    assert np.sqrt(found.tfidf.multiply(found.tfidf).sum(axis=1)).ravel().tolist()[0] == pytest.approx([1.0, 0.0])


def test_vocabulary_comes_from_the_fitted_passages_alone() -> None:
    found = count_vectors(["drones", "sanctions"], "en", stop_names=frozenset(), fitted=np.array([True, False]))
    assert found.terms == ["drone"]
    assert found.counts.toarray().tolist() == [[1.0], [0.0]]


def test_no_text_gives_no_term() -> None:
    assert count([]).terms == []
