"""Promises about the repository itself."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def requirements(lines: list[str]) -> dict[str, str]:
    pairs = (re.fullmatch(r"([\w.-]+)>=([\w.]+)", line) for line in lines)
    return {pair[1]: pair[2] for pair in pairs if pair}


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_package_is_tracked() -> None:
    assert ROOT / "lib/inchiesta/__init__.py" in tracked()
    ignored = subprocess.run(
        ["git", "check-ignore", "lib/inchiesta/new.py"], cwd=ROOT, capture_output=True, check=False
    )
    assert ignored.returncode == 1


def test_only_the_fixed_names_stand_at_the_top() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert folders <= {"notebooks", "lib", "data", "reports", "tests", "seeds", "docs", ".ci"}


def test_no_address_of_a_registry_and_no_absolute_path() -> None:
    hosts = re.compile(
        "|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", r"anaconda" + r"\.org/")), re.I
    )
    places = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/[a-z]")
    for path, text in texts():
        assert not hosts.search(text), path
        assert not places.search(text), path


def test_the_lock_holds_pins_and_hashes_only() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(r"^([a-z0-9][\w.\[\]-]*)==", lock, re.M)
    assert len(pins) > 100
    assert lock.count("--hash=sha256:") >= len(pins)


def test_the_lock_covers_what_the_project_asks_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.M))
    asked = project()
    wanted = [*asked["dependencies"], *asked["optional-dependencies"]["dev"]]  # type: ignore[misc,index]
    assert {name.lower().replace("_", "-") for name in requirements(wanted)} <= pinned


def test_conda_and_pip_ask_for_the_same_versions() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    assert "python=3.12" in listed
    ours = requirements(project()["dependencies"])  # type: ignore[arg-type]
    theirs = requirements(listed)
    assert theirs
    assert {name: ours.get(name) for name in theirs} == theirs
    assert {"pip": ["-e .[dev]"]} in environment["dependencies"]


def test_the_seed_is_unchanged() -> None:
    from inchiesta.provenance import hash_path

    (seed,) = (ROOT / "seeds").glob("*.txt")
    assert hash_path(seed) == "b05541dc28314909e0b913fa16d1f49941bd7328df3d5072ae0c57b5be35a675"
    assert seed.stat().st_size == 6429


def test_seeds_are_the_only_place_of_real_names() -> None:
    samples = [text for path, text in texts() if (ROOT / "data/sample") in path.parents]
    assert samples
    for name in ("Lukashenko", "Putin", "Pashinyan", "Aliyev"):
        assert not any(name in text for text in samples)


def test_committed_notebooks_hold_no_path() -> None:
    for path, text in texts():
        if path.suffix == ".ipynb":
            outputs = json.dumps([cell.get("outputs", []) for cell in json.loads(text)["cells"]])
            assert str(Path.home()) not in outputs
            assert str(ROOT) not in outputs
