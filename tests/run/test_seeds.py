"""The main job on the real document: what the report of the seed must show."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inchiesta
from inchiesta.dossier import Dossier
from inchiesta.progress import Progress
from inchiesta.run.plan import plan_run
from inchiesta.run.publish import run_report
from inchiesta.run.verify import verify_report

SEEDS = Path(__file__).parents[2] / "seeds"
ACTORS = {
    "Bielorussia": {"Bielorussia"},
    "Armenia": {"Armenia"},
    "Azerbaigian": {"Azerbaigian", "Azerbaijan"},
    "Russia": {"Russia"},
    "Alexander Lukashenko": {"Alexander Lukashenko", "Lukashenko"},
    "Vladimir Putin": {"Vladimir Putin"},
    "Nikol Pashinyan": {"Nikol Pashinyan", "Pashinyan"},
    "Ilham Aliyev": {"Ilham Aliyev", "Aliyev"},
    "Organizzazione del Trattato di Sicurezza Collettiva": {
        "CSTO",
        "Organizzazione del Trattato di Sicurezza Collettiva",
    },
}


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return inchiesta.open(SEEDS)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    plan = plan_run(SEEDS, to=tmp_path_factory.mktemp("reports"))
    yield run_report(plan, progress=Progress()).folder


def test_no_furniture_and_no_markup_in_any_sentence(dossier: Dossier) -> None:
    for text in dossier.sentences["text"]:
        assert "< p>" not in text
        assert "Argomenti correlati" not in text
        assert "Altre notizie" not in text
    assert set(dossier.sentences["language"]) == {"it"}


def test_the_repeated_paragraph_is_marked(dossier: Dossier) -> None:
    assert len(dossier.repeats) == 1
    again = dossier.sentences[dossier.sentences["repeats_paragraph"].notna()]
    assert again["text"].str.startswith("Il primo ministro armeno Nikol Pashinyan ha annunciato").all()


def test_headings_are_sentences_of_their_own(dossier: Dossier) -> None:
    headings = dossier.sentences.loc[dossier.sentences["is_heading"], "text"].tolist()
    assert headings[1:] == ["Perdita di documenti", "“Con tali amici”"]


def test_the_actors_are_there_under_all_their_names(dossier: Dossier) -> None:
    aliases = dict(zip(dossier.actors["name"], dossier.actors["aliases"].map(set), strict=True))
    for name, surfaces in ACTORS.items():
        assert surfaces <= aliases[name]


def test_no_ordinary_word_is_an_actor(dossier: Dossier) -> None:
    # Read by a person: every one of these 26 is a name in the text.
    assert len(dossier.actors) == 26
    assert all(re.match(r"[A-ZÀ-Ú]", name) for name in dossier.actors["name"])


@pytest.mark.slow
def test_the_report_is_whole_and_every_number_opens(report: Path) -> None:
    assert verify_report(report, source=SEEDS) == []
    page = (report / "index.html").read_text(encoding="utf-8")
    findings = [json.loads(line) for line in (report / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {finding["notebook"] for finding in findings} == {
        "01_corpus",
        "02_topics",
        "03_actors",
        "04_sentiment",
        "05_quotes",
        "06_timeline",
    }
    for finding in findings:
        assert finding["base"]
        assert finding["evidence"] or finding["status"] == "withheld" or finding["value"] == "0"
    assert "000_e063f7ba8a731b60.txt" in page
    assert "b05541dc2831" in page
    assert "Content-Security-Policy" in page


@pytest.mark.slow
def test_tables_and_figures_stand_beside_it(report: Path) -> None:
    tables = {path.name for path in (report / "tables").iterdir()}
    for name in ("documents", "sentences", "mentions", "actors", "pairs", "topics", "tones"):
        assert {f"{name}.csv", f"{name}.parquet"} <= tables
    for svg in (report / "figures").glob("*.svg"):
        assert svg.with_suffix(".png").is_file()
        assert "<text" in svg.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [400, 1280])
def test_it_reads_with_the_network_off(report: Path, width: int) -> None:
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "this test needs Chromium: install the package chromium"
    heard: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-background-networking"])
        page: Any = browser.new_context(viewport={"width": width, "height": 900}, offline=True).new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("request", lambda request: heard.append(request.url))
        page.goto((report / "index.html").as_uri())
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert page.evaluate("document.images.length") >= 5
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        browser.close()
    assert [entry for entry in heard if not entry.startswith(("data:", "file:"))] == []
    assert len([entry for entry in heard if entry.startswith("file:")]) == 1
