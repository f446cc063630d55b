"""A topic's label: its first terms that say different things."""

from __future__ import annotations

from collections.abc import Sequence

# Three terms: what a reader takes in at a glance.
LABEL_TERMS = 3
# Words that begin with the same five letters (politico, politica) say one thing twice in a label.
SAME_STEM = 5


def label_of(terms: Sequence[str]) -> str:
    """Give the first three terms that share no word and no stem.

    Examples
    --------
    >>> label_of(["politico", "politica", "arma", "traffico di armi", "drone"])
    'politico, arma, drone'
    """
    label: list[str] = []
    stems: set[str] = set()
    for term in terms:
        own = {word[:SAME_STEM] for word in term.split()} | {word[:3] for word in term.split() if len(word) <= 4}
        if not own & stems:
            label.append(term)
            stems |= own
        if len(label) == LABEL_TERMS:
            break
    return ", ".join(label)
