"""Building the report: the pages of a run, from the parts its notebooks left and the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from inchiesta.errors import RunError
from inchiesta.findings import Finding, format_number
from inchiesta.report.evidence import MAX_SHOWN, EvidenceIndex, Exhibit
from inchiesta.report.listing import MAX_INSIDE, list_files, listing_table
from inchiesta.report.notebook_html import render_notebook
from inchiesta.report.parts import Part, read_parts
from inchiesta.report.render import data_uri, render_page, write_page
from inchiesta.report.spreadsheets import write_table_csv

MAX_HEADLINES = 3
# On paper a closed block stays closed: the evidence of the first ten findings is printed open.
OPEN_IN_PRINT = 10
# Below these every pattern may be one writer's habit; the page says so before it says anything else.
SMALL_CORPUS = 30
FEW_ORIGINS = 5


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the page shows it: the sentence in three parts, its evidence, and whether it opens in print."""

    finding: Finding
    before: str
    value: str
    after: str
    exhibits: list[Exhibit]
    rest: str
    in_print: bool


def build_report(
    folder: Path,
    *,
    corpus: str,
    run: str,
    question: str,
    accounting: dict[str, Any],
    parameters: dict[str, dict[str, Any]],
    versions: dict[str, str],
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    tones: pd.DataFrame,
    actors: pd.DataFrame,
    evidentiality: pd.Series,
    started: str,
    language: str = "en",
) -> Path:
    """Write the pages of a report and give the path of its index.html.

    Parameters
    ----------
    folder : the run's folder, holding parts/, figures/, tables/ and the executed notebooks/.
    corpus, run, started : names and time as shown; nothing is computed from them.
    question : what was asked, in a sentence.
    accounting : seen, read, duplicate, set_aside (whole numbers) and skipped (reason: number).
    parameters : per notebook, the parameters it ran with.
    versions : program: version.
    documents, sentences, mentions, tones, actors : the tables of the corpus.
    evidentiality : on whose word each sentence stands, by sentence_id.
    language : ``en`` or ``it``, for the writing of numbers.

    Returns
    -------
    The path of index.html. Beside it are written notebooks/<name>.html, files.csv, and documents.html when the corpus
    has more than 150 files.

    Raises
    ------
    RunError
        If the accounting does not add up, or a part is missing, broken or names a figure that is not there.
    """
    _check_accounting(accounting)
    parts = read_parts(folder)
    if not parts:
        raise RunError("the report has no parts: no notebook closed its page; expected parts/<notebook>.json")
    notebooks = _write_notebooks(folder, corpus=corpus, run=run)
    index = EvidenceIndex(
        [finding for part in parts for finding in part.findings],
        documents=documents,
        sentences=sentences,
        mentions=mentions,
        tones=tones,
        actors=actors,
        evidentiality=evidentiality,
    )
    about = {"corpus": corpus, "run": run, "question": question, "accounting": accounting, "started": started}
    listing = _write_listing(folder, documents, about, language)
    page = render_page(
        "index.html",
        language=language,
        **about,
        listing=listing,
        notebooks=notebooks,
        parameters=parameters,
        versions=versions,
        fingerprints=sorted({part.fingerprint for part in parts}),
        sections=_sections(folder, parts, index),
        answer=_answer(parts),
        caveats=_caveats(parts, documents, language),
        files_page="documents.html" if listing is None else "",
    )
    write_page(folder / "index.html", page)
    return folder / "index.html"


def _check_accounting(accounting: dict[str, Any]) -> None:
    parts = accounting["read"] + accounting["duplicate"] + accounting["set_aside"]
    if accounting["seen"] != parts:
        counts = f"{accounting['seen']} seen, but {parts} read, duplicate or set aside"
        raise RunError(f"the accounting does not add up: {counts}; expected the same number")


def _write_notebooks(folder: Path, *, corpus: str, run: str) -> list[str]:
    names = []
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        write_page(path.with_suffix(".html"), render_notebook(path, corpus=corpus, run=run))
        names.append(path.stem)
    return names


def _write_listing(folder: Path, documents: pd.DataFrame, about: dict[str, Any], language: str) -> list[Any] | None:
    """Write the listing of files; give it back when it is small enough for the first page, None when it has its own."""
    write_table_csv(listing_table(documents), folder / "files.csv")
    listing = list_files(documents)
    if len(documents) <= MAX_INSIDE:
        return listing
    write_page(folder / "documents.html", render_page("documents.html", language=language, listing=listing, **about))
    return None


def _sections(folder: Path, parts: list[Part], index: EvidenceIndex) -> list[dict[str, Any]]:
    sections, done = [], 0
    for part in parts:
        findings = []
        for finding in part.findings:
            findings.append(_shown(finding, index, in_print=done < OPEN_IN_PRINT))
            done += 1
        figures = [{"figure": figure, "src": _figure(folder, figure.svg)} for figure in part.figures]
        sections.append(
            {
                "name": part.notebook,
                "title": part.title,
                "findings": findings,
                "figures": figures,
                "tables": part.tables,
            }
        )
    return sections


def _figure(folder: Path, name: str) -> str:
    try:
        return data_uri(folder / name)
    except OSError as error:
        raise RunError(f"{name} cannot be read ({type(error).__name__}); run its notebook again") from error


def _shown(finding: Finding, index: EvidenceIndex, *, in_print: bool) -> ShownFinding:
    before, value, after = finding.around_value()
    exhibits = index.exhibits(finding)
    rest = ""
    if finding.n_evidence > len(exhibits):
        rest = f"{len(exhibits)} of {format_number(finding.n_evidence)} shown; "
        kept = len(finding.evidence)
        rest += "all of them in findings.jsonl" if kept == finding.n_evidence else f"{kept} of them in findings.jsonl"
    return ShownFinding(finding, before, value, after, exhibits, rest, in_print and bool(exhibits))


def _answer(parts: list[Part]) -> list[ShownFinding]:
    headlines = [finding for part in parts for finding in part.findings if finding.headline][:MAX_HEADLINES]
    shown = []
    for finding in headlines:
        before, value, after = finding.around_value()
        # The full stop comes after the mark of confidence; a sentence without a number ends in `before`.
        before, after = (before, after.rstrip(" .")) if value else (before.rstrip(" ."), after)
        shown.append(ShownFinding(finding, before, value, after, [], "", False))
    return shown


def _caveats(parts: list[Part], documents: pd.DataFrame, language: str) -> list[str]:
    read = documents[documents["status"] == "read"]
    caveats = [] if (small := _small_corpus(len(read), read["origin_id"].nunique(), language)) == "" else [small]
    return list(dict.fromkeys([*caveats, *(note for part in parts for note in part.notes)]))


def _small_corpus(n_read: int, n_origins: int, language: str) -> str:
    if n_read == 0:
        return "No document could be read: the report says nothing about any text."
    if n_read == 1:
        return "This is one text. What follows describes that text, not the affair, and not how others tell it."
    if n_read < SMALL_CORPUS or n_origins < FEW_ORIGINS:
        counts = f"{format_number(n_read, language)} documents from {format_number(n_origins, language)} origins"
        return f"The corpus is small: {counts}. A single text can turn any figure below."
    return ""


__all__ = ["MAX_SHOWN", "build_report"]
