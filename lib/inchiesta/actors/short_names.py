"""Short names of people: whose a bare surname, a given name, initials are. In a document first, then across."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from inchiesta.actors.candidates import choose_in_corpus, choose_in_document, leave_out, map_distinct
from inchiesta.actors.match_keys import plain_key, sound_key, surname_key

# Below this many letters a shared sound is chance (Kane, Cane).
SHORTEST_SOUND = 5
INITIAL = re.compile(r"\b(\w)\.")


@lru_cache(maxsize=500_000)
def surname_of(name: str) -> str:
    """Give what the surname of a full name and the bare surname share; empty for a bare one."""
    return sounding(key) if (key := surname_key(name)) else ""


def sounding(key: str) -> str:
    """Give the sound of a plain key, or the key itself where it is too short to be told by sound."""
    sound = sound_key(key)
    return sound if len(sound) >= SHORTEST_SOUND else f"= {key}"


@lru_cache(maxsize=500_000)
def _initials(name: str) -> tuple[str, ...]:
    """Give the first letters of the words before the surname, where one is an initial; empty for a name without."""
    words = INITIAL.sub(r"\1. ", name).split()
    given = words[: -1 if len(words) > 1 else None]
    # Written out, they may also stand without stops: J F Kennedy.
    if len(words) < 2 or not any(len(word.rstrip(".")) == 1 for word in given):
        return ()
    return tuple(plain_key(word)[:1] for word in given)


def list_initials(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give names with initials and the names they may stand for, by what they share.

    *N. Pashinyan* and *Nikol Pashinyan* share the surname and the first letter; *Joseph Votel* and *Joseph L. Votel*
    the name without the middle; *J. F. K.* and *John Fitzgerald Kennedy* all first letters.
    """
    short, long = [], []
    for name in people["name"].unique():
        words = INITIAL.sub(r"\1. ", name).split()
        letters = [plain_key(word)[:1] for word in words]
        bare = [len(word.rstrip(".")) == 1 for word in words]
        if all(bare):
            short.append((name, "".join(letters))) if len(words) > 1 else None
            continue
        surname = surname_of(" ".join(words))
        if not surname:
            continue
        if bare[0]:
            short.append((name, f"{letters[0]} {surname}"))
            continue
        long.append((name, f"{letters[0]} {surname}"))
        if len(words) > 2:
            long.append((name, "".join(letters)))
        if any(bare):
            long.append((name, f"{plain_key(words[0])} + {surname}"))
        elif len(words) == 2:
            short.append((name, f"{plain_key(words[0])} + {surname}"))
    columns = ["name", "match"]
    return tuple(people.merge(pd.DataFrame(rows, columns=columns, dtype="str"), on="name") for rows in (short, long))  # type: ignore[return-value]


def assign_initials(held: pd.DataFrame) -> pd.DataFrame:
    """Give moves from names with initials to the full name: in the document, then in the corpus.

    Parameters
    ----------
    held : DataFrame
        One row per document and key: document, key, name, kind.
    """
    short, long = list_initials(held[held["kind"] == "PER"])
    near = choose_in_document(short, long, "initials in document", "full name with these initials")
    far = choose_in_corpus(leave_out(short, near), long, "initials in corpus", "full name with these initials")
    return pd.concat([near, far], ignore_index=True)


def assign_short_names(held: pd.DataFrame) -> pd.DataFrame:
    """Give moves from bare surnames and given names to the full name they stand for.

    Parameters
    ----------
    held : DataFrame
        One row per document and key: document, key, name, kind, is_person_here, is_guess.

    Returns
    -------
    DataFrame
        Moves, by the first rule that applies: *surname in document*, *given name in document*, *surname in corpus*.
        Where a document names two people of that surname in full, and where it names none and the corpus several, the
        question stays open (status *apart*, a row per candidate).
    """
    surnames = map_distinct(held["name"], surname_of)
    people = held[(surnames != "") & (held["kind"] == "PER")]
    by_surname = people.assign(match=surnames)
    by_given = people.assign(match=map_distinct(people["name"], lambda name: plain_key(name.split(" ", 1)[0])))
    bare = held[surnames == ""]
    plain = map_distinct(bare["name"], plain_key)
    bare = bare.assign(match=map_distinct(plain, sounding))
    # Ford that reads as a firm is not William Ford, if its kind is more than a guess; the question is kept.
    person = (bare["kind"] == "PER") | bare["is_person_here"] | bare["is_guess"]
    near = choose_in_document(bare, by_surname, "surname in document", "full name of that surname")
    firm = leave_out(near.assign(key=near["source"]), bare[person].assign(source=bare["key"]))[near.columns]
    near = near.drop(firm.index)
    people = leave_out(bare[bare["kind"] == "PER"], near)
    given = choose_in_document(
        people.assign(match=plain), by_given, "given name in document", "full name that begins with it"
    )
    given = given[given["status"] == "joined"]
    far = choose_in_corpus(leave_out(people, given), by_surname, "surname in corpus", "full name of that surname")
    firm = firm.assign(status="apart", evidence_against="it does not read as a person")
    return pd.concat([near, given, far, firm], ignore_index=True)
