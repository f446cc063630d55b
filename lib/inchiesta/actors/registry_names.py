"""The names of the registry in a text: aliases everywhere, a role only in the document a decision names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from ahocorasick_rs import AhoCorasick

from inchiesta.actors.gazetteer import plain, stands_free
from inchiesta.actors.registry import InDocument, Kind, Registry
from inchiesta.tables import table_of


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
        (*Il presidente*). A role of an actor that is not registered has an empty actor_id: resolving fills it.
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


def add_registered(
    mentions: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Give the mentions with those of the registry, which replace the mentions they overlap.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions``, in any order.
    documents : DataFrame
        Table ``documents``; document_id, text, and path and sha256 if there.
    sentences : DataFrame
        Table ``sentences``; sentence_id, document_id, start_char, end_char.
    registry : Registry
        The registry.

    Returns
    -------
    DataFrame
        Table ``mentions`` in reading order; what was added has ``found_by`` *registry* and score 1.
    """
    rows = _list_rows(documents, registry)
    placed = _place(rows, sentences)
    if placed.empty:
        return mentions.sort_values(["document_id", "start_char"], kind="stable", ignore_index=True)
    marked = pd.concat([mentions.assign(new=False), placed.assign(new=True)], ignore_index=True)
    marked = marked.sort_values(["document_id", "start_char", "new"], kind="stable", ignore_index=True)
    kept = marked[marked["new"] | ~_overlaps(marked, placed)]
    columns = table_of("mentions").names
    return kept[columns].astype(mentions.dtypes.to_dict()).reset_index(drop=True)


def _list_rows(documents: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    called = [name for name in ("document_id", "sha256", "path") if name in documents]
    rows = []
    for document_id, text, *names in documents[["document_id", "text", *called]].itertuples(index=False, name=None):
        for hit in find_registered(text, registry, document=names):
            rows.append((document_id, hit.start, hit.end, text[hit.start : hit.end], hit.actor_id, hit.kind))
    columns = ["document_id", "start_char", "end_char", "surface", "actor_id", "kind"]
    found = pd.DataFrame(rows, columns=columns).astype({"start_char": "int64", "end_char": "int64"})
    return found.assign(form="name", score=1.0, found_by="registry")


def _place(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Give the rows inside a sentence, with its id."""
    starts = sentences[["document_id", "sentence_id", "start_char", "end_char"]].sort_values(
        "start_char", kind="stable"
    )
    starts = starts.rename(columns={"end_char": "sentence_end"})
    placed = pd.merge_asof(
        rows.sort_values("start_char", kind="stable").astype({"document_id": starts["document_id"].dtype}),
        starts.astype({"start_char": "int64"}),
        on="start_char",
        by="document_id",
    )
    return placed[placed["end_char"] <= placed["sentence_end"].fillna(-1)].drop(columns="sentence_end")


def _overlaps(rows: pd.DataFrame, placed: pd.DataFrame) -> np.ndarray:
    """Mark the rows that share a character with one of ``placed``."""
    taken = {
        document_id: group[["start_char", "end_char"]].to_numpy()
        for document_id, group in placed.groupby("document_id")
    }
    marks = np.zeros(len(rows), dtype=bool)
    near = rows["document_id"].isin(list(taken)).to_numpy()
    places = np.flatnonzero(near)
    for index, document_id, start, end in zip(
        places,
        rows["document_id"].to_numpy()[places],
        rows["start_char"].to_numpy()[places],
        rows["end_char"].to_numpy()[places],
        strict=True,
    ):
        spans = taken[document_id]
        marks[index] = bool(((spans[:, 0] < end) & (spans[:, 1] > start)).any())
    return marks
