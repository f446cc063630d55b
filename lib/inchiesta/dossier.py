"""The one object: a source and its tables, computed when first asked for and cached.

>>> import inchiesta
>>> dossier = inchiesta.open("seeds")
>>> dossier.accounting["read"]
1
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pyarrow as pa

from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.registry import EMPTY, Decision, Registry
from inchiesta.actors.registry_file import find_registry, read_registry
from inchiesta.actors.resolve import resolve_actors
from inchiesta.actors.what_if import WhatIf, compare_decisions
from inchiesta.corpus.columns import FIELDS
from inchiesta.corpus.opened import Corpus
from inchiesta.corpus.reading import Options
from inchiesta.corpus.stages import DocumentRows
from inchiesta.corpus.store import Store
from inchiesta.corpus.whole import Frames
from inchiesta.corpus.written import read_ledger
from inchiesta.errors import SettingsError
from inchiesta.per_document import mention_names, score_sentences
from inchiesta.progress import Progress
from inchiesta.sentiment.targets import gather_tones
from inchiesta.settings import cache_folder, load_settings, resolve_source
from inchiesta.tables import TABLES, check_table, table_of
from inchiesta.text.language import DEFAULT_LANGUAGES
from inchiesta.topics.fit import fit_topics


def open(
    source: str | Path,
    *,
    languages: tuple[str, ...] | None = None,
    columns: Sequence[str] = (),
    n_topics: int | None = None,
    seed: int = 0,
    min_sentences: int = 1,
    registry: str | Path | None = None,
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
    registry
        File of the decisions on who is who (see data/registry/README.md); default ``data/registry/actors.yml`` of the
        home, where there is one.
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
        If a setting is unknown or of the wrong type, or the registry contradicts itself.
    """
    chosen = tuple(languages or load_settings().languages or DEFAULT_LANGUAGES)
    store = Store(cache_folder() / "tables")
    options = Options(chosen, _read_columns(columns), read_ledger(cache_folder()))
    choices = Choices(n_topics=n_topics, seed=seed, min_sentences=min_sentences)
    return Dossier(
        resolve_source(source),
        store=store,
        options=options,
        choices=choices,
        registry=read_registry(find_registry(registry)),
        progress=progress,
    )


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


class Dossier(Corpus):
    """A source and all its tables, as plain pandas DataFrames (see `inchiesta.tables` for their columns)."""

    code: ClassVar[dict[str, tuple[str, ...]]] = Corpus.code | {
        "mentions": ("actors", "text/tokens.py", "text/lemmas.py"),
        "actors": ("actors",),
        "pairs": ("actors",),
        "topics": ("topics", "text"),
        "scores": ("sentiment", "text", "actors"),
        "tones": ("sentiment", "actors"),
    }

    def __init__(
        self,
        source: Path,
        *,
        store: Store,
        options: Options,
        choices: Choices,
        registry: Registry = EMPTY,
        progress: Progress | None = None,
    ) -> None:
        super().__init__(source, store=store, options=options, progress=progress)
        self.choices = choices
        self.registry = registry

    def _compute_whole(self, stage: str, tables: list[str], compute: Callable[[], Frames], **parameters: Any) -> Frames:
        # All that is counted by actor depends on who is who; origins do not.
        if stage != "origins":
            parameters["registry"] = self.registry.fingerprint
        return super()._compute_whole(stage, tables, compute, **parameters)

    # -- actors --------------------------------------------------------------------------------------------------

    @cached_property
    def _found_mentions(self) -> pa.Table:
        return self._compute_analysis(
            "mentions", mention_names, self._intake.keys, [self._document_rows, self._sentence_rows]
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
        """One row per surface that a rule or a decision joined to an actor, or left apart."""
        return self._resolved["merges"]

    @cached_property
    def _resolved(self) -> Frames:
        def resolve() -> Frames:
            found = self._found_mentions.to_pandas()
            mentions, actors, merges = resolve_actors(found, self.read_documents, registry=self.registry)
            return {"mentions": mentions, "actors": actors, "merges": merges}

        return self._compute_whole("actors", ["mentions", "actors", "merges"], resolve)

    def what_if(self, decisions: Sequence[Decision]) -> WhatIf:
        """Give what these decisions would move, without taking them.

        Raises
        ------
        RegistryError
            If one of them contradicts the registry.
        """
        return compare_decisions(
            self._found_mentions.to_pandas(),
            self.read_documents,
            self.sentences,
            registry=self.registry,
            decisions=decisions,
        )

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
        n_topics, seed = self.choices.n_topics, self.choices.seed

        def fit() -> Frames:
            topics, passages = fit_topics(
                self.read_documents,
                self.sentences,
                n_topics=n_topics,
                seed=seed,
                stop_names=self._name_words(),
            )
            return {"topics": topics, "passages": passages}

        return self._compute_whole("topics", ["topics", "passages"], fit, n_topics=n_topics, seed=seed)

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
            scored = self._compute_analysis("scores", score_sentences, keys, rows)
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
