"""Learn the weights of the two decisions from labelled quotations: is it one, and who speaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from inchiesta.quotes import kinds, speakers
from inchiesta.quotes.frames import build_frame
from inchiesta.quotes.page import Page
from inchiesta.quotes.speakers import Candidate, Speaker
from inchiesta.quotes.weigh import Scheme, learn_choice, learn_weights

Labels = Mapping[tuple[str, int], str | None]
# Weights are kept with this many digits; smaller ones say nothing.
_DIGITS, _LEAST = 2, 0.02


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two ways to write a name may stand for one speaker: the last word agrees, or one holds the other."""
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return False
    return ours[-1] == theirs[-1] or set(ours) <= set(theirs) or set(theirs) <= set(ours)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(dict.fromkeys(map(ord, "’'-"), " "))
    return ["".join(c for c in word if c.isalnum()) for word in plain.split() if any(c.isalnum() for c in word)]


def learn_speakers(pages: Iterable[Page], labels: Labels) -> np.ndarray:
    """Fit the weights of who speaks; ``labels`` give the speaker's name (or none) by document and first character."""
    cases: list[tuple[list[list[int]], list[bool]]] = []
    for page in pages:
        before: Speaker | None = None
        last = -1
        for number, marked in enumerate(page.marked):
            if (page.document_id, marked.start) not in labels:
                continue
            truth = labels[page.document_id, marked.start]
            frame = build_frame(page, number, last)
            found, _ = speakers.list_candidates(page, frame, page.languages[frame.first] or "it", before)
            answers = [_is_right(candidate, truth) for candidate in found]
            named = any(answers)
            # A speaker without a name is right where no name near is.
            right = [bool(answer) or (answer is None and not named) for answer in answers]
            if found:
                cases.append(([candidate.features for candidate in found], right))
            best = next((candidate for candidate, answer in zip(found, answers, strict=True) if answer), None)
            last = number
            before = None if best is None else Speaker(best.name, best.start, best.end, 1.0, best.type)
    return learn_choice(cases, len(speakers.SCHEME.names))


def _is_right(candidate: Candidate, truth: str | None) -> bool | None:
    if candidate.name is None:
        return None
    return truth is not None and is_same_name(candidate.name.surface, truth)


def learn_kinds(pages: Iterable[Page], labels: Labels) -> np.ndarray:
    """Fit the weights of what is a quotation, with the speakers as they are found by the weights that ship."""
    rows: list[list[int]] = []
    right: list[bool] = []
    for page in pages:
        before: Speaker | None = None
        last = -1
        for number, marked in enumerate(page.marked):
            frame = build_frame(page, number, last)
            language = page.languages[frame.first] or "it"
            speaker = speakers.choose_speaker(page, frame, language, before)
            rows.append(
                kinds.list_features(page, frame, speaker, language=language, before=last == number - 1 and last >= 0)
            )
            quoted = (page.document_id, marked.start) in labels
            right.append(quoted)
            if quoted:
                last, before = number, speaker
    return learn_weights(rows, right, len(kinds.SCHEME.names))


def write_weights(path: Path, scheme: Scheme, weights: np.ndarray, origin: str) -> None:
    """Write weights as a table under a line that names their origin and licence."""
    kept = [(name, round(float(w), _DIGITS)) for name, w in zip(scheme.names, weights, strict=True) if abs(w) >= _LEAST]
    lines = [f"# {origin}", "feature\tweight", *(f"{name}\t{weight}" for name, weight in kept)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


__all__ = ["is_same_name", "learn_kinds", "learn_speakers", "write_weights"]
