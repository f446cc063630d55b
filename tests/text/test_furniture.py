"""Page furniture: known phrases and lines learned from a corpus."""

import pytest

from inchiesta.text.clean import mend_characters, mend_lines
from inchiesta.text.edits import Revision
from inchiesta.text.recurring import Candidates, candidate_lines, learn_furniture


def strip(raw: str, learned: frozenset[str] = frozenset()) -> tuple[str, list[str]]:
    revision = Revision(raw)
    mend_characters(revision)
    mend_lines(revision, learned=learned, markdown=False)
    return revision.text, [edit.rule for edit in revision.edits()]


@pytest.mark.parametrize(
    "line",
    [
        "Argomenti correlati:",
        "ALTRE NOTIZIE",
        "© Riproduzione riservata",
        "Leggi anche: il voto di domani",
        "• Condividi",
        "Foto: Agenzia X",
        "Read more: what we know",
        "P.IVA 01234567890",
        "Sign up for our newsletter",
        "5 min read",
        "Copyright © 2023 Giornale di Porto. Tutti i diritti riservati.",
    ],
)
def test_a_line_of_the_page_goes(line: str) -> None:
    text, rules = strip(f"Il titolo\nIl testo dice così.\n{line}\nE poi dice altro.")
    assert text == "Il titolo\nIl testo dice così.\nE poi dice altro."
    assert [rule for rule in rules if rule.startswith("furniture:")]


@pytest.mark.parametrize(
    "line",
    [
        "Perdita di documenti",
        "“Con tali amici”",
        "La procura indaga sulla riproduzione riservata di atti che il giornale avrebbe pubblicato a marzo.",
        "Fotografie dal fronte",
        "Il ministro si è dimesso ieri sera a Roma. (ANSA)",
        "Privacy policy di Meta sotto accusa anche a Bruxelles",
        "Sign up for the draft began on Monday in all cities.",
        "She was last seen in the old harbour two days ago",
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    raw = f"Il titolo\nIl testo dice così.\n{line}\nE poi dice altro."
    assert strip(raw)[0] == raw


def test_the_headline_goes_only_when_a_phrase_fills_it() -> None:
    assert strip("Video: the day the wall fell\nIt fell on Monday.")[0].startswith("Video")
    assert strip("Condividi\nIt fell on Monday.")[0] == "It fell on Monday."


def different(n: int, *extra: str) -> list[str]:
    words = ["armi", "voto", "porto", "legge", "treno", "acqua", "scuola", "banca", "teatro", "fiume", "radio", "grano"]
    return [
        f"Notizia {words[i]}\nSulla vicenda di {words[i]} e {words[(i * 5 + 1) % 12]} il comune ha scritto spesso. "
        f"Ha poi aggiunto che {words[i]} non basta alla {words[(i * 7 + 2) % 12]} della città vecchia.\n"
        + "\n".join(extra)
        for i in range(n)
    ]


def learn(texts: list[str]) -> frozenset[str]:
    return learn_furniture(("a source", candidate_lines(text)) for text in texts).get("a source", frozenset())


def test_a_line_that_recurs_in_different_texts_is_learned() -> None:
    learned = learn(different(10, "La voce del porto – cronaca", "Aggiornamento delle 18:30"))
    assert learned == {"la voce del porto – cronaca", "aggiornamento delle 00:00"}
    text, rules = strip("Un titolo\nIl testo dice così.\nLA VOCE DEL PORTO – cronaca\n", learned)
    assert text == "Un titolo\nIl testo dice così." and "learned" in rules


def test_copies_of_one_text_teach_nothing() -> None:
    copies = ["Prima riga.\n" + different(1, "Le reazioni", "Il voto")[0] + "\n" * i for i in range(8)]
    assert learn(copies) == frozenset()


def test_two_texts_are_not_enough() -> None:
    assert learn(different(2, "La voce del porto – cronaca")) == frozenset()


def test_a_full_sentence_is_learned_only_when_most_texts_carry_it() -> None:
    notice = "Questo giornale vive soltanto grazie alle offerte dei suoi lettori."
    some = [text + (notice if i < 4 else "") for i, text in enumerate(different(12))]
    assert learn(some) == frozenset()
    assert learn(different(12, notice))


def test_sources_do_not_teach_each_other() -> None:
    pairs = [(f"source {i % 4}", candidate_lines(text)) for i, text in enumerate(different(8, "Riga comune"))]
    assert learn_furniture(pairs) == {}


def test_the_order_of_documents_does_not_matter() -> None:
    candidates = [("s", candidate_lines(text)) for text in different(9, "Riga comune", "Altra riga")]
    assert learn_furniture(candidates) == learn_furniture(candidates[::-1])


def test_candidates_are_plain_values() -> None:
    lines, fingerprint = candidate_lines("Un titolo\n  Un   Titolo \n12 voti\n" + "parola " * 30)
    assert lines == ["un titolo", "00 voti"] and isinstance(fingerprint, int) and -(2**63) <= fingerprint < 2**63
    assert isinstance(candidate_lines(""), Candidates)
