"""Teaching the tagger from files: labelled lines in, weights and a model card out."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inchiesta.actors.tagger.batch import build_batch
from inchiesta.actors.tagger.crf import KINDS
from inchiesta.actors.tagger.tag import tag_batch
from inchiesta.actors.tagger.train import Labelled, read_document, train_weights
from inchiesta.actors.tagger.weights import FILE_NAME, Scorer, Weights, write_weights
from inchiesta.actors.word_lists import FULL_LANGUAGES
from inchiesta.errors import SourceError
from inchiesta.provenance import hash_path

CARD_NAME = "tagger.md"
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Taught:
    """What a training wrote: one folder per language, each with weights and card."""

    languages: tuple[str, ...]
    n_lines: int
    n_names: int
    folder: Path


def teach(
    files: Sequence[Path],
    folder: Path,
    *,
    check: Sequence[Path] = (),
    licence: str = NOT_STATED,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Taught:
    """Train the tagger on labelled files and write it, one folder per language.

    Parameters
    ----------
    files
        Files of labelled lines (see `read_labelled`); languages found in them teach each other.
    folder
        Where ``LANGUAGE/tagger.npz`` and ``LANGUAGE/tagger.md`` are written.
    check
        Labelled files the card's figures are measured on.
    licence
        Licence of the labelled data, for the card.
    tell
        Called with (rounds done, rounds at most).

    Raises
    ------
    SourceError
        If a file is missing, a line is not of the form, or no name is labelled.
    """
    documents = [document for path in files for document in read_labelled(path)]
    held = [document for path in check for document in read_labelled(path)]
    trained = train_weights(documents, tell=tell)
    for weights in trained:
        place = folder / weights.language
        place.mkdir(parents=True, exist_ok=True)
        write_weights(place / FILE_NAME, weights)
        (place / CARD_NAME).write_text(_write_card(weights, files, documents, held, licence), encoding="utf-8")
    n_names = sum(len(names) for document in documents for names in document.names)
    languages = tuple(weights.language for weights in trained)
    return Taught(languages, sum(len(document.lines) for document in documents), n_names, folder)


def read_labelled(path: Path) -> list[Labelled]:
    """Read labelled lines: a JSON object per line with doc, lang, text and entities (start, end, kind).

    Lines of one ``doc`` stand together and in order. ``kind`` is PER, ORG, LOC or OTHER; offsets count characters of
    ``text``. Other fields are not read.

    Raises
    ------
    SourceError
        With the number of the first line that is not of the form; texts are never quoted.
    """
    if not path.is_file():
        raise SourceError(f"expected a file of labelled lines, found none at '{path}'")
    found: dict[tuple[str, str], tuple[list[str], list[list[tuple[int, int, str]]]]] = {}
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                document, language, text, names = _read_line(line, f"{path.name}, line {number}")
                texts, labels = found.setdefault((document, language), ([], []))
                texts.append(text)
                labels.append(names)
    return [Labelled(document, language, *columns) for (document, language), columns in found.items()]


def _read_line(line: str, where: str) -> tuple[str, str, str, list[tuple[int, int, str]]]:
    try:
        row: dict[str, Any] = json.loads(line)
        text, language = row["text"], row["lang"]
        names = [(entity["start"], entity["end"], entity["kind"]) for entity in row["entities"]]
        document = str(row["doc"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise SourceError(
            f"{where}: expected a JSON object with doc, lang, text and entities (start, end, kind); "
            f"{type(error).__name__}"
        ) from error
    if language not in FULL_LANGUAGES:
        raise SourceError(f"{where}: lang should be one of {', '.join(FULL_LANGUAGES)}")
    for start, end, kind in names:
        if kind not in KINDS:
            raise SourceError(f"{where}: kind should be one of {', '.join(KINDS)}")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise SourceError(f"{where}: an entity does not lie within the {len(text)} characters of the text")
    # A line is a sentence; what breaks lines inside it counts as a space.
    return document, language, text.replace("\n", " ").replace("\r", " "), names


@dataclass(frozen=True)
class Figure:
    """How many names were found rightly (same span, same kind): of those labelled, of those found."""

    right: int
    found: int
    labelled: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / max(1, self.found + self.labelled)


def measure(weights: Weights, documents: Sequence[Labelled]) -> dict[str, Figure]:
    """Measure the tagger by itself, without lists: figures by kind, strictly by span and kind."""
    chosen = [document for document in documents if document.language == weights.language]
    scorer = Scorer(weights)
    names = tag_batch(build_batch(map(read_document, chosen), scorer.words), scorer)
    columns = (names.document, names.start, names.end, names.kind)
    found = {
        (number, start, end, KINDS[kind])
        for number, start, end, kind in zip(*(column.tolist() for column in columns), strict=True)
    }
    truth = set()
    for number, document in enumerate(chosen):
        offset = 0
        for line, labels in zip(document.lines, document.names, strict=True):
            truth |= {(number, offset + start, offset + end, kind) for start, end, kind in labels}
            offset += len(line) + 1
    figures = {}
    for kind in KINDS:
        ours, theirs = ({row for row in rows if row[3] == kind} for rows in (found, truth))
        figures[kind] = Figure(len(ours & theirs), len(ours), len(theirs))
    return figures


def _name_file(path: Path) -> str:
    return f"{path.parent.name}/{path.name} (SHA-256 {hash_path(path)[:12]})"


def _write_card(
    weights: Weights, files: Sequence[Path], documents: Sequence[Labelled], held: Sequence[Labelled], licence: str
) -> str:
    mine = [document for document in documents if document.language == weights.language]
    kinds = Counter(kind for document in mine for names in document.names for _, _, kind in names)
    others = sorted({document.language for document in documents} - {weights.language})
    lines = [
        f"# Name tagger, {weights.language}",
        "",
        "Finds names of persons, organisations, places and other things. Linear-chain conditional random field over",
        "words, their shapes, neighbours and lists; see `inchiesta.actors.tagger`. Trained with",
        "`inchiesta train-actors`.",
        "",
        f"- Date: {datetime.datetime.now(tz=datetime.UTC).date().isoformat()}",
        f"- Labelled data: {', '.join(map(_name_file, files))}",
        f"- Licence of the data: {licence}",
        f"- Lines in this language: {sum(len(document.lines) for document in mine):,} of {len(mine):,} documents; "
        "names: " + ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS),
        f"- Taught together with: {', '.join(others) or 'no other language'}",
        f"- Learned answers: {sum(len(template.codes) for template in weights.templates.values()):,}",
        "",
    ]
    figures = measure(weights, held) if any(document.language == weights.language for document in held) else {}
    if figures:
        lines += [
            "Held-out lines, the tagger by itself, strictly by span and kind:",
            "",
            "| kind | F1 | precision | recall | labelled |",
            "|---|---|---|---|---|",
        ]
        for kind, figure in figures.items():
            precision, recall = figure.right / max(1, figure.found), figure.right / max(1, figure.labelled)
            lines.append(f"| {kind} | {figure.f1:.2f} | {precision:.2f} | {recall:.2f} | {figure.labelled:,} |")
        lines.append("")
    lines += [
        "Not for: texts without capitals, other languages, other kinds of text than news (on speeches of the 1940s and",
        "on fiction it finds less). It sees one document at a time and knows nothing newer than its lists.",
        "",
    ]
    return "\n".join(lines)
