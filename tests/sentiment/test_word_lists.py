import pytest

from inchiesta.sentiment.expressions import MARKERS, read_markers, read_shifters, read_tones
from inchiesta.sentiment.lexicon import LANGUAGES, read_lexicon


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tone_row_has_a_score_and_a_target_we_know(language: str) -> None:
    rows = list(read_tones(language))
    assert len(rows) > 5000
    assert all(-1 <= row.score <= 1 and row.score for row in rows)
    assert {row.target for row in rows} == {"agent", "patient", "holder", "both", "none"}
    assert {row.pos for row in rows} == {"adj", "adv", "noun", "phrase", "verb"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shifter_row_has_a_kind_and_a_scope_we_know(language: str) -> None:
    rows = list(read_shifters(language))
    kinds = {"adversative", "conditional", "diminisher", "hearsay", "intensifier", "irony", "negation", "stop"}
    assert {row.shift for row in rows} == kinds
    assert {row.scope for row in rows} <= {"words after", "words before", "clause", "suffix"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marker_has_a_role(language: str) -> None:
    markers = read_markers(language)
    assert set(markers) == set(MARKERS)
    assert {role for role in MARKERS if not markers[role]} <= {"auxiliary"}


def test_a_language_without_a_lexicon_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(KeyError, match="it, en"):
        read_lexicon("de")
