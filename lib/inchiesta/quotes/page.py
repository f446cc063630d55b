"""A document as the rules for quotations see it: sentences, names, expressions of speech, passages in marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, TypeVar

from inchiesta.quotes.marks import Marked
from inchiesta.quotes.words import Cue

# Names of persons come first where two overlap in rank; works and things do not speak.
SPEAKING = ("PER", "ORG", "LOC")
# Letters before a quotation within which the person spoken of most may be its speaker.
_RECENT = 1200


class Name(NamedTuple):
    """A mention: where it stands, its kind, the actor (or the name where it is not resolved yet)."""

    start: int
    end: int
    kind: str
    actor: str
    surface: str


_start_of = attrgetter("start")
_Placed = TypeVar("_Placed", Name, Cue)


@dataclass(slots=True)
class Page:
    """One document. ``low`` is its text in small letters; all lists are in reading order."""

    document_id: str
    text: str
    low: str
    starts: list[int]
    ends: list[int]
    sentence_ids: list[str]
    languages: list[str]
    headings: list[bool]
    names: list[Name]
    cues: list[Cue]
    subjects: list[Cue]
    marked: list[Marked]
    free_names: list[Name] = field(default_factory=list)
    free_cues: list[Cue] = field(default_factory=list)
    name_starts: list[int] = field(default_factory=list)
    free_starts: list[int] = field(default_factory=list)
    cue_starts: list[int] = field(default_factory=list)
    subject_starts: list[int] = field(default_factory=list)
    marked_starts: list[int] = field(default_factory=list)
    roles: dict[str, list[Name]] | None = None
    introduced: dict[str, str] = field(default_factory=dict)
    # Who has a role, by the role: the actors, and where the first of them is named.
    holders: dict[str, tuple[frozenset[str], Name | None]] = field(default_factory=dict)
    # What stands in front of a name or phrase, by its first character: see `preposition_before`; whether a known word.
    leads: dict[int, tuple[int, bool]] = field(default_factory=dict)
    kindred: dict[str, Name | None] = field(default_factory=dict)
    namings: dict[str, list[Name]] | None = None

    def __post_init__(self) -> None:
        self.marked_starts = [marked.outer_start for marked in self.marked]
        self.free_names = self._outside([name for name in self.names if name.kind in SPEAKING])
        self.free_cues = self._outside(self.cues)
        self.name_starts = [name.start for name in self.free_names]
        self.free_starts = [cue.start for cue in self.free_cues]
        self.cue_starts = [cue.start for cue in self.cues]
        self.subject_starts = [subject.start for subject in self.subjects]

    def _outside(self, rows: list[_Placed]) -> list[_Placed]:
        """Give the names or cues outside of marks."""
        if not self.marked:
            return rows
        kept: list[_Placed] = []
        index, marked, n_marked = 0, self.marked, len(self.marked)
        for row in rows:
            while index < n_marked and marked[index].outer_end <= row.start:
                index += 1
            if index == n_marked or row.start < marked[index].outer_start:
                kept.append(row)
        return kept

    def main_person(self, position: int) -> Name | None:
        """Give the person named most often in the stretch before a place, of several the last; none for nobody."""
        counts: dict[str, int] = {}
        best: Name | None = None
        first = bisect_left(self.name_starts, position - _RECENT)
        for name in self.free_names[first : bisect_left(self.name_starts, position)]:
            if name.kind == "PER":
                counts[name.actor] = counts.get(name.actor, 0) + 1
                if best is None or counts[name.actor] >= counts[best.actor]:
                    best = name
        return best

    def sentence_at(self, position: int) -> int:
        """Give the number of the sentence that holds a place, or of the last one before it."""
        return max(0, bisect_right(self.starts, position) - 1)

    def names_in(self, start: int, end: int) -> list[Name]:
        """Give the names that begin in a stretch of text and could speak, outside of marks."""
        starts = self.name_starts
        first = bisect_left(starts, start)
        return self.free_names[first : bisect_left(starts, end, first)]

    def all_names_in(self, start: int, end: int) -> list[Name]:
        """Give the names that begin in a stretch of text, inside of marks or not."""
        first = bisect_left(self.names, start, key=_start_of)
        return self.names[first : bisect_left(self.names, end, first, key=_start_of)]

    def namings_of(self, actor: str) -> list[Name]:
        """Give the places where a person is named."""
        if self.namings is None:
            self.namings = {}
            for name in self.names:
                if name.kind == "PER":
                    self.namings.setdefault(name.actor, []).append(name)
        return self.namings.get(actor, [])

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """Give the expressions of speech that begin in a stretch of text, outside of marks."""
        starts = self.free_starts
        first = bisect_left(starts, start)
        return self.free_cues[first : bisect_left(starts, end, first)]

    def is_marked(self, position: int) -> bool:
        """Tell whether a place stands in marks."""
        index = bisect_right(self.marked_starts, position) - 1
        return index >= 0 and self.marked[index].outer_end > position
