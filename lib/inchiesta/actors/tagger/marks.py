"""Marks: what the lists say of a text, for the tagger to weigh. A mark decides nothing by itself."""

from __future__ import annotations

from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from inchiesta.actors.gazetteer import Hit, find_titles, longest_spans, stands_free
from inchiesta.actors.tagger.batch import Mark
from inchiesta.actors.word_lists import name_hints


def mark_text(text: str, hits: list[Hit]) -> dict[str, list[Mark]]:
    """Give the marks of a `plain` text by what they come from: listed names, titles and roles, hints."""
    return {
        "listed": [(hit.start, hit.end, _category(hit)) for hit in hits],
        "role": [(start, end, "role") for start, end in find_titles(text)],
        "hint": _find_hints(text),
    }


def _category(hit: Hit) -> str:
    """Give what a listed name is: its kind and form, whether it needs support, and whether it is a city."""
    listed = hit.listed
    if listed.form == "demonym":
        return "demonym"
    marks = [listed.kind, listed.form]
    marks += ["in doubt"] if listed.rule else []
    marks += ["city"] if listed.actor_id.startswith("city") else []
    return " ".join(marks)


@lru_cache(maxsize=1)
def _hints() -> tuple[AhoCorasick, tuple[str, ...]]:
    hints = name_hints()
    return AhoCorasick(list(hints)), tuple(hints.values())


def _find_hints(text: str) -> list[Mark]:
    automaton, kinds = _hints()
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    spans = [(start, end, index) for index, start, end in found if stands_free(text, start, end)]
    return [(start, end, kinds[index]) for start, end, index in longest_spans(spans)]
