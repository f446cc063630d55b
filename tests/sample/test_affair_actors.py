"""The affair: which actor is in which article, as it was planted.

Each planted actor is given to one actor of ours; where resolving tore it, its other pieces count as wrong.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

import inchiesta
from inchiesta.dossier import Dossier

SAMPLE = Path(__file__).parents[2] / "data/sample"

Pairs = set[tuple[str, str]]


@pytest.fixture(scope="module")
def truth() -> list[dict[str, Any]]:
    found = json.loads((SAMPLE / "affair-truth.json").read_text(encoding="utf-8"))
    return [document for document in found["documents"] if document["kind"] in ("original", "translation")]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return inchiesta.open(SAMPLE / "affair")


def planted_and_found(truth: list[dict[str, Any]], dossier: Dossier) -> tuple[Pairs, Pairs, dict[str, str]]:
    """Give (article, actor) as planted and as found, and the planted name each actor of ours stands for.

    An actor of ours is a piece of a planted one if it bears one of its names in more than half of its articles. The
    piece in most articles stands for it, every other one for nobody; actors outside the cast are not looked at.
    """
    ids = {(row["path"], row["member"]): row["document_id"] for row in dossier.documents.to_dict("records")}
    articles = {ids[document["path"], document["member"]]: document["actors"] for document in truth}
    planted = {(article, name) for article, names in articles.items() for name in names}
    surfaces = {key: set(group["surface"]) for key, group in dossier.mentions.groupby(["document_id", "actor_id"])}
    here = [(article, actor) for article, actor in surfaces if article in articles]
    borne, n_articles = defaultdict(Counter), Counter(actor for _, actor in here)
    for article, actor in here:
        for name, forms in articles[article].items():
            borne[actor][name] += bool(surfaces[article, actor] & set(forms))
    pieces = {actor: counts.most_common(1)[0] for actor, counts in borne.items() if counts}
    pieces = {actor: (name, n) for actor, (name, n) in pieces.items() if 2 * n > n_articles[actor]}
    largest = sorted(pieces, key=lambda actor: (-pieces[actor][1], actor))
    stands_for = {}
    for actor in largest:
        name = pieces[actor][0]
        stands_for[actor] = name if name not in stands_for.values() else f"a piece of {name}: {actor}"
    found = {(article, stands_for[actor]) for article, actor in here if actor in stands_for}
    return planted, found, stands_for


def test_which_actor_is_in_which_article(truth: list[dict[str, Any]], dossier: Dossier) -> None:
    planted, found, _ = planted_and_found(truth, dossier)
    assert 2 * len(planted & found) / (len(planted) + len(found)) >= 0.92


def test_the_two_ferruccis_are_two_and_stakhar_is_one(truth: list[dict[str, Any]], dossier: Dossier) -> None:
    _, _, ours = planted_and_found(truth, dossier)
    assert ours["per-bruno-ferrucci"] == "Bruno Ferrucci"
    assert ours["per-nadia-ferrucci"] == "Nadia Ferrucci"
    stakhar = dossier.mentions[dossier.mentions["surface"].isin(["Stakhar", "Stahar", "Стахар", "Ivo Stakhar"])]
    assert stakhar["actor_id"].nunique() == 1


def test_the_alliance_is_one_under_its_four_names(dossier: Dossier) -> None:
    names = ["LTA", "ATL", "Lorvan Treaty Alliance", "Alleanza del Trattato di Lorvan"]
    assert dossier.mentions.loc[dossier.mentions["surface"].isin(names), "actor_id"].nunique() == 1
