"""One actor under many names, and two actors under one."""

from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.actors.find import find_mentions
from inchiesta.actors.resolve import resolve_actors
from inchiesta.tables import check_table
from tests.actors.frames import build_frames

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def resolve(*texts: str, language: str = "it", origins: list[str] | None = None) -> Tables:
    documents, sentences = build_frames(*texts, language=language, origins=origins)
    tables = resolve_actors(find_mentions(documents, sentences), documents)
    for name, frame in zip(("mentions", "actors", "merges"), tables, strict=True):
        check_table(name, frame)
    return tables


def aliases(actors: pd.DataFrame) -> set[frozenset[str]]:
    return {frozenset(found) for found in actors["aliases"]}


def test_a_listed_actor_gathers_its_listed_names() -> None:
    _, actors, merges = resolve("Si parla di Azerbaigian, poi di Azerbaijan e di Azerbaigian.")
    assert actors[["actor_id", "name", "kind", "n_mentions"]].to_numpy().tolist() == [["AZ", "Azerbaigian", "LOC", 3]]
    assert merges[["actor_id", "surface", "rule", "n_mentions"]].to_numpy().tolist() == [
        ["AZ", "Azerbaijan", "gazetteer", 1]
    ]


def test_a_surname_goes_to_the_full_name_of_its_document() -> None:
    _, actors, merges = resolve("Parla il premier Nikol Pashinyan.\nPoi il premier Pashinyan tace.")
    assert actors["actor_id"].tolist() == ["per-nikol-pashinyan"]
    assert merges["rule"].tolist() == ["surname in document"]
    assert "Nikol Pashinyan" in merges["evidence_for"].iloc[0]


def test_two_people_with_one_surname_stay_apart_and_the_doubt_is_shown() -> None:
    mentions, actors, _ = resolve(
        "La giudice Nadia Ferrucci indaga su Bruno Ferrucci.\nPoi il direttore Ferrucci tace.",
        "La giudice Nadia Ferrucci torna.\nPoi la giudice Ferrucci parla.",
        "Lo dice il direttore Ferrucci.",
    )
    assert set(actors["actor_id"]) == {"per-nadia-ferrucci", "per-bruno-ferrucci", "per-ferrucci"}
    bare = mentions[mentions["surface"] == "Ferrucci"]
    assert bare["actor_id"].tolist() == ["per-ferrucci", "per-nadia-ferrucci", "per-ferrucci"]


def test_a_surname_unique_in_the_corpus_finds_its_full_name_elsewhere() -> None:
    _, actors, merges = resolve("Parla il premier Ivo Stakhar.", "Poi il premier Stakhar tace.")
    assert actors["actor_id"].tolist() == ["per-ivo-stakhar"]
    assert merges["rule"].tolist() == ["surname in corpus"]


def test_transliterations_and_accents_are_one_spelling() -> None:
    _, actors, _ = resolve(
        "Parla il premier Ivo Stakhar con Lenka Dravić.",
        "Parla il premier Ivo Stahar con Lenka Dravich.",
        "Parla il premier Стахар con Lenka Dravic.",
    )
    assert aliases(actors) == {
        frozenset({"Ivo Stakhar", "Ivo Stahar", "Стахар"}),
        frozenset({"Lenka Dravić", "Lenka Dravich", "Lenka Dravic"}),
    }


def test_a_name_that_mixes_scripts_is_never_merged() -> None:
    mixed = "Ivo Stakh\u0430r"  # the second-last letter is Cyrillic
    _, actors, merges = resolve(f"Parla il premier Ivo Stakhar.\nPoi il premier {mixed} parla.")
    assert set(actors["actor_id"]) == {"per-ivo-stakhar", "per-ivo-stakhar-2"}
    flagged = merges[["actor_id", "surface", "rule", "status"]].to_numpy().tolist()
    assert flagged == [["per-ivo-stakhar-2", mixed, "mixed scripts", "apart"]]
    assert merges["candidates"].tolist() == [["per-ivo-stakhar"]]


@pytest.mark.parametrize(
    "text",
    [
        "Entra nell'Alleanza del Trattato di Lorvan (ATL) domani.\nPoi lascia la ATL per sempre.",
        "Entra nella ATL (Alleanza del Trattato di Lorvan) domani.\nPoi lascia la ATL per sempre.",
    ],
)
def test_an_acronym_in_brackets_joins_its_long_name_either_way_round(text: str) -> None:
    _, actors, merges = resolve(text)
    assert aliases(actors) == {frozenset({"Alleanza del Trattato di Lorvan", "ATL"})}
    assert actors["name"].iloc[0] == "Alleanza del Trattato di Lorvan"
    assert set(merges["rule"]) == {"acronym in brackets"}


def test_a_party_in_brackets_is_not_the_person_before_it() -> None:
    mentions, _, _ = resolve("Lo dice Paolo Damiani (PD) in aula.")
    assert mentions["actor_id"].nunique() == len(mentions)


def test_the_first_word_of_a_firm_is_the_firm() -> None:
    _, actors, merges = resolve("A search at Arvex Systems began. Papers of Arvex were taken.", language="en")
    assert actors["name"].tolist() == ["Arvex Systems"]
    assert merges["rule"].tolist() == ["short name in document"]


def test_actors_are_counted_by_mention_document_and_origin() -> None:
    text = "La Russia parla.\nLa Russia tace."
    _, actors, _ = resolve(text, text, "La Russia parla.", origins=["o1", "o1", "o2"])
    assert actors[["n_mentions", "n_documents", "n_origins"]].to_numpy().tolist() == [[5, 3, 2]]


def test_inputs_are_not_changed_and_order_does_not_matter() -> None:
    documents, sentences = build_frames("Parla Nikol Pashinyan.", "Parla ancora il premier Pashinyan a Minsk.")
    mentions = find_mentions(documents, sentences)
    before = mentions.copy(deep=True)
    _, actors, merges = resolve_actors(mentions, documents)
    pd.testing.assert_frame_equal(mentions, before)
    _, turned, turned_merges = resolve_actors(mentions.iloc[::-1], documents.iloc[::-1])
    pd.testing.assert_frame_equal(actors, turned)
    pd.testing.assert_frame_equal(merges, turned_merges)


def test_no_mentions_give_empty_tables() -> None:
    _, actors, merges = resolve("nulla di nulla.")
    assert actors.empty
    assert merges.empty
