"""Quality of the actors: names found against labelled sentences, pairs against a gold network."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from inchiesta.actors.find import find_mentions
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.recall_across import recall_across
from inchiesta.actors.resolve import resolve_actors
from inchiesta.tables import table_of
from tests.quality.score import Score, read_rows

PART = "actors"
KINDS = ("PER", "LOC", "ORG")
# The file of KIND does not mark its documents; its sentences stand in order, so a run of them reads as one.
SENTENCES_PER_DOCUMENT = 20
NO_SPACE_BEFORE = frozenset(".,;:!?)]}»”%")
NO_SPACE_AFTER = frozenset("([{«“")

# For information, no floor: silver labels of an encyclopaedia (every fifth run of sentences), speeches and letters of
# the 1940s, fiction.
BESIDE = (
    ("wikineural it_val (1 in 5)", "wikineural/it_val.bio", 5),
    ("kind ADG_dev", "kind/ADG_dev.bio", 1),
    ("kind FIC_dev", "kind/FIC_dev.bio", 1),
)
STRONGEST = 50

Span = tuple[int, int, str]
Line = tuple[str, list[Span]]


def score(gold: Path) -> list[Score]:
    """Score entity spans on each labelled set that is there, and the network of pairs on Italian Wikinews."""
    found: list[Score] = []
    if (gold / "kind/WN_dev.bio").is_file():
        found += score_entities("kind WN_dev", dict(read_bio(gold / "kind/WN_dev.bio")), "it")
    for language in ("it", "en"):
        path = gold / f"news_{language}" / "dev.jsonl"
        if path.is_file():
            found += score_entities(f"news_{language} dev", read_lines(path), language)
    for name, file, step in BESIDE:
        if (gold / file).is_file():
            runs = dict(list(read_bio(gold / file))[::step])
            found += [score for score in score_entities(name, runs, "it") if ", all" in score.metric]
    if (gold / "wikinews_it/it_entities.jsonl").is_file():
        found += score_network(gold / "wikinews_it")
    return found


def read_lines(path: Path) -> dict[str, list[Line]]:
    """Read labelled lines: per document its lines with their entities."""
    documents: dict[str, list[Line]] = defaultdict(list)
    for record in read_rows(path):
        spans = [(entity["start"], entity["end"], entity["kind"]) for entity in record["entities"]]
        documents[record["doc"]].append((record["text"], spans))
    return documents


def read_bio(path: Path) -> Iterator[tuple[str, list[Line]]]:
    """Read token and tag lines: per run of sentences the text put together again, with the spans of the entities."""
    blocks = [block.splitlines() for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    for number in range(0, len(blocks), SENTENCES_PER_DOCUMENT):
        chosen = blocks[number : number + SENTENCES_PER_DOCUMENT]
        yield f"run{number:05d}", [join_tokens(block) for block in chosen]


def join_tokens(block: Iterable[str]) -> Line:
    """Put tokens together as they are written in print, and move the tags to characters."""
    text, spans, quoted = "", [], False
    for token, tag in (row.split("\t") for row in block):
        glued = not text or text[-1] in NO_SPACE_AFTER or text[-1] in "'’" or token[0] in NO_SPACE_BEFORE
        glued = glued or (text[-1] == '"' and quoted) or (token == '"' and quoted)
        quoted = quoted != (token == '"')
        text += token if glued else f" {token}"
        if tag.startswith("B-"):
            spans.append((len(text) - len(token), len(text), tag[2:]))
        elif tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], len(text), spans[-1][2])
    return text, spans


def build_tables(documents: dict[str, list[Line]], language: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build documents and sentences of labelled lines: each line is one sentence."""
    texts, rows = [], []
    for document_id, lines in documents.items():
        start = 0
        for number, (line, _) in enumerate(lines, 1):
            rows.append((f"{document_id}:{number:04d}", document_id, start, start + len(line), language, line))
            start += len(line) + 1
        texts.append((document_id, f"o-{document_id}", language, len(lines), "\n".join(line for line, _ in lines)))
    columns = ["sentence_id", "document_id", "start_char", "end_char", "language", "text"]
    return (
        pd.DataFrame(texts, columns=["document_id", "origin_id", "language", "n_sentences", "text"]).assign(
            n_chars=lambda table: table["text"].str.len(), status="read"
        ),
        pd.DataFrame(rows, columns=columns),
    )


def _find(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find mentions as a dossier does: text by text, then what the texts show of each other."""
    return recall_across(find_mentions(documents, sentences), documents, sentences)


def score_entities(name: str, gold: dict[str, list[Line]], language: str) -> list[Score]:
    """Score mentions strictly: the same span and the same kind."""
    documents, sentences = build_tables(gold, language)
    mentions, _, _ = resolve_actors(_find(documents, sentences), documents)
    truth = {
        (f"{document_id}:{number:04d}", start, end, kind)
        for document_id, lines in gold.items()
        for number, (_, spans) in enumerate(lines, 1)
        for start, end, kind in spans
        if kind in KINDS
    }
    shift = mentions["sentence_id"].map(sentences.set_index("sentence_id")["start_char"])
    found = set(
        zip(
            mentions["sentence_id"],
            mentions["start_char"] - shift,
            mentions["end_char"] - shift,
            mentions["kind"],
            strict=True,
        )
    )
    found = {span for span in found if span[3] in KINDS}
    n_lines = sum(map(len, gold.values()))
    scores = []
    for kind in ("", *KINDS):
        ours, theirs = ({span for span in spans if kind in ("", span[3])} for spans in (found, truth))
        base = f"{len(theirs)} entities, {n_lines} sentences"
        scores += _rates(f"{name}, {kind or 'all'}", len(ours & theirs), len(ours), len(theirs), base)
    return scores


def _rates(name: str, both: int, ours: int, theirs: int, base: str) -> list[Score]:
    precision, recall = both / max(ours, 1), both / max(theirs, 1)
    f1 = 2 * both / max(ours + theirs, 1)
    return [
        Score(PART, f"{name}: {metric}", round(value, 4), base)
        for metric, value in (("precision", precision), ("recall", recall), ("F1", f1))
    ]


def score_network(folder: Path) -> list[Score]:
    """Score our pairs of actors against pairs of gold entities that stand in one sentence.

    A pair of ours is right when some gold entity of a sentence has a surface of each of its actors. The gold lines are
    numbered with the title as line 0.
    """
    gold: dict[tuple[str, int], set[str]] = defaultdict(set)
    for record in read_rows(folder / "it_entities.jsonl"):
        gold[(record["doc"], record["sent"])].add(record["text"])
    texts = {}
    for record in read_rows(folder / "it.jsonl"):
        texts[record["id"]] = [(line, []) for line in [record["title"], *record["text"].split("\n")]]
    documents, sentences = build_tables(texts, "it")
    mentions, _, _ = resolve_actors(_find(documents, sentences), documents)
    theirs = _place_gold(read_rows(folder / "it_entities.jsonl"), documents, sentences)
    theirs, _, _ = resolve_actors(theirs, documents)
    pairs = count_pairs(mentions, documents)
    overlap = _score_overlap(mentions, pairs, theirs, count_pairs(theirs, documents))
    return overlap + _score_pairs(mentions, pairs, gold)


def _place_gold(rows: list[dict[str, Any]], documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Build mentions of the gold entities: each stands where its text stands in its line, not overlapping."""
    lines = sentences.set_index("sentence_id")[["start_char", "text"]]
    starts, texts = lines["start_char"].to_dict(), lines["text"].to_dict()
    reached: dict[str, int] = defaultdict(int)
    placed = []
    for row in rows:
        sentence_id = f"{row['doc']}:{row['sent'] + 1:04d}"
        at = texts.get(sentence_id, "").find(row["text"], reached[sentence_id])
        if at >= 0:
            reached[sentence_id] = at + len(row["text"])
            start = starts[sentence_id] + at
            span = (row["doc"], sentence_id, start, start + len(row["text"]), row["text"])
            placed.append((*span, "", row["type"], "name", 1.0, "registry"))
    return pd.DataFrame(placed, columns=table_of("mentions").names).astype({"actor_id": "str"})


def _score_overlap(
    ours: pd.DataFrame, our_pairs: pd.DataFrame, theirs: pd.DataFrame, their_pairs: pd.DataFrame
) -> list[Score]:
    """Score how many of our strongest pairs are among the strongest of the gold entities.

    Both are resolved and counted by the same code; an actor of ours is the gold actor whose mentions it shares most.
    """
    columns = ["document_id", "sentence_id", "start_char", "end_char", "actor_id"]
    both = ours[columns].merge(theirs[columns], on=["document_id", "sentence_id"], suffixes=("", "_gold"))
    both = both[(both["start_char"] < both["end_char_gold"]) & (both["start_char_gold"] < both["end_char"])]
    counts = both.groupby(["actor_id", "actor_id_gold"]).size().rename("n").reset_index()
    counts = counts.sort_values(["n", "actor_id", "actor_id_gold"], ascending=[False, True, True], kind="stable")
    same = counts.drop_duplicates("actor_id").set_index("actor_id")["actor_id_gold"].to_dict()
    strongest = [
        [
            frozenset(pair)
            for pair in pairs.sort_values(
                ["n_together", "g2", "actor_a", "actor_b"], ascending=[False, False, True, True], kind="stable"
            )[["actor_a", "actor_b"]].to_numpy()
        ]
        for pairs in (our_pairs, their_pairs)
    ]
    mine = [frozenset(same.get(actor, "") for actor in pair) for pair in strongest[0][:STRONGEST]]
    scores = []
    for size in (STRONGEST, 2 * STRONGEST):
        share = sum(pair in set(strongest[1][:size]) for pair in mine) / max(1, len(mine))
        base = f"{len(mine)} pairs of ours, {min(size, len(strongest[1]))} of {len(strongest[1])} gold pairs"
        scores.append(Score(PART, f"wikinews_it network: our {STRONGEST} strongest in gold's {size}", share, base))
    # Most of these pairs met two or three times: which of the equally frequent ones is the fiftieth is a matter of g2.
    least = their_pairs["n_together"].nlargest(STRONGEST).min()
    tied = their_pairs.loc[their_pairs["n_together"] >= least, ["actor_a", "actor_b"]].to_numpy()
    share = sum(pair in set(map(frozenset, tied)) for pair in mine) / max(1, len(mine))
    base = f"{len(mine)} pairs of ours, {len(tied)} gold pairs that met at least {least} times"
    metric = f"wikinews_it network: our {STRONGEST} strongest in gold's {STRONGEST}, its ties counted in"
    return [*scores, Score(PART, metric, share, base)]


def _score_pairs(mentions: pd.DataFrame, pairs: pd.DataFrame, gold: dict[tuple[str, int], set[str]]) -> list[Score]:
    met: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for sentence_id, group in mentions.groupby("sentence_id"):
        document_id, number = str(sentence_id).rsplit(":", 1)
        surfaces = gold[(document_id, int(number) - 1)]
        right = {actor: bool(surfaces & set(rows["surface"])) for actor, rows in group.groupby("actor_id")}
        for a in right:
            for b in right:
                if a < b:
                    met[(str(a), str(b))].append(right[a] and right[b])
    ours = list(zip(pairs["actor_a"], pairs["actor_b"], strict=True))
    right_pairs = sum(any(met[pair]) for pair in ours)
    n_gold = Counter(len(names) > 1 for names in gold.values())[True]
    base = f"{len(ours)} pairs, {n_gold} gold lines with two names"
    strongest = ours[:50]
    return [
        Score(PART, "wikinews_it network: precision of pairs", round(right_pairs / max(len(ours), 1), 4), base),
        Score(
            PART,
            "wikinews_it network: precision of the 50 strongest",
            round(sum(any(met[pair]) for pair in strongest) / max(len(strongest), 1), 4),
            f"{len(strongest)} pairs",
        ),
    ]
