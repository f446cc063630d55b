"""What a notebook prints and what it leaves for the report."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from inchiesta.charts.notebook import notebook_png
from inchiesta.errors import FindingError
from inchiesta.report.page import start_page
from inchiesta.report.parts import read_parts
from inchiesta.report.shown import Reading

ID = "daaaaaaaaaaaaaaaa:0002"


def test_a_reading_is_printed_once_with_its_base(dossier: Any, capsys: pytest.CaptureFixture[str]) -> None:
    page = start_page("01_corpus", dossier, title="T")
    assert page.state("x", "{value} tone.", value=1, unit="s", base="1 of 4 sentences", evidence=[ID]) is None  # type: ignore[func-returns-value]
    assert capsys.readouterr().out == "1 tone. (1 of 4 sentences)\n"
    assert [finding.finding_id for finding in page.findings] == ["01_corpus/x"]
    html = Reading(page.findings[0])._repr_html_()
    assert html == "<p><strong>1</strong> tone.<small> (1 of 4 sentences)</small></p>"


def test_a_cell_run_again_replaces_what_it_stated(dossier: Any) -> None:
    page = start_page("01_corpus", dossier, title="T")
    for value in (1, 2):
        page.state("x", "{value} tone.", value=value, unit="s", base="b", evidence=[ID])
        page.note("careful")
    assert [finding.value for finding in page.findings] == ["2"]
    assert page.notes == ["careful"]


def test_evidence_that_is_not_in_the_dossier_is_refused(dossier: Any) -> None:
    page = start_page("01_corpus", dossier, title="T")
    with pytest.raises(FindingError, match="1 of 2 pieces of evidence are not in the dossier"):
        page.state("x", "{value}", value=1, unit="s", base="b", evidence=[ID, "daaaaaaaaaaaaaaaa:0099"])


def test_without_output_nothing_is_written_and_that_is_said(
    dossier: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = start_page("01_corpus", dossier, title="T")
    figure = Figure()
    assert page.draw("f", figure, alt="A") is figure
    shown = page.show("t", pd.DataFrame({"a": [1]}), caption="C")
    page.close()
    assert repr(shown).endswith("1 of 1 rows; all of them in tables/01_corpus-t.csv once the notebook has an output")
    assert "Nothing was written" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_with_output_files_are_written_and_named_with_their_hashes(
    dossier: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = start_page("01_corpus", dossier, title="T", output=str(tmp_path))
    page.draw("f", Figure(figsize=(1, 1)), alt="A line", source="S")
    page.show("t", pd.DataFrame({"a": ["=1"]}), caption="C")
    page.close()
    printed = dict(reversed(line.split("  ")) for line in capsys.readouterr().out.splitlines())
    written = {str(path.relative_to(tmp_path).as_posix()) for path in tmp_path.rglob("*") if path.is_file()}
    assert set(printed) == written
    assert len(written) == 6
    for name, digest in printed.items():
        assert digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()[:12]
    part = json.loads((tmp_path / "parts" / "01_corpus.json").read_text(encoding="utf-8"))
    assert part["complete"] is True
    assert part["figures"][0]["svg"] == "figures/01_corpus-f.svg"
    assert str(tmp_path) not in json.dumps(part)
    assert read_parts(tmp_path)[0].title == "T"


def test_a_table_shows_fifteen_rows_and_eight_columns(dossier: Any) -> None:
    page = start_page("01_corpus", dossier, title="T")
    wide = pd.DataFrame({f"c{n}": range(212) for n in range(10)})
    shown = page.show("t", wide, caption="C", rows=99)
    assert (len(shown.cells), len(shown.header)) == (15, 8)
    assert shown.footer.startswith("15 of 212 rows, 8 of 10 columns; all of them in tables/01_corpus-t.csv")
    assert page.show("t", wide, caption="C", columns=["c9"]).header == ("c9",)


def test_numbers_stand_right_and_markup_is_text(dossier: Any) -> None:
    page = start_page("01_corpus", dossier, title="T")
    table = pd.DataFrame({"<b>": ["<i>x</i>", None], "n": [1234, 5], "flag": [True, False], "l": [["a", "b"], []]})
    html = page.show("t", table, caption="<u>")._repr_html_()
    assert '<td align="right" style="text-align: right">1,234</td>' in html
    assert "&lt;i&gt;x&lt;/i&gt;" in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "a, b" in html
    assert repr(page.show("t", table, caption="C")).splitlines()[2].split() == ["<i>x</i>", "1,234", "yes", "a,", "b"]


def test_the_full_text_of_a_long_cell_is_in_the_html(dossier: Any) -> None:
    shown = start_page("01_corpus", dossier, title="T").show("t", pd.DataFrame({"a": ["x" * 300]}), caption="C")
    assert "x" * 300 in shown._repr_html_()
    assert "…" in repr(shown)


@pytest.mark.parametrize("name", ["../x", "a b", "", "A", "x/y"])
def test_a_name_that_could_be_a_path_is_refused(dossier: Any, tmp_path: Path, name: str) -> None:
    page = start_page("01_corpus", dossier, title="T", output=str(tmp_path))
    with pytest.raises(FindingError):
        page.draw(name, Figure(), alt="A")
    with pytest.raises(FindingError):
        page.show(name, pd.DataFrame({"a": [1]}), caption="C")
    with pytest.raises(FindingError):
        start_page(name, dossier, title="T")
    assert not list(tmp_path.iterdir())


def test_the_notebook_s_picture_carries_its_alternative_text(dossier: Any) -> None:
    figure = start_page("01_corpus", dossier, title="T").draw("f", Figure(figsize=(7, 4.2)), alt="A line goes up")
    png, metadata = notebook_png(figure)
    assert png.startswith(b"\x89PNG")
    assert metadata == {"width": 700, "height": 420, "alt": "A line goes up"}


def test_numbers_follow_the_language(dossier: Any, capsys: pytest.CaptureFixture[str]) -> None:
    page = start_page("01_corpus", dossier, title="T", language="it")
    page.state("x", "{value} frasi.", value=1234, unit="s", base="b", evidence=[ID])
    assert capsys.readouterr().out == "1\u202f234 frasi. (b)\n"
