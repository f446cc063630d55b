"""Invented names with Zipf-like popularity, and rare words without end: nothing here names anything that exists."""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar

Item = TypeVar("Item")

ONSETS = ("b", "br", "d", "dr", "f", "g", "gl", "k", "l", "m", "n", "p", "r", "s", "sk", "st", "t", "tr", "v", "z")
MIDDLES = ("ar", "el", "im", "on", "ul", "av", "er", "il", "os", "un", "ad", "ev", "ir", "or", "uv", "al")
GIVEN_ENDS = ("a", "en", "o", "is", "e", "an")
SURNAME_ENDS = ("ovar", "eddin", "aschi", "embre", "otta", "issen", "undo", "erlac", "avoz", "ennik", "oldi", "arque")
STATE_ENDS = ("avia", "edia", "oldia", "estia", "arria", "entia", "oskia", "imia")
CITY_ENDS = ("ona", "eto", "burg", "grad", "asco", "ene", "holm", "ura")
VOWELS, CONSONANTS = "aeiou", "bdfglmnprstv"
# None of them ends a given name: a word in a text is a brand or a given name, never both.
BRAND_ENDS = ("ex", "ix", "on", "ux", "ar", "um", "od", "ek")

# {} is the brand; the gender is the one Italian grammar needs for the article.
ORGANISATIONS = (
    ("{} Systems", "f"),
    ("{} Energy", "f"),
    ("Istituto {}", "m"),
    ("{} Institute", "m"),
    ("Fondazione {}", "f"),
    ("{} Export", "f"),
    ("Consorzio {}", "m"),
    ("{} Transport Authority", "f"),
    ("Agenzia {} Energia", "f"),
    ("Unione Popolare {}", "f"),
    ("{} Treaty Council", "m"),
    ("{}", "f"),
)
# Share of the actors by kind of slot; states are few and cities not many, as in real news.
SHARES = {"PER": 0.55, "ORG": 0.25, "STATE": 0.08, "CITY": 0.12}
LEAST = {"PER": 10, "ORG": 6, "STATE": 4, "CITY": 4}
# Above this number a benchmark tells nothing new and the truth file only grows.
MOST_ACTORS = 6_000


# Compared by identity: each is made once, and comparing its parts would cost most of the time.
@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """An invented actor: ``name`` is canonical, ``short`` the surname or brand, ``acronym`` may be empty."""

    kind: str
    name: str
    short: str
    acronym: str = ""
    gender: str = "f"

    @property
    def entity(self) -> str:
        """Give the kind as the truth states it: PER, ORG or LOC."""
        return "LOC" if self.kind in ("STATE", "CITY") else self.kind


def pick(rng: random.Random, items: Sequence[Item]) -> Item:
    """Choose one item; only ``random()`` is promised to give the same numbers in every Python version."""
    return items[int(rng.random() * len(items))]


def build_word(rng: random.Random, n_middles: int, ends: Sequence[str]) -> str:
    """Build a pronounceable invented word of an onset, middles joined by consonants, and an ending."""
    word = pick(rng, ONSETS) + pick(rng, MIDDLES)
    for _ in range(n_middles - 1):
        word += pick(rng, ONSETS)[0] + pick(rng, MIDDLES)
    return word + pick(rng, ends)


def build_person(word: Callable[[int, Sequence[str]], str]) -> Actor:
    """Build a person; surnames are unique, so that a surname alone has one answer."""
    surname = word(1, SURNAME_ENDS)
    return Actor("PER", f"{word(1, GIVEN_ENDS)} {surname}", surname)


def build_state(word: Callable[[int, Sequence[str]], str]) -> Actor:
    """Build a state; the ending -ia gives its demonym in both languages (-ian, -iano)."""
    name = word(2, STATE_ENDS)
    return Actor("STATE", name, name)


def build_city(word: Callable[[int, Sequence[str]], str]) -> Actor:
    """Build a city."""
    name = word(2, CITY_ENDS)
    return Actor("CITY", name, name)


def build_organisation(word: Callable[[int, Sequence[str]], str], form: tuple[str, str]) -> Actor:
    """Build an organisation; those of three words have an acronym, those beginning with the brand a short form."""
    brand = word(1, BRAND_ENDS)
    name = form[0].format(brand)
    acronym = "".join(part[0] for part in name.split()) if name.count(" ") == 2 else ""
    return Actor("ORG", name, brand if name.startswith(brand) else name, acronym, form[1])


@dataclass
class Cast:
    """The actors of a corpus by kind, most popular first, with the running sums that draws need."""

    actors: dict[str, list[Actor]]
    sums: dict[str, list[float]] = field(default_factory=dict)

    def set_weights(self, weights: dict[str, list[float]]) -> None:
        """Replace the popularity of the actors."""
        self.sums = {kind: list(accumulate(values)) for kind, values in weights.items()}

    def draw(self, rng: random.Random, kind: str) -> Actor:
        """Draw one actor of ``kind`` by popularity."""
        sums = self.sums[kind]
        return self.actors[kind][min(bisect(sums, rng.random() * sums[-1]), len(sums) - 1)]


def count_actors(n_articles: int) -> dict[str, int]:
    """Give the number of actors of each kind: they grow with the root of the articles (Heaps)."""
    total = min(MOST_ACTORS, int(20 * math.sqrt(n_articles)))
    return {kind: max(LEAST[kind], int(total * share)) for kind, share in SHARES.items()}


def build_cast(n_articles: int, rng: random.Random, taken: set[str]) -> Cast:
    """Build the actors of a corpus; no word of theirs is in ``taken`` (lower case) and none is used twice.

    Popularity is 1 / (rank + 5), Zipf's law with Mandelbrot's shift: the first actor does not fill a corpus of 100.
    """
    used, acronyms = set(taken), set()

    def fresh_word(n_middles: int, ends: Sequence[str]) -> str:
        for attempt in range(1_000):
            word = build_word(rng, n_middles + attempt // 20, ends).capitalize()
            if word.lower() not in used:
                used.add(word.lower())
                return word
        raise RuntimeError("no invented name is left: fewer actors are needed")

    def fresh_organisation() -> Actor:
        actor = build_organisation(fresh_word, pick(rng, ORGANISATIONS))
        if actor.acronym in acronyms:
            return Actor("ORG", actor.name, actor.short, "", actor.gender)
        acronyms.add(actor.acronym)
        return actor

    builders: dict[str, Callable[[], Actor]] = {
        "PER": lambda: build_person(
            lambda n, ends: build_given(rng) if ends is GIVEN_ENDS else fresh_word(n + 1, ends)
        ),
        "ORG": fresh_organisation,
        "STATE": lambda: build_state(fresh_word),
        "CITY": lambda: build_city(fresh_word),
    }
    actors = {kind: [builders[kind]() for _ in range(count)] for kind, count in count_actors(n_articles).items()}
    cast = Cast(actors)
    cast.set_weights({kind: [1 / (rank + 5) for rank in range(1, len(of) + 1)] for kind, of in actors.items()})
    return cast


def build_given(rng: random.Random) -> str:
    """Build a given name; several persons may bear it."""
    return build_word(rng, 1, GIVEN_ENDS).capitalize()


def draw_rare_rank(rng: random.Random) -> int:
    """Draw a rank with a tail of exponent 0.8, so that k draws meet about k ** 0.8 different ranks (Heaps).

    Shifted by 300 (Mandelbrot): the first ranks are rare words too. Roots are exact everywhere, a general power may
    differ in the last bit between machines.
    """
    u = 1.0 - rng.random()
    return min(int(300 * (1 / (u * math.sqrt(math.sqrt(u))) - 1)), 10**9)


def spell_rare_word(rank: int, ends: Sequence[str]) -> str:
    """Spell the invented word of ``rank``: the same rank gives the same word, with nothing kept in memory."""
    # An odd multiplier permutes the numbers below a power of two: neighbouring ranks do not look alike, and the
    # frequent ones are the shorter words.
    number = (rank * 2_654_435_761) % (2**18 if rank < 2**18 else 2**34)
    number, onset = divmod(number, len(ONSETS))
    number, end = divmod(number, len(ends))
    word = ONSETS[onset]
    while number:
        number, syllable = divmod(number, len(VOWELS) * len(CONSONANTS))
        word += VOWELS[syllable % len(VOWELS)] + CONSONANTS[syllable // len(VOWELS)]
    return word + ends[end]
