import subprocess
import sys

import pandas as pd
import pytest

from inchiesta.errors import ParameterError
from inchiesta.sentiment.gather import gather_tones
from inchiesta.sentiment.score import score_tones
from inchiesta.sentiment.targets import score_targets
from inchiesta.tables import check_table, empty_table


def score(text: str, language: str, *names: str) -> pd.DataFrame:
    documents = pd.DataFrame({"document_id": ["d1"], "text": [text]})
    sentences = pd.DataFrame(
        {"sentence_id": ["d1:0001"], "document_id": "d1", "paragraph": 0, "start_char": 0, "end_char": len(text),
         "language": language}
    )  # fmt: skip
    return score_tones(documents, sentences, mentions(text, *names))


def mentions(text: str, *names: str) -> pd.DataFrame:
    rows = [("d1", "d1:0001", text.index(name), text.index(name) + len(name), name.lower()) for name in names]
    return pd.DataFrame(rows, columns=["document_id", "sentence_id", "start_char", "end_char", "actor_id"])


def toward(text: str, language: str, name: str, *others: str) -> float:
    scored = score(text, language, name, *others)
    return float(scored.loc[scored["start_char"] == text.index(name), "rule_score"].sum())


def quotes_in(text: str, *spans: tuple[str, str, str]) -> pd.DataFrame:
    """Give the table `quotes` with (said, kind, speaker)."""
    table, rows = empty_table("quotes"), []
    for said, kind, speaker in spans:
        start = text.index(said)
        rows.append({"document_id": "d1", "start_char": start, "end_char": start + len(said), "kind": kind})
        rows[-1] |= {"speaker_id": speaker}
    return pd.DataFrame(rows, columns=table.columns).astype({c: table.dtypes[c] for c in rows[0]} if rows else {})


@pytest.mark.parametrize(
    ("text", "language", "name", "other", "sign"),
    [
        ("Marenghi ha tradito Reuel", "it", "Marenghi", "Reuel", -1),
        ("Marenghi ha tradito Reuel", "it", "Reuel", "Marenghi", 0),
        ("Marenghi non ha tradito Reuel", "it", "Marenghi", "Reuel", 1),
        ("Marenghi è stato tradito da Reuel", "it", "Reuel", "Marenghi", -1),
        ("Marenghi è stato tradito da Reuel", "it", "Marenghi", "Reuel", 0),
        ("Microsoft critica Google", "it", "Google", "Microsoft", -1),
        ("Microsoft critica Google", "it", "Microsoft", "Google", 0),
        ("Google è stata criticata da Microsoft", "it", "Google", "Microsoft", -1),
        ("Il tradimento della Tarnia ha sorpreso la Kestovia", "it", "Tarnia", "Kestovia", -1),
        ("Il tradimento della Tarnia ha sorpreso la Kestovia", "it", "Kestovia", "Tarnia", 0),
        ("Tarnia betrayed Kestovia", "en", "Tarnia", "Kestovia", -1),
        ("Tarnia betrayed Kestovia", "en", "Kestovia", "Tarnia", 0),
        ("Kestovia was betrayed by Tarnia", "en", "Tarnia", "Kestovia", -1),
        ("Kestovia was betrayed by Tarnia", "en", "Kestovia", "Tarnia", 0),
        ("Tarnia has never betrayed Kestovia", "en", "Tarnia", "Kestovia", 1),
        ("Tarnia praised Kestovia", "en", "Kestovia", "Tarnia", 1),
    ],
)
def test_a_word_colours_the_one_it_is_about(text: str, language: str, name: str, other: str, sign: int) -> None:
    found = toward(text, language, name, other)
    assert (found > 0) - (found < 0) == sign


def test_hearsay_weakens() -> None:
    said, told = "Marenghi avrebbe tradito", "Marenghi ha tradito"
    assert toward(told, "it", "Marenghi") < toward(said, "it", "Marenghi") < 0


def test_a_word_is_its_speakers_and_the_rest_the_narrators() -> None:
    text = "Il corrotto Rossi parla di «un vile tradimento» e dice che Bianchi è un ladro"
    scored, named = score(text, "it", "Rossi", "Bianchi"), mentions(text, "Rossi", "Bianchi")
    quotes = quotes_in(text, ("un vile tradimento", "partial", "rossi"), ("Bianchi è un ladro", "indirect", "rossi"))
    tones = gather_tones(scored, named, quotes, method="rules")
    check_table("tones", tones)
    as_such = tones[tones["actor_id"] == ""].set_index("voice")
    assert list(as_such["words"]["narrator"]) == ["-corrotto"]
    assert "-tradimento" in " ".join(as_such["words"]["quoted"])
    assert as_such["speaker_id"].to_dict() == {"narrator": "", "quoted": "rossi", "reported": "rossi"}
    of_bianchi = tones[tones["actor_id"] == "bianchi"]
    assert ["reported", "rossi"] in of_bianchi[["voice", "speaker_id"]].to_numpy().tolist()
    assert "narrator" not in set(of_bianchi["voice"])


def test_the_model_says_one_thing_of_a_target_in_the_voice_that_weighs_most() -> None:
    text = "Critics met Tessaly, «a corrupt liar»"
    scored, named = score(text, "en", "Tessaly"), mentions(text, "Tessaly")
    quotes = quotes_in(text, ("a corrupt liar", "direct", ""))
    by_model = gather_tones(scored, named, quotes).query("actor_id == 'tessaly'")
    assert by_model["voice"].tolist() == ["quoted"]


def test_a_speaker_is_not_coloured_by_his_own_words() -> None:
    text = "«È un vile tradimento di tutto il popolo», ha detto Rossi"
    assert toward(text, "it", "Rossi") == 0


def test_words_inside_a_mention_carry_no_tone() -> None:
    found = score("Il partito Coraggio Italia", "it", "Coraggio Italia")
    assert not [word for words in found["words"] for word in words if "oraggio" in word]


def test_a_circumstance_colours_nobody() -> None:
    scored = score("La guerra tra Tarnia e Kestovia", "it", "Tarnia", "Kestovia")
    assert scored["start_char"].unique().tolist() == [-1]


def test_protected_phrases_carry_no_tone() -> None:
    assert score("il ministro della Difesa e Forza Italia", "it").empty


def test_a_language_without_a_lexicon_is_not_scored() -> None:
    assert score("Ein schrecklicher Verrat war disaster", "de").empty


def test_every_word_of_the_row_stands_in_the_sentence() -> None:
    text = "Rossi è corrotto, ma Bianchi è un eroe generoso e leale"
    scored = score(text, "it", "Rossi", "Bianchi")
    assert all(word[0] in "+-" and word[1:] in text for words in scored["words"] for word in words)
    assert scored["score"].between(-1, 1).all()
    assert toward(text, "it", "Rossi", "Bianchi") < 0 < toward(text, "it", "Bianchi", "Rossi")


def test_scores_become_the_table_tones() -> None:
    text = "Rossi è corrotto"
    tones = gather_tones(score(text, "it", "Rossi"), mentions(text, "Rossi"), quotes_in(text))
    check_table("tones", tones)
    assert tones["actor_id"].tolist() == ["", "rossi"]
    assert tones["words"].map(list).tolist() == [["-corrotto"], ["-corrotto"]]


def scored_rows(*rows: tuple[int, float, str, bool, list[str]]) -> pd.DataFrame:
    """Give scored mentions of one sentence: (start, score, label, clear, words)."""
    frame = pd.DataFrame(list(rows), columns=["start_char", "score", "label", "clear", "words"])
    frame = frame.assign(document_id="d1", sentence_id="s", rule_score=frame["score"])
    return frame.assign(
        word_starts=frame["words"].map(lambda words: [0] * len(words)),
        word_scores=frame["words"].map(lambda words: [0.5] * len(words)),
    )


def test_two_mentions_of_an_actor_give_one_row_with_their_mean() -> None:
    scored = scored_rows((0, -0.6, "negative", True, ["-a"]), (9, -0.2, "neutral", False, ["-a", "-b"]))
    named = pd.DataFrame({"sentence_id": "s", "start_char": [0, 9], "actor_id": "rossi"})
    tones = gather_tones(scored, named, empty_table("quotes"))
    assert tones["score"].tolist() == [-0.4]
    assert tones["label"].tolist() == ["negative"]
    assert list(tones["words"][0]) == ["-a", "-b"]


def test_what_is_not_sure_or_speaks_against_itself_is_not_clear() -> None:
    named = pd.DataFrame({"sentence_id": "s", "start_char": [0, 9], "actor_id": "rossi"})
    unsure = scored_rows((0, -0.6, "negative", False, ["-a"]))
    both = scored_rows((0, -0.6, "negative", True, ["-a"]), (9, 0.7, "positive", True, ["+b"]))
    for scored in (unsure, both):
        assert gather_tones(scored, named, empty_table("quotes"))["label"].tolist() == ["not clear"]


def test_by_rules_the_label_follows_from_the_score() -> None:
    text = "Rossi è un corrotto, un ladro e un bugiardo. Bianchi parla"
    tones = gather_tones(score(text, "it", "Rossi"), mentions(text, "Rossi"), quotes_in(text), method="rules")
    assert tones["label"].tolist() == ["negative", "negative"]
    with pytest.raises(ParameterError, match="method"):
        gather_tones(score(text, "it", "Rossi"), mentions(text, "Rossi"), quotes_in(text), method="guess")


def test_no_rows_give_empty_tables_of_the_right_shape() -> None:
    scored = score("Piove.", "it")
    assert scored.empty
    check_table("tones", gather_tones(scored, mentions("Piove."), empty_table("quotes")))


def test_given_targets_are_scored_and_unknown_languages_are_not() -> None:
    targets = pd.DataFrame(
        {"text": ["Rossi è corrotto", "Rossi parla", "Rossi"], "start_char": 0, "end_char": 5,
         "language": ["it", "it", "de"]},
        index=[7, 8, 9],
    )  # fmt: skip
    found = score_targets(targets, method="rules")
    assert found.index.tolist() == [7, 8, 9]
    assert found["label"].tolist() == ["negative", "neutral", ""]
    assert not found["clear"][9]
    by_model = score_targets(targets)
    assert by_model.index.tolist() == [7, 8, 9]
    # The Italian model was taught on news, where nine of ten names are neutral: it leaves a bare sentence open.
    assert by_model["score"][7] < by_model["score"][8]
    assert by_model["label"][9] == ""


def test_a_corpus_without_any_word_of_tone_is_read_in_a_fresh_process() -> None:
    code = (
        "import pandas as pd; from inchiesta.sentiment.score import score_tones\n"
        "text = 'The table of Orlen stands there.'\n"
        "documents = pd.DataFrame({'document_id': ['d1'], 'text': [text]})\n"
        "place = {'document_id': ['d1'], 'sentence_id': 'd1:0001'}\n"
        "sentences = pd.DataFrame(place | {'paragraph': 0, 'start_char': 0, 'end_char': len(text), 'language': 'en'})\n"
        "mentions = pd.DataFrame(place | {'start_char': 13, 'end_char': 18, 'actor_id': 'orlen'})\n"
        "print(score_tones(documents, sentences, mentions)['rule_score'].abs().sum())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (told.stdout.strip(), told.stderr) == ("0.0", "")
