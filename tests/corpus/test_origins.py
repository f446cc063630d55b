"""Copies are one origin; articles that only share an event, a lead or a template are not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from inchiesta.corpus.minhash import compute_signatures, find_shingles
from inchiesta.corpus.origins import group_origins

WORDS = [
    f"{a}{b}"
    for a in ("ba", "co", "di", "fe", "gu", "la", "me", "no", "pa", "ri")
    for b in ("rto", "lina", "sco", "vero", "tam")
]


def make_text(seed: int, n_words: int = 200) -> str:
    generator = random.Random(seed)
    return " ".join(generator.choice(WORDS) + str(generator.randrange(40)) for _ in range(n_words))


def groups(texts: Sequence[str]) -> list[str]:
    ids = [f"d{number:016x}" for number in range(len(texts))]
    return group_origins(ids, compute_signatures(texts), texts)["origin_id"].tolist()


def edit(text: str, every: int) -> str:
    words = text.split()
    return " ".join("altro" if number % every == 0 else word for number, word in enumerate(words))


ORIGINAL = make_text(1)


@pytest.mark.parametrize(
    "copy",
    [
        ORIGINAL,
        ORIGINAL.upper(),
        edit(ORIGINAL, 15),
        " ".join(ORIGINAL.split()[:90]),
        ORIGINAL + " " + make_text(2, 60),
        "Leggi anche le altre notizie di oggi " + ORIGINAL + " tutti i diritti sono riservati alla testata",
        " ".join(ORIGINAL.split()[:70] + ORIGINAL.split()[110:]),
    ],
    ids=["the same", "capitals", "edited", "trimmed", "paragraph added", "furniture", "paragraph dropped"],
)
def test_a_copy_shares_its_origin(copy: str) -> None:
    found = groups([make_text(3), ORIGINAL, copy, make_text(4)])
    assert found[1] == found[2]
    assert len(set(found)) == 3


def test_unrelated_texts_are_their_own_origins() -> None:
    assert len(set(groups([make_text(seed) for seed in range(60)]))) == 60


def test_a_shared_lead_or_template_is_no_copy() -> None:
    lead = make_text(5, 60)
    assert len(set(groups([lead + " " + make_text(seed, 180) for seed in range(10, 16)]))) == 6


def test_a_notice_quoted_in_a_report_is_no_copy() -> None:
    notice = make_text(6, 40)
    assert len(set(groups([notice, make_text(7, 300) + " " + notice]))) == 2


def test_texts_are_not_chained_from_neighbour_to_neighbour() -> None:
    words = make_text(8, 1000).split()
    windows = [" ".join(words[start : start + 300]) for start in range(0, 701, 100)]
    found = groups(windows)
    assert found[0] != found[-1]


def test_short_texts_are_grouped_only_with_their_equals() -> None:
    found = groups(["Sciopero dei treni, oggi.", "Sciopero dei treni oggi", "Sciopero degli aerei oggi", "", ""])
    assert found[0] == found[1] != found[2]
    assert found[3] != found[4]


def test_the_origin_is_named_by_its_longest_text_and_order_does_not_matter() -> None:
    texts = [" ".join(ORIGINAL.split()[:120]), ORIGINAL, edit(ORIGINAL, 20), make_text(9)]
    ids = ["d" + digit * 16 for digit in "abcd"]
    expected = None
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]):
        shuffled = [texts[place] for place in order]
        frame = group_origins([ids[place] for place in order], compute_signatures(shuffled), shuffled)
        found = frame.set_index("document_id").sort_index().to_dict("index")
        expected = expected or found
        assert found == expected
    assert expected is not None
    assert expected["dbbbbbbbbbbbbbbbb"]["origin_id"] == "obbbbbbbbbbbbbbbb"
    assert expected["dbbbbbbbbbbbbbbbb"]["similarity"] == 1.0


def test_thousands_of_equal_texts_stay_linear() -> None:
    texts = [ORIGINAL] * 3000
    signatures = np.repeat(compute_signatures([ORIGINAL]), 3000, axis=0)
    frame = group_origins([f"d{number:016x}" for number in range(3000)], signatures, texts)
    assert frame["origin_id"].nunique() == 1


def test_a_signature_depends_on_its_own_text_only_and_estimates_the_resemblance() -> None:
    texts = [ORIGINAL, make_text(11), edit(ORIGINAL, 10), "", make_text(12, 3)]
    together = compute_signatures(texts)
    for row, text in enumerate(texts):
        assert (compute_signatures([text])[0] == together[row]).all()
    one, other = set(find_shingles(texts[0]).tolist()), set(find_shingles(texts[2]).tolist())
    jaccard = len(one & other) / len(one | other)
    assert abs((together[0] == together[2]).mean() - jaccard) < 0.15
    assert (together[3] == np.uint32(0xFFFFFFFF)).all()


def test_the_hash_is_the_same_on_every_machine() -> None:
    assert compute_signatures(["uno due tre quattro"])[0, :3].tolist() == [3326324130, 866532395, 693009646]
