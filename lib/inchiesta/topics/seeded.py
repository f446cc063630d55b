"""A topic the researcher asks for: passages that hold the words given or are near them, and the terms around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inchiesta.topics.log_odds import score_log_odds
from inchiesta.topics.placed import find_origin_ids, list_sentences
from inchiesta.topics.words import Term, content_lemmas, list_types

# One origin, or two, have habits of words; from three on a word is of the subject.
FEW_ORIGINS = 3
TERMS_SHOWN = 20
# One or two terms are met by chance in a long paragraph; three of the twenty hardly are (see the tests).
NEAR_TERMS = 3
WORDS = {"word": "str", "forms": "object", "n_passages": "int64", "n_origins": "int64"}
TERMS = {"term": "str", "language": "str", "log_odds": "float64", "low": "float64",
         "n_origins": "int64", "base": "int64"}  # fmt: skip
PASSAGES = {"passage_id": "str", "document_id": "str", "first_sentence_id": "str", "topic_id": "str", "kind": "str",
            "words": "object", "sentence_ids": "object", "text": "str"}  # fmt: skip


@dataclass(frozen=True)
class SeededTopic:
    """A topic grown from words.

    ``words``: word, forms (as written in the texts), n_passages, n_origins; in the order given, 0 where it stands
    nowhere. ``terms``: term, language, log_odds against the other passages of the language, low (end of its 95%
    interval), n_origins, base (origins with a word given), largest low first. ``passages``: passage_id,
    document_id, first_sentence_id, topic_id (of the free topics), kind (*holds* a word, or *near*: holds three terms or
    more), words (which), sentence_ids (where a word stands; all of a near passage), text; most words first.
    ``n_passages``: passages that count, the base.
    """

    words: pd.DataFrame
    terms: pd.DataFrame
    passages: pd.DataFrame
    n_passages: int

    @property
    def found(self) -> list[str]:
        """The words given that stand somewhere."""
        return self.words.loc[self.words["n_passages"] > 0, "word"].tolist()

    @property
    def missing(self) -> list[str]:
        """The words given that stand nowhere."""
        return self.words.loc[self.words["n_passages"] == 0, "word"].tolist()


def read_words(text: str) -> list[str]:
    """Read the words of a list, each once.

    >>> read_words(" droni, artiglieria,Groza-S, ,droni ")
    ['droni', 'artiglieria', 'Groza-S']
    """
    return list(dict.fromkeys(" ".join(word.split()) for word in text.replace(";", ",").split(",") if word.strip()))


def grow_topic(
    words: Sequence[str],
    passages: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    stop_names: frozenset[str] = frozenset(),
) -> SeededTopic:
    """Grow a topic from words: the passages that hold one, the terms that mark them, the passages near these terms.

    Parameters
    ----------
    words : sequence of str
        Words or phrases; every inflected form counts.
    passages, sentences, documents : DataFrame
        The tables of these names; only passages that count are looked at.
    stop_names : frozenset of str
        Casefolded tokens that are no terms (names of actors).

    Returns
    -------
    SeededTopic
        All its tables are empty where no word was given, and without passages where none was found.

    Notes
    -----
    Deterministic, nothing is fitted. Terms are lemmas that stand more often in passages with a word given than in
    others: log-odds with a prior, 95% interval above 0, in three origins or more; at most 20 of each language, the
    surest first. They are a net to find passages with, no finding: of a thousand lemmas some pass by chance. A passage
    is *near* when it holds three of them, whatever it is about. The free topics stay as they are: a passage can be
    in one of them and in this one.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, doi 10.1093/pan/mpn018.
    """
    counted = passages[passages["is_counted"]].assign(
        origin=lambda table: table["document_id"].map(find_origin_ids(documents))
    )
    lines = list_sentences(counted, sentences)
    held = _find_held(words, lines)
    origin = counted.set_index("passage_id")["origin"]
    table = _count_words(words, held, origin)
    core = held.groupby("passage_id")["word"].nunique()
    if core.empty:
        return SeededTopic(table, _empty(TERMS), _empty(PASSAGES), len(counted))
    texts = lines.groupby("passage_id", sort=False).agg(text=("text", " ".join), language=("language", _most))
    given = {lemma for word in words for language in ("it", "en") for lemma in content_lemmas(word, language)}
    given |= {form.casefold() for forms in table["forms"] for form in forms}
    texts["lemmas"] = [
        [lemma for lemma in content_lemmas(text, language) if lemma not in stop_names and lemma not in given]
        for text, language in zip(texts["text"], texts["language"], strict=True)
    ]
    terms = _find_terms(texts, set(core.index), origin)
    return SeededTopic(table, terms, _choose_passages(counted, texts, lines, held, terms), len(counted))


def _empty(types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(types)).astype(types)


def _most(languages: pd.Series) -> str:
    counts = Counter(str(language) for language in languages)
    return min(counts, key=lambda language: (-counts[language], language))


def _find_held(words: Sequence[str], lines: pd.DataFrame) -> pd.DataFrame:
    """Give where the words stand: passage_id, sentence_id, word, form."""
    rows: list[tuple[str, str, str, str]] = []
    for language, of_language in lines.groupby("language", sort=True):
        types = list_types(of_language["text"]) if words else frozenset()
        for word in words:
            term = Term(word, str(language), types=types)
            near = of_language[of_language["text"].str.contains(term.hint)]
            for passage_id, sentence_id, text in near[["passage_id", "sentence_id", "text"]].itertuples(index=False):
                rows += [(passage_id, sentence_id, word, text[start:end]) for start, end in term.find(text)]
    return pd.DataFrame(rows, columns=["passage_id", "sentence_id", "word", "form"]).astype("str")


def _count_words(words: Sequence[str], held: pd.DataFrame, origin: pd.Series) -> pd.DataFrame:
    rows = []
    for word in words:
        own = held[held["word"] == word]
        forms = Counter(own["form"].str.casefold())
        ordered = [form for form, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0]))]
        ids = own["passage_id"].unique()
        rows.append((word, ordered, len(ids), origin.reindex(ids).nunique()))
    return pd.DataFrame(rows, columns=list(WORDS)).astype(WORDS)


def _find_terms(texts: pd.DataFrame, core: set[str], origin: pd.Series) -> pd.DataFrame:
    tables = [
        _terms_of(of_language, str(language), core, origin) for language, of_language in texts.groupby("language")
    ]
    found = pd.concat([_empty(TERMS), *(table for table in tables if len(table))]).astype(TERMS)
    ordered = found.sort_values(["low", "language", "term"], ascending=[False, True, True], kind="stable")
    return ordered.reset_index(drop=True)


def _terms_of(texts: pd.DataFrame, language: str, core: set[str], origin: pd.Series) -> pd.DataFrame:
    """Hold the passages that have each lemma beside a word given against those that have it elsewhere."""
    is_core = texts.index.isin(core)
    inside, outside = (
        Counter(lemma for lemmas in texts.loc[chosen, "lemmas"] for lemma in set(lemmas))
        for chosen in (is_core, ~is_core)
    )
    units = origin.reindex(texts.index[is_core])
    beside = zip(units, texts.loc[is_core, "lemmas"], strict=True)
    n_origins = Counter(lemma for lemma, _ in {(lemma, unit) for unit, lemmas in beside for lemma in lemmas})
    # All of them, those that stand elsewhere only included: a share of a term is one of all that is said.
    lemmas = sorted(inside | outside)
    if not lemmas:
        return _empty(TERMS)
    counts = np.array([[found[lemma] for lemma in lemmas] for found in (inside, outside)], dtype=np.float64)
    odds = score_log_odds(counts)
    table = pd.DataFrame(
        {
            "term": lemmas,
            "language": language,
            "log_odds": odds.score[0].round(6),
            "low": odds.low[0].round(6),
            "n_origins": [n_origins[lemma] for lemma in lemmas],
            "base": units.nunique(),
        }
    )
    kept = table[(table["low"] > 0) & (table["n_origins"] >= FEW_ORIGINS)]
    ordered = kept.sort_values(["low", "term"], ascending=[False, True], kind="stable")
    return ordered.head(TERMS_SHOWN)


def _choose_passages(
    counted: pd.DataFrame, texts: pd.DataFrame, lines: pd.DataFrame, held: pd.DataFrame, terms: pd.DataFrame
) -> pd.DataFrame:
    of_word = held.groupby("passage_id")["word"].agg(lambda words: sorted(set(words))).to_dict()
    at_word = held.groupby("passage_id")["sentence_id"].agg(lambda ids: sorted(set(ids))).to_dict()
    all_of = lines.groupby("passage_id")["sentence_id"].agg(list).to_dict()
    heads: dict[str, set[str]] = {}
    for term, language in zip(terms["term"], terms["language"], strict=True):
        heads.setdefault(language, set()).add(term)
    rows = []
    languages, lemmas = texts["language"].to_dict(), texts["lemmas"].to_dict()
    for row in counted.to_dict("records"):
        passage = str(row["passage_id"])
        near = sorted(heads.get(languages[passage], set()) & set(lemmas[passage]))
        holds = passage in of_word
        if holds or len(near) >= NEAR_TERMS:
            words = of_word.get(passage, near)
            rows.append(
                row
                | {
                    "kind": "holds" if holds else "near",
                    "words": words,
                    "text": texts.at[passage, "text"],
                    "sentence_ids": at_word[passage] if holds else all_of[passage],
                    "rank": (not holds, -len(words), -len(near), passage),
                }
            )
    rows.sort(key=lambda row: row["rank"])
    return pd.DataFrame(rows, columns=list(PASSAGES)).astype(PASSAGES)
