"""The file of the registry, ``data/registry/actors.yml``: read with its lines, and decisions written below it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from inchiesta.actors.registry import (
    Decision,
    InDocument,
    Merge,
    RegisteredActor,
    Registry,
    RegistryError,
    Rename,
    Split,
    check_registry,
)
from inchiesta.errors import SettingsError
from inchiesta.provenance import hash_bytes
from inchiesta.settings import find_home

# A registry is written by hand; a larger file is none.
LARGEST_FILE = 5_000_000
DEEPEST = 20
FORMS: dict[str, type[BaseModel]] = {"merge": Merge, "split": Split, "rename": Rename, "document": InDocument}
PLACES = ("actors", "decisions")
# What YAML makes of words without quotes.
READ_AS = {"bool": "true or false", "null": "nothing", "int": "a number", "float": "a number", "timestamp": "a date"}

Lines = dict[tuple[str | int, ...], int]


def find_registry(path: str | Path | None = None) -> Path:
    """Give the place of the registry: ``path``, which has to be there, or the one of the home, which need not.

    Raises
    ------
    SettingsError
        If ``path`` names no file.
    """
    if path is None:
        return find_home() / "data" / "registry" / "actors.yml"
    if not Path(path).expanduser().is_file():
        raise SettingsError(f"expected a registry at '{path}', found no file; check the path")
    return Path(path).expanduser()


def read_registry(path: Path) -> Registry:
    """Read and check the registry at ``path``; a file that is not there is an empty registry.

    Raises
    ------
    RegistryError
        If the file is no YAML of the form the README of the folder describes, or contradicts itself. The message names
        the line.
    """
    if not path.is_file():
        return Registry()
    if path.stat().st_size > LARGEST_FILE:
        raise RegistryError(f"{path.name}: expected at most {LARGEST_FILE:,} bytes; this is no registry")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path.name}: expected UTF-8; save the file in that encoding") from error
    return replace(parse_registry(text, source=path.name), sha256=hash_bytes(data))


def parse_registry(text: str, *, source: str = "actors.yml") -> Registry:
    """Parse the text of a registry (see `read_registry`)."""
    try:
        _refuse_anchors(text, source)
        lines = dict(_walk(yaml.compose(text, Loader=yaml.SafeLoader), (), source))
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise RegistryError(_describe_yaml(error, source)) from error
    if found is None:
        return Registry(source=source)
    if not isinstance(found, dict) or set(found) - set(PLACES):
        raise RegistryError(f"{source}: expected 'actors:' and 'decisions:' at the top, found something else")
    actors = [
        _build(RegisteredActor, entry, place, lines, source) for place, entry in _entries(found, "actors", source)
    ]
    decisions = [_decide(entry, place, lines, source) for place, entry in _entries(found, "decisions", source)]
    registry = Registry(tuple(actors), tuple(decisions), source)
    check_registry(registry)
    return registry


def _refuse_anchors(text: str, source: str) -> None:
    """Refuse what would make a small file large or deep before it is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise RegistryError(f"{source}, line {line}: anchors and references (& and *) are not read; write it out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise RegistryError(f"{source}, line {line}: lists in lists more than {DEEPEST} deep")


def _walk(
    node: yaml.Node | None, place: tuple[str | int, ...], source: str
) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Give the line of every value, and refuse repeated keys and words that YAML would take for something else."""
    if node is None:
        return
    line = node.start_mark.line + 1
    yield place, line
    if isinstance(node, yaml.ScalarNode):
        kind = node.tag.rsplit(":", 1)[-1]
        dated = kind == "timestamp" and place[-1:] == ("when",)
        unfilled = not node.value and place in {(name,) for name in PLACES}
        if kind in READ_AS and not dated and not unfilled:
            raise RegistryError(
                f"{source}, line {line}: {node.value or 'an empty value'} without quotes is read as {READ_AS[kind]}; "
                f'write "{node.value}"'
            )
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _walk(child, (*place, index), source)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, child in node.value:
            name, at = str(key.value), key.start_mark.line + 1
            if name in seen:
                raise RegistryError(f"{source}, line {at}: '{name}' stands already in line {seen[name]} of this entry")
            seen[name] = at
            yield from _walk(child, (*place, name), source)


def _describe_yaml(error: Exception, source: str) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f", line {mark.line + 1}" if mark else ""
    return f"{source}{place}: not valid YAML ({getattr(error, 'problem', None) or 'unreadable value'}); mend the line"


def _entries(found: dict[str, Any], name: str, source: str) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    listed = found.get(name)
    if not isinstance(listed, list | None):
        raise RegistryError(f"{source}: expected a list below '{name}:', each entry with a - before it")
    for index, entry in enumerate(listed or []):
        if not isinstance(entry, dict):
            raise RegistryError(f"{source}: entry {index + 1} of '{name}' should be lines such as `name: \"...\"`")
    return [((name, index), entry) for index, entry in enumerate(listed or [])]


def _decide(entry: dict[str, Any], place: tuple[str | int, ...], lines: Lines, source: str) -> Decision:
    forms = [form for form in FORMS if form in entry]
    if len(forms) != 1:
        raise RegistryError(
            f"{source}, line {lines[place]}: a decision has exactly one of {', '.join(FORMS)}; this one has "
            f"{' and '.join(forms) or 'none of them'}"
        )
    decision: Decision = _build(FORMS[forms[0]], entry, place, lines, source)
    return decision


def _build(form: type[Any], entry: dict[str, Any], place: tuple[str | int, ...], lines: Lines, source: str) -> Any:
    if "line" in entry:
        raise RegistryError(f"{source}, line {lines[place]}: unknown field 'line'")
    try:
        return form.model_validate({**entry, "line": lines[place]})
    except ValidationError as error:
        raise RegistryError(describe_error(error, place, lines, source)) from error


def describe_error(error: ValidationError, place: tuple[str | int, ...], lines: Lines, source: str) -> str:
    """Give the first problem of an entry with its line."""
    # An unknown field explains a missing one better than the other way round.
    first = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    where = tuple(first["loc"])
    line = next((lines[key] for n in range(len(where), -1, -1) if (key := (*place, *where[:n])) in lines), 0)
    field = ".".join(str(part) for part in where) or "entry"
    at = f", line {line}" if line else ""
    return f"{source}{at}: {field}: {first['msg']}"


def write_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Append decisions to the registry at ``path``; what stands there, comments included, is left as it is.

    Raises
    ------
    RegistryError
        If one contradicts the registry, or the file does not end with its decisions. Nothing is written then.
    """
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    wanted = parse_registry(before, source=path.name).with_decisions(decisions)
    blocks = "".join(map(_write_block, decisions))
    lead = f"{before.rstrip()}\n" if before.strip() else ""
    if "decisions" not in (yaml.safe_load(before) or {}):
        lead += "\n" * bool(lead) + "decisions:\n"
    # The new text is read before it is written: a layout that cannot be appended to is said, not damaged.
    try:
        complete = parse_registry(lead + blocks, source=path.name).fingerprint == wanted.fingerprint
    except RegistryError:
        complete = False
    if not complete:
        raise RegistryError(f"{path.name}: 'decisions:' should come last, each entry with two spaces and a - before it")
    _replace(path, lead + blocks)


def _write_block(decision: Decision) -> str:
    values = decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    lines = []
    for name, value in values.items():
        shown = value if name == "when" else _quote(value)
        lines.append(f"{name}: {shown}")
    form = next(form for form in FORMS if form in values)
    lines.sort(key=lambda line: not line.startswith(f"{form}:"))
    return "  - " + "\n    ".join(lines) + "\n"


def _quote(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_quote(part) for part in value) + "]"
    return str(yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6)).strip()


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".actors-", suffix=".yml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
