"""Passages in quotation marks, balanced or not, in time linear to the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.quotes.marks import find_marked


def marked(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_marked(text)]


def test_all_kinds_of_marks_are_found() -> None:
    text = "«uno» “due” \"tre\" „quattro“ ‹cinque› ''sei'' ‘sette’ <<otto>> e 'nove'."
    assert marked(text) == ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"]


def test_marks_inside_marks_belong_to_the_outer_ones() -> None:
    assert marked("«Mi disse “vattene” e basta» poi “uno «due» tre”") == ["Mi disse “vattene” e basta", "uno «due» tre"]
    assert marked("«Prima «seconda» terza» fine") == ["Prima «seconda» terza"]


def test_a_quotation_may_close_in_a_later_paragraph() -> None:
    assert marked("Disse: «Basta.\nNon ne posso più» e uscì.") == ["Basta.\nNon ne posso più"]


def test_paragraphs_may_open_anew() -> None:
    assert marked("“One.\n“Two.\n“Three,” she said.") == ["One.\n“Two.\n“Three,"]


def test_what_is_never_closed_ends_with_its_paragraph() -> None:
    found = find_marked("Disse «mai chiusa\nPoi «altra» fine")
    assert [(f.end - f.start, f.closed) for f in found] == [(10, False), (5, True)]


def test_marks_that_only_close_are_passed_over() -> None:
    assert marked("fine» poi ” e ancora «sì»") == ["sì"]


def test_a_wrong_partner_closes_all_the_same() -> None:
    assert marked('“Basta", disse. "Davvero”, rispose.') == ["Basta", "Davvero"]


def test_straight_marks_set_apart_alternate() -> None:
    assert marked('Disse " uno " e poi " due ".') == ["uno", "due"]


@pytest.mark.parametrize(
    "text", ["l'accordo dell’Armenia, un po' di 'ndrangheta", "the workers' rights and '90s music", "rock 'n' roll"]
)
def test_apostrophes_are_no_marks(text: str) -> None:
    assert marked(text) == []


def test_apostrophes_inside_single_marks_do_not_close_them() -> None:
    assert marked("He said: 'I don't know,' and left.") == ["I don't know,"]
    assert marked("Disse: ‘L’ho visto un po’ tardi’ e uscì") == ["L’ho visto un po’ tardi"]


def test_inches_and_seconds_are_no_marks() -> None:
    assert marked("vinse in 1'33\"42 davanti a tutti") == []


def test_a_quotation_of_two_thousand_words_is_one() -> None:
    long = "parola " * 1999 + "fine"
    assert marked(f"Disse: «{long}».") == [long]


def test_five_hundred_quotations_are_five_hundred() -> None:
    assert len(find_marked(" ".join(f"«numero {n}», disse." for n in range(500)))) == 500


@pytest.mark.parametrize("piece", ['"', "«", "“", "'a ", "‘a", ' " ', "''", "“a\n", "«a» ", "»", "' "])
def test_a_long_line_takes_less_than_a_second(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    find_marked(text)
    # Linear: some tenths of a second on one core; a busy machine gets three times as long.
    assert time.process_time() - begun < 3


@given(st.text(alphabet="ab .\n«»“”\"'‘’„‹›", max_size=200))
def test_passages_are_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for found in find_marked(text):
        assert end <= found.outer_start < found.start < found.end <= found.outer_end <= len(text)
        assert not text[found.start].isspace()
        assert not text[found.end - 1].isspace()
        end = found.outer_end
