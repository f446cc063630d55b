"""Where sentences end, and where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.text.sentences import is_heading, split_sentences


def split(text: str, language: str = "it") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Il dott. Rossi e l'on. Bianchi arrivano alle 10.30.", "Poi parlano."],
        ["A. Rossi incontra J. F. Kennedy.", "È tardi."],
        ["L'art. 5 della l. 104 vale 1.200 euro, n. 5 di 3.5 milioni.", "Fine."],
        ["Il governo: «Basta.", "Non va.»", "Il resto è silenzio."],
        ["“Perché?” ha chiesto il ministro.", "Nessuno rispose."],
        ["Non so... forse domani.", "Vedremo."],
        ["Il resto (vedi p. 5) è noto.", "(Si veda oltre.)", "Ecco."],
        ["Lo dice www.esempio.it e anche Esempio.it oggi.", "Punto."],
        ["La S.p.A. Esempio chiude.", "Lavorava per la S.p.A.", "Il resto segue."],
        ["Nel 2022.", "La Russia si muove."],
        ["1. Primo punto.", "Secondo punto."],
        ["Ha usato la vitamina C.", "Il medico approva."],
        ["Lo ha detto a Minsk.", "– Il resto è noto."],
        ["La crisi è finita.”", "Così il ministro."],
    ],
)
def test_italian_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Smith of the U.S. Navy left the U.S.", "The plan failed at 5 p.m.", "He said No.", "Then No. 5 won."],
        ['"Is it over?" he asked.', '"Go."', "They went."],
        ["Ph.D. students, e.g. John, met Sgt. J. R. Doe et al. in St. Paul.", "It's over."],
        ["On Jan. 5 it was $3.5 million.", "Apple Inc. Chief Tim Cook agreed."],
    ],
)
def test_english_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences), "en") == sentences


def test_a_lost_space_still_ends_a_sentence() -> None:
    assert split("Lo ha detto a Minsk.Il governo tace.") == ["Lo ha detto a Minsk.", "Il governo tace."]


def test_a_quotation_mark_set_apart_closes_its_sentence() -> None:
    assert split('Ha detto: " È finita. " Poi è uscito.') == ['Ha detto: " È finita. "', "Poi è uscito."]


def test_other_scripts_have_their_own_stops() -> None:
    assert split("总理表示。该国准备！你好", "zh") == ["总理表示。", "该国准备！", "你好"]


def test_german_days_do_not_end_a_sentence() -> None:
    assert split("Am 3. Oktober kam er. „Das ist gut.“ Dann ging er.", "de")[0] == "Am 3. Oktober kam er."


def test_no_sentence_goes_beyond_its_line() -> None:
    assert split("Perdita di documenti\n\nI testi dicono\nche") == ["Perdita di documenti", "I testi dicono", "che"]


ALPHABET = st.one_of(st.characters(), st.sampled_from(list(" \n.!?…«»“”\"'’()[]-–。ABab1 ")))


@given(st.text(ALPHABET, max_size=120), st.sampled_from(["it", "en", "de", "und"]))
def test_offsets_are_exact_for_any_text(text: str, language: str) -> None:
    position = 0
    for start, end in split_sentences(text, language):
        sentence = text[start:end]
        assert position <= start < end and sentence == sentence.strip() and "\n" not in sentence
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "line", ["Perdita di documenti", "“Con tali amici”", "Marenghi: «Resto io»", "2023, un anno difficile"]
)
def test_a_short_line_without_a_stop_is_a_heading(line: str) -> None:
    assert is_heading(line, 1)


@pytest.mark.parametrize(
    "line",
    [
        "Lo riferisce Politico.",
        "I punti sono:",
        "“non stanno adempiendo",
        "—Il ministro",
        "che poi tacque",
        "1985",
        "«È finita.»",
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert not is_heading(line, 1)
