"""Parameters of notebooks: read from their parameters cell, checked by name, type and range before a kernel starts.

The cell tagged ``parameters`` holds literals only, each with a comment that gives unit and range::

    n_topics: int | None = None  # topics, 2 to 50; None: chosen by the size of the corpus
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from inchiesta.errors import ParameterError

Value = str | int | float | bool | None | list[str] | list[int] | list[float]

# Set by the run itself; giving them by hand would detach a report from its source.
RESERVED = ("source", "output")

_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "None": type(None)}
_RANGE = re.compile(r"(?<![\w.])(-?\d+(?:\.\d+)?) to (-?\d+(?:\.\d+)?)(?![\w.])")


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, the types it takes (such as ``int | None``), its default, help and range."""

    name: str
    types: str
    default: Value
    about: str

    @property
    def limits(self) -> tuple[float, float] | None:
        """The range its comment gives as ``2 to 50``, if any."""
        found = _RANGE.search(self.about)
        return (float(found[1]), float(found[2])) if found else None

    def check(self, value: object) -> Value:
        """Give ``value`` back if it is of the right type and in range.

        Raises
        ------
        ParameterError
            With what was expected and what arrived.
        """
        if not any(_fits(value, kind) for kind in self.types.split(" | ")):
            raise ParameterError(
                f"parameter '{self.name}' takes {self.types}, got {type(value).__name__} {value!r} ({self.about})"
            )
        if self.limits and isinstance(value, int | float) and not self.limits[0] <= value <= self.limits[1]:
            low, high = self.limits
            raise ParameterError(f"parameter '{self.name}' takes {low:g} to {high:g}, got {value} ({self.about})")
        return float(value) if self.types == "float" and isinstance(value, int) else value  # type: ignore[return-value]


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """Read the parameters of ``notebook`` from its cell tagged ``parameters``.

    Raises
    ------
    ParameterError
        If there is no such cell, or a value in it is not a literal.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if not tagged:
        raise ParameterError(f"{notebook.name} has no cell tagged 'parameters'")
    code = "".join(tagged[0]["source"])
    comments = _comments(code)
    parameters = {}
    for line in ast.parse(code).body:
        name, types, value = _read_assignment(line, notebook.name)
        parameters[name] = Parameter(name, types, value, comments.get(line.end_lineno or 0, ""))
    return parameters


def parse_assignments(assignments: Iterable[str]) -> dict[str, object]:
    """Read ``NAME=VALUE`` pairs; a value that is no literal is a string, as typed.

    >>> parse_assignments(["n_topics=5", "voice=narrator", "actors=['A', 'B']", "flag=true"])
    {'n_topics': 5, 'voice': 'narrator', 'actors': ['A', 'B'], 'flag': True}

    Raises
    ------
    ParameterError
        For a pair without ``=`` or a name given twice.
    """
    given: dict[str, object] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.isidentifier():
            raise ParameterError(f"expected NAME=VALUE, got '{assignment}'")
        if name in given:
            raise ParameterError(f"parameter '{name}' is given twice")
        given[name] = _parse(value)
    return given


def check_parameters(
    given: Mapping[str, object], parameters: Mapping[str, Mapping[str, Parameter]]
) -> dict[str, dict[str, Value]]:
    """Give each notebook the parameters that are its own.

    Parameters
    ----------
    given
        Name to value.
    parameters
        Notebook to its parameters, as `read_parameters` gives them.

    Raises
    ------
    ParameterError
        For a name no notebook knows, a reserved one, a wrong type or a value out of range.
    """
    known = sorted({name for own in parameters.values() for name in own} - set(RESERVED))
    for name in given:
        if name in RESERVED:
            raise ParameterError(f"parameter '{name}' is set by the run itself; give the source as an argument")
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise ParameterError(f"unknown parameter '{name}'{hint} Known: {', '.join(known) or 'none'}")
    return {
        notebook: {name: own[name].check(value) for name, value in given.items() if name in own}
        for notebook, own in parameters.items()
    }


def _fits(value: object, kind: str) -> bool:
    listed = re.fullmatch(r"list\[(\w+)\]", kind)
    if listed:
        return isinstance(value, list) and all(_fits(item, listed[1]) for item in value)
    if kind == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, _TYPES[kind])


def _parse(value: str) -> object:
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if value.lower() in ("none", "null"):
        return None
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return value


def _read_assignment(line: ast.stmt, notebook: str) -> tuple[str, str, Value]:
    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value is not None:
        name, types, value = line.target.id, ast.unparse(line.annotation), line.value
    elif isinstance(line, ast.Assign) and len(line.targets) == 1 and isinstance(line.targets[0], ast.Name):
        name, types, value = line.targets[0].id, "", line.value
    else:
        raise ParameterError(f"{notebook}: line {line.lineno} of the parameters cell is not NAME = LITERAL")
    try:
        default = ast.literal_eval(value)
    except ValueError as error:
        raise ParameterError(f"{notebook}: parameter '{name}' is not a literal") from error
    return name, types or type(default).__name__, default


def _comments(code: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
