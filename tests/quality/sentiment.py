"""Tone toward a target and of a text, beside always saying the same and a plain sum of the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.metrics import f1_score

from inchiesta.sentiment.lexicon import fold, read_lexicon
from inchiesta.sentiment.targets import score_targets, score_texts
from inchiesta.text.tokens import find_tokens
from tests.quality.score import Score, read_rows

LABELS = ("negative", "neutral", "positive")
TARGETS = {
    "newsmtsc en_rw_dev": "newsmtsc/en_rw_dev.jsonl",
    "newsmtsc en_mt_dev": "newsmtsc/en_mt_dev.jsonl",
    "news_it dev": "news_it/dev.jsonl",
    "news_en dev": "news_en/dev.jsonl",
}


def score(gold: Path) -> list[Score]:
    """Score the tone toward targets and, on tweets, of the sentence as such."""
    scores = []
    for name, path in TARGETS.items():
        rows = read_rows(gold / path)
        if not rows:
            continue
        targets = pd.DataFrame(_given(rows) if "target" in rows[0] else _entities(rows))
        # Of the news every name is a target, of the others those that annotators picked.
        every = "target" not in rows[0]
        scores += _compare(name, targets, score_targets(targets, every_name=every), "targets")
        rules = score_targets(targets, method="rules")
        scores.append(
            Score(
                "sentiment", f"{name} macro F1, rules", _f1(targets, rules["label"].tolist()), f"{len(targets)} targets"
            )
        )
    tweets = pd.DataFrame(read_rows(gold / "sentipolc" / "it_train.jsonl")).rename(columns={"lang": "language"})
    if tweets.empty:
        return scores
    tweets = tweets[tweets["label"].isin(LABELS)].reset_index(drop=True)
    return scores + _compare("sentipolc it_train", tweets, score_texts(tweets), "tweets")


def _given(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"text": r["text"], "start_char": r["start"], "end_char": r["end"], "language": r["lang"], "label": r["label"]}
        for r in rows
    ]


def _entities(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    targets = []
    for row in rows:
        tones = {(tone["start"], tone["end"]): tone["score"] for tone in row["tone"]}
        for entity in row["entities"]:
            span = (entity["start"], entity["end"])
            label = LABELS[tones.get(span, 0) + 1]
            targets.append(
                {
                    "text": row["text"],
                    "start_char": span[0],
                    "end_char": span[1],
                    "language": row["lang"],
                    "label": label,
                }
            )
    return targets


def _compare(name: str, gold: pd.DataFrame, found: pd.DataFrame, unit: str) -> list[Score]:
    base = f"{len(gold)} {unit}"
    clear = found["clear"]
    right = float((found["label"] == gold["label"])[clear].mean()) if clear.any() else 0.0
    majority = [gold["label"].mode()[0]] * len(gold)
    return [
        Score("sentiment", f"{name} macro F1", _f1(gold, found["label"].tolist()), base),
        Score("sentiment", f"{name} macro F1, majority", _f1(gold, majority), base),
        Score("sentiment", f"{name} macro F1, lexicon sum", _f1(gold, _plain_sums(gold)), base),
        Score("sentiment", f"{name} clear ones right", right, f"{int(clear.sum())} clear of {base}"),
    ]


def _f1(gold: pd.DataFrame, labels: list[str]) -> float:
    return float(f1_score(gold["label"], labels, labels=list(LABELS), average="macro", zero_division=0))


def _plain_sums(gold: pd.DataFrame) -> list[str]:
    """Give the sign of the sum of single words' scores: no shifters, no phrases, no target."""
    return [
        _sign(sum(_word_score(text[s:e], language) for s, e in find_tokens(text)))
        for text, language in zip(gold["text"], gold["language"], strict=True)
    ]


def _word_score(word: str, language: str) -> float:
    lexicon = read_lexicon(language)
    for key in lexicon.keys_cached(fold(word)):
        expression = lexicon.roots.get(key, {}).get("")
        if expression is not None:
            return float(expression.score)
    return 0.0


def _sign(total: float) -> str:
    return "positive" if total > 0 else "negative" if total < 0 else "neutral"
