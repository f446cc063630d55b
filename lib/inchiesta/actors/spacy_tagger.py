"""A spaCy pipeline you have installed, as the tagger of texts in its language. Optional: we ship none and load none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from inchiesta.actors.tagger.batch import Text
from inchiesta.actors.tagger.crf import KINDS
from inchiesta.actors.tagger.tag import Names
from inchiesta.errors import SettingsError

# The labels of spaCy's own pipelines that name what we count; all others (dates, sums, peoples) are left out.
LABELS = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "MISC": "OTHER",
    "PRODUCT": "OTHER", "EVENT": "OTHER", "WORK_OF_ART": "OTHER", "LAW": "OTHER",
}  # fmt: skip
# spaCy gives no probability; a name of a large pipeline is right about this often on news.
SCORE = 0.85


class SpacyTagger:
    """Finds names with a pipeline; sentences are read one by one, so that names never cross them."""

    def __init__(self, name: str, pipeline: Any) -> None:
        self._pipeline = pipeline
        self.language = str(pipeline.lang)
        self.version = f"{name} {pipeline.meta.get('version', '')}"

    def __call__(self, texts: Sequence[Text]) -> Names:
        """Give the names; the document of a name is its number among the texts."""
        places = [(number, start, end) for number, text in enumerate(texts) for start, end in text.sentences]
        lines = (texts[number].text[start:end] for number, start, end in places)
        rows = []
        for (number, offset, _), document in zip(places, self._pipeline.pipe(lines), strict=True):
            for entity in document.ents:
                kind = LABELS.get(entity.label_)
                if kind:
                    rows.append((number, offset + entity.start_char, offset + entity.end_char, KINDS.index(kind)))
        columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        score = np.full(len(rows), SCORE)
        return Names(columns[0], columns[1], columns[2], columns[3], score, score)


@lru_cache(maxsize=2)
def load_spacy(name: str) -> SpacyTagger:
    """Load a pipeline by the name it is installed under, or from a folder.

    Raises
    ------
    SettingsError
        If spaCy is not installed, there is no such pipeline, or it finds no names.
    """
    try:
        import spacy
    except ImportError as error:
        raise SettingsError(f"tagger 'spacy:{name}' needs spaCy: python -m pip install spacy {name}") from error
    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise SettingsError(
            f"expected an installed spaCy pipeline or a folder, found none under '{name}'; "
            f"python -m spacy download {name}"
        ) from error
    if not {"ner", "entity_ruler"} & set(pipeline.pipe_names):
        raise SettingsError(f"the spaCy pipeline '{name}' has no component that finds names (ner or entity_ruler)")
    return SpacyTagger(name, pipeline)
