"""Names no list knows, by their capitals: what one document says about its own capitalised words.

A capital means little at the start of a sentence or in a headline, so a name has to be seen elsewhere in the document
before it counts there. Precision goes before recall: an ordinary word must not become an actor.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace

from inchiesta.actors.chains import TOKEN_PATTERN, Mark, find_chains
from inchiesta.actors.compounds import SEEN, SURE, Piece, read_chain
from inchiesta.actors.gazetteer import Hit
from inchiesta.actors.tails import find_tail
from inchiesta.actors.word_lists import FULL_LANGUAGES, cues, words_of_class

# After these a capital may only mean that something begins.
BEGINNERS = frozenset("«“\"'‘:–—•…!?.·*|-")
# A sentence of which more than this share is capitalised words is a headline in title case or shouted.
TITLE_CASE_SHARE = 0.6
# Of the longer words of such a headline at most one in this many is in small letters, function words aside.
SMALL_WORDS_RATIO = 8
SMALL_WORD = re.compile(r"(?<!\w)[^\W\dA-Z_]{4,}(?!\w)")
# Shorter headlines (Mario Draghi) are as likely a name.
TITLE_CASE_WORDS = 4
# How far around a name the cue words are read.
NEAR = 24
# Via dei Fori Imperiali has few words; a longer chain is a street and something else.
LONGEST_STREET = 4
PHRASE = 0.8


@dataclass(slots=True)
class Candidate:
    """A possible name in its place."""

    start: int
    end: int
    sentence: int
    piece: Piece
    language: str


Sentence = tuple[int, int, str]


def opens_sentence(text: str, start: int, sentence_start: int) -> bool:
    """Tell whether a capital at ``start`` may only mean that a sentence, a quotation or a list item begins."""
    before = start - 1
    while before >= sentence_start and text[before] in " \n\t":
        before -= 1
    return before < sentence_start or (text[before] in BEGINNERS and not (text[before] in "-'" and before == start - 1))


def _street(text: str, start: int, language: str) -> int:
    """Give where a street word (*via* Padova) right before ``start`` begins, 0 where there is none."""
    before = text.rfind(" ", max(0, start - NEAR), max(start - 1, 0)) + 1
    return before if before and text[before : start - 1] in cues(language, "street") else 0


def _marks(start: int, end: int, hits: list[Hit], titles: list[tuple[int, int]]) -> tuple[Mark, ...]:
    """Give the listed names and titles inside a chain, counted from its start; a listed name goes before a title."""
    marks: list[Mark] = []
    for hit in hits:
        tag = "demonym" if hit.listed.form == "demonym" else "listed"
        marks.append((max(hit.start - start, 0), min(hit.end, end) - start, tag, hit.listed.kind, hit.listed.actor_id))
    taken = [(left, right) for left, right, *_ in marks]
    for left, right in titles:
        span = (max(left - start, 0), min(right, end) - start)
        if not any(a < span[1] and span[0] < b for a, b in taken):
            marks.append((*span, "title", "", ""))
    return tuple(sorted(marks))


@dataclass(slots=True)
class Page:
    """One text with what is known of it before its capitals are read; spans are sorted and do not overlap."""

    text: str
    sentences: list[Sentence]
    hits: list[Hit]
    titles: list[tuple[int, int]]
    sentence_starts: list[int] = field(init=False)
    behind_title: set[int] = field(init=False)
    hit_bounds: tuple[list[int], list[int]] = field(init=False)
    title_bounds: tuple[list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.sentence_starts = [start for start, _, _ in self.sentences]
        self.behind_title = {end for _, end in self.titles}
        self.hit_bounds = [hit.start for hit in self.hits], [hit.end for hit in self.hits]
        self.title_bounds = [start for start, _ in self.titles], [end for _, end in self.titles]

    def near(self, start: int, end: int) -> tuple[list[Hit], list[tuple[int, int]]]:
        """Give the listed names and the titles that overlap a span."""
        return self.hits[_overlap(*self.hit_bounds, start, end)], self.titles[_overlap(*self.title_bounds, start, end)]


def _overlap(starts: list[int], ends: list[int], start: int, end: int) -> slice:
    return slice(bisect_right(ends, start), bisect_left(starts, end))


def find_candidates(page: Page) -> list[Candidate]:
    """Find the possible names of a `plain` text with what each of them needs to be accepted."""
    candidates: list[Candidate] = []
    capitals: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for start, end in find_chains(page.text):
        index = bisect_right(page.sentence_starts, start) - 1
        if index < 0 or end > page.sentences[index][1] or page.sentences[index][2] not in FULL_LANGUAGES:
            continue
        capitals[index][0] += end - start
        capitals[index][1] += page.text.count(" ", start, end) + 1
        candidates += _read(page, index, start, end)
    return _doubt_headlines(page.text, candidates, page.sentences, capitals)


def _read(page: Page, index: int, start: int, end: int) -> list[Candidate]:
    """Read one chain: a street, an institution that goes on in lower case, or whatever names stand in it."""
    text, language = page.text, page.sentences[index][2]
    if start >= 3 and text[start - 3 : start].lower() in ("al-", "el-"):
        start -= 3
    chain = text[start:end]
    opens = opens_sentence(text, start, page.sentence_starts[index])
    street = _street(text, start, language)
    if street:
        name_end = end if chain.count(" ") < LONGEST_STREET else start + _first_word(chain)
        return [Candidate(street, name_end, index, Piece(0, name_end - street, "LOC", PHRASE, SURE, 2), language)]
    if language == "it" and not opens and " " not in chain:
        tail = find_tail(text, start, end)
        if end < tail <= page.sentences[index][1]:
            return [Candidate(start, tail, index, Piece(0, tail - start, "ORG", PHRASE, SURE, 3), language)]
    hits, titles = page.near(start, end)
    if len(hits) == 1 and hits[0].start <= start and hits[0].end >= end:
        return []
    marks = _marks(start, end, hits, titles) if hits or titles else ()
    titled = start - 1 in page.behind_title and text[start - 1] == " "
    pieces = read_chain(chain, marks, opens, titled, language)
    return [Candidate(start + piece.start, start + piece.end, index, piece, language) for piece in pieces]


def _first_word(chain: str) -> int:
    match = TOKEN_PATTERN.match(chain)
    return match.end() if match else len(chain)


def _doubt_headlines(
    text: str, candidates: list[Candidate], sentences: list[Sentence], capitals: dict[int, list[int]]
) -> list[Candidate]:
    """Let names in title case count only when the document has them elsewhere."""
    doubted = {
        index for index, (n_chars, n_words) in capitals.items()
        if n_words >= TITLE_CASE_WORDS and _is_title_case(text, sentences[index], n_chars, n_words)
    }  # fmt: skip
    for candidate in candidates:
        if candidate.sentence in doubted and candidate.piece.needs == SURE:
            candidate.piece = replace(candidate.piece, needs=SEEN)
    return candidates


def _is_title_case(text: str, sentence: Sentence, n_chars: int, n_words: int) -> bool:
    """Tell whether a sentence is written in title case or shouted: much in capitals, hardly a longer word in small."""
    start, end, language = sentence
    is_shouted = text[start:end].isupper()
    # Headlines do without a full stop; a short sentence full of names has one.
    if n_chars <= TITLE_CASE_SHARE * (end - start) or (text[end - 1] == "." and not is_shouted):
        return False
    small = [word for word in SMALL_WORD.findall(text, start, end) if word not in words_of_class(language, "function")]
    return len(small) * SMALL_WORDS_RATIO < n_words
