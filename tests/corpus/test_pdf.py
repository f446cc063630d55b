from __future__ import annotations

import pytest

from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.pdf import parse_pdf
from tests.fixtures.pdfs import build_pdf

LINES = [
    "The minister said on Tuesday that the govern-",
    "ment would publish the documents it had received in",
    "the spring, and that nobody had asked it to keep them",
    "secret.",
    "",
    "A second paragraph begins here, after a gap, and it goes",
    "on to its end.",
    "   An indented paragraph starts here and goes on and on",
    "to the end of the page without ending it, and",
]


def refused(content: bytes) -> str:
    with pytest.raises(SetAsideError) as caught:
        parse_pdf(content)
    return caught.value.reason


def test_lines_become_paragraphs_across_hyphens_and_pages() -> None:
    found = parse_pdf(build_pdf([LINES, ["then it ends here. Perché no: è “bello”.", "", "Fine."]]))
    assert found.text.split("\n\n") == [
        "The minister said on Tuesday that the government would publish the documents it had received in the spring, "
        "and that nobody had asked it to keep them secret.",
        "A second paragraph begins here, after a gap, and it goes on to its end.",
        "An indented paragraph starts here and goes on and on to the end of the page without ending it, and then it "
        "ends here. Perché no: è “bello”.",
        "Fine.",
    ]


def test_a_hyphen_before_a_capital_stays() -> None:
    lines = ["The talks were held in Emilia-", "Romagna by all of the parties that had been invited."]
    assert parse_pdf(build_pdf([lines])).text.startswith("The talks were held in Emilia-")


def test_title_and_author_are_stated_and_the_file_s_date_is_not_the_publication_s() -> None:
    found = parse_pdf(build_pdf([["Words."]], title="A title", author="Anna B."))
    assert (found.title, found.author, found.published_on) == ("A title", "Anna B.", "")
    assert parse_pdf(build_pdf([["Words."]], title="report_final.docx")).title == ""


def test_a_locked_file_is_encrypted() -> None:
    assert refused(build_pdf([LINES], password="geheim")).startswith("encrypted: ")


def test_a_scanned_file_has_no_text() -> None:
    assert refused(build_pdf([[], []])) == (
        f"{Outcome.NO_TEXT.value}: 2 pages without a letter, probably scanned; run OCR over the file"
    )


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.4\n" + b"\0" * 1000])
def test_a_broken_file_is_damaged(content: bytes) -> None:
    assert refused(content).startswith("damaged: ")
