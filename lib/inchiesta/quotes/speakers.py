"""Who speaks: of all names, roles and pronouns around a quotation the likeliest, or nobody for sure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from inchiesta.quotes.frames import AFTER, INSERT, LEAD, NEXT, STRETCHES, Frame, Stretch
from inchiesta.quotes.page import SPEAKING, Name, Page
from inchiesta.quotes.phrases import (
    FOR_OTHERS,
    find_phrases,
    is_beside_a_name,
    preposition_before,
    reach_of,
    resolve_body,
    resolve_kindred,
    resolve_pronoun,
    resolve_role,
    resolve_shared,
)
from inchiesta.quotes.weigh import Scheme, weigh
from inchiesta.quotes.words import ACCORDING, BARE, NOUN, VERB, Cue, last_word, read_words

# Below this chance the speaker stays open: a wrong name does more harm than none. Chosen by
# cross-validation on the labelled news of training: at .43 half of the speakers missed in Italian are open.
LEAST_SURE = 0.43

# Of a stretch that is a list of names only those nearest to the quotation are asked.
_MOST_NAMES = 16

_TYPES = (
    "person",
    "body",
    "place",
    "role",
    "open role",
    "unnamed",
    "pronoun",
    "plural",
    "chain",
    "main",
    "near role",
    "shared role",
    "kindred role",
    "near holder",
    "near body",
)
_PERSON, _BODY, _PLACE, _ROLE, _OPEN_ROLE, _UNNAMED, _PRONOUN, _PLURAL, _CHAIN, _MAIN = range(10)
_NEAR_ROLE, _SHARED_ROLE, _KINDRED_ROLE, _NEAR_HOLDER, _NEAR_BODY = range(10, 15)
# Found by a name that stands elsewhere.
_BY_NAME = frozenset({_PERSON, _CHAIN, _MAIN})
_N_TYPES = len(_TYPES)
_TYPE_OF = {"PER": _PERSON, "ORG": _BODY, "LOC": _PLACE}
_SIDES = ("left", "right", "no cue")
_FAR = ("0", "1", "2-3", "4-7", "8+")
_STATES = (*STRETCHES, "none")
_ROLES = {VERB: 0, BARE: 1, NOUN: 2, ACCORDING: 3}
_YES_NO = ("no", "yes")
# How a role begins that stands for a person already named.
_DEFINITE = frozenset({"il", "lo", "la", "l'", "th"})
_JOINED = ("same sentence", "next sentence", "near", "far")
_CANDIDATES = ("none", "one", "more", "pronoun", "role")
_NONE, _ONE, _MORE, _BY_PRONOUN, _BY_ROLE = range(5)
_N_CANDIDATES = len(_CANDIDATES)

SCHEME = Scheme(
    ("bias", [("",)]),
    ("place", [STRETCHES, _SIDES, _FAR, _YES_NO]),
    ("state", [STRETCHES, _STATES, _TYPES]),
    ("before", [STRETCHES, ("nothing", "preposition", "agent", "source"), _TYPES]),
    ("rank", [STRETCHES, _YES_NO, _YES_NO]),
    ("local", [STRETCHES, _STATES, _CANDIDATES]),
    ("cue", [STRETCHES, ("verb", "participle", "noun", "according", "none"), _SIDES]),
    ("titled", [STRETCHES, _YES_NO, ("person", "body", "place", "phrase")]),
    ("same", [STRETCHES, _JOINED, _YES_NO]),
    ("chain", [_JOINED, _STATES, _CANDIDATES]),
    ("main", [_JOINED, _STATES, _CANDIDATES]),
)
_F = SCHEME.first
_BIAS, _PLACE_AT, _STATE, _BEFORE, _RANK, _LOCAL, _CUE, _TITLED, _SAME, _CHAINED, _MAINLY = (
    _F[name] for name in ("bias", "place", "state", "before", "rank", "local", "cue", "titled", "same", "chain", "main")
)


class Speaker(NamedTuple):
    """A possible speaker: the name it stands for (none while open), how the text calls it, how likely it is."""

    name: Name | None
    start: int
    end: int
    chance: float
    type: int


class Candidate(NamedTuple):
    """A possible speaker with the features that hold for it."""

    name: Name | None
    start: int
    end: int
    type: int
    features: list[int]


class _Place(NamedTuple):
    """A name or phrase in a stretch, before it is weighed against the others."""

    start: int
    end: int
    type: int
    name: Name | None


def choose_speaker(page: Page, frame: Frame, language: str, before: Speaker | None) -> Speaker | None:
    """Give the likeliest speaker of a quotation; ``before`` is the speaker of the one before it."""
    weights = _weights()
    best, most, every = None, -1e9, 1.0
    of_actor: dict[str, float] = {}
    candidates, words = list_candidates(page, frame, language, before)
    for candidate in candidates:
        total = sum(map(weights.__getitem__, candidate.features))
        raised = math.exp(max(-30.0, min(30.0, total)))
        every += raised
        actor = candidate.name.actor if candidate.name else ""
        of_actor[actor] = of_actor.get(actor, 0.0) + raised
        if total > most:
            best, most = candidate, total
    if best is None:
        return None
    # Several namings of one person speak for that person together.
    chance = of_actor[best.name.actor if best.name else ""] / every
    if words is not None and best.name is not None and best.type in _BY_NAME:
        return Speaker(best.name, words.start, words.end, chance, best.type)
    return Speaker(best.name, best.start, best.end, chance, best.type)


@cache
def _weights() -> list[float]:
    return weigh(SCHEME, "speakers")


def list_candidates(
    page: Page, frame: Frame, language: str, before: Speaker | None
) -> tuple[list[Candidate], _Place | None]:
    """Give all possible speakers, nearest stretch first, and the pronoun or role beside the verb, if that is all."""
    near = [(stretch, _list_places(page, stretch, language)) for stretch in frame.stretches if stretch.where <= LEAD]
    local, words = _local(next((places for stretch, places in near if stretch.where == frame.state), []))
    found = []
    # Somebody beside the expression of speech: those further off need not be asked.
    is_settled = local in (_ONE, _MORE) or (words is not None and words.type == _SHARED_ROLE)
    if not is_settled:
        near += [
            (stretch, _list_places(page, stretch, language)) for stretch in frame.stretches if stretch.where > LEAD
        ]
    for stretch, places in near:
        for number, place in enumerate(places):
            # A pronoun that nobody near explains is no speaker: it sends the search elsewhere (see `_local`).
            if place.type == _PRONOUN and place.name is None:
                continue
            found.append(_weigh_place(page, frame, stretch, places, number, place, language, local, before))
    at = (frame.joined * 8 + frame.state) * _N_CANDIDATES + local
    if before is not None and frame.joined < 3:
        start, end = (before.start, before.end) if before.name is None else (before.name.start, before.name.end)
        found.append(Candidate(before.name, start, end, _CHAIN, [_BIAS, _CHAINED + at]))
    main = None if is_settled else page.main_person(frame.marked.outer_start)
    if main is not None:
        found.append(Candidate(main, main.start, main.end, _MAIN, [_BIAS, _MAINLY + at]))
    return found, words


def _local(places: list[_Place]) -> tuple[int, _Place | None]:
    """Tell who there is beside the expression of speech: nobody, one, more, or only a pronoun or an unresolved role."""
    for place in places:
        if place.type == _PRONOUN and place.name is None:
            return _BY_PRONOUN, place
    for place in places:
        if place.type in (_OPEN_ROLE, _NEAR_ROLE, _SHARED_ROLE, _KINDRED_ROLE, _NEAR_HOLDER):
            return _BY_ROLE, place
    return min(_MORE, len(places)), None


def _list_places(page: Page, stretch: Stretch, language: str) -> list[_Place]:
    if stretch.where == INSERT:
        names = [name for name in page.all_names_in(stretch.start, stretch.end) if name.kind in SPEAKING]
    else:
        names = page.names_in(stretch.start, stretch.end)
    if len(names) > _MOST_NAMES:
        names = names[:_MOST_NAMES] if stretch.where in (AFTER, NEXT) else names[-_MOST_NAMES:]
    places = [_Place(name.start, name.end, _TYPE_OF[name.kind], name) for name in names]
    if stretch.cue is not None:
        places += _list_phrases(page, stretch, stretch.cue, language, places)
        places.sort(key=lambda place: place.start)
    return places


def _list_phrases(page: Page, stretch: Stretch, cue: Cue, language: str, names: list[_Place]) -> Iterator[_Place]:
    start, end = reach_of(cue.start, cue.end, stretch.start, stretch.end)
    for phrase in find_phrases(page, start, end):
        if phrase.start < cue.end and phrase.end > cue.start:
            continue
        # "la società Arvex" is Arvex.
        if any(name.start < phrase.end + 2 * (phrase.role == "body") and phrase.start < name.end for name in names):
            continue
        if phrase.role in ("role", "unnamed", "body") and is_beside_a_name(page, phrase, language):
            continue
        if phrase.role == "role":
            name, kind = None, _ROLE
            if page.low[phrase.start : phrase.start + 2] in _DEFINITE:
                name, n_holders = resolve_role(page, phrase.head)
                if not n_holders:
                    name, kind = resolve_kindred(page, phrase.head), _KINDRED_ROLE
                if not n_holders and name is None and phrase.head not in FOR_OTHERS:
                    name, kind = resolve_pronoun(page, phrase.start), _NEAR_ROLE
                elif n_holders > 1:
                    name, kind = resolve_shared(page, phrase.head, phrase.start), _NEAR_HOLDER
                    if name is None:
                        yield _Place(phrase.start, phrase.end, _SHARED_ROLE, None)
                        continue
            yield _Place(phrase.start, phrase.end, kind if name else _OPEN_ROLE, name)
        elif phrase.role == "body":
            is_definite = page.low[phrase.start : phrase.start + 2] in _DEFINITE
            name = resolve_body(page, phrase.start) if is_definite else None
            yield _Place(phrase.start, phrase.end, _NEAR_BODY if name else _UNNAMED, name)
        elif phrase.role == "pronoun":
            name = resolve_pronoun(page, phrase.start)
            yield _Place(phrase.start, phrase.end, _PRONOUN, name)
        else:
            yield _Place(phrase.start, phrase.end, _PLURAL if phrase.role == "plural" else _UNNAMED, None)


def _weigh_place(
    page: Page,
    frame: Frame,
    stretch: Stretch,
    places: list[_Place],
    number: int,
    place: _Place,
    language: str,
    local: int,
    before: Speaker | None,
) -> Candidate:
    where, cue = stretch.where, stretch.cue
    if cue is None:
        side, far, parted, role, nearest = 2, min(4, number), 0, 4, int(number == len(places) - 1)
    else:
        is_left = place.start < cue.start
        gap = page.text[place.end : cue.start] if is_left else page.text[cue.end : place.start]
        words = gap.count(" ")
        side, role = (0 if is_left else 1), _ROLES.get(cue.role, 4)
        far = 0 if words <= 1 else 1 if words == 2 else 2 if words <= 4 else 3 if words <= 8 else 4
        parted = int("," in gap or ":" in gap or ";" in gap or (not is_left and (" che " in gap or " that " in gap)))
        other = places[number + 1] if is_left and number + 1 < len(places) else places[number - 1] if number else None
        nearest = int(other is None or (other.start > cue.start) == is_left)
        if not is_left and number and places[number - 1].start >= cue.end:
            nearest = 0
    lead = page.leads.get(place.start)
    if lead is None:
        is_known = last_word(page.low, place.start) in read_words(language)
        lead = page.leads[place.start] = preposition_before(page, place.start, language), is_known
    preposition, titled = lead[0], int(lead[1] and place.name is not None)
    same = int(
        before is not None
        and before.name is not None
        and place.name is not None
        and before.name.actor == place.name.actor
    )
    features = [
        _BIAS,
        _PLACE_AT + ((where * 3 + side) * 5 + far) * 2 + parted,
        _STATE + (where * 8 + frame.state) * _N_TYPES + place.type,
        _BEFORE + (where * 4 + preposition) * _N_TYPES + place.type,
        _RANK + (where * 2 + int(number == 0)) * 2 + nearest,
        _LOCAL + (where * 8 + frame.state) * _N_CANDIDATES + local,
        _CUE + (where * 5 + role) * 3 + side,
        _TITLED + (where * 2 + titled) * 4 + min(place.type, 3),
        _SAME + (where * 4 + frame.joined) * 2 + same,
    ]
    return Candidate(place.name, place.start, place.end, place.type, features)


def is_open(speaker: Speaker | None) -> bool:
    """Tell whether a speaker is not known by name, or not surely enough."""
    return speaker is None or speaker.name is None or speaker.chance < LEAST_SURE


__all__ = ["LEAST_SURE", "SCHEME", "Candidate", "Speaker", "choose_speaker", "is_open", "list_candidates"]
