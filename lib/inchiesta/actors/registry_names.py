"""The names of the registry in a text: aliases everywhere, a role only in the document a decision names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from inchiesta.actors.gazetteer import plain, stands_free
from inchiesta.actors.registry import InDocument, Kind, Registry


@dataclass(frozen=True, slots=True)
class RegisteredHit:
    """A name of the registry in a text: characters from ``start`` to ``end``."""

    start: int
    end: int
    actor_id: str
    kind: Kind


def find_registered(text: str, registry: Registry, *, document: Collection[str] = ()) -> list[RegisteredHit]:
    """Find the names and aliases of registered actors, and the roles decided for this document.

    Parameters
    ----------
    text : str
        The text, as it is or with `inchiesta.actors.gazetteer.plain` applied: offsets are the same.
    registry : Registry
        The registry of the investigation.
    document : collection of str
        What a decision may call the document: its document_id, sha256, path.

    Returns
    -------
    list of RegisteredHit
        In reading order, leftmost and longest, at word boundaries; aliases with their capitals as written, roles in any
        (*Il presidente*). A role decided to be an actor that is not registered has an empty actor_id: resolving knows it.
    """
    text = plain(text)
    hits = list(_search(text, registry))
    actors = {name: actor for actor in registry.actors for name in (actor.id, actor.name, *actor.aliases)}
    for decision in registry.decisions:
        if isinstance(decision, InDocument) and decision.document in document:
            actor = actors.get(decision.actor)
            for start, end in _places(text, decision.name):
                hits.append(RegisteredHit(start, end, actor.id if actor else "", actor.kind if actor else "PER"))
    kept: list[RegisteredHit] = []
    # Of two of the same length the role decided for the document comes last and wins.
    for _, hit in sorted(enumerate(hits), key=lambda pair: (pair[1].start, -pair[1].end, -pair[0])):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _search(text: str, registry: Registry) -> list[RegisteredHit]:
    automaton, found = _automaton(registry)
    if automaton is None:
        return []
    places = automaton.find_matches_as_indexes(text, overlapping=True)
    return [RegisteredHit(start, end, *found[index]) for index, start, end in places if stands_free(text, start, end)]


# Two registries at once: a what-if looks at the one in force and the one proposed.
@lru_cache(maxsize=2)
def _automaton_of(names: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(names))


def _automaton(registry: Registry) -> tuple[AhoCorasick | None, list[tuple[str, Kind]]]:
    rows = [(name, actor.id, actor.kind) for actor in registry.actors for name in (actor.name, *actor.aliases)]
    if not rows:
        return None, []
    return _automaton_of(tuple(name for name, _, _ in rows)), [(actor_id, kind) for _, actor_id, kind in rows]


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Give where a role stands, in any case; lower() may change lengths, so the comparison is letter by letter."""
    found = []
    folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    start = folded.find(name.lower())
    while start >= 0:
        end = start + len(name)
        if stands_free(text, start, end):
            found.append((start, end))
        start = folded.find(name.lower(), start + 1)
    return found
