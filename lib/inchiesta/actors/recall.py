"""Names recalled: words the tagger passed over, and that their neighbours or other places show to be names.

Many names are also words (Onda and Oca, two quarters of a town): a sentence alone does not tell, its enumeration or the
rest of the document does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from inchiesta.actors.gazetteer import stands_free
from inchiesta.actors.listed import opens_sentence
from inchiesta.actors.tagged import CODED, HEADLINE_SCORE, NEVER, WORD, Found, Page, read_tagged
from inchiesta.actors.word_lists import FULL_LANGUAGES, word_classes
from inchiesta.text.lemmas import is_in_dictionary

# Enough members found to take the others for names; less is no pattern.
FEWEST_MEMBERS, LEAST_SHARE = 2, 0.5
# A name by the company it keeps is one less surely than by its own shape.
RECALLED_SCORE = 0.6
# Shorter words are too often something else.
SHORTEST = 3
RECALLED_FORMS = frozenset({"name", "acronym"})
# One to three capitalised words, and what stands between the members of an enumeration, an article included.
CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'-]+"
_MEMBER = re.compile(rf"{CAPITALISED}(?: {CAPITALISED}){{0,2}}")
_BETWEEN = r"(?:[,;](?: (?:ed?|o|and|or))?| (?:ed?|o|and|or)) (?:(?:il|lo|la|i|gli|le|the) |l')?"
_ENUMERATION = re.compile(rf"(?<![\w'-]){_MEMBER.pattern}(?:{_BETWEEN}{_MEMBER.pattern}){{2,}}")
# Looked for first: it is rare, and found fast.
_COMMA = re.compile(r", (?:[a-z]{1,3}[ '])?[A-ZÀ-ÖØ-Þ]")
_CAPITAL_BEFORE = re.compile(rf"{CAPITALISED} $")
_CAPITAL_BEHIND = re.compile(rf" {CAPITALISED}")
# No capitalised word is longer.
_FAR = 40


def recall_doubted(page: Page, firsts: Sequence[int], called: Mapping[str, str]) -> list[Found]:
    """Find, in what the tagger doubts, what the document names elsewhere, and what its code shows to be a name.

    A person is called by the last word of the name, all others by the first (*Arvex Systems*, then papers of *Arvex*).
    """
    found = []
    for start, end, kind, score in page.doubted:
        if CODED.fullmatch(page.plain, start, end):
            found.append(read_tagged(page, start, end, bisect_right(firsts, start) - 1, kind, score))
            continue
        for match in WORD.finditer(page.plain, start, end):
            sentence = bisect_right(firsts, match.start()) - 1
            kind = called.get(match.group(), "")
            if kind and match.group()[0].isupper() and not opens_sentence(page.plain, match.start(), firsts[sentence]):
                found.append(Found(*match.span(), sentence, "", kind, "name", HEADLINE_SCORE, "tagger"))
    return found


def recall_members(page: Page, firsts: Sequence[int], found: Sequence[Found]) -> list[Found]:
    """Find the members of enumerations most of whose other members are names: (Giraffa, *Oca*, Torre e *Onda*).

    ``found`` are the names so far, in reading order and not overlapping; so are they together with what comes back. A
    member takes the kind that most others have.
    """
    recalled: list[Found] = []
    starts = [row.start for row in found]
    for row in _enumerations(page, firsts):
        near = found[max(bisect_right(starts, row.start()) - 1, 0) : bisect_right(starts, row.end())]
        members = [match.span() for match in _MEMBER.finditer(page.plain, *row.span())]
        # The first member may have a capitalised word before it that opens the sentence (*Corrono Giraffa, Oca ...*).
        ends = {end for _, end in members}
        kinds = Counter(name.kind for name in near if name.start >= row.start() and name.end in ends)
        if kinds.total() < max(FEWEST_MEMBERS, LEAST_SHARE * len(members)):
            continue
        kind = min(kinds, key=lambda kind: (-kinds[kind], kind))
        for start, end in members:
            free = all(end <= name.start or name.end <= start for name in near)
            sentence = bisect_right(firsts, start) - 1
            if free and _may_be_name(page, start, end, sentence):
                recalled.append(Found(start, end, sentence, "", kind, "name", RECALLED_SCORE, "recall"))
    return recalled


def _enumerations(page: Page, firsts: Sequence[int]) -> Iterator[re.Match[str]]:
    """Give the runs of capitalised members in the sentences that have a comma before a capital."""
    commas = (bisect_right(firsts, match.start()) - 1 for match in _COMMA.finditer(page.plain))
    for sentence in sorted(set(commas) - {-1}):
        first, last, _ = page.sentences[sentence]
        yield from _ENUMERATION.finditer(page.plain, first, last)


def recall_words(page: Page, firsts: Sequence[int], found: Sequence[Found]) -> list[Found]:
    """Find the places where a name of one word, found elsewhere in the document, stands inside a sentence.

    ``found`` as in `recall_members`. A word beside another capitalised one is a part of a longer name and left alone.
    What a list knows was looked for everywhere already.
    """
    recalled: list[Found] = []
    starts = [row.start for row in found]
    tagged = [row for row in found if row.found_by != "gazetteer" and row.form in RECALLED_FORMS]
    named = Counter(page.plain[row.start : row.end] for row in tagged)
    for name, n_found in named.items():
        # Most names stand just where they were found: counting is a hundredth of the cost of looking at the places.
        if len(name) < SHORTEST or " " in name or page.plain.count(name) == n_found:
            continue
        rows = [row for row in tagged if page.plain[row.start : row.end] == name]
        for start in _places(page.plain, name):
            end, at = start + len(name), bisect_right(starts, start)
            free = (at == 0 or found[at - 1].end <= start) and (at == len(found) or end <= found[at].start)
            sentence = bisect_right(firsts, start) - 1
            if (
                free
                and stands_alone(page.plain, start, end, page.sentences[sentence][2])
                and _may_be_name(page, start, end, sentence)
            ):
                kind = Counter(row.kind for row in rows).most_common(1)[0][0]
                like = next(row for row in rows if row.kind == kind)
                score = min(like.score, RECALLED_SCORE)
                recalled.append(replace(like, start=start, end=end, sentence=sentence, score=score, found_by="recall"))
    return recalled


def is_ordinary(name: str, language: str) -> bool:
    """Tell whether a capital inside a sentence proves nothing for this word.

    Weekdays and the like in both languages; in English also words of the dictionary: it has capitals for adjectives
    (the *Democratic* primary) and titles (Member of *Parliament*).
    """
    if word_classes(language).get(name.lower()) in NEVER:
        return True
    return language == "en" and is_in_dictionary(name.lower(), language)


def stands_alone(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether the span is a whole word with no capitalised word on either side but an article (*La Torre*)."""
    if not stands_free(text, start, end) or text[end : end + 1] == "-" or _CAPITAL_BEHIND.match(text, end):
        return False
    before = _CAPITAL_BEFORE.search(text, max(0, start - _FAR), start)
    return before is None or word_classes(language).get(before.group().strip().lower()) == "function"


def _places(text: str, name: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def _may_be_name(page: Page, start: int, end: int, sentence: int) -> bool:
    """Tell whether a span stands whole inside one sentence, and its capital means more than that something begins."""
    if sentence < 0:
        return False
    first, last, language = page.sentences[sentence]
    if end > last or language not in FULL_LANGUAGES or is_ordinary(page.plain[start:end], language):
        return False
    return not opens_sentence(page.plain, start, first)
