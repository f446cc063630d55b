"""The registry: who is who in this investigation, as its people decided. Its decisions win over every rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from inchiesta.actors.cores import tidy
from inchiesta.errors import SettingsError
from inchiesta.provenance import hash_value

Kind = Literal["PER", "ORG", "LOC", "OTHER"]
Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=1000)]
Name = Annotated[Text, AfterValidator(tidy), Field(max_length=300)]
ActorId = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,99}$")]


class RegistryError(SettingsError):
    """The registry cannot be used as it is: the message names file, line, and what to mend (exit code 2)."""


class _Entry(BaseModel):
    """What every entry of the file shares: unknown fields are refused; ``line`` is where it begins."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    line: int = Field(default=0, exclude=True)


class RegisteredActor(_Entry):
    """An actor known to the investigation."""

    id: ActorId
    name: Name
    kind: Kind
    aliases: tuple[Name, ...] = ()
    note: Text | None = None


class _Decision(_Entry):
    """What every decision carries: why, by whom, when."""

    reason: Text
    who: Text
    when: datetime.date

    def because(self) -> str:
        """Give the decision's reason, author and day in words."""
        return f"decided by {self.who} on {self.when.isoformat()}: {self.reason}"


class Merge(_Decision):
    """These names (or actor_ids) are one actor, ``into`` if given."""

    merge: Annotated[tuple[Name, ...], Field(min_length=2)]
    into: Name | None = None


class Split(_Decision):
    """No two of these names are one actor."""

    split: Annotated[tuple[Name, ...], Field(min_length=2)]


class Rename(_Decision):
    """The actor of this name (or actor_id) is shown as ``to``."""

    rename: Name
    to: Name


class InDocument(_Decision):
    """In one document (path, document_id or sha256) a name or role stands for an actor."""

    document: Text
    name: Name
    actor: Name = Field(alias="is")


Decision = Merge | Split | Rename | InDocument


@dataclass(frozen=True)
class Registry:
    """The actors known to the investigation and its decisions, checked against each other (see `check_registry`)."""

    actors: tuple[RegisteredActor, ...] = ()
    decisions: tuple[Decision, ...] = ()
    source: str = field(default="", compare=False)
    # SHA-256 of the file as it was read; none where there is no file.
    sha256: str | None = field(default=None, compare=False)

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the content: comments, order of keys and layout of the file do not change it."""
        if not self.actors and not self.decisions:
            return ""
        entries = [*self.actors, *self.decisions]
        return hash_value([[type(entry).__name__, entry.model_dump(mode="json", by_alias=True)] for entry in entries])

    def of_type(self, kind: type[Merge] | type[Split] | type[Rename] | type[InDocument]) -> list[Decision]:
        """Give the decisions of one kind, in the order of the file."""
        return [decision for decision in self.decisions if isinstance(decision, kind)]

    def splits(self) -> list[tuple[str, str]]:
        """Give the pairs of names that are not one actor."""
        return [pair for split in self.decisions if isinstance(split, Split) for pair in combinations(split.split, 2)]

    def with_decisions(self, decisions: Sequence[Decision]) -> Registry:
        """Give a registry with more decisions, checked.

        Raises
        ------
        RegistryError
            If one of them contradicts the others.
        """
        more = Registry(self.actors, (*self.decisions, *decisions), self.source)
        check_registry(more)
        return more


EMPTY = Registry()


def check_registry(registry: Registry) -> None:
    """Check that ids and aliases are unique and no decision contradicts another.

    Raises
    ------
    RegistryError
        For the first duplicate, contradiction or cycle, with the lines of both entries.
    """
    _check_unique(registry)
    groups = _Groups()
    for actor in registry.actors:
        groups.join([actor.id, actor.name, *actor.aliases], actor.line)
    for decision in registry.decisions:
        if isinstance(decision, Merge):
            groups.join([*decision.merge, *([decision.into] if decision.into else [])], decision.line)
    for decision in registry.decisions:
        if isinstance(decision, Split):
            for one, other in combinations(decision.split, 2):
                if groups.root(one) == groups.root(other):
                    _refuse(registry, decision, f"splits '{one}' from '{other}', which line {groups.line(one)} merges")
    _check_targets(registry, groups)
    _check_renames(registry)


def _refuse(registry: Registry, entry: _Entry, what: str) -> None:
    place = f", line {entry.line}" if entry.line else ""
    raise RegistryError(f"{registry.source or 'decisions'}{place}: {what}. Remove or change one of the two.")


def _check_unique(registry: Registry) -> None:
    seen: dict[object, _Entry] = {}
    for label, value, entry in _claims(registry):
        if value in seen:
            first = seen[value]
            again = "twice in one entry" if first is entry else f"already in line {first.line}"
            _refuse(registry, entry, f"{label} stands {again}")
        seen[value] = entry


def _claims(registry: Registry) -> Iterator[tuple[str, object, _Entry]]:
    """Give what only one entry may say, in words and as a value."""
    for actor in registry.actors:
        yield f"the id '{actor.id}'", ("id", actor.id), actor
        for name in (actor.name, *actor.aliases):
            yield f"the name '{name}'", ("name", name), actor
    for decision in registry.decisions:
        if isinstance(decision, Merge | Split):
            names = decision.merge if isinstance(decision, Merge) else decision.split
            if len(set(names)) < len(names):
                _refuse(registry, decision, "one name stands twice in the list")
            yield "a decision on the same names", (type(decision), frozenset(names)), decision
        elif isinstance(decision, Rename):
            yield f"a new name for '{decision.rename}'", ("rename", decision.rename), decision
        else:
            where = f"who '{decision.name}' is in {decision.document}"
            yield where, ("in document", decision.document, decision.name.casefold()), decision


def _check_targets(registry: Registry, groups: _Groups) -> None:
    """Names merged into two targets contradict each other; merged into one another they turn in a circle."""
    targets: dict[str, Merge] = {}
    for decision in registry.decisions:
        if isinstance(decision, Merge) and decision.into:
            first = targets.setdefault(groups.root(decision.into), decision)
            if first.into != decision.into:
                _refuse(
                    registry,
                    decision,
                    f"merges into '{decision.into}' what line {first.line} merges into '{first.into}'",
                )


def _check_renames(registry: Registry) -> None:
    renames = {decision.rename: decision for decision in registry.decisions if isinstance(decision, Rename)}
    for decision in renames.values():
        seen, name = {decision.rename}, decision.to
        while name in renames:
            if name in seen:
                _refuse(registry, decision, f"renames '{decision.rename}' in a circle (line {renames[name].line})")
            seen.add(name)
            name = renames[name].to


class _Groups:
    """Names that decisions make one actor, by union of sets."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._line: dict[str, int] = {}

    def root(self, name: str) -> str:
        """Give the name that stands for the group of ``name``."""
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def line(self, name: str) -> int:
        """Give the line that last joined names to the group of ``name``."""
        return self._line.get(self.root(name), 0)

    def join(self, names: Sequence[str], line: int) -> None:
        """Make one group of ``names``."""
        first = self.root(names[0])
        for name in names:
            self._parent[self.root(name)] = first
        self._parent[first] = first
        self._line[first] = line
