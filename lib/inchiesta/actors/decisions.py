"""Decisions of the registry, carried out on units before any rule; what they settle no rule moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from inchiesta.actors.candidates import map_distinct
from inchiesta.actors.cores import tidy
from inchiesta.actors.gazetteer import listed_names
from inchiesta.actors.match_keys import mixes_scripts, plain_key, slug
from inchiesta.actors.registry import InDocument, Merge, RegisteredActor, Registry, Rename, Split
from inchiesta.actors.short_names import sounding, surname_of
from inchiesta.actors.units import MOVES

# Aliases shorter than this are met as written only, longer ones also with other capitals and accents.
SHORTEST_FOLDED = 5
KINDS = ("PER", "ORG", "LOC", "OTHER")


def names_of_registered(registry: Registry) -> dict[str, tuple[str, str]]:
    """Give the key and kind of every name and alias of the registry, main names first of each actor."""
    return {name: (f"@{actor.id}", actor.kind) for actor in registry.actors for name in (actor.name, *actor.aliases)}


def apply_decisions(
    units: pd.DataFrame, documents: pd.DataFrame, document_ids: list[str], registry: Registry
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give every unit its listed or registered actor, and carry out merges and what a name means in a document.

    Parameters
    ----------
    units : DataFrame
        As `inchiesta.actors.units.build_units` gives them.
    documents : DataFrame
        Table ``documents``; document_id, and path and sha256 if there.
    document_ids : list of str
        The document_id behind each number of ``units.document``.
    registry : Registry
        The decisions.

    Returns
    -------
    units, record : DataFrame
        As from `inchiesta.actors.units.carry_out`.
    """
    board = _Board(units)
    board.send(units["listed"].ne("").to_numpy(), ("@" + units["listed"]).to_numpy(), "gazetteer", "list", "listed")
    for actor in registry.actors:
        board.send(board.called(actor), f"@{actor.id}", "registry alias", "registry", f"an alias of {actor.name}")
    for decision in registry.decisions:
        if isinstance(decision, Split):
            board.part(decision)
    for decision in registry.decisions:
        if isinstance(decision, Merge):
            board.merge(decision, registry)
    numbers = {document_id: number for number, document_id in enumerate(document_ids)}
    for decision in registry.decisions:
        if isinstance(decision, InDocument):
            within = {numbers[name] for name in _documents_called(documents, decision.document) if name in numbers}
            chosen = units["document"].isin(within).to_numpy() & board.said(decision.name)
            target = board.key_of(decision.actor, registry)
            board.send(chosen, target, "registry in document", "registry", decision.because())
    return units.assign(key=pd.Categorical(board.keys)), board.record()


def _documents_called(documents: pd.DataFrame, name: str) -> list[str]:
    """Give the documents a decision calls by document_id, sha256 or path."""
    found = np.zeros(len(documents), dtype=bool)
    for column in ("document_id", "sha256", "path"):
        if column in documents:
            found |= documents[column].eq(name).to_numpy()
    return [str(document_id) for document_id in documents["document_id"][found]]


class _Board:
    """The keys of all units while decisions are carried out, with the record of what was done."""

    def __init__(self, units: pd.DataFrame) -> None:
        self.units = units
        self.keys = units["key"].to_numpy(dtype=object, copy=True)
        self.tidied = map_distinct(units["surface"], tidy).to_numpy(dtype=object)
        self._rows: list[pd.DataFrame] = []

    def send(self, chosen: np.ndarray, target: str | np.ndarray, rule: str, scope: str, evidence: str) -> None:
        """Give the chosen units the key ``target`` and record it."""
        goal = target[chosen] if isinstance(target, np.ndarray) else np.full(int(chosen.sum()), target, dtype=object)
        row = pd.DataFrame(
            {"unit": np.flatnonzero(chosen), "document": -1, "source": self.keys[chosen], "target": goal}
        )
        row = row.assign(rule=rule, scope=scope, evidence_for=evidence, evidence_against="", status="joined")
        self.keys[chosen] = goal
        if rule != "registry merge":
            self._rows.append(row)
        else:
            self._rows.append(row[row["source"] != row["target"]])

    def record(self) -> pd.DataFrame:
        """Give the record; of several rows for a unit and rule the last one counts."""
        columns = ["unit", *MOVES]
        return pd.concat(self._rows, ignore_index=True)[columns].drop_duplicates(["unit", "rule"], keep="last")

    def said(self, name: str) -> np.ndarray:
        """Mark the units whose surface is ``name`` in any capitals, with or without its article."""
        wanted = name.casefold()
        same = [value.casefold() == wanted for value in self.tidied]
        cores = [value.casefold() == wanted for value in self.units["name"]]
        marks: np.ndarray = np.array(same, dtype=bool) | np.array(cores, dtype=bool)
        return marks

    def called(self, actor: RegisteredActor) -> np.ndarray:
        """Mark the units that have a name of a registered actor, or its id."""
        names = {actor.name, *actor.aliases}
        folded = {plain_key(name) for name in names if len(name) >= SHORTEST_FOLDED and plain_key(name)}
        alike = {
            name
            for name in set(self.units["name"])
            if len(name) >= SHORTEST_FOLDED and plain_key(name) in folded and not mixes_scripts(name)
        }
        marks: np.ndarray = (
            self._named(names) | self.units["name"].isin(alike).to_numpy() | (self.keys == f"@{actor.id}")
        )
        return marks

    def _named(self, names: set[str]) -> np.ndarray:
        marks: np.ndarray = pd.Series(self.tidied).isin(names).to_numpy() | self.units["name"].isin(names).to_numpy()
        return marks

    def _keyed(self, keys: Iterable[str]) -> np.ndarray:
        return pd.Series(self.keys).isin(set(keys)).to_numpy()

    def part(self, split: Split) -> None:
        """Take names apart that a list or a shared core brought under one key."""
        for place, name in enumerate(split.split):
            others = np.unique(self.keys[self._named(set(split.split[:place]))].astype(str))
            mine = self._named({name}) & self._keyed(others)
            self.keys[mine] = name

    def key_of(self, name: str, registry: Registry) -> str:
        """Give the key a decision means by a name or an actor_id."""
        registered = names_of_registered(registry)
        ids = {actor.id for actor in registry.actors} | {listed.actor_id for listed in listed_names().values()}
        if name in ids:
            return f"@{name}"
        if name in registered:
            return registered[name][0]
        met = self.keys[self._named({name})]
        if len(met):
            counts = pd.Series(self.units["n"].to_numpy()[self._named({name})]).groupby(met.astype(str)).sum()
            return self._full_name(str(counts.sort_index().idxmax()))
        by_slug = {slug(kind, key): key for key in sorted(set(map(str, self.keys))) for kind in KINDS}
        if name in by_slug:
            return by_slug[name]
        return f"@{listed_names()[name].actor_id}" if name in listed_names() else self._full_name(name)

    def _full_name(self, key: str) -> str:
        """Give the one full name of a bare surname: who says Stakhar means Ivo Stakhar, if there is no other."""
        if " " in key or key.startswith("@"):
            return key
        persons = self.units["kind"].eq("PER").to_numpy()
        fulls = {full for full in set(self.keys[persons]) if surname_of(full) == sounding(plain_key(key))}
        return fulls.pop() if len(fulls) == 1 else key

    def merge(self, decision: Merge, registry: Registry) -> None:
        """Give all names of a merge one key: that of ``into``, else of a listed or registered one, else the longest."""
        keys = [self.key_of(name, registry) for name in decision.merge]
        known = [key for key in keys if key.startswith("@")]
        longest = max(keys, key=lambda key: (key.count(" "), -keys.index(key)))
        target = self.key_of(decision.into, registry) if decision.into else (known or [longest])[0]
        chosen = self._keyed([*keys, target]) | self._named(set(decision.merge))
        self.send(chosen, target, "registry merge", "registry", decision.because())


def find_renames(units: pd.DataFrame, registry: Registry) -> Mapping[str, str]:
    """Give the name to show per actor_id: of registered actors, then of renames.

    Parameters
    ----------
    units : DataFrame
        surface, name, n, actor_id.
    """
    shown = {actor.id: actor.name for actor in registry.actors}
    for decision in registry.decisions:
        if isinstance(decision, Rename):
            wanted = units[units["surface"].eq(decision.rename) | units["name"].eq(decision.rename)]
            wanted = wanted if len(wanted) else units[units["actor_id"].eq(decision.rename)]
            if len(wanted):
                shown[str(wanted.groupby("actor_id")["n"].sum().sort_index().idxmax())] = decision.to
    return shown
