"""Synthetic networks with invented names: communities, hubs, stars; pairs as a corpus would give them."""

from __future__ import annotations

import random
from itertools import pairwise

import pandas as pd

from inchiesta.tables import TABLES

LONG = [
    "Organizzazione del Trattato di Sicurezza Collettiva",
    "Commissione parlamentare d'inchiesta sul traffico di armi",
    "Autorità nazionale anticorruzione della Repubblica di Valdoria",
    "Consiglio dell'Alleanza del Trattato di Lorvan",
]
SYLLABLES = "ar bel cor dan fer gor kes lor mar nar pal rav sol tar ul ven zor".split()  # noqa: SIM905
KINDS = ("PER", "PER", "ORG", "LOC", "ORG", "PER", "LOC", "OTHER")


def name_actors(n: int, seed: int) -> pd.DataFrame:
    """Make a table actors: one in eight has a long name."""
    draw = random.Random(seed)
    rows, seen = [], set()
    while len(rows) < n:
        number = len(rows)
        words = [
            "".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3)))).title() for _ in range(draw.choice((1, 2, 2)))
        ]
        name = (
            f"{LONG[number // 8 % 4]}{f' {words[0]}' if number >= 32 else ''}" if number % 8 == 2 else " ".join(words)
        )
        if name not in seen:
            seen.add(name)
            kind = "ORG" if number % 8 == 2 else KINDS[number % 8]
            rows.append((f"a{number:03d}", name, kind, [name], "", 5 + (n - number) // 2, 5, 4))
    return pd.DataFrame(rows, columns=TABLES["actors"].names)


def make_pairs(origins: dict[tuple[str, str], int], *, q_value: float = 0.001) -> pd.DataFrame:
    """Make a table pairs from the origins of each pair, all with the same q_value and steady."""
    rows = [
        {
            "actor_a": min(pair),
            "actor_b": max(pair),
            "unit": "sentence",
            "n_together": number + 1,
            "n_sentences": number + 1,
            "n_documents": number,
            "n_origins": number,
            "expected": 0.5,
            "npmi": 0.5,
            "g2": 5.0 + number,
            "p_value": q_value / 10,
            "q_value": q_value,
            "stability": 0.99,
        }
        for pair, number in sorted(origins.items())
    ]
    return pd.DataFrame(rows).reindex(columns=TABLES["pairs"].names)


def make_network(n: int, seed: int = 0, *, size: int = 9) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make pairs and actors of ``n`` actors in communities of about ``size``, a few ties between, one lone couple."""
    draw = random.Random(seed)
    actors = name_actors(n, seed)
    ids = list(actors["actor_id"])
    groups = [ids[start :: max(1, n // size)] for start in range(max(1, n // size))]
    origins: dict[tuple[str, str], int] = {}
    for group in groups:
        for place, actor in enumerate(group[1:], start=1):
            origins[(group[0] if draw.random() < 0.5 else draw.choice(group[:place]), actor)] = draw.randint(3, 20)
        for _ in range(len(group) // 2):
            a, b = sorted(draw.sample(group, 2))
            origins[(a, b)] = draw.randint(3, 12)
    for one, other in pairwise(groups):
        if draw.random() < 0.85:
            origins[(draw.choice(one[:3]), draw.choice(other[:3]))] = draw.randint(3, 6)
    return make_pairs({(min(a, b), max(a, b)): count for (a, b), count in origins.items()}), actors


def make_star(n_leaves: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make pairs and actors of one hub and its leaves."""
    actors = name_actors(n_leaves + 1, 3)
    ids = list(actors["actor_id"])
    return make_pairs({(ids[0], leaf): 3 + number for number, leaf in enumerate(ids[1:])}), actors
