"""The rows of the tone lexicons: expressions, shifters and markers of a language."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

# What the markers of a language say: auxiliaries of the passive (always, or of some verbs only) and of the active,
# prepositions before the one who acts, the owner, the one acted upon; what stands before a noun,
# before a verb, and before a place.
MARKERS = ("passive", "auxiliary", "active", "agent", "owner", "toward", "determiner", "verbal", "place")


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or phrase of the lexicons: its tone (score 0 for none), its shift (kind empty for none), or a stop.

    `verb` is the other reading of a noun or adjective that can also be a form of a verb (critica, attack); `also` what
    the same word says of its other side (to insult colours who does it and whom).
    """

    text: str
    score: float = 0.0
    target: str = ""
    pos: str = ""
    shift: str = ""
    factor: float = 1.0
    scope: str = ""
    verb: Expression | None = None
    also: Expression | None = None


def joined(present: Expression | None, new: Expression) -> Expression:
    """Give one expression for two rows of a text: tone and shift side by side, the two sides of a verb, or the mean."""
    if present is None:
        return new
    if not new.score:
        return present
    if not present.score:
        return replace(new, shift=present.shift, factor=present.factor, scope=present.scope)
    if "verb" in (present.pos, new.pos) and present.pos != new.pos:
        verb, other = (present, new) if present.pos == "verb" else (new, present)
        return replace(other, verb=joined(other.verb, verb))
    if present.pos == "verb" and present.target != new.target:
        return replace(present, also=new)
    stronger = new if abs(new.score) > abs(present.score) else present
    return replace(stronger, score=(present.score + new.score) / 2)


def read_tones(language: str) -> Iterator[Expression]:
    """Give the rows of tone.tsv."""
    for row in _read_rows(language, "tone.tsv"):
        yield Expression(row["lemma"], score=float(row["score"]), target=row["target"], pos=row["pos"])


def read_shifters(language: str) -> Iterator[Expression]:
    """Give the rows of shifters.tsv."""
    for row in _read_rows(language, "shifters.tsv"):
        # "avrebbe + participio passato": the participle is nearly always there, the auxiliary alone decides.
        text = row["expression"].partition(" + ")[0]
        yield Expression(text, shift=row["kind"], factor=float(row["factor"]), scope=row["scope"])


def read_markers(language: str) -> dict[str, frozenset[str]]:
    """Give the words of markers.tsv by role."""
    roles: dict[str, set[str]] = {role: set() for role in MARKERS}
    for row in _read_rows(language, "markers.tsv"):
        roles[row["role"]].add(row["word"])
    return {role: frozenset(words) for role, words in roles.items()}


def _read_rows(language: str, name: str) -> Iterator[dict[str, str]]:
    text = (files("inchiesta") / "resources" / language / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
