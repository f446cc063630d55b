"""Kinds: what the words around an unknown name, and its own shape, say about it."""

from __future__ import annotations

import re
from collections.abc import Collection

from inchiesta.actors.capitals import NEAR, Candidate
from inchiesta.actors.word_lists import cues

# Weights of the kinds of an unknown name before any cue: a person is the commonest of them in the news.
PRIOR = {
    3: {"PER": 1.6, "ORG": 1.5, "LOC": 0.5, "OTHER": 0.7},
    1: {"PER": 2.0, "ORG": 1.0, "LOC": 1.0, "OTHER": 0.5},
    2: {"PER": 3.0, "ORG": 1.0, "LOC": 0.5, "OTHER": 0.5},
}
LONG_PRIOR = {"PER": 0.5, "ORG": 1.5, "LOC": 0.5, "OTHER": 1.0}
# GitHub and CentOS are names of makers and products; McDonald, DeSantis and O'Brien are surnames.
CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
SURNAME_CAMEL = re.compile(r"(?:.* )?(?:Mc|Mac|De|La|Le|Di|Van|Fitz|[A-Z]')[A-Z]")
# What Italian and English hang on the name of a country to speak of its people.
ADJECTIVE = r"(?:ian[oaie]|an[oaie]|es[ei]|ians?|ans?)"
ENGLISH_PEOPLE = re.compile(r"(?:ians?|ans|ese)(?:-\w+)?$")


def vote_kind(text: str, places: list[Candidate]) -> tuple[str, bool]:
    """Decide the kind of an unknown name by its shape and the words around it; also tell whether any cue was met."""
    first = places[0]
    name = text[first.start : first.end]
    votes = dict(PRIOR.get(first.piece.n_words, LONG_PRIOR))
    hints = _shape_hints(name, text)
    for place in places:
        before = text[max(0, place.start - NEAR) : place.start].lower().replace("'", "' ").split()
        after = text[place.end : place.end + NEAR].lower().split()
        hints.append(find_cue(before[-2:], cues(place.language, "before"), last=True))
        hints.append(find_cue(after[:2], cues(place.language, "after"), last=False))
        if text[place.start - 1 : place.start] == "(" and text[place.end : place.end + 1] == ")":
            hints.append(("ORG", 2))
    for kind, weight in hints:
        if kind:
            votes[kind] += weight
    return max(sorted(votes), key=lambda kind: votes[kind]), any(kind for kind, _ in hints)


def _shape_hints(name: str, text: str) -> list[tuple[str, int]]:
    """Give what the name itself tells: camel case, an ending of countries, a derived adjective, ordinary last words."""
    hints: list[tuple[str, int]] = []
    if CAMEL.search(name) and not SURNAME_CAMEL.match(name):
        hints.append(("ORG", 3))
    last = name.rsplit(" ", 1)[-1].lower()
    if " " in name:
        if f" {last} " in text or f" {last}s " in text:
            hints.append(("ORG", 3))
    elif name.endswith("ia"):
        hints.append(("LOC", 2))
    stem = name.rstrip("aeiou").lower()
    if (
        " " not in name
        and name.endswith("a")
        and len(stem) > 3
        and re.search(rf"\b{re.escape(stem)}{ADJECTIVE}\b", text.lower())
    ):
        hints.append(("LOC", 3))
    return hints


def is_adjective(text: str, candidate: Candidate, names: Collection[str]) -> bool:
    """Tell whether an English capitalised word only says whose something is (*Tarnian* artillery, the *Tarnians*)."""
    name = text[candidate.start : candidate.end]
    if candidate.language != "en" or candidate.piece.n_words > 1 or not ENGLISH_PEOPLE.search(name):
        return False
    if name.endswith("ians"):
        return True
    stem = ENGLISH_PEOPLE.sub("", name)
    if {stem, f"{stem}a", f"{stem}ia", f"{stem}i"} & set(names):
        return True
    after = text[candidate.end : candidate.end + NEAR].lower().split()
    follows_word = text[candidate.end : candidate.end + 1] == " " and bool(after) and after[0][0].isalpha()
    return follows_word and find_cue(after[:2], cues("en", "after"), last=False)[0] != "PER"


def find_cue(words: list[str], table: dict[str, tuple[str, int]], *, last: bool) -> tuple[str, int]:
    """Look up the two words next to a name, then the nearest one."""
    nearest = words[-1:] if last else words[:1]
    return table.get(" ".join(words)) or table.get("".join(nearest).rstrip(",.;")) or ("", 0)
