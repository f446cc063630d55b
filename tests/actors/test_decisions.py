"""Decisions win over every rule, survive a changed corpus, and can be tried out first."""

from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.actors.registry import EMPTY, Registry, RegistryError
from inchiesta.actors.registry_file import parse_registry
from inchiesta.actors.registry_names import add_registered, find_registered
from inchiesta.actors.resolve import resolve_actors
from inchiesta.actors.what_if import compare_decisions, list_doubts, make_decisions
from inchiesta.tables import check_table
from tests.actors.frames import Row, build_frames, name_mentions

ROWS: list[Row] = [
    ("d1", "Nadia Ferrucci", "PER"),
    ("d1", "Ferrucci", "PER"),
    ("d2", "Bruno Ferrucci", "PER"),
    ("d2", "il direttore", "PER"),
    ("d3", "Mani Aperte", "ORG"),
    ("d3", "Open Hands", "ORG"),
]


def registry(**given: tuple[str, ...]) -> Registry:
    words = {form.replace("_", "-"): names for form, names in given.items()}
    return EMPTY.with_decisions(make_decisions(words, reason="seen", who="desk"))


def resolve(known: Registry, rows: list[Row] = ROWS) -> tuple[dict[tuple[str, str], str], pd.DataFrame, pd.DataFrame]:
    """Give the actor of each (document, surface), the actors, the merges."""
    documents, mentions = name_mentions(*rows)
    resolved, actors, merges = resolve_actors(mentions, documents, registry=known)
    for name, table in (("mentions", resolved), ("actors", actors), ("merges", merges)):
        check_table(name, table)
    keys = zip(resolved["document_id"], resolved["surface"], strict=True)
    return dict(zip(keys, resolved["actor_id"], strict=True)), actors, merges


def test_a_merge_joins_what_no_rule_can() -> None:
    found, _, merges = resolve(registry(merge=("Open Hands", "Mani Aperte")))
    assert found["d3", "Open Hands"] == found["d3", "Mani Aperte"]
    row = merges[merges["rule"] == "registry merge"].iloc[0]
    assert row["scope"] == "registry"
    assert row["evidence_for"].startswith("decided by desk on ")


def test_a_split_keeps_apart_what_a_rule_would_join_and_says_so() -> None:
    found, _, merges = resolve(registry(split=("Nadia Ferrucci", "Ferrucci")))
    assert found["d1", "Ferrucci"] == "per-ferrucci"
    (row,) = merges[merges["rule"] == "registry split"].to_dict("records")
    assert (row["surface"], row["status"], list(row["candidates"])) == ("Ferrucci", "apart", ["per-nadia-ferrucci"])


@pytest.mark.parametrize("pair", [("Stakhar", "Stahar"), ("Stahar", "Stakhar")])
def test_a_split_also_keeps_spellings_and_what_came_with_them_apart(pair: tuple[str, str]) -> None:
    rows = [("d1", "Ivo Stakhar", "PER"), ("d1", "Stakhar", "PER"), ("d1", "Stahar", "PER"), ("d1", "Стахар", "PER")]
    found, _, _ = resolve(registry(split=pair), rows)
    assert found["d1", "Stakhar"] != found["d1", "Stahar"]


def test_a_merge_of_a_bare_and_a_full_name_holds_in_every_document() -> None:
    rows = [*ROWS, ("d2", "Ferrucci", "PER")]
    found, _, _ = resolve(registry(merge=("Ferrucci", "Nadia Ferrucci")), rows)
    assert {actor for (_, surface), actor in found.items() if surface == "Ferrucci"} == {"per-nadia-ferrucci"}


def test_a_merge_of_bare_surnames_means_the_people_who_bear_them() -> None:
    rows = [
        ("d1", "Ivo Stakhar", "PER"),
        ("d2", "Stakhar", "PER"),
        ("d3", "Aldo Marenghi", "PER"),
        ("d3", "Marenghi", "PER"),
    ]
    assert len(set(resolve(registry(merge=("Stakhar", "Marenghi")), rows)[0].values())) == 1


def test_a_rename_changes_the_name_shown_and_nothing_else() -> None:
    plain, actors, _ = resolve(EMPTY)
    found, renamed, _ = resolve(registry(rename=("Mani Aperte", "Mani Aperte (charity)")))
    assert found == plain
    changed = renamed["name"] != actors["name"]
    assert renamed.loc[changed, "name"].tolist() == ["Mani Aperte (charity)"]


@pytest.mark.parametrize("document", ["d2", "d2.txt"])
def test_a_role_is_someone_in_the_document_named_only(document: str) -> None:
    rows = [*ROWS, ("d3", "Il direttore", "PER")]
    found, _, _ = resolve(registry(in_document=(document, "Il Direttore", "Bruno Ferrucci")), rows)
    assert found["d2", "il direttore"] == "per-bruno-ferrucci"
    assert found["d3", "Il direttore"] != "per-bruno-ferrucci"


def test_a_registered_actor_takes_its_aliases_and_their_spellings() -> None:
    known = parse_registry(
        'actors:\n  - id: "per-magistrate"\n    name: "Nadia Ferrucci"\n    kind: PER\n'
        '    aliases: ["N.F.", "Ferruzzi"]\n'
    )
    rows = [*ROWS, ("d4", "N.F.", "OTHER"), ("d4", "Ferrùzzi", "PER")]
    found, actors, _ = resolve(known, rows)
    ours = {surface for (_, surface), actor in found.items() if actor == "per-magistrate"}
    assert ours == {"Nadia Ferrucci", "Ferrucci", "N.F.", "Ferrùzzi"}
    assert actors.set_index("actor_id").loc["per-magistrate", ["name", "kind"]].tolist() == ["Nadia Ferrucci", "PER"]


def test_a_name_may_be_an_actor_id() -> None:
    found, _, _ = resolve(registry(merge=("org-open-hands", "org-mani-aperte")))
    assert found["d3", "Open Hands"] == found["d3", "Mani Aperte"]


def test_decisions_survive_a_changed_corpus() -> None:
    known = registry(merge=("Open Hands", "Mani Aperte"), split=("Nadia Ferrucci", "Ferrucci"))
    more = [("d0", "Open Hands", "ORG"), *ROWS[1:], ("d9", "Nadia Ferrucci", "PER"), ("d9", "Ferrucci", "PER")]
    found, _, _ = resolve(known, more)
    assert found["d0", "Open Hands"] == found["d3", "Mani Aperte"]
    assert found["d9", "Ferrucci"] != found["d9", "Nadia Ferrucci"]
    assert resolve(known, ROWS[:1])[1]["name"].tolist() == ["Nadia Ferrucci"]


def test_two_merges_in_a_row_are_one() -> None:
    known = registry(merge=("A Body", "B Body")).with_decisions(
        make_decisions({"merge": ("B Body", "C Body")}, reason="seen", who="desk")
    )
    rows = [("d1", name, "ORG") for name in ("A Body", "B Body", "C Body")]
    assert len(set(resolve(known, rows)[0].values())) == 1


KNOWN = """
actors:
  - id: "per-ivo-stakhar"
    name: "Ivo Stakhar"
    kind: PER
    aliases: ["Stakhar", "the Castle"]
decisions:
  - document: "one.txt"
    name: "il presidente"
    is: "Ivo Stakhar"
    reason: "seen"
    who: "desk"
    when: 2024-03-12
"""


def test_registered_names_are_found_at_word_boundaries_and_roles_in_their_document() -> None:
    known = parse_registry(KNOWN)
    text = "Il presidente Stakhar, non Stakharov: the Castle e Ivo Stakhar."
    assert [text[hit.start : hit.end] for hit in find_registered(text, known)] == [
        "Stakhar",
        "the Castle",
        "Ivo Stakhar",
    ]
    first = find_registered(text, known, document=("d1", "one.txt"))[0]
    assert (text[first.start : first.end], first.actor_id, first.kind) == ("Il presidente", "per-ivo-stakhar", "PER")


def test_registered_names_replace_what_they_overlap() -> None:
    documents, sentences = build_frames("Parla the Castle.\nPoi tace.")
    known = parse_registry(KNOWN)
    row = ("d1", "d1:0001", 10, 16, "Castle", "", "LOC", "name", 0.9, "tagger")
    mentions = name_mentions(("d1", "x", "PER"))[1].iloc[:0]
    mentions = pd.DataFrame([row], columns=mentions.columns).astype(mentions.dtypes.to_dict())
    found = add_registered(mentions, documents, sentences, known)
    check_table("mentions", found)
    assert found[["surface", "actor_id", "found_by"]].to_numpy().tolist() == [
        ["the Castle", "per-ivo-stakhar", "registry"]
    ]
    assert add_registered(mentions, documents, sentences, EMPTY)["surface"].tolist() == ["Castle"]


def test_what_if_shows_mentions_counts_and_pairs_that_would_move() -> None:
    documents, sentences = build_frames("Mani Aperte accusa Open Hands a Ulmet.")
    rows = [("d1", 0, "Mani Aperte"), ("d1", 19, "Open Hands"), ("d1", 32, "Ulmet")]
    _, mentions = name_mentions(*((document, surface, "ORG") for document, _, surface in rows))
    mentions = mentions.assign(
        start_char=[start for _, start, _ in rows], end_char=lambda t: t["start_char"] + t["surface"].str.len()
    )
    moved = compare_decisions(
        mentions,
        documents,
        sentences,
        registry=EMPTY,
        decisions=make_decisions({"merge": ("Mani Aperte", "Open Hands")}, reason="?", who="?"),
    )
    assert moved.mentions[["surface", "before", "after", "n_mentions"]].to_numpy().tolist() == [
        ["Open Hands", "org-open-hands", "org-mani-aperte", 1]
    ]
    assert moved.actors[["actor_id", "n_mentions_before", "n_mentions_after"]].to_numpy().tolist() == [
        ["org-mani-aperte", 1, 2],
        ["org-open-hands", 1, 0],
    ]
    assert moved.pairs[["actor_a", "actor_b", "change"]].to_numpy().tolist() == [
        ["org-mani-aperte", "org-open-hands", "gone"],
        ["org-open-hands", "org-ulmet", "gone"],
    ]


def test_what_if_refuses_what_contradicts_the_registry() -> None:
    documents, mentions = name_mentions(*ROWS)
    with pytest.raises(RegistryError, match="splits"):
        compare_decisions(
            mentions,
            documents,
            pd.DataFrame(),
            registry=registry(merge=("A", "B")),
            decisions=make_decisions({"split": ("A", "B")}, reason="?", who="?"),
        )


def test_doubts_list_both_candidates_by_name() -> None:
    _, actors, merges = resolve(EMPTY, [*ROWS, ("d4", "Ferrucci", "PER")])
    (row,) = list_doubts(merges, actors).to_dict("records")
    assert (row["surface"], row["status"]) == ("Ferrucci", "apart")
    assert row["candidates"] == "Bruno Ferrucci (per-bruno-ferrucci), Nadia Ferrucci (per-nadia-ferrucci)"
