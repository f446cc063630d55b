"""Each rule that joins names: when it does, what speaks against it, and when it keeps its hands off."""

from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.actors.resolve import resolve_actors
from inchiesta.tables import check_table
from tests.actors.frames import Row, name_mentions


def resolve(*rows: Row, languages: dict[str, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give resolved mentions and merges."""
    documents, mentions = name_mentions(*rows)
    if languages:
        documents = documents.assign(language=documents["document_id"].map(languages))
    resolved, actors, merges = resolve_actors(mentions, documents)
    for name, table in (("mentions", resolved), ("actors", actors), ("merges", merges)):
        check_table(name, table)
    return resolved, merges


def groups(mentions: pd.DataFrame) -> set[frozenset[str]]:
    """Give the surfaces of each actor."""
    return {frozenset(group) for _, group in mentions.groupby("actor_id")["surface"]}


def together(*rows: Row, languages: dict[str, str] | None = None) -> bool:
    """Tell whether all rows are one actor."""
    return resolve(*rows, languages=languages)[0]["actor_id"].nunique() == 1


def per(*names: str) -> list[Row]:
    return [("d1", name, "PER") for name in names]


def org(*names: str) -> list[Row]:
    return [("d1", name, "ORG") for name in names]


@pytest.mark.parametrize(
    "rows",
    [
        per("Ivo Stakhar", "President Ivo Stakhar", "Senator Stakhar"),
        per("Ivo Stakhar", "Kestovian Prime Minister Ivo Stakhar"),
        per("Ivo Stakhar", "Stakhar's"),
        org("Arvex", "the Arvex", "dell'Arvex", "Arvex's", "Dell'Arvex"),
        org("Arvex", "drone maker Arvex", "Arvex, the drone maker", "Tarnia's Arvex"),
        org("Arvex", "Arvex S.p.A.", "Arvex, Inc."),
        org("Arvex Holding", "Arvex"),
        org("Arvex Systems", "Arvex"),
        org("General Pumps Corporation", "GP"),
        per("Ivo Stakhar", "I. Stakhar"),
        per("Ivo Stakhar", "Ivo B. Stakhar"),
        per("Ivo Branko Stakhar", "I. B. S."),
        per("Иво Стахар", "Стахара", "Стахаром", "Стахару", "Иво Стахара"),
        [("d1", "Тарния", "LOC"), ("d1", "Тарнии", "LOC"), ("d2", "Тарнию", "LOC")],
        [("d1", "Falco-9", "OTHER"), ("d1", "Falco-9s", "OTHER")],
    ],
)
def test_forms_of_one_name_are_one_actor(rows: list[Row]) -> None:
    assert together(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        org("Bank of Tarnia", "Tarnia"),
        org("New", "New Systems"),
        org("Kormat Export", "Kormat Energy"),
        per("Dean Martinek", "Martin Dean"),
        per("Nadia Ferrucci", "N. Ferrari"),
        per("Anna Williams", "Anna William"),
        [("d1", "General Pumps", "ORG"), ("d2", "GP", "ORG")],
        [("d1", "Ford", "ORG"), ("d1", "Bill Ford", "PER")],
    ],
)
def test_names_that_only_look_alike_stay_apart(rows: list[Row]) -> None:
    assert resolve(*rows)[0]["actor_id"].nunique() == len({surface for _, surface, _ in rows})


def test_a_firm_is_no_relative_of_its_founder_and_the_question_is_kept() -> None:
    _, merges = resolve(("d1", "Ford", "ORG"), ("d1", "Bill Ford", "PER"))
    (row,) = merges[merges["rule"] == "surname in document"].to_dict("records")
    assert (row["status"], row["evidence_against"]) == ("apart", "it does not read as a person")
    assert list(row["candidates"]) == ["per-bill-ford"]


def test_a_surname_goes_to_its_document_first_and_the_others_are_named_against_it() -> None:
    rows = [*per("Nadia Ferrucci", "Ferrucci"), ("d2", "Bruno Ferrucci", "PER"), ("d3", "Ferrucci", "PER")]
    mentions, merges = resolve(*rows)
    assert mentions["actor_id"].tolist()[:2] == ["per-nadia-ferrucci"] * 2
    assert mentions["actor_id"].iloc[3] == "per-ferrucci"
    joined = merges[merges["actor_id"] == "per-nadia-ferrucci"].iloc[0]
    assert (joined["scope"], joined["status"]) == ("document", "joined")
    assert joined["evidence_against"] == "elsewhere also Bruno Ferrucci (1 documents)"
    apart = merges[merges["status"] == "apart"].iloc[0]
    assert (apart["surface"], apart["n_mentions"]) == ("Ferrucci", 1)
    assert list(apart["candidates"]) == ["per-bruno-ferrucci", "per-nadia-ferrucci"]


def test_a_surname_nearly_always_of_one_person_is_joined_in_doubt() -> None:
    rows = [(f"d{n}", "Nadia Ferrucci", "PER") for n in range(10)]
    mentions, merges = resolve(*rows, ("x", "Bruno Ferrucci", "PER"), ("y", "Ferrucci", "PER"))
    assert mentions["actor_id"].iloc[-1] == "per-nadia-ferrucci"
    (row,) = merges[merges["surface"] == "Ferrucci"].to_dict("records")
    assert (row["scope"], row["status"]) == ("corpus", "in doubt")
    assert "Bruno Ferrucci (1 documents)" in row["evidence_against"]


def test_a_bare_feminine_of_a_surname_is_in_doubt() -> None:
    _, merges = resolve(*per("Пашинов", "Пашинова"))
    (row,) = merges.to_dict("records")
    assert (row["surface"], row["rule"], row["status"]) == ("Пашинова", "inflection", "in doubt")


def test_initials_of_two_people_stay_open() -> None:
    mentions, merges = resolve(*per("Nadia Ferrucci", "Nino Ferrucci", "N. Ferrucci"))
    assert mentions["actor_id"].nunique() == 3
    open_ones = merges[merges["rule"] == "initials in document"].iloc[0]
    assert list(open_ones["candidates"]) == ["per-nadia-ferrucci", "per-nino-ferrucci"]


def test_an_acronym_without_a_document_that_has_both_is_in_doubt() -> None:
    _, merges = resolve(("d1", "Lorvan Treaty Alliance", "ORG"), ("d2", "LTA", "ORG"))
    (row,) = merges[merges["surface"] == "LTA"].to_dict("records")
    assert (row["rule"], row["status"], row["evidence_against"]) == (
        "acronym in corpus",
        "in doubt",
        "no document has both",
    )


def test_acronyms_in_two_languages_are_one_body_in_doubt() -> None:
    rows = [
        ("d1", "Lorvan Treaty Alliance", "ORG"),
        ("d1", "{ (}LTA", "ORG"),
        ("d3", "Lorvan Treaty Alliance", "ORG"),
        ("d3", "{ (}LTA", "ORG"),
        ("d2", "Alleanza del Trattato di Lorvan", "ORG"),
        ("d2", "{ (}ATL", "ORG"),
    ]
    mentions, merges = resolve(*rows)
    assert mentions["actor_id"].nunique() == 1
    assert set(merges.loc[merges["status"] == "in doubt", "surface"]) == {"ATL", "Alleanza del Trattato di Lorvan"}


def test_an_acronym_with_two_readings_is_open() -> None:
    rows = [("d1", "Partito Dorico", "ORG"), ("d1", "{ (}PD", "ORG"), ("d2", "Piano Decennale", "ORG")]
    mentions, merges = resolve(*rows, ("d2", "{ (}PD", "ORG"), ("d3", "PD", "ORG"))
    # Inside a document that spells it out the reading is known; in a third one it is not.
    assert groups(mentions) == {
        frozenset({"Partito Dorico", "PD"}),
        frozenset({"Piano Decennale", "PD"}),
        frozenset({"PD"}),
    }
    assert list(merges.loc[merges["status"] == "apart", "candidates"].iloc[0]) == [
        "org-partito-dorico",
        "org-piano-decennale",
    ]


def test_a_town_named_with_its_state_is_the_town() -> None:
    mentions, _ = resolve(("d1", "Ulmet", "LOC"), ("d1", "Ulmet, Tarnia", "LOC"), ("d1", "Tarnia", "LOC"))
    assert groups(mentions) == {frozenset({"Ulmet", "Ulmet, Tarnia"}), frozenset({"Tarnia"})}


def test_the_same_words_in_two_languages_are_one_body_in_doubt() -> None:
    rows = [("d1", "Istituto Halden", "ORG"), ("d2", "Halden Institute", "ORG")]
    assert together(*rows, languages={"d1": "it", "d2": "en"})
    assert not together(*rows, languages={"d1": "it", "d2": "it"})


def test_a_text_that_says_so_is_believed() -> None:
    rows = [("d1", "Qarn Airfield West", "LOC"), ("d1", "{, also called “}Q-West", "LOC")]
    assert together(*rows)
    assert not together(rows[0], ("d1", "{, not “}Q-West", "LOC"))


def test_several_long_names_that_say_no_more_go_to_the_head() -> None:
    rows = org("Arvex", "Arvex Group", "Arvex Motor Company")
    assert together(*rows)


def test_a_subsidiary_is_not_its_owner() -> None:
    rows = [(f"d{n}", "Kormat", "ORG") for n in range(9)] + [("d0", "Kormat Commercial Drones", "ORG")]
    assert groups(resolve(*rows)[0]) == {frozenset({"Kormat"}), frozenset({"Kormat Commercial Drones"})}


def test_a_place_is_not_its_university_on_one_document() -> None:
    assert not together(("d1", "Ulmet", "LOC"), ("d1", "Ulmet University", "ORG"))


def test_shuffled_rows_give_the_same_tables() -> None:
    rows = [
        *per("Nadia Ferrucci", "Ferrucci", "Стахар"),
        *org("Arvex", "Arvex Holding", "drone maker Arvex"),
        ("d2", "Bruno Ferrucci", "PER"),
        ("d3", "Ferrucci", "PER"),
        ("d3", "Ivo Stakhar", "PER"),
        ("d4", "Ivo Stahar", "PER"),
    ]
    documents, mentions = name_mentions(*rows)
    first = resolve_actors(mentions, documents)
    for seed in range(3):
        again = resolve_actors(mentions.sample(frac=1, random_state=seed), documents.sample(frac=1, random_state=seed))
        pd.testing.assert_frame_equal(again[0].sort_index(), first[0])
        pd.testing.assert_frame_equal(again[1], first[1])
        pd.testing.assert_frame_equal(again[2], first[2])


def test_strange_surfaces_are_carried_through() -> None:
    strange = [
        "@",
        "@ulmet",
        "(",
        "",
        " ",
        "'s",
        "—",
        "( (",
        "J.",
        "§ 3",
        "the",
        "…",
        "\u202eevil",
        "x" * 5000,
        "I. I. I.",
    ]
    mentions, _ = resolve(*(("d1", f"{{ . }}{surface}", kind) for surface in strange for kind in ("PER", "ORG", "LOC")))
    assert len(mentions) == 3 * len(strange)
    assert (mentions["actor_id"] != "").all()
