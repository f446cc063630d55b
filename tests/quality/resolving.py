"""Quality of resolving: given mentions against cross-document chains, and synonyms of one document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from inchiesta.actors.cores import title_words
from inchiesta.actors.gazetteer import listed_names
from inchiesta.actors.match_keys import strip_article
from inchiesta.actors.resolve import resolve_actors
from tests.quality.score import Score, read_rows

PART = "resolving"
# MEANTIME's types of what can be an actor; financial and mixed phrases name none.
MEANTIME_KINDS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "OTHER"}
RE3D_KINDS = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "LOC"}
# A name, and a name before a noun (*US officials*). Mentions without a value were added for the chains of events:
# pronouns and names alike, scored apart.
NAMED = ("NAM", "PRE.NAM")
PRONOUNS = frozenset(
    ("it", "its", "he", "his", "him", "she", "her", "they", "them", "their", "we", "us", "our", "ours", "you", "who")
)

Mention = tuple[str, int, int, str, str]


def score(gold: Path) -> list[Score]:
    """Score resolving on MEANTIME's chains and on the synonyms of re3d, where they are there."""
    found: list[Score] = []
    rows = read_rows(gold / "meantime/en_mentions.jsonl")
    if rows:
        texts = {row["id"].rsplit("/", 1)[-1]: _join_text(row) for row in read_rows(gold / "meantime/en.jsonl")}
        found += score_chains("meantime named", [row for row in rows if row["syntactic"] in NAMED], texts)
        found += score_chains("meantime, chains of events too", [row for row in rows if _may_name(row)], texts)
    documents = read_rows(gold / "re3d/en_dev.jsonl")
    return found + (score_synonyms(documents) if documents else [])


def _join_text(row: dict[str, Any]) -> str:
    return "\n".join((row["title"], row["dateline"], row["text"]))


def _may_name(row: dict[str, Any]) -> bool:
    unsaid = row["syntactic"] is None and any(letter.isupper() for letter in row["text"])
    return row["syntactic"] in NAMED or (unsaid and row["text"].lower() not in PRONOUNS)


def identity(row: dict[str, Any]) -> str:
    """Give what a mention names across documents: its DBpedia page, else its chain; empty for a chain of one document.

    Chains with a colon (``100911:66``) were numbered inside one document: nobody said whether two of them are one, so
    they are left out. Two pages of DBpedia for one chain do not occur; two chains with one page do.
    """
    if row["ref"]:
        return str(row["ref"]).replace("/resource/", "/page/")
    return "" if ":" in str(row["chain"]) else str(row["chain"])


def build_mentions(given: Sequence[Mention]) -> pd.DataFrame:
    """Build table ``mentions`` of given spans (document, start, end, text, kind); listed names get their actor."""
    rows = []
    for number, (document_id, start, end, text, kind) in enumerate(given):
        listed = listed_names().get(strip_article(text))
        known = listed is not None and not listed.rule and kind != "PER"
        rows.append(
            {
                "document_id": document_id,
                "sentence_id": f"{document_id}:{number:04d}",
                "start_char": start,
                "end_char": end,
                "surface": text,
                "actor_id": listed.actor_id if listed and known else "",
                "kind": listed.kind if listed and known else kind,
                "form": listed.form if listed and known else "acronym" if text.isupper() and len(text) <= 6 else "name",
                "score": 0.9,
                "found_by": "gazetteer" if known else "tagger",
            }
        )
    return pd.DataFrame(rows)


def place(text: str, start: int, surface: str) -> int:
    """Give where ``surface`` stands nearest to ``start``: the offsets were taken before the text was respaced."""
    found, at = [], text.find(surface)
    while at >= 0:
        found.append(at)
        at = text.find(surface, at + 1)
    return min(found, key=lambda here: (abs(here - start), here), default=start)


def resolve(given: Sequence[Mention], texts: dict[str, str]) -> pd.DataFrame:
    """Resolve given mentions over the whole set of documents."""
    documents = pd.DataFrame({"document_id": list(texts), "text": list(texts.values())})
    mentions, _, _ = resolve_actors(build_mentions(given), documents.assign(origin_id=documents["document_id"]))
    return mentions


def score_chains(name: str, rows: list[dict[str, Any]], texts: dict[str, str]) -> list[Score]:
    """Score "same actor" over all pairs of mentions, and B-cubed, beside the baseline "same surface"."""
    rows = [row for row in rows if row["type"] in MEANTIME_KINDS]
    given = []
    for row in rows:
        start = place(texts[row["doc"]], row["start"], row["text"])
        given.append((row["doc"], start, start + len(row["text"]), row["text"], MEANTIME_KINDS[row["type"]]))
    ours = resolve(given, texts)["actor_id"].tolist()
    truth = [identity(row) for row in rows]
    kept = [index for index, chain in enumerate(truth) if chain]
    base = f"{len(kept)} mentions, {len({truth[i] for i in kept})} actors, {len(texts)} documents"
    base += f" ({len(rows) - len(kept)} without an identity left out)"
    scores = []
    for label, clusters in (("", ours), (" baseline same surface", [row["text"] for row in rows])):
        pairs = list(zip([clusters[i] for i in kept], [truth[i] for i in kept], strict=True))
        for metric, figures in (("pairwise", pairwise(pairs)), ("B-cubed", b_cubed(pairs))):
            for part, value in zip(("precision", "recall", "F1"), figures, strict=True):
                scores.append(Score(PART, f"{name}{label}: {metric} {part}", round(value, 4), base))
    return scores


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def pairwise(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Give precision, recall, F1 of "these two mentions are one actor" from (our actor, true actor) per mention."""

    def count(groups: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in groups.values())

    both, ours, theirs = (count(Counter(key)) for key in (pairs, (a for a, _ in pairs), (b for _, b in pairs)))
    return _f1(both / max(ours, 1), both / max(theirs, 1))


def b_cubed(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Give B-cubed precision, recall, F1: per mention the share of its cluster that is right, and of its chain found.

    References: Bagga and Baldwin 1998, doi 10.3115/980845.980859.
    """
    both, ours, theirs = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    n = max(len(pairs), 1)
    precision = sum(both[pair] / ours[pair[0]] for pair in pairs) / n
    return _f1(precision, sum(both[pair] / theirs[pair[1]] for pair in pairs) / n)


def score_synonyms(documents: list[dict[str, Any]]) -> list[Score]:
    """Score how many pairs said to be synonyms are one actor; each unordered pair of a document counts once."""
    given = [
        (row["id"], entity["start"], entity["end"], entity["text"], RE3D_KINDS.get(entity["type"], "OTHER"))
        for row in documents
        for entity in row["entities"]
    ]
    mentions = resolve(given, {row["id"]: row["text"] for row in documents})
    actors: dict[tuple[str, str], set[str]] = defaultdict(set)
    kinds: dict[tuple[str, str], str] = {}
    for document_id, surface, actor, kind in mentions[["document_id", "surface", "actor_id", "kind"]].to_numpy():
        actors[document_id, surface].add(actor)
        kinds[document_id, surface] = kind
    wanted = {
        (row["id"], *sorted((relation["source"], relation["target"])))
        for row in documents
        for relation in row["relations"]
        if relation["type"] == "IsSynonymOf"
    }
    found = {pair for pair in wanted if actors[pair[0], pair[1]] & actors[pair[0], pair[2]]}
    roles = {pair for pair in wanted if describes(pair[1]) or describes(pair[2])}
    base = f"{len(wanted)} pairs, {len(documents)} documents"
    names = wanted - roles
    return [
        Score(
            PART,
            "re3d synonyms: recall",
            round(len(found) / max(len(wanted), 1), 4),
            f"{base}, {len(roles)} with a role",
        ),
        Score(
            PART,
            "re3d synonyms of names: recall",
            round(len(found & names) / max(len(names), 1), 4),
            f"{len(names)} pairs of two names (a name and its role, such as a spokesperson, share no letters)",
        ),
    ]


def describes(text: str) -> bool:
    """Tell whether a phrase describes rather than names: its head is a title or a word in small letters."""
    head = re.split(r" (?:of|to|for) ", text, maxsplit=1)[0].split()[-1]
    return head[0].islower() or head.lower() in title_words()
