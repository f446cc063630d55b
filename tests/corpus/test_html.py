from __future__ import annotations

import pytest

from inchiesta.corpus.html import parse_html
from inchiesta.corpus.metadata import language_code
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed

SENTENCE = "Il ministro ha dichiarato che i documenti saranno pubblicati entro la fine del mese di marzo. "
MENU = "<nav>" + "".join(f"<a href='/{n}'>Sezione {n}</a>" for n in range(30)) + "</nav>"


def page(body: str, head: str = "", lang: str = "it") -> Parsed:
    return parse_html(f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>".encode())


def refused(content: bytes) -> Outcome:
    with pytest.raises(SetAsideError) as caught:
        parse_html(content)
    return caught.value.outcome


def test_the_article_is_read_and_the_furniture_is_not() -> None:
    paragraphs = [f"Capoverso {n}. {SENTENCE * 2}".strip() for n in range(5)]
    article = "<article><h1>Titolo</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>"
    found = page(MENU + article + "<aside><p>Leggi anche altro</p></aside><footer><p>Tutti i diritti</p></footer>")
    assert [p for p in found.text.split("\n\n") if p.startswith("Capoverso")] == paragraphs
    assert "Sezione" not in found.text and "Leggi anche" not in found.text and "diritti" not in found.text
    assert found.title == "Titolo"


def test_a_short_page_keeps_its_paragraphs_and_drops_its_menu() -> None:
    assert page(MENU + "<p>Breve.</p><p>Molto breve.</p><footer>x</footer>").text == "Breve.\n\nMolto breve."


def test_a_page_without_paragraphs_gives_its_lines() -> None:
    found = page("<div>Una riga<br>un'altra riga</div><div>la terza</div>")
    assert found.text == "Una riga\n\nun'altra riga\n\nla terza"


def test_tables_are_kept() -> None:
    rows = "".join(f"<tr><td>voce {n}</td><td>{n} milioni</td></tr>" for n in range(20))
    found = page(f"<article><p>{SENTENCE * 3}</p><table>{rows}</table><p>{SENTENCE * 3}</p></article>")
    assert "voce 7" in found.text and "7 milioni" in found.text


def test_what_the_head_states_is_read() -> None:
    head = (
        "<meta property='og:title' content='Il titolo | Alba'><meta property='og:site_name' content='Alba'>"
        "<meta name='author' content='Anna Bianchi'><link rel='canonical' href='https://alba.example/x'>"
        "<meta property='article:published_time' content='2024-03-12T23:30:00-05:00'>"
        "<meta property='article:modified_time' content='2024-04-01'><title>altro</title>"
    )
    found = page("<p>Parole.</p>", head, "it-IT")
    assert (found.title, found.source, found.author, found.url, found.language_hint) == (
        "Il titolo", "Alba", "Anna Bianchi", "https://alba.example/x", "it")  # fmt: skip
    assert (found.published_on, found.date_precision) == ("2024-03-12", "day")


def test_json_ld_of_an_article_comes_first() -> None:
    head = (
        "<script type='application/ld+json'>{broken</script>"
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"@type": ["NewsArticle"],'
        '"headline": "Titolo", "datePublished": "2024-03", "author": [{"name": "Anna B."}, {"name": "Carlo D."}],'
        '"publisher": {"name": "La Voce"}, "mainEntityOfPage": {"@id": "https://voce.example/1"}}]}</script>'
        "<meta property='og:title' content='altro'>"
    )
    found = page("<p>Parole.</p>", head)
    assert (found.title, found.source, found.author, found.url) == (
        "Titolo", "La Voce", "Anna B., Carlo D.", "https://voce.example/1")  # fmt: skip
    assert (found.published_on, found.date_precision) == ("2024-03", "month")


def test_the_time_element_of_the_article_counts_and_those_of_other_stories_do_not() -> None:
    others = "<aside><time datetime='2020-01-01'>x</time></aside><ul><li><time datetime='2021-01-01'>y</time></li></ul>"
    article = "<article><time datetime='2024-03-12'>z</time><p>Parole.</p></article>"
    assert page(others + article).published_on == "2024-03-12"
    assert page(others + "<p>Parole.</p>").published_on == ""
    assert page("<p><time datetime='2024-03-12'>z</time> Parole.</p>").published_on == "2024-03-12"


def test_a_date_in_the_text_is_not_taken_for_the_page_s() -> None:
    assert page("<article><p>Il 12 marzo 2019 accadde molto. " + SENTENCE * 5 + "</p></article>").published_on == ""


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"), ("utf-8", "iso-8859-1"), ("utf-8", ""), ("utf-16", ""),
     ("utf-8-sig", ""), ("cp1252", "x-unknown")],
)  # fmt: skip
def test_character_sets(encoding: str, declared: str) -> None:
    meta = f"<meta charset='{declared}'>" if declared else ""
    text = "Perché così è più “bello”, e la città lo sa già."
    assert parse_html(f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding)).text == text


def test_a_declared_character_set_of_another_script_is_honoured() -> None:
    text = "Сегодня хорошая погода, мы идём в парк."
    content = f"<html><head><meta http-equiv=Content-Type content='text/html; charset=koi8-r'></head><p>{text}</p>"
    assert parse_html(content.encode("koi8-r")).text == text


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"<html><script>document.write('parole')</script><body><div id=root></div></body></html>", Outcome.NO_TEXT),
        (b"<body><noscript>Please enable JavaScript</noscript><script>1</script></body>", Outcome.NO_TEXT),
        (b"<!-- only a comment -->", Outcome.NO_TEXT),
        (b"<html><frameset><frame src=x></frameset></html>", Outcome.NO_TEXT),
        (b" \n ", Outcome.EMPTY),
        (b"<body>one<p>two" + b"<div>" * 5000 + b"three", Outcome.DAMAGED),
    ],
)
def test_pages_without_words_are_told(content: bytes, outcome: Outcome) -> None:
    assert refused(content) is outcome


def test_sloppy_markup_is_read_to_its_end() -> None:
    assert parse_html(b"<body>" + b"<p><b><font>parole " * 600 + b"fine").text.endswith("fine")
    assert parse_html(b"<body>" + b"<div>" * 500 + b"<p>in fondo").text == "in fondo"
    assert parse_html(b"<p>&lt;script&gt; &eacute; &#0; fine").text.startswith("<script> é")


def test_language_tags() -> None:
    assert [language_code(tag) for tag in ("it", "it-IT", "EN_gb", "Italian", "")] == ["it", "it", "en", "", ""]
