"""Evidence: which capitalised words a document supports as names, and what kind they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from inchiesta.actors.capitals import NEAR, Candidate
from inchiesta.actors.chains import TOKEN_PATTERN
from inchiesta.actors.compounds import SEEN, STRANGE, SURE, SURNAME
from inchiesta.actors.kinds import find_cue, is_adjective, vote_kind
from inchiesta.actors.word_lists import cues, particles

# A name that leans on another place of the document is a little less sure than that place.
SECOND_HAND = 0.05
# Resolving weighs kinds by score; a kind nothing pointed to should hardly count against one that a word told.
GUESSED = 0.2
# One word behind a title is a surname; one that merely looks like a given name is not.
TITLED = 0.8

Accepted = tuple[int, int, int, str, float, str]


@dataclass(slots=True)
class Seen:
    """What a document is sure of: its names with their kind, and the surnames of its persons.

    ``uncued`` are names whose kind is a mere guess: no word beside them, nor their shape, told it.
    """

    names: dict[str, str] = field(default_factory=dict)
    uncued: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)


def gather_seen(text: str, candidates: list[Candidate]) -> Seen:
    """Gather what a document is sure of; an unknown kind is decided by all the places a name stands in."""
    seen = Seen()
    unknown: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.piece.needs != SURE:
            continue
        name = text[candidate.start : candidate.end]
        if candidate.piece.kind:
            seen.names.setdefault(name, candidate.piece.kind)
        else:
            unknown[name].append(candidate)
        if candidate.piece.kind == "PER" and (candidate.piece.n_words > 1 or candidate.piece.score > TITLED):
            seen.surnames.add(surname_of(name))
    for name, places in unknown.items():
        if name in seen.surnames:
            seen.names[name] = "PER"
        else:
            kind, is_cued = vote_kind(text, places)
            if seen.names.setdefault(name, kind) == kind and not is_cued:
                seen.uncued.add(name)
            if seen.names[name] == "PER" and places[0].piece.n_words > 1:
                seen.surnames.add(surname_of(name))
    return seen


def surname_of(name: str) -> str:
    """Give the surname of a full name: its last word, with the particles before it (Ursula *von der Leyen*)."""
    words = name.split(" ")
    while len(words) > 1 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III", "IV"):
        words = words[:-1]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in particles():
        start -= 1
    return " ".join(words[start:])


def accept(text: str, candidates: list[Candidate], seen: Seen) -> list[Accepted]:
    """Keep the candidates the document supports: (start, end, sentence, kind, score, actor_id)."""
    shouted = {name.upper(): kind for name, kind in seen.names.items()} | {
        name.upper(): "PER" for name in seen.surnames
    }
    accepted: list[Accepted] = []
    for candidate in candidates:
        name = text[candidate.start : candidate.end]
        kind = _kind(text, name, candidate, seen, shouted)
        if name not in seen.surnames and is_adjective(text, candidate, seen.names):
            continue
        if kind:
            score = candidate.piece.score - (SECOND_HAND if candidate.piece.needs != SURE else 0.0)
            score -= GUESSED if name in seen.uncued and not candidate.piece.kind else 0.0
            accepted.append((candidate.start, candidate.end, candidate.sentence, kind, score, candidate.piece.actor_id))
        elif candidate.piece.n_words > 1:
            accepted += _parts(text, candidate, seen)
    return accepted


def _kind(text: str, name: str, candidate: Candidate, seen: Seen, shouted: dict[str, str]) -> str:
    """Give the kind of a candidate, empty where the document does not support it."""
    piece = candidate.piece
    if piece.n_words == 1 and name in seen.surnames and (piece.kind in ("", "PER") or piece.needs == SURNAME):
        return "PER"
    if piece.needs == SURE:
        return piece.kind or seen.names.get(name, "")
    if piece.needs == STRANGE and name not in seen.names:
        return _company(text, candidate)
    if piece.needs in (SEEN, STRANGE):
        return seen.names.get(name, "") or (shouted.get(name, "") if name.isupper() else "")
    return ""


def _company(text: str, candidate: Candidate) -> str:
    """Give the kind a strange word at the start of a sentence takes from what follows it, empty for none."""
    after = text[candidate.end : candidate.end + NEAR].lower().split()
    kind, weight = find_cue(after[:2], cues(candidate.language, "after"), last=False)
    if weight > 2:
        return kind
    if candidate.language == "en" and text.startswith("'s ", candidate.end):
        return vote_kind(text, [candidate])[0]
    return ""


def _parts(text: str, candidate: Candidate, seen: Seen) -> list[Accepted]:
    """Find known names inside a candidate the document does not support as a whole (headlines in title case)."""
    parts: list[Accepted] = []
    for match in TOKEN_PATTERN.finditer(text, candidate.start, candidate.end):
        word = match.group()
        kind = "PER" if word in seen.surnames else seen.names.get(word, "")
        if kind:
            score = candidate.piece.score - 2 * SECOND_HAND
            parts.append((match.start(), match.end(), candidate.sentence, kind, score, ""))
    return parts
