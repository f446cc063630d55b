"""The one object: a source and its tables, computed when first asked for and cached.

>>> import inchiesta
>>> dossier = inchiesta.open("seeds")
>>> dossier.accounting["read"]
1
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from inchiesta.actors.find import find_mentions
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.resolve import resolve_actors
from inchiesta.corpus.columns import FIELDS
from inchiesta.corpus.intake import Intake, Options, take_in
from inchiesta.corpus.minhash import compute_signatures
from inchiesta.corpus.origins import group_origins
from inchiesta.corpus.sources import Listing, list_source
from inchiesta.corpus.stages import DocumentRows, compute_documents
from inchiesta.corpus.store import Store
from inchiesta.corpus.whole import Frames, WholeTables
from inchiesta.corpus.written import read_ledger
from inchiesta.errors import SettingsError
from inchiesta.progress import Progress
from inchiesta.provenance import code_version, hash_text, hash_value
from inchiesta.sentiment.score import score_tones
from inchiesta.sentiment.targets import gather_tones
from inchiesta.settings import cache_folder, load_settings, resolve_source
from inchiesta.tables import TABLES, check_table, table_of, to_arrow
from inchiesta.text.language import DEFAULT_LANGUAGES
from inchiesta.topics.fit import fit_topics

# The stages in their order, with the code each depends on; an earlier stage's key is part of the later one's.
_CODE = {
    "signatures": ("corpus/minhash.py", "text/tokens.py"),
    "origins": ("corpus/minhash.py", "corpus/origins.py"),
    "mentions": ("actors", "text/tokens.py"),
    "actors": ("actors",),
    "pairs": ("actors",),
    "topics": ("topics", "text"),
    "scores": ("sentiment", "text", "actors"),
    "tones": ("sentiment", "actors"),
}


def open(
    source: str | Path,
    *,
    languages: tuple[str, ...] | None = None,
    columns: Sequence[str] = (),
    n_topics: int | None = None,
    seed: int = 0,
    min_sentences: int = 1,
    progress: Progress | None = None,
) -> Dossier:
    """Open a file or a folder of texts.

    Parameters
    ----------
    source
        A file or folder: absolute, or relative to the working directory or the project's home.
    languages
        ISO 639-1 codes of the languages to tell apart; default as in the settings.
    columns
        For csv and jsonl whose columns have uncommon names: ``FIELD=COLUMN``, such as ``["text=corpo"]``.
    n_topics
        Topics to fit; None lets the size of the corpus decide.
    seed
        Seed of everything random.
    min_sentences
        Sentences two actors must share to be a pair.
    progress
        Told what is being done; silent by default.

    Returns
    -------
    Dossier
        Its tables are computed when first asked for.

    Raises
    ------
    SourceError
        If nothing is there, or the folder holds no file.
    SettingsError
        If a setting is unknown or of the wrong type.
    """
    chosen = tuple(languages or load_settings().languages or DEFAULT_LANGUAGES)
    store = Store(cache_folder() / "tables")
    options = Options(chosen, _read_columns(columns), read_ledger(cache_folder()))
    choices = Choices(n_topics=n_topics, seed=seed, min_sentences=min_sentences)
    return Dossier(resolve_source(source), store=store, options=options, choices=choices, progress=progress)


@dataclass(frozen=True)
class Choices:
    """What a researcher chooses for the analyses (see `open`)."""

    n_topics: int | None = None
    seed: int = 0
    min_sentences: int = 1


def _read_columns(columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = [column.partition("=") for column in columns]
    for field, equals, name in pairs:
        if field not in FIELDS or not equals or not name:
            raise SettingsError(
                f"expected FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}; got '{field}{equals}{name}'"
            )
    return tuple(sorted((field, name) for field, _, name in pairs))


class Dossier:
    """A source and its tables, as plain pandas DataFrames (see `inchiesta.tables` for their columns)."""

    def __init__(
        self, source: Path, *, store: Store, options: Options, choices: Choices, progress: Progress | None = None
    ) -> None:
        self.source = source
        self.store = store
        self.options = options
        self.choices = choices
        self.progress = progress or Progress()
        self._whole = WholeTables(store, str(source))

    def __repr__(self) -> str:
        return f"<Dossier {self.name}>"

    @cached_property
    def listing(self) -> Listing:
        """The files of the source."""
        return list_source(self.source)

    @property
    def name(self) -> str:
        """Name of the corpus: that of its folder, or of its file without the suffix."""
        return self.source.name if self.source.is_dir() else self.source.stem

    # -- corpus --------------------------------------------------------------------------------------------------

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
        return self._intake.sentences.to_pandas()

    @cached_property
    def edits(self) -> pd.DataFrame:
        """One row per change cleaning made."""
        return self._intake.edits.to_pandas()

    @cached_property
    def repeats(self) -> pd.DataFrame:
        """One row per paragraph that repeats an earlier one of its document."""
        return self._intake.repeats.to_pandas()

    @cached_property
    def fingerprint(self) -> str:
        """Fingerprint of what was read and how: two runs with the same one saw the same texts."""
        rows = self._intake.documents[["document_id", "path", "member", "status"]]
        return hash_value([rows.to_numpy().tolist(), sorted(self._intake.keys.items())])

    @property
    def accounting(self) -> dict[str, int]:
        """Files, members and rows: ``seen`` = ``read`` + ``duplicate`` + ``set aside``; and what was skipped."""
        counts = self.documents["status"].value_counts()
        accounting = {name: int(counts.get(name, 0)) for name in ("read", "duplicate", "set aside")}
        return {
            "seen": len(self.documents),
            **accounting,
            **{f"skipped {k}": n for k, n in self.listing.skipped.items()},
        }

    @cached_property
    def origins(self) -> pd.DataFrame:
        """Per read document its origin and how much of it stands there: document_id, origin_id, similarity (0 to 1)."""
        return self._compute_whole("origins", ["origins"], self._group_origins)["origins"]

    def _group_origins(self) -> Frames:
        read = self._intake.documents[self._intake.documents["status"] == "read"]
        keys = self._later_keys("signatures", self._intake.keys)
        texts = dict(zip(read["document_id"], read["text"], strict=True))
        table = compute_documents(
            "signatures",
            _signature_batch,
            keys=keys,
            make_task=lambda batch: ([(document_id, texts[document_id]) for document_id in batch],),
            tables=["signatures"],
            store=self.store,
            progress=self.progress,
        )["signatures"]
        if not texts:
            return {
                "origins": pd.DataFrame({"document_id": [], "origin_id": [], "similarity": []}).astype(
                    {"document_id": "str", "origin_id": "str"}
                )
            }
        signatures = np.frombuffer(b"".join(table["signature"].to_pylist()), dtype=np.uint32).reshape(len(texts), -1)
        return {"origins": group_origins(list(texts), signatures, list(texts.values()))}

    # -- actors --------------------------------------------------------------------------------------------------

    @cached_property
    def _found_mentions(self) -> pa.Table:
        return self._compute_analysis(
            "mentions", _mention_batch, self._intake.keys, [self._document_rows, self._sentence_rows]
        )

    @property
    def mentions(self) -> pd.DataFrame:
        """One row per naming of an actor."""
        return self._resolved["mentions"]

    @property
    def actors(self) -> pd.DataFrame:
        """One row per actor."""
        return self._resolved["actors"]

    @property
    def merges(self) -> pd.DataFrame:
        """One row per surface joined to an actor."""
        return self._resolved["merges"]

    @cached_property
    def _resolved(self) -> Frames:
        def resolve() -> Frames:
            mentions, actors, merges = resolve_actors(self._found_mentions.to_pandas(), self.read_documents)
            return {"mentions": mentions, "actors": actors, "merges": merges}

        return self._compute_whole("actors", ["mentions", "actors", "merges"], resolve)

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per pair of actors that share a sentence."""
        least = self.choices.min_sentences

        def count() -> Frames:
            return {
                "pairs": count_pairs(self.mentions, self.read_documents, sentences=self.sentences, min_sentences=least)
            }

        return self._compute_whole("pairs", ["pairs"], count, min_sentences=least)["pairs"]

    # -- topics --------------------------------------------------------------------------------------------------

    @property
    def topics(self) -> pd.DataFrame:
        """One row per topic, by falling share."""
        return self._fitted["topics"]

    @property
    def passages(self) -> pd.DataFrame:
        """One row per passage with its strongest topic."""
        return self._fitted["passages"]

    @property
    def _fitted(self) -> Frames:
        chosen = {"n_topics": self.choices.n_topics, "seed": self.choices.seed}

        def fit() -> Frames:
            with self.progress.stage("topics", len(self.read_documents)):
                topics, passages = fit_topics(
                    self.read_documents, self.sentences, stop_names=self._name_words(), **chosen
                )
            return {"topics": topics, "passages": passages}

        return self._compute_whole("topics", ["topics", "passages"], fit, **chosen)

    def _name_words(self) -> frozenset[str]:
        """Words of the actors' names: a topic named after its actors would only repeat the actors table."""
        surfaces = self.mentions["surface"].unique()
        return frozenset(
            word.casefold() for surface in surfaces for word in surface.replace("’", " ").replace("'", " ").split()
        )

    # -- sentiment -----------------------------------------------------------------------------------------------

    @cached_property
    def tones(self) -> pd.DataFrame:
        """One row per sentence, actor and voice."""

        def gather() -> Frames:
            keys = self._later_keys("mentions", self._intake.keys)
            rows = [self._document_rows, self._sentence_rows, DocumentRows(self._found_mentions)]
            scored = self._compute_analysis("scores", _score_batch, keys, rows)
            return {"tones": gather_tones(scored.to_pandas().drop(columns="document_id"), self.mentions)}

        return self._compute_whole("tones", ["tones"], gather)["tones"]

    # -- all -----------------------------------------------------------------------------------------------------

    def table(self, name: str) -> pd.DataFrame:
        """Give the table ``name`` of the data dictionary.

        Raises
        ------
        TableError
            If there is no such table.
        SettingsError
            For ``findings``, which are stated by a report and not computed from the texts.
        """
        table_of(name)
        if name == "findings":
            raise SettingsError(
                "findings are stated by a report: run `inchiesta report` first, then read its findings.jsonl"
            )
        frame: pd.DataFrame = getattr(self, name)
        check_table(name, frame)
        return frame

    def compute_all(self) -> None:
        """Compute every table, so that notebooks only read the cache."""
        for name in TABLES:
            if name != "findings":
                getattr(self, name)

    # -- keys and stages -----------------------------------------------------------------------------------------

    @cached_property
    def _document_rows(self) -> DocumentRows:
        # Without origin_id: a document's own rows must not depend on the other documents.
        read = self._intake.documents[self._intake.documents["status"] == "read"]
        return DocumentRows(to_arrow("documents", read))

    @cached_property
    def _sentence_rows(self) -> DocumentRows:
        return DocumentRows(self._intake.sentences)

    def _later_keys(self, stage: str, keys: Mapping[str, str]) -> dict[str, str]:
        version = code_version(*_CODE[stage])
        return {document_id: hash_text(version, stage, key) for document_id, key in keys.items()}

    def _compute_analysis(
        self,
        stage: str,
        function: Callable[..., dict[str, pa.Table]],
        keys: Mapping[str, str],
        rows: list[DocumentRows],
    ) -> pa.Table:
        return compute_documents(
            stage,
            function,
            keys=self._later_keys(stage, keys),
            make_task=lambda batch: tuple(table.of(batch) for table in rows),
            tables=[stage],
            store=self.store,
            progress=self.progress,
        )[stage]

    def _compute_whole(self, stage: str, tables: list[str], compute: Callable[[], Frames], **parameters: Any) -> Frames:
        key = hash_text(code_version(*_CODE[stage]), self._corpus_key, hash_value(parameters))
        return self._whole.compute(stage, key, tables, compute)

    @cached_property
    def _corpus_key(self) -> str:
        """Fingerprint of the code before the analyses and of all documents that were read."""
        earlier = [code_version(*code) for code in _CODE.values()]
        return hash_value([sorted(self._intake.keys.items()), earlier, self.fingerprint])


def _signature_batch(texts: list[tuple[str, str]]) -> dict[str, pa.Table]:
    signatures = compute_signatures([text for _, text in texts])
    names = pa.array([document_id for document_id, _ in texts], pa.large_string())
    return {
        "signatures": pa.table(
            {"document_id": names, "signature": pa.array([row.tobytes() for row in signatures], pa.binary())}
        )
    }


def _mention_batch(documents: pa.Table, sentences: pa.Table) -> dict[str, pa.Table]:
    return {"mentions": to_arrow("mentions", find_mentions(documents.to_pandas(), sentences.to_pandas()))}


_SCORES = pa.schema(
    [
        ("document_id", pa.large_string()),
        ("sentence_id", pa.large_string()),
        ("start_char", pa.int64()),
        ("voice", pa.large_string()),
        ("score", pa.float64()),
        ("words", pa.list_(pa.large_string())),
    ]
)


def _score_batch(documents: pa.Table, sentences: pa.Table, mentions: pa.Table) -> dict[str, pa.Table]:
    scored = score_tones(documents.to_pandas(), sentences.to_pandas(), mentions.to_pandas())
    scored = scored.assign(document_id=scored["sentence_id"].str.rsplit(":", n=1).str[0])
    return {"scores": pa.Table.from_pandas(scored[_SCORES.names], schema=_SCORES, preserve_index=False)}
