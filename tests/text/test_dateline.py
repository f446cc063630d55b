from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.text.dateline import find_dateline, find_datelines


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("PORTO ALBA, May 7 (Meridian Wire) – ", "The minister said so."),
        ("PORTO ALBA, 12 marzo (Filo Meridiano) – ", "Il ministro lo ha detto."),
        ("PORTO ALBA (Meridian Wire) - ", "The minister said so."),
        ("ULMET — ", "The company signed."),
        ("BRANKOV, Kestovia (MW) — ", "The alliance met."),
        ("BRANKOV, Kestovia (MW) —", "The alliance met."),
        ("Porto Alba, 3 mag. – ", "Il ministro lo ha detto."),
        ("Porto Alba, Friday, May 3 -- ", "The minister said so."),
        ("(MW) - PORTO ALBA, 12 MAR - ", "Il ministro lo ha detto."),
        ("L'AQUILA, 12 marzo 2024 – ", "«Non è vero», ha detto."),
    ],
)
def test_a_dateline_ends_where_the_statement_begins(dateline: str, rest: str) -> None:
    assert find_dateline(dateline + rest, is_head=True) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "Marenghi – who signed the treaty – left.",
        "Aldo Marenghi – The president of Valdoria – left.",
        "LTA – the alliance of six states – met in Ulmet.",
        "The minister of Porto Alba – on May 7 – said so.",
        "Il 3 maggio – giorno del voto – nessuno parlò.",
        "Kestovia left, Tarnia stayed - Valdoria wavers.",
        "PORTO ALBA, May 7 (Meridian Wire) – ",
        "– Marenghi, 12 maggio",
        "A sentence without a dash.",
        "",
    ],
)
def test_a_statement_is_no_dateline(text: str) -> None:
    assert find_dateline(text, is_head=True) == 0


def test_a_name_and_brackets_open_a_text_only_at_its_head() -> None:
    text = "Porto Alba (Meridian Wire) – The minister said so."
    assert find_dateline(text, is_head=True) == 29
    assert find_dateline(text) == 0


def test_only_the_first_sentence_of_a_paragraph_has_a_dateline() -> None:
    text = "ULMET, May 3 (Meridian Wire) – It signed."
    sentences = pd.DataFrame(
        {
            "sentence_id": ["d1:1", "d1:2", "d1:3", "d2:1"],
            "document_id": ["d1", "d1", "d1", "d2"],
            "paragraph": [0, 1, 1, 1],
            "start_char": [0, 10, 60, 5],
            "text": ["A headline", text, text, text],
        }
    )
    assert find_datelines(sentences).to_numpy().tolist() == [["d1:2", 10, 41], ["d2:1", 5, 36]]
    assert find_datelines(sentences.iloc[:1]).empty
