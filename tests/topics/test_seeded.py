import pandas as pd
import pytest

from inchiesta.topics.kwic import find_in_context
from inchiesta.topics.seeded import SeededTopic, grow_topic, read_words
from inchiesta.topics.words import Term, content_lemmas, weigh_texts

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def make(texts: list[str], *, language: str = "it", origins: list[str] | None = None) -> Tables:
    ids = [f"d{number:03d}" for number, _ in enumerate(texts)]
    documents = pd.DataFrame({"document_id": ids, "origin_id": origins or "", "status": "read"})
    sentences = pd.DataFrame(
        {"sentence_id": [f"{i}:0001" for i in ids], "document_id": ids, "start_char": 0, "language": language,
         "text": texts}
    )  # fmt: skip
    passages = pd.DataFrame(
        {"passage_id": [f"{i}:p0000" for i in ids], "document_id": ids, "topic_id": "t01", "weight": 1.0,
         "first_sentence_id": sentences["sentence_id"], "last_sentence_id": sentences["sentence_id"],
         "is_counted": True}
    )  # fmt: skip
    return passages, sentences, documents


def grow(words: str, texts: list[str], **options: list[str]) -> SeededTopic:
    return grow_topic(read_words(words), *make(texts, **options))


ARMS = ["Un drone e un cannone passano il confine con i razzi.", "Droni, razzi e un cannone nel deposito.",
        "Due droni accanto al cannone e ai razzi, al confine."]  # fmt: skip
OTHER = [f"La giunta vota il bilancio e la tassa {word}." for word in ("oggi", "ieri", "domani", "presto")] * 4


def test_words_are_found_in_all_their_forms_and_the_passages_say_which() -> None:
    topic = grow("droni, artiglieria", [*ARMS, *OTHER, "Le artiglierie tacciono."])
    assert topic.words["word"].tolist() == ["droni", "artiglieria"]
    assert topic.words["forms"].tolist() == [["droni", "drone"], ["artiglierie"]]
    assert topic.words["n_passages"].tolist() == [3, 1]
    assert topic.passages["passage_id"].tolist() == ["d000:p0000", "d001:p0000", "d002:p0000", "d019:p0000"]
    assert topic.passages["words"].tolist() == [["droni"], ["droni"], ["droni"], ["artiglieria"]]
    assert topic.passages["sentence_ids"].tolist()[0] == ["d000:0001"]


def test_a_passage_near_the_words_is_found_by_the_terms_around_them() -> None:
    topic = grow("droni", [*ARMS * 3, *OTHER * 3, "Razzi e un cannone lungo il confine: nessuno ne parla."])
    assert set(topic.terms["term"]) >= {"cannone", "razzo"}
    assert "drone" not in topic.terms["term"].tolist()
    near = topic.passages[topic.passages["kind"] == "near"]
    assert near["passage_id"].tolist() == ["d057:p0000"]
    assert near["words"].iloc[0] == ["cannone", "confine", "razzo"]


def test_words_that_stand_nowhere_are_named_and_nothing_is_made_up() -> None:
    topic = grow("balena, Groza-S", [*ARMS, *OTHER])
    assert topic.missing == ["balena", "Groza-S"] and topic.found == []
    assert topic.passages.empty and topic.terms.empty
    assert topic.n_passages == 19


@pytest.mark.parametrize("texts", [[], ["Un drone."], ["il la di e"] * 5, ["Un drone sul confine."] * 100])
def test_little_text_gives_no_term_and_no_error(texts: list[str]) -> None:
    topic = grow("droni", texts, origins=["o"] * len(texts))
    assert topic.terms.empty
    assert len(topic.passages) == sum("drone" in text for text in texts)


def test_no_word_given_gives_nothing() -> None:
    topic = grow(" , ", ARMS)
    assert topic.words.empty and topic.passages.empty


def test_names_are_no_terms_but_may_be_asked_for() -> None:
    texts = [f"Marenghi vende droni e razzi {n}." for n in range(4)]
    topic = grow_topic(["droni"], *make([*texts, *OTHER * 3]), stop_names=frozenset({"marenghi"}))
    assert "marenghi" not in topic.terms["term"].tolist()
    assert grow("Marenghi", [*texts, *OTHER]).found == ["Marenghi"]


def test_a_phrase_is_found_with_its_inflections_and_only_in_its_order() -> None:
    assert Term("presidente russo", "it").find("I presidenti russi e il russo presidente") == [(2, 18)]
    assert Term("arms dealer", "en").find("Two arms dealers met.") == [(4, 16)]


def test_forms_of_unknown_words_need_the_same_stem() -> None:
    assert Term("droni", "it").find("un dronista") == []
    assert Term("porta", "it").find("il porto") == []
    assert Term("droni", "de").find("eine Drone") == []


def test_irregular_forms_are_found() -> None:
    assert Term("dire", "it").find("Ha detto di no.") == [(3, 8)]
    assert find_in_context("go", make(["She went home."], language="en")[1])["keyword"].tolist() == ["went"]


def test_keyword_in_context_shows_whole_words_in_the_order_of_the_texts() -> None:
    _, sentences, _ = make([f"{'prima ' * 30}i droni {'dopo ' * 30}", "Droni."])
    found = find_in_context("drone", sentences.iloc[::-1], width=20)
    assert found["sentence_id"].tolist() == ["d001:0001", "d000:0001"]
    assert found.loc[1, ["left", "keyword", "right"]].tolist() == [
        "…prima prima prima i",
        "droni",
        "dopo dopo dopo dopo…",
    ]
    assert found["left"].tolist()[0] == ""


@pytest.mark.parametrize("term", ["", "(", "balena", ".*"])
def test_a_term_that_is_not_there_gives_no_row(term: str) -> None:
    assert find_in_context(term, make(ARMS)[1]).empty
    assert find_in_context(term, make([])[1]).empty


def test_texts_without_a_content_word_weigh_nothing() -> None:
    assert weigh_texts(["il di la", ""], ["it", "it"]).nnz == 0
    assert content_lemmas("x 2019 7km", "it") == []
