"""`make quality` works on any folder of the layout, also on a part of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.quality.score import read_rows

ROOT = Path(__file__).parents[2]
TEXT = "La corrente è mancata per tre ore in tutta la zona del porto, e nessuno ha saputo dire perché fosse successo."


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.quality", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_folder_with_one_part_and_other_data_is_scored(tmp_path: Path) -> None:
    rows = [
        {"cluster": 1, "text": TEXT},
        {"cluster": 1, "text": TEXT + " Si\u2028indaga."},
        {"cluster": 2, "text": TEXT[::-1]},
    ]
    (tmp_path / "neardup").mkdir()
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "neardup/xx_test.jsonl").write_text(lines + "\n", encoding="utf-8")
    done = run("--gold", tmp_path, "--json", tmp_path / "scores.json")
    assert done.returncode == 0, done.stderr
    assert "origins/xx_test pair F1" in done.stdout
    scores = {row["metric"]: row["value"] for row in json.loads((tmp_path / "scores.json").read_text())}
    assert scores["xx_test pair F1"] == 1.0


def test_no_folder_is_said_in_one_line(tmp_path: Path) -> None:
    done = run("--gold", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "make quality GOLD=DIR" in done.stderr


def test_a_file_that_is_not_there_has_no_rows(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "none.jsonl") == []
