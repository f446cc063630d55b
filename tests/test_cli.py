"""The command line: what it prints, and the exit code a scheduler sees."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from inchiesta import __version__, cli
from inchiesta.run.lock import hold_lock

Outcome = tuple[int, str, str]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCHIESTA_HOME", str(tmp_path))
    monkeypatch.delenv("INCHIESTA_CACHE", raising=False)
    monkeypatch.delenv("INCHIESTA_DEBUG", raising=False)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Arvex ha venduto droni\n\nIl presidente Aldo Marenghi ha incontrato Ivo Stakhar.\n"
    )
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    def call(*words: object) -> Outcome:
        monkeypatch.setattr("sys.argv", ["inchiesta", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err  # type: ignore[arg-type]

    return call


def test_it_says_its_version_and_helps(run) -> None:  # type: ignore[no-untyped-def]
    assert run("--version") == (0, f"inchiesta {__version__}\n", "")
    code, out, _ = run("--help")
    assert code == 0
    for command in ("report", "corpus", "table", "network", "verify", "lab"):
        assert command in out


def test_all_read_is_0_and_something_set_aside_is_3(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("corpus", source)
    assert code == 0
    assert out.startswith("1 seen: 1 read, 0 duplicates, 0 set aside")
    (source / "empty.txt").touch()
    code, out, _ = run("corpus", source)
    assert code == 3
    assert "set aside: empty.txt: empty:" in out


def test_the_accounting_as_json(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("corpus", source, "--json")
    summary = json.loads(out)
    assert code == 0
    assert summary["accounting"]["read"] == 1
    assert summary["languages"] == {"it": 1}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("corpus", "nowhere"), "found nothing at 'nowhere'"),
        (("report", "nowhere"), "found nothing at 'nowhere'"),
        (("report", "texts", "-p", "n_topic=3"), "did you mean 'n_topics'"),
        (("report", "texts", "-p", "n_topics=many"), "takes int | None, got str"),
        (("report", "texts", "-p", "n_topics=999"), "takes 2 to 50"),
        (("report", "texts", "--only", "nine"), "no notebook 'nine'"),
        (("corpus", "texts", "--column", "testo=x"), "FIELD=COLUMN"),
        (("table", "actors", "texts", "--format", "xlsx"), "takes csv, jsonl or parquet"),
        (("table", "actors", "texts", "--format", "parquet"), "name a file with --out"),
        (("network", "texts", "--format", "dot", "--out", "x.dot"), "takes gexf, graphml or csv; got 'dot'"),
        (("table", "findings", "texts"), "run `inchiesta report` first"),
    ],
)
def test_what_is_wrong_before_anything_starts_is_2(run, source: Path, words: tuple[str, ...], says: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert err.startswith("error: ")
    assert says in err
    assert "Traceback" not in err
    assert not (source.parent / "reports").exists()


def test_an_empty_folder_is_2(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    (source / "one.txt").unlink()
    code, _, err = run("corpus", source)
    assert code == 2
    assert "error: " in err


def test_an_unknown_table_lists_the_tables(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("table", "actor", source)
    assert code == 2
    assert "the tables are documents" in err


def test_nothing_readable_is_4(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    (source / "one.txt").write_bytes(b"")
    code, _, err = run("report", source, "--quiet")
    assert code == 4
    assert "1 seen: 0 read, 0 duplicates, 1 set aside" in err


def test_a_second_run_at_the_same_time_is_5(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    with hold_lock(source.parent / "reports/texts"):
        code, _, err = run("report", source, "--quiet")
    assert code == 5
    assert "another run is at work on this corpus (process " in err


def test_a_network_in_three_formats(run, source: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for form, names in (("gexf", ["n.gexf"]), ("graphml", ["n.graphml"]), ("csv", ["n-nodes.csv", "n-edges.csv"])):
        code, out, _ = run("network", source, "--format", form, "--out", tmp_path / f"n.{form}")
        assert code == 0
        assert out.split() == [str(tmp_path / name) for name in names]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "n-nodes.csv").read_text(encoding="utf-8-sig"))))
    assert {row["label"] for row in rows} == {"Aldo Marenghi", "Ivo Stakhar"}
    code, _, err = run("network", source, "--format", "csv", "--out", tmp_path / "n.csv", "--actor", "Ivo Stakar")
    assert code == 2
    assert "near names: Ivo Stakhar" in err


def test_an_actor_without_a_tie_has_no_network_to_write(run, source: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (source / "two.txt").write_text("La giudice Nadia Ferrucci tace.\n")
    code, _, err = run("network", source, "--format", "gexf", "--out", tmp_path / "n.gexf", "--actor", "Nadia Ferrucci")
    assert code == 2
    assert "'Nadia Ferrucci' is named in the texts, but has no tie" in err
    assert not (tmp_path / "n.gexf").exists()


def test_a_table_in_three_formats(run, source: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("table", "sentences", source)
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[0]["text"] == "Arvex ha venduto droni"
    _, out, _ = run("table", "sentences", source, "--format", "csv")
    assert [row["text"] for row in csv.DictReader(io.StringIO(out))] == [row["text"] for row in rows]
    file = tmp_path / "documents.parquet"
    code, out, _ = run("table", "documents", source, "--format", "parquet", "--out", file)
    assert (code, out) == (0, "")
    code, out, _ = run("corpus", file)
    assert code == 0
    assert "1 read" in out


def test_a_parquet_from_elsewhere_is_not_opened(run, source: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("table", "documents", source, "--format", "parquet", "--out", tmp_path / "ours.parquet")
    foreign = source / "foreign.parquet"
    foreign.write_bytes((tmp_path / "ours.parquet").read_bytes() + b" ")
    code, out, _ = run("corpus", source)
    assert code == 3
    assert "set aside: foreign.parquet: parquet not ours:" in out


def test_an_unforeseen_error_shows_its_kind_and_no_text(run, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a sentence of a leaked document")

    monkeypatch.setattr("inchiesta.corpus.opened.list_source", fail)
    code, _, err = run("corpus", source)
    assert code == 4
    assert "unforeseen RuntimeError" in err
    assert "leaked" not in err


def test_a_decision_is_tried_out_written_and_then_counts(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    pair = ("--merge", "Aldo Marenghi", "Ivo Stakhar")
    code, out, _ = run("actors", "what-if", source, *pair, "--json")
    assert code == 0
    moved = json.loads(out)
    assert [row["after"] for row in moved["mentions that move"]] == ["per-aldo-marenghi"]
    assert [row["change"] for row in moved["pairs"]] == ["gone"]
    assert not (source.parent / "data/registry/actors.yml").exists()
    code, out, _ = run("actors", "decide", *pair, "--reason", "one man", "--who", "desk")
    assert (code, out) == (0, "1 decisions written; `inchiesta report` counts with them\n")
    code, out, _ = run("table", "pairs", source, "--quiet")
    assert (code, out) == (0, "")
    code, out, _ = run("table", "merges", source, "--quiet")
    assert "decided by desk" in out
    code, _, err = run("actors", "decide", "--split", *pair[1:], "--reason", "two men", "--who", "desk")
    assert code == 2
    assert "line 2 merges" in err


def test_doubts_are_listed_with_their_candidates(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    (source / "two.txt").write_text(
        "La giudice Nadia Ferrucci indaga su Bruno Ferrucci.\n\nPoi il direttore Ferrucci tace.\n"
    )
    code, out, _ = run("actors", "doubts", source, "--json")
    assert code == 0
    (row,) = json.loads(out)["merges in doubt"]
    assert row["candidates"] == "Bruno Ferrucci (per-bruno-ferrucci), Nadia Ferrucci (per-nadia-ferrucci)"


def test_a_what_if_without_a_decision_and_a_missing_registry_are_said(run, source: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("actors", "what-if", source)[0] == 2
    code, _, err = run("actors", "doubts", source, "--registry", source / "none.yml")
    assert code == 2
    assert "expected a registry at" in err
