"""Topics of a corpus: passages placed by their words and surroundings, language by language, and paired across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from inchiesta.topics.align import pair_topics
from inchiesta.topics.choice import list_choices, list_curves
from inchiesta.topics.choose import Choice, no_curve
from inchiesta.topics.language import METHODS, Fit, Language, choose_number, fit_language, read_language
from inchiesta.topics.passages import Passage, find_passages
from inchiesta.topics.rows import Joined, build_tables

# Tries to find numbers of topics by language that pair to the number asked for.
TRIES = 4


def fit_topics(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    n_topics: int | None = None,
    seed: int = 0,
    stop_names: frozenset[str] = frozenset(),
    method: str = "clusters",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find what a corpus is about: its topics, and the strongest topic of every passage.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.
    n_topics : int, optional
        Topics of all languages together, at least 1. By default chosen for each language by what half of its documents
        show again (see `choose.choose_n_topics`).
    seed : int, default 0
        For the projection, the drawn starts, the halves and the sample of a large corpus.
    stop_names : frozenset of str
        Casefolded tokens kept out of the terms, the names of the actors; they still help to place a passage.
    method : {"clusters", "nmf", "lda"}, default "clusters"
        How passages are placed: clusters refined by a mixture of words, or the factorisations of these names.

    Returns
    -------
    topics : DataFrame
        The table `topics` by falling share, then label. `n_passages` and `share` count each origin once and leave out
        paragraphs that repeat an earlier one.
    passages : DataFrame
        The table `passages`, a row for every passage of every document, copies included, sorted by passage_id. Without
        topics (0 or 1 passage, only stop words) every `topic_id` is empty.

    Raises
    ------
    ValueError
        If n_topics is below 1, or there is no such method.

    Notes
    -----
    Deterministic for a given seed, on any number of threads. Each language has its own words and is fitted by itself;
    topics of two languages that share names, numbers and cognates are joined, and stay apart where the evidence is
    thin. A language with fewer than 2 passages gets no topic; fewer different passages than topics give fewer topics.
    Above 50,000 passages of a language the topics are fitted on a seeded sample, and all passages are placed in them.

    A share says how much is written about something, not how important it is; a topic of a small corpus may be a
    single article.

    References
    ----------
    Deerwester et al. 1990 (LSA). Nigam et al. 2000, doi 10.1023/A:1007692713085. Lee and Seung 1999, doi
    10.1038/44565 (nmf). Blei, Ng and Jordan 2003 (lda).
    """
    found = fit_and_explain(documents, sentences, n_topics=n_topics, seed=seed, stop_names=stop_names, method=method)
    return found.topics, found.passages


@dataclass(frozen=True)
class Explained:
    """Topics and how many they are.

    `topics` and `passages` are as of `fit_topics`. `curve` has a row for each language and number tried:
    ``language``, ``n_topics``, ``stability`` (adjusted Rand index, 0 by chance to 1); it is empty for a number asked
    for. `choice` has a row for each language: ``language``, ``n_topics``, ``how`` (*halves*, *rule* of thumb, *asked*
    for), ``n_documents``, ``n_passages``, ``n_fitted`` (passages the topics were fitted on), ``is_sample``, and
    ``reason`` in words.
    """

    topics: pd.DataFrame
    passages: pd.DataFrame
    curve: pd.DataFrame
    choice: pd.DataFrame


def fit_and_explain(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    n_topics: int | None = None,
    seed: int = 0,
    stop_names: frozenset[str] = frozenset(),
    method: str = "clusters",
) -> Explained:
    """Give what `fit_topics` gives, the curve the number of topics was chosen from, and the choice in words."""
    from threadpoolctl import threadpool_limits

    if n_topics is not None and n_topics < 1:
        raise ValueError(f"n_topics must be at least 1, not {n_topics}")
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not '{method}'")
    passages = find_passages(documents, sentences)
    # One thread: several add up in an order of their own.
    with threadpool_limits(1):
        languages = _read_languages(passages, seed, stop_names)
        if n_topics is None:
            choices = [choose_number(language) for language in languages]
            fits = _fits(languages, [choice.n_topics for choice in choices], method)
            joined = _join(fits)
        else:
            fits, joined = _fit_number(languages, n_topics, method)
            choices = [_as_asked(language, fits, n_topics) for language in languages]
    topics, placed = build_tables(passages, fits, joined)
    return Explained(topics, placed, list_curves(languages, choices), list_choices(languages, choices))


def _as_asked(language: Language, fits: Sequence[Fit], n_topics: int) -> Choice:
    of_language = sum(len(fit.terms) for fit in fits if fit.language is language)
    return Choice(of_language, "asked", no_curve(), f"{n_topics} in all were asked for")


def _read_languages(passages: Sequence[Passage], seed: int, stop_names: frozenset[str]) -> list[Language]:
    by_language: dict[str, list[Passage]] = {}
    for passage in passages:
        by_language.setdefault(passage.language, []).append(passage)
    found = [
        read_language(name, of_language, seed=seed, stop_names=stop_names)
        for name, of_language in sorted(by_language.items())
        if sum(passage.counts for passage in of_language) >= 2
    ]
    return [language for language in found if language.most_topics]


def _fit_number(languages: Sequence[Language], n_topics: int, method: str) -> tuple[list[Fit], list[Joined]]:
    """Fit as many topics in each language as give the number asked for once pairs are joined."""
    if len(languages) > 1:
        number = n_topics
        for _ in range(TRIES):
            fits = _fits(languages, [number] * len(languages), method)
            joined = _join(fits)
            if len(joined) == n_topics:
                return fits, joined
            following = max(1, min(round(number * n_topics / max(len(joined), 1)), n_topics))
            number = following if following != number else number + (1 if len(joined) < n_topics else -1)
            if number < 1:
                break
    fits = _fits(languages, _share_out([len(language.fitted) for language in languages], n_topics), method)
    return fits, [Joined(((n, topic),)) for n, fit in enumerate(fits) for topic in range(len(fit.terms))]


def _fits(languages: Sequence[Language], numbers: Sequence[int], method: str) -> list[Fit]:
    found = [
        fit_language(language, number, method) for language, number in zip(languages, numbers, strict=True) if number
    ]
    return [fit for fit in found if fit is not None]


def _share_out(sizes: Sequence[int], n_topics: int) -> list[int]:
    """Give the number of topics of each language: one each for the largest, then by size."""
    largest_first = sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))[:n_topics]
    wanted = [1 if place in largest_first else 0 for place in range(len(sizes))]
    # Sainte-Laguë: each further topic goes to the language with most passages per topic.
    for _ in range(n_topics - len(largest_first) if largest_first else 0):
        wanted[max(largest_first, key=lambda place: sizes[place] / (wanted[place] + 0.5))] += 1
    return wanted


def _join(fits: Sequence[Fit]) -> list[Joined]:
    """Join the topics of each further language to those of the largest, where they are about the same."""
    order = sorted(range(len(fits)), key=lambda n: (-len(fits[n].language.fitted), n))
    if not order:
        return []
    first = order[0]
    parts: dict[int, list[tuple[int, int]]] = {topic: [(first, topic)] for topic in range(len(fits[first].terms))}
    alone: list[Joined] = []
    for n in order[1:]:
        one, other = fits[first], fits[n]
        pairs = pair_topics(one.frequency, one.language.vectors.terms, other.frequency, other.language.vectors.terms)
        paired = {right: left for left, right, _ in pairs}
        for topic in range(len(other.terms)):
            if topic in paired:
                parts[paired[topic]].append((n, topic))
            else:
                alone.append(Joined(((n, topic),)))
    return [Joined(tuple(of_topic)) for of_topic in parts.values()] + alone
