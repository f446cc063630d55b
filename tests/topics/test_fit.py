import hashlib
import os
import random
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pytest

from inchiesta.tables import check_table
from inchiesta.topics import language
from inchiesta.topics.choice import state_choice
from inchiesta.topics.fit import fit_and_explain, fit_topics

THEMES = {
    "en": {"sea": "harbour vessel sailor captain anchor cargo", "court": "judge verdict lawyer trial appeal sentence",
           "field": "farmer harvest wheat tractor barley orchard"},
    "it": {"mare": "porto nave marinaio capitano ancora carico",
           "aula": "giudice verdetto avvocato ricorso sentenza imputato"},
}  # fmt: skip


def corpus(language: str, n_passages: int = 12) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give documents of one paragraph, each of 30 words drawn from one theme."""
    chance = random.Random(1)
    rows = []
    for theme, words in THEMES[language].items():
        for number in range(n_passages):
            rows.append((f"d{language}{theme}{number:02d}", " ".join(chance.choices(words.split(), k=30)), language))
    return tables(rows)


def tables(rows: list[tuple[str, str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [row[0] for row in rows]
    documents = pd.DataFrame({"document_id": ids, "origin_id": ids, "status": "read"})
    documents["n_chars"] = [len(row[1]) for row in rows]
    sentences = pd.DataFrame(
        {"sentence_id": [f"{i}:0001" for i in ids], "document_id": ids, "paragraph": 0, "start_char": 0,
         "language": [r[2] for r in rows], "is_heading": False, "text": [r[1] for r in rows],
         "repeats_paragraph": pd.array([None] * len(ids), dtype="Int64")}
    )  # fmt: skip
    return documents, sentences


def test_planted_themes_are_found() -> None:
    topics, passages = fit_topics(*corpus("en"), n_topics=3)
    check_table("topics", topics)
    check_table("passages", passages)
    themes = passages["document_id"].str.slice(3, -2)
    assert pd.crosstab(themes, passages["topic_id"]).gt(0).sum().tolist() == [1, 1, 1]
    assert topics["topic_id"].tolist() == ["t01", "t02", "t03"]
    assert topics["n_passages"].tolist() == [12, 12, 12]


def test_the_order_of_the_rows_changes_nothing() -> None:
    documents, sentences = corpus("en")
    first = fit_topics(documents, sentences, n_topics=3)
    second = fit_topics(documents.iloc[::-1], sentences.iloc[::-1], n_topics=3)
    for one, other in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_input_is_not_changed() -> None:
    documents, sentences = corpus("en")
    before = documents.copy(), sentences.copy()
    fit_topics(documents, sentences)
    pd.testing.assert_frame_equal(documents, before[0])
    pd.testing.assert_frame_equal(sentences, before[1])


def test_each_language_has_its_own_topics() -> None:
    english, italian = corpus("en"), corpus("it")
    both = [pd.concat(pair, ignore_index=True) for pair in zip(english, italian, strict=True)]
    topics, passages = fit_topics(both[0], both[1], n_topics=5)
    languages = passages["document_id"].str.slice(1, 3).groupby(passages["topic_id"]).unique()
    assert len(topics) == 5
    assert sorted(found[0] for found in languages) == ["en", "en", "en", "it", "it"]


def test_a_copy_gets_a_topic_but_does_not_count() -> None:
    documents, sentences = corpus("en")
    copies, copied = tables([("dzcopy", sentences["text"][0], "en")])
    copies["origin_id"] = documents["origin_id"][0]
    topics, passages = fit_topics(pd.concat([documents, copies]), pd.concat([sentences, copied]), n_topics=3)
    assert topics["n_passages"].sum() == 36
    assert passages["topic_id"].ne("").sum() == 37
    assert topics["share"].sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "texts",
    [[], ["harbour vessel sailor " * 10], ["the of and " * 10] * 3],
    ids=["no text", "one passage", "stop words"],
)
def test_too_little_text_gives_no_topic_and_no_warning(texts: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        topics, passages = fit_topics(*tables([(f"d{n}", text, "en") for n, text in enumerate(texts)]))
    check_table("topics", topics)
    assert topics.empty
    assert passages["topic_id"].tolist() == [""] * len(texts)


def test_a_hundred_identical_passages_give_no_traceback_and_no_warning() -> None:
    rows = [(f"d{number:03d}", "harbour vessel sailor captain " * 8, "en") for number in range(100)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        topics, passages = fit_topics(*tables(rows))
    assert len(passages) == 100
    assert len(topics) <= 1


def test_fewer_passages_than_topics_give_fewer_topics() -> None:
    documents, sentences = corpus("en", n_passages=1)
    topics, _ = fit_topics(documents, sentences, n_topics=9)
    assert 1 <= len(topics) <= 3


def test_no_topic_asked_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        fit_topics(*corpus("en"), n_topics=0)


def test_an_unknown_method_is_an_error() -> None:
    with pytest.raises(ValueError, match="one of clusters, nmf, lda, not 'bert'"):
        fit_topics(*corpus("en"), n_topics=2, method="bert")


@pytest.mark.parametrize("method", ["clusters", "nmf", "lda"])
def test_every_method_finds_planted_themes(method: str) -> None:
    _, passages = fit_topics(*corpus("en"), n_topics=3, method=method)
    themes = passages["document_id"].str.slice(3, -2)
    assert pd.crosstab(themes, passages["topic_id"]).gt(0).sum().tolist() == [1, 1, 1]


def test_no_word_heads_two_topics() -> None:
    topics, _ = fit_topics(*corpus("en"), n_topics=3)
    heads = [term for terms in topics["terms"] for term in terms[:10]]
    assert len(heads) == len(set(heads))


def test_stable_topics_say_so_and_few_passages_say_nothing() -> None:
    topics, _ = fit_topics(*corpus("en"), n_topics=3)
    assert topics["status"].tolist() == ["stable"] * 3
    few, _ = fit_topics(*corpus("en", n_passages=4), n_topics=3)
    assert few["status"].tolist() == ["unknown"] * 3
    assert few["stability"].isna().all()


def test_topics_of_two_languages_with_the_same_names_are_one() -> None:
    names = {"sea": "Ostrava Brennick Tallow Merrin", "mare": "Ostrava Brennick Tallow Merrin",
             "court": "Quillon Varga Dessin Holm", "aula": "Quillon Varga Dessin Holm"}  # fmt: skip
    rows = [
        (f"d{language}{theme}{number:02d}", f"{words} {names[theme]} {words}", language)
        for language, themes in THEMES.items()
        for theme, words in themes.items()
        if theme in names
        for number in range(12)
    ]
    stop_names = frozenset(word.casefold() for of_theme in names.values() for word in of_theme.split())
    topics, passages = fit_topics(*tables(rows), n_topics=2, stop_names=stop_names)
    assert [sorted(languages) for languages in topics["languages"]] == [["en", "it"]] * 2
    found = passages.groupby("topic_id")["document_id"].agg(lambda ids: {i[3:-2] for i in ids})
    assert sorted(map(sorted, found)) == [["aula", "court"], ["mare", "sea"]]
    assert not {term for terms in topics["terms"] for term in terms} & stop_names


def test_the_choice_is_told_in_words_with_its_curve() -> None:
    documents, sentences = corpus("en", n_passages=30)
    found = fit_and_explain(documents, sentences)
    assert len(found.topics) == 3
    assert found.choice[["language", "n_topics", "how"]].to_numpy().tolist() == [["en", 3, "halves"]]
    assert found.choice["reason"].item().startswith("the smallest of 13 numbers tried")
    assert found.curve["n_topics"].tolist() == list(range(2, 15))
    few = fit_and_explain(*corpus("en", n_passages=4))
    assert few.curve.empty
    assert few.choice["reason"].item().endswith("12 passages of 12 documents are too few to compare halves")


def test_a_number_asked_for_has_no_curve() -> None:
    found = fit_and_explain(*corpus("en", n_passages=30), n_topics=2)
    assert len(found.topics) == 2
    assert found.curve.empty
    assert found.choice[["n_topics", "how", "reason"]].to_numpy().tolist() == [[2, "asked", "2 in all were asked for"]]


def test_above_the_limit_topics_are_fitted_on_a_sample_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "FIT_PASSAGES", 60)
    documents, sentences = corpus("en", n_passages=30)
    found = fit_and_explain(documents, sentences)
    assert found.choice[["n_passages", "n_fitted"]].to_numpy().tolist() == [[90, 60]]
    assert found.passages["topic_id"].ne("").all()
    (statement,) = state_choice(found.choice, found.topics, found.passages, documents.assign(language="en"))
    assert statement["base"] == "90 documents, 90 passages; fitted on 60 of them, all are placed"


PRINT = """
import hashlib
from tests.topics.test_fit import corpus
from inchiesta.topics import language
from inchiesta.topics.choice import state_choice
from inchiesta.topics.fit import fit_topics
topics, passages = fit_topics(*corpus("en", n_passages=200))
print(hashlib.sha256((topics.to_json() + passages.to_json()).encode()).hexdigest())
"""


def test_one_thread_and_two_give_the_same_tables() -> None:
    root = Path(__file__).parents[2]
    printed = set()
    for threads in ("1", "2"):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        paths = os.pathsep.join([str(root / "lib"), str(root)])
        done = subprocess.run(
            [sys.executable, "-c", PRINT], env={**os.environ, **limits, "PYTHONPATH": paths},
            cwd=root, capture_output=True, text=True, check=True,
        )  # fmt: skip
        printed.add(done.stdout)
    assert len(printed) == 1
    assert len(printed.pop().strip()) == hashlib.sha256().digest_size * 2
