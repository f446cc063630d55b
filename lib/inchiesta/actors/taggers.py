"""Which tagger finds the names no list knows: the one we ship, one you have trained, or a spaCy pipeline you have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from inchiesta.actors.tagger.batch import Text, build_batch
from inchiesta.actors.tagger.tag import Names, tag_batch
from inchiesta.actors.tagger.weights import FILE_NAME, load_scorer
from inchiesta.actors.word_lists import FULL_LANGUAGES
from inchiesta.errors import SettingsError
from inchiesta.provenance import hash_path
from inchiesta.settings import RESOURCES, find_home

SPACY = "spacy:"
NO_TAGGER = "none"


class Tagger(Protocol):
    """Finds names in the texts of one language."""

    def __call__(self, texts: Sequence[Text]) -> Names:
        """Give the names; the document of a name is its number among the texts."""


def choose_tagger(tagger: str, language: str) -> Tagger | None:
    """Give the tagger of a language, None where there is none.

    Parameters
    ----------
    tagger : str
        Empty: the one we ship (Italian and English). A folder: one written by ``inchiesta train-actors``, absolute or
        relative to the home. *spacy:NAME*: an installed spaCy pipeline, for texts in its language. *none*: lists only.
    language : str
        ISO 639-1 code.

    Raises
    ------
    SettingsError
        If the folder holds no weights, or spaCy or the pipeline is not installed.
    """
    if tagger == NO_TAGGER:
        return None
    if tagger.startswith(SPACY):
        from inchiesta.actors.spacy_tagger import load_spacy

        pipeline = load_spacy(tagger.removeprefix(SPACY))
        return pipeline if pipeline.language == language else _shipped(language)
    if tagger:
        path = _find_trained(tagger) / language / FILE_NAME
        return _Trained(path) if path.is_file() else _shipped(language)
    return _shipped(language)


def describe_tagger(tagger: str) -> str:
    """Give what tells two taggers apart, for the keys of the cache; empty for the one we ship.

    Raises
    ------
    SettingsError
        As `choose_tagger`.
    """
    if not tagger or tagger == NO_TAGGER:
        return tagger
    if tagger.startswith(SPACY):
        from inchiesta.actors.spacy_tagger import load_spacy

        return f"{tagger} {load_spacy(tagger.removeprefix(SPACY)).version}"
    folder = _find_trained(tagger)
    return " ".join(hash_path(path) for path in sorted(folder.glob(f"*/{FILE_NAME}")))


def _find_trained(tagger: str) -> Path:
    for folder in (Path(tagger).expanduser(), find_home() / tagger):
        if any((folder / language / FILE_NAME).is_file() for language in FULL_LANGUAGES):
            return folder
    raise SettingsError(
        f"expected tagger to be empty, 'none', 'spacy:NAME' or a folder written by `inchiesta train-actors`; "
        f"'{tagger}' holds no {FULL_LANGUAGES[0]}/{FILE_NAME}"
    )


def _shipped(language: str) -> Tagger | None:
    path = RESOURCES / language / FILE_NAME
    return _Trained(path) if path.is_file() else None


class _Trained:
    """A tagger of ours, with the weights in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, texts: Sequence[Text]) -> Names:
        scorer = load_scorer(self.path)
        return tag_batch(build_batch(texts, scorer.words), scorer)
