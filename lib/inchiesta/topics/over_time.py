"""Topics over time and over outlets: shares by origin with intervals, and which outlet over-covers what."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.errors import ParameterError
from inchiesta.topics.log_odds import Z, score_log_odds
from inchiesta.topics.placed import PRECISIONS, count_shares, find_origin_ids, find_periods, lay_out, list_periods

# With two origins the interval covers most of the scale whatever they hold.
FEW_ORIGINS = 3
# With nine origins or fewer the interval of a share of one half is wider than .6: a curve would be drawn by chance.
CLEAR_ORIGINS = 10
# An outlet of four articles over-covers whatever one of them is about.
FEW_ARTICLES = 5
Q_VALUE = 0.05

Reals = NDArray[np.float64]
TIME = {
    "topic_id": "str", "period": "str", "share": "float64", "low": "float64", "high": "float64",
    "n_origins": "int64", "base": "int64", "status": "str",
}  # fmt: skip
SOURCES = {
    "source": "str", "language": "str", "topic_id": "str", "share": "float64", "share_elsewhere": "float64",
    "log_odds": "float64", "low": "float64", "high": "float64", "q_value": "float64",
    "n_articles": "int64", "base": "int64", "status": "str",
}  # fmt: skip


def count_topics_over_time(
    topics: pd.DataFrame, passages: pd.DataFrame, documents: pd.DataFrame, *, period: str = "month"
) -> pd.DataFrame:
    """Give the share of each topic in each month or week, every origin counted once.

    Parameters
    ----------
    topics, passages, documents : DataFrame
        The tables of these names.
    period : str, default "month"
        month or week (ISO 8601, Monday to Sunday).

    Returns
    -------
    DataFrame
        topic_id; period: 2024-03 or 2024-W11; share: mean over the origins of the period of the part of their passages
        that is in the topic, 0 to 1; low, high: its 95% interval; n_origins: origins with a passage in the topic; base:
        origins of the period; status: clear (10 origins or more), weak, or withheld (below 3: share, low and high are
        empty, as in a period without texts). Every period from the first dated one to the last; in the order of the
        topics, then periods. No row where nothing is dated precisely enough.

    Raises
    ------
    ParameterError
        If there is no such period.

    Notes
    -----
    Deterministic. An origin belongs to the period of its first dated document. The interval is Wilson's with origins
    as cases: too wide rather than too narrow where articles have several topics, and never of no width where a topic is
    missing. A period without texts is a gap, not a zero. A share that rises says that more of what was *collected* is
    about it; the other topics fall because one rises.

    References
    ----------
    Wilson 1927, doi 10.1080/01621459.1927.10502953.
    """
    if period not in PRECISIONS:
        raise ParameterError(f"parameter 'period' takes {', '.join(PRECISIONS)}; got '{period}'")
    counted = passages[passages["is_counted"]]
    origin = counted["document_id"].map(find_origin_ids(documents))
    shares = count_shares(counted, origin)
    shares = shares.assign(period=shares["unit"].map(find_periods(documents, period))).dropna(subset="period")
    if shares.empty or topics.empty:
        return pd.DataFrame(columns=list(TIME)).astype(TIME)
    base = shares.groupby("period")["unit"].nunique()
    calendar = list_periods(base.index.min(), base.index.max(), period)
    names = {"row_names": topics["topic_id"].tolist(), "column_names": calendar}
    n = np.asarray(base.reindex(calendar, fill_value=0), dtype=np.float64)
    mean = lay_out(shares["topic_id"], shares["period"], shares["share"], **names) / np.maximum(n, 1)
    met = lay_out(shares["topic_id"], shares["period"], 1.0, **names)
    return _time_table(topics, calendar, mean, met, n)


def _time_table(topics: pd.DataFrame, calendar: list[str], mean: Reals, met: Reals, n: Reals) -> pd.DataFrame:
    low, high = wilson(mean, np.broadcast_to(n, mean.shape))
    told = np.broadcast_to(n >= FEW_ORIGINS, mean.shape)
    status = np.where(n >= CLEAR_ORIGINS, "clear", np.where(n >= FEW_ORIGINS, "weak", "withheld"))
    columns = {
        "topic_id": np.repeat(topics["topic_id"].to_numpy(), len(calendar)),
        "period": np.tile(calendar, len(topics)),
        **{
            name: np.where(told, values, np.nan).ravel()
            for name, values in (("share", mean), ("low", low), ("high", high))
        },
        "n_origins": met.ravel(),
        "base": np.tile(n.astype(np.int64), len(topics)),
        "status": np.tile(status, len(topics)),
    }
    return pd.DataFrame(columns).astype(TIME)


def wilson(share: Reals, n: Reals) -> tuple[Reals, Reals]:
    """Give the ends of Wilson's 95% interval of a share of ``n`` cases; 0 to 1 without a case.

    >>> [round(float(end), 3) for end in wilson(np.array(0.5), np.array(10.0))]
    [0.237, 0.763]
    """
    n = np.maximum(n, 1e-9)
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def compare_sources(topics: pd.DataFrame, passages: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Tell which outlet over-covers or under-covers which topic, against the other outlets of its language.

    Parameters
    ----------
    topics, passages, documents : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        source; language of the articles; topic_id; share: mean over the outlet's articles of the part that is in the
        topic; share_elsewhere: the same over the other outlets of the language; log_odds: natural log of the odds
        ratio, drawn towards 0 by the prior; low, high: its 95% interval; q_value; n_articles: articles with a passage
        in the topic; base: the outlet's articles; status: clear (q at most 0.05 and 3 articles), weak, or withheld
        (below 5 articles of the outlet, or of all others: no number). Clear ones first, smallest q_value first; then
        weak, then withheld, by outlet and topic.

    Notes
    -----
    Deterministic. Outlets are compared within a language: topics have words of one language, and an Italian outlet
    would over-cover all that is written in Italian. An article is one text in one outlet: copies in the same outlet
    count once, copies in another outlet count there, too, for to reprint is to cover. Documents without an outlet are
    left out. That an outlet covers something more says neither why, nor that it covers it too much: the others may
    cover it too little.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, doi 10.1093/pan/mpn018.
    """
    shares = _shares_of_articles(passages, documents)
    tables = [_compare(of_language, topics["topic_id"].tolist()) for _, of_language in shares.groupby("language")]
    table = pd.concat([pd.DataFrame(columns=list(SOURCES)), *(table for table in tables if len(table))]).astype(SOURCES)
    rank = table["status"].map({"clear": 0, "weak": 1, "withheld": 2})
    ordered = table.assign(rank=rank).sort_values(
        ["rank", "q_value", "log_odds", "source", "language", "topic_id"],
        ascending=[True, True, False, True, True, True],
    )
    return ordered.drop(columns="rank").reset_index(drop=True)


def _compare(shares: pd.DataFrame, topic_ids: list[str]) -> pd.DataFrame:
    """Compare the outlets of one language."""
    sources = sorted(shares["source"].unique())
    topic_ids = [topic for topic in topic_ids if (shares["topic_id"] == topic).any()]
    if len(sources) < 2:
        return pd.DataFrame(columns=list(SOURCES))
    names = {"row_names": sources, "column_names": topic_ids}
    sums = lay_out(shares["source"], shares["topic_id"], shares["share"], **names)
    met = lay_out(shares["source"], shares["topic_id"], 1.0, **names)
    base = shares.groupby("source")["unit"].nunique().reindex(sources).to_numpy(dtype=np.float64)[:, None]
    kept = np.broadcast_to((base >= FEW_ARTICLES) & (base.sum() - base >= FEW_ARTICLES), sums.shape)
    odds = score_log_odds(sums)
    clear = kept & (odds.q_value <= Q_VALUE) & ((met >= FEW_ORIGINS) | (odds.score < 0))
    numbers = {
        "share": sums / base,
        "share_elsewhere": (sums.sum(axis=0) - sums) / np.maximum(base.sum() - base, 1),
        "log_odds": odds.score,
        "low": odds.low,
        "high": odds.high,
        "q_value": odds.q_value,
    }
    columns = {
        "source": np.repeat(sources, len(topic_ids)),
        "language": shares["language"].iloc[0],
        "topic_id": np.tile(topic_ids, len(sources)),
        **{name: np.where(kept, values, np.nan).ravel().round(6) for name, values in numbers.items()},
        "n_articles": met.ravel(),
        "base": np.broadcast_to(base, sums.shape).ravel(),
        "status": np.where(clear, "clear", np.where(kept, "weak", "withheld")).ravel(),
    }
    return pd.DataFrame(columns)


def _shares_of_articles(passages: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give the shares of the topics in each article: unit (its document), topic_id, share, source, language."""
    read = documents[(documents["status"] == "read") & (documents["source"] != "")]
    articles = read[["document_id", "source", "language", "n_chars"]].assign(
        origin=read["document_id"].map(find_origin_ids(documents))
    )
    articles = articles.sort_values(["n_chars", "document_id"], ascending=[False, True], kind="stable")
    articles = articles.drop_duplicates(["source", "origin"])
    own = passages[passages["document_id"].isin(articles["document_id"])]
    # Of a text that stands for its origin, a passage that does not count is a repetition.
    standing = own.groupby("document_id")["is_counted"].transform("any")
    own = own[own["is_counted"] | ~standing]
    shares = count_shares(own, own["document_id"])
    return shares.merge(articles[["document_id", "source", "language"]], left_on="unit", right_on="document_id")
