"""Tagged names as they stand in a document: what is no name after all, where it ends, and what form it has."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from inchiesta.actors.listed import Placed, Sentence, opens_sentence
from inchiesta.actors.tails import find_tail
from inchiesta.actors.word_lists import cues, particles, word_classes
from inchiesta.text.lemmas import is_in_dictionary

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
CODED = re.compile(r"[A-Z]\w+-(?:[A-Z]|\d{1,4}[A-Z]?)")
# A full stop behind a longer word ends a sentence, whatever the splitter made of it: no name goes on behind it.
STOP = re.compile(r"(?<=\w{4})[.!?;](?=\s)")
# In English the words inside a name are capitalised, but for prepositions, articles and particles.
SMALL = re.compile(r"(?<![\w'-])[a-z]{2,}(?![\w'-])")
# What English hangs on the name of a land to speak of its people.
PEOPLE = re.compile(r"([A-Z][a-z]{2,}?)(?:ians?|ans?)")
# Longer words in capitals are shouted names, not acronyms.
LONGEST_ACRONYM = 6
WORD = re.compile(r"[\w'-]+")


@dataclass
class Page:
    """One document while its names are found."""

    document_id: str
    text: str
    sentences: list[Sentence]
    ids: list[str]
    plain: str = ""
    listed: list[Placed] = field(default_factory=list)
    # Listed names that are also words and that nothing in the document supports (*il Domani*).
    unsupported: set[tuple[int, int]] = field(default_factory=set)
    tagged: list[tuple[int, int, str, float]] = field(default_factory=list)
    # What the tagger is too unsure of.
    doubted: list[tuple[int, int, str, float]] = field(default_factory=list)

    def called(self) -> dict[str, str]:
        """Give the words by which the document may go on to call whom it names in full, with their kind."""
        found: dict[str, str] = {}
        for start, end, kind, _ in self.tagged:
            words = self.plain[start:end].split(" ")
            if len(words) > 1:
                found.setdefault(words[-1 if kind == "PER" else 0], kind)
        return found


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


def is_headline(page: Page, start: int, end: int, sentence: int) -> bool:
    """Tell whether a tagged name is a whole line of many words: a headline in title case."""
    first, last, _ = page.sentences[sentence]
    name = page.plain[start:end]
    return start == first and last - end <= 1 and len(name.split()) >= HEADLINE_WORDS


def read_headline(page: Page, start: int, end: int, sentence: int) -> list[Found]:
    """Find the surnames of persons that the rest of the document names in full."""
    full = (page.plain[a:b] for a, b, kind, _ in page.tagged if kind == "PER" and a != start)
    surnames = {name.rsplit(" ", 1)[1] for name in full if " " in name}
    return [
        Found(match.start(), match.end(), sentence, "", "PER", "name", HEADLINE_SCORE, "tagger")
        for match in WORD.finditer(page.plain, start, end)
        if match.group() in surnames
    ]


def is_no_name(page: Page, start: int, end: int, sentence: int, kind: str, score: float) -> bool:
    """Tell whether a tagged word is capitalised for another reason than being a name."""
    word, language = page.plain[start:end].lower(), page.sentences[sentence][2]
    if word_classes(language).get(word) in NEVER:
        return True
    if language == "en" and _is_people(page, start, end, kind):
        return True
    if score < SURE and (start, end) in page.unsupported:
        return True
    return score < SURE_OPENER and _is_opener(page, start, end, sentence)


def _is_people(page: Page, start: int, end: int, kind: str) -> bool:
    """Tell whether a word only says whose something is (*Tarnian* artillery, the land being named) or is a people."""
    match = PEOPLE.fullmatch(page.plain, start, end)
    if match is None:
        return False
    if match.group().endswith("s") and page.plain[max(0, start - 4) : start].lower() == "the " and kind != "PER":
        return True
    land = re.compile(rf"\b{re.escape(match.group(1))}(?:ia|a|i)?\b")
    return land.search(page.plain) is not None


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


def read_tagged(page: Page, start: int, end: int, sentence: int, kind: str, score: float) -> Found:
    """Give a tagged name; a state under its full style (*Repubblica di X*) keeps the id of the state."""
    if kind == "ORG" and page.sentences[sentence][2] == "it":
        end = _with_tail(page, start, end, sentence)
    end = _cut(page, start, end, sentence)
    if page.plain.startswith("-", end) and page.plain[start:end].isalpha():
        code = CODE.match(page.plain, end)
        end = code.end() if code else end
    # A maker may be called so, a place is not.
    name = page.plain[start:end]
    if "-" in name and CODED.fullmatch(name) and (score < SURE or kind == "LOC"):
        kind = "OTHER"
    letters = name.replace(".", "")
    is_acronym = letters.isupper() and len(letters) <= LONGEST_ACRONYM and kind in ("ORG", "OTHER")
    form = "acronym" if is_acronym else "name"
    return Found(start, end, sentence, _find_state(page, start, end, sentence, kind), kind, form, score, "tagger")


def _cut(page: Page, start: int, end: int, sentence: int) -> int:
    """Give where a name ends that a full stop, or in English a verb or noun in small letters, does not belong to."""
    # One word, as most names are, has nothing to be cut off.
    if " " not in page.plain[start:end]:
        return end
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
    if kind != "LOC":
        return ""
    style = page.plain[start:end].lower().split(" ", 1)[0]
    if style not in cues(page.sentences[sentence][2], "polity"):
        return ""
    inside = (placed.hit for placed in page.listed if start < placed.hit.start and placed.hit.end == end)
    return next((hit.listed.actor_id for hit in inside if hit.listed.kind == "LOC"), "")


def _with_tail(page: Page, start: int, end: int, sentence: int) -> int:
    """Give where an institution ends that goes on in small letters (Centro regionale *per la democrazia e ...*)."""
    head = page.text.find(" ", start, end)
    tail = find_tail(page.plain, start, head if head > 0 else end)
    return max(end, tail) if tail <= page.sentences[sentence][1] else end
