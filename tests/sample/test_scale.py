from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from data.sample.generator.scale import generate_scale
from data.sample.generator.shuffled import generate_shuffled

SEED = 7
SENTENCE = re.compile(r"(?<=[.!?])[”»\"]?\s+")
REAL_NAMES = re.compile(r"lukas[hc]|putin|pas[hc]in|aliye|zelensk|biden|trump", re.IGNORECASE)
AFFAIR_NAMES = re.compile(r"marenghi|stakhar|dravic|tessaly|ferrucci|reuel|valdori|kestovi|tarnia|arvex|kormat")


class Corpus:
    """A generated corpus read back from its files."""

    def __init__(self, truth: Path, folder: Path) -> None:
        self.folder = folder
        self.truth: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8"))
        self.texts = {f.relative_to(folder).as_posix(): f.read_text(encoding="utf-8") for f in folder.rglob("*.txt")}

    def words(self) -> set[str]:
        return {word for text in self.texts.values() for word in re.findall(r"\w+", text.lower())}

    def originals(self) -> list[str]:
        return [self.texts[d["path"]] for d in self.truth["documents"] if d["kind"] == "original"]


def distinctive_words(names: list[str]) -> dict[str, str]:
    """Give for each word that one actor only bears (surname, brand, place) that actor; given names are not such."""
    bearers = Counter(word for name in names for word in set(name.split()))
    rarest = {name: min(name.split()[::-1], key=lambda word: bearers[word]) for name in names}
    return {word: name for name, word in rarest.items() if bearers[word] == 1}


def count_meetings(corpus: Corpus) -> tuple[Counter[str], Counter[tuple[str, str]], int]:
    """Count, over the sentences of the originals, those of each actor and those of each two."""
    bearer = distinctive_words(sorted(corpus.truth["actors"]))
    single: Counter[str] = Counter()
    joint: Counter[tuple[str, str]] = Counter()
    sentences = [s for text in corpus.originals() for s in SENTENCE.split(text.partition("\n\n")[2])]
    for sentence in sentences:
        present = sorted({bearer[word] for word in re.findall(r"\w+", sentence) if word in bearer})
        single.update(present)
        joint.update(combinations(present, 2))
    return single, joint, len(sentences)


def far_above_chance(corpus: Corpus) -> set[tuple[str, str]]:
    """Give the pairs that meet in at least eight sentences and five times as often as their frequencies say."""
    single, joint, n = count_meetings(corpus)
    return {(a, b) for (a, b), k in joint.items() if k >= 8 and k >= 5 * single[a] * single[b] / n}


def hash_folder(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return hashlib.sha256(
        b"".join(f.relative_to(folder).as_posix().encode() + f.read_bytes() for f in files)
    ).hexdigest()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("scale") / "articles"
    return Corpus(generate_scale(400, SEED, folder), folder)


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("shuffled") / "articles"
    return Corpus(generate_shuffled(400, SEED, folder), folder)


@pytest.mark.parametrize("generate", [generate_scale, generate_shuffled])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(generate: Any, tmp_path: Path) -> None:
    truths = [generate(60, seed, tmp_path / run / "corpus") for run, seed in (("a", 1), ("b", 1), ("c", 2))]
    first, again, other = (hash_folder(truth.parent) for truth in truths)
    assert first == again
    assert first != other


def test_another_process_with_another_hash_seed_gives_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    code = "import sys, pathlib; from data.sample.generator.scale import generate_scale as g; "
    code += f"g(400, {SEED}, pathlib.Path(sys.argv[1]))"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "articles")], check=True, cwd=root, env=environment)
    assert hash_folder(tmp_path / "articles") == hash_folder(corpus.folder)


def test_every_article_is_a_file_and_the_truth_stands_outside(corpus: Corpus, tmp_path: Path) -> None:
    assert len(corpus.texts) == corpus.truth["n_articles"] == 400
    assert {d["path"] for d in corpus.truth["documents"]} == set(corpus.texts)
    assert not list(corpus.folder.rglob("*.json"))
    truth = generate_scale(1, SEED, tmp_path / "one")
    assert truth == tmp_path / "one-truth.json"
    assert [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.txt")] == ["one/000/0000000.txt"]


def test_a_folder_holds_a_thousand_articles(tmp_path: Path) -> None:
    generate_scale(1_001, SEED, tmp_path / "corpus")
    assert len(list((tmp_path / "corpus/000").iterdir())) == 1_000
    assert [file.name for file in (tmp_path / "corpus/001").iterdir()] == ["0001000.txt"]


def test_an_article_has_about_450_tokens(corpus: Corpus) -> None:
    lengths = [len(re.findall(r"\w+", text)) for text in corpus.texts.values()]
    assert 425 < sum(lengths) / len(lengths) < 475


def test_the_head_states_outlet_and_date(corpus: Corpus) -> None:
    for document in corpus.truth["documents"]:
        _, outlet, day, empty, _ = corpus.texts[document["path"]].split("\n", 4)
        assert outlet == document["outlet"]
        assert day.endswith(document["published"][:4])
        assert empty == ""
    assert len({document["outlet"] for document in corpus.truth["documents"]}) == 8
    assert len({document["topic"] for document in corpus.truth["documents"]}) == 8


def test_one_article_in_ten_is_a_copy_in_another_outlet(corpus: Corpus) -> None:
    by_article = {document["article"]: document for document in corpus.truth["documents"]}
    copies = [document for document in by_article.values() if document["kind"] != "original"]
    assert 0.07 < len(copies) / 400 < 0.13
    assert {copy["kind"] for copy in copies} == {"repost", "trimmed", "added", "headline", "edited"}
    for copy in copies:
        origin = by_article[copy["origin"]]
        assert origin["kind"] == "original"
        assert origin["article"] < copy["article"]
        assert origin["outlet"] != copy["outlet"]
        assert origin["published"] <= copy["published"]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_copies_resemble_their_origin_and_nothing_else_does(corpus: Corpus) -> None:
    sets = {path: shingles(text) for path, text in sorted(corpus.texts.items())}
    origin = {document["path"]: document["origin"] for document in corpus.truth["documents"]}
    for first, second in combinations(sets, 2):
        shared = len(sets[first] & sets[second]) / min(len(sets[first]), len(sets[second]))
        assert (shared > 0.65) if origin[first] == origin[second] else (shared < 0.55)


def test_planted_pairs_meet_at_least_five_times_as_often_as_chance(corpus: Corpus) -> None:
    single, joint, n = count_meetings(corpus)
    assert len(corpus.truth["pairs"]) == 30
    for first, second, n_planted in corpus.truth["pairs"]:
        met = joint[min(first, second), max(first, second)]
        assert met >= 0.7 * n_planted > 0
        assert met >= 5 * single[first] * single[second] / n


def test_the_shuffled_corpus_holds_no_pair(corpus: Corpus, shuffled: Corpus) -> None:
    assert len(far_above_chance(corpus)) >= 25
    assert far_above_chance(shuffled) == set()
    assert shuffled.truth["pairs"] == []
    assert {document["kind"] for document in shuffled.truth["documents"]} == {"original"}
    assert {document["topic"] for document in shuffled.truth["documents"]} == {""}


def test_shuffled_actors_are_as_frequent_as_planted_ones(corpus: Corpus, shuffled: Corpus) -> None:
    for name, actor in corpus.truth["actors"].items():
        if actor["n"] >= 60:
            assert 0.6 < shuffled.truth["actors"][name]["n"] / actor["n"] < 1.6


def test_vocabulary_and_actors_grow_with_the_corpus(corpus: Corpus, tmp_path: Path) -> None:
    small = Corpus(generate_scale(100, SEED, tmp_path / "small"), tmp_path / "small")
    # Heaps' law with an exponent between 0.2 and 0.7, over four times the articles.
    assert 4**0.2 < len(corpus.words()) / len(small.words()) < 4**0.7
    assert 4**0.4 < len(corpus.truth["actors"]) / len(small.truth["actors"]) < 4**0.6


def test_popularity_is_skewed(corpus: Corpus) -> None:
    counts = sorted((a["n"] for a in corpus.truth["actors"].values() if a["kind"] == "PER"), reverse=True)
    assert sum(counts[: len(counts) // 5]) > 0.5 * sum(counts)


def test_no_real_name_and_no_name_of_the_affair_is_left(corpus: Corpus, shuffled: Corpus) -> None:
    for text in [*corpus.texts.values(), *shuffled.texts.values()]:
        assert not REAL_NAMES.search(text)
        assert not AFFAIR_NAMES.search(text.lower())
