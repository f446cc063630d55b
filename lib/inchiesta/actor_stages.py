"""The stages of the actors: names found, resolved, paired, tied; computed when first asked for and cached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pyarrow as pa

from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.incidence import build_incidence
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.recall_across import recall_across
from inchiesta.actors.registry import EMPTY, Decision, Registry
from inchiesta.actors.registry_names import add_registered
from inchiesta.actors.resolve import resolve_actors
from inchiesta.actors.silences import count_silences
from inchiesta.actors.taggers import describe_tagger
from inchiesta.actors.what_if import WhatIf, compare_decisions
from inchiesta.corpus.opened import Corpus
from inchiesta.corpus.reading import Options
from inchiesta.corpus.store import Store
from inchiesta.corpus.whole import Frames
from inchiesta.per_document import mention_names
from inchiesta.progress import Progress
from inchiesta.provenance import hash_text
from inchiesta.tables import to_arrow


@dataclass(frozen=True)
class Choices:
    """What a researcher chooses for the analyses (see `open`)."""

    n_topics: int | None = None
    seed: int = 0
    min_sentences: int = 1
    counting: Counting = BY_SENTENCE
    tagger: str = ""
    earlier: str = ""


class ActorStages(Corpus):
    """A corpus with its actors."""

    code: ClassVar[dict[str, tuple[str, ...]]] = Corpus.code | {
        "mentions": ("actors", "text/tokens.py", "text/lemmas.py"),
        "actors": ("actors",),
        "pairs": ("actors", "text/dateline.py"),
        "silences": ("actors", "text/dateline.py"),
        "network": ("actors", "text/dateline.py"),
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
    def _recalled_mentions(self) -> pd.DataFrame:
        """What was found in the texts one by one, and what they show of each other."""
        return recall_across(self._found_mentions.to_pandas(), self.read_documents, self.sentences)

    @cached_property
    def _recalled_keys(self) -> dict[str, str]:
        """Keys of a document with its mentions, which now hang on other documents too."""
        mentions = self._recalled_mentions
        recalled = mentions[mentions["found_by"] == "recall"]
        places = recalled.groupby("document_id")["start_char"].agg(lambda starts: " ".join(map(str, starts))).to_dict()
        return {
            document_id: hash_text(places[document_id], key) if document_id in places else key
            for document_id, key in self._mention_keys.items()
        }

    @cached_property
    def _all_mentions(self) -> pa.Table:
        """What was found in the texts, with the names and roles of the registry in their place."""
        found = self._recalled_mentions
        if self.registry.fingerprint:
            found = add_registered(found, self.read_documents, self.sentences, self.registry)
        return to_arrow("mentions", found)

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
            self._recalled_mentions,
            self.read_documents,
            self.sentences,
            registry=self.registry,
            decisions=decisions,
        )

    @property
    def counting(self) -> Counting:
        """How it is counted who meets whom."""
        return self.choices.counting

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per pair of actors that share a unit of text."""
        least, seed = self.choices.min_sentences, self.choices.seed

        def count() -> Frames:
            pairs = count_pairs(
                self.mentions,
                self.read_documents,
                sentences=self.sentences,
                counting=self.counting,
                min_sentences=least,
                seed=seed,
            )
            return {"pairs": pairs}

        how = asdict(self.counting)
        return self._compute_whole("pairs", ["pairs"], count, min_sentences=least, seed=seed, **how)["pairs"]

    @property
    def silences(self) -> pd.DataFrame:
        """One row per pair of actors that meets less often than chance would have it."""

        def count() -> Frames:
            found = count_silences(self.mentions, self.read_documents, sentences=self.sentences, counting=self.counting)
            return {"silences": found}

        return self._compute_whole("silences", ["silences"], count, **asdict(self.counting))["silences"]

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
        least, seed = self.choices.min_sentences, self.choices.seed

        def build() -> Frames:
            from inchiesta.actors.network import build_network  # loads networkx, which nothing else here needs

            incidence = build_incidence(
                self.mentions, self.read_documents, sentences=self.sentences, counting=self.counting
            )
            network = build_network(self.pairs, self.actors, incidence, seed=seed)
            return {"nodes": network.nodes, "edges": network.edges}

        how = asdict(self.counting)
        return self._compute_whole("network", ["nodes", "edges"], build, min_sentences=least, seed=seed, **how)
