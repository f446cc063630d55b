"""The one object: a source and its tables, computed when first asked for and cached.

>>> import inchiesta
>>> dossier = inchiesta.open("seeds")
>>> dossier.accounting["read"]
1
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar, TypedDict

import pandas as pd
import pyarrow as pa

from inchiesta.actors.incidence import build_incidence
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.registry import EMPTY, Decision, Registry
from inchiesta.actors.registry_file import find_registry, read_registry
from inchiesta.actors.registry_names import add_registered
from inchiesta.actors.resolve import resolve_actors
from inchiesta.actors.silences import count_silences
from inchiesta.actors.taggers import describe_tagger
from inchiesta.actors.text_units import check_unit
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
from inchiesta.provenance import hash_text
from inchiesta.sentiment.targets import gather_tones
from inchiesta.settings import cache_folder, load_settings, resolve_source
from inchiesta.tables import TABLES, check_table, table_of, to_arrow
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
    unit: str = "sentence",
    window: int = 3,
    count_copies: bool = False,
    tagger: str = "",
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
        Sentences (or other units) two actors must share to be a pair.
    unit
        Where two actors meet: sentence, paragraph, window or document.
    window
        Sentences in a window, 2 and up.
    count_copies
        Whether each copy of a text counts for pairs, or only one document of each origin.
    tagger
        What finds the names no list knows: empty for the setting ``tagger``, or else the one we ship; a folder written
        by ``inchiesta train-actors``; *spacy:NAME* for an installed spaCy pipeline; *none* for the lists only.
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
        If a setting is unknown or of the wrong type, there is no such unit or tagger, or the registry contradicts
        itself.
    """
    check_unit(unit, window)
    chosen = tuple(languages or load_settings().languages or DEFAULT_LANGUAGES)
    store = Store(cache_folder() / "tables")
    options = Options(chosen, _read_columns(columns), read_ledger(cache_folder()))
    choices = Choices(
        n_topics=n_topics,
        seed=seed,
        min_sentences=min_sentences,
        unit=unit,
        window=window,
        count_copies=count_copies,
        tagger=tagger or load_settings().tagger,
    )
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
    unit: str = "sentence"
    window: int = 3
    count_copies: bool = False
    tagger: str = ""


class Counting(TypedDict):
    """What both pairs and silences are told about counting."""

    unit: str
    window: int
    count_copies: bool


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
        "pairs": ("actors", "text/dateline.py"),
        "silences": ("actors", "text/dateline.py"),
        "network": ("actors", "text/dateline.py"),
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
        # All that is counted by actor depends on who is found and who is who; origins do not.
        if stage != "origins":
            parameters |= {"registry": self.registry.fingerprint, "tagger": self._tagger}
        return super()._compute_whole(stage, tables, compute, **parameters)

    # -- actors --------------------------------------------------------------------------------------------------

    @cached_property
    def _tagger(self) -> str:
        return describe_tagger(self.choices.tagger)

    @cached_property
    def _mention_keys(self) -> dict[str, str]:
        keys = self._intake.keys
        if not self._tagger:
            return dict(keys)
        return {document_id: hash_text(self._tagger, key) for document_id, key in keys.items()}

    @cached_property
    def _found_mentions(self) -> pa.Table:
        find = partial(mention_names, tagger=self.choices.tagger)
        return self._compute_analysis("mentions", find, self._mention_keys, [self._document_rows, self._sentence_rows])

    @cached_property
    def _all_mentions(self) -> pa.Table:
        """What was found in the texts, with the names and roles of the registry in their place."""
        if not self.registry.fingerprint:
            return self._found_mentions
        found = self._found_mentions.to_pandas()
        return to_arrow("mentions", add_registered(found, self.read_documents, self.sentences, self.registry))

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
            found = self._all_mentions.to_pandas()
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
        """One row per pair of actors that share a unit of text."""
        counting, least, seed = self._counting, self.choices.min_sentences, self.choices.seed

        def count() -> Frames:
            pairs = count_pairs(
                self.mentions,
                self.read_documents,
                sentences=self.sentences,
                min_sentences=least,
                seed=seed,
                **counting,
            )
            return {"pairs": pairs}

        return self._compute_whole("pairs", ["pairs"], count, min_sentences=least, seed=seed, **counting)["pairs"]

    @property
    def silences(self) -> pd.DataFrame:
        """One row per pair of actors that meets less often than chance would have it."""
        counting = self._counting

        def count() -> Frames:
            found = count_silences(self.mentions, self.read_documents, sentences=self.sentences, **counting)
            return {"silences": found}

        return self._compute_whole("silences", ["silences"], count, **counting)["silences"]

    @property
    def nodes(self) -> pd.DataFrame:
        """One row per actor of the network."""
        return self._network["nodes"]

    @property
    def edges(self) -> pd.DataFrame:
        """One row per tie of the network."""
        return self._network["edges"]

    @property
    def _network(self) -> Frames:
        counting, least, seed = self._counting, self.choices.min_sentences, self.choices.seed

        def build() -> Frames:
            from inchiesta.actors.network import build_network  # loads networkx, which nothing else here needs

            incidence = build_incidence(self.mentions, self.read_documents, sentences=self.sentences, **counting)
            network = build_network(self.pairs, self.actors, incidence, seed=seed)
            return {"nodes": network.nodes, "edges": network.edges}

        return self._compute_whole("network", ["nodes", "edges"], build, min_sentences=least, seed=seed, **counting)

    @property
    def _counting(self) -> Counting:
        choices = self.choices
        return Counting(unit=choices.unit, window=choices.window, count_copies=choices.count_copies)

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
            keys = self._later_keys("mentions", self._mention_keys)
            if self.registry.fingerprint:
                keys = {document_id: hash_text(self.registry.fingerprint, key) for document_id, key in keys.items()}
            rows = [self._document_rows, self._sentence_rows, DocumentRows(self._all_mentions)]
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
