"""Marking a sentence never changes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inchiesta.findings import make_finding
from inchiesta.report.evidence import GROUNDS, EvidenceIndex, mark_sentence


def test_a_toned_word_inside_a_name_carries_both_marks() -> None:
    pieces, _ = mark_sentence("Il Fronte Brutale avanza", [(3, 17, "FB")], ["-brutale"])
    assert [(piece.text, piece.actor, piece.sign) for piece in pieces] == [
        ("Il ", "", ""),
        ("Fronte ", "FB", ""),
        ("Brutale", "FB", "−"),
        (" avanza", "", ""),
    ]


def test_a_toned_word_is_found_as_a_whole_word_only() -> None:
    pieces, unplaced = mark_sentence("gravemente (grave)", [], ["-grave", "+alleato", "odd", ""])
    assert [piece.text for piece in pieces if piece.sign] == ["grave"]
    assert unplaced == ("+alleato",)


def test_a_mention_outside_the_sentence_is_left_out() -> None:
    pieces, _ = mark_sentence("Aliyev", [(-3, 2, "x"), (4, 99, "y"), (2, 2, "z")], [])
    assert [piece.actor for piece in pieces] == [""]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.just("actor")), max_size=5),
    st.lists(st.text(max_size=5).map(lambda word: f"-{word}"), max_size=3),
)
def test_the_pieces_joined_are_the_sentence(text: str, named: list[tuple[int, int, str]], toned: list[str]) -> None:
    pieces, _ = mark_sentence(text, named, toned)
    assert "".join(piece.text for piece in pieces) == text


def test_a_sentence_stands_beside_the_word_for_whose_word_it_is(small_run: Callable[[str], Path]) -> None:
    page = small_run("").read_text(encoding="utf-8")
    word = f'<span class="ground" title="{GROUNDS["hearsay"]}">hearsay</span>'
    assert f'<p class="where">{word} · <span class="title"' in page


def test_a_document_and_a_sentence_that_is_not_read_have_no_such_word(dossier: Any) -> None:
    silent = dossier.evidentiality.mask(dossier.evidentiality == "hearsay", "")
    sentence = next(iter(dossier.tones["sentence_id"]))
    finding = make_finding(
        "n", "{value}", notebook="x", value=1, unit="u", base="1", evidence=[sentence, sentence.partition(":")[0]]
    )
    tables = {name: getattr(dossier, name) for name in ("documents", "sentences", "mentions", "tones", "actors")}
    found = EvidenceIndex([finding], **tables, evidentiality=silent).exhibits(finding)
    assert [(exhibit.ground, exhibit.ground_meaning) for exhibit in found] == [("", ""), ("", "")]
