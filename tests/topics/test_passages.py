import pandas as pd

from inchiesta.corpus.counting import documents_standing_for_origins
from inchiesta.topics.passages import find_passages

LONG = " ".join(["parola"] * 30) + "."


def documents(*rows: tuple[str, str, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["document_id", "origin_id", "n_chars"])
    return table.assign(status="read")


def sentences(*rows: tuple[str, int, str, bool, int | None]) -> pd.DataFrame:
    columns = ["document_id", "paragraph", "text", "is_heading", "repeats_paragraph"]
    table = pd.DataFrame(rows, columns=columns)
    numbers = table.groupby("document_id").cumcount() + 1
    table["sentence_id"] = [f"{d}:{n:04d}" for d, n in zip(table["document_id"], numbers, strict=True)]
    table["start_char"] = numbers * 1000
    table["language"] = "it"
    return table.astype({"repeats_paragraph": "Int64"})


def test_a_heading_joins_the_paragraph_below_it() -> None:
    table = sentences(("d1", 0, "Titolo", True, None), ("d1", 1, LONG, False, None))
    (found,) = find_passages(documents(("d1", "o1", 9)), table)
    assert (found.passage_id, found.first_sentence_id, found.last_sentence_id) == ("d1:p0000", "d1:0001", "d1:0002")


def test_short_paragraphs_join_until_there_is_substance_and_the_last_joins_the_one_above() -> None:
    table = sentences(*(("d1", n, text, False, None) for n, text in enumerate(["Uno.", "Due.", LONG, LONG, "Tre."])))
    found = find_passages(documents(("d1", "o1", 9)), table)
    assert [p.passage_id for p in found] == ["d1:p0000", "d1:p0003"]
    assert found[1].last_sentence_id == "d1:0005"


def test_a_repeated_paragraph_stands_alone_and_does_not_count() -> None:
    table = sentences(("d1", 0, LONG, False, None), ("d1", 1, "Breve.", False, 0), ("d1", 2, LONG, False, None))
    found = find_passages(documents(("d1", "o1", 9)), table)
    assert [(p.passage_id, p.counts) for p in found] == [("d1:p0000", True), ("d1:p0001", False), ("d1:p0002", True)]


def test_the_longest_document_stands_for_its_origin() -> None:
    table = documents(("d1", "o1", 5), ("d2", "o1", 9), ("d3", "o1", 9), ("d4", "", 1), ("d5", "", 1))
    assert documents_standing_for_origins(table) == {"d2", "d4", "d5"}


def test_copies_are_passages_that_do_not_count() -> None:
    table = sentences(("d1", 0, LONG, False, None), ("d2", 0, LONG, False, None))
    found = find_passages(documents(("d1", "o1", 9), ("d2", "o1", 9)), table)
    assert [p.counts for p in found] == [True, False]
