"""Who says what: before, behind and inside a quotation, continued, by role, by pronoun, or left open."""

from __future__ import annotations

import time

import pandas as pd

from inchiesta.quotes.evidentiality import ground_sentences
from inchiesta.quotes.find import find_claims, find_quotes
from inchiesta.tables import check_table
from tests.quotes.frames import build_frames, find_named, said

NERI, ROSSI = {"Anna Neri": "PER", "Neri": "PER"}, {"Paolo Rossi": "PER", "Rossi": "PER"}


def test_the_speaker_stands_behind() -> None:
    assert said("«La legge va cambiata subito», ha detto Anna Neri.", NERI) == [("La legge va cambiata subito", "Neri")]


def test_the_speaker_stands_before() -> None:
    text = "Anna Neri ha dichiarato: «Non firmeremo mai quell'accordo»."
    assert said(text, NERI) == [("Non firmeremo mai quell'accordo", "Neri")]


def test_the_speaker_stands_in_the_middle() -> None:
    text = "«La legge - ha spiegato Anna Neri - va cambiata subito»."
    assert said(text, NERI) == [("La legge - ha spiegato Anna Neri - va cambiata subito", "Neri")]


def test_a_split_quotation_has_one_speaker() -> None:
    text = '"We will not sign," said Anna Neri, "and we will not wait."'
    assert [speaker for _, speaker in said(text, NERI, "en")] == ["Neri", "Neri"]


def test_a_quotation_goes_on_with_the_same_speaker() -> None:
    text = "«La legge va cambiata», ha detto Anna Neri. «E va cambiata adesso», ha aggiunto."
    assert [speaker for _, speaker in said(text, NERI)] == ["Neri", "Neri"]


def test_a_headline_names_its_speaker_before_a_colon() -> None:
    assert said("Neri: «Non firmeremo mai quell'accordo»", NERI)[0][1] == "Neri"


def test_the_one_addressed_does_not_speak() -> None:
    text = "Anna Neri ha risposto a Paolo Rossi: «Non firmeremo mai quell'accordo»."
    assert said(text, NERI | ROSSI)[0][1] == "Neri"


def test_a_role_is_resolved_where_one_person_holds_it() -> None:
    text = "Il ministro Anna Neri è arrivata ieri in città.\nOggi pioveva.\n«Non firmeremo», ha detto il ministro."
    quote = find_named(text, NERI).iloc[0]
    assert (quote["speaker_id"], quote["speaker_surface"]) == ("Neri", "il ministro")


def test_a_role_two_hold_stays_open() -> None:
    text = (
        "Il ministro Anna Neri e il ministro Paolo Rossi sono arrivati ieri.\nOggi pioveva.\nNessuno rispondeva."
        "\nPoi il silenzio.\n«Non firmeremo mai», ha detto il ministro."
    )
    quote = find_named(text, NERI | ROSSI).iloc[-1]
    assert (quote["speaker_id"], quote["speaker_surface"]) == ("", "il ministro")


def test_an_unnamed_source_stays_open_and_is_hearsay() -> None:
    quote = find_named("«Il contratto era falso», ha detto una fonte vicina al dossier.", {}).iloc[0]
    assert (quote["speaker_id"], quote["evidentiality"]) == ("", "hearsay")
    assert "fonte" in quote["speaker_surface"]


def test_titles_and_scare_quotes_are_no_quotations() -> None:
    text = (
        "Il film «Il grande silenzio» esce domani.\nLa cosiddetta «riforma» è ferma.\n"
        'Il progetto "Mare Nostrum" è finito.\n“Con tali amici”\nLa giornata era fredda e il porto chiuso.'
    )
    assert said(text, {}) == []


def test_the_role_and_its_institution_are_kept() -> None:
    text = "«I dati sono chiari e completi», ha detto Anna Neri, analista presso l'Istituto Halden, a Brankov."
    assert find_named(text, NERI).iloc[0]["role"] == "analista presso l'Istituto Halden"


def test_reported_speech_has_its_span_and_claim() -> None:
    quotes = find_named("Anna Neri ha negato che il governo abbia firmato il contratto.", NERI)
    row = quotes.iloc[0]
    assert (row["kind"], row["text"]) == ("indirect", "il governo abbia firmato il contratto")
    assert (row["speaker_id"], row["claim"], row["evidentiality"]) == ("Neri", "denies", "denied")
    english = find_named("According to Anna Neri, the deal was never signed.", NERI, "en").iloc[0]
    assert (english["kind"], english["text"], english["speaker_id"]) == (
        "indirect",
        "the deal was never signed",
        "Neri",
    )


def test_sentences_stand_on_somebodys_word_or_nobodys() -> None:
    text = (
        "Il porto ha chiuso ieri. Secondo fonti anonime la nave è partita. La ditta avrebbe venduto i droni. "
        "Anna Neri ha negato di aver firmato il contratto. Il governo ha detto che la nave è ferma."
    )
    documents, sentences = build_frames(text, "it")
    claims = find_claims(documents, sentences)
    check_table("claims", claims)
    grounds = dict(zip(claims["sentence_id"], claims["evidentiality"], strict=True))
    assert grounds["d1:0002"] == "hearsay"
    assert grounds["d1:0003"] == "hearsay"
    assert grounds["d1:0004"] == "denied"
    assert "d1:0001" not in grounds


def test_without_mentions_names_are_guessed() -> None:
    documents, sentences = build_frames("«La legge va cambiata subito», ha detto ieri Anna Neri.", "it")
    quotes = find_quotes(documents, sentences)
    check_table("quotes", quotes)
    assert quotes["speaker_surface"].tolist() == ["Anna Neri"]
    assert quotes["speaker_id"].tolist() == [""]


def test_no_text_gives_an_empty_table() -> None:
    documents, sentences = build_frames("", "it")
    check_table("quotes", find_quotes(documents, sentences))


def test_nothing_given_is_changed() -> None:
    documents, sentences = build_frames("«Basta con le bugie», ha detto Anna Neri.", "it")
    before = documents.copy(), sentences.copy()
    find_quotes(documents, sentences)
    pd.testing.assert_frame_equal(documents, before[0])
    pd.testing.assert_frame_equal(sentences, before[1])


def test_other_languages_are_not_read() -> None:
    documents, sentences = build_frames("« Assez de mensonges », a dit Anna Neri.", "fr")
    assert find_quotes(documents, sentences).empty


def test_one_long_line_of_quotations_is_read_in_linear_time() -> None:
    text = "«Non firmeremo mai», ha detto Anna Neri, e «non tratteremo», ha aggiunto. " * 2700
    documents, sentences = build_frames(text, "it")
    begun = time.process_time()
    quotes = find_quotes(documents, sentences)
    assert len(quotes) > 5000
    assert time.process_time() - begun < 20


def test_a_role_two_hold_is_resolved_where_only_one_of_them_is_near() -> None:
    text = (
        "Il ministro Paolo Rossi era partito.\nPioveva.\nNessuno rispondeva.\nPoi il silenzio.\n"
        "Il ministro Anna Neri è arrivata ieri in città.\n«Non firmeremo mai quell'accordo», ha detto il ministro."
    )
    assert said(text, NERI | ROSSI)[-1][1] == "Neri"


def test_a_role_of_the_same_family_means_the_only_one_who_has_such_a_role() -> None:
    text = (
        "L'arcivescovo Anna Neri è in città con il sindaco Paolo Rossi.\nPioveva.\nNessuno rispondeva.\n"
        "Poi il silenzio.\n«Non firmeremo mai quell'accordo», ha detto il prelato."
    )
    quote = find_named(text, NERI | ROSSI).iloc[-1]
    assert (quote["speaker_id"], quote["speaker_surface"]) == ("Neri", "il prelato")


def test_the_company_means_the_only_one_named_near() -> None:
    text = "La Arvex ha chiuso l'impianto ieri mattina.\n«Non abbiamo nulla da nascondere», ha risposto la società."
    assert said(text, {"Arvex": "ORG"})[0][1] == "Arvex"


def test_the_company_stays_open_between_two() -> None:
    text = "La Arvex ha citato la Kormat ieri.\n«Non abbiamo nulla da nascondere», ha risposto la società."
    quote = find_named(text, {"Arvex": "ORG", "Kormat": "ORG"}).iloc[0]
    assert (quote["speaker_id"], quote["speaker_surface"]) == ("", "la società")


def test_every_sentence_has_a_ground_and_one_that_is_not_read_has_none() -> None:
    documents, sentences = build_frames(
        "La legge è cambiata.\nFonti anonime parlano di un accordo.\nNadie lo sabe.", "it"
    )
    sentences["language"] = ["it", "it", "es"]
    grounds = ground_sentences(sentences, find_claims(documents, sentences))
    assert grounds.to_dict() == {"d1:0001": "stated", "d1:0002": "hearsay", "d1:0003": ""}
