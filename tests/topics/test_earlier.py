import shutil
from pathlib import Path

import pandas as pd
import pytest
from pyarrow import parquet

import inchiesta
from inchiesta.dossier import Dossier
from inchiesta.errors import ParameterError
from inchiesta.tables import check_table, to_arrow
from inchiesta.topics.earlier import read_earlier
from inchiesta.topics.identity import rename_topics

SEEDS = Path(__file__).parents[2] / "seeds"
IDS = {"t01": "t04", "t02": "t11", "t03": "t02"}


@pytest.fixture(scope="module")
def first() -> Dossier:
    return inchiesta.open(SEEDS)


@pytest.fixture
def report(first: Dossier, tmp_path: Path) -> Path:
    """Write the tables of an earlier report in which the topics had other ids."""
    (tmp_path / "tables").mkdir()
    for name in ("topics", "passages"):
        table = rename_topics(first.table(name), IDS)
        parquet.write_table(to_arrow(name, table), tmp_path / f"tables/{name}.parquet", write_page_checksum=True)
    return tmp_path


def test_topics_keep_the_ids_of_the_earlier_report(first: Dossier, report: Path) -> None:
    again = inchiesta.open(SEEDS, earlier=report)
    expected = [IDS[topic] for topic in first.topics["topic_id"]]
    assert again.topics["topic_id"].tolist() == expected
    assert again.passages["topic_id"].tolist() == [IDS.get(topic, topic) for topic in first.passages["topic_id"]]
    for name in ("topics", "passages"):
        check_table(name, again.table(name))
    changes = again.topic_changes
    assert changes is not None
    assert changes["status"].tolist() == ["same"] * len(expected)
    assert changes["topic_id"].tolist() == changes["earlier_id"].tolist() == expected


def test_without_an_earlier_report_nothing_has_changed(first: Dossier) -> None:
    assert first.topic_changes is None


def test_an_older_report_with_fewer_columns_is_read(report: Path) -> None:
    path = report / "tables/topics.parquet"
    older = parquet.read_table(path).drop_columns(["share", "coherence"])
    parquet.write_table(older, path)
    topics, passages = read_earlier(report)
    assert set(topics["topic_id"]) == set(IDS.values())
    assert isinstance(passages, pd.DataFrame)


def test_what_is_no_report_is_said_plainly(report: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="should name the folder of a report"):
        read_earlier(tmp_path / "nowhere")
    (report / "tables/passages.parquet").write_bytes(b"PAR1 and then nothing PAR1")
    with pytest.raises(ParameterError, match="no readable table passages"):
        read_earlier(report)
    shutil.rmtree(report / "tables")
    with pytest.raises(ParameterError, match="no readable table topics"):
        inchiesta.open(SEEDS, earlier=report).topics  # noqa: B018
