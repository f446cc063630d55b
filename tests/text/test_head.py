"""What a text states about itself."""

from inchiesta.text.prepare import Prepared, prepare_document

BODY = "Il ministro ha annunciato le dimissioni dopo la riunione del governo."


def prepare(raw: str, *, title: str = "", format: str = "txt") -> Prepared:
    return prepare_document(raw, document_id="d1", title=title, format=format)


def test_the_first_short_line_is_the_title_and_stays() -> None:
    prepared = prepare(f"Il ministro lascia\n{BODY}")
    assert prepared.title == "Il ministro lascia" and prepared.text.startswith("Il ministro lascia\n")
    assert [row[6] for row in prepared.sentences] == [True, False]


def test_a_sentence_is_no_title() -> None:
    assert prepare(f"{BODY}\n{BODY}").title == ""


def test_a_single_line_has_no_title() -> None:
    assert prepare("Solo una riga").title == ""


def test_statements_at_the_head_are_read_and_taken_out() -> None:
    raw = f"Titolo: Il ministro lascia\nData: 12 marzo 2024\nFonte: La Voce\nAutore: A. Rossi\n\n{BODY}"
    prepared = prepare(raw)
    assert prepared.text == BODY
    stated = (prepared.title, prepared.published_on, prepared.date_precision, prepared.source, prepared.author)
    assert stated == ("Il ministro lascia", "2024-03-12", "day", "La Voce", "A. Rossi")
    assert {row[7] for row in prepared.edits} <= {"metadata", "spacing"}


def test_front_matter_is_read() -> None:
    raw = f'---\ntitle: "Il ministro lascia"\ndate: 2024-03-12\ntags:\n  - a\n---\n# Il ministro lascia\n\n{BODY}'
    prepared = prepare(raw, format="md")
    assert (prepared.title, prepared.published_on) == ("Il ministro lascia", "2024-03-12")
    assert prepared.text == f"Il ministro lascia\n\n{BODY}"


def test_a_line_that_is_only_a_date_dates_the_text() -> None:
    assert prepare(f"Friday, January 4, 2019\n\n{BODY}").published_on == "2019-01-04"
    assert prepare(f"Il ministro lascia\nsabato 16 settembre 2023\n{BODY}").published_on == "2023-09-16"


def test_a_title_with_a_date_is_no_date_line() -> None:
    prepared = prepare(f"Bologna, 2 agosto 1980\n{BODY}")
    assert prepared.published_on == "" and prepared.title == "Bologna, 2 agosto 1980"


def test_a_given_title_wins_and_is_not_written_into_the_text() -> None:
    prepared = prepare(BODY, title="Dal giornale")
    assert prepared.title == "Dal giornale" and prepared.text == BODY


def test_a_line_of_the_page_is_no_title() -> None:
    assert prepare(f"Condividi\nIl ministro lascia\n{BODY}").title == "Il ministro lascia"
