"""A corpus of any size for the benchmarks: recombined articles with planted topics, pairs and copies."""

from __future__ import annotations

import json
import random
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from data.sample.generator.names import pick
from data.sample.generator.recombine import OUTLETS, Article, Composer

COPY_SHARE = 0.1
COPY_KINDS = ("repost", "trimmed", "added", "headline", "edited")
# Copies appear within days of their original, so the last originals are all that is kept in memory.
RING = 500
PER_FOLDER = 1_000
# fmt: off
MONTHS = {
    "it": [
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ],
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
}
# fmt: on
# What a hurried desk changes in a text that is not its own.
EDITS = {
    "it": (
        ("ha detto", "ha dichiarato"),
        ("dopo", "in seguito a"),
        ("ieri", "nella giornata di ieri"),
        ("soltanto", "solo"),
        ("mentre", "quando invece"),
        ("quasi", "circa"),
        ("perché", "poiché"),
        ("anche", "pure"),
        ("prima di", "in attesa di"),
    ),
    "en": (
        ("said", "stated"),
        ("after", "following"),
        ("yesterday", "on the previous day"),
        ("only", "just"),
        ("while", "whereas"),
        ("about", "around"),
        ("because", "since"),
        ("also", "in addition"),
        ("before", "ahead of"),
    ),
}  # fmt: skip
# No more than one change in four sentences: the copy must stay recognisable.
EDIT_SHARE = 0.25


def generate_scale(n_articles: int, seed: int, to: Path) -> Path:
    """Write ``n_articles`` text files below ``to`` and their truth beside it; give the path of the truth.

    The same number and seed give the same bytes on any machine. Memory does not grow with the texts: only the last
    500 originals are kept, and the truth of an article.
    """
    composer = Composer(n_articles, seed, planted=True)
    documents = [write_article(article, to) for article in compose_articles(composer, n_articles)]
    return write_truth(composer, documents, seed, to)


def compose_articles(composer: Composer, n_articles: int) -> Iterator[Article]:
    """Compose originals and, one time in ten, a copy of a recent original."""
    recent: deque[Article] = deque(maxlen=RING)
    for number in range(n_articles):
        if recent and composer.rng.random() < COPY_SHARE:
            yield copy_article(pick(composer.rng, recent), number, composer)
            continue
        article = composer.compose(number)
        recent.append(article)
        yield article


def copy_article(original: Article, number: int, composer: Composer) -> Article:
    """Give a near-copy in another outlet of the same language, up to three days later."""
    rng = composer.rng
    kind = pick(rng, COPY_KINDS)
    copied = replace(
        original,
        number=number,
        kind=kind,
        outlet=pick(rng, [name for name in OUTLETS[original.language] if name != original.outlet]),
        day=original.day + int(rng.random() * 4),
        paragraphs=[list(sentences) for sentences in original.paragraphs],
    )
    if kind == "trimmed":
        copied.paragraphs = copied.paragraphs[: -1 - int(rng.random() * 2)]
    elif kind == "added":
        copied.paragraphs.insert(int(rng.random() * len(copied.paragraphs)) + 1, composer.compose_paragraph(original))
    elif kind == "headline":
        copied.title = composer.compose_title(original)
    elif kind == "edited":
        copied.paragraphs = [[edit_sentence(s, original.language, rng) for s in p] for p in copied.paragraphs]
    return copied


def edit_sentence(sentence: str, language: str, rng: random.Random) -> str:
    """Change a word of a sentence, one time in four, where a synonym is at hand."""
    if rng.random() >= EDIT_SHARE:
        return sentence
    words = [pair for pair in EDITS[language] if re.search(rf"\b{pair[0]}\b", sentence)]
    if words:
        old, new = pick(rng, words)
        return re.sub(rf"\b{old}\b", new, sentence, count=1)
    return sentence.replace(", ", " ", 1)


def write_article(article: Article, to: Path) -> dict[str, Any]:
    """Write one file, headline, outlet and date above the text, and give its truth."""
    published = date.fromordinal(article.day)
    path = f"{article.number // PER_FOLDER:03d}/{article.number:07d}.txt"
    file = to / path
    if article.number % PER_FOLDER == 0:
        file.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(" ".join(sentences) for sentences in article.paragraphs)
    head = f"{article.title}\n{article.outlet}\n{spell_date(published, article.language)}\n\n"
    file.write_bytes(f"{head}{body}\n".encode())
    return {
        "path": path,
        "article": f"{article.number:07d}",
        "origin": f"{article.origin:07d}",
        "kind": article.kind,
        "outlet": article.outlet,
        "language": article.language,
        "published": published.isoformat(),
        "topic": article.topic,
    }


def spell_date(day: date, language: str) -> str:
    """Spell a date as a newspaper does."""
    month = MONTHS[language][day.month - 1]
    return f"{day.day} {month} {day.year}" if language == "it" else f"{month} {day.day}, {day.year}"


def write_truth(composer: Composer, documents: list[dict[str, Any]], seed: int, to: Path) -> Path:
    """Write what was planted; ``n_planted`` and ``n`` leave out what a copy repeats: it says nothing twice."""
    actors = sorted(composer.mentions, key=lambda actor: actor.name)
    truth = {
        "n_articles": len(documents),
        "seed": seed,
        "documents": documents,
        "pairs": [[a.name, b.name, n] for (a, b), n in zip(composer.pairs, composer.joint, strict=True)],
        "actors": {actor.name: {"kind": actor.entity, "n": composer.mentions[actor]} for actor in actors},
    }
    path = to.parent / f"{to.name}-truth.json"
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return path
