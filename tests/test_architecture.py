"""The plan of the house, held against the imports: they point down only, and each heavy library has one home."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "lib/inchiesta"

# A module may import modules of a lower number, and of its own package.
LAYERS = {
    "errors": 0,
    "schema": 0, "tables": 0, "findings": 0, "provenance": 0, "parameters": 0, "settings": 0,
    "progress": 0, "statements": 0, "pair_tables": 0, "network_tables": 0,
    "quote_tables": 0, "time_tables": 0, "tone_tables": 0,
    "text": 1, "corpus": 2, "topics": 3, "actors": 3, "sentiment": 3, "quotes": 3, "timeline": 3, "charts": 3,
    "per_document": 4, "actor_stages": 5, "voice_stages": 6, "dossier": 7, "report": 8, "run": 9, "cli": 10,
}  # fmt: skip
GROUND = {name for name, layer in LAYERS.items() if layer == 0}

HOMES = {
    "papermill": {"run/kernel.py"},
    "matplotlib": {"charts/"},
    "py3langid": {"text/"},
    "simplemma": {"text/"},
    "ftfy": {"text/"},
    "trafilatura": {"corpus/"},
    "pypdfium2": {"corpus/"},
    "docx": {"corpus/"},
    "ahocorasick_rs": {"actors/", "quotes/words.py"},
    "networkx": {"actors/network.py"},
    "sklearn": {"topics/", "sentiment/model/"},
    "jinja2": {"report/"},
    "nh3": {"report/"},
    "markdown_it": {"report/"},
    "typer": {"cli/"},
    "rich": {"run/terminal.py"},
    "pydantic": {"settings.py", "actors/registry.py", "actors/registry_file.py", "actors/what_if.py"},
    "yaml": {"actors/registry_file.py"},
    "rapidfuzz": {"actors/"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def layer_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("inchiesta.") else ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    place = path.relative_to(PACKAGE)
    here = place.parts[0].removesuffix(".py")
    if here == "__init__":
        return
    for module in imports(path):
        there = layer_of(module)
        if not there or there == here or {here, there} <= GROUND:
            continue
        assert LAYERS[there] < LAYERS[here], f"{place} imports {module}: that points up or sideways"


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_heavy_library_has_one_home(library: str) -> None:
    for path in modules():
        place = path.relative_to(PACKAGE).as_posix()
        used = any(module == library or module.startswith(library + ".") for module in imports(path))
        assert not used or any(place.startswith(home) for home in HOMES[library]), f"{place} imports {library}"


def test_nothing_of_ours_unpickles_or_opens_a_connection() -> None:
    for path in modules():
        used = {module.split(".")[0] for module in imports(path)}
        assert not used & {"pickle", "marshal", "shelve", "requests", "urllib3", "httpx", "aiohttp"}, path


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_inchiesta_loads_no_heavy_library() -> None:
    loaded = run_python("import sys, inchiesta, inchiesta.cli; print('\\n'.join(sys.modules))").split()
    heavy = set(HOMES) - {"typer", "rich"} | {"pandas", "numpy", "pyarrow", "scipy"}
    assert not heavy & set(loaded)


def test_importing_inchiesta_takes_under_150_ms() -> None:
    code = "import time; t = time.perf_counter(); import inchiesta; print(time.perf_counter() - t)"
    assert min(float(run_python(code)) for _ in range(3)) < 0.15


def test_help_answers_at_once() -> None:
    begun = time.perf_counter()
    run_python("import sys; sys.argv = ['inchiesta', '--version']; from inchiesta.cli import main; main()")
    assert time.perf_counter() - begun < 5


def test_no_module_is_called_utils() -> None:
    names = {path.stem for path in modules()}
    assert not names & {"utils", "util", "helpers", "helper", "misc", "common", "base"}


def test_modules_and_functions_stay_readable() -> None:
    for path in modules():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 340, f"{path.name} has {len(lines)} lines"
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef):
                doc = ast.get_docstring(node, clean=False) or ""
                length = (node.end_lineno or 0) - node.lineno - doc.count("\n")
                assert length <= 60, f"{path.name}:{node.name} has {length} lines without its docstring"
