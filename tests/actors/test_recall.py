"""Names the tagger passed over: their enumeration, their document or other documents show them to be names."""

from __future__ import annotations

import pandas as pd

from inchiesta.actors.recall import recall_members, recall_words
from inchiesta.actors.recall_across import recall_across
from inchiesta.actors.tagged import Found, Page
from inchiesta.tables import check_table
from tests.actors.frames import build_frames


def open_page(text: str, *names: tuple[str, str], language: str = "it") -> tuple[Page, list[Found]]:
    """Build a page of one sentence in which these names are found, each where it stands first."""
    found = []
    for name, kind in names:
        start = text.index(name)
        found.append(Found(start, start + len(name), 0, "", kind, "name", 0.9, "tagger"))
    return Page("d1", text, [(0, len(text), language)], ["d1:0001"], plain=text), sorted(found, key=lambda f: f.start)


def test_a_member_of_an_enumeration_of_names_is_a_name() -> None:
    page, found = open_page("Corrono Giraffa, Oca, Torre e l'Onda.", ("Giraffa", "ORG"), ("Torre", "ORG"))
    recalled = recall_members(page, [0], found)
    assert [(page.plain[row.start : row.end], row.kind) for row in recalled] == [("Oca", "ORG"), ("Onda", "ORG")]


def test_an_enumeration_of_mostly_other_words_gives_no_name() -> None:
    page, found = open_page("Vincono Fede, Speranza, Amore e Torre.", ("Torre", "ORG"))
    assert recall_members(page, [0], found) == []


def test_a_word_that_opens_the_sentence_or_is_never_a_name_is_no_member() -> None:
    page, found = open_page("Infine, Varlia, Torre e Onda.", *((name, "ORG") for name in ("Varlia", "Torre", "Onda")))
    assert recall_members(page, [0], found) == []
    page, found = open_page("Vengono Varlia, Torre e Lunedì.", ("Varlia", "ORG"), ("Torre", "ORG"))
    assert recall_members(page, [0], found) == []


def test_a_name_found_once_is_found_wherever_it_stands_inside_a_sentence() -> None:
    page, found = open_page("Vince la Torre. La corsa della Torre e della Torre Alta, mai torre.", ("Torre", "ORG"))
    recalled = recall_words(page, [0], found)
    assert [(row.start, row.kind, row.found_by) for row in recalled] == [(31, "ORG", "recall")]


def test_in_english_a_word_of_the_dictionary_is_not_recalled() -> None:
    page, found = open_page(
        "We asked Tower and Vorna, saw the Tower and Vorna.", ("Tower", "ORG"), ("Vorna", "ORG"), language="en"
    )
    assert [page.plain[row.start : row.end] for row in recall_words(page, [0], found)] == ["Vorna"]


def write_mentions(documents: pd.DataFrame, *names: tuple[str, str, str]) -> pd.DataFrame:
    """Write the first place of each (document, name, kind) as a mention."""
    texts = documents.set_index("document_id")["text"]
    rows = []
    for document_id, name, kind in names:
        start = texts[document_id].index(name)
        place = (document_id, f"{document_id}:0001", start, start + len(name), name)
        rows.append((*place, "", kind, "name", 0.9, "tagger"))
    columns = ["document_id", "sentence_id", "start_char", "end_char", "surface"]
    return pd.DataFrame(rows, columns=[*columns, "actor_id", "kind", "form", "score", "found_by"])


TWICE = (("d1", "Torre", "ORG"), ("d2", "Torre", "ORG"))


def test_a_name_of_two_origins_is_recalled_in_a_third() -> None:
    documents, sentences = build_frames("Vince la Torre.", "Perde la Torre.", "Ecco la Torre. Una torre.")
    mentions = recall_across(write_mentions(documents, *TWICE), documents, sentences)
    check_table("mentions", mentions)
    added = mentions[mentions["found_by"] == "recall"]
    assert added[["sentence_id", "surface", "kind"]].to_numpy().tolist() == [["d3:0001", "Torre", "ORG"]]


def test_copies_of_one_text_do_not_vouch_for_a_name() -> None:
    texts = ("Vince la Torre.", "Vince la Torre.", "Ecco la Torre.")
    documents, sentences = build_frames(*texts, origins=["a", "a", "b"])
    given = write_mentions(documents, *TWICE)
    pd.testing.assert_frame_equal(recall_across(given, documents, sentences), given)


def test_a_word_passed_over_more_often_than_found_stays_a_word() -> None:
    documents, sentences = build_frames("Vince la Torre.", "Perde la Torre.", "Ecco la Torre o la Torre, dalla Torre.")
    assert len(recall_across(write_mentions(documents, *TWICE), documents, sentences)) == 2


def test_no_place_is_taken_twice_and_parts_of_longer_names_are_left_alone() -> None:
    documents, sentences = build_frames("Vince la Torre.", "Perde la Torre.", "Ecco la Torre Alta e l'Alta Torre.")
    given = write_mentions(documents, *TWICE, ("d3", "Torre Alta", "LOC"))
    assert len(recall_across(given, documents, sentences)) == 3


def test_rows_in_any_order_give_the_same_answer() -> None:
    documents, sentences = build_frames("Vince la Torre.", "Perde la Torre.", "Ecco la Torre.", "La Torre vince.")
    given = write_mentions(documents, *TWICE)
    first = recall_across(given, documents, sentences)
    again = recall_across(given.iloc[::-1], documents, sentences.iloc[::-1])
    pd.testing.assert_frame_equal(first, again)
    assert len(first) == 4
