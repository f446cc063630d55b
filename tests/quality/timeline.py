"""Time expressions: phrases resolved against a day, and the expressions of news found and resolved."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from inchiesta.text.sentences import split_sentences
from inchiesta.timeline.find import find_dates
from inchiesta.timeline.grammar import find_meanings
from inchiesta.timeline.periods import Period, month_period, season_period, unit_period, week_period, year_period
from inchiesta.timeline.token_list import tokenise
from inchiesta.timeline.words import read_vocabulary
from tests.quality.score import Score, read_rows

GRAINS = ("day", "week", "month", "year")
# Borders of seasons differ by convention, also within the labels themselves.
SEASON_SLACK = timedelta(days=3)
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "DE": "decade"}
Found = dict[str, Any]


def score(gold: Path) -> list[Score]:
    """Score the phrases of Duckling (even rows) and the news of MEANTIME."""
    scores = []
    for language in ("it", "en"):
        rows = read_rows(gold / "duckling_time" / f"{language}.jsonl")
        scores += score_phrases(language, rows[::2])
    return scores + score_news(read_rows(gold / "meantime" / "en_timex.jsonl"))


def score_phrases(language: str, rows: list[dict[str, Any]]) -> list[Score]:
    """Score phrases that stand alone: a calendar's, so that a bare Monday is the next (`lean="future"`)."""
    rows = [row for row in rows if row["kind"] != "other" and row.get("grain") in GRAINS]
    if not rows:
        return []
    texts = {f"d{n:04d}": (row["text"], "2013-02-12") for n, row in enumerate(rows)}
    found = _find(texts, language, lean="future")
    right = sum(_is_resolved(found.get(f"d{n:04d}", []), row) for n, row in enumerate(rows))
    base = f"{len(rows)} phrases of a day, week, month or year; read forward"
    return [Score("timeline", f"duckling {language} resolved right", right / len(rows), base)]


def _is_resolved(found: list[Found], row: dict[str, Any]) -> bool:
    """Whether one expression was found and begins, and for an interval ends, where the label does."""
    if len(found) != 1 or not found[0]["is_resolved"]:
        return False
    slack = SEASON_SLACK if found[0]["precision"] == "season" else timedelta()
    first, behind = (
        date.fromisoformat(found[0]["from_date"]),
        date.fromisoformat(found[0]["to_date"]) + timedelta(days=1),
    )
    if abs(first - date.fromisoformat(row["start"][:10])) > slack:
        return False
    return not row.get("end") or abs(behind - date.fromisoformat(row["end"][:10])) <= slack


def score_news(rows: list[dict[str, Any]]) -> list[Score]:
    """Score spans and values, of all types of expression and of dates alone."""
    if not rows:
        return []
    texts = {row["id"]: (row["text"], _published(row["dct"])) for row in rows}
    found = _find(texts, "en")
    n_found = sum(map(len, found.values()))
    labels = [(row["id"], label) for row in rows for label in row["timex"]]
    strict = sum(any(_same_span(f, label) for f in found.get(key, [])) for key, label in labels)
    pairs = [(hit, label) for key, label in labels if (hit := _overlapping(found.get(key, []), label)) is not None]
    touched = sum(any(_overlaps(f, label) for label in row["timex"]) for row in rows for f in found.get(row["id"], []))
    dates = [(hit, label) for hit, label in pairs if label["type"] == "DATE"]
    base = f"{len(labels)} expressions in {len(rows)} articles, {n_found} found"
    return [
        Score("timeline", "meantime strict span F1", _f1(strict, strict, n_found, len(labels)), base),
        Score("timeline", "meantime relaxed span F1", _f1(touched, len(pairs), n_found, len(labels)), base),
        Score("timeline", "meantime value right given the span", _share(pairs), f"{len(pairs)} overlapping spans"),
        Score(
            "timeline", "meantime value right, dates alone", _share(dates), f"{len(dates)} overlapping spans of dates"
        ),
        Score("timeline", "meantime dates found", *_recall(labels, dates)),
    ]


def _recall(labels: list[tuple[str, Any]], hits: list[tuple[Found, Any]]) -> tuple[float, str]:
    n_dates = sum(label["type"] == "DATE" for _, label in labels)
    return len(hits) / max(n_dates, 1), f"{n_dates} expressions labelled as dates"


def _published(stated: str | None) -> str:
    return stated if stated and re.fullmatch(r"\d{4}-\d\d-\d\d", stated) else ""


def _find(texts: dict[str, tuple[str, str]], language: str, *, lean: str = "tense") -> dict[str, list[Found]]:
    documents = pd.DataFrame(
        [
            {"document_id": key, "published_on": day, "date_precision": "day" if day else "none"}
            for key, (_, day) in texts.items()
        ]
    )
    rows = []
    for key, (text, _) in texts.items():
        for n, (paragraph, start, end) in enumerate(_sentences(text, language), 1):
            rows.append((f"{key}:{n:04d}", key, paragraph, start, end, language, text[start:end]))
    columns = ["sentence_id", "document_id", "paragraph", "start_char", "end_char", "language", "text"]
    dates = find_dates(documents, pd.DataFrame(rows, columns=columns), lean=lean)
    return {str(key): run.to_dict("records") for key, run in dates.groupby("document_id")}


def _sentences(text: str, language: str) -> list[tuple[int, int, int]]:
    spans, at = [], 0
    for paragraph, line in enumerate(text.split("\n")):
        spans += [(paragraph, at + start, at + end) for start, end in split_sentences(line, language)]
        at += len(line) + 1
    return spans


def _same_span(found: Found, label: dict[str, Any]) -> bool:
    return bool(found["start_char"] == label["start"] and found["end_char"] == label["end"])


def _overlaps(found: Found, label: dict[str, Any]) -> bool:
    return bool(found["start_char"] < label["end"] and label["start"] < found["end_char"])


def _overlapping(found: list[Found], label: dict[str, Any]) -> Found | None:
    exact = [f for f in found if _same_span(f, label)]
    return next(iter(exact + [f for f in found if _overlaps(f, label)]), None)


def _f1(hits_found: int, hits_labels: int, n_found: int, n_labels: int) -> float:
    precision, recall = hits_found / max(n_found, 1), hits_labels / max(n_labels, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(pairs: list[tuple[Found, dict[str, Any]]]) -> float:
    return sum(_is_right(found, label["value"]) for found, label in pairs) / max(len(pairs), 1)


def _is_right(found: Found, value: str) -> bool:
    """Whether a row says what a TIMEX3 value says: the same days; for the end of a year, days of that year."""
    if value.startswith("P") and value[1:2] not in ("A", "R"):
        return value in _durations(found)
    if value.endswith("_REF"):
        return found["rule"] == "vague"
    period = _period(value)
    if period is None or not found["is_resolved"]:
        return False
    first, last = date.fromisoformat(found["from_date"]), date.fromisoformat(found["to_date"])
    slack = SEASON_SLACK if found["precision"] == "season" else timedelta()
    if found["rule"] == "edge":
        return period.first <= first and last <= period.last
    return abs(first - period.first) <= slack and abs(last - period.last) <= slack


def _durations(found: Found) -> set[str]:
    """Give the values of a duration as TIMEX3 writes them; the table keeps only its words."""
    meaning = next((m for _, _, m in find_meanings(tokenise(found["text"], read_vocabulary("en")))), None)
    if meaning is None:
        return set()
    letter = {unit: letter for letter, unit in _UNITS.items()}.get(meaning.unit, "")
    time = "T" if meaning.unit in ("hour", "minute") else ""
    letter = "M" if meaning.unit == "minute" else letter
    return {f"P{time}{meaning.n or 'X'}{letter}"}


def _period(value: str) -> Period | None:
    day = value.split("T")[0]
    try:
        if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", day):
            week = week_period(date.fromisocalendar(int(found[1]), int(found[2]), 1))
            return unit_period("weekend", week.first, 0) if found[3] else week
        if found := re.fullmatch(r"(\d{4})-Q([1-4])", day):
            return unit_period("quarter", date(int(found[1]), 3 * int(found[2]), 1), 0)
        if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", day):
            return season_period(_SEASONS[found[2]], int(found[1]))
        if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day):
            return unit_period("day", date.fromisoformat(day), 0)
        if found := re.fullmatch(r"(\d{4})-(\d\d)", day):
            return month_period(int(found[1]), int(found[2]))
        if re.fullmatch(r"\d{4}", day):
            return year_period(int(day))
        if re.fullmatch(r"\d{3}", day):
            return unit_period("decade", date(int(day) * 10, 1, 1), 0)
    except ValueError:
        return None
    return None
