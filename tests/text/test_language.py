"""Languages of texts and of their paragraphs."""

import pytest

from inchiesta.text.language import DEFAULT_LANGUAGES, detect_language, detect_paragraphs

ITALIAN = "Il ministro ha annunciato le dimissioni dopo la riunione del governo con i sindacati della scuola."
ENGLISH = "The minister announced his resignation after the meeting of the government with the unions of the schools."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ITALIAN, "it"),
        (ENGLISH, "en"),
        ("Le président a déclaré que le pays était prêt à négocier dès la semaine prochaine.", "fr"),
        ("Президент заявил, что страна готова к переговорам на следующей неделе.", "ru"),
        ("Президент заявив, що країна готова до переговорів наступного тижня.", "uk"),
        ("Նախագահը հայտարարեց, որ երկիրը պատրաստ է բանակցությունների։", "hy"),
        ("პრეზიდენტმა განაცხადა, რომ ქვეყანა მზად არის.", "ka"),
        ("قال الرئيس إن البلاد مستعدة للتفاوض الأسبوع المقبل.", "ar"),
        ("总理表示，该国准备下周进行谈判。", "zh"),
        ("大統領は来週交渉の準備ができていると述べた。", "ja"),
    ],
)
def test_a_sentence_is_enough(text: str, language: str) -> None:
    assert detect_language(text)[0] == language


@pytest.mark.parametrize("text", ["", "OK", "12.345 67-89", "…", "Gallia est omnis divisa in partes tres"])
def test_too_little_is_undetermined(text: str) -> None:
    assert detect_language(text) == ("und", 0.0)


def test_a_language_that_is_not_asked_for_is_undetermined() -> None:
    assert detect_language("Նախագահը հայտարարեց, որ երկիրը պատրաստ է։", ("it", "en")) == ("und", 0.0)


def test_a_name_in_another_script_does_not_count() -> None:
    assert detect_language(f"{ENGLISH} (Дмитрий Кошелев)")[0] == "en"


def test_a_long_paragraph_in_another_language_keeps_it() -> None:
    assert detect_paragraphs([ITALIAN, ENGLISH, ITALIAN], "it", DEFAULT_LANGUAGES) == ["it", "en", "it"]


def test_a_short_paragraph_takes_the_language_around_it() -> None:
    found = detect_paragraphs([ITALIAN, "Ok", ENGLISH, "Ok", ENGLISH], "it", DEFAULT_LANGUAGES)
    assert found == ["it", "it", "en", "en", "en"]


def test_a_list_of_names_is_no_foreign_paragraph() -> None:
    names = "Barack Obama, Joe Biden, Bill Gates, Jeff Bezos, Michael Bloomberg, Warren Buffett, Kanye West, Elon Musk"
    assert detect_paragraphs([ITALIAN, names], "it", DEFAULT_LANGUAGES) == ["it", "it"]
