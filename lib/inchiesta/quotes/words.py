"""The words around quotations: verbs of speech in all their forms, roles, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from inchiesta.text.lists import read_rows


def read_roles(role: str) -> frozenset[str]:
    """Give the words of ``resources/quotes/words.tsv`` with a role, of both languages."""
    text = (files("inchiesta") / "resources" / "quotes" / "words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for word, named in rows if named == role)


# What the verb itself claims, by the kinds of speech.tsv.
CLAIMS = {"deny": "denies", "admit": "admits", "claim": "claims", "accuse": "claims"}
VERB, BARE, NOUN, ACCORDING, PHRASE = "verb", "bare", "noun", "according", "phrase"
# Roles of evidence.tsv: they say on whose word a sentence stands, and introduce nobody.
HEARSAY, DENIED, CONDITIONAL = "hearsay", "denied", "conditional"
# Roles of speakers.tsv that can be the subject of an expression of speech.
SUBJECTS = frozenset({"pronoun", "plural", "unnamed", "role", "body"})
# A participle counts as a verb behind one of these, a noun-like form (accusa, report) as a noun behind an article.
_AUXILIARIES = read_roles("auxiliary")
_DETERMINERS = read_roles("determiner")
_NOUN_LIKE = read_roles("noun-like")


class Word(NamedTuple):
    """An expression: its role and lemma; of a verb what speech.tsv says of it, of a role another word for it."""

    role: str
    lemma: str
    kind: str = ""
    certainty: str = ""


class Cue(NamedTuple):
    """An expression of speech where it stands in a text; ``role`` as it is used there."""

    start: int
    end: int
    role: str
    word: Word


def fold(text: str) -> str:
    """Give a text in small letters with one kind of apostrophe, character for character."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.replace("’", "'")


def find_cues(text: str, language: str) -> tuple[list[Cue], list[Cue]]:
    """Give the expressions of speech in a text and the roles and pronouns, each in reading order, without overlap.

    Parameters
    ----------
    text : str
        As `fold` gives it.
    language : str
        it or en.
    """
    automaton, words = _automaton(language)
    found: list[Cue] = []
    subjects: list[Cue] = []
    length = len(text)
    for number, start, end in automaton.find_matches_as_indexes(text):
        if (end < length and text[end].isalnum()) or (start and text[start - 1].isalnum()):
            continue
        word = words[number]
        role = word.role
        if role in SUBJECTS:
            subjects.append(Cue(start, end, role, word))
            continue
        if role == HEARSAY:
            # "sources close to ..." says on whose word it stands, and is who speaks.
            inner = _SOURCE.search(text, start, end)
            if inner:
                subjects.append(Cue(inner.start(), inner.end(), "unnamed", Word("unnamed", inner[0])))
        elif role == BARE:
            role = VERB if _auxiliary_before(text, start) else BARE
        elif role == ACCORDING:
            # "il secondo", "un secondo": the number
            if text[start : start + 7] == "secondo" and last_word(text, start) in _DETERMINERS:
                continue
        elif role == NOUN:
            role = NOUN if last_word(text, start) in _DETERMINERS else VERB
        found.append(Cue(start, end, role, word))
    return found, subjects


# No word of the lists is as long; a line may be one word.
_LONGEST_WORD = 60


def last_word(text: str, end: int) -> str:
    """Give the word in front of a place; an elided one without its apostrophe; empty behind a stop or a comma."""
    before = text[max(0, end - _LONGEST_WORD) : end].rstrip(" '\"«“")
    word = before[before.rfind(" ") + 1 :]
    if word.isalnum():
        return word
    start = end = len(before)
    while start and before[start - 1].isalnum():
        start -= 1
    return before[start:end]


def _auxiliary_before(text: str, start: int) -> bool:
    words = text[max(0, start - 28) : start].replace("'", " ").split()
    return not _AUXILIARIES.isdisjoint(words[-3:])


_SOURCE = re.compile(r"\b(?:font[ei]|sources?|officials?|person|people)\b")


@cache
def read_words(language: str) -> dict[str, Word]:
    """Give the words of speakers.tsv, the titles and roles.tsv, by their text in small letters."""
    words = {word: Word(role, word, same) for word, role, same in read_rows(language, "speakers.tsv")}
    rows = files("inchiesta").joinpath("resources", "actors", "titles.tsv").read_text(encoding="utf-8").splitlines()
    for spoken, title, _ in (row.split("\t") for row in rows if not row.startswith("#")):
        # Several people of one title (ministri, attorneys) are nobody in particular.
        if spoken == language and not _is_plural(title, language):
            words.setdefault(title.lower(), Word("role", title.lower()))
    for role, _ in read_rows(language, "roles.tsv"):
        words.setdefault(role, Word("role", role))
    return words


def _is_plural(title: str, language: str) -> bool:
    if language == "en":
        return title.endswith("s") and not title.endswith(("ss", "us", "is"))
    return title.split(" ")[0].endswith("i")


@cache
def _automaton(language: str) -> tuple[AhoCorasick, list[Word]]:
    words: dict[str, Word] = {}
    for text, word in _expressions(language):
        words.setdefault(text, word)
    patterns = sorted(words)
    # Automata do not pickle: each process builds its own.
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), [words[text] for text in patterns]


def _expressions(language: str) -> Iterator[tuple[str, Word]]:
    rows = read_rows(language, "speech.tsv")
    words = read_words(language).items()
    for text, word in words:
        if word.role == ACCORDING or word.role in SUBJECTS:
            yield text, word
    for lemma, forms, kind, certainty, _ in rows:
        for form in forms.split("|"):
            role = NOUN if form in _NOUN_LIKE else _role_of(lemma)
            yield form.lower(), Word(role, lemma, kind, certainty)
    for text, role in read_rows(language, "evidence.tsv"):
        yield text, Word(role, text)
    if language == "it":
        for lemma, forms, kind, certainty, _ in rows:
            for form in _inflect(lemma):
                yield form, Word(NOUN if form in _NOUN_LIKE else VERB, lemma, kind, certainty)
            for form in _participles(forms):
                yield form, Word(BARE, lemma, kind, certainty)


_SOURCES = ("secondo", "according", "a detta", "a dire", "a giudizio", "stando", "per bocca", "nelle parole")
_NO_VERBS = ("a ", "in ", "su ", "per ", "come ", "così", "citato", "as ", "on ", "via ", "based", "speaking to")


def _role_of(lemma: str) -> str:
    if lemma.startswith(_SOURCES):
        return ACCORDING
    return PHRASE if " X" in lemma or lemma.startswith(_NO_VERBS) else VERB


def _inflect(lemma: str) -> list[str]:
    """Give the regular forms of an Italian verb that a list may lack."""
    if " " in lemma or lemma[-3:] not in ("are", "ere", "ire"):
        return []
    stem = lemma[:-3]
    if lemma.endswith("are"):
        soft = stem + "h" if stem[-1] in "cg" else stem.removesuffix("i")
        endings = ["a", "ano", "ava", "avano", "ò", "arono", "ando", "are"]
        return [stem + ending for ending in endings] + [soft + "ino", soft + "erà", soft + "eranno"]
    if lemma == "dire":
        return ["diceva", "dicevano", "dissero", "dire", "dica", "dicano"]
    return [stem + lemma[-3] + ending for ending in ("va", "vano", "re")] + [stem + "endo"]


def _participles(forms: str) -> list[str]:
    found = []
    for form in forms.split("|"):
        auxiliary, space, participle = form.partition(" ")
        if space and " " not in participle and auxiliary in ("ha", "hanno", "aveva", "è"):
            found.append(participle.lower())
            if participle.endswith("o"):
                found += [participle[:-1].lower() + ending for ending in "aie"]
    return found
