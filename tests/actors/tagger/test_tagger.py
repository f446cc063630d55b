from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchiesta.actors.find import find_mentions
from inchiesta.actors.tagger.crf import LABELS, build_chain, decode, infer, plan_walk
from inchiesta.actors.tagger.lessons import read_labelled, teach
from inchiesta.actors.tagger.tokens import cut_tokens
from inchiesta.actors.tagger.weights import FILE_NAME, read_weights, write_weights
from inchiesta.errors import SettingsError, SourceError
from tests.actors.frames import build_frames

LINES = [
    ("Parla Ardo Venti a Porto Nuvo.", [(6, 16, "PER"), (19, 29, "LOC")]),
    ("Tace Berta Sorli a Monte Zeno.", [(5, 16, "PER"), (19, 29, "LOC")]),
]


@given(st.text(max_size=200))
def test_tokens_leave_out_nothing_but_white_space(text: str) -> None:
    tokens = cut_tokens(text)
    spans = list(zip(tokens.start.tolist(), tokens.end.tolist(), strict=True))
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert [text[a:b] for a, b in spans] == tokens.words
    assert "".join(tokens.words) == "".join(text.split())


def score_of(labels: tuple[int, ...], scores: np.ndarray, chain: object) -> float:
    total = chain.start[labels[0]] + chain.stop[labels[-1]] + sum(scores[i, label] for i, label in enumerate(labels))
    return float(total + sum(chain.steps[a, b] for a, b in pairwise(labels)))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_inference_and_decoding_agree_with_trying_every_way(seed: int) -> None:
    random = np.random.default_rng(seed)
    chain = build_chain(random.normal(size=(len(LABELS), len(LABELS))))
    scores = random.normal(size=(5, len(LABELS)))
    walk = plan_walk(np.array([0, 2]), 5)
    beliefs, best = infer(scores, chain, walk), decode(scores, chain, walk)
    whole = 0.0
    for first, size in ((0, 2), (2, 3)):
        part = scores[first : first + size]
        ways = {way: score_of(way, part, chain) for way in product(range(len(LABELS)), repeat=size)}
        weights = np.exp(np.array(list(ways.values())))
        whole += float(np.log(weights.sum()))
        assert tuple(best[first : first + size]) == max(ways, key=lambda way: ways[way])
        shares = np.zeros(len(LABELS))
        np.add.at(shares, [way[0] for way in ways], weights / weights.sum())
        assert np.allclose(beliefs.marginals[first], shares)
    assert beliefs.log_partition == pytest.approx(whole)


def write_lines(path: Path, *, times: int = 6) -> Path:
    rows = [
        {
            "doc": f"d{number}", "lang": "it", "text": text,
            "entities": [{"start": start, "end": end, "kind": kind} for start, end, kind in names],
        }
        for number in range(times) for text, names in LINES
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_is_taught_is_found_and_taught_the_same_twice(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "lines.jsonl")
    taught = teach([lines], tmp_path / "a", check=[lines], licence="CC0")
    teach([lines], tmp_path / "b")
    assert (taught.languages, taught.n_lines, taught.n_names) == (("it",), 12, 24)
    assert (tmp_path / "a/it" / FILE_NAME).read_bytes() == (tmp_path / "b/it" / FILE_NAME).read_bytes()
    assert "Licence of the data: CC0" in (tmp_path / "a/it/tagger.md").read_text(encoding="utf-8")
    documents, sentences = build_frames("Parla Ardo Venti a Monte Zeno.")
    found = find_mentions(documents, sentences, tagger=str(tmp_path / "a"))
    assert dict(zip(found["surface"], found["kind"], strict=True)) == {"Ardo Venti": "PER", "Monte Zeno": "LOC"}


def test_weights_survive_a_round_trip_and_damage_is_told(tmp_path: Path) -> None:
    teach([write_lines(tmp_path / "lines.jsonl")], tmp_path)
    path = tmp_path / "it" / FILE_NAME
    write_weights(tmp_path / "again.npz", read_weights(path))
    assert (tmp_path / "again.npz").read_bytes() == path.read_bytes()
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(SettingsError, match="weights of the name tagger"):
        read_weights(path)


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"doc": "d", "lang": "it", "text": "segreto"}',
        '{"doc": "d", "lang": "xx", "text": "segreto", "entities": []}',
        '{"doc": "d", "lang": "it", "text": "segreto", "entities": [{"start": 3, "end": 99, "kind": "PER"}]}',
        '{"doc": "d", "lang": "it", "text": "segreto", "entities": [{"start": 0, "end": 3, "kind": "GPE"}]}',
    ],
)
def test_a_line_of_another_form_is_named_and_not_quoted(tmp_path: Path, line: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 2") as caught:
        read_labelled(path)
    assert "segreto" not in str(caught.value)


def test_a_document_is_read_alike_alone_and_among_others() -> None:
    texts = ["Il presidente Aldo Marenghi parla a Brankov.", "Marenghi tace.", "Lo dice la Arvex Systems."]
    documents, sentences = build_frames(*texts)
    together = find_mentions(documents, sentences)
    for document_id in documents["document_id"]:
        alone = find_mentions(documents[documents["document_id"] == document_id], sentences)
        mine = together[together["document_id"] == document_id].reset_index(drop=True)
        assert alone.reset_index(drop=True).equals(mine)


def test_an_installed_spacy_pipeline_can_find_the_names(tmp_path: Path) -> None:
    import spacy

    pipeline = spacy.blank("it")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Ardo Venti"}])
    pipeline.to_disk(tmp_path / "tiny")
    documents, sentences = build_frames("Parla Ardo Venti.\nTace Ardo Venti.")
    found = find_mentions(documents, sentences, tagger=f"spacy:{tmp_path / 'tiny'}")
    assert found["surface"].tolist() == ["Ardo Venti", "Ardo Venti"]
    assert found["kind"].tolist() == ["PER", "PER"]


@pytest.mark.parametrize("tagger", ["spacy:no_such_pipeline", "no/such/folder"])
def test_an_unknown_tagger_is_a_setting_error(tagger: str) -> None:
    documents, sentences = build_frames("Parla Ardo Venti.")
    with pytest.raises(SettingsError, match="expected"):
        find_mentions(documents, sentences, tagger=tagger)


def test_without_a_tagger_only_listed_names_are_found() -> None:
    documents, sentences = build_frames("Parla Ardo Venti in Armenia.")
    assert find_mentions(documents, sentences, tagger="none")["surface"].tolist() == ["Armenia"]
