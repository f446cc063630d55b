from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from inchiesta.sentiment.voice import find_quoted, span_at


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in find_quoted(text, [(0, len(text))])]


def test_all_kinds_of_marks_are_found() -> None:
    assert quoted('«uno» “due” "tre" „quattro“') == ["«uno»", "“due”", '"tre"', "„quattro“"]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("l'accordo dell’Armenia") == []


def test_a_quotation_spans_sentences() -> None:
    assert quoted("Disse: «Basta. Ora andate.» Poi tacque.") == ["«Basta. Ora andate.»"]


def test_a_missing_close_ends_with_the_paragraph() -> None:
    assert find_quoted("«uno\n\ndue", [(0, 4), (6, 9)]) == [(0, 4)]


def test_marks_of_another_kind_belong_to_the_quotation() -> None:
    assert quoted("«il “nostro” uomo» disse") == ["«il “nostro” uomo»"]


@given(st.text(alphabet='ab «»“”„"\n', max_size=60))
def test_spans_are_sorted_apart_and_inside_the_text(text: str) -> None:
    spans = find_quoted(text, [(0, len(text))])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(span_at(spans, start) == number for number, (start, _) in enumerate(spans))
