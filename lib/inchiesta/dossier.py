"""The one object: a source and its tables, computed when first asked for and cached.

>>> import inchiesta
>>> dossier = inchiesta.open("seeds")
>>> dossier.accounting["read"]
1
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import pandas as pd

from inchiesta.actor_stages import ActorStages, Choices
from inchiesta.actors.counting import Counting
from inchiesta.actors.registry_file import find_registry, read_registry
from inchiesta.corpus.columns import FIELDS
from inchiesta.corpus.reading import Options
from inchiesta.corpus.stages import DocumentRows
from inchiesta.corpus.store import Store
from inchiesta.corpus.whole import Frames
from inchiesta.corpus.written import read_ledger
from inchiesta.errors import SettingsError
from inchiesta.per_document import date_texts, quote_speech, score_sentences
from inchiesta.progress import Progress
from inchiesta.provenance import hash_text
from inchiesta.quotes.evidentiality import ground_sentences
from inchiesta.quotes.find import attach_speakers
from inchiesta.quotes.repeats import find_echoes
from inchiesta.sentiment.targets import gather_tones
from inchiesta.settings import cache_folder, load_settings, resolve_source
from inchiesta.tables import TABLES, check_table, table_of
from inchiesta.text.language import DEFAULT_LANGUAGES
from inchiesta.timeline.contradictions import find_contradictions
from inchiesta.timeline.events import find_events
from inchiesta.topics.earlier import read_earlier
from inchiesta.topics.fit import fit_topics
from inchiesta.topics.identity import carry_ids, match_topics, rename_topics


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
    earlier: str | Path = "",
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
    earlier
        Folder of an earlier report (such as ``reports/seeds/latest``): topics that are the same keep the id they had
        there. Empty for none.
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
    chosen = tuple(languages or load_settings().languages or DEFAULT_LANGUAGES)
    store = Store(cache_folder() / "tables")
    options = Options(chosen, _read_columns(columns), read_ledger(cache_folder()))
    choices = Choices(
        n_topics=n_topics,
        seed=seed,
        min_sentences=min_sentences,
        counting=Counting(unit=unit, window=window, count_copies=count_copies),
        tagger=tagger or load_settings().tagger,
        earlier=str(earlier),
    )
    return Dossier(
        resolve_source(source),
        store=store,
        options=options,
        choices=choices,
        registry=read_registry(find_registry(registry)),
        progress=progress,
    )


def _read_columns(columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = [column.partition("=") for column in columns]
    for field, equals, name in pairs:
        if field not in FIELDS or not equals or not name:
            raise SettingsError(
                f"expected FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}; got '{field}{equals}{name}'"
            )
    return tuple(sorted((field, name) for field, _, name in pairs))


class Dossier(ActorStages):
    """A source and all its tables, as plain pandas DataFrames (see `inchiesta.tables` for their columns)."""

    code: ClassVar[dict[str, tuple[str, ...]]] = ActorStages.code | {
        "topics": ("topics", "text"),
        "scores": ("sentiment", "text", "actors"),
        "tones": ("sentiment", "actors"),
        "quoted": ("quotes", "text", "actors"),
        "quotes": ("quotes", "actors"),
        "dates": ("timeline", "text/lists.py"),
        "events": ("timeline", "text", "actors"),
    }

    # -- topics --------------------------------------------------------------------------------------------------

    @property
    def topics(self) -> pd.DataFrame:
        """One row per topic, by falling share."""
        return self._named_topics["topics"]

    @property
    def passages(self) -> pd.DataFrame:
        """One row per passage with its strongest topic."""
        return self._named_topics["passages"]

    @property
    def topic_changes(self) -> pd.DataFrame | None:
        """What became of the topics since the earlier report, under the ids they carry; None where none was named."""
        return self._named_topics.get("changes")

    @cached_property
    def _named_topics(self) -> Frames:
        """The fitted topics, with the ids they had in the earlier report."""
        fitted = self._fitted
        if not self.choices.earlier:
            return fitted
        changes = match_topics(fitted["topics"], fitted["passages"], *read_earlier(self.choices.earlier))
        carried = carry_ids(changes)
        return {name: rename_topics(table, carried) for name, table in {**fitted, "changes": changes}.items()}

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

    @property
    def name_words(self) -> frozenset[str]:
        """Words of the actors' names, which are no terms."""
        return self._name_words()

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
            scored = self._compute_analysis("scores", score_sentences, self._naming_keys, self._naming_rows)
            return {"tones": gather_tones(scored.to_pandas().drop(columns="document_id"), self.mentions)}

        return self._compute_whole("tones", ["tones"], gather)["tones"]

    @cached_property
    def _naming_keys(self) -> dict[str, str]:
        """Keys of the stages that read a document with its mentions."""
        keys = self._later_keys("mentions", self._mention_keys)
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

    # -- time ----------------------------------------------------------------------------------------------------

    @cached_property
    def dates(self) -> pd.DataFrame:
        """One row per time expression."""
        rows = [self._document_rows, self._sentence_rows]
        dates: pd.DataFrame = self._compute_analysis("dates", date_texts, self._intake.keys, rows).to_pandas()
        return dates

    @property
    def events(self) -> pd.DataFrame:
        """One row per dated event of a sentence."""
        return self._told["events"]

    @property
    def contradictions(self) -> pd.DataFrame:
        """One row per side of what is told with different numbers or days."""
        return self._told["contradictions"]

    @cached_property
    def _told(self) -> Frames:
        def tell() -> Frames:
            given = (self.read_documents, self.sentences, self.mentions, self.dates)
            return {"events": find_events(*given), "contradictions": find_contradictions(*given)}

        return self._compute_whole("events", ["events", "contradictions"], tell)

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
