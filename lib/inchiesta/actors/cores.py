"""Cores: the name inside a mention, without article, title, possessive, legal form, or what describes it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from inchiesta.actors.gazetteer import is_given_name
from inchiesta.actors.match_keys import mixes_scripts, plain_key, strip_article
from inchiesta.actors.word_lists import APOSTROPHES, particles, read_rows, words_of_class

SPACES = re.compile(r"\s+")
POSSESSIVE = re.compile(r"(?<=\w)(?:'s|(?<=s)')$")
# *General Motors ( GM*: the name, and what the bracket gives beside it.
BRACKET = re.compile(r"^(?P<name>[^()]*\w[^()]*?) ?\( ?(?P<inner>[^()]+?) ?\)?(?: [a-z]+)?$")
# Longer mentions are clauses; their tails are not looked at one by one.
MOST_WORDS = 15


@dataclass(frozen=True, slots=True)
class Core:
    """``name`` is the mention without what only dresses it; ``inner`` stands behind it in brackets, mostly empty."""

    name: str
    inner: str = ""


def tidy(surface: str) -> str:
    """Give a surface with single spaces and one kind of apostrophe."""
    return SPACES.sub(" ", surface.translate(APOSTROPHES)).strip()


@cache
def title_words() -> frozenset[str]:
    """Give titles, roles and forms of address in small letters, without full stops."""
    titles = {row["title"] for row in read_rows("titles.tsv")}
    honorifics = words_of_class("it", "honorific") | words_of_class("en", "honorific")
    return frozenset(title.lower().rstrip(".") for title in titles | honorifics)


@cache
def function_words() -> frozenset[str]:
    """Give the small words of Italian and English, in small letters: articles, prepositions, conjunctions."""
    return words_of_class("it", "function") | words_of_class("en", "function")


@cache
def forms_of_firms(kind: str) -> frozenset[str]:
    """Give the words that only say what a firm is: ``legal`` (Ltd, S.p.A.) or ``general`` (Group, Motor, Company)."""
    return frozenset(row["word"] for row in read_rows("legal_forms.tsv") if row["class"] == kind)


@lru_cache(maxsize=500_000)
def core_of(surface: str, *, is_person: bool) -> Core:
    """Give the name inside a surface: no article in small letters, no possessive, no bracket, a person without title.

    >>> core_of("the Airbus's", is_person=False).name, core_of("Sen. Aldo Neri", is_person=True).name
    ('Airbus', 'Aldo Neri')
    """
    name = tidy(surface)
    if mixes_scripts(name):
        return Core(name)
    inner = ""
    if found := BRACKET.match(name):
        name, inner = found["name"].strip(), found["inner"].strip()
    name = POSSESSIVE.sub("", name).rstrip(" ,;:")
    if name[:1].islower() or name.startswith("The "):
        name = strip_article(name)
    return Core((_strip_title(name) if is_person else name) or tidy(surface), inner)


def _strip_title(name: str) -> str:
    """Take titles off a person's name, and what stands before one (*Kestovian Prime Minister Ivo Stakhar*)."""
    words = name.split(" ")
    start = 0
    while (length := _title_length(words[start:])) and start + length < len(words):
        start += length
    for place in range(1, min(len(words), MOST_WORDS) if not start else 0):
        length = _title_length(words[place:])
        rest = words[place + length :]
        if length and len(rest) > 1 and all(word[:1].isupper() for word in rest[:2]):
            start = place + length
            break
    rest = words[start:]
    return " ".join(rest) if rest[0][:1].isupper() and not _is_only_given(words, start) else name


def _is_only_given(words: list[str], start: int) -> bool:
    """Tell whether a title would leave no more than a given name: *Suor Agnese*, *Papa Francesco* need theirs."""
    return start > 0 and len(words) - start == 1 and is_given_name(words[-1])


def _title_length(words: list[str]) -> int:
    for length in range(min(4, len(words)), 0, -1):
        # Dean Martin is called Dean, Don Aldo is not called Don.
        is_name = length == 1 and words[0][:1].isupper() and is_given_name(words[0], wordlike=True)
        if " ".join(words[:length]).lower().rstrip(".") in title_words() and not is_name:
            return length
    return 0


def strip_form(name: str) -> str:
    """Give a firm without its legal form: *Arvex S.p.A.*, *Arvex, Inc.*

    >>> strip_form("Arvex Systems S.p.A."), strip_form("Kormat Holding Co., Ltd.")
    ('Arvex Systems', 'Kormat Holding')
    """
    words = name.split(" ")
    while len(words) > 1 and words[-1].strip(",") in forms_of_firms("legal"):
        words.pop()
    while len(words) > 1 and words[0] in ("ООО", "ОАО", "ПАО", "ЗАО", "АО"):
        words.pop(0)
    return " ".join(words).rstrip(" ,&")


def has_general_tail(long: str, head: str) -> bool:
    """Tell whether ``long`` is ``head`` and words that only say what a firm is (Arvex, Arvex Holding Company)."""
    tail = long[len(head) :].split()
    general = forms_of_firms("general") | forms_of_firms("legal")
    return bool(tail) and all(word.strip(",") in general for word in tail)


def find_described(names: Iterable[str], known: Collection[str], *, persons: bool) -> dict[str, str]:
    """Find names that are a known name with a description: *US automaker GM*, *Airbus, the plane maker*.

    Parameters
    ----------
    names : iterable of str
        Cores of one kind.
    known : collection of str
        The names met on their own.
    persons : bool
        The names are of persons: a role may open the description (*president of the union Ivo Stakhar*).

    Returns
    -------
    dict
        The described name and the known one, for those where the tail behind a description, or the head before a
        comma, is known.
    """
    return {name: target for name in names if (target := _described(name, known, persons))}


def _described(name: str, known: Collection[str], persons: bool) -> str:
    if (bare := strip_article(name)) in known and bare != name:
        return bare
    if name.count(" ") >= MOST_WORDS or " " not in name:
        return ""
    head, comma, _ = name.partition(", ")
    if comma and head in known:
        return head
    words = name.split(" ")
    for start in range(1, len(words)):
        tail = strip_article(" ".join(words[start:]))
        if tail in known and _describes(words[:start], persons and " " in tail):
            return tail
    return ""


def _describes(words: list[str], is_full_name: bool) -> bool:
    """Tell whether the words before a name describe it: a noun in small letters, a title, a possessor."""
    last = words[-1].rstrip(",")
    # Behind a preposition a name goes on (Bank of America).
    if last.lower().rstrip("'") in function_words() or last.lower() in particles() or not plain_key(last):
        return False
    if last.islower() or POSSESSIVE.search(last) or (is_full_name and _title_length(words)):
        return True
    return any(" ".join(words[-length:]).lower().rstrip(",.") in title_words() for length in (1, 2, 3))
