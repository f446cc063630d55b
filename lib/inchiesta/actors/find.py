"""Mentions: where a text names an actor, by the lists and by the trained tagger. Each document is read on its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from inchiesta.actors.gazetteer import find_listed, plain
from inchiesta.actors.listed import Placed, Sentence, opens_sentence, settle_listed
from inchiesta.actors.tagger.batch import Text
from inchiesta.actors.tagger.crf import KINDS
from inchiesta.actors.tagger.marks import mark_text
from inchiesta.actors.tagger.tokens import cut_tokens
from inchiesta.actors.taggers import choose_tagger
from inchiesta.actors.tails import find_tail
from inchiesta.actors.word_lists import FULL_LANGUAGES, cues, particles, word_classes
from inchiesta.tables import table_of
from inchiesta.text.lemmas import is_in_dictionary

# A name the tagger is less sure of than this is left out: of those on the development sets, most were wrong. Where only
# the kind is in doubt (Groza-S, weapon or maker) it stays.
LEAST_SCORE, LEAST_KIND, LEAST_NAMED = 0.5, 0.25, 0.85
# Things (drones, ships) are rare in what the tagger learned from, so it is less sure of them when it is right.
LEAST_OTHER = 0.35
# A whole line read as one name of so many words is a headline in title case.
HEADLINE_WORDS = 5
# Classes of words that are capitalised without being names (Monday, Dio).
NEVER = frozenset({"date", "never", "honorific"})
# Read off a headline: the surname of a person the text names in full.
HEADLINE_SCORE = 0.8
# From here on the tagger's reading of a listed name counts more than the list (Napoli, the team).
SURE = 0.9
# A word of the dictionary that opens a sentence and stands nowhere inside one has to be as sure as this: an ordinary
# word (*Formalmente*) must not become an actor.
SURE_OPENER = 0.9
# Groza-S, Falco-9: the letter or number belongs to the name, which is that of a thing.
CODE = re.compile(r"-(?:[A-Z]|\d{1,4}[A-Z]?)(?![\w-])")
# A full stop behind a longer word ends a sentence, whatever the splitter made of it: no name goes on behind it.
STOP = re.compile(r"(?<=\w{4})[.!?;](?=\s)")
# In English the words inside a name are capitalised, but for prepositions, articles and particles.
SMALL = re.compile(r"(?<![\w'-])[a-z]{2,}(?![\w'-])")
# Longer words in capitals are shouted names, not acronyms.
LONGEST_ACRONYM = 6
# Documents tagged together: enough to share the cost of a step, few enough to stay below 200 MB.
BATCH = 500


@dataclass
class Page:
    """One document while its names are found."""

    document_id: str
    text: str
    sentences: list[Sentence]
    ids: list[str]
    plain: str = ""
    listed: list[Placed] = field(default_factory=list)
    tagged: list[tuple[int, int, str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A name found, before it becomes a row of ``mentions``."""

    start: int
    end: int
    sentence: int
    actor_id: str
    kind: str
    form: str
    score: float
    found_by: str


def find_mentions(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    forms: Collection[str] = ("name", "acronym", "seat"),
    tagger: str = "",
) -> pd.DataFrame:
    """Find the mentions of actors, document by document.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; columns document_id and text are read. Any number of rows.
    sentences : DataFrame
        Table ``sentences`` of these documents; sentence_id, document_id, start_char, end_char, language are read.
    forms : collection of str
        Forms to find. Demonyms (*armeno*, *Russian*) name a people or a property rather than the state, so they are
        found only when asked for.
    tagger : str
        What finds the names no list knows (see `inchiesta.actors.taggers.choose_tagger`); empty: the tagger we ship.

    Returns
    -------
    DataFrame
        Table ``mentions`` in reading order, no two of a document overlapping; ``actor_id`` holds the id of a listed
        actor and is empty for all others until `inchiesta.actors.resolve.resolve_actors` has run.

    Raises
    ------
    SettingsError
        If ``tagger`` names none.

    Notes
    -----
    Deterministic; a document's rows depend on that document only. In Italian and English names that no list knows
    are found by the tagger, in other languages only listed ones. ``score`` is the tagger's probability that the name
    begins and ends there and is of that kind, and a rough constant for names only a list found. Not shown: actors named
    by a pronoun, a role or a lower-case word. Text outside every sentence is not read.
    """
    pages = _open_pages(documents, sentences)
    rows: list[tuple[object, ...]] = []
    for first in range(0, len(pages), BATCH):
        chosen = pages[first : first + BATCH]
        _read_pages(chosen, tagger)
        for page in chosen:
            for found in _join(page):
                if found.form in forms:
                    place = (page.document_id, page.ids[found.sentence], found.start, found.end)
                    what = (found.actor_id, found.kind, found.form, found.score, found.found_by)
                    rows.append((*place, page.text[found.start : found.end], *what))
    return _frame(rows)


def _open_pages(documents: pd.DataFrame, sentences: pd.DataFrame) -> list[Page]:
    """Give the documents that have text and sentences, with their sentences in reading order."""
    columns = [
        sentences[name].tolist() for name in ("document_id", "start_char", "end_char", "language", "sentence_id")
    ]
    spans: dict[str, list[tuple[int, int, str, str]]] = {}
    for document_id, *place in sorted(zip(*columns, strict=True)):
        spans.setdefault(document_id, []).append((place[0], place[1], place[2], place[3]))
    pages = []
    for document_id, text in zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True):
        if text and document_id in spans:
            placed = spans[document_id]
            pages.append(Page(document_id, text, [row[:3] for row in placed], [row[3] for row in placed]))
    return pages


def _read_pages(pages: Sequence[Page], tagger: str) -> None:
    """Find listed names page by page, and tagged ones in all pages of a language together."""
    texts: dict[str, list[tuple[Page, Text]]] = {}
    for page in pages:
        text = page.plain = plain(page.text)
        hits = find_listed(text)
        page.listed = settle_listed(text, hits, page.sentences)
        spoken = sorted({language for _, _, language in page.sentences} & set(FULL_LANGUAGES))
        if not spoken:
            continue
        tokens, marks = cut_tokens(text), mark_text(text, hits)
        for language in spoken:
            chosen = [(start, end) for start, end, spoken_there in page.sentences if spoken_there == language]
            texts.setdefault(language, []).append((page, Text(text, chosen, tokens, marks)))
    for language, pairs in sorted(texts.items()):
        tag = choose_tagger(tagger, language)
        if tag is None:
            continue
        names = tag([text for _, text in pairs])
        least = np.where(names.kind == KINDS.index("OTHER"), LEAST_OTHER, LEAST_SCORE)
        kept = (names.score >= least) | ((names.named >= LEAST_NAMED) & (names.score >= LEAST_KIND))
        columns = (names.document, names.start, names.end, names.kind, names.score.round(4))
        for number, start, end, kind, score in zip(*(column[kept].tolist() for column in columns), strict=True):
            pairs[number][0].tagged.append((start, end, KINDS[kind], score))


def _join(page: Page) -> list[Found]:
    """Put the tagged and the listed names of a page together: one name for each place."""
    starts = [start for start, _, _ in page.sentences]
    listed = {(placed.hit.start, placed.hit.end): placed for placed in page.listed}
    found = []
    for start, end, kind, score in page.tagged:
        sentence = bisect_right(starts, start) - 1
        if _is_headline(page, start, end, sentence):
            found += _read_headline(page, start, end, sentence)
            continue
        if _is_no_name(page, start, end, sentence, score):
            continue
        placed = listed.get((start, end))
        if placed is None or placed.hit.listed.form == "demonym":
            found.append(_tagged(page, start, end, sentence, kind, score))
        elif kind == placed.hit.listed.kind or score < SURE:
            found.append(_listed(placed, max(score, placed.score)))
        else:
            found.append(_tagged(page, start, end, sentence, kind, score))
    taken = {(row.start, row.end) for row in found}
    found += [_listed(placed, placed.score) for span, placed in listed.items() if span not in taken]
    return _apart(found)


def _listed(placed: Placed, score: float) -> Found:
    hit, listed = placed.hit, placed.hit.listed
    return Found(hit.start, hit.end, placed.sentence, listed.actor_id, listed.kind, listed.form, score, "gazetteer")


def _is_headline(page: Page, start: int, end: int, sentence: int) -> bool:
    first, last, _ = page.sentences[sentence]
    name = page.plain[start:end]
    return start == first and last - end <= 1 and len(name.split()) >= HEADLINE_WORDS


def _read_headline(page: Page, start: int, end: int, sentence: int) -> list[Found]:
    """Find the surnames of persons that the rest of the document names in full."""
    full = (page.plain[a:b] for a, b, kind, _ in page.tagged if kind == "PER" and a != start)
    surnames = {name.rsplit(" ", 1)[1] for name in full if " " in name}
    return [
        Found(match.start(), match.end(), sentence, "", "PER", "name", HEADLINE_SCORE, "tagger")
        for match in re.finditer(r"[\w'-]+", page.plain[:end])
        if match.start() >= start and match.group() in surnames
    ]


def _is_no_name(page: Page, start: int, end: int, sentence: int, score: float) -> bool:
    """Tell whether a tagged word is capitalised for another reason than being a name."""
    word, language = page.plain[start:end].lower(), page.sentences[sentence][2]
    if word_classes(language).get(word) in NEVER:
        return True
    return score < SURE_OPENER and _is_opener(page, start, end, sentence)


def _is_opener(page: Page, start: int, end: int, sentence: int) -> bool:
    """Tell whether a single word may be capitalised only because a sentence or quotation begins with it."""
    name = page.plain[start:end]
    sentence_start, _, language = page.sentences[sentence]
    if not name.isalpha() or name.isupper() or not opens_sentence(page.plain, start, sentence_start):
        return False
    if not is_in_dictionary(name.lower(), language) and not (language == "it" and name.endswith("mente")):
        return False
    elsewhere = (match.start() for match in re.finditer(rf"\b{re.escape(name)}\b", page.plain))
    firsts = [first for first, _, _ in page.sentences]
    return all(
        opens_sentence(page.plain, place, firsts[max(bisect_right(firsts, place) - 1, 0)]) for place in elsewhere
    )


def _tagged(page: Page, start: int, end: int, sentence: int, kind: str, score: float) -> Found:
    """Give a tagged name; a state under its full style (*Repubblica di X*) keeps the id of the state."""
    if kind == "ORG" and page.sentences[sentence][2] == "it":
        end = _with_tail(page, start, end, sentence)
    end = _cut(page, start, end, sentence)
    code = CODE.match(page.plain, end)
    if code is not None and page.plain[start:end].isalpha():
        end, kind = code.end(), kind if score >= SURE else "OTHER"
    name = page.plain[start:end]
    letters = name.replace(".", "")
    is_acronym = letters.isupper() and len(letters) <= LONGEST_ACRONYM and kind in ("ORG", "OTHER")
    form = "acronym" if is_acronym else "name"
    return Found(start, end, sentence, _find_state(page, start, end, sentence, kind), kind, form, score, "tagger")


def _cut(page: Page, start: int, end: int, sentence: int) -> int:
    """Give where a name ends that a full stop, or in English a verb or noun in small letters, does not belong to."""
    stop = STOP.search(page.plain, start, end)
    end = stop.start() if stop else end
    if page.sentences[sentence][2] != "en":
        return end
    classes = word_classes("en")
    for match in SMALL.finditer(page.plain, start, end):
        word = match.group()
        if match.start() > start and classes.get(word) != "function" and word not in particles():
            return start + len(page.plain[start : match.start()].rstrip())
    return end


def _find_state(page: Page, start: int, end: int, sentence: int, kind: str) -> str:
    """Give the id of the state that a name ends with, where it begins with a style of states; empty for none."""
    style = page.plain[start:end].lower().split(" ", 1)[0]
    if kind != "LOC" or style not in cues(page.sentences[sentence][2], "polity"):
        return ""
    inside = (placed.hit for placed in page.listed if start < placed.hit.start and placed.hit.end == end)
    return next((hit.listed.actor_id for hit in inside if hit.listed.kind == "LOC"), "")


def _with_tail(page: Page, start: int, end: int, sentence: int) -> int:
    """Give where an institution ends that goes on in small letters (Centro regionale *per la democrazia e ...*)."""
    head = page.text.find(" ", start, end)
    tail = find_tail(page.plain, start, head if head > 0 else end)
    return max(end, tail) if tail <= page.sentences[sentence][1] else end


def _apart(found: list[Found]) -> list[Found]:
    """Keep the longest of names that overlap; of equally long ones the listed one."""
    kept: list[Found] = []
    for row in sorted(found, key=lambda row: (row.start, -row.end, row.found_by != "gazetteer")):
        if kept and row.start < kept[-1].end:
            if row.end - row.start > kept[-1].end - kept[-1].start:
                kept[-1] = row
            continue
        kept.append(row)
    return kept


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    names = table_of("mentions").names
    mentions = pd.DataFrame(rows, columns=names)
    kinds = dict.fromkeys(("start_char", "end_char"), "int64") | {"score": "float64"}
    return mentions.astype({name: kinds.get(name, "str") for name in names})
