"""Tone words, shifters and markers of a language, and where they stand in a list of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from inchiesta.sentiment.expressions import Expression, joined, read_markers, read_shifters, read_tones
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

# A node maps the next word to the next node, and "" to the expression that ends here.
Node = dict[str, Any]


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

    def keys_of(self, word: str) -> tuple[str, ...]:
        """Give the forms under which a word is looked up: as written, and its lemma where that differs."""
        folded = fold(word)
        lemma = lemma_of(folded, self.language).casefold()
        return (folded,) if lemma == folded else (folded, lemma)

    def longest(self, words: Sequence[str], place: int, last: int) -> tuple[Expression | None, int, int]:
        """Give the longest expression that begins at ``words[place]``, its end, and how far was looked for it."""
        start = self.starts[words[place]]
        if start is None or isinstance(start, Expression):
            return start, place + 1, place + 1
        best: tuple[Expression | None, int] = None, place
        # Few branches: both the form and the lemma of a word continue a phrase only rarely.
        pending = [(self.roots[key], place + 1) for key in start if key in self.roots]
        end = place + 1
        while pending:
            node, end = pending.pop(0)
            if "" in node and end > best[1]:
                best = node[""], end
            if end < last:
                pending += [(node[key], end + 1) for key in self.keys_cached(words[end]) if key in node]
        return *best, end + 1

    def verb_of(self, word: str) -> Expression | None:
        """Give the verb a word may be a form of; nouns in -a hide one that the lemma does not show (critica)."""
        keys = [self.keys_cached(word)[-1]]
        if self.language == "it" and word.endswith("a"):
            keys.append(fold(word) + "re")
        found: list[Expression] = [self.roots[key][""] for key in keys if "" in self.roots.get(key, {})]
        verbs = [expression if expression.pos == "verb" else expression.verb for expression in found]
        return next((verb for verb in verbs if verb is not None), None)

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
