"""Names in texts: what is found, with which kind, and what must never be."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchiesta.actors.find import find_mentions
from inchiesta.tables import check_table
from tests.actors.frames import build_frames


def names(text: str, language: str = "it", **options: object) -> dict[str, str]:
    documents, sentences = build_frames(text, language=language)
    mentions = find_mentions(documents, sentences, **options)  # type: ignore[arg-type]
    check_table("mentions", mentions)
    return dict(zip(mentions["surface"], mentions["kind"], strict=True))


def ids(text: str, language: str = "it") -> dict[str, str]:
    documents, sentences = build_frames(text, language=language)
    mentions = find_mentions(documents, sentences)
    return dict(zip(mentions["surface"], mentions["actor_id"], strict=True))


def test_elided_articles_are_no_part_of_a_name() -> None:
    assert ids("L'Armenia e l’Azerbaigian accusano dell’Iran il governo.") == {
        "Armenia": "AM",
        "Azerbaigian": "AZ",
        "Iran": "IR",
    }


def test_both_spellings_of_a_state_are_one_listed_actor() -> None:
    assert ids("Si parla di Azerbaigian e poi di Azerbaijan.") == {"Azerbaigian": "AZ", "Azerbaijan": "AZ"}


def test_a_listed_name_needs_word_boundaries_and_capitals() -> None:
    assert names("Gli iraniani comprano armi usa e getta, dice la nato.") == {}


def test_the_longest_listed_name_wins() -> None:
    assert ids("Entra nell'Organizzazione del Trattato di Sicurezza Collettiva (CSTO).") == {
        "Organizzazione del Trattato di Sicurezza Collettiva": "csto",
        "CSTO": "csto",
    }


def test_a_republic_of_a_listed_state_is_that_state() -> None:
    assert ids("Sul territorio della stessa Repubblica d’Armenia si combatte.")["Repubblica d’Armenia"] == "AM"


def test_seats_are_found_with_their_own_form() -> None:
    documents, sentences = build_frames("Senza il sostegno del Cremlino nulla si muove.")
    mentions = find_mentions(documents, sentences)
    assert mentions[["surface", "actor_id", "form"]].to_numpy().tolist() == [["Cremlino", "RU", "seat"]]


def test_demonyms_are_found_only_when_asked_for() -> None:
    text = "Il premier armeno tace."
    assert names(text) == {}
    assert names(text, forms=("name", "demonym")) == {"armeno": "LOC"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ieri il presidente Aldo Marenghi ha parlato.", {"Aldo Marenghi": "PER"}),
        ("Lo riferisce la ministra della Difesa Lenka Dravic in aula.", {"Lenka Dravic": "PER"}),
        ("Secondo la presidente Ursula von der Leyen, serve tempo.", {"Ursula von der Leyen": "PER"}),
        ("Il premier Giuseppe Conte risponde.", {"Giuseppe Conte": "PER"}),
        ("Lo dice suor Agnes Moro al telefono.", {"Agnes Moro": "PER"}),
        ("Le armi della Kestovia sono in Kestovia da anni.", {"Kestovia": "LOC"}),
        ("Ne parla la Fondazione per la Difesa dei Mari.", {"Fondazione per la Difesa dei Mari": "ORG"}),
        (
            "Lavora presso il Centro regionale per la democrazia e la sicurezza con sede altrove.",
            {"Centro regionale per la democrazia e la sicurezza": "ORG"},
        ),
        ("Il corteo ha percorso via Padova in silenzio.", {"via Padova": "LOC"}),
        ("Il drone Falco-9 è caduto.", {"Falco-9": "OTHER"}),
    ],
)
def test_italian_names_no_list_knows(text: str, expected: dict[str, str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reporters met President Orhan Tessaly at noon.", {"Orhan Tessaly": "PER"}),
        ("They saw Russian President Vladimir Putin there.", {"Vladimir Putin": "PER"}),
        (
            "A report by Samuel Okoro-Lindt of the Halden Institute.",
            {"Samuel Okoro-Lindt": "PER", "Halden Institute": "ORG"},
        ),
        ("He joined the Lorvan Treaty Alliance (LTA) early.", {"Lorvan Treaty Alliance": "ORG", "LTA": "ORG"}),
        ("Fighting went on in Brankov and near Ulmet.", {"Brankov": "LOC", "Ulmet": "LOC"}),
        ("A search at Arvex Systems found Armenia's papers.", {"Arvex Systems": "ORG", "Armenia": "LOC"}),
    ],
)
def test_english_names_no_list_knows(text: str, expected: dict[str, str]) -> None:
    assert names(text, "en") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Formalmente nulla cambia.\nDroni e carri avanzano.\nChiamarlo pace è troppo.",
        "Lo Stato, il Paese e il Governo tacciono lunedì e in Aprile.",
        "Il Presidente e il Ministro della Difesa tornano.",
        "I Cristiani, gli Ebrei e i Musulmani pregano Dio.",
    ],
)
def test_ordinary_italian_words_are_no_actors(text: str) -> None:
    assert names(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday nothing changed.\nHowever, on Monday it rained.\nIn March I'm off.",
        "The President and the Prime Minister met the King on Sundays.",
        "Tarnian artillery fell silent and the Tarnians left.",
    ],
)
def test_ordinary_english_words_are_no_actors(text: str) -> None:
    assert names(text, "en") == {}


def test_a_headline_in_title_case_counts_only_names_the_text_has() -> None:
    text = "Marenghi Wins Narrow Vote After Long Protests\nPresident Aldo Marenghi won on Sunday."
    assert names(text, "en") == {"Marenghi": "PER", "Aldo Marenghi": "PER"}


def test_a_sentence_opener_counts_when_the_text_has_the_name_elsewhere() -> None:
    assert names("Stakhar tace.\nLo dice il premier Ivo Stakhar.") == {"Stakhar": "PER", "Ivo Stakhar": "PER"}
    assert names("Stakhar tace.") == {}


def test_a_word_that_is_also_a_newspaper_needs_support() -> None:
    assert names("Dice che il Domani verrà. Lo scrive Libero da anni.").get("Domani") is None
    assert names("Lo scrive il quotidiano Domani in prima pagina.") == {"Domani": "ORG"}


def test_other_languages_get_listed_names_only() -> None:
    assert names("El presidente Aldo Marenghi visitó Armenia ayer.", "es") == {"Armenia": "LOC"}


def test_empty_tables_give_an_empty_table() -> None:
    documents, sentences = build_frames("")
    check_table("mentions", find_mentions(documents, sentences))
    check_table("mentions", find_mentions(documents.iloc[:0], sentences))


def test_the_answer_does_not_depend_on_the_batch() -> None:
    documents, sentences = build_frames("Lo dice Aldo Marenghi.", "Lo dice Marenghi a Minsk.")
    together = find_mentions(documents, sentences)
    apart = pd.concat([find_mentions(documents.iloc[[0]], sentences), find_mentions(documents.iloc[[1]], sentences)])
    pd.testing.assert_frame_equal(together, apart.reset_index(drop=True))


FIRST = ["Armenia", "l'Armenia", "Putin", "Vladimir", "di", "del", "von", "the", "of", "and", "UE", "(CSTO)", "Stato"]
SECOND = [
    "Ferrucci-Lindt",
    "McDonald",
    "D'Alema",
    "via",
    "San",
    "Pietro",
    "presidente",
    "President",
    "U.S.",
    "J.",
    "Mr.",
]
THIRD = [
    "«Il",
    "L’Aquila",
    "СТАХАР",
    "3",
    "A",
    "Banca",
    "d’Italia",
    "-",
    "–",
    "\n",
    ".",
    "al-Assad",
    "Ginevra-Cointrin",
]
WORDS = st.sampled_from([*FIRST, *SECOND, *THIRD])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25), st.sampled_from(["it", "en"]))
def test_spans_are_exact_and_never_overlap(words: list[str], language: str) -> None:
    documents, sentences = build_frames(" ".join(words), language=language)
    mentions = find_mentions(documents, sentences)
    text = documents["text"].iloc[0]
    reached = 0
    for start, end, surface in mentions[["start_char", "end_char", "surface"]].itertuples(index=False):
        assert text[start:end] == surface
        assert reached <= start < end
        reached = end
