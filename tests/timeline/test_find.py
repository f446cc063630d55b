"""Time expressions are found, resolved against the publication, and left open where the text does not say."""

from __future__ import annotations

import time

import pandas as pd
import pytest

import inchiesta
from inchiesta.tables import check_table
from inchiesta.timeline.find import find_dates
from tests.timeline.frames import build_tables, date_text, read

DAY = "2024-03-13"  # a Wednesday


@pytest.fixture(scope="module")
def seed() -> tuple[pd.DataFrame, pd.DataFrame]:
    dossier = inchiesta.open("seeds")
    return dossier.read_documents, dossier.sentences


def test_the_seed_without_a_publication_date(seed: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    dates = find_dates(*seed)
    check_table("dates", dates)
    resolved = dates[dates["is_resolved"]]
    ranges = resolved[resolved["rule"] == "range"]
    assert (
        ranges[["from_date", "to_date", "precision"]].to_numpy().tolist() == [["2018-01-01", "2022-12-31", "year"]] * 2
    )
    (september,) = resolved[resolved["text"] == "settembre 2022"].to_dict("records")
    assert (september["from_date"], september["to_date"], september["precision"]) == (
        "2022-09-01",
        "2022-09-30",
        "month",
    )
    left = dates[dates["flag"] == "no publication date"]
    assert left["text"].tolist() == ["questa settimana", "lo scorso settembre", "il giorno prima"]
    assert (left["from_date"] == "").all()
    assert (left["precision"] == "none").all()


def test_the_seed_with_a_publication_date(seed: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, sentences = seed
    dates = find_dates(documents.assign(published_on="2024-06-14", date_precision="day"), sentences)
    found = dates.set_index("text")[["from_date", "to_date", "precision"]]
    assert found.loc["questa settimana"].tolist() == ["2024-06-10", "2024-06-16", "week"]
    assert found.loc["lo scorso settembre"].tolist() == ["2023-09-01", "2023-09-30", "month"]
    assert found.loc["il giorno prima"].tolist() == ["2024-06-13", "2024-06-13", "day"]
    assert dates.loc[dates["text"] == "il giorno prima", "flag"].tolist() == ["counted from the publication"]


def test_every_text_stands_where_its_offsets_say(seed: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, sentences = seed
    text = documents["text"].iloc[0]
    for row in find_dates(documents, sentences).itertuples():
        assert text[row.start_char : row.end_char] == row.text


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Arrivò il 3 maggio 2021.", "it", ("3 maggio 2021", "2021-05-03", "2021-05-03", "day")),
        ("Nel marzo del 2021 firmò.", "it", ("marzo del 2021", "2021-03-01", "2021-03-31", "month")),
        ("È partito due settimane fa.", "it", ("due settimane fa", "2024-02-28", "2024-02-28", "day")),
        ("È partito due anni fa.", "it", ("due anni fa", "2022-01-01", "2022-12-31", "year")),
        ("Dal 5 all'8 giugno si vota.", "it", ("Dal 5 all'8 giugno", "2024-06-05", "2024-06-08", "day")),
        ("Negli anni Novanta il porto chiuse.", "it", ("anni Novanta", "1990-01-01", "1999-12-31", "decade")),
        ("Il patto 2018-2022 è scaduto.", "it", ("2018-2022", "2018-01-01", "2022-12-31", "year")),
        ("Nella primavera del 2022 tacque.", "it", ("primavera del 2022", "2022-03-20", "2022-06-20", "season")),
        ("She left last Friday.", "en", ("last Friday", "2024-03-08", "2024-03-08", "day")),
        ("They will meet on Monday.", "en", ("Monday", "2024-03-18", "2024-03-18", "day")),
        ("They met on Monday.", "en", ("Monday", "2024-03-11", "2024-03-11", "day")),
        ("It opened in the 1980s.", "en", ("the 1980s", "1980-01-01", "1989-12-31", "decade")),
        (
            "The third quarter of 2023 was bad.",
            "en",
            ("The third quarter of 2023", "2023-07-01", "2023-09-30", "quarter"),
        ),
        ("It ended in early June 2023.", "en", ("early June 2023", "2023-06-01", "2023-06-10", "day")),
        ("It closes by mid-March.", "en", ("mid-March", "2024-03-11", "2024-03-20", "day")),
        ("It opens the week after next.", "en", ("the week after next", "2024-03-25", "2024-03-31", "week")),
        ("He left the month before last.", "en", ("the month before last", "2024-01-01", "2024-01-31", "month")),
        ("It closed half a year ago.", "en", ("half a year ago", "2023-09-01", "2023-09-30", "month")),
        ("They will meet this coming Friday.", "en", ("coming Friday", "2024-03-15", "2024-03-15", "day")),
        ("They will meet next Friday.", "en", ("next Friday", "2024-03-22", "2024-03-22", "day")),
        ("He paid on 12/31/2023.", "en", ("12/31/2023", "2023-12-31", "2023-12-31", "day")),
        ("Firmato il 31/12/2023.", "it", ("31/12/2023", "2023-12-31", "2023-12-31", "day")),
    ],
)
def test_an_expression_is_read(text: str, language: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in read(text, language, DAY)


@pytest.mark.parametrize(
    ("text", "language", "flag"),
    [
        ("Firmato il 31/02/2024.", "it", "no such day"),
        ("Firmato il 31 febbraio 2024.", "it", "no such day"),
        ("Firmato il 00/00/0000.", "it", "no such day"),
        ("Scade il 12/03/9999.", "it", "year out of range"),
        ("It ends on March 12, 9999.", "en", "year out of range"),
    ],
)
def test_a_day_that_cannot_be_is_said_to_be_none(text: str, language: str, flag: str) -> None:
    (row,) = date_text(text, language, DAY).to_dict("records")
    assert (row["is_resolved"], row["from_date"], row["flag"]) == (False, "", flag)


def test_a_wrong_weekday_is_flagged_and_the_date_kept() -> None:
    (row,) = date_text("Si videro lunedì 12 marzo 2024.", "it", DAY).to_dict("records")
    assert (row["from_date"], row["flag"]) == ("2024-03-12", "wrong weekday")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You may ask whether it may rain.", "en"),
        ("May I ask who signed?", "en"),
        ("Lena May said she knew nothing.", "en"),
        ("They march on the palace.", "en"),
        ("Ha parlato Paolo Maggio della ditta.", "it"),
        ("La sede è in via Maggio a Porto Alba.", "it"),
        ("Domenica Tarsi ha negato tutto.", "it"),
        ("Sono arrivate 2000 persone con 1950 euro.", "it"),
        ("Hanno girato sul set con un ago in mare.", "it"),
        ("He sat in the sun and shot 9999 films.", "en"),
    ],
)
def test_a_word_that_only_looks_like_a_time_is_none(text: str, language: str) -> None:
    assert read(text, language) == []


def test_a_surname_stays_a_surname_in_the_whole_text() -> None:
    text = "The minister Lena May resigned.\nLater May spoke, and in May 2023 she left."
    assert [row[0] for row in read(text, "en")] == ["May 2023"]


def test_in_and_of_make_a_month_of_may() -> None:
    assert read("It was signed in May.", "en") == [("May", "2024-05-01", "2024-05-31", "month")]


def test_the_day_before_counts_from_what_was_told() -> None:
    found = read("L'accordo è del 4 marzo 2024.\nIl giorno prima aveva negato; l'anno dopo tacque.")
    assert found[1][:2] == ("Il giorno prima", "2024-03-03")
    assert found[2][:2] == ("l'anno dopo", "2025-01-01")


def test_a_day_after_an_event_dates_the_event() -> None:
    found = read("She spoke on Tuesday, a day after the files were leaked.", "en")
    assert [row[1] for row in found] == ["2024-03-12", "2024-03-11"]


def test_a_month_of_publication_resolves_months_and_no_days() -> None:
    dates = date_text("Ieri, e lo scorso settembre.", "it", "2024-03")
    assert dates["from_date"].tolist() == ["", "2023-09-01"]


def test_other_languages_are_not_read() -> None:
    assert date_text("El 3 de mayo de 2021.", "es", DAY).empty


def test_no_sentence_gives_an_empty_table() -> None:
    documents, sentences = build_tables("Nulla.")
    check_table("dates", find_dates(documents, sentences.iloc[:0]))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "12/",
        "2018-",
        "May ",
        "the ",
        "il 3 ",
        "last week of ",
        "tra il 2018 e ",
        "ieri ",
        "A",
        "'",
        "3 giorni ",
        "İ",
    ],
)
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_line_of_200000_characters_takes_under_a_second(piece: str, language: str) -> None:
    text = (piece * (200_000 // len(piece) + 1))[:200_000]
    documents, sentences = build_tables(text, language=language, published=DAY)
    begun = time.process_time()
    find_dates(documents, sentences)
    assert time.process_time() - begun < 1
