"""The file of the registry: what it may say, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from inchiesta.actors.registry import Merge, RegistryError, Rename, Split
from inchiesta.actors.registry_file import parse_registry, read_registry, write_decisions
from inchiesta.actors.what_if import make_decisions

WHO = 'reason: "seen in the papers"\n    who: "desk"\n    when: 2024-03-12'
ACTOR = 'actors:\n  - id: "per-ivo"\n    name: "Ivo Stakhar"\n    kind: PER\n    aliases: ["Stahar"]\n'


def decisions(*heads: str) -> str:
    return "decisions:\n" + "".join(f"  - {head}\n    {WHO}\n" for head in heads)


def test_a_whole_registry_is_read() -> None:
    text = ACTOR + decisions(
        'merge: ["LTA", "ATL"]\n    into: "Lorvan Treaty Alliance"',
        'split: ["Ferrucci", "Nadia Ferrucci"]',
        'rename: "LTA"\n    to: "the Alliance"',
        'document: "it/one.txt"\n    name: "il presidente"\n    is: "Ivo Stakhar"',
    )
    registry = parse_registry(text)
    assert [type(decision).__name__ for decision in registry.decisions] == ["Merge", "Split", "Rename", "InDocument"]
    assert registry.actors[0].aliases == ("Stahar",)
    assert registry.splits() == [("Ferrucci", "Nadia Ferrucci")]


def test_no_file_and_an_empty_one_are_an_empty_registry(tmp_path: Path) -> None:
    assert read_registry(tmp_path / "none.yml").fingerprint == ""
    for text in ("", "# nothing yet\n", "actors:\ndecisions:\n"):
        (tmp_path / "empty.yml").write_text(text, encoding="utf-8")
        assert read_registry(tmp_path / "empty.yml").fingerprint == ""
        write_decisions(tmp_path / "empty.yml", make_decisions({"merge": ("A", "B")}, reason="x", who="y"))
        assert len(read_registry(tmp_path / "empty.yml").decisions) == 1


def test_comments_and_layout_do_not_change_the_fingerprint_and_content_does() -> None:
    same = "# a word before\n" + ACTOR.replace('["Stahar"]', '\n      - "Stahar"')
    assert parse_registry(ACTOR).fingerprint == parse_registry(same).fingerprint
    assert parse_registry(ACTOR).fingerprint != parse_registry(ACTOR.replace("Stahar", "Stachar")).fingerprint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (decisions("merge: [NO, Norway]"), 'line 2: NO without quotes is read as true or false; write "NO"'),
        (ACTOR.replace('"Ivo Stakhar"', "1984"), 'line 3: 1984 without quotes is read as a number; write "1984"'),
        (ACTOR.replace('"Stahar"', "~"), "line 5: ~ without quotes is read as nothing"),
        (ACTOR.replace('"Ivo Stakhar"', "2024-01-01"), "line 3: 2024-01-01 without quotes is read as a date"),
        (ACTOR + '    name: "Twice"\n', "line 6: 'name' stands already in line 3"),
        (ACTOR.replace("kind: PER", "kind: PERSON"), "line 4: kind:"),
        (ACTOR.replace("kind: PER", "sort: PER"), "sort: Extra inputs are not permitted"),
        (ACTOR.replace('"per-ivo"', '"per ivo"'), "line 2: id:"),
        (ACTOR.replace('"Stahar"', '"Ivo Stakhar"'), "line 2: the name 'Ivo Stakhar' stands twice in one entry"),
        (ACTOR + ACTOR.removeprefix("actors:\n"), "line 6: the id 'per-ivo' stands already in line 2"),
        (decisions('merge: ["A"]'), "line 2: merge:"),
        (decisions('merge: ["A", "A"]'), "line 2: one name stands twice in the list"),
        (decisions('merge: ["A", "B"]', 'merge: ["B", "A"]'), "line 6: a decision on the same names stands already"),
        (decisions('merge: ["A", "B"]', 'split: ["A", "B"]'), "line 6: splits 'A' from 'B', which line 2 merges"),
        (
            decisions('merge: ["A", "B"]', 'merge: ["B", "C"]', 'split: ["A", "C"]'),
            "line 10: splits 'A' from 'C', which line 6 merges",
        ),
        (ACTOR + decisions('split: ["Stahar", "Ivo Stakhar"]'), "line 7: splits 'Stahar' from 'Ivo Stakhar'"),
        (
            decisions('merge: ["A", "B"]\n    into: "B"', 'merge: ["B", "C"]\n    into: "A"'),
            "line 7: merges into 'A' what line 2 merges into 'B'",
        ),
        (decisions('rename: "A"\n    to: "B"', 'rename: "B"\n    to: "A"'), "in a circle"),
        (decisions('rename: "A"\n    to: "B"', 'rename: "A"\n    to: "C"'), "a new name for 'A' stands already"),
        (
            decisions(*(f'document: "d"\n    name: "{name}"\n    is: "{name}"' for name in ("boss", "Boss"))),
            "who 'Boss' is in d stands already in line 2",
        ),
        (decisions('merge: ["A", "B"]\n    split: ["C", "D"]'), "line 2: a decision has exactly one of"),
        ('decisions:\n  - merge: ["A", "B"]\n', "line 2: reason: Field required"),
        (decisions('merge: ["A", "B"]').replace("2024-03-12", "someday"), "line 5: when:"),
        (decisions('merge: ["A", "B"]').replace("decisions", "decision"), "expected 'actors:' and 'decisions:'"),
        ("decisions: merge\n", "expected a list below 'decisions:'"),
        ("decisions:\n  - merge\n", "entry 1 of 'decisions' should be lines"),
        ("- a\n", "expected 'actors:' and 'decisions:'"),
        ("actors: [\n", "line 2: not valid YAML"),
        ("a: &x [1]\nb: *x\n", "anchors and references"),
        ("a: " + "[" * 5000 + "]" * 5000, "deep"),
        ("actors: !!python/object/apply:os.getcwd []\n", "not valid YAML"),
        (ACTOR.replace("Ivo Stakhar", "x" * 400), "line 3: name:"),
        (ACTOR.replace('"Ivo Stakhar"', '"  "'), "line 3: name:"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(text: str, expected: str) -> None:
    with pytest.raises(RegistryError, match=r"actors\.yml") as refused:
        parse_registry(text)
    assert expected in str(refused.value)
    assert refused.value.exit_code == 2


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "actors.yml"
    path.write_bytes(b"\xff\xfe\x00actors")
    with pytest.raises(RegistryError, match="UTF-8"):
        read_registry(path)
    path.write_text("actors: \x00\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="not valid YAML"):
        read_registry(path)


def test_a_decision_is_written_below_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "registry/actors.yml"
    merge, rename = make_decisions(
        {"merge": ("NO", 'He said "x": #1'), "rename": ("LTA", "Ли\n")}, reason="why: not", who="desk"
    )
    write_decisions(path, [merge])
    before = "# by hand\n" + path.read_text(encoding="utf-8") + "# the last word\n"
    path.write_text(before, encoding="utf-8")
    write_decisions(path, [rename])
    text = path.read_text(encoding="utf-8")
    assert text.startswith(before)
    found = read_registry(path).decisions
    assert isinstance(found[0], Merge)
    assert found[0].merge == ("NO", 'He said "x": #1')
    assert isinstance(found[1], Rename)
    assert (found[1].to, found[1].reason) == ("Ли", "why: not")


def test_a_decision_that_contradicts_the_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "actors.yml"
    write_decisions(path, make_decisions({"merge": ("A", "B")}, reason="x", who="y"))
    before = path.read_bytes()
    with pytest.raises(RegistryError, match="splits"):
        write_decisions(path, make_decisions({"split": ("A", "B")}, reason="x", who="y"))
    assert path.read_bytes() == before
    assert [name.name for name in tmp_path.iterdir()] == ["actors.yml"]


def test_a_layout_that_cannot_be_appended_to_is_said(tmp_path: Path) -> None:
    path = tmp_path / "actors.yml"
    text = decisions('merge: ["A", "B"]') + ACTOR
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match="should come last"):
        write_decisions(path, [Split(split=("C", "D"), reason="x", who="y", when="2024-01-01")])
    assert path.read_text(encoding="utf-8") == text
