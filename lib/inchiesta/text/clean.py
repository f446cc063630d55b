"""From raw to clean text: which passes run, in which order."""

from __future__ import annotations

from inchiesta.text.edits import Revision
from inchiesta.text.furniture import find_furniture
from inchiesta.text.markup import (
    find_emphasis,
    find_entities,
    find_hidden,
    find_invisible,
    find_line_ends,
    find_line_marks,
    find_tags,
)
from inchiesta.text.mojibake import find_mojibake
from inchiesta.text.spacing import find_gaps, find_spaced_signs, find_wrapping


def mend_characters(revision: Revision) -> None:
    """Mend letters, entities, line ends, invisible characters, tags and gaps: what needs no look at the words.

    The order matters: mojibake may hold control characters, an entity may stand for an invisible one or for a tag.
    """
    revision.replace(find_mojibake(revision.text))
    revision.replace(find_entities(revision.text))
    revision.replace(find_line_ends(revision.text))
    revision.replace(find_invisible(revision.text))
    revision.replace(find_hidden(revision.text))
    revision.replace(find_tags(revision.text))
    revision.replace(find_gaps(revision.text))


def mend_lines(revision: Revision, *, learned: frozenset[str], markdown: bool) -> None:
    """Take out Markdown signs and page furniture, join wrapped lines, set the spaces right."""
    if markdown:
        revision.replace(find_line_marks(revision.text))
        revision.replace(find_emphasis(revision.text))
        revision.replace(find_gaps(revision.text))
    revision.replace(find_furniture(revision.text, learned=learned))
    revision.replace(find_gaps(revision.text))
    revision.replace(find_spaced_signs(revision.text))
    revision.replace(find_wrapping(revision.text))
