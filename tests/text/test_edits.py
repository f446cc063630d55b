"""Edits lead from the raw text to the clean one, exactly."""

from hypothesis import given
from hypothesis import strategies as st

from inchiesta.text.edits import Edit, Replacement, Revision, apply_edits


def check_edits(raw: str, clean: str, edits: list[Edit]) -> None:
    """Every stretch between edits stands in both texts; every edit says what it did."""
    assert apply_edits(raw, edits) == clean
    raw_end = clean_end = 0
    for edit in edits:
        assert raw_end <= edit.raw_start < edit.raw_end and clean_end <= edit.clean_start <= edit.clean_end
        assert raw[raw_end : edit.raw_start] == clean[clean_end : edit.clean_start]
        assert raw[edit.raw_start : edit.raw_end] == edit.removed
        assert clean[edit.clean_start : edit.clean_end] == edit.inserted
        raw_end, clean_end = edit.raw_end, edit.clean_end
    assert raw[raw_end:] == clean[clean_end:]


def test_two_passes_make_one_edit_where_they_meet() -> None:
    revision = Revision("a&nbsp; b")
    revision.replace([Replacement(1, 7, "\u00a0", "markup")])
    revision.replace([Replacement(1, 3, " ", "spacing")])
    assert revision.text == "a b"
    assert revision.edits() == [Edit(1, 8, 1, 2, "&nbsp; ", " ", "markup")]


def test_passes_that_do_not_meet_stay_apart() -> None:
    revision = Revision("xa b ya")
    revision.replace([Replacement(0, 1, "", "one")])
    revision.replace([Replacement(4, 5, "", "two")])
    assert [(e.raw_start, e.clean_start, e.rule) for e in revision.edits()] == [(0, 0, "one"), (5, 4, "two")]


@given(
    st.text("abc ", max_size=14),
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.sampled_from(["", "X", "YZ", "Q Q"]))), max_size=5
    ),
)
def test_any_passes_compose(raw: str, passes: list[list[tuple[int, int, str]]]) -> None:
    revision = Revision(raw)
    for number, steps in enumerate(passes):
        replacements, position = [], 0
        for skip, width, inserted in steps:
            start, end = position + skip, position + skip + width
            if end > len(revision.text):
                break
            replacements.append(Replacement(start, end, inserted, f"pass {number}"))
            position = end
        revision.replace(replacements)
    check_edits(raw, revision.text, revision.edits())
