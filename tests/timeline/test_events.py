"""Events have their time, the time of their report and of publication apart; contradictions stand side by side."""

from __future__ import annotations

import pandas as pd

from inchiesta.tables import check_table
from inchiesta.timeline.contradictions import find_contradictions
from inchiesta.timeline.events import find_events
from inchiesta.timeline.find import find_dates
from tests.timeline.frames import build_tables

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


def tell(*texts: str, language: str = "en", origins: list[str] | None = None) -> Tables:
    """Build the four tables; every `Reuel` and `Kormat` is a mention."""
    documents, sentences = build_tables(*texts, language=language, published="2024-04-02", origins=origins)
    named = [
        (s.sentence_id, name.lower()) for s in sentences.itertuples() for name in ("Reuel", "Kormat") if name in s.text
    ]
    mentions = pd.DataFrame(named, columns=["sentence_id", "actor_id"])
    return documents, sentences, mentions, find_dates(documents, sentences)


def test_event_report_and_publication_are_apart() -> None:
    events = find_events(*tell("Reuel said on Monday that Kormat had shipped the drones on 12 March."))
    check_table("events", events)
    shipped = events[events["from_date"] == "2024-03-12"].iloc[0]
    assert shipped["reported_on"] == "2024-04-01"
    assert shipped["published_on"] == "2024-04-02"
    assert shipped["verb"] == "ship"
    assert shipped["actors"] == ["reuel", "kormat"]


def test_the_same_happening_of_two_origins_is_one() -> None:
    events = find_events(
        *tell("Kormat shipped the drones by rail on 12 March.", "On 12 March Kormat shipped the drones by rail again.",
              "On 12 March Reuel slept.")
    )  # fmt: skip
    ids = events["happening_id"].tolist()
    assert ids[0] == ids[1] != ids[2]


def test_a_miscopied_number_is_a_contradiction() -> None:
    found = find_contradictions(
        *tell(
            "Kormat sold 48 drones to the army.",
            "The sale of 84 drones by Kormat went to the army.",
            "Kormat has 12 drones.",
        )
    )
    check_table("contradictions", found)
    assert found["value"].tolist() == ["48", "84"]
    assert found["document_ids"].tolist() == [["d1"], ["d2"]]


def test_repeated_paragraphs_that_differ_contradict_each_other() -> None:
    text = "Reuel handed thirty boxes of invoices to the court.\n\nReuel handed forty boxes of invoices to the court."
    found = find_contradictions(*tell(text))
    assert found["value"].tolist() == ["30", "40"]
    assert found["within_document"].all()


def test_the_same_event_on_two_days_is_a_contradiction() -> None:
    found = find_contradictions(
        *tell(
            "Reuel handed the invoices to the court on 12 March.", "Reuel handed the invoices to the court on 14 March."
        )
    )
    assert found[["kind", "value"]].to_numpy().tolist() == [["date", "2024-03-12"], ["date", "2024-03-14"]]


def test_other_things_counted_do_not_contradict() -> None:
    assert find_contradictions(*tell("Kormat sold 48 drones.", "Reuel burned 84 letters in the garden.")).empty


def test_copies_are_one_origin() -> None:
    texts = ("Kormat sold 48 drones to the army.",) * 2 + ("Kormat sold 84 drones to the army.",)
    assert find_contradictions(*tell(*texts, origins=["o1", "o1", "o2"]))["n_origins"].tolist() == [1, 1]
