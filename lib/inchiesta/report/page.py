"""The page a notebook writes on: it states findings, draws figures, shows tables, and leaves them for the report.

Nothing it prints depends on where the notebook runs: no path but names below the report, no time, no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from inchiesta.errors import FindingError
from inchiesta.findings import Finding, make_finding
from inchiesta.report.parts import FigurePart, Part, TablePart, short_hash, write_part
from inchiesta.report.shown import Caveat, Reading, ShownTable, show_table

if TYPE_CHECKING:
    import pandas as pd

    from inchiesta.charts.files import Figure

_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
MAX_ROWS = 15


class OpenDossier(Protocol):
    """What the page needs of a dossier."""

    @property
    def name(self) -> str:
        """Name of the corpus."""

    @property
    def fingerprint(self) -> str:
        """Hash over everything the tables were made from."""

    @property
    def documents(self) -> pd.DataFrame:
        """Table documents."""

    @property
    def sentences(self) -> pd.DataFrame:
        """Table sentences."""


class Page:
    """One notebook's page. Make it with `start_page`.

    Running a cell again replaces what it stated, drew or showed under the same name.
    """

    def __init__(self, name: str, dossier: OpenDossier, *, title: str, output: str = "", language: str = "en") -> None:
        self.name, self.title, self.language = _slug(name, "notebook"), title, language
        self._dossier = dossier
        self._folder = Path(output) if output else None
        self._findings: dict[str, Finding] = {}
        self._figures: dict[str, FigurePart] = {}
        self._tables: dict[str, TablePart] = {}
        self._notes: dict[str, None] = {}

    def __repr__(self) -> str:
        return f"Page {self.name}: {self.title}"

    @property
    def findings(self) -> list[Finding]:
        """Findings stated so far, in their order."""
        return list(self._findings.values())

    @property
    def notes(self) -> list[str]:
        """Caveats noted so far, in their order."""
        return list(self._notes)

    def state(
        self,
        name: str,
        statement: str,
        *,
        value: int | float | str,
        unit: str,
        base: str,
        evidence: Iterable[str],
        status: str = "clear",
        headline: bool = False,
    ) -> None:
        """State a finding: print the sentence with its number and base, and keep it for the report.

        Parameters are those of `inchiesta.findings.make_finding`.

        Raises
        ------
        FindingError
            If something is missing, or the evidence is not among the sentences and documents of the dossier.
        """
        finding = make_finding(
            name,
            statement,
            notebook=self.name,
            value=value,
            unit=unit,
            base=base,
            evidence=evidence,
            status=status,
            headline=headline,
            language=self.language,
        )
        self._check_evidence(finding)
        self._findings[name] = finding
        _display(Reading(finding))

    def note(self, text: str) -> None:
        """Print a caveat, what must not be concluded, and keep it for the report."""
        self._notes[text] = None
        _display(Caveat(text))

    def draw(self, name: str, figure: Figure, *, alt: str, source: str = "") -> Figure:
        """Give the figure for the notebook to show; with an output, write figures/<notebook>-<name>.svg and .png.

        Parameters
        ----------
        alt : what the figure shows, for those who do not see it: the finding's sentence.
        source : where the numbers come from, for the line under the figure.
        """
        file = f"{self.name}-{_slug(name, 'figure')}"
        figure.set_label(alt)  # the notebook's png carries it as its alternative text
        if self._folder:
            from inchiesta.charts.files import write_figure

            write_figure(figure, self._folder / "figures", file)
            self._figures[name] = FigurePart(name, alt, source, f"figures/{file}.svg", f"figures/{file}.png")
        return figure

    def show(
        self, name: str, table: pd.DataFrame, *, caption: str, rows: int = MAX_ROWS, columns: list[str] | None = None
    ) -> ShownTable:
        """Give the first rows of a table to show; with an output, write all of it as csv, Parquet and JSON lines.

        Parameters
        ----------
        rows : rows shown, at most 15.
        columns : columns shown, at most 8; the first 8 when None. The files have all of them.
        """
        file = f"tables/{self.name}-{_slug(name, 'table')}"
        where = f"all of them in {file}.csv" + ("" if self._folder else " once the notebook has an output")
        shown = show_table(
            table, caption=caption, rows=min(rows, MAX_ROWS), columns=columns, where=where, language=self.language
        )
        if self._folder:
            self._write_table(name, table, shown, file)
        return shown

    def close(self) -> None:
        """Write the part of this notebook and print what was written, with the first 12 digits of each hash."""
        if self._folder is None:
            _display(Plain("Nothing was written: this notebook was run without an output."))
            return
        part = Part(
            self.name,
            self.title,
            self._dossier.fingerprint,
            self.findings,
            list(self._figures.values()),
            list(self._tables.values()),
            self.notes,
        )
        path = write_part(part, self._folder)
        names = [name for f in part.figures for name in (f.svg, f.png)]
        names += [name for t in part.tables for name in (t.csv, t.parquet, t.jsonl)]
        lines = [f"{short_hash(self._folder / name)}  {name}" for name in (*names, f"parts/{path.name}")]
        _display(Plain("\n".join(lines)))

    def _write_table(self, name: str, table: pd.DataFrame, shown: ShownTable, file: str) -> None:
        from inchiesta.report import spreadsheets

        assert self._folder is not None  # noqa: S101 - the caller has looked
        (self._folder / "tables").mkdir(parents=True, exist_ok=True)
        spreadsheets.write_table_csv(table, self._folder / f"{file}.csv")
        spreadsheets.write_table_parquet(table, self._folder / f"{file}.parquet")
        spreadsheets.write_table_jsonl(table, self._folder / f"{file}.jsonl")
        self._tables[name] = TablePart(
            name,
            shown.caption,
            list(shown.header),
            [list(row) for row in shown.cells],
            list(shown.numeric),
            shown.footer,
            f"{file}.csv",
            f"{file}.parquet",
            f"{file}.jsonl",
        )

    def _check_evidence(self, finding: Finding) -> None:
        sentence_ids = [item for item in finding.evidence if ":" in item]
        document_ids = [item for item in finding.evidence if ":" not in item]
        found = 0
        if sentence_ids:
            found += int(self._dossier.sentences["sentence_id"].isin(sentence_ids).sum())
        if document_ids:
            found += int(self._dossier.documents["document_id"].isin(document_ids).sum())
        if found != len(finding.evidence):
            lost = f"{len(finding.evidence) - found} of {len(finding.evidence)}"
            raise FindingError(
                f"finding {finding.finding_id}: {lost} pieces of evidence are not in the dossier"
                f" {self._dossier.name}; take the ids from its tables sentences and documents"
            )


class Plain:
    """Lines of plain text, displayed as they are."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def start_page(name: str, dossier: OpenDossier, *, title: str, output: str = "", language: str = "en") -> Page:
    """Start a notebook's page and set the chart style.

    Parameters
    ----------
    name : the notebook's name, ``01_corpus``.
    dossier : the opened corpus.
    title : heading of its section in the report.
    output : folder of the run; empty to write nothing.
    language : ``en`` or ``it``, for the writing of numbers.
    """
    from inchiesta.charts.notebook import show_figures_in_notebook
    from inchiesta.charts.style import set_style

    set_style()
    show_figures_in_notebook()
    return Page(name, dossier, title=title, output=output, language=language)


def _slug(name: str, what: str) -> str:
    if not _SLUG.fullmatch(name):
        raise FindingError(f"the name of the {what} is '{name}'; expected small letters, digits, - and _")
    return name


def _display(thing: Any) -> None:
    from IPython.display import display

    display(thing)  # type: ignore[no-untyped-call]
