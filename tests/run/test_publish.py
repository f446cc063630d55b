"""A report is whole or absent, whatever a notebook does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inchiesta.errors import ParameterError, RunError, SettingsError
from inchiesta.progress import Progress
from inchiesta.provenance import hash_path
from inchiesta.run.plan import plan_run
from inchiesta.run.publish import run_report
from inchiesta.run.verify import verify_report
from tests.run.conftest import NotebookMaker

pytestmark = pytest.mark.slow

BROKEN = {
    "a failing cell": ("raise ValueError('broken on purpose')", "failed in cell 4 of 5: ValueError"),
    "an exiting cell": ("import sys\nsys.exit(0)", "in cell 4 of 5|did not get to its end"),
    "a killed kernel": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "Kernel died"),
    "a stuck cell": ("import time\ntime.sleep(600)", "imed out|Timeout"),
}


def run(source: Path, notebooks: Path, **settings: object) -> Path:
    plan = plan_run(source, notebooks=notebooks, given=settings.pop("given", {}))  # type: ignore[arg-type]
    return run_report(plan, progress=Progress(), **settings).folder  # type: ignore[arg-type]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_good_run_is_published_whole(source: Path, home: Path, make_notebook: NotebookMaker) -> None:
    folder = run(source, make_notebook("01_good"))
    latest = home / "reports/texts/latest"
    assert latest.resolve() == folder.resolve()
    manifest = json.loads((latest / "manifest.json").read_text())
    assert manifest["status"] == "complete"
    assert manifest["accounting"]["read"] == 2
    paths = {listed["path"] for listed in manifest["files"]}
    expected = {"index.html", "findings.jsonl", "inputs.jsonl", "notebooks/01_good.ipynb", "notebooks/01_good.html"}
    assert expected | {"tables/documents.parquet", "tables/documents.csv", "tables/pairs.csv"} <= paths
    assert verify_report(latest, source=source) == []
    assert not list((home / "reports/texts").glob(".*.partial"))


def test_the_manifest_tells_which_decisions_it_counted_with(
    source: Path, home: Path, make_notebook: NotebookMaker
) -> None:
    def registry_of(folder: Path) -> object:
        return json.loads((folder / "manifest.json").read_text())["registry_sha256"]

    notebooks = make_notebook("01_good")
    assert registry_of(run(source, notebooks)) is None
    registry = home / "data/registry/actors.yml"
    registry.parent.mkdir(parents=True)
    decision = '{rename: "Arvex", to: "Arvex Systems", reason: "in full", who: "desk", when: 2024-03-12}'
    registry.write_text(f"decisions:\n  - {decision}\n")
    first = run(source, notebooks)
    assert registry_of(first) == hash_path(registry)
    registry.write_text(registry.read_text().replace("Arvex Systems", "Arvex Group"))
    second = run(source, notebooks)
    assert registry_of(second) == hash_path(registry) != registry_of(first)


def test_verify_names_what_was_tampered_with(source: Path, make_notebook: NotebookMaker) -> None:
    folder = run(source, make_notebook("01_good"))
    findings = folder / "findings.jsonl"
    findings.write_text(findings.read_text().replace("2 texts", "9 texts").replace('"2"', '"9"'))
    (folder / "extra.txt").write_text("slipped in")
    (folder / "tables/actors.csv").unlink()
    (source / "one.txt").write_text("another text")
    problems = "\n".join(verify_report(folder, source=source))
    for name in ("findings.jsonl: changed", "extra.txt: not part", "tables/actors.csv: missing", "one.txt: changed"):
        assert name in problems


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_notebook_leaves_the_last_report_as_it_was(
    kind: str, source: Path, home: Path, make_notebook: NotebookMaker
) -> None:
    good = run(source, make_notebook("01_good"))
    before = snapshot(good)
    code, says = BROKEN[kind]
    notebooks = make_notebook("02_broken", code)
    with pytest.raises(RunError, match=says) as caught:
        run(source, notebooks, cell_seconds=4)
    assert caught.value.exit_code == 4
    assert "02_broken" in str(caught.value)
    assert snapshot(good) == before
    assert (home / "reports/texts/latest").resolve() == good.resolve()
    assert [path.name for path in (home / "reports/texts").iterdir() if path.is_dir() and not path.is_symlink()] == [
        good.name
    ]


def test_a_notebook_that_never_closes_its_page_is_not_published(source: Path, make_notebook: NotebookMaker) -> None:
    with pytest.raises(RunError, match="did not get to its end"):
        run(source, make_notebook("01_open", close=False))


def test_a_watchdog_ends_the_whole_run(source: Path, make_notebook: NotebookMaker) -> None:
    notebooks = make_notebook("01_slow", "import time\ntime.sleep(600)")
    with pytest.raises(RunError, match="longer than 6 s; still running: 01_slow"):
        run(source, notebooks, run_seconds=6)


def test_a_parameter_reaches_its_notebook(source: Path, make_notebook: NotebookMaker) -> None:
    notebooks = make_notebook("01_good", "print('n_times is', n_times)")
    folder = run(source, notebooks, given={"n_times": 7})
    assert "n_times is 7" in (folder / "notebooks/01_good.ipynb").read_text()
    assert json.loads((folder / "manifest.json").read_text())["parameters"] == {"01_good": {"n_times": 7}}


def test_wrong_parameters_start_nothing(source: Path, home: Path, make_notebook: NotebookMaker) -> None:
    notebooks = make_notebook("01_good")
    for given in ({"n_time": 7}, {"n_times": "seven"}, {"n_times": 70}):
        with pytest.raises(ParameterError) as caught:
            run(source, notebooks, given=given)
        assert caught.value.exit_code == 2
    with pytest.raises(SettingsError, match="no notebook 'nine'"):
        plan_run(source, notebooks=notebooks, only=["nine"])
    assert not (home / "reports").exists()


def test_nothing_to_read_publishes_nothing(home: Path, make_notebook: NotebookMaker) -> None:
    empty = home / "nothing"
    empty.mkdir()
    (empty / "empty.txt").touch()
    with pytest.raises(RunError, match="1 seen: 0 read, 0 duplicates, 1 set aside"):
        run(empty, make_notebook("01_good"))
    assert not list((home / "reports/nothing").glob("*/"))
