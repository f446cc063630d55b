"""Speed and memory of topics alone on generated articles: ``python -m tests.bench.topics [--sizes 10000 100000]``.

No file is read and no name looked for: the tables are built from the generator of `data/sample`, then passages are cut,
the number of topics is chosen, topics are fitted, labelled and joined across languages. Each size runs in a process of
its own. The names of the cast are kept out of the terms, as those of actors are.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from data.sample.generator.recombine import Article, Composer
from data.sample.generator.scale import compose_articles

SEED = 7


def build_tables(n_articles: int, seed: int = SEED) -> tuple[pd.DataFrame, pd.DataFrame, frozenset[str]]:
    """Build documents and sentences of ``n_articles``, and the words of the names in them."""
    composer = Composer(n_articles, seed, planted=True)
    documents: list[tuple[str, str, int]] = []
    sentences: list[tuple[str, str, int, int, str, bool, str]] = []
    for article in compose_articles(composer, n_articles):
        document_id = f"d{article.number:07d}"
        rows = list(_sentences(document_id, article))
        sentences += rows
        documents.append((document_id, f"o{article.origin:07d}", sum(len(row[-1]) for row in rows)))
    read = pd.DataFrame(documents, columns=["document_id", "origin_id", "n_chars"]).assign(status="read")
    columns = ["sentence_id", "document_id", "paragraph", "start_char", "language", "is_heading", "text"]
    cut = pd.DataFrame(sentences, columns=columns)
    cut["repeats_paragraph"] = pd.array([pd.NA] * len(cut), dtype="Int64")
    names = {word for actor in composer.mentions for word in actor.name.casefold().replace("’", "'").split()}
    return read, cut, frozenset(names)


def _sentences(document_id: str, article: Article) -> Iterator[tuple[str, str, int, int, str, bool, str]]:
    number = 0
    for paragraph, texts in enumerate([[article.title], *article.paragraphs]):
        for text in texts:
            number += 1
            sentence_id = f"{document_id}:{number:04d}"
            yield sentence_id, document_id, paragraph, number, article.language, paragraph == 0, text


def write_tables(n_articles: int, folder: Path) -> None:
    """Write the tables of ``n_articles``, as the cache keeps them."""
    documents, sentences, names = build_tables(n_articles)
    documents.to_parquet(folder / "documents.parquet")
    sentences.to_parquet(folder / "sentences.parquet")
    (folder / "names.json").write_text(json.dumps(sorted(names)), encoding="utf-8")


def measure(folder: Path) -> dict[str, Any]:
    """Find topics once; give seconds, what was chosen and the peak memory of the process, tables and all."""
    from inchiesta.topics.fit import fit_and_explain

    documents, sentences = (pd.read_parquet(folder / f"{name}.parquet") for name in ("documents", "sentences"))
    names = frozenset(json.loads((folder / "names.json").read_text(encoding="utf-8")))
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    begun, spent = time.perf_counter(), time.process_time()
    found = fit_and_explain(documents, sentences, stop_names=names)
    return {
        "passages": len(found.passages),
        "topics": len(found.topics),
        "labels": found.topics["label"].tolist(),
        "choice": found.choice.to_dict("records"),
        "seconds": time.perf_counter() - begun,
        "processor_seconds": time.process_time() - spent,
        "tables_gigabytes": base,
        "peak_gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
    }


def measure_alone(n_articles: int) -> dict[str, Any]:
    """Write the tables in one process and measure in another."""
    with tempfile.TemporaryDirectory(prefix="inchiesta-bench-") as folder:
        command = [sys.executable, "-m", "tests.bench.topics"]
        subprocess.run([*command, "--write", str(n_articles), "--folder", folder], check=True)
        done = subprocess.run([*command, "--folder", folder], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def print_size(n_articles: int) -> dict[str, Any]:
    """Measure one size and print it."""
    found = measure_alone(n_articles)
    print(
        f"\n{n_articles:,} articles: {found['topics']} topics of {found['passages']:,} passages in "
        f"{found['seconds']:.1f} s ({found['processor_seconds']:.1f} s of one core), {found['peak_gigabytes']:.2f} GB "
        f"({found['tables_gigabytes']:.2f} GB of tables)"
    )
    for row in found["choice"]:
        print(
            f"  {row['language']}: {row['n_topics']} topics, fitted on {row['n_fitted']:,} of {row['n_passages']:,} "
            f"passages: {row['reason']}"
        )
    print(f"  {' | '.join(found['labels'])}", flush=True)
    return {"articles": n_articles, **found}


def main() -> None:
    """Run the benchmark, or one measurement of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.topics", description="speed and memory of topics")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--write", type=int)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.write:
        write_tables(given.write, given.folder)
        return
    if given.folder:
        print(json.dumps(measure(given.folder)))
        return
    for size in given.sizes:
        print_size(size)


if __name__ == "__main__":
    main()
