"""The document that opened the investigation: nine quotations, one of them twice, and a heading that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

import inchiesta
from inchiesta.dossier import Dossier

SEED = Path(__file__).parents[2] / "seeds"
EXPECTED = [
    ("non stanno adempiendo", "per-nikol-pashinyan"),
    ("non stanno adempiendo", "per-nikol-pashinyan"),
    ("Questo equipaggiamento", "per-eduard-arakelyan"),
    ("Formalmente", "per-eduard-arakelyan"),
    ("il nostro uomo", "per-alexander-lukashenko"),
    ("sbagliato", "per-alexander-lukashenko"),
    ("abbiamo più amici", "per-ilham-aliyev"),
    ("Dimostra davvero", "per-ivana-stradner"),
    ("È ridicolo pensare", "per-ivana-stradner"),
    ("Quando si tratta", "per-ivana-stradner"),
]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return inchiesta.open(SEED)


def test_the_seed_has_its_nine_quotations_with_their_speakers(dossier: Dossier) -> None:
    quotes = dossier.table("quotes")
    direct = quotes[quotes["kind"] != "indirect"]
    assert len(direct) == len(EXPECTED)
    for row, (begins, speaker) in zip(direct.itertuples(), EXPECTED, strict=True):
        assert row.text.startswith(begins)
        assert row.speaker_id == speaker
    assert not quotes["text"].str.contains("Con tali amici").any()


def test_papers_that_reveal_are_not_a_person_who_speaks(dossier: Dossier) -> None:
    quotes = dossier.table("quotes")
    assert not quotes["text"].str.startswith("il tradimento della Bielorussia").any()


def test_the_quotation_that_stands_twice_is_linked(dossier: Dossier) -> None:
    echoes = dossier.table("echoes")
    assert echoes["wording"].tolist() == ["reworded"]
    assert echoes["speakers"].tolist() == ["agree"]


def test_what_rests_on_leaked_papers_is_hearsay(dossier: Dossier) -> None:
    claims = dossier.table("claims").merge(dossier.sentences[["sentence_id", "text"]], on="sentence_id")
    leaked = claims[claims["text"].str.contains("documenti trapelati")]
    assert set(leaked["evidentiality"]) == {"hearsay"}


def test_offsets_give_the_text(dossier: Dossier) -> None:
    text = dossier.documents["text"].iloc[0]
    for row in dossier.quotes.itertuples():
        assert text[row.start_char : row.end_char] == row.text
        if row.speaker_start_char >= 0:
            assert text[row.speaker_start_char :].startswith(row.speaker_surface)
