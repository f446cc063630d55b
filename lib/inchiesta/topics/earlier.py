"""The topics of an earlier report, read from the tables it published."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from inchiesta.errors import ParameterError
from inchiesta.settings import find_home

# What a match needs; an older report may lack columns that came later, a newer one have more.
TOPICS = ("topic_id", "label", "terms", "weights", "n_passages")
PASSAGES = ("passage_id", "topic_id", "is_counted")


def read_earlier(report: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the tables topics and passages of a report.

    Parameters
    ----------
    report : str or Path
        Folder of the report: absolute, or relative to the working directory or the project's home
        (``reports/seeds/latest``).

    Returns
    -------
    topics, passages : DataFrame
        Their columns that `inchiesta.topics.identity.match_topics` reads.

    Raises
    ------
    ParameterError
        If there is no such folder, or its tables are missing, damaged or of another shape.
    """
    folder = Path(report).expanduser()
    if not folder.is_absolute() and not folder.is_dir():
        folder = find_home() / folder
    if not folder.is_dir():
        raise ParameterError(
            f"parameter 'earlier' should name the folder of a report, such as reports/seeds/latest; '{report}' is none"
        )
    return _read(folder, "topics", TOPICS), _read(folder, "passages", PASSAGES)


def _read(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    path = folder / "tables" / f"{name}.parquet"
    try:
        table = parquet.read_table(path, columns=list(columns), page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        raise ParameterError(
            f"the earlier report '{folder.name}' has no readable table {name} ({type(error).__name__}); "
            "expected a report as `inchiesta report` writes it"
        ) from error
    missing = [column for column in columns if column not in table.column_names]
    if missing:
        raise ParameterError(f"table {name} of the earlier report '{folder.name}' lacks the columns {missing}")
    frame: pd.DataFrame = table.to_pandas()
    return frame
