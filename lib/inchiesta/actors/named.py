"""The actor a researcher names: by id or by exact name, with near names where nothing fits."""

from __future__ import annotations

from difflib import get_close_matches

import pandas as pd

from inchiesta.errors import ParameterError

# Names offered when nobody has the name.
NEAR_NAMES = 3


def find_actor(actors: pd.DataFrame, named: str, *, where: str = "in the texts") -> str:
    """Give the actor_id of an actor named by id or by exact name.

    Parameters
    ----------
    actors : DataFrame
        actor_id and name are read, and aliases where there are any: tables ``actors`` and ``nodes`` have them.
    named : str
        An actor_id or the exact name.
    where : str
        Where was looked, for the message.

    Raises
    ------
    ParameterError
        If no actor has that id or name (the message lists near names), or several have that name (it lists their ids).
    """
    if (actors["actor_id"] == named).any():
        return named
    found = actors.loc[actors["name"] == named, "actor_id"].tolist()
    if len(found) == 1:
        return str(found[0])
    if found:
        raise ParameterError(f"{len(found)} actors are called '{named}'; name one by its actor_id: {', '.join(found)}")
    near = _find_near(actors, named)
    hint = f"near names: {', '.join(near)}" if near else f"of {len(actors)} actors none has a near name"
    raise ParameterError(f"no actor '{named}' {where}; {hint}")


def _find_near(actors: pd.DataFrame, named: str) -> list[str]:
    """Give the names of actors of which a name or alias is written much like ``named`` or holds it."""
    aliases = actors["aliases"] if "aliases" in actors else [()] * len(actors)
    folded: dict[str, str] = {}
    for name, others in zip(actors["name"], aliases, strict=True):
        for written in (name, *others):
            folded.setdefault(str(written).casefold(), str(name))
    wanted = named.casefold()
    near = [folded[name] for name in get_close_matches(wanted, sorted(folded), n=NEAR_NAMES, cutoff=0.5)]
    near += [name for written, name in folded.items() if wanted and wanted in written]
    return list(dict.fromkeys(near))[:NEAR_NAMES]
