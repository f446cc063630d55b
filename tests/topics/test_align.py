import numpy as np

from inchiesta.topics.align import pair_topics

TERMS = ["dravic", "kestovia", "12000", "sanzione", "tessaly", "moro", "ufficio"]
OTHER = ["dravic", "kestovia", "12000", "sanction", "tessaly", "moro", "office"]


def test_topics_that_share_names_and_numbers_are_paired() -> None:
    one = np.array([[9, 9, 9, 2, 0, 0, 3], [0, 0, 0, 2, 9, 9, 3]], dtype=float)
    other = np.array([[0, 1, 0, 9, 9, 9, 0], [9, 9, 9, 1, 0, 0, 9]], dtype=float)
    assert [(a, b) for a, b, _ in pair_topics(one, TERMS, other, OTHER)] == [(0, 1)]


def test_one_common_name_is_no_common_topic() -> None:
    one = np.array([[9, 0, 0, 0, 0, 0, 9], [0, 9, 9, 9, 9, 9, 9]], dtype=float)
    other = np.array([[9, 0, 0, 0, 0, 0, 9], [0, 0, 0, 9, 0, 0, 9]], dtype=float)
    assert pair_topics(one, TERMS, other, OTHER) == []


def test_no_common_term_gives_no_pair() -> None:
    counts = np.ones((2, 1))
    assert pair_topics(counts, ["nave"], counts, ["trial"]) == []


def test_words_that_begin_alike_count_as_one() -> None:
    one = np.array([[9, 9, 9, 0, 0, 0], [0, 0, 0, 9, 9, 9]], dtype=float)
    words = ["presidente", "elettorale", "candidato", "militare", "ministro", "documento"]
    english = ["president", "electoral", "candidate", "military", "ministry", "document"]
    assert [(a, b) for a, b, _ in pair_topics(one, words, one, english)] == [(1, 1)]
