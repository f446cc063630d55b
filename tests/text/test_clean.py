"""Cleaning: what goes, what stays, and that it is on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.text.clean import mend_characters, mend_lines
from inchiesta.text.edits import Revision
from tests.text.test_edits import check_edits


def clean(raw: str, *, markdown: bool = False, learned: frozenset[str] = frozenset()) -> Revision:
    revision = Revision(raw)
    mend_characters(revision)
    mend_lines(revision, learned=learned, markdown=markdown)
    check_edits(raw, revision.text, revision.edits())
    return revision


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Vladimir Putin .", "Vladimir Putin."),
        ("alleato della Russia , mettere ( CSTO )", "alleato della Russia, mettere (CSTO)"),
        ("disse … poi", "disse … poi"),
        ("< p>Lo riferisce Politico.", "Lo riferisce Politico."),
        ("bianco. < p>Egli disse", "bianco.\nEgli disse"),
        ("<p>Uno</p><p>due &amp; tre</p>", "Uno\ndue & tre"),
        ("a&nbsp;&nbsp;b", "a b"),
        ("prima<script>var x = 1 < 2;</script> dopo", "prima dopo"),
        ("2 < 3 e 4 > 1", "2 < 3 e 4 > 1"),
        ("per\u00adché\u200b no\ufeff", "perché no"),
        ("a\u202eb", "ab"),
        ("perchÃ© Ã¨ lâ€™ora", "perché è l’ora"),
        ("SÃO PAULO e «così» “là”", "SÃO PAULO e «così» “là”"),
        ("« oui » dit-il", "« oui » dit-il"),
        ("uno  due\t tre \n\n\n\n quattro\n", "uno due tre\n\nquattro"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_text_is_cleaned(raw: str, expected: str) -> None:
    assert clean(raw).text == expected


def test_a_direction_control_is_named() -> None:
    assert [edit.rule for edit in clean("a\u202eb\u200bc").edits()] == ["bidi control", "invisible"]


def test_quotation_marks_stay_as_they_are() -> None:
    raw = "“Con tali amici” «così» 'no' \"sì\" ‘x’ l’Armenia"
    assert clean(raw).text == raw


WRAPPED = (
    "Il primo ministro ha annunciato ieri che il governo avvierà il\n"
    "processo di uscita dal blocco perché i suoi membri non stanno\n"
    "adempiendo agli obblighi che derivano dal trattato, ma stanno\n"
    "pianificando una guerra. La decisione è arrivata dopo le informa-\n"
    "zioni dei giorni scorsi sulle armi vendute a un paese vicino.\n"
    "\n"
    "Nessun commento."
)


def test_clear_wrapping_is_undone() -> None:
    text = clean(WRAPPED).text
    assert text.count("\n") == 2
    assert "avvierà il processo" in text and "le informazioni dei" in text


def test_one_sentence_a_line_is_no_wrapping() -> None:
    raw = "\n".join(["Il governo ha deciso di uscire subito dal blocco militare."] * 8)
    assert clean(raw).text == raw


def test_markdown_signs_go_and_words_stay() -> None:
    raw = "# Il titolo\n\n> Un **testo** con [un link](https://example.org/a_(b)) e `codice`, 2 * 3 * 4, nome_di_file"
    expected = "Il titolo\n\nUn testo con un link e codice, 2 * 3 * 4, nome_di_file"
    assert clean(raw, markdown=True).text == expected
    assert clean(raw).text == raw


@given(st.text(max_size=200))
def test_any_text_is_cleaned_on_record(raw: str) -> None:
    clean(raw)


@given(
    st.lists(
        st.sampled_from(
            ["< p>", "&nbsp;", " ", "\n", "Ã©", "â€™", "a", "Tag", ".", "\u202e", "**", "#", "-->", "[x](y)"]
        )
    )
)
def test_any_mixture_is_cleaned_on_record(pieces: list[str]) -> None:
    clean("".join(pieces))
    clean("".join(pieces), markdown=True)
