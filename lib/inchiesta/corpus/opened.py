"""A source and what is known of its texts before any analysis: documents, sentences, edits, repeats, origins.

The dossier builds on it: this class also knows how a stage is computed, cached and keyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pyarrow as pa

from inchiesta.corpus.counting import sentences_counted_once
from inchiesta.corpus.intake import Intake, take_in
from inchiesta.corpus.minhash import compute_signatures
from inchiesta.corpus.origins import group_origins
from inchiesta.corpus.reading import Options
from inchiesta.corpus.sources import Listing, list_source
from inchiesta.corpus.stages import DocumentRows, compute_documents
from inchiesta.corpus.store import Store
from inchiesta.corpus.whole import Frames, WholeTables
from inchiesta.progress import Progress
from inchiesta.provenance import code_version, hash_text, hash_value
from inchiesta.tables import to_arrow


class Corpus:
    """A source, opened. Its tables are plain pandas DataFrames, computed when first asked for."""

    # The code each stage depends on, besides that of the stages before it.
    code: ClassVar[dict[str, tuple[str, ...]]] = {
        "signatures": ("corpus/minhash.py",),
        "origins": ("corpus/minhash.py", "corpus/origins.py"),
    }

    def __init__(self, source: Path, *, store: Store, options: Options, progress: Progress | None = None) -> None:
        self.source = source
        self.store = store
        self.options = options
        self.progress = progress or Progress()
        self._whole = WholeTables(store, str(source))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @cached_property
    def listing(self) -> Listing:
        """The files of the source."""
        return list_source(self.source)

    @property
    def name(self) -> str:
        """Name of the corpus: that of its folder, or of its file without the suffix."""
        return self.source.name if self.source.is_dir() else self.source.stem

    @cached_property
    def _intake(self) -> Intake:
        return take_in(self.listing, store=self.store, options=self.options, progress=self.progress)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row per file, archive member or row of an export."""
        origins = self.origins.set_index("document_id")["origin_id"]
        documents = self._intake.documents
        return documents.assign(origin_id=documents["document_id"].map(origins).fillna("").astype("str"))

    @property
    def read_documents(self) -> pd.DataFrame:
        """The documents that were read."""
        return self.documents[self.documents["status"] == "read"].reset_index(drop=True)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence of the documents that were read."""
        sentences: pd.DataFrame = self._intake.sentences.to_pandas()
        return sentences

    @cached_property
    def counted_sentences(self) -> pd.DataFrame:
        """The sentences that count: one document per origin, repeated paragraphs left out."""
        return sentences_counted_once(self.sentences, self.documents)

    @cached_property
    def edits(self) -> pd.DataFrame:
        """One row per change cleaning made."""
        edits: pd.DataFrame = self._intake.edits.to_pandas()
        return edits

    @cached_property
    def repeats(self) -> pd.DataFrame:
        """One row per paragraph that repeats an earlier one of its document."""
        repeats: pd.DataFrame = self._intake.repeats.to_pandas()
        return repeats

    @cached_property
    def fingerprint(self) -> str:
        """Fingerprint of what was read and how: two runs with the same one saw the same texts."""
        rows = self._intake.documents[["document_id", "path", "member", "status"]]
        return hash_value([rows.to_numpy().tolist(), sorted(self._intake.keys.items())])

    @property
    def skipped(self) -> dict[str, int]:
        """What was passed over by its name, hidden members of archives included."""
        skipped = self.listing.skipped
        return {**skipped, "hidden": skipped.get("hidden", 0) + self._intake.n_hidden}

    @property
    def accounting(self) -> dict[str, int]:
        """Files, members and rows: ``seen`` = ``read`` + ``duplicate`` + ``set aside``; and what was skipped."""
        counts = self._intake.documents["status"].value_counts()
        accounting = {name: int(counts.get(name, 0)) for name in ("read", "duplicate", "set aside")}
        return {"seen": sum(accounting.values()), **accounting, **{f"skipped {k}": n for k, n in self.skipped.items()}}

    @cached_property
    def origins(self) -> pd.DataFrame:
        """Per read document its origin and how much of it stands there: document_id, origin_id, similarity (0 to 1)."""
        return self._compute_whole("origins", ["origins"], self._group_origins)["origins"]

    def _group_origins(self) -> Frames:
        read = self._intake.documents[self._intake.documents["status"] == "read"]
        keys = self._later_keys("signatures", self._intake.keys)
        texts = read.set_index("document_id")["text"]
        table = compute_documents(
            "signatures",
            sign_texts,
            keys=keys,
            make_task=lambda batch: (list(zip(batch, texts.loc[batch], strict=True)),),
            tables=["signatures"],
            store=self.store,
            progress=self.progress,
        )["signatures"]
        if not len(texts):
            return {
                "origins": pd.DataFrame({"document_id": [], "origin_id": [], "similarity": []}).astype(
                    {"document_id": "str", "origin_id": "str"}
                )
            }
        signatures = np.frombuffer(b"".join(table["signature"].to_pylist()), dtype=np.uint32).reshape(len(texts), -1)
        return {"origins": group_origins(texts.index.tolist(), signatures, texts.tolist())}

    # -- stages --------------------------------------------------------------------------------------------------

    @cached_property
    def _document_rows(self) -> DocumentRows:
        # Without origin_id: a document's own rows must not depend on the other documents.
        read = self._intake.documents[self._intake.documents["status"] == "read"]
        return DocumentRows(to_arrow("documents", read))

    @cached_property
    def _sentence_rows(self) -> DocumentRows:
        return DocumentRows(self._intake.sentences)

    def _later_keys(self, stage: str, keys: Mapping[str, str]) -> dict[str, str]:
        version = code_version(*self.code[stage])
        return {document_id: hash_text(version, stage, key) for document_id, key in keys.items()}

    def _compute_analysis(
        self,
        stage: str,
        function: Callable[..., dict[str, pa.Table]],
        keys: Mapping[str, str],
        rows: list[DocumentRows],
    ) -> pa.Table:
        return self._compute_analyses(stage, function, keys, rows, [stage])[stage]

    def _compute_analyses(
        self,
        stage: str,
        function: Callable[..., dict[str, pa.Table]],
        keys: Mapping[str, str],
        rows: list[DocumentRows],
        tables: list[str],
    ) -> dict[str, pa.Table]:
        return compute_documents(
            stage,
            function,
            keys=self._later_keys(stage, keys),
            make_task=lambda batch: tuple(table.of(batch) for table in rows),
            tables=tables,
            store=self.store,
            progress=self.progress,
        )

    def _compute_whole(self, stage: str, tables: list[str], compute: Callable[[], Frames], **parameters: Any) -> Frames:
        key = hash_text(code_version(*self.code[stage]), self._corpus_key, hash_value(parameters))

        def compute_and_tell() -> Frames:
            with self.progress.stage(stage, len(self._intake.keys)):
                return compute()

        return self._whole.compute(stage, key, tables, compute_and_tell)

    @cached_property
    def _corpus_key(self) -> str:
        """Fingerprint of the code before the analyses and of all documents that were read."""
        earlier = [code_version(*code) for code in self.code.values()]
        return hash_value([sorted(self._intake.keys.items()), earlier, self.fingerprint])


def sign_texts(texts: list[tuple[str, str]]) -> dict[str, pa.Table]:
    """Give the MinHash signature of each (document_id, text)."""
    signatures = compute_signatures([text for _, text in texts])
    names = pa.array([document_id for document_id, _ in texts], pa.large_string())
    rows = pa.array([row.tobytes() for row in signatures], pa.binary())
    return {"signatures": pa.table({"document_id": names, "signature": rows})}
