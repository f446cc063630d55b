"""The stages of who says what of whom: quotations with their speakers, tones with their voices."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import pandas as pd
import pyarrow as pa

from inchiesta.actor_stages import ActorStages
from inchiesta.corpus.stages import DocumentRows
from inchiesta.corpus.whole import Frames
from inchiesta.per_document import quote_speech, score_sentences
from inchiesta.provenance import hash_text
from inchiesta.quotes.evidentiality import ground_sentences
from inchiesta.quotes.find import attach_speakers
from inchiesta.quotes.repeats import find_echoes
from inchiesta.sentiment.gather import gather_tones
from inchiesta.sentiment.score import scores_frame


class VoiceStages(ActorStages):
    """A corpus with its actors, its quotations and its tones."""

    code: ClassVar[dict[str, tuple[str, ...]]] = ActorStages.code | {
        "scores": ("sentiment", "text", "actors"),
        "quoted": ("quotes", "text", "actors"),
        "quotes": ("quotes", "actors"),
        "tones": ("sentiment", "quotes", "actors"),
    }

    @cached_property
    def _naming_keys(self) -> dict[str, str]:
        """Keys of the stages that read a document with its mentions."""
        keys = self._later_keys("mentions", self._recalled_keys)
        if self.registry.fingerprint:
            keys = {document_id: hash_text(self.registry.fingerprint, key) for document_id, key in keys.items()}
        return keys

    @property
    def _naming_rows(self) -> list[DocumentRows]:
        return [self._document_rows, self._sentence_rows, DocumentRows(self._all_mentions)]

    # -- quotes --------------------------------------------------------------------------------------------------

    @property
    def quotes(self) -> pd.DataFrame:
        """One row per quotation, with its speaker where it is known."""
        return self._spoken["quotes"]

    @property
    def echoes(self) -> pd.DataFrame:
        """One row per quotation that repeats an earlier one."""
        return self._spoken["echoes"]

    @property
    def claims(self) -> pd.DataFrame:
        """One row per sentence that is not simply stated by the narrator."""
        return self._spoken["claims"]

    @cached_property
    def evidentiality(self) -> pd.Series:
        """On whose word each sentence stands, by sentence_id; empty where its language is not read."""
        return ground_sentences(self.sentences, self.claims)

    @cached_property
    def _spoken(self) -> Frames:
        def gather() -> Frames:
            tables = ["quoted", "claims"]
            found = self._compute_analyses("quoted", quote_speech, self._naming_keys, self._naming_rows, tables)
            quotes = attach_speakers(found["quoted"].to_pandas(), self.mentions, self.actors)
            echoes = find_echoes(quotes, self.read_documents)
            return {"quotes": quotes, "echoes": echoes, "claims": found["claims"].to_pandas()}

        return self._compute_whole("quotes", ["quotes", "echoes", "claims"], gather)

    # -- sentiment -----------------------------------------------------------------------------------------------

    @property
    def tones(self) -> pd.DataFrame:
        """One row per sentence, actor, voice and speaker, by the trained model."""
        return self.tones_by("model")

    def tones_by(self, method: str) -> pd.DataFrame:
        """Give the table ``tones`` by the *model*, or by the *rules* of the word lists alone.

        Raises
        ------
        ParameterError
            If there is no such method.
        """

        def gather() -> Frames:
            scored = scores_frame(self._scores)
            return {"tones": gather_tones(scored, self.mentions, self.quotes, method=method)}

        return self._compute_whole("tones", ["tones"], gather, method=method)["tones"]

    @cached_property
    def _scores(self) -> pa.Table:
        return self._compute_analysis("scores", score_sentences, self._naming_keys, self._naming_rows)
