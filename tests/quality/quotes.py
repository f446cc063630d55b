"""Quality of the quotations: spans, speakers, titles and scare quotes refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from inchiesta.actors.find import find_mentions
from inchiesta.actors.resolve import resolve_actors
from inchiesta.quotes.find import find_quotes
from inchiesta.quotes.learn import is_same_name
from inchiesta.text.sentences import is_heading, split_sentences
from tests.quality.score import Score, read_rows

PART = "quotes"
MARKS = "«»“”„‟‹›\"'‘’ \n"


@dataclass
class Truth:
    """A labelled quotation: its span (no end where the data gives none) and the names that are right."""

    start: int
    end: int | None
    names: tuple[str, ...]


@dataclass
class Labelled:
    """A text with its quotations, and passages in marks that are none."""

    text: str
    language: str
    quotes: list[Truth] = field(default_factory=list)
    refused: list[tuple[int, int]] = field(default_factory=list)
    # Where only some passages of a text are labelled, the others count neither way.
    is_complete: bool = True


def score(gold: Path) -> list[Score]:
    """Score the quotations on each labelled set that is there."""
    found: list[Score] = []
    for name, path, read, is_span in (
        ("quotes_it it_dev", gold / "quotes_it/it_dev.jsonl", read_passages, is_exact),
        ("news_it dev", gold / "news_it/dev.jsonl", read_news, is_exact),
        ("news_en dev", gold / "news_en/dev.jsonl", read_news, is_exact),
        ("polnear en_dev", gold / "polnear/en_dev.jsonl", read_polnear, is_overlap),
    ):
        texts = read(path)
        if texts:
            found += score_texts(name, texts, is_span)
    return found


def read_news(path: Path) -> dict[str, Labelled]:
    """Read labelled lines: a document's lines, one below the other."""
    texts: dict[str, Labelled] = {}
    for row in read_rows(path):
        labelled = texts.setdefault(row["doc"], Labelled("", row["lang"]))
        start = len(labelled.text) + bool(labelled.text)
        labelled.text += ("\n" if labelled.text else "") + row["text"]
        for quote in row["quotes"]:
            end = None if quote["end"] is None else start + quote["end"]
            names = (quote["speaker"],) if quote["speaker"] else ()
            labelled.quotes.append(Truth(start + quote["start"], end, names))
    return texts


def read_passages(path: Path) -> dict[str, Labelled]:
    """Read passages, each with its context; all others of the context are not labelled."""
    texts = {}
    for row in read_rows(path):
        start, end = _trim(row["context"], row["q_start"], row["q_end"])
        labelled = Labelled(row["context"], row["lang"], is_complete=False)
        if row["is_quote"]:
            labelled.quotes.append(Truth(start, end, tuple(name for name in (row["resolved"],) if name)))
        else:
            labelled.refused.append((start, end))
        texts[row["id"]] = labelled
    return texts


def read_polnear(path: Path) -> dict[str, Labelled]:
    """Read attributions in news: of those that quote directly, each stretch of content that has marks."""
    texts = {}
    for row in read_rows(path):
        labelled = texts[row["id"]] = Labelled(row["text"], "en")
        for attribution in row["attributions"]:
            if attribution["direct"]:
                names = tuple(text for _, _, text in attribution["source"])
                labelled.quotes += [Truth(start, end, names) for start, end, _ in attribution["content"]]
    return texts


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    return start, end


def is_exact(found: tuple[int, int], truth: Truth, text: str) -> bool:
    """Tell whether a span is the labelled one, marks and spaces at its ends aside; an unknown end is not compared."""
    start, end = _trim(text, *found)
    if truth.end is None:
        return start == _trim(text, truth.start, len(text))[0]
    return (start, end) == _trim(text, truth.start, truth.end)


def is_overlap(found: tuple[int, int], truth: Truth, text: str) -> bool:
    """Tell whether a span shares a letter with the labelled one."""
    end = len(text) if truth.end is None else truth.end
    return found[0] < end and truth.start < found[1]


def build_tables(texts: dict[str, Labelled]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build documents and sentences the way the library does."""
    documents, rows = [], []
    for document_id, labelled in texts.items():
        documents.append((document_id, f"o-{document_id}", labelled.language, labelled.text))
        spans = split_sentences(labelled.text, labelled.language)
        for number, (start, end) in enumerate(spans, 1):
            alone = _is_alone(labelled.text, start, end)
            heading = alone and is_heading(labelled.text[start:end], 1)
            rows.append(
                (
                    f"{document_id}:{number:04d}",
                    document_id,
                    0,
                    start,
                    end,
                    labelled.language,
                    heading,
                    labelled.text[start:end],
                )
            )
    columns = ["sentence_id", "document_id", "paragraph", "start_char", "end_char", "language", "is_heading", "text"]
    frame = pd.DataFrame(documents, columns=["document_id", "origin_id", "language", "text"])
    return frame.assign(status="read", n_chars=frame["text"].str.len()), pd.DataFrame(rows, columns=columns)


def _is_alone(text: str, start: int, end: int) -> bool:
    return (not start or text[start - 1] == "\n") and text[end : end + 1] in ("", "\n")


def score_texts(
    name: str, texts: dict[str, Labelled], is_span: Callable[[tuple[int, int], Truth, str], bool]
) -> list[Score]:
    """Score spans, speakers of right spans, and passages refused."""
    documents, sentences = build_tables(texts)
    mentions, actors, _ = resolve_actors(find_mentions(documents, sentences), documents)
    quotes = find_quotes(documents, sentences, mentions, actors)
    quotes = quotes[quotes["kind"] != "indirect"]
    called = _names_of(actors)
    counts = Counts()
    for document_id, rows in _by_document(quotes, texts):
        counts.add(texts[document_id], rows, called, is_span)
    return counts.scores(name)


def _names_of(actors: pd.DataFrame) -> dict[str, list[str]]:
    pairs = zip(actors["actor_id"], actors["name"], actors["aliases"], strict=True)
    return {actor_id: [name, *aliases] for actor_id, name, aliases in pairs}


def _by_document(quotes: pd.DataFrame, texts: dict[str, Labelled]) -> Iterable[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {document_id: [] for document_id in texts}
    for row in quotes.itertuples():
        groups[row.document_id].append(row)
    return groups.items()


@dataclass
class Counts:
    """What was right, wrong and left open."""

    found: int = 0
    found_right: int = 0
    truths: int = 0
    truths_met: int = 0
    named: int = 0
    right: int = 0
    left_open: int = 0
    nobody: int = 0
    nobody_open: int = 0
    refused: int = 0
    negatives: int = 0

    def add(
        self,
        labelled: Labelled,
        rows: list[Any],
        called: dict[str, list[str]],
        is_span: Callable[[tuple[int, int], Truth, str], bool],
    ) -> None:
        """Add one text."""
        spans = [(row.start_char, row.end_char) for row in rows]
        met = [[t for t in labelled.quotes if is_span(span, t, labelled.text)] for span in spans]
        hit = [any(is_span(span, truth, labelled.text) for span in spans) for truth in labelled.quotes]
        self.truths += len(hit)
        self.truths_met += sum(hit)
        self.negatives += len(labelled.refused)
        taken = [any(s < end and start < e for s, e in spans) for start, end in labelled.refused]
        self.refused += taken.count(False)
        if labelled.is_complete:
            self.found += len(spans)
            self.found_right += sum(map(bool, met))
        else:
            self.found += sum(hit) + sum(taken) + self._misplaced(labelled, spans, hit)
            self.found_right += sum(hit)
        for row, truths in zip(rows, met, strict=True):
            if truths:
                self._judge(row, [name for truth in truths for name in truth.names], called)

    def _misplaced(self, labelled: Labelled, spans: list[tuple[int, int]], hit: list[bool]) -> int:
        missed = [truth for truth, is_met in zip(labelled.quotes, hit, strict=True) if not is_met]
        return sum(any(is_overlap(span, truth, labelled.text) for span in spans) for truth in missed)

    def _judge(self, row: Any, names: list[str], called: dict[str, list[str]]) -> None:
        ours = [row.speaker_surface, *called.get(row.speaker_id, [])] if row.speaker_surface else []
        if not names:
            self.nobody += 1
            self.nobody_open += not row.speaker_id
            return
        self.named += 1
        if any(is_same_name(one, other) for one in ours for other in names):
            self.right += 1
        elif not row.speaker_id:
            self.left_open += 1

    def scores(self, name: str) -> list[Score]:
        """Give the figures."""
        precision, recall = _share(self.found_right, self.found), _share(self.truths_met, self.truths)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        missed = self.named - self.right
        scores = [
            Score(PART, f"{name}: span F1", f1, f"{self.truths} quotations, {self.found} found"),
            Score(PART, f"{name}: span precision", precision, f"{self.found} found"),
            Score(PART, f"{name}: span recall", recall, f"{self.truths} quotations"),
            Score(
                PART,
                f"{name}: speaker right",
                _share(self.right, self.named),
                f"{self.named} right spans, speaker known",
            ),
            Score(PART, f"{name}: open rather than wrong", _share(self.left_open, missed), f"{missed} speakers missed"),
        ]
        if self.nobody:
            base = f"{self.nobody} right spans, speaker not known"
            scores.append(
                Score(PART, f"{name}: unknown speaker left open", _share(self.nobody_open, self.nobody), base)
            )
        if self.negatives:
            base = f"{self.negatives} titles and scare quotes"
            scores.append(Score(PART, f"{name}: look-alikes refused", _share(self.refused, self.negatives), base))
        return scores


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
