"""Tone words, shifters and markers of a language, and where they stand in a list of tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from inchiesta.sentiment.expressions import MARKERS, Expression, joined, read_markers, read_shifters, read_tones
from inchiesta.text.lemmas import lemma_of
from inchiesta.text.tokens import find_tokens

# Languages with a tone lexicon; sentences in others are not scored.
LANGUAGES = ("it", "en")
# Endings that are a participle's or gerund's where the lemma is a verb's.
VERB_ENDINGS = {
    "it": ("ato", "ata", "ati", "ate", "uto", "uta", "uti", "ute", "ito", "ita", "iti", "ite", "ndo"),
    "en": ("ed", "ing"),
}
# Shorter stems behind a suffix or prefix are chance (ultimo is not ulti + mo).
MIN_STEM = 4

# What may begin at a word.
NOTHING, SHIFT, TONE = 0, 1, 2

# A node maps the next word to the next node, and "" to the expression that ends here.
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """An expression at tokens first to last (one past the end)."""

    first: int
    last: int
    expression: Expression


class Lexicon:
    """The expressions of one language.

    A word matches as written (casefolded) or by its lemma; a phrase word by word, each in either way. The longest
    expression at a place wins, and its words are used up.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.roots: Node = {}
        self.markers = read_markers(language)
        affixes = self._add_all(language)
        self.starts = _Starts(self, affixes)
        self._begins = _Begins(self)

    def find_places(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Give where an expression may begin, judged by the word and the next, and where one with tone may."""
        starts, begins = self.starts, self._begins
        following = [*words[1:], ""][: len(words)]
        places: list[int] = []
        tones: list[int] = []
        for place, (word, after) in enumerate(zip(words, following, strict=True)):
            if starts[word] is not None and (kind := begins[word, after]):
                places.append(place)
                if kind == TONE:
                    tones.append(place)
        return places, tones

    def find(self, words: Sequence[str], places: Sequence[int], first: int, last: int) -> Iterator[Match]:
        """Give the expressions in ``words[first:last]``; `places` are the positions where one may begin."""
        free = first
        for place in places:
            if place < free:
                continue
            match = self._longest(words, place, last)
            if match is not None:
                free = match.last
                yield match

    def keys_of(self, word: str) -> tuple[str, ...]:
        """Give the forms under which a word is looked up: as written, and its lemma where that differs."""
        folded = fold(word)
        lemma = lemma_of(folded, self.language).casefold()
        return (folded,) if lemma == folded else (folded, lemma)

    def _longest(self, words: Sequence[str], place: int, last: int) -> Match | None:
        start = self.starts[words[place]]
        if start is None:
            return None
        if isinstance(start, Expression):
            return Match(place, place + 1, start)
        best: Match | None = None
        # Few branches: both the form and the lemma of a word continue a phrase only rarely.
        pending = [(self.roots[key], place + 1) for key in start if key in self.roots]
        if len(pending) == 1 and len(pending[0][0]) == 1 and "" in pending[0][0]:
            return Match(place, place + 1, self._reading(pending[0][0][""], words, place, place + 1))
        while pending:
            node, end = pending.pop(0)
            if "" in node and (best is None or end > best.last):
                best = Match(place, end, self._reading(node[""], words, place, end))
            if end < last and (len(node) > 1 or "" not in node):
                pending += [(node[key], end + 1) for key in self.keys_cached(words[end]) if key in node]
        return best

    def _reading(self, expression: Expression, words: Sequence[str], place: int, end: int) -> Expression:
        """Give the verb instead of the noun or adjective where the word before or the ending says so."""
        if end - place > 1 or expression.pos == "verb" or not expression.score:
            return expression
        verb = expression.verb or self._verb_of(words[place])
        return verb if verb is not None and self._is_verbal(words, place) else expression

    def _verb_of(self, word: str) -> Expression | None:
        """Give the verb a word may be a form of; nouns in -a hide one that the lemma does not show (critica)."""
        keys = [self.keys_cached(word)[-1]]
        if self.language == "it" and word.endswith("a"):
            keys.append(fold(word) + "re")
        found: list[Expression] = [self.roots[key][""] for key in keys if "" in self.roots.get(key, {})]
        return next((expression for expression in found if expression.pos == "verb"), None)

    def _is_verbal(self, words: Sequence[str], place: int) -> bool:
        before = fold(words[place - 1]) if place else ""
        roles = {role for role in MARKERS if before in self.markers[role]}
        if roles & {"verbal", "active", "passive", "auxiliary"}:
            return True
        if roles:
            return False
        # "Tarnia attacks", "Rossi critica": a name right before; a participle or gerund is a verb anyway.
        return words[place].endswith(VERB_ENDINGS[self.language]) or (place > 0 and words[place - 1][0].isupper())

    def keys_cached(self, word: str) -> tuple[str, ...]:
        """Give `keys_of`, remembered for words met before."""
        return self.starts.keys_of(word)

    def _add_all(self, language: str) -> list[Expression]:
        affixes = []
        for expression in [*read_shifters(language), *read_tones(language)]:
            if expression.text.startswith("-") or expression.text.endswith("-"):
                affixes.append(expression)
            else:
                self._add(expression)
        return affixes

    def _add(self, expression: Expression) -> None:
        node = self.roots
        for start, end in find_tokens(expression.text):
            node = node.setdefault(fold(expression.text[start:end]), {})
        if node is not self.roots:
            node[""] = joined(node.get(""), expression)


class _Starts(dict[str, "tuple[str, ...] | Expression | None"]):
    """What a word as written may begin: keys of the trie, an expression with prefix or suffix, or nothing."""

    def __init__(self, lexicon: Lexicon, affixes: list[Expression]) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._affixes = affixes
        self._keys: dict[str, tuple[str, ...]] = {}

    def __missing__(self, word: str) -> tuple[str, ...] | Expression | None:
        keys = self.keys_of(word)
        found = keys if any(key in self._lexicon.roots for key in keys) else self._with_affix(keys[0])
        self[word] = found
        return found

    def keys_of(self, word: str) -> tuple[str, ...]:
        keys = self._keys.get(word)
        if keys is None:
            keys = self._keys[word] = self._lexicon.keys_of(word)
        return keys

    def _with_affix(self, word: str) -> Expression | None:
        for affix in self._affixes:
            base = self._base(word, affix.text)
            if base is not None:
                score = max(-1.0, min(1.0, base.score * affix.factor))
                return replace(base, text=word, score=score, shift="")
        return None

    def _base(self, word: str, affix: str) -> Expression | None:
        """Give the lexicon's expression inside gravissimo (-issimo) or ultraviolento (ultra-)."""
        bare = affix.strip("-")
        if affix.startswith("-") and word.endswith(bare):
            stem = word[: -len(bare)]
            candidates = [stem + ending for ending in "oeai"]
        elif affix.endswith("-") and word.startswith(bare):
            stem = word[len(bare) :].lstrip("-")
            candidates = [stem]
        else:
            return None
        if len(stem) < MIN_STEM:
            return None
        for candidate in candidates:
            for key in self._lexicon.keys_of(candidate):
                expression: Expression | None = self._lexicon.roots.get(key, {}).get("")
                if expression is not None and expression.score:
                    return expression
        return None


class _Begins(dict[tuple[str, str], int]):
    """What a word may begin before a given next word: nothing, a shifter or stop, or a tone word.

    Half of all words (di, a, in, the) begin some phrase, hardly one does in a given place: remembering the pair is four
    times as fast as walking the phrases.
    """

    # About 40 MB; a larger vocabulary is forgotten and learned anew.
    LARGEST = 300_000

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, pair: tuple[str, str]) -> int:
        if len(self) >= self.LARGEST:
            self.clear()
        kind = self._kind(*pair)
        self[pair] = kind
        return kind

    def _kind(self, word: str, after: str) -> int:
        start = self._lexicon.starts[word]
        if start is None or isinstance(start, Expression):
            return NOTHING if start is None else TONE
        nodes = [self._lexicon.roots[key] for key in start if key in self._lexicon.roots]
        continued = ("", *self._lexicon.keys_cached(after)) if after else ("",)
        reached = [node[key] for node in nodes for key in continued if key in node]
        return max((_kind_of(branch) for branch in reached), default=NOTHING)


def _kind_of(branch: Node | Expression) -> int:
    """Give whether an expression, or any below a node, has a tone."""
    if isinstance(branch, Expression):
        return TONE if branch.score or branch.verb else SHIFT
    return max(_kind_of(below) for below in branch.values())


def fold(word: str) -> str:
    """Give a word as it is looked up: casefolded, straight apostrophes."""
    return word.casefold().replace("’", "'")


@cache
def read_lexicon(language: str) -> Lexicon:
    """Give the lexicon of a language, read once per process.

    Raises
    ------
    KeyError
        If the language has no lexicon (see LANGUAGES).
    """
    if language not in LANGUAGES:
        raise KeyError(f"no tone lexicon for language '{language}', there is one for {', '.join(LANGUAGES)}")
    return Lexicon(language)
