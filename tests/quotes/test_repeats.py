"""Quotations that come again: first seen where, reworded how, given to whom."""

from __future__ import annotations

import pandas as pd

from inchiesta.quotes.find import frame_of
from inchiesta.quotes.repeats import find_echoes
from inchiesta.tables import check_table

DOCUMENTS = pd.DataFrame(
    {
        "document_id": ["d1", "d2", "d3", "d4"],
        "origin_id": ["o1", "o2", "o2", "o4"],
        "published_on": ["2024-03-02", "2024-03-01", "2024-03-03", ""],
    }
)


def quotes_of(*rows: tuple[str, str, str]) -> pd.DataFrame:
    found = []
    for number, (document_id, text, speaker) in enumerate(rows, 1):
        place = (
            f"{document_id}:q{number:04d}",
            document_id,
            f"{document_id}:0001",
            number * 100,
            number * 100 + len(text),
        )
        found.append((*place, text, "direct", speaker, speaker, -1, "", "", "says", 1.0, "attributed"))
    return frame_of("quotes", found)


def test_the_earliest_by_date_is_the_first() -> None:
    quotes = quotes_of(
        ("d1", "Non firmeremo mai quell'accordo.", "neri"), ("d2", "Non firmeremo mai quell’accordo", "neri")
    )
    echoes = find_echoes(quotes, DOCUMENTS)
    check_table("echoes", echoes)
    row = echoes.iloc[0]
    assert (row["quote_id"], row["first_quote_id"]) == ("d1:q0001", "d2:q0002")
    assert (row["wording"], row["speakers"], row["is_same_origin"]) == ("same", "agree", False)


def test_a_cut_and_a_reworded_one_are_told_apart() -> None:
    quotes = quotes_of(
        ("d2", "Noi non firmeremo mai quell'accordo con la Tarnia", "neri"),
        ("d1", "non firmeremo mai quell'accordo", "neri"),
        ("d4", "Noi non firmeremo mai quell'intesa con la Tarnia", "neri"),
    )
    assert find_echoes(quotes, DOCUMENTS)["wording"].tolist() == ["cut", "reworded"]


def test_another_speaker_is_a_conflict_and_none_is_open() -> None:
    text = "Non firmeremo mai quell'accordo"
    quotes = quotes_of(("d2", text, "neri"), ("d1", text, "rossi"), ("d4", text, ""))
    assert find_echoes(quotes, DOCUMENTS)["speakers"].tolist() == ["differ", "open"]


def test_copies_are_of_one_origin() -> None:
    text = "Non firmeremo mai quell'accordo"
    assert find_echoes(quotes_of(("d2", text, ""), ("d3", text, "")), DOCUMENTS)["is_same_origin"].tolist() == [True]


def test_short_ones_and_different_ones_are_not_linked() -> None:
    quotes = quotes_of(
        ("d1", "il nostro uomo", ""), ("d2", "il nostro uomo", ""), ("d3", "La nave è ferma nel porto", ""),
        ("d4", "La pioggia cade da tre giorni", ""),
    )  # fmt: skip
    assert find_echoes(quotes, DOCUMENTS).empty
