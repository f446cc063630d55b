"""The README's commands and code run, and its data dictionary is that of the schemas."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme import README, renew

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)


def commands() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line]


def run(command: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command.split(), cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )


def test_the_dictionary_is_that_of_the_schemas() -> None:
    assert renew(TEXT) == TEXT, "run `python -m tests.readme`"


def test_the_two_commands_come_first() -> None:
    assert commands()[:2] == ["make report", "make test"]


@pytest.mark.slow
@pytest.mark.parametrize("command", [command for command in commands() if command != "make test"])
def test_a_command_of_the_readme_runs(command: str) -> None:
    done = run(command)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_code_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert blocks("python")
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 -- our own README


def test_every_make_target_it_names_exists() -> None:
    names = set(re.findall(r"`?make ([a-z]+)", TEXT))
    listed = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert names <= set(listed)
