"""Contradictions: the same thing told with another number or another day, side by side with who says which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from inchiesta.timeline.context import Told, read_told

COLUMNS = ("contradiction_id", "kind", "about", "value", "sentence_ids", "document_ids", "origin_ids", "n_origins",
           "within_document")  # fmt: skip
# Sentences this alike (shared words out of all their words) say the same thing, whatever they count.
ALIKE = 0.4
# Words or actors two sides must share to be about one thing: one may be chance.
SHARED = 2
# A thing counted in more ways than this is a measure (people, tonnes), not one lot of something.
_MOST_VALUES = 4
# Days further apart are anniversaries or other events.
_NEAR_DAYS = 62
# A side with more sentences is compared by its first ones.
_MOST_COMPARED = 60


@dataclass(slots=True)
class _Claim:
    """What some sentences say: of a thing, a value."""

    kind: str
    about: str
    value: str
    told: list[Told]

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(one.about for one in self.told)) - {self.about}


def find_contradictions(
    documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, dates: pd.DataFrame
) -> pd.DataFrame:
    """Find what is told with different numbers or days.

    Parameters
    ----------
    documents, sentences, mentions, dates : DataFrame
        The tables of these names; the mentions are resolved to actors.

    Returns
    -------
    DataFrame
        Table ``contradictions``: one row per side; most origins first.

    Notes
    -----
    Deterministic. Two values contradict each other if they are of the same thing (a counted noun; a day of the same
    words and actors) and either their sentences are alike, or the digits of one are those of the other in another order
    (48 and 84, 12 and 21 March: how numbers are miscopied) and two words or actors are shared, or the thing is counted
    in few ways and an actor and two words are shared. The two languages are joined where they give the same values.

    What a row does not show: which side is right, or that both mean the same lot: these are candidates to be read.
    """
    told = read_told(documents, sentences, mentions, dates)
    pairs = [*_compare_numbers(told), *_compare_days(told)]
    return _as_rows(_join(pairs))


# -- quantities ------------------------------------------------------------------------------------------------------


def _compare_numbers(told: Sequence[Told]) -> Iterable[tuple[_Claim, _Claim]]:
    by_thing: dict[tuple[str, str], dict[int, dict[str, Told]]] = defaultdict(lambda: defaultdict(dict))
    for one in told:
        for value, thing, _ in one.quantities:
            by_thing[one.language, thing][value][one.sentence_id] = one
    for (_, thing), values in sorted(by_thing.items()):
        claims = [_Claim("quantity", thing, str(value), list(values[value].values())) for value in sorted(values)]
        for place, first in enumerate(claims):
            for second in claims[place + 1 :]:
                if _contradict(first, second, few=len(claims) <= _MOST_VALUES):
                    yield first, second


def _contradict(first: _Claim, second: _Claim, *, few: bool) -> bool:
    one_sentence = {one.sentence_id for one in first.told} & {one.sentence_id for one in second.told}
    if one_sentence == {one.sentence_id for one in first.told} | {one.sentence_id for one in second.told}:
        return False  # "nineteen of the 31 documents" and no other sentence
    shared = first.words & second.words
    has_actor = any(word.startswith("@") for word in shared)
    if is_miscopied(first.value, second.value) and len(shared) >= SHARED and has_actor:
        return True
    if few and has_actor and len(shared) > SHARED and _is_large(first.value) and _is_large(second.value):
        return any(_likeness(a, b, first.about) >= ALIKE / 2 for a, b in _crossed(first, second))
    return any(
        _likeness(a, b, first.about) >= ALIKE for a, b in _crossed(first, second) if a.sentence_id != b.sentence_id
    )


def _is_large(value: str) -> bool:
    return len(value) > 1


def _crossed(first: _Claim, second: _Claim) -> Iterable[tuple[Told, Told]]:
    return ((a, b) for a in first.told[:_MOST_COMPARED] for b in second.told[:_MOST_COMPARED])


def _likeness(one: Told, other: Told, thing: str = "") -> float:
    either = (one.about | other.about) - {thing}
    return len((one.about & other.about) - {thing}) / len(either) if len(either) >= 2 * SHARED else 0.0


def is_miscopied(one: str, other: str) -> bool:
    """Whether two numbers are the same digits in another order.

    >>> is_miscopied("48", "84"), is_miscopied("12", "13"), is_miscopied("7", "7")
    (True, False, False)
    """
    return one != other and len(one) > 1 and sorted(one) == sorted(other)


# -- days ------------------------------------------------------------------------------------------------------------


def _compare_days(told: Sequence[Told]) -> Iterable[tuple[_Claim, _Claim]]:
    by_day: dict[tuple[str, str], dict[str, Told]] = defaultdict(dict)
    for one in told:
        for _, first, last, precision, rule, _, _ in one.dates:
            if precision == "day" and first == last and rule == "date":
                by_day[one.language, first][one.sentence_id] = one
    days = sorted(by_day)
    for place, (language, day) in enumerate(days):
        for other_language, other in days[place + 1 :]:
            if other_language != language or _apart(day, other) > _NEAR_DAYS:
                break
            pair = _days_of_one_thing(
                day, list(by_day[language, day].values()), other, list(by_day[language, other].values())
            )
            if pair:
                yield pair


def _apart(day: str, other: str) -> int:
    return abs((date.fromisoformat(other) - date.fromisoformat(day)).days)


def _days_of_one_thing(day: str, told: list[Told], other: str, told_other: list[Told]) -> tuple[_Claim, _Claim] | None:
    """Give the sentences of two days that tell one thing: alike, or with miscopied days and two shared words."""
    miscopied = is_miscopied(day[8:].lstrip("0"), other[8:].lstrip("0")) and day[:7] == other[:7]
    first: dict[str, Told] = {}
    second: dict[str, Told] = {}
    words: set[str] = set()
    for a, b in _crossed(_Claim("date", "", day, told), _Claim("date", "", other, told_other)):
        if a.sentence_id == b.sentence_id:
            continue
        shared = a.about & b.about
        has_actor = any(word.startswith("@") for word in shared)
        if _likeness(a, b) >= ALIKE or (miscopied and has_actor and len(shared) >= SHARED):
            first[a.sentence_id], second[b.sentence_id] = a, b
            words |= {word for word in shared if not word.startswith("@")} or shared
    if not first:
        return None
    about = ", ".join(sorted(word.lstrip("@") for word in words)[:3])
    return _Claim("date", about, day, list(first.values())), _Claim("date", about, other, list(second.values()))


# -- the table -------------------------------------------------------------------------------------------------------


def _join(pairs: Iterable[tuple[_Claim, _Claim]]) -> list[list[_Claim]]:
    """Join pairs of the same two values about the same thing: in two languages, or under two of its words."""
    joined: dict[tuple[str, str, str], list[list[_Claim]]] = defaultdict(list)
    for first, second in pairs:
        groups = joined[first.kind, first.value, second.value]
        for group in groups:
            if _is_same_thing(group, first, second):
                _merge(group[0], first)
                _merge(group[1], second)
                break
        else:
            groups.append([first, second])
    return [group for groups in joined.values() for group in groups]


def _is_same_thing(group: list[_Claim], first: _Claim, second: _Claim) -> bool:
    known = {one.sentence_id for claim in group for one in claim.told}
    if known & {one.sentence_id for one in (*first.told, *second.told)}:
        return True
    shared = (group[0].words | group[1].words) & (first.words | second.words)
    return sum(word.startswith("@") for word in shared) >= SHARED


def _merge(claim: _Claim, other: _Claim) -> None:
    known = {one.sentence_id for one in claim.told}
    claim.told += [one for one in other.told if one.sentence_id not in known]
    if other.about not in claim.about.split(" / "):
        claim.about += f" / {other.about}"


def _as_rows(groups: list[list[_Claim]]) -> pd.DataFrame:
    ranked = sorted(
        groups, key=lambda group: (-_least(group), -_total(group), group[0].kind, group[0].about, group[0].value)
    )
    rows = []
    for number, group in enumerate(ranked, 1):
        documents = [{one.document_id for one in claim.told} for claim in group]
        within = bool(documents[0] & documents[1])
        for claim in group:
            origins = sorted({one.origin_id for one in claim.told})
            said = [one.sentence_id for one in claim.told]
            told_in = sorted({one.document_id for one in claim.told})
            row = (f"c{number:02d}", claim.kind, claim.about, claim.value, said, told_in, origins, len(origins), within)
            rows.append(row)
    types = {"n_origins": "int64", "within_document": "bool"}
    lists = ("sentence_ids", "document_ids", "origin_ids")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {column: types.get(column, "object" if column in lists else "str") for column in COLUMNS}
    )


def _least(group: list[_Claim]) -> int:
    return min(len({one.origin_id for one in claim.told}) for claim in group)


def _total(group: list[_Claim]) -> int:
    return sum(len({one.origin_id for one in claim.told}) for claim in group)
