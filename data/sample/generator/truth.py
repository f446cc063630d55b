"""What is true of the affair, per document and as a whole, in one file."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.sample.generator.furniture import OUTLETS
from data.sample.generator.originals import Article, read_articles

if TYPE_CHECKING:
    from data.sample.generator.affair import Arrival

# Good enough for texts written for this sample; the library's own splitter is what is tested against it.
_SENTENCE_END = re.compile(r"(?<=[.!?»”])\s+(?=[A-ZÀ-Ú«“\"])")
_DISPUTED = {"drones": "drones sold", "documents": "documents leaked", "leak_day": "day of the leak"}

Record = dict[str, Any]


def write_truth(path: Path, arrivals: Sequence[Arrival], seed: int) -> None:
    """Write the truth of the affair as one JSON file with sorted keys."""
    articles = read_articles()
    truth = {
        "seed": seed,
        "documents": [describe(arrival) for arrival in arrivals],
        "origins": _group(arrivals),
        "topics": {
            topic: sorted(a.id for a in articles if a.topic == topic) for topic in sorted({a.topic for a in articles})
        },
        "pairs": count_pairs(articles),
        "contradictions": find_contradictions(articles),
        "canonical_names": sorted({name for article in articles for name in article.actors}),
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def describe(arrival: Arrival) -> Record:
    """Give what is true of one file or row; of a copy only what still stands in its text."""
    place = {"path": arrival.path, "member": arrival.member, "expected_status": arrival.status}
    version = arrival.version
    if version is None:
        return {**place, "kind": "noise", "article": "", "origin": ""}
    article, whole = version.article, f"{version.title}\n\n{version.text}"
    return {
        **place,
        "kind": "duplicate" if arrival.status == "duplicate" else version.kind,
        "article": article.id,
        "origin": version.origin,
        "outlet": version.outlet,
        "source": OUTLETS[version.outlet].source,
        "language": article.language,
        "published": version.published.isoformat(),
        "topic": article.topic,
        "title": version.title,
        "actors": _actors_in(article, whole),
        "quotes": [quote for quote in article.quotes if quote["begins"] in whole],
        "tone": [tone for tone in article.tone if tone["sentence_begins"] in whole],
        # Relative dates of a copy still lean on the day of the original.
        "dates": [stated for stated in article.dates if stated["text"] in whole],
        "facts": article.facts if version.kind != "trimmed" else {},
    }


def _actors_in(article: Article, whole: str) -> Record:
    left = {name: [s for s in surfaces if s in whole] for name, surfaces in article.actors.items()}
    return {name: surfaces for name, surfaces in left.items() if surfaces}


def _group(arrivals: Iterable[Arrival]) -> dict[str, list[str]]:
    """Give the origins that arrived more than once: article to the files and rows, byte-identical ones left out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for arrival in arrivals:
        if arrival.version and arrival.status == "read":
            groups[arrival.version.origin].append(f"{arrival.path}{'!' * bool(arrival.member)}{arrival.member}")
    return {origin: sorted(places) for origin, places in sorted(groups.items()) if len(places) > 1}


def count_pairs(articles: Iterable[Article]) -> list[Record]:
    """Count the pairs of actors that share a sentence of an original, every origin once; most shared first."""
    n_sentences: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        if article.translated_from:
            continue
        own = _own_surfaces(article)
        for sentence in split(article):
            named = sorted(name for name, surfaces in own.items() if any(stands_in(s, sentence) for s in surfaces))
            for pair in combinations(named, 2):
                n_sentences[pair] += 1
                where[pair].add(article.id)
    ranked = sorted(n_sentences.items(), key=lambda item: (-item[1], item[0]))
    return [{"a": a, "b": b, "n_sentences": n, "n_origins": len(where[a, b])} for (a, b), n in ranked]


def _own_surfaces(article: Article) -> dict[str, list[str]]:
    """Give the surfaces that name one actor only: a bare "Ferrucci" does not say which of the two."""
    owners = Counter(surface for surfaces in article.actors.values() for surface in surfaces)
    return {name: [s for s in surfaces if owners[s] == 1] for name, surfaces in article.actors.items()}


def split(article: Article) -> Iterator[str]:
    """Give the sentences of an article."""
    for paragraph in article.paragraphs:
        yield from _SENTENCE_END.split(paragraph)


def stands_in(surface: str, sentence: str) -> bool:
    """Tell whether a name stands in a sentence as words of its own."""
    return re.search(rf"(?<!\w){re.escape(surface)}(?!\w)", sentence) is not None


def find_contradictions(articles: Iterable[Article]) -> list[Record]:
    """Give the facts on which articles disagree, with the articles on each side."""
    sides: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        for fact, value in article.facts.items():
            if fact in _DISPUTED:
                sides[fact][str(value)].append(article.id)
    return [
        {"fact": fact, "about": _DISPUTED[fact], "sides": {value: sorted(ids) for value, ids in sorted(found.items())}}
        for fact, found in sorted(sides.items())
    ]
